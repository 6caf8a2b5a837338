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

    def holds(self, other: Rect) -> bool:
        """Whether the other lies inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def gap(self, point: tuple[float, float]) -> float:
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
def along(curve: tuple[Point, ...], step: float = 3.0) -> tuple[tuple[float, float], ...]:
    """Points on a Bézier curve, about `step` apart, its ends included."""
    points: list[tuple[float, float]] = list(curve[:1])
    for at in range(0, len(curve) - 3, 3):
        a, b, c, d = curve[at : at + 4]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
        count = max(1, ceil((dist(a, b) + dist(b, c) + dist(c, d)) / step))
        for number in range(1, count + 1):
            t = number / count
            s = 1 - t
            w0, w1, w2, w3 = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            x = w0 * ax + w1 * bx + w2 * cx + w3 * dx
            points.append((x, w0 * ay + w1 * by + w2 * cy + w3 * dy))
    return tuple(points)


class Obstacle(NamedTuple):
    """A room that should stay free, whose it is, and how bad it is when something comes into it."""

    weight: float
    room: Rect
    number: int


class Cell(NamedTuple):
    """What touches a small square of the page; the points of lines have the line's number."""

    obstacles: list[Obstacle]
    points: list[tuple[int, float, float]]


class Field:
    """Obstacles and lines, found again by where they are."""

    _CELL = 24.0

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], Cell] = defaultdict(lambda: Cell([], []))

    def put(self, obstacle: Obstacle) -> None:
        """Put an obstacle in."""
        for place in self._places(obstacle.room):
            self._cells[place].obstacles.append(obstacle)

    def take(self, obstacle: Obstacle) -> None:
        """Take an obstacle out again."""
        for place in self._places(obstacle.room):
            self._cells[place].obstacles.remove(obstacle)

    def line(self, number: int, points: Iterable[tuple[float, float]]) -> None:
        """Put the points of a line in."""
        cells, size = self._cells, self._CELL
        for x, y in points:
            cells[int(x // size), int(y // size)].points.append((number, x, y))

    def near(self, rect: Rect, across: float, down: float) -> list[Cell]:
        """The cells, but empty ones, that share some area with a box and the room on its sides."""
        get, size = self._cells.get, self._CELL
        columns = range(int((rect.left - across) // size), int((rect.right + across) // size) + 1)
        rows = range(int((rect.top - down) // size), int((rect.bottom + down) // size) + 1)
        return [cell for column in columns for row in rows if (cell := get((column, row)))]

    def _places(self, rect: Rect) -> list[tuple[int, int]]:
        left, top, right, bottom = rect
        size = self._CELL
        rows = range(int(top // size), int(bottom // size) + 1)
        return [(column, row) for column in range(int(left // size), int(right // size) + 1) for row in rows]
