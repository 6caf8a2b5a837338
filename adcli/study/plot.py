"""The data of a plot: curves of one input, or the heights and gradients of two."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from adcli import engine
from adcli.answers.answer import Answer
from adcli.answers.choosing import number_wanted, one_output
from adcli.errors import DomainError, NameProblem, UsageError
from adcli.language.points import from_values
from adcli.language.program import Program
from adcli.notation.numerals import json_number, number
from adcli.study.kernel import Kernel
from adcli.study.sampling import Curves, curves, derivatives
from adcli.study.scalars import scalars

ROOM = 5.0  # to either side, where no range is given
GRID = 61  # points of a height map along an axis
HIGHEST = 10  # derivatives
WIDEST, SMALLEST = 1e300, 1e-290  # of ranges: products of their parts are floats
NARROWEST = 1e-10  # of the size of the ends: some ten thousand places are looked at
Range = tuple[float, float]


class Heights(NamedTuple):
    """Values and gradients on a grid: `values[j][i]` at (xs[i], ys[j]), None where undefined."""

    xs: list[float]
    ys: list[float]
    values: list[list[float | None]]
    gradients: list[list[tuple[float, float] | None]]


@dataclass(frozen=True, kw_only=True)
class PlotAnswer(Answer):
    """`plot`: curves over the range of one input with a tangent, or heights over those of two."""

    command = "plot"
    output: str
    ranges: dict[str, Range]
    order: int
    curves: Curves | None = None
    tangent: tuple[float, float, float] | None = None
    heights: Heights | None = field(default=None, repr=False)

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        fields: dict[str, Any] = {
            "output": self.output,
            "ranges": {name: list(ends) for name, ends in self.ranges.items()},
        }
        if self.curves is not None:
            found = self.curves
            fields["x"] = found.xs
            fields["curves"] = [
                {
                    "order": order,
                    "y": [None if y is None else json_number(y) for y in row],
                    "gaps": [{"x": gap.x, "kind": gap.kind} for gap in found.gaps if gap.order == order],
                }
                for order, row in enumerate(found.ys)
            ]
            fields["tangent"] = (
                None
                if self.tangent is None
                else dict(zip(("x", "value", "slope"), self.tangent, strict=True))
            )
        if self.heights is not None:
            fields["x"], fields["y"] = self.heights.xs, self.heights.ys
            fields["values"] = self.heights.values
            fields["gradients"] = [
                [None if g is None else list(g) for g in row] for row in self.heights.gradients
            ]
        return fields


def plot(
    program: Program,
    ranges: Mapping[str, Range],
    at: Mapping[str, Any] | None = None,
    *,
    order: int = 1,
    output: str | None = None,
) -> PlotAnswer:
    """The curves of the output and its derivatives up to `order`, or of two inputs its heights.

    Inputs without a range have their number in `at`; the tangent stands where `at` has the one input of a
    range. Without ranges, one or two inputs get some. Raises UsageError and NameProblem for what cannot be
    drawn, DomainError where a tangent is asked for and there is none.
    """
    if not 0 <= order <= HIGHEST:
        raise UsageError(f"the derivatives go from 0 to {HIGHEST}, not {order}")
    given = from_values(at or {})
    for name, ends in ranges.items():
        refuse_ends(name, *ends)
    whole = program
    point: Mapping[str, Any] = given
    if engine.has_arrays(program.graph, list(given.values())):
        program, point, whole, ranges = entry_by_entry(program, ranges, given)
    shown = ranges_of(program, ranges, point)
    fixed = {name: value for name, value in point.items() if name not in shown}
    middle = {name: (low + high) / 2 for name, (low, high) in shown.items()}
    run = program.at({**middle, **point})
    chosen = one_output(run, output)
    number_wanted(run, chosen)
    source = program if program.needs_point else run
    found: dict[str, Any] = {}
    if len(shown) == 1:
        ((name, (low, high)),) = shown.items()
        found["curves"] = curves(derivatives(source, fixed, name, chosen, order), low, high, order)
        if name in point:
            place = {**fixed, name: point[name]}
            kernel = Kernel(source, [name], chosen, place)
            value, (slope,) = kernel(*(place[each] for each in kernel.inputs))
            found["tangent"] = (point[name], value, slope)
    else:
        found["heights"] = heights(Kernel(source, tuple(shown), chosen, {**middle, **point}), shown, fixed)
    return PlotAnswer(
        program=run if program is whole else whole, at=given, notes=run.notes, output=chosen, ranges=shown,
        order=order, **found,
    )  # fmt: skip


def refuse_ends(name: str, low: float, high: float) -> None:
    """Raise UsageError for a range that floats cannot be drawn over."""
    if not (math.isfinite(low) and math.isfinite(high)):
        raise UsageError(f"the range of {name} has an end that is no finite number")
    if not low < high:
        why = "is empty" if low == high else f"goes down, from {number(low)} to {number(high)}"
        raise UsageError(f"the range of {name} {why}", hint="write it as in --range x=-3..3")
    if max(-low, high) > WIDEST:
        raise UsageError(f"the range of {name} is too wide: its ends are at most {number(WIDEST)}")
    if high - low < max(NARROWEST * max(abs(low), abs(high)), SMALLEST):
        raise UsageError(f"the range of {name} is too narrow: there are too few floats in it")


def entry_by_entry(
    program: Program, ranges: Mapping[str, Range], given: Mapping[str, Any]
) -> tuple[Program, Mapping[str, Any], Program, Mapping[str, Range]]:
    """A program with arrays as one of their entries, its point, the whole one, and the ranges of entries.

    A number with a range needs none in the point.
    """
    if not ranges:
        raise UsageError("of arrays a plot is over one or two entries", hint="as in --range x[1]=-3..3")
    free = {name: low for name, (low, _) in ranges.items() if name in program.inputs and name not in given}
    found = scalars(program, {**free, **given}, steady=True)
    point = {name: value for name, value in found.at.items() if name not in free}
    names = {entry: ends for name, ends in ranges.items() for entry in found.each([name]) or ()}
    return found.program, point, found.whole, names


def ranges_of(program: Program, ranges: Mapping[str, Range], point: Mapping[str, Any]) -> dict[str, Range]:
    """The one or two ranges to draw over, in the order of inputs; the others must be in the point."""
    if unknown := [name for name in (*ranges, *point) if name not in program.inputs]:
        raise NameProblem(
            f'no input is called "{unknown[0]}"',
            details=(f"inputs: {', '.join(program.inputs) or 'none'}",),
        )
    shown = dict(ranges) or {name: around(point.get(name, 0.0)) for name in program.inputs}
    shown = {name: shown[name] for name in program.inputs if name in shown}
    if not 1 <= len(shown) <= 2:
        raise UsageError(
            f"a plot is over one or two inputs, not {len(shown)}",
            hint="give ranges, as in --range x=-3..3, and numbers for the others with --at",
        )
    if missing := [name for name in program.inputs if name not in shown and name not in point]:
        raise NameProblem(f"no value for {', '.join(missing)}", hint=f"write --at {missing[0]}=1")
    return shown


def around(x: float) -> Range:
    """The range where none is given."""
    return x - ROOM, x + ROOM


def heights(kernel: Kernel, ranges: Mapping[str, Range], fixed: Mapping[str, float]) -> Heights:
    """The values and gradients on a grid."""
    (first, across), (second, up) = ranges.items()
    xs, ys = grid(*across), grid(*up)
    values: list[list[float | None]] = []
    gradients: list[list[tuple[float, float] | None]] = []
    for y in ys:
        values.append([])
        gradients.append([])
        for x in xs:
            at = {**fixed, first: x, second: y}
            try:
                value, slopes = kernel.call(*(at[name] for name in kernel.inputs))
            except DomainError:
                values[-1].append(None)
                gradients[-1].append(None)
                continue
            values[-1].append(value)
            gradients[-1].append((slopes[0], slopes[1]))
    return Heights(xs, ys, values, gradients)


def grid(low: float, high: float) -> list[float]:
    """Evenly spaced numbers with both ends."""
    return [low + (high - low) * k / (GRID - 1) for k in range(GRID)]
