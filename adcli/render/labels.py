"""Where the texts of the edges stand: beside their own line, off every box, other text and line.

Graphviz leaves room for a text at the side of its edge, but bends the line through that room now
and then; and where texts take no part in the layout (large graphs) they need a first place at all.
So each text has places to try, and takes the one that disturbs least.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import dist, hypot, inf
from typing import TYPE_CHECKING

from adcli.render.geometry import Field, Obstacle, Point, Rect, Track, along
from adcli.render.sizes import LABEL_PAD, Size, label_size

if TYPE_CHECKING:
    from adcli.diagram import Diagram

_STEPS = (0, 4, -4, 8, -8, 12, -12, 18, -18, 24, -24)
_SHARES = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.15, 0.85)
_LAST = 24  # points of a line, some 120 pt
_ON_BOX, _ON_TEXT, _ON_OWN_LINE, _ON_LINE = 200.0, 120.0, 80.0, 40.0
_MISTAKEN = 20.0
_COSTS = {"room": 0.0, "right": 1.0, "slanted": 4.0, "left": 5.0}
"""What a place costs: where Graphviz left room, right of the line, above or below that, left of the line."""

_ROUNDS = 3  # a text that moves makes room for others
_FAR = 14.0  # from a line that Graphviz bent away from its text; each point beyond costs one
_COARSE = 2  # every second point is enough for that
_NEAR = 8.0  # a text may move so far at no cost; each point beyond costs one
_CLEAR = 3.0  # the least room between a text and a line or box at its sides
_TRIES = sorted(
    (cost + max(0.0, hypot(dx, dy) - _NEAR), hypot(dx, dy), dx, dy, kind)
    for dx, dy in product(_STEPS, _STEPS)
    for kind, cost in _COSTS.items()
)
"""What a move of a kind of place costs, the cheapest first."""


_NOTHING = Obstacle(0.0, Rect(0.0, 0.0, 0.0, 0.0), 0)

Wishes = dict[str, list[Rect]]
Line = Sequence[tuple[float, float]]


def settle(diagram: Diagram, boxes: Sequence[Rect], tracks: Sequence[Track]) -> tuple[Track, ...]:
    """The tracks with each text at the least disturbing of the places near its own edge."""
    ways = [along(track.curve) for track in tracks]
    sizes = {number: size for number, edge in enumerate(diagram.edges) if (size := label_size(edge)).w}
    chosen = {number: _first(tracks[number], ways[number], size) for number, size in sizes.items()}
    field = Field()
    for number, box in enumerate(boxes):
        field.put(Obstacle(_ON_BOX, box.grown(1 + _CLEAR, 2), number))
    for number, way in enumerate(ways):
        field.line(number, (*way, *_head(tracks[number])))
    for number, rect in chosen.items():
        field.put(Obstacle(_ON_TEXT, rect, number))
    waiting = list(chosen)
    for _ in range(_ROUNDS):
        tried, waiting = waiting, []
        for number in tried:
            rect, way = chosen[number], ways[number]
            field.take(Obstacle(_ON_TEXT, rect, number))
            if _far(rect, way) or _trouble(number, rect, field)[0] or _at_another(number, rect, field):
                wishes = _wishes(tracks[number], way, sizes[number])
                trouble, chosen[number] = _best(number, wishes, way, field)
                if trouble >= _ON_LINE:
                    waiting.append(number)
            field.put(Obstacle(_ON_TEXT, chosen[number], number))
    return tuple(
        track._replace(label=Point(*chosen[number][:2]) if number in chosen else None)
        for number, track in enumerate(tracks)
    )


def _head(track: Track) -> tuple[Point, ...]:
    """Points on an arrow's head, which stands at the one end of the curve that is nearer to its tip."""
    if track.tip is None:
        return ()
    (x, y), tip = (
        min((track.curve[0], track.curve[-1]), key=lambda end: dist(end, track.tip or end)),
        track.tip,
    )
    return Point((x + tip.x) / 2, (y + tip.y) / 2), tip


