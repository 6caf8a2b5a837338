"""Where the texts of the edges stand: beside their own line, off every box, other text and line.

Graphviz leaves room for a text at the side of its edge, but bends the line through that room now
and then; and where texts take no part in the layout (large graphs) they need a first place at all.
So each text has places to try, and takes the one that disturbs least.
"""

from __future__ import annotations

from itertools import product
from math import dist, hypot, inf
from typing import TYPE_CHECKING

from adcli.render.geometry import Field, Point, Rect, Track, along
from adcli.render.sizes import LABEL_PAD, label_size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adcli.diagram import Diagram

_STEPS = (0, 4, -4, 8, -8, 12, -12, 18, -18, 24, -24)
_MOVES = sorted(product(_STEPS, _STEPS), key=lambda move: (hypot(*move), move))
_SHARES = (0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.15, 0.85)
_LAST = 40  # points of a line, some 120 pt
_ON_BOX, _ON_TEXT, _ON_OWN_LINE, _ON_LINE = 200.0, 120.0, 80.0, 40.0
_BESIDE, _SLANTED, _LEFT = 1.0, 4.0, 5.0
_ROUNDS = 3  # a text that moves makes room for others
_FAR = 14.0  # from a line that Graphviz bent away from its text; each point beyond costs one
_NEAR = 8.0  # a text may move so far at no cost; each point beyond costs one
_CLEAR = 3.0  # the least room between a text and a line or box at its sides


def settle(diagram: Diagram, boxes: Sequence[Rect], tracks: Sequence[Track]) -> tuple[Track, ...]:
    """The tracks with each text at the least disturbing of the places near its own edge."""
    ways = [along(track.curve) for track in tracks]
    wishes = [_wishes(diagram, number, track, ways[number]) for number, track in enumerate(tracks)]
    chosen = {number: places[0][1] for number, places in enumerate(wishes) if places}
    solid, texts = Field(), Field()
    for number, box in enumerate(boxes):
        solid.add(number, box.grown(1, 1))
    for number, way in enumerate(ways):
        for point in (*way, *_head(tracks[number])):
            solid.dot(number, point)
    for number, rect in chosen.items():
        texts.add(number, rect)
    for _ in range(_ROUNDS):
        for number, rect in chosen.items():
            if rect != wishes[number][0][1] or wishes[number][0][0] or _trouble(number, rect, solid, texts):
                texts.remove(number, rect)
                chosen[number] = _best(number, wishes[number], solid, texts)
                texts.add(number, chosen[number])
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


def _wishes(diagram: Diagram, number: int, track: Track, way: list[Point]) -> list[tuple[float, Rect]]:
    """Places for a text, each with what it costs to stand there rather than at the first one.

    The first is where Graphviz left room; then come places along the line, to its right, to its left, and
    above and below these, for lines that run flat.
    In a layout without texts only the end at the user counts, since lines from afar run in bundles.
    """
    w, h = label_size(diagram.edges[number])
    if not w:
        return []
    first = []
    if track.label:
        room = Rect(*track.label, track.label.x + w, track.label.y + h)
        first = [(max(0.0, min(map(room.gap, way)) - _FAR), room)]
    near = way if track.label else way[-_LAST:]
    points = [near[-1 - round(share * (len(near) - 1))] for share in _SHARES]
    right, left = LABEL_PAD + w / 2, -LABEL_PAD - w / 2
    below, above = h / 2 + _CLEAR, -h / 2 - _CLEAR
    moves = ((_BESIDE, right, 0.0), (_LEFT, left, 0.0), *product((_SLANTED,), (right, left), (below, above)))
    around = Rect(-w / 2, -h / 2, w / 2, h / 2)
    return first + [(cost, around.moved(x + dx, y + dy)) for cost, dx, dy in moves for x, y in points]


def _best(number: int, wishes: list[tuple[float, Rect]], solid: Field, texts: Field) -> Rect:
    """The place with the least trouble; moving a text far from its own line is trouble too."""
    best, least = wishes[0][1], inf
    for dx, dy in _MOVES:
        astray = max(0.0, hypot(dx, dy) - _NEAR)
        for cost, wish in wishes:
            if astray + cost < least:
                place = wish.moved(dx, dy)
                trouble = astray + cost + _trouble(number, place, solid, texts)
                if trouble < least:
                    best, least = place, trouble
    return best


def _trouble(number: int, rect: Rect, solid: Field, texts: Field) -> float:
    """How much a text here disturbs: the boxes, texts and lines under it."""
    wide = rect.grown(_CLEAR, 1)
    under = solid.lines(wide)
    return (
        _ON_BOX * len(solid.boxes(wide))
        + _ON_TEXT * len(texts.boxes(rect) - {number})
        + (_ON_OWN_LINE if number in under else 0)
        + _ON_LINE * len(under - {number})
    )
