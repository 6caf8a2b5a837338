"""Taylor coefficients as exact numbers, as a book writes them: 1/2, not 0.5; only where they stay short."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from adcli import sweep
from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.series import Series, Truncated, coefficient

if TYPE_CHECKING:
    from adcli.graph import Graph

LONGEST = 4096  # bits of a number on the way
MOST = 40_000  # nodes times the square of the number of coefficients
DIGITS = 10  # of a numerator or denominator that is shown


class Short(Truncated):
    """Series of exact numbers, none of them long."""

    def made(self, op: str) -> Callable[..., Any]:
        """The function of a primitive, which raises ValueError where a number becomes long."""
        function = super().made(op)

        def guarded(*args: Any) -> Any:
            found = function(*args)
            for number in found.coefficients if isinstance(found, Series) else ():
                if is_longer(number, LONGEST):
                    raise ValueError(f"{op} leaves the short numbers")
            return found

        return guarded


@cache
def short(order: int) -> Short:
    """The arithmetic of short exact series up to t^order."""
    return Short(order, EXACT)


def is_longer(number: Any, bits: int) -> bool:
    """Whether numerator or denominator have more bits."""
    exact = Fraction(number)
    return max(exact.numerator.bit_length(), exact.denominator.bit_length()) > bits


def exact_coefficients(
    graph: Graph, at: Sequence[float], direction: Mapping[int, float], output: int, order: int
) -> list[Fraction] | None:
    """The coefficients as exact numbers; None where one is not a short fraction.

    `at` has a number for every input, `direction` a speed by their nodes.
    """
    if len(graph) * (order + 1) ** 2 > MOST:
        return None
    point = {}
    for node, x in zip(graph.inputs, at, strict=True):
        place, speed = Fraction(x), Fraction(direction.get(node, 0))
        rest = [Fraction(0)] * (order - 1)
        point[graph.data[node]] = Series([place, speed, *rest]) if speed else place
    try:
        found = sweep.evaluate(graph, short(order), point)[output]
    except sweep.Undefined:
        return None
    coefficients = [coefficient(found, k) for k in range(order + 1)]
    if any(isinstance(c, float) or is_longer(c, LONGEST) for c in coefficients):
        return None
    exact = [Fraction(c) for c in coefficients]
    return exact if all(max(abs(c.numerator), c.denominator) < 10**DIGITS for c in exact) else None
