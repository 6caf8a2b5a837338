"""Curves and heights in characters: dots of Braille, or stars where there is nothing but ASCII."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill

from adcli.labels import ASCII, UNICODE, Labels
from adcli.numerals import PICTURE_DIGITS, number
from adcli.study.plot import PlotAnswer

ROWS = 12  # of a panel
LABEL = 10  # columns of the numbers at the left
HIGH = 21  # rows of a map
DOWN, ACROSS = 3, 6  # one arrow in so many rows and columns
SHADES, BLOCKS = " .:-=+*#%@", " ░▒▓█"
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # of a Braille sign: two columns, four rows


def sketch(answer: PlotAnswer, width: int, *, unicode: bool) -> str:
    """The plot, a panel for each curve, at most `width` columns wide."""
    lines = (
        heights_of(answer, width, unicode=unicode)
        if answer.heights
        else panels(answer, width, unicode=unicode)
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def panels(answer: PlotAnswer, width: int, *, unicode: bool) -> list[str]:
    """f, f', f'' from top to bottom, over the same range."""
    found = answer.curves
    assert found is not None  # noqa: S101  # heights are drawn elsewhere
    style = UNICODE if unicode else ASCII
    labels = Labels(answer.program, style)
    ((name, (low, high)),) = answer.ranges.items()
    wide = max(width - LABEL - 2, 20)
    lines: list[str] = []
    for order, row in enumerate(found.ys):
        bottom, top = found.heights[order]
        if top == bottom:
            bottom, top = bottom - 1, top + 1
        canvas = Canvas(wide, ROWS, unicode=unicode)
        points = list(zip(found.xs, row, strict=True))
        for (x, y), (next_x, next_y) in pairwise(points):
            if y is not None and next_y is not None:
                canvas.line(
                    (x - low) / (high - low), (y - bottom) / (top - bottom),
                    (next_x - low) / (high - low), (next_y - bottom) / (top - bottom),
                )  # fmt: skip
        gaps = [f"{gap.kind} at {number(gap.x, PICTURE_DIGITS)}" for gap in found.gaps if gap.order == order]
        said = f"   ({', '.join(gaps[:4])}{', ...' if len(gaps) > 4 else ''})" if gaps else ""
        prime = ("′" if unicode else "'") * order if order <= 3 else f"^({order})"
        lines.append(f"{' ' * (LABEL + 2)}{labels.plain(answer.output)}{prime}{said}"[:width])
        marks = {0: number(top, 4), ROWS - 1: number(bottom, 4)}
        bar = "│" if unicode else "|"
        lines += [f"{marks.get(i, ''):>{LABEL}} {bar}{text}" for i, text in enumerate(canvas.rows())]
        lines.append("")
    middle = number((low + high) / 2, 4)
    left, right = number(low, 4), number(high, 4)
    scale = left + middle.center(wide - len(left) - len(right)) + right
    lines[-1] = f"{' ' * (LABEL + 2)}{scale}"
    lines.append(f"{' ' * (LABEL + 2)}{labels.plain(name).center(wide)}")
    if answer.tangent is not None:
        place, value, slope = (number(n) for n in answer.tangent)
        lines.append(f"tangent at {labels.plain(name)} = {place}: value {value}, slope {slope}")
    return lines


def heights_of(answer: PlotAnswer, width: int, *, unicode: bool) -> list[str]:
    """Heights as shades, in bands of equally many points, with arrows along the gradient."""
    found = answer.heights
    assert found is not None  # noqa: S101  # curves are drawn elsewhere
    labels = Labels(answer.program, UNICODE if unicode else ASCII)
    shades = BLOCKS if unicode else SHADES
    values = sorted(v for row in found.values for v in row if v is not None)
    if not values:
        return ["no value in this range"]
    if values[0] == values[-1] and len(values) == len(found.xs) * len(found.ys):
        return [f"{labels.plain(answer.output)} = {number(values[0])} everywhere in this range"]
    limits = [values[len(values) * k // len(shades)] for k in range(1, len(shades))]
    (across, (left, right)), (up, (low, high)) = answer.ranges.items()
    wide, size = min(max(width - LABEL - 2, 20), 61), len(found.xs) - 1
    columns = [round(size * k / (wide - 1)) for k in range(wide)]
    lines = [f"{labels.plain(answer.output)} over {labels.plain(across)} (right) and {labels.plain(up)} (up)"]
    bar, none = ("│", "·") if unicode else ("|", "?")
    for i in range(HIGH):
        j = round(size * (HIGH - 1 - i) / (HIGH - 1))
        heights, slopes = [found.values[j][k] for k in columns], [found.gradients[j][k] for k in columns]
        cells = [none if v is None else shades[bisect_right(limits, v)] for v in heights]
        if i % DOWN == DOWN // 2:
            for k in range(ACROSS // 2, wide - 1, ACROSS):
                if (sign := arrow(slopes[k], unicode=unicode)) is not None:
                    cells[k - 1 : k + 2] = " ", sign, " "
        mark = number(high, 4) if i == 0 else number(low, 4) if i == HIGH - 1 else ""
        lines.append(f"{mark:>{LABEL}} {bar}{''.join(cells)}")
    ends = number(left, 4), number(right, 4)
    pad = " " * (LABEL + 2)
    lines += [f"{pad}{ends[0]}{ends[1]:>{wide - len(ends[0])}}", ""]
    bands = [f"{shade} from {number(limit, 4)}" for shade, limit in zip(shades[1:], limits, strict=True)]
    missing = any(v is None for row in found.values for v in row)
    said = [*bands[:: 1 if unicode else 2], *[f"{none} undefined"] * missing, "arrows point uphill"]
    return [lines[0][:width], *lines[1:], *fill(", ".join(said), width, break_long_words=False).splitlines()]


def arrow(slopes: tuple[float, float] | None, *, unicode: bool) -> str | None:
    """The sign that points along a gradient; None where there is none, or it is 0."""
    if slopes is None or not any(slopes):
        return None
    eighth = round(math.atan2(slopes[1], slopes[0]) / (math.pi / 4)) % 8
    return ("→↗↑↖←↙↓↘" if unicode else ">/^\\</v\\")[eighth]


class Canvas:
    """A rectangle of signs on which lines are drawn; coordinates go from 0 to 1, upwards."""

    def __init__(self, columns: int, rows: int, *, unicode: bool) -> None:
        self.columns, self.lines, self.unicode = columns, rows, unicode
        self.fine = (2, 4) if unicode else (1, 1)
        self.cells = [[0] * columns for _ in range(rows)]

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A straight line; what lies outside is left out."""
        wide, high = self.columns * self.fine[0] - 1, self.lines * self.fine[1] - 1
        if max(y, to_y) < 0 or min(y, to_y) > 1:
            return
        steps = min(max(math.ceil(max(abs(to_x - x) * wide, abs(to_y - y) * high)), 1), 4 * (wide + high))
        for k in range(steps + 1):
            at, up = x + (to_x - x) * k / steps, y + (to_y - y) * k / steps
            if 0 <= at <= 1 and 0 <= up <= 1:
                self.dot(round(at * wide), high - round(up * high))

    def dot(self, column: int, row: int) -> None:
        """One dot."""
        across, down = self.fine
        bit = DOTS[column % across][row % down] if self.unicode else 1
        self.cells[row // down][column // across] |= bit

    def rows(self) -> Sequence[str]:
        """The lines of signs."""
        if self.unicode:
            return ["".join(chr(0x2800 + cell) if cell else " " for cell in row) for row in self.cells]
        return ["".join("*" if cell else " " for cell in row) for row in self.cells]
