"""How far rounding every number by hand may move the numbers of a sweep: a running error bound.

To first order and in the worst case (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition,
section 3.3): each number has the errors of those it is made of, times its slopes in them, and half a unit of
its own last digit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from adcli.arithmetic.real import REAL
from adcli.graph import CONST, INPUT
from adcli.mistakes.scene import slopes
from adcli.sweep import FAILURES, Linearization
from adcli.tracing import Trace, Use


class Allowance(NamedTuple):
    """By node, how far its value and its tangent or adjoint may be moved; None where there is no number."""

    values: list[float]
    numbers: list[float | None]


def half_unit(value: float, digits: int) -> float:
    """Half a unit of the last of so many significant digits; 0 for what is written exactly.

    >>> half_unit(2.84368, 4), half_unit(0.5, 4)
    (0.0005, 0.0)
    """
    if not value or float(f"{value:.{digits - 1}e}") == value:
        return 0.0
    return 0.5 * 10.0 ** (math.floor(math.log10(abs(value))) + 1 - digits)


def allowances(trace: Trace, digits: int) -> Allowance:
    """The bounds for every node of a trace at a point, when all numbers are written with `digits` digits.

    Infinite where a step or a slope is not defined within the bounds of its operands.
    """
    lin = trace.lin
    if lin is None:
        return Allowance([], [])
    bounds = Bounds(lin, digits)
    values = bounds.values
    numbers: list[float | None] = [None] * len(values)
    for node in trace.swept:
        if trace.number(node) is None:
            continue
        bound = last = 0.0
        for term in trace.terms(node):
            if term.flow is not None:
                inflow = numbers[trace.source(term.use)] or 0.0
                bound += abs(term.weight) * inflow + abs(term.inflow) * bounds.weight(term.use)
                bound += half_unit(term.flow, digits)
                last = max(last, half_unit(term.total, digits))
        numbers[node] = bound + last
    return Allowance(values, numbers)


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
