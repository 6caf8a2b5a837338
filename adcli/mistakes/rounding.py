"""How far rounding every number by hand may move the numbers of a sweep.

The worst case is a running error bound to first order (Higham, Accuracy and Stability of Numerical
Algorithms, 2nd edition, section 3.3): each number has the errors of those it is made of, times its slopes
in them, and half a unit of its own last digit. Roundings rarely all go one way, so in a short program the
root of the sum of their squares is a sharper measure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import FAILURES, Undefined
from adcli.graph import CONST, INPUT
from adcli.mistakes.scene import Change, Scene
from adcli.mistakes.single import slopes
from adcli.tracing.trace import Term, Trace, Use

SHORT = 100  # nodes of a program that is run again for each of its steps


EXACT = 4e-16  # relative: what a float is off by where the number itself is exact


class Allowance(NamedTuple):
    """By node, how far its value and its tangent or adjoint may be moved; None where there is no number."""

    values: list[float]
    numbers: list[float | None]


def half_unit(value: float, digits: int) -> float:
    """Half a unit of the last of so many significant digits; 0 for what is written exactly.

    >>> half_unit(2.84368, 4), half_unit(0.5, 4)
    (0.0005, 0.0)
    """
    if not value or abs(float(f"{value:.{digits - 1}e}") - value) <= EXACT * abs(value):
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) + 1 - digits)


def allowances(trace: Trace, digits: int) -> Allowance:
    """The allowances for every node of a trace at a point, when all numbers are written with `digits` digits.

    In a short program twice the root of the sum of the squares of what each rounding does, which few
    calculations exceed; never more than the worst case. Infinite where a step or a slope is not defined
    within the bounds of its operands.
    """
    lin = trace.lin
    if lin is None:
        return Allowance([], [])
    bounds = Bounds(lin, digits)
    worst = Allowance(bounds.values, bounds.swept(trace))
    if len(lin.graph) > SHORT:
        return worst
    likely = spread(trace, digits)
    return Allowance(
        [min(pair) for pair in zip(worst.values, likely.values, strict=True)],
        [
            None if most is None or usual is None else min(most, usual)
            for most, usual in zip(worst.numbers, likely.numbers, strict=True)
        ],
    )


def flowing(trace: Trace, node: int) -> list[Term]:
    """The terms of a node that have a number."""
    return [term for term in trace.terms(node) if term.flow is not None]


def product_unit(term: Term, digits: int) -> float:
    """Half a unit of a product; one with the factor 1 is as rounded as the other factor."""
    return 0.0 if 1.0 in (abs(term.weight), abs(term.inflow)) else half_unit(term.flow, digits)


def spread(trace: Trace, digits: int) -> Allowance:
    """Twice the root of the sum of the squares: each step is moved by half a unit and the sweep run again."""
    lin = trace.lin
    if lin is None:
        return Allowance([], [])
    graph, right = lin.graph, trace.numbers or [None] * len(lin.graph)
    scene = Scene(trace.program, lin.primals, lin.weights, lin.live, trace.mode, 0, 0)
    values = [0.0] * len(graph)
    squares = [0.0] * len(graph)
    for node, (args, value) in enumerate(zip(graph.args, lin.primals, strict=True)):
        unit = half_unit(value, digits) if args else 0.0
        run = scene.rerun(Change(values={node: value + unit})) if unit else None
        if unit and run is None:
            return Allowance([math.inf] * len(graph), [math.inf] * len(graph))
        if run is not None:
            moved = swept(run.lin, trace)
            for other, number in enumerate(right):
                values[other] += (run.primals[other] - lin.primals[other]) ** 2
                if number is not None:
                    squares[other] += (moved[other] - number) ** 2
    carried: list[float] = [0.0] * len(graph)
    for node in trace.swept:
        for place, term in enumerate(flowing(trace, node)):
            slope = term.inflow * half_unit(term.weight, digits)
            inflow = term.weight * math.sqrt(carried[trace.source(term.use)])
            carried[node] += inflow**2 + slope**2 + product_unit(term, digits) ** 2
            carried[node] += (half_unit(term.total, digits) if place else 0.0) ** 2
    numbers = [
        None if number is None else 2 * math.sqrt(moved + sums)
        for number, moved, sums in zip(right, squares, carried, strict=True)
    ]
    return Allowance([2 * math.sqrt(square) for square in values], numbers)


def swept(lin: Linearization, trace: Trace) -> list[float]:
    """The tangents or adjoints of a trace's sweep on another linearization."""
    try:
        return (sweep.forward if trace.mode == "forward" else sweep.reverse)(lin, trace.seed)
    except Undefined:
        return [math.inf] * len(lin.graph)


class Bounds:
    """The bounds of the values of a linearization, and from them those of its weights."""

    def __init__(self, lin: Linearization, digits: int) -> None:
        self.lin, self.digits = lin, digits
        self.values: list[float] = []
        for node, (op, args) in enumerate(zip(lin.graph.op, lin.graph.args, strict=True)):
            bound = 0.0
            if op not in (INPUT, CONST):
                bound = self.moved(args, REAL.function(op)) + half_unit(lin.primals[node], digits)
            self.values.append(bound)

    def swept(self, trace: Trace) -> list[float | None]:
        """The bounds of what a sweep carries."""
        numbers: list[float | None] = [None] * len(self.values)
        for node in trace.swept:
            if trace.number(node) is None:
                continue
            bound = last = 0.0
            for place, term in enumerate(flowing(trace, node)):
                inflow = numbers[trace.source(term.use)] or 0.0
                bound += abs(term.weight) * inflow + abs(term.inflow) * self.weight(term.use)
                bound += product_unit(term, self.digits)
                last = max(last, half_unit(term.total, self.digits) if place else 0.0)
            numbers[node] = bound + last
        return numbers

    def moved(self, args: Sequence[int], number: Callable[..., float]) -> float:
        """How far the bounds of some operands may move a number that is made of them."""
        operands = [self.lin.primals[arg] for arg in args]
        bound = 0.0
        try:
            here = number(*operands)
            for moved in set(args):
                error = self.values[moved]
                if error:
                    ends = (
                        [x + end if arg == moved else x for arg, x in zip(args, operands, strict=True)]
                        for end in (-error, error)
                    )
                    bound += max(abs(number(*end) - here) for end in ends)
        except FAILURES:
            return math.inf
        return bound

    def weight(self, use: Use) -> float:
        """The bound of the weight of an edge."""
        op, args = self.lin.graph.op[use.user], self.lin.graph.args[use.user]
        live = [int(slot == use.slot) for slot in range(len(args))]

        def weight(*operands: float) -> float:
            return slopes(op, REAL.function(op)(*operands), operands, live)[use.slot]

        return self.moved(args, weight) + half_unit(self.lin.weights[use.user][use.slot], self.digits)
