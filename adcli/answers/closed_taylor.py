"""Taylor coefficients as exact numbers, as a book writes them: 1/2, not 0.5; only where they stay short."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from adcli.arithmetic.closed.number import Closed
from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.series import Series, Truncated, coefficient
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.errors import AdcliError
from adcli.language.points import bind, values_in

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.graph import Graph
    from adcli.language.program import Program

LONGEST = 4096  # bits of a fraction on the way
MOST_TERMS = 6  # of a closed form on the way
MOST = 40_000  # nodes times the square of the number of coefficients
DIGITS = 10  # of a numerator or denominator that is shown
LETTERS = 16  # of a closed form that is shown
ROUNDING = 1e-6  # what floats may lose on the way, of the largest coefficient


class Short(Truncated):
    """Series of exact numbers, none of them long."""

    def made(self, op: str) -> Callable[..., Any]:
        """The function of a primitive, which raises ValueError where a number becomes long."""
        function = super().made(op)

        def guarded(*args: Any) -> Any:
            found = function(*args)
            if any(map(is_long, found.coefficients if isinstance(found, Series) else ())):
                raise ValueError(f"{op} leaves the short numbers")
            return found

        return guarded


@cache
def short(order: int) -> Short:
    """The arithmetic of short exact series up to t^order."""
    return Short(order, EXACT)


def is_long(number: Any) -> bool:
    """Whether a number on the way takes too long to go on with."""
    if isinstance(number, Closed):
        return not number.whole or len(number.top) > MOST_TERMS
    return bool(max(abs(number.numerator), number.denominator).bit_length() > LONGEST)


def is_shown(number: Any) -> bool:
    """Whether a coefficient is short enough to read."""
    if isinstance(number, float):
        return False
    if isinstance(number, Closed):
        return len(str(number)) <= LETTERS
    return bool(max(abs(number.numerator), number.denominator) < 10**DIGITS)


def exact_coefficients(
    graph: Graph, at: Mapping[str, Any], direction: Mapping[str, Any], output: int, order: int
) -> list[Any] | None:
    """The coefficients as exact numbers; None where one is not short, or where there are too many steps.

    `at` and `direction` have exact numbers by the inputs' names.
    """
    if len(graph) * (order + 1) ** 2 > MOST:
        return None
    zero = EXACT.lift(0)
    point = {
        name: Series([place, speed] + [zero] * (order - 1)) if (speed := direction.get(name)) else place
        for name, place in at.items()
    }
    try:
        found = sweep.evaluate(graph, short(order), point)[output]
    except Undefined:
        return None
    coefficients = [coefficient(found, k) + zero for k in range(order + 1)]
    return coefficients if all(map(is_shown, coefficients)) else None


def exactly_at(
    program: Program,
    point: Point,
    tangent: Mapping[str, Any] | None,
    seed: Mapping[int, float],
    graph: Graph,
    output: int,
    order: int,
) -> tuple[dict[str, Any] | None, list[Any] | None]:
    """The point and the coefficients as exact numbers; None for each where they are not, or not short."""
    try:
        at = bind(program, values_in(EXACT, point))
        moves = {program.inputs[node]: speed for node, speed in seed.items()} if tangent is None else tangent
        found = exact_coefficients(graph, at, values_in(EXACT, moves), output, order)
    except AdcliError:  # a point without exact numbers
        return None, None
    return at if all(map(is_shown, at.values())) else None, found


def agree(exact: Sequence[Any], floats: Sequence[float]) -> bool:
    """Whether floats are the same coefficients but for rounding."""
    allowed = ROUNDING * max(map(abs, floats))
    return all(abs(float(e) - c) <= allowed for e, c in zip(exact, floats, strict=True))
