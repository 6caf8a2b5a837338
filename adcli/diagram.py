"""A computation graph as a picture shows it: boxes, arrows and their texts, without fonts or colours.

Every text arrives ready-made, in Unicode, one string a line. The picture writers in `render/` decide
sizes, places and colours; they add no word and no number.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Mode = Literal["none", "forward", "reverse"]
Kind = Literal["input", "constant", "step", "output", "folded", "cut"]
Direction = Literal["tb", "lr", "bt", "rl"]
Arrows = Literal["data", "dependency"]
EdgeText = Literal["formula", "value", "both", "none"]


class DiagramNode(NamedTuple):
    """A box: `lines` from top to bottom.

    A "folded" one stands for many steps, a "cut" one for what is not shown.
    `accent` is the index of the line that tells the tangent or adjoint. `tooltip` is what a pointer
    shows; it may have several lines and should hold in full what a line may shorten.
    """

    id: str
    kind: Kind
    lines: tuple[str, ...]
    accent: int | None = None
    tooltip: str = ""


class DiagramEdge(NamedTuple):
    """One use of an operand: `tail` is the operand's id, `head` the user's, `slot` its place there, from 0.

    `accent` is the index of the line that tells the flow. A marked edge is drawn thick, a `wrong` one
    thick, dashed and in a colour of its own, one that is `idle`, because the sweep does not come there, thin
    and grey, a silent one dashed, without arrow, and it has no lines.
    """

    tail: str
    head: str
    slot: int
    lines: tuple[str, ...] = ()
    accent: int | None = None
    tooltip: str = ""
    marked: bool = False
    wrong: bool = False
    idle: bool = False


def silent(tail: Kind, head: Kind) -> bool:
    """Whether nothing flows along an edge between nodes of these kinds, so that it is dashed."""
    return tail == "constant" or "cut" in (tail, head)


class Diagram(NamedTuple):
    """A whole picture.

    `title` lines stand above it (the first one in ink, the rest in grey), `legend` lines below it;
    the legend's row of kinds is drawn by the writers. Nodes come in order of evaluation, so an edge's
    tail stands before its head. `description` is for readers who do not see the picture. `arrows`
    is "data" for arrows from operand to user, "dependency" for the other way, None for the way in
    which the mode's numbers travel.
    """

    title: tuple[str, ...]
    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...]
    legend: tuple[str, ...] = ()
    mode: Mode = "none"
    description: str = ""
    direction: Direction = "tb"
    arrows: Arrows | None = None

    @property
    def backwards(self) -> bool:
        """Whether arrows point from user to operand."""
        return self.arrows == "dependency" if self.arrows else self.mode == "reverse"
