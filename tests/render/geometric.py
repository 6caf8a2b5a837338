"""What is wrong with where the parts of a picture are, in words; nothing when it is clean."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from adcli.render.arrangement import with_own_constants
from adcli.render.geometry import Rect, along
from adcli.render.layout import boxes, layout
from adcli.render.sheet import sheet
from adcli.render.sizes import label_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adcli.diagram import Diagram

ASTRAY = 40.0  # the farthest that a text may be from its line
LEEWAY = 4.0  # how much nearer another line may be
CLEAR = 2.0  # the least that a line keeps off a box that it does not belong to


class Placed:
    """A diagram with the room of all its parts: boxes, texts by the number of their edge, and lines."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = with_own_constants(diagram)
        self.layout = layout(self.diagram)
        self.boxes = boxes(self.diagram, self.layout.nodes)
        self.lines = [along(track.curve, 1.0) for track in self.layout.edges]
        self.extents = [
            Rect(*(low(side) for low in (min, max) for side in zip(*line, strict=True)))
            for line in self.lines
        ]
        self.names = [f"{edge.tail}>{edge.head}:{edge.slot}" for edge in self.diagram.edges]
        self.texts = {
            place: Rect(*track.label, track.label.x + size.w, track.label.y + size.h)
            for place, (edge, track) in enumerate(zip(self.diagram.edges, self.layout.edges, strict=True))
            if track.label is not None and (size := label_size(edge))
        }

    def under(self, rect: Rect) -> list[int]:
        """The lines that come into a box."""
        left, top, right, bottom = rect
        return [
            number
            for number, line in enumerate(self.lines)
            if self.extents[number].grown(1, 1).meets(rect)
            and any(left < x < right and top < y < bottom for x, y in line)
        ]


def faults(diagram: Diagram, *, cuts: bool = True, own: bool = False) -> list[str]:
    """Whatever lies on something else or off the page; with `cuts`, also texts that a line passes through.

    With `own`, also texts that are nearer to another line than to their own.
    """
    placed = Placed(diagram)
    found = [*covered(placed), *crossed(placed), *outside(placed), *(mistaken(placed) if own else ())]
    return [fault for fault in found if cuts or " cut by " not in fault]


def mistaken(placed: Placed) -> Iterator[str]:
    """Texts that a reader would take for those of another line."""
    for number, text in placed.texts.items():
        gaps = [min(map(text.gap, line)) for line in placed.lines]
        if min(gaps) < gaps[number] - LEEWAY:
            yield f"{placed.names[number]} at {placed.names[gaps.index(min(gaps))]}"


def covered(placed: Placed) -> Iterator[str]:
    """Boxes and texts on one another."""
    parts = [(f"node {node.id}", box) for node, box in zip(placed.diagram.nodes, placed.boxes, strict=True)]
    parts += [(f"text {placed.names[place]}", text) for place, text in placed.texts.items()]
    for (one, rect), (two, other) in combinations(parts, 2):
        if rect.meets(other):
            yield f"{one} on {two}"


def crossed(placed: Placed) -> Iterator[str]:
    """Lines through texts, their own or others', and through boxes that they do not belong to."""
    names = placed.names
    for place, text in placed.texts.items():
        for line in placed.under(text):
            yield f"text {names[place]} {'on its own line' if line == place else f'cut by {names[line]}'}"
        off = min(map(text.gap, placed.lines[place]))
        if off > ASTRAY:
            yield f"text {names[place]} is {off:.0f} from its line"
    for node, box in zip(placed.diagram.nodes, placed.boxes, strict=True):
        for line in placed.under(box.grown(CLEAR, CLEAR)):
            edge = placed.diagram.edges[line]
            if node.id not in (edge.tail, edge.head):
                yield f"line {names[line]} through or along node {node.id}"


def outside(placed: Placed) -> Iterator[str]:
    """Corners and lines that are not on the page."""
    page = sheet(placed.diagram, placed.layout)
    for left, top, right, bottom in (*placed.boxes, *placed.texts.values(), *placed.extents):
        x, y = page.shift
        if min(left + x, top + y) < 0 or right + x > page.width or bottom + y > page.height:
            yield f"something at ({left:.0f}, {top:.0f}) is off the page"
