"""A ball with the exact value that it holds, where that is known; it is looked for when somebody asks."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.arithmetic import Undecided
from adcli.arithmetic.closed.number import Closed
from adcli.arithmetic.exact import EXACT
from adcli.notation import TABLE, figure
from adcli.notation.numerals import typeset_number, written

if TYPE_CHECKING:
    from adcli.arithmetic.ball.balls import Balls
    from adcli.notation import Notation, Piece

FARTHEST = 10**17  # an exponent of ten


Operation = Callable[["Ball", Any], Any]


def with_numbers(operation: Operation) -> Operation:
    """An operation with balls and other numbers; what else there is, as a series of balls, knows its own."""

    @wraps(operation)
    def operated(self: Ball, other: Any) -> Any:
        return operation(self, other) if isinstance(other, KINDS) else NotImplemented

    return operated


class Pending(NamedTuple):
    """An exact value that nobody asked for yet: an operation of exact numbers, and of how many in all."""

    operation: Callable[..., Any]
    args: tuple[Ball, ...]
    weight: int


class Ball:
    """A number of `home`, the arithmetic: its ball, and its exact value, None or pending."""

    __slots__ = ("arb", "home", "known")

    def __init__(self, arb: Any, known: Any, home: Balls) -> None:
        self.arb = arb
        self.known = known
        self.home = home

    @property
    def exact(self) -> Any:
        """The exact value, or None."""
        if type(self.known) is Pending:
            settle(self)
        return self.known

    def is_zero(self) -> bool:
        """Whether the number is known to be 0."""
        if type(self.known) is Pending and not self.arb.contains(0):
            return False
        return bool(self.exact == 0)

    @with_numbers
    def __add__(self, other: Any) -> Any:
        y = self.home.ball(other)
        if self.is_zero() or y.is_zero():
            return y if self.is_zero() else self
        return self.home.operated(operator.add, self, y)

    __radd__ = __add__

    @with_numbers
    def __sub__(self, other: Any) -> Any:
        y = self.home.ball(other)
        return self.home.lift(0) if y is self else self + -y

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __neg__(self) -> Ball:
        exact = pending(operator.neg, self) if type(self.known) is Pending else self.known
        if isinstance(exact, (Fraction, Closed)):
            exact = -exact
        return Ball(self.home.run(operator.neg, self.arb), exact, self.home)

    @with_numbers
    def __mul__(self, other: Any) -> Any:
        y = self.home.ball(other)
        for one, two in ((self, y), (y, self)):
            if one.is_zero():
                return one
            if isinstance(one.known, Fraction) and one.known == 1:
                return two
        return self.home.operated(operator.mul, self, y)

    __rmul__ = __mul__

    @with_numbers
    def __truediv__(self, other: Any) -> Any:
        y = self.home.ball(other)
        if y.is_zero():
            raise ZeroDivisionError("division by zero")
        if not y.arb.contains(0):
            if self.is_zero():
                return self
            return self.home.lift(1) if y is self else self.home.operated(operator.truediv, self, y)
        raise Undecided(f"cannot tell the divisor from 0: {bound(y)}")

    @with_numbers
    def __rtruediv__(self, other: Any) -> Any:
        return self.home.ball(other) / self

    def __abs__(self) -> Ball:
        return self.home.function("abs")(self)  # type: ignore[no-any-return]  # a Ball

    def __bool__(self) -> bool:
        return not (self.arb == 0 or self.is_zero())

    def side(self) -> int:
        """-1, 0 or 1: the sign; Undecided where the ball holds 0."""
        if self.arb > 0:
            return 1
        if self.arb < 0:
            return -1
        if self.exact is not None:
            return int(EXACT.function("sign")(self.exact))
        raise Undecided(f"cannot decide on which side of 0 a number lies: {bound(self)}")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KINDS):
            return NotImplemented
        return bool((self - other).side() == 0)

    __hash__ = None  # type: ignore[assignment]  # equality may be undecided

    def __lt__(self, other: Any) -> bool:
        return (self - other).side() < 0  # type: ignore[no-any-return]  # a Ball

    def __le__(self, other: Any) -> bool:
        return (self - other).side() <= 0  # type: ignore[no-any-return]  # a Ball

    def __gt__(self, other: Any) -> bool:
        return (self - other).side() > 0  # type: ignore[no-any-return]  # a Ball

    def __ge__(self, other: Any) -> bool:
        return (self - other).side() >= 0  # type: ignore[no-any-return]  # a Ball

    def __int__(self) -> int:
        return int(whole(abs(self))) * self.side()

    def __floordiv__(self, other: Any) -> Any:
        return self.home.function("floor")(self / other)

    def __mod__(self, other: Any) -> Any:
        return self - (self // other) * other

    def __float__(self) -> float:
        return float(self.arb)

    def decimal(self) -> Decimal:
        """The number rounded to the digits of its arithmetic; Undecided where the ball is too large."""
        digits = self.home.digits
        context = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)
        found = None if isinstance(self.known, Fraction) else self.certain(context)
        if found is not None and found.as_tuple().digits[-1] and len(found.as_tuple().digits) == digits:
            return found
        if isinstance(self.exact, Fraction):  # its digits may end
            found = context.divide(Decimal(self.exact.numerator), Decimal(self.exact.denominator))
            return found.normalize(context) if Fraction(found) == self.exact else found
        if found is None:
            if self.arb.contains(0):
                raise Undecided(f"a result cannot be told from 0: {bound(self)}")
            raise Undecided(f"a result lies too near to the middle of two numbers of {digits} digits")
        return found

    def certain(self, context: Context) -> Decimal | None:
        """The number rounded, if all of the ball rounds to it."""
        middle, radius, place = map(int, self.home.run(self.arb.mid_rad_10exp, context.prec + 20))
        if abs(middle) <= radius:
            return None
        if abs(place) > FARTHEST:
            raise OverflowError("the exponent of ten of a result has more than 17 digits")
        low, high = (
            context.create_decimal(Decimal(end)).scaleb(place, context)
            for end in (middle - radius, middle + radius)
        )
        return low if low == high else None

    def as_json(self) -> str:
        """All digits, as a string; Undecided where they are not known."""
        return written(self.decimal())

    def piece(self, notation: Notation = TABLE) -> Piece:
        """The number as it stands in a formula; Undecided where its digits are not known."""
        text = self.as_json()
        if notation.latex:
            from adcli.notation import latex

            return figure(latex.number(text), notation)
        return figure(typeset_number(text) if notation.minus != "-" else text, notation)

    def __str__(self) -> str:
        try:
            return self.as_json()
        except Undecided:  # in a message, what is known says enough
            return str(self.home.run(self.arb.str, self.home.digits)).strip("[]").replace("+/-", "±")

    __repr__ = __str__


KINDS = (Ball, int, float, Fraction, Closed)


MOST_PENDING = 64  # operations that are looked through for an exact value


def pending(operation: Callable[..., Any], *args: Ball) -> Any:
    """The exact value of an operation, to be found when it is needed; None where it would take too long."""
    weight = 1
    for x in args:
        if x.known is None:
            return None
        weight += x.known.weight if type(x.known) is Pending else 0
    return Pending(operation, args, weight) if weight <= MOST_PENDING else None


def settle(ball: Ball) -> None:
    """Find the exact value that a ball waits for, or that there is none."""
    work = [ball]
    while work:
        x = work[-1]
        if type(x.known) is not Pending:
            work.pop()
            continue
        waiting = [arg for arg in x.known.args if type(arg.known) is Pending]
        work += waiting
        if not waiting:
            operation, args, _ = x.known
            x.known = None
            if all(arg.known is not None for arg in args):
                x.home.find(x, operation, [arg.known for arg in args])


def bound(x: Ball) -> str:
    """How near to 0 a ball is known to lie, in words."""
    _, _, place = (int(part) for part in x.arb.abs_upper().mid_rad_10exp(1))
    return f"its size is less than 1e{place + 1}"


def whole(x: Ball) -> Any:
    """The whole number below a ball."""
    found = x.home.run(x.arb.floor).unique_fmpz()
    if found is None:
        raise Undecided("cannot decide on which side of a whole number the argument lies")
    return found
