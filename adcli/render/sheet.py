"""The page around a drawing: its size, the title above, the legend below, all on one middle line."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from adcli.render.fonts import width
from adcli.render.geometry import Point, Rect, along
from adcli.render.layout import boxes
from adcli.render.lettering import visible, wrapped
from adcli.render.sizes import (
    EDGE_PITCH,
    LEGEND_FONT,
    TITLE_FONT,
    kinds_shown,
    label_size,
    legend_size,
    outer,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adcli.diagram import Diagram, Kind
    from adcli.render.geometry import Layout

MARGIN = 16.0
_TITLE_PITCH = 16.5
_TITLE_ROOM = 520.0
_TITLE_LINES = 6
_LEGEND_ROOM = 360.0
_GAP = 20.0
_SAMPLE_GAP = 24.0


class Line(NamedTuple):
    """A line of text and the height of its middle."""

    text: str
    y: float
    first: bool


class Sheet(NamedTuple):
    """Where everything stands on the page; the drawing moves by `shift`."""

    width: float
    height: float
    shift: Point
    title: list[Line]
    samples: list[tuple[Kind, Point]]
    legend: list[Line]


def sheet(diagram: Diagram, placed: Layout) -> Sheet:
    """The page for a placed diagram."""
    left, top, right, bottom = extent(diagram, placed)
    kinds = kinds_shown(diagram)
    sizes = [outer(kind, legend_size(kind)) for kind in kinds]
    row = sum(size.w for size in sizes) + _SAMPLE_GAP * max(0, len(sizes) - 1)
    most = max(right - left, row, _LEGEND_ROOM)
    legend = [part for line in diagram.legend for part in clauses(visible(line), most)]
    room = max(right - left, row, *(width(line, LEGEND_FONT) for line in legend), _TITLE_ROOM)
    titles = [
        (part, number == 0)
        for number, line in enumerate(diagram.title)
        for part in wrapped(visible(line), TITLE_FONT, room, _TITLE_LINES)
    ]
    inner = max(
        right - left,
        row,
        *(width(line, LEGEND_FONT) for line in legend),
        *(width(part, TITLE_FONT) for part, _ in titles),
    )
    y = MARGIN
    title = [Line(part, y + _TITLE_PITCH * (at + 0.5), first) for at, (part, first) in enumerate(titles)]
    y += _TITLE_PITCH * len(titles) + (_GAP if titles else 0)
    shift = Point(MARGIN + (inner - (right - left)) / 2 - left, y - top)
    y += bottom - top + 1.5 * _GAP
    samples = []
    tall = max((size.h for size in sizes), default=0)
    x = MARGIN + (inner - row) / 2
    for kind, size in zip(kinds, sizes, strict=True):
        samples.append((kind, Point(x + size.w / 2, y + tall / 2)))
        x += size.w + _SAMPLE_GAP
    y += tall + _GAP / 2
    words = [Line(line, y + EDGE_PITCH * (at + 0.5), first=False) for at, line in enumerate(legend)]
    y += EDGE_PITCH * len(words)
    return Sheet(_whole(inner + 2 * MARGIN), _whole(y + MARGIN), shift, title, samples, words)


def clauses(line: str, room: float) -> list[str]:
    """A line of the legend, broken behind semicolons where it is longer than `room`."""
    lines: list[str] = []
    for clause in line.split("; "):
        longer = f"{lines[-1]}; {clause}" if lines else ""
        if longer and width(longer, LEGEND_FONT) <= room:
            lines[-1] = longer
        else:
            lines.append(clause)
    return [f"{part};" for part in lines[:-1]] + lines[-1:]


def extent(diagram: Diagram, placed: Layout) -> Rect:
    """The room of all that is drawn between title and legend."""
    rects = boxes(diagram, placed.nodes)
    for edge, track in zip(diagram.edges, placed.edges, strict=True):
        if track.label:
            (x, y), (w, h) = track.label, label_size(edge)
            rects.append(Rect(x, y, x + w, y + h))
    room = around(rects) if rects else Rect(0.0, 0.0, 0.0, 0.0)
    # A curve lies among its control points, and few of those stick out of the room of boxes and texts.
    out = [track.curve for track in placed.edges if not room.holds(around_points(track.curve))]
    return around([room, *(around_points(along(curve)) for curve in out)])


def around(rects: list[Rect]) -> Rect:
    """The least box that holds all of these."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return Rect(min(lefts), min(tops), max(rights), max(bottoms))


def around_points(points: Sequence[tuple[float, float]]) -> Rect:
    """The least box that holds these points."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _whole(length: float) -> float:
    """The next length that is a whole number of pixels at 96 dots an inch, so that no edge is blurred."""
    return ceil(length / 3) * 3.0
