"""Curves and heights in characters: dots of Braille, or stars where there is nothing but ASCII."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill

from adcli.notation.numerals import PICTURE_DIGITS, number
from adcli.render.figures import FAR
from adcli.render.maps import LABEL, path_map, plot_map
from adcli.report.plot import digits_between
from adcli.study.descent import DescentAnswer
from adcli.study.plot import PlotAnswer
from adcli.tracing.labels import ASCII, UNICODE, Labels

ROWS = 12  # of a panel
WIDE_APART = 100.0  # times: such values are shown by their logarithms
DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # of a Braille sign: two columns, four rows


def sketch(answer: PlotAnswer | DescentAnswer, width: int, what: str | None = None, *, unicode: bool) -> str:
    """The plot, a panel for each curve, or a descent: its path (of two inputs) or its loss."""
    if isinstance(answer, DescentAnswer):
        path = (what or ("path" if len(answer.moving) == 2 else "loss")) == "path"
        lines = (path_map if path else loss_curve)(answer, width, unicode=unicode)
        lines += ["", *fill(answer.stop.message, width, break_long_words=False).splitlines()]
    else:
        lines = (plot_map if answer.heights else panels)(answer, width, unicode=unicode)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def panels(answer: PlotAnswer, width: int, *, unicode: bool) -> list[str]:
    """f, f', f'' from top to bottom, over the same range."""
    found = answer.curves
    assert found is not None  # noqa: S101  # heights are drawn elsewhere
    style = UNICODE if unicode else ASCII
    labels = Labels(answer.program, style)
    ((name, (low, high)),) = answer.ranges.items()
    wide = max(width - LABEL - 2, 20)
    digits = max(PICTURE_DIGITS, digits_between(low, high))  # neighbours differ
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
        if answer.tangent is not None and not order:
            x, y, slope = answer.tangent
            at, up = (x - low) / (high - low), (y - bottom) / (top - bottom)
            canvas.dashes(at, up, slope * (high - low) / (top - bottom))
        gaps = [f"{gap.kind} at {number(gap.x, digits)}" for gap in found.gaps if gap.order == order]
        prime = ("′" if unicode else "'") * order if order <= 3 else f"^({order})"
        title = f"{labels.plain(answer.output)}{prime}"
        lines.append(f"{' ' * (LABEL + 2)}{title}{listed(gaps, wide - len(title))}"[:width])
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
        place, height, rise = (number(n) for n in answer.tangent)
        lines.append(f"tangent at {labels.plain(name)} = {place}: value {height}, slope {rise}")
    return lines


def listed(gaps: Sequence[str], room: int) -> str:
    """As many gaps as a title has room for, each place once.

    >>> listed(["jump at 1", "jump at 1", "pole at 2", "pole at 3"], 32)
    '   (jump at 1, pole at 2, ...)'
    """
    left = list(dict.fromkeys(gaps))
    more = False
    while left:
        said = f"   ({', '.join(left)}{', ...' * more})"
        if len(said) <= room:
            return said
        left, more = left[:-1], True
    return ""


def loss_curve(answer: DescentAnswer, width: int, *, unicode: bool) -> list[str]:
    """The value over the steps; by its logarithm where all values are above 0 and far apart."""
    drawn = [record for record in answer.path if abs(record.value) < FAR] or answer.path[:1]
    least, most = min(record.value for record in drawn), max(record.value for record in drawn)
    scale = math.log10 if least > 0 and most / least > WIDE_APART else float
    bottom, top = scale(least), scale(most)
    room, last = top - bottom or 1.0, drawn[-1].step or 1
    wide = max(width - LABEL - 2, 20)
    canvas = Canvas(wide, ROWS, unicode=unicode)
    places = [(record.step / last, (scale(record.value) - bottom) / room) for record in drawn]
    for (x, y), (to_x, to_y) in pairwise(places * 2 if len(places) == 1 else places):
        canvas.line(x, y, to_x, to_y)
    labels = Labels(answer.program, UNICODE if unicode else ASCII)
    bar, pad = "│" if unicode else "|", " " * (LABEL + 2)
    marks = {0: number(most, 4), ROWS - 1: number(least, 4)}
    how = " (logarithmic)" if scale is math.log10 else ""
    return [
        f"{pad}{labels.plain(answer.output)}{how}",
        *(f"{marks.get(i, ''):>{LABEL}} {bar}{text}" for i, text in enumerate(canvas.rows())),
        f"{pad}0{drawn[-1].step:>{wide - 1}}",
        f"{pad}{'step'.center(wide)}",
    ]


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

    def dashes(self, x: float, y: float, slope: float) -> None:
        """A straight line through a point and across the whole rectangle, every other column of it."""
        for k in range(0, self.columns, 2):
            begin, end = k / self.columns, (k + 0.5) / self.columns
            self.line(begin, y + slope * (begin - x), end, y + slope * (end - x))

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
