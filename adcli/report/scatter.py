"""A picture of error curves in characters: both axes in powers of ten, a letter per curve."""

from __future__ import annotations

import math
from collections.abc import Sequence

from adcli.study.curves import Curve

WIDTH, HEIGHT = 60, 17
NO_ERROR = -17  # the power of ten at which an error of 0 stands
EVERY = 2  # powers of ten between the ticks of both axes
LETTERS = {
    "forward difference": "f",
    "central difference": "c",
    "Richardson": "r",
    "complex step": "i",
}


def scatter(curves: Sequence[Curve]) -> tuple[str, ...]:
    """The lines of the picture: the middle error of each column, and a capital at each curve's best step."""
    steps = [math.log10(point.h) for made in curves for point in made.points]
    if not steps:
        return ()
    low, high = min(steps), max(steps)
    cells = [[" "] * (WIDTH + 1) for _ in range(HEIGHT + 1)]
    top = ceiling(curves)

    def place(h: float, error: float) -> tuple[int, int]:
        across = round((math.log10(h) - low) / (high - low) * WIDTH)
        level = max(NO_ERROR, math.log10(error) if error else NO_ERROR)
        return round((top - level) / (top - NO_ERROR) * HEIGHT), across

    for made in reversed(curves):  # the first one lies on top
        letter = LETTERS[made.quotient.name]
        columns: dict[int, list[float]] = {}
        for h, error in made.points:
            if error is not None:
                columns.setdefault(place(h, 1.0)[1], []).append(error)
        for across, errors in columns.items():
            row, _ = place(10.0**low, sorted(errors)[len(errors) // 2])
            if row >= 0:
                cells[row][across] = letter
    for made in curves:
        if made.best is not None and made.best.error is not None:
            row, across = place(made.best.h, made.best.error)
            cells[max(0, row)][across] = LETTERS[made.quotient.name].upper()
    return tuple(framed(cells, top, low, high))


def ceiling(curves: Sequence[Curve]) -> int:
    """The power of ten above the errors, at most 100."""
    errors = [point.error for made in curves for point in made.points if point.error]
    return min(2, math.ceil(math.log10(max(errors, default=1.0))))


def framed(cells: list[list[str]], top: int, low: float, high: float) -> list[str]:
    """The cells between their axes."""
    marks = {
        round((top - power) / (top - NO_ERROR) * HEIGHT): power
        for power in range(top - top % EVERY, NO_ERROR - 1, -EVERY)
    }
    lines = ["relative error"]
    for row, line in enumerate(cells):
        label = f"1e{marks[row]:+03d}" if row in marks else ""
        lines.append(f"{label:>6} |{''.join(line)}".rstrip())
    ruler, labels = list("-" * (WIDTH + 1)), list(" " * (WIDTH + 8))
    for power in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1):
        across = round((power - low) / (high - low) * WIDTH)
        if power % EVERY == 1:
            ruler[across] = "+"
            text = f"1e{power:+03d}"
            labels[across : across + len(text)] = text
    lines.append(f"{'':>6} +{''.join(ruler)}")
    lines.append(f"{'':>5}{''.join(labels)}".rstrip() + "  h")
    return lines
