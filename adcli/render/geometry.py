"""Points, boxes and curves on the page, in points, y growing downwards."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import ceil, dist, hypot
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Point(NamedTuple):
    """A place."""

    x: float
    y: float


class Rect(NamedTuple):
    """An upright box."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Whether the two share some area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def gap(self, point: Point) -> float:
        """How far a point is from the box; 0 inside."""
        x, y = point
        return hypot(max(self.left - x, x - self.right, 0.0), max(self.top - y, y - self.bottom, 0.0))

    def moved(self, dx: float, dy: float) -> Rect:
        """The same box elsewhere."""
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, across: float, down: float) -> Rect:
        """The box with more room on each side."""
        return Rect(self.left - across, self.top - down, self.right + across, self.bottom + down)


class Track(NamedTuple):
    """The way of an edge: Bézier points (1 + 3n, operand first), the arrow's tip, its text's upper left."""

    curve: tuple[Point, ...]
    tip: Point | None
    label: Point | None


class Layout(NamedTuple):
    """The centre of each node and the way of each edge, in the diagram's order."""

    nodes: tuple[Point, ...]
    edges: tuple[Track, ...]


@lru_cache(maxsize=4096)  # for the texts, and for the page around them
def along(curve: tuple[Point, ...], step: float = 3.0) -> tuple[Point, ...]:
    """Points on a Bézier curve, about `step` apart, its ends included."""
    points = list(curve[:1])
    for at in range(0, len(curve) - 3, 3):
        a, b, c, d = curve[at : at + 4]
        count = max(1, ceil((dist(a, b) + dist(b, c) + dist(c, d)) / step))
        for number in range(1, count + 1):
            t = number / count
            s = 1 - t
            w0, w1, w2, w3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            x = w0 * a[0] + w1 * b[0] + w2 * c[0] + w3 * d[0]
            points.append(Point(x, w0 * a[1] + w1 * b[1] + w2 * c[1] + w3 * d[1]))
    return tuple(points)


class Field:
    """Numbered things, found again by where they are: each cell of the page lists what touches it."""

    _CELL = 24.0

    def __init__(self) -> None:
        self._rects: defaultdict[tuple[int, int], list[tuple[int, Rect]]] = defaultdict(list)
        self._points: defaultdict[tuple[int, int], list[tuple[int, float, float]]] = defaultdict(list)

    def add(self, number: int, rect: Rect) -> None:
        """Put a box in."""
        for cell in self._cells(rect):
            self._rects[cell].append((number, rect))

    def remove(self, number: int, rect: Rect) -> None:
        """Take a box out again."""
        for cell in self._cells(rect):
            self._rects[cell].remove((number, rect))

    def dots(self, number: int, line: Iterable[Point]) -> None:
        """Put the points of a line in."""
        cells, size = self._points, self._CELL
        for x, y in line:
            cells[int(x // size), int(y // size)].append((number, x, y))

    def boxes(self, rect: Rect) -> set[int]:
        """The numbers of the boxes that share some area with this one."""
        left, top, right, bottom = rect
        return {
            number
            for cell in self._cells(rect)
            for number, (other_left, other_top, other_right, other_bottom) in self._rects.get(cell, ())
            if left < other_right and other_left < right and top < other_bottom and other_top < bottom
        }

    def lines(self, rect: Rect) -> set[int]:
        """The numbers of the lines with a point inside the box."""
        left, top, right, bottom = rect
        return {
            number
            for cell in self._cells(rect)
            for number, x, y in self._points.get(cell, ())
            if left < x < right and top < y < bottom
        }

    def _cells(self, rect: Rect) -> list[tuple[int, int]]:
        left, top, right, bottom = rect
        size = self._CELL
        rows = range(int(top // size), int(bottom // size) + 1)
        return [(column, row) for column in range(int(left // size), int(right // size) + 1) for row in rows]
