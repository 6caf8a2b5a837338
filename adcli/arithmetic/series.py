"""Truncated power series c₀ + c₁t + … + cₙtⁿ as values: derivatives of every order along a direction.

A function's series follows from its own rule. With the partials w = ∂z/∂x evaluated in series too,
z′ = Σ w·x′ gives k·z_k = Σ over operands and j = 1 … k of j·x_j·w_{k-j}, and w may be made of z itself,
because only lower coefficients of it are needed (Griewank and Walther, Evaluating Derivatives, 2nd
edition, section 13.2; McIlroy, Squinting at Power Series, 1990). The first coefficient comes from the
function of the base arithmetic, floats or exact numbers, so it is accurate at the ends of the range.

A value that does not move is a plain number. Order 1 gives dual numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from adcli.arithmetic.floats.smooth import sinc_derivative
from adcli.arithmetic.growing import Growing
from adcli.arithmetic.named import Named
from adcli.arithmetic.real import REAL
from adcli.primitives import TABLE

if TYPE_CHECKING:
    from adcli.arithmetic import Arithmetic
    from adcli.primitives import Primitive

HIGHEST = 100  # the largest order: rules that name rules go so deep


class Series:
    """The coefficients c₀ … cₙ of a value that moves with t, all of them known."""

    __slots__ = ("coefficients",)

    def __init__(self, coefficients: list[Any]) -> None:
        self.coefficients = coefficients

    def __repr__(self) -> str:
        return f"Series({self.coefficients})"

    def __bool__(self) -> bool:
        return any(self.coefficients)

    def __neg__(self) -> Series:
        return Series([-c for c in self.coefficients])

    def __add__(self, other: Any) -> Series:
        mine = self.coefficients
        if isinstance(other, Series):
            return Series(list(map(operator.add, mine, other.coefficients)))
        return Series([mine[0] + other, *mine[1:]])

    __radd__ = __add__

    def __sub__(self, other: Any) -> Series:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Series:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> Series:
        mine = self.coefficients
        if not isinstance(other, Series):
            return Series([c * other for c in mine])
        theirs = other.coefficients
        return Series([sum(map(operator.mul, mine, theirs[k::-1])) for k in range(len(mine))])

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Series:
        if not isinstance(other, Series):
            return Series([c / other for c in self.coefficients])
        return quotient(self.coefficients, other.coefficients)

    def __rtruediv__(self, other: Any) -> Series:
        return quotient([other], self.coefficients)


def quotient(numerator: Sequence[Any], divisor: list[Any]) -> Series:
    """The series z with z·divisor = numerator, one coefficient after the other."""
    found: list[Any] = []
    for k in range(len(divisor)):
        above = numerator[k] if k < len(numerator) else 0
        found.append((above - sum(map(operator.mul, divisor[1:], found[::-1]))) / divisor[0])
    return Series(found)


def head(value: Any) -> Any:
    """The first coefficient: the value itself where t = 0."""
    if isinstance(value, Series):
        return value.coefficients[0]
    return value[0] if isinstance(value, Growing) else value


def coefficient(value: Any, k: int) -> Any:
    """The coefficient of t^k; a value that does not move has none beyond the first."""
    if isinstance(value, Series):
        return value.coefficients[k]
    return 0 if k else value


class Truncated(Named):
    """The arithmetic of series up to t^order over a base; numbers among the values are constants."""

    def __init__(self, order: int, base: Arithmetic) -> None:
        self.order = order
        self.base = base
        self.chains = CHAINS if base is REAL else EXACT_CHAINS
        super().__init__(f"series of order {order}", {op: self.made(op) for op in TABLE})

    def lift(self, value: int | Fraction | str) -> Any:
        """The number of the base: a constant does not move."""
        return self.base.lift(value)

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether no coefficient is infinite or NaN."""
        return all(
            self.base.all_finite(value.coefficients if isinstance(value, Series) else [value])
            for value in values
        )

    def made(self, op: str) -> Callable[..., Any]:
        """The function of a primitive: an operator, an own one from `OWN`, or the one that its rule gives."""
        if op in OPERATORS:
            return OPERATORS[op]
        row, number = TABLE[op], self.base.function(op)
        own = OWN.get(op)
        quick = self.order == 1 and row.d and op not in self.chains and not row.variadic
        idle = {slot for slot, partial in enumerate(row.d) if partial in (0, None)}

        def function(*args: Any) -> Any:
            moving = [
                slot
                for slot, arg in enumerate(args)
                if isinstance(arg, Series | Growing) and (0 if row.variadic else slot) not in idle
            ]
            if not moving:
                return number(*map(head, args))
            if own is not None and (found := own(self, *args)) is not None:
                return found
            if isinstance(args[moving[0]], Growing):
                return self.grown(row, moving, args)
            if quick:
                return dual(self.base, row, moving, args)
            views = {id(arg): Growing(list(arg.coefficients)) for arg in args if isinstance(arg, Series)}
            grown = self.grown(row, moving, [views.get(id(arg), arg) for arg in args])
            return Series([grown[k] for k in range(self.order + 1)])

        return function

    def grown(self, row: Primitive, moving: list[int], args: Sequence[Any]) -> Growing:
        """The series of a function that grows as its coefficients are asked for; one for equal calls."""
        memo: dict[Any, Growing] = args[moving[0]].memo
        key = (row.name, *(arg if isinstance(arg, int | float) else id(arg) for arg in args))
        if key not in memo:
            z = memo[key] = Growing([self.base.function(row.name)(*map(head, args))])
            z.more = self.continued(row, z, moving, args)
        return memo[key]

    def continued(
        self, row: Primitive, z: Growing, moving: list[int], args: Sequence[Any]
    ) -> Callable[[int], Any]:
        """What gives coefficient k of z, the function's value: its rule, its chain or its expansion."""
        weights: list[tuple[Any, Any]] = []
        expanded: list[Any] = []

        def by_rule(k: int) -> Any:
            if not weights:
                weights.extend((self.slope(row, slot, z, args), args[slot]) for slot in moving)
            return sum(term(w, x, k) for w, x in weights)

        def by_expansion(k: int) -> Any:
            if not expanded:
                expanded.append(row.expand(self, *args))  # type: ignore[misc]  # a row without rule has one
            return expanded[0][k] if isinstance(expanded[0], Growing) else 0

        if row.name in POWER_SLOPES and isinstance(args[1], Growing) and head(args[0]) > 0:
            return by_expansion  # its rule is for the base 0; each step of it would ask for three more
        return by_rule if row.d or row.name in self.chains else by_expansion

    def slope(self, row: Primitive, slot: int, z: Growing, args: Sequence[Any]) -> Any:
        """The partial of a function by one argument, in series."""
        if row.name in self.chains:
            return chain(self.chains[row.name], 1, args[0])
        partial = row.partial(slot)
        if not callable(partial):
            return self.base.lift(partial or 0)
        return partial(self, z, *((slot,) if row.variadic else ()), *args)


