"""How large the parts of a picture are, in points; Graphviz is told, never asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from adcli.render.fonts import width
from adcli.render.lettering import fitting

if TYPE_CHECKING:
    from adcli.diagram import Diagram, DiagramEdge, DiagramNode, Kind

NODE_FONT = 12.0
EDGE_FONT = 10.0
TITLE_FONT = 13.0
LEGEND_FONT = 10.0
NODE_PITCH = 14.4
EDGE_PITCH = 12.0

NODE_PEN = 1.2
OUTPUT_PEN = 1.4
FOLDED_PEN = 2.4
EDGE_PEN = 1.2
CONSTANT_PEN = 0.9
IDLE_PEN = 0.9
NOW_PEN = 2.25  # three pixels at 96 dots an inch
RIM = 4.0
"""The gap between the two borders of an output."""

LABEL_PAD = 6.0
"""The room between a label and its own edge, and behind it."""

NODE_ROOM = 300.0
EDGE_ROOM = 260.0
"""The longest line of a box and of an edge; longer ones are shortened."""
WIDE_ROOM = 440.0
"""The same where a line has an array or a number of many digits, so that a small one is seen whole."""
MANY_DIGITS = re.compile(r"= \[|[0-9.]{12}")

KINDS: tuple[Kind, ...] = ("input", "constant", "step", "folded", "output")


class Size(NamedTuple):
    """Width and height in points."""

    w: float
    h: float


def node_lines(node: DiagramNode) -> list[str]:
    """The lines as they are drawn: visible and not too long."""
    return [fitting(line, NODE_FONT, room_of(line, NODE_ROOM)) for line in node.lines]


def edge_lines(edge: DiagramEdge) -> list[str]:
    """The lines as they are drawn: visible and not too long."""
    return [fitting(line, EDGE_FONT, room_of(line, EDGE_ROOM)) for line in edge.lines]


def room_of(line: str, room: float) -> float:
    """The room that a line may take."""
    return WIDE_ROOM if MANY_DIGITS.search(line) else room


def shape_size(kind: Kind, lines: list[str], font: float, pitch: float) -> Size:
    """The size of a node's shape around these lines; of an output, its inner border."""
    w = max((width(line, font) for line in lines), default=0.0)
    h = pitch * len(lines)
    if kind == "input":
        return Size(1.22 * w + 16, 1.3 * h + 8)
    if kind == "cut":
        return Size(w + 6, h)
    return Size(w + 14, h + 6) if kind == "constant" else Size(w + 18, h + 10)


def node_size(node: DiagramNode) -> Size:
    """The size of a node's shape; of an output, its inner border."""
    return shape_size(node.kind, node_lines(node), NODE_FONT, NODE_PITCH)


def legend_size(kind: Kind) -> Size:
    """The size of a kind's sample in the legend."""
    return shape_size(kind, [kind], LEGEND_FONT, EDGE_PITCH)


def outer(kind: Kind, size: Size) -> Size:
    """The room a shape takes, with the outer border of an output."""
    return Size(size.w + 2 * RIM, size.h + 2 * RIM) if kind == "output" else size


def label_size(edge: DiagramEdge) -> Size:
    """The room of an edge's text, without padding."""
    lines = edge_lines(edge)
    return Size(max((width(line, EDGE_FONT) for line in lines), default=0.0), EDGE_PITCH * len(lines))


def kinds_shown(diagram: Diagram) -> list[Kind]:
    """The kinds that occur, in the legend's order."""
    present = {node.kind for node in diagram.nodes}
    return [kind for kind in KINDS if kind in present]