def _first(track: Track, way: Line, size: Size) -> Rect:
    """Where Graphviz left room for a text, or else a place beside its line."""
    if track.label is None:
        return _wishes(track, way, size)["right"][0]
    return Rect(*track.label, track.label.x + size.w, track.label.y + size.h)


def _wishes(track: Track, way: Line, size: Size) -> Wishes:
    """Places for a text by their kind.

    The first is where Graphviz left room; then come places along the line, to its right, to its left, and
    above and below these, for lines that run flat. In a layout without texts only the end at the user
    counts, since lines from afar run in bundles.
    """
    w, h = size
    near = way if track.label else way[-_LAST:]
    points = [near[-1 - round(share * (len(near) - 1))] for share in _SHARES]
    across, down = LABEL_PAD + w / 2, h / 2 + _CLEAR
    around = Rect(-w / 2, -h / 2, w / 2, h / 2)
    moves = {
        "right": [(across, 0.0)],
        "slanted": [*product((across, -across), (down, -down))],
        "left": [(-across, 0.0)],
    }
    beside = {
        kind: [around.moved(x + dx, y + dy) for dx, dy in offsets for x, y in points]
        for kind, offsets in moves.items()
    }
    return beside if track.label is None else {"room": [_first(track, way, size)]} | beside


def _far(rect: Rect, way: Line) -> float:
    """What it costs that a text is far from its line."""
    return max(0.0, min(rect.gap(point) for point in way[::_COARSE]) - _FAR)


def _best(number: int, wishes: Wishes, way: Line, field: Field) -> tuple[float, Rect]:
    """The least trouble and its place; moving a text far from its own line is trouble too.

    What was in the way of a place is mostly in the way of the next one beside it, so that is asked first.
    """
    best, least, roomy = next(iter(wishes.values()))[0], inf, "room" in wishes
    known: dict[Rect, Obstacle] = {}
    for cost, _, dx, dy, kind in _TRIES:
        if cost >= least:
            break
        for wish in wishes.get(kind, ()):
            place = wish.moved(dx, dy)
            weight, room, _ = known.get(wish, _NOTHING)
            if cost + weight >= least and place.meets(room):
                continue
            found, known[wish] = _trouble(number, place, field, least - cost)
            trouble = cost + found
            if trouble < least and kind == "room":
                trouble += _far(place, way)
            if trouble < least and roomy:
                trouble += _at_another(number, place, field)
            if trouble < least:
                best, least = place, trouble
    return least, best


def _at_another(number: int, rect: Rect, field: Field) -> float:
    """What it costs that a text is nearer to another line than to its own, and seems to belong to that."""
    left, top, right, bottom = rect.grown(_FAR, _FAR)
    own = other = _FAR
    for cell in field.near(rect, _FAR, _FAR):
        for line, x, y in cell.points:
            if left < x < right and top < y < bottom:
                gap = rect.gap((x, y))
                if line == number:
                    own = min(own, gap)
                else:
                    other = min(other, gap)
    return _MISTAKEN if other < own - _CLEAR else 0.0


def _trouble(number: int, rect: Rect, field: Field, most: float = inf) -> tuple[float, Obstacle]:
    """How much a text here disturbs, and what it disturbs most; once that is `most`, no more is sought.

    It is asked for hundreds of places of a text, so areas are compared here instead of by `meets`.
    """
    left, top, right, bottom = rect
    cells = field.near(rect, _CLEAR, 1)
    met = {
        obstacle
        for cell in cells
        for obstacle in cell.obstacles
        if left < (room := obstacle.room)[2] and room[0] < right and top < room[3] and room[1] < bottom
    }
    found, worst = sum(obstacle.weight for obstacle in met), max(met, default=_NOTHING)
    if found >= most:
        return found, worst
    left, top, right, bottom = left - _CLEAR, top - 1, right + _CLEAR, bottom + 1
    lines = set()
    for cell in cells:
        for line, x, y in cell.points:
            if left < x < right and top < y < bottom and line not in lines:
                lines.add(line)
                weight = _ON_OWN_LINE if line == number else _ON_LINE
                worst = max(worst, Obstacle(weight, Rect(x - _CLEAR, y - 1, x + _CLEAR, y + 1), line))
                found += weight
        if found >= most:
            break
    return found, worst
