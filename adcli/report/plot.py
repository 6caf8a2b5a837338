"""The report of a plot: some of its points as a table, the gaps, and the tangent."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import zip_longest

from adcli.notation.numerals import TABLE_DIGITS
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.study.plot import PlotAnswer
from adcli.tracing.labels import Labels

ROWS = 13


def sections(answer: PlotAnswer, look: Look) -> tuple[Section, ...]:
    """Evenly spaced points with the value and the derivatives, or with the gradient."""
    style, digits = look.style, look.digits or TABLE_DIGITS
    labels = Labels(answer.program, style)
    output = labels.plain(answer.output)
    names = [labels.plain(name) for name in answer.ranges]
    captions = []
    fine = [max(digits, digits_between(*ends)) for ends in answer.ranges.values()]  # neighbours differ
    if answer.curves is not None:
        found = answer.curves
        titles = [
            *names,
            *(derivative(output, order, latex=style.latex) for order in range(answer.order + 1)),
        ]
        low, high = next(iter(answer.ranges.values()))
        places = nearest(found.xs, [low + (high - low) * k / (ROWS - 1) for k in range(ROWS)])
        numbers: list[list[float | None]] = [[found.xs[p], *(row[p] for row in found.ys)] for p in places]
        gaps = dict.fromkeys(
            f"{style.math(derivative(output, gap.order, latex=style.latex))}: {gap.kind} at "
            f"{style.number(gap.x, fine[0])}"
            for gap in found.gaps
        )
        captions += [*gaps][:8]
        if len(gaps) > 8:
            captions.append(f"and {len(gaps) - 8} more gaps")
    else:
        heights = answer.heights
        assert heights is not None  # noqa: S101  # a plot has one or the other
        titles = [*names, output, *(labels.slope(output, name) for name in names)]
        chosen = range(0, len(heights.xs), len(heights.xs) // 4)
        numbers = [
            [heights.xs[i], heights.ys[j], heights.values[j][i], *(heights.gradients[j][i] or (None, None))]
            for j in chosen
            for i in chosen
        ]
    rows = [
        [style.number(x, place) for x, place in zip_longest(row, fine, fillvalue=digits)] for row in numbers
    ]
    if answer.tangent is not None:
        x, value, slope = (style.number(n, digits) for n in answer.tangent)
        captions.append(f"tangent at {style.math(f'{names[0]} = {x}')}: value {value}, slope {slope}")
    said = tuple(captions)
    if look.layout == "lines":
        lines = tuple(", ".join(f"{t} = {n}" for t, n in zip(titles, row, strict=True)) for row in rows)
        return (Section(lines=lines, captions=said),)
    columns = tuple(Column(style.math(title), point=True) for title in titles)
    cells = tuple(tuple(map(Cell, row)) for row in rows)
    return (Section(table=Table(columns, cells), captions=said),)


def digits_between(low: float, high: float) -> int:
    """How many significant digits tell the places of a range apart.

    >>> digits_between(-3, 3), digits_between(1000, 1000.1)
    (3, 8)
    """
    return 3 + max(0, math.ceil(math.log10(max(abs(low), abs(high)) / (high - low))))


def derivative(output: str, order: int, *, latex: bool) -> str:
    """f, f', f'', f^(4)."""
    if not order:
        return output
    if latex:
        return f"{output}^{{({order})}}"
    return output + ("'" * order if order <= 3 else f"^({order})")


def nearest(xs: list[float], wanted: list[float]) -> list[int]:
    """The places of the numbers nearest to those that are wanted; both ascend."""
    found = []
    for x in wanted:
        place = min(bisect_left(xs, x), len(xs) - 1)
        if place and abs(xs[place - 1] - x) < abs(xs[place] - x):
            place -= 1
        found.append(place)
    return list(dict.fromkeys(found))
