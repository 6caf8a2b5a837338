"""Heights over two inputs in characters: shades, with arrows along gradients or the path of a descent."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from textwrap import fill

from adcli.errors import DomainError
from adcli.notation.numerals import number
from adcli.render.figures import FAR, stretched
from adcli.study.descent import DescentAnswer
from adcli.study.plot import PlotAnswer
from adcli.tracing.labels import ASCII, UNICODE, Labels

LABEL = 10  # columns of the numbers at the left
HIGH, WIDE = 21, 61
DOWN, ACROSS = 3, 6  # one arrow in so many rows and columns
SHADES, BLOCKS = " .:-=+*#%@", " ░▒▓█"
MOST_BANDS = 6  # that are all explained
FEW = " .:-=+"  # of them, where signs of a path stand among them
Cells = list[list[str]]
Ends = tuple[float, float]


def plot_map(answer: PlotAnswer, width: int, *, unicode: bool) -> list[str]:
    """The heights of a plot with arrows along the gradient."""
    found = answer.heights
    assert found is not None  # noqa: S101  # curves are drawn elsewhere
    size, wide = len(found.xs) - 1, columns(width)
    across = [round(size * k / (wide - 1)) for k in range(wide)]
    down = [round(size * (HIGH - 1 - i) / (HIGH - 1)) for i in range(HIGH)]
    heights = [[found.values[j][k] for k in across] for j in down]
    (first, (left, right)), (second, (low, high)) = answer.ranges.items()
    labels = Labels(answer.program, UNICODE if unicode else ASCII)
    output = labels.plain(answer.output)
    flat = one_height(heights)
    if flat is not None:
        return [flat if flat.startswith("no") else f"{output} = {flat}"]
    cells, legend = shaded(heights, unicode=unicode, shades=BLOCKS if unicode else SHADES)
    for i in range(DOWN // 2, HIGH, DOWN):
        for k in range(ACROSS // 2, wide - 1, ACROSS):
            if (sign := arrow(found.gradients[down[i]][across[k]], unicode=unicode)) is not None:
                cells[i][k - 1 : k + 2] = " ", sign, " "
    title = f"{output} over {labels.plain(first)} (right) and {labels.plain(second)} (up)"
    return framed(
        cells, title, (left, right), (low, high), [*legend, "arrows point uphill"], width, unicode=unicode
    )


def path_map(answer: DescentAnswer, width: int, *, unicode: bool) -> list[str]:
    """The path of a descent over the heights of its function."""
    points = [record.point for record in answer.path if max(map(abs, record.point)) < FAR]
    points = points or [answer.path[0].point]
    (left, right), (low, high) = (stretched([point[place] for point in points]) for place in (0, 1))
    wide = columns(width)

    def height(i: int, k: int) -> float | None:
        try:
            x, y = left + (right - left) * k / (wide - 1), low + (high - low) * (HIGH - 1 - i) / (HIGH - 1)
            return answer.loss.call(x, y)[0]
        except DomainError:
            return None

    heights = [[height(i, k) for k in range(wide)] for i in range(HIGH)]
    cells, legend = shaded(heights, unicode=unicode, shades=BLOCKS if unicode else FEW)
    places = [
        (round((high - y) / (high - low) * (HIGH - 1)), round((x - left) / (right - left) * (wide - 1)))
        for x, y in points
    ]
    begin, step, end = "○•●" if unicode else "o*@"
    for (i, k), (to_i, to_k) in pairwise(places):
        count = max(abs(to_i - i), abs(to_k - k), 1)
        for part in range(count + 1):
            cells[round(i + (to_i - i) * part / count)][round(k + (to_k - k) * part / count)] = step
    for (i, k), sign in ((places[0], begin), (places[-1], end)):
        cells[i][k] = sign
    labels = Labels(answer.program, UNICODE if unicode else ASCII)
    first, second = (labels.plain(name) for name in answer.moving)
    title = f"{labels.plain(answer.output)} over {first} (right) and {second} (up)"
    said = [*legend, f"{begin} start, {end} end"]
    return framed(cells, title, (left, right), (low, high), said, width, unicode=unicode)


def columns(width: int) -> int:
    """How many columns a map has."""
    return min(max(width - LABEL - 2, 20), WIDE)


def one_height(heights: Sequence[Sequence[float | None]]) -> str | None:
    """What to say of a map without heights, or of one height alone; None for others."""
    known = {v for row in heights for v in row}
    if known == {None}:
        return "no value in this range"
    (first, *others) = known
    return None if others or first is None else f"{number(first)} everywhere in this range"


def shaded(
    heights: Sequence[Sequence[float | None]], *, unicode: bool, shades: str
) -> tuple[Cells, list[str]]:
    """The heights as signs, in bands of equally many points, and what the signs say."""
    none = "·" if unicode else "?"
    values = sorted(v for row in heights for v in row if v is not None)
    limits = [values[len(values) * k // len(shades)] for k in range(1, len(shades))] if values else []
    cells = [[none if v is None else shades[bisect_right(limits, v)] for v in row] for row in heights]
    bands = [f"{shade} from {number(limit, 4)}" for shade, limit in zip(shades[1:], limits, strict=False)]
    missing = any(v is None for row in heights for v in row)
    return cells, [*bands[:: 2 if len(shades) > MOST_BANDS else 1], *[f"{none} undefined"] * missing]


def framed(
    cells: Cells, title: str, across: Ends, up: Ends, said: Sequence[str], width: int, *, unicode: bool
) -> list[str]:
    """The cells between their axes, with a title and what the signs say."""
    bar, last = "│" if unicode else "|", len(cells) - 1
    marks = {0: number(up[1], 4), last: number(up[0], 4)}
    pad = " " * (LABEL + 2)
    left, right = number(across[0], 4), number(across[1], 4)
    return [
        title[:width],
        *(f"{marks.get(i, ''):>{LABEL}} {bar}{''.join(row)}" for i, row in enumerate(cells)),
        f"{pad}{left}{right:>{len(cells[0]) - len(left)}}",
        "",
        *fill(", ".join(said), width, break_long_words=False).splitlines(),
    ]


def arrow(slopes: tuple[float, float] | None, *, unicode: bool) -> str | None:
    """The sign that points along a gradient; None where there is none, or it is 0."""
    if slopes is None or not any(slopes):
        return None
    eighth = round(math.atan2(slopes[1], slopes[0]) / (math.pi / 4)) % 8
    return ("→↗↑↖←↙↓↘" if unicode else ">/^\\</v\\")[eighth]