def term(w: Any, x: Growing, k: int) -> Any:
    """The share of one operand x in coefficient k: 1/k Σ j·x_j·w_{k-j}."""
    if not isinstance(w, Growing):
        return w * x[k]
    return sum(j * x[j] * w[k - j] for j in range(1, k + 1)) / k


def dual(base: Arithmetic, row: Primitive, moving: list[int], args: Sequence[Any]) -> Series:
    """A function of order 1: its slopes are numbers, so its rule is asked in the base arithmetic."""
    heads = list(map(head, args))
    z = base.function(row.name)(*heads)
    rate = base.lift(0)
    for slot in moving:
        partial = row.partial(slot)
        weight = partial(base, z, *heads) if callable(partial) else partial or 0
        rate += weight * args[slot].coefficients[1]
    return Series([z, rate])


def chain(derivative: Callable[[int, Any], Any], n: int, x: Growing) -> Growing:
    """The n-th derivative of a function at the series x, whose own slope is the next derivative."""
    z = Growing([derivative(n, x[0])])
    later: list[Growing] = []

    def more(k: int) -> Any:
        if not later:
            later.append(chain(derivative, n + 1, x))
        return term(later[0], x, k)

    z.more = more
    return z


def power(m: Truncated, x: Any, y: Any) -> Any:
    """x^0 is 1 wherever x moves; at the base 0 a power above the order has no coefficient up to it."""
    if not isinstance(y, Series | Growing):
        return m.base.lift(1) if y == 0 else None
    return 0 * x if isinstance(x, Series) and head(x) == 0 and head(y) > m.order else None


def power_by_base(_m: Truncated, _x: Any, y: Any) -> Any:
    """The slope of x^0 and that of x^1 do not move, also at x = 0."""
    return y if not isinstance(y, Series | Growing) and y in (0, 1) else None


def power_by_exponent(m: Truncated, x: Any, y: Any) -> Any:
    """0^y is 0 for every y > 0, so it does not move."""
    return m.base.function("pow_by_exponent")(x, head(y)) if head(x) is x and x == 0 else None


def chosen(c: Any, x: Any, y: Any) -> Any:
    """The operand that the condition chooses, as it moves."""
    return x if head(c) else y


def exact_sinc_derivative(n: int, x: Any) -> Fraction:
    """The n-th derivative of sinc at 0, from its power series; elsewhere it is not exact."""
    if x != 0:
        raise ValueError("sinc leaves the exact numbers")
    return Fraction(0 if n % 2 else (-1) ** (n // 2), n + 1)


OPERATORS: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "select": chosen,
}
POWER_SLOPES = ("pow_by_base", "pow_by_exponent")
OWN: dict[str, Callable[..., Any]] = {
    "pow": power,
    "pow_by_base": power_by_base,
    "pow_by_exponent": power_by_exponent,
}
# Where a rule would divide by 0 the n-th derivative itself is known: sinc″ = -sinc - 2·sinc′/x.
CHAINS: dict[str, Callable[[int, Any], Any]] = {
    "sinc": sinc_derivative,
    "sinc_slope": lambda n, x: sinc_derivative(n + 1, x),
}
EXACT_CHAINS: dict[str, Callable[[int, Any], Any]] = {
    "sinc": exact_sinc_derivative,
    "sinc_slope": lambda n, x: exact_sinc_derivative(n + 1, x),
}


@cache
def series(order: int, base: Arithmetic = REAL) -> Truncated:
    """The arithmetic of series up to t^order, from 1 to `HIGHEST`, with coefficients of the base."""
    return Truncated(order, base)
