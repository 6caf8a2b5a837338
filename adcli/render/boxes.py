"""Diagram -> boxes and arrows made of characters, layers from top to bottom.

A single frame is an input, a round one a step, a double one an output. The text of an arrow stands
right of its own end; where two lines cross, the vertical one passes in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from adcli.diagram import Diagram, DiagramNode
from adcli.render.display import in_ascii, visible, width
from adcli.render.layers import Layers, Link, layered
from adcli.render.tracks import tracks


class Frame(NamedTuple):
    """The signs of a box, from its upper left corner; `port` is where an arrow leaves."""

    corners: str
    across: str
    down: str
    port: str


class Pen(NamedTuple):
    """The signs of a drawing: frames by kind, and the lines, bends and heads of arrows.

    `bends` are, for a line that runs down, right and down: where it turns to the right and where it
    turns down again; then the same for one that runs to the left.
    """

    frames: dict[str, Frame]
    across: str
    down: str
    bends: str
    heads: str


FINE = Pen(
    {
        "input": Frame("┌┐└┘", "─", "│", "┬"),
        "step": Frame("╭╮╰╯", "─", "│", "┬"),
        "output": Frame("╔╗╚╝", "═", "║", "╤"),
    },
    "─",
    "│",
    "╰╮╯╭",
    "▼▲",
)
SIMPLE = Pen(
    {
        "input": Frame("++++", "-", "|", "+"),
        "step": Frame("++++", "-", "|", "+"),
        "output": Frame("++++", "=", "|", "+"),
    },
    "-",
    "|",
    "++++",
    "v^",
)


class Canvas:
    """Rows of columns; a column holds a sign with the marks over it, or nothing right of a wide sign."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []

    def put(self, row: int, column: int, text: str) -> None:
        """Write a text from a column on."""
        while len(self.rows) <= row:
            self.rows.append({})
        line = self.rows[row]
        for sign in text:
            if not width(sign):
                line[column - 1] = line.get(column - 1, " ") + sign
                continue
            line[column] = sign
            column += 1
            for _ in range(width(sign) - 1):
                line[column] = ""
                column += 1

    def lines(self) -> Iterator[str]:
        """The rows as text, without blanks at their ends."""
        for row in self.rows:
            yield "".join(row.get(at, " ") for at in range(max(row, default=-1) + 1)).rstrip()


def boxes(diagram: Diagram, *, ascii_only: bool = False) -> list[str] | None:
    """The drawing's lines without title, legend and constants; None when it cannot be drawn.

    It cannot without boxes, and where edges would run into each other.
    """
    nodes = [node for node in diagram.nodes if node.kind != "constant"]
    if not nodes:
        return None
    numbers = {node.id: place for place, node in enumerate(nodes)}
    edges = [edge for edge in diagram.edges if edge.tail in numbers]

    def shown(text: str) -> str:
        return in_ascii(visible(text)) if ascii_only else visible(text)

    texts = [[shown(line) for line in node.lines] for node in nodes]
    said = [shown(" ".join(edge.lines)) for edge in edges]
    layers = layered(
        [max(map(width, lines)) + 4 for lines in texts],
        [(numbers[edge.tail], numbers[edge.head]) for edge in edges],
        [width(text) for text in said],
    )
    canvas, pen = Canvas(), SIMPLE if ascii_only else FINE
    row = draw_layer(canvas, 0, layers, 0, nodes, texts, pen)
    for level, (layer, _) in enumerate(pairwise(layers), 1):
        links = [link for stop in layer for link in stop.outs]
        bends = tracks(links)
        if bends is None:
            return None
        row = draw_links(canvas, row, links, bends, said, pen, back=diagram.backwards)
        row = draw_layer(canvas, row, layers, level, nodes, texts, pen)
    return list(canvas.lines())


def draw_layer(
    canvas: Canvas,
    top: int,
    layers: Layers,
    level: int,
    nodes: Sequence[DiagramNode],
    texts: list[list[str]],
    pen: Pen,
) -> int:
    """Draw the boxes and lanes of a layer from a row on; the row below it."""
    layer = layers[level]
    bottom = top + 1 + max(len(texts[stop.node]) for stop in layer if stop.node is not None)
    for stop in layer:
        end = top
        if stop.node is not None:
            frame, lines = pen.frames[nodes[stop.node].kind], texts[stop.node]
            (a, b, c, d), inner, end = tuple(frame.corners), stop.width - 2, top + len(lines) + 2
            canvas.put(top, stop.left, a + frame.across * inner + b)
            for row, line in enumerate(lines, top + 1):
                before = (inner - width(line)) // 2
                after = inner - width(line) - before
                canvas.put(row, stop.left, frame.down + " " * before + line + " " * after + frame.down)
            canvas.put(end - 1, stop.left, c + frame.across * inner + d)
            for link in stop.outs:
                canvas.put(end - 1, link.start, frame.port)
        for row in range(end, bottom + 1):
            for link in stop.outs:
                canvas.put(row, link.start, pen.down)
    return bottom + 1


def draw_links(
    canvas: Canvas,
    top: int,
    links: list[Link],
    bends: dict[Link, int],
    said: list[str],
    pen: Pen,
    *,
    back: bool,
) -> int:
    """Draw what runs between two layers from a row on; the row below it.

    Rows: a head at the operand when arrows run back, the bends, the texts, a head at the user.
    """
    first = top + (back and any(link.tail.node is not None for link in links))
    texts = first + 1 + max(bends.values(), default=-1)
    last = texts + any(link.head.node is not None and said[link.edge] for link in links) - back
    for link, row in bends.items():
        low, high = sorted((link.start, link.end))
        canvas.put(first + row, low + 1, pen.across * (high - low - 1))
    for link in links:
        bend = first + bends[link] if link in bends else last + 1
        for row in range(top, last + 1):
            if row != bend:
                canvas.put(row, link.start if row < bend else link.end, pen.down)
        if link in bends:
            turn, again = tuple(pen.bends[:2]) if link.start < link.end else tuple(pen.bends[2:])
            canvas.put(bend, link.start, turn)
            canvas.put(bend, link.end, again)
        if link.head.node is not None:
            canvas.put(texts, link.end + 2, said[link.edge])
            if not back:
                canvas.put(last, link.end, pen.heads[0])
        if back and link.tail.node is not None:
            canvas.put(top, link.start, pen.heads[1])
    return last + 1
