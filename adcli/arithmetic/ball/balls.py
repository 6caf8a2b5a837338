"""The arithmetic of balls: so many bits, for results of so many digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache, partial
from math import isqrt
from typing import Any

from adcli.arithmetic import Undecided
from adcli.arithmetic.ball.functions import FUNCTIONS
from adcli.arithmetic.ball.library import flint
from adcli.arithmetic.ball.number import Ball, pending
from adcli.arithmetic.closed.number import Closed
from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.named import Named
from adcli.primitives import TABLE

SPARE = 40  # bits beyond the digits that are asked for, to begin with
MOST_BITS = 16_384  # at least so many are tried before a number is given up
MOST_DOUBLED = 8  # and at least so many times those of the beginning
LONGEST = 4_000  # bits of an exact fraction, and
WIDEST = 24  # terms of a closed form, that are carried beside a ball
WITHOUT_EXACT = {
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "stop",
    "select",
    "max",
    "min",
    "relu",
}  # they care for it
RATIONAL = frozenset({"square", "abs"})  # fractions of all fractions, as those here of some:
POWERS = frozenset({"pow", "pow_by_base"})
POINTS = (0, 1, -1)


class Balls(Named):
    """The arithmetic of balls in so many bits, for numbers of so many digits."""

    coarse = True

    def __init__(self, digits: int, bits: int, limit: int) -> None:
        self.digits, self.bits, self.limit = digits, bits, limit
        self.words = f"{digits} certified digit{'' if digits == 1 else 's'}"
        self.known: dict[Any, Ball] = {}
        made = {op: self.both(op, f) for op, f in FUNCTIONS.items()}
        for op, row in TABLE.items():
            if op not in made and row.expand is not None:
                made[op] = self.both(op, partial(row.expand, self))
        super().__init__("ball", made)

    def finer(self) -> Balls | None:
        """Balls of twice as many bits, up to a limit."""
        return None if self.bits >= self.limit else of_bits(self.digits, 2 * self.bits, self.limit)

    def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """A function of the library at this precision; the library's own setting stays what it was."""
        before = flint.ctx.prec
        flint.ctx.prec = self.bits
        try:
            return function(*args)
        finally:
            flint.ctx.prec = before

    def new(self, arb: Any) -> Ball:
        """A number by its ball alone; Undecided where the ball is all numbers."""
        if not arb.is_finite():
            raise Undecided("a value is not bounded: it lies at a pole or beyond all numbers")
        return Ball(arb, None, self)

    def lift(self, value: int | Fraction | str) -> Ball:
        """The constant."""
        found = self.known.get(value)
        if found is None:
            if isinstance(value, str):
                arb = self.run({"pi": flint.arb.pi, "e": flint.arb.const_e, "tau": two_pi}[value])
            else:
                arb = self.run(flint.arb, flint.fmpq(Fraction(value).numerator, Fraction(value).denominator))
            found = Ball(arb, EXACT.lift(value), self)
            if len(self.known) < 1000:
                self.known[value] = found
        return found

    def ball(self, x: Any) -> Ball:
        """A number as a ball of this arithmetic."""
        return x if isinstance(x, Ball) else self.lift(Fraction(x))

    def exactly(self, value: Any, x: Any = None) -> Ball:
        """A number by its exact value, and its ball unless the value is a fraction."""
        if isinstance(value, Fraction):
            return self.lift(value)
        return Ball(x.arb, value, self)

    def operated(self, function: Callable[[Any, Any], Any], x: Ball, y: Ball) -> Ball:
        """+ * or / of two balls, and of their exact values."""
        exact = None
        if isinstance(x.known, Fraction) and isinstance(y.known, Fraction):
            exact = carried(lambda: function(x.known, y.known))
            if exact is not None:
                return self.lift(exact)
        elif x.known is not None and y.known is not None:
            exact = pending(function, x, y)
        found = self.new(self.run(function, x.arb, y.arb))
        found.known = exact
        return found

    def find(self, x: Ball, operation: Callable[..., Any], args: Sequence[Any]) -> None:
        """Give a ball its exact value, where there is one; the ball of a fraction is as small as can be."""
        with suppress(ValueError, ZeroDivisionError):
            x.known = carried(lambda: operation(*args))
        if isinstance(x.known, Fraction):
            x.arb = self.lift(x.known).arb

    def both(self, op: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A primitive on balls that finds the exact value too, where it has one."""
        if op in WITHOUT_EXACT:
            return function
        exactly = getattr(EXACT, op)

        def computed(*given: Any) -> Any:
            args = [self.ball(x) for x in given]  # inside a condition some are True or False
            numbers = [x.known for x in args]
            exact = None
            if all(isinstance(x, Fraction) for x in numbers) and at_once(op, numbers):
                exact = carried(lambda: exactly(*numbers))
                if isinstance(exact, Fraction):
                    return self.lift(exact)
            try:
                found = function(*args)
            except (Undecided, ZeroDivisionError):  # sinc's rule divides by an x that turns out to be 0
                numbers = [x.exact for x in args]
                exact = None if None in numbers else carried(lambda: exactly(*numbers))
                if isinstance(exact, Fraction):
                    return self.lift(exact)
                raise
            if found.known is None:
                found = Ball(found.arb, pending(exactly, *args) if exact is None else exact, self)
            return found

        return computed

    def all_finite(self, _values: Sequence[Any]) -> bool:
        """Whether none of the values overflowed: `new` lets none pass."""
        return True


def at_once(op: str, numbers: Sequence[Fraction]) -> bool:
    """Whether the exact value of an operation on fractions is no work: a fraction, mostly."""
    if op in RATIONAL or (op in POWERS and numbers[1].denominator == 1):
        return True
    if op == "sqrt" and numbers[0] > 0:
        return all(isqrt(part) ** 2 == part for part in numbers[0].as_integer_ratio())
    return all(number in POINTS for number in numbers)


def two_pi() -> Any:
    """2π."""
    return 2 * flint.arb.pi()


def carried(compute: Callable[[], Any]) -> Any:
    """An exact value that is small enough to be carried beside a ball; None where there is none.

    What lies outside the domain raises its error.
    """
    try:
        exact = compute()
    except OverflowError:
        return None
    except ValueError as error:
        if isinstance(error, Undecided) or "leaves" in str(error):
            return None
        raise
    if isinstance(exact, Closed):
        return exact if exact.weight <= WIDEST else None
    long = max(exact.numerator.bit_length(), exact.denominator.bit_length()) > LONGEST
    return None if long else Fraction(exact)


@cache
def of_bits(digits: int, bits: int, limit: int) -> Balls:
    """The one arithmetic of so many bits."""
    return Balls(digits, bits, limit)


def balls(digits: int) -> Balls:
    """The arithmetic whose results are right in all of their `digits` significant digits.

    >>> balls(20).function("sqrt")(balls(20).lift(2))
    1.4142135623730950488
    """
    if digits < 1:
        raise ValueError("at least one digit is certified")
    bits = int(digits * 3.33) + SPARE
    return of_bits(digits, bits, max(MOST_BITS, MOST_DOUBLED * bits))
