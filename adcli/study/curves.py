"""The error of a difference quotient against its step: two straight lines, and between them the best step.

To the right of the best step truncation rules, and the error falls with h to the power of the order; to
the left rounding rules, and it grows with 1/h. The slopes are those of straight lines through the logarithms
of the errors, by least squares, on either side. Errors scatter, so several steps lie in each decade.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import takewhile
from statistics import linear_regression, median
from typing import Any, NamedTuple

from adcli.study.quotients import Function, Quotient

PER_OCTAVE = 10  # the half of a step is a step too, so that quotients share values
PER_DECADE = 33  # of them
LARGEST, SMALLEST = -1, -15  # powers of ten of the steps, for a point of size 1
AWAY = 10.0  # a line is fitted where the step is at least so many times from the best one
FEWEST = 24  # points that a line is fitted to
LARGE = 0.1  # a relative error that follows no line any more
FLAT = 30.0  # of the smallest error: what is above it is one of the two lines


class Point(NamedTuple):
    """The relative error of a quotient for one step; None where f has no value nearby."""

    h: float
    error: float | None


class Line(NamedTuple):
    """A straight line through the logarithms of steps and errors, to the base 10."""

    slope: float
    intercept: float


class Curve(NamedTuple):
    """A quotient's errors by falling steps, its best step, and the slopes of both lines in logarithms.

    A slope is None where too few steps show it: a straight line has no truncation error.
    """

    quotient: Quotient
    points: tuple[Point, ...]
    best: Point | None
    truncation: float | None
    rounding: float | None


def steps(size: float) -> list[float]:
    """The steps to try at a point of a size, in equal ratios, falling."""
    largest = max(1.0, size) * 10.0**LARGEST
    count = math.ceil((LARGEST - SMALLEST) * math.log2(10) * PER_OCTAVE)
    octave = [largest * 2 ** (-i / PER_OCTAVE) for i in range(PER_OCTAVE)]
    return [math.ldexp(octave[i % PER_OCTAVE], -(i // PER_OCTAVE)) for i in range(count + 1)]


def remembering(f: Function) -> Function:
    """The same function, which computes each value once."""
    known: dict[Any, Any] = {}

    def at(x: Any) -> Any:
        if x not in known:
            try:
                known[x] = f(x)
            except ArithmeticError as error:
                known[x] = error
        if isinstance(known[x], ArithmeticError):
            raise known[x]
        return known[x]

    return at


def curve(quotient: Quotient, f: Function, x: float, slope: float) -> Curve:
    """The errors of a quotient at x, where the derivative is `slope`."""
    points = tuple(Point(h, error_at(quotient, f, x, h, slope)) for h in steps(abs(x)))
    level = [point for point in smoothed(points) if point.error is not None]
    if not level:
        return Curve(quotient, points, None, None, None)
    lowest = min(level, key=error_of)
    least = max(error_of(lowest), 1e-17)
    left = takewhile(in_sight, (p for p in level if p.h < lowest.h / AWAY))
    falling = line([p for p in level if p.h > lowest.h * AWAY and FLAT * least < error_of(p) < LARGE])
    rising = line([p for p in left if error_of(p) > FLAT * least]) if quotient.rounds else None
    return Curve(
        quotient,
        points,
        crossing(level, falling, rising) or lowest,
        falling and falling.slope,
        rising and rising.slope,
    )


def in_sight(point: Point) -> bool:
    """Whether a point's error is small enough to follow a line."""
    return error_of(point) < LARGE


def error_of(point: Point) -> float:
    """The error of a point that has one."""
    return point.error or 0.0


def crossing(level: Sequence[Point], falling: Line | None, rising: Line | None) -> Point | None:
    """The point where both lines meet: the lowest point of errors that scatter is left to chance."""
    if falling is None or rising is None:
        return None
    meeting = 10 ** ((rising.intercept - falling.intercept) / (falling.slope - rising.slope))
    return min(level, key=lambda point: abs(math.log(point.h / meeting)))


def error_at(quotient: Quotient, f: Function, x: float, h: float, slope: float) -> float | None:
    """The error of a quotient, relative to the derivative unless that is 0."""
    try:
        found = quotient.slope(f, x, h)
    except ArithmeticError:
        return None
    error = abs(found - slope)
    return error / abs(slope) if slope else error


def smoothed(points: Sequence[Point]) -> list[Point]:
    """The middle error of the quarter decades on both sides of a step: single errors are small by chance."""
    level: list[Point] = []
    for i, point in enumerate(points):
        reach = min(PER_DECADE // 4, i, len(points) - 1 - i)
        near = [p.error for p in points[i - reach : i + reach + 1] if p.error is not None]
        level.append(Point(point.h, median(near) if near and point.error is not None else None))
    return level


def line(points: Sequence[Point]) -> Line | None:
    """The straight line through the logarithms; None for too few points."""
    logs = [(math.log10(h), math.log10(error)) for h, error in points if error]
    return Line(*linear_regression(*zip(*logs, strict=True))) if len(logs) >= FEWEST else None
