"""Whether a number is right: by its digits, by exact arithmetic, or by a tolerance that somebody set."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.real import REAL
from adcli.checking.figures import LEAST, Figure, figure
from adcli.checking.sampling import Missing, apart
from adcli.engine import sweep
from adcli.errors import UsageError
from adcli.language.program import Program
from adcli.language.scanner import scan
from adcli.notation.numerals import number
from adcli.notation.numerals import written as decimal_text

DUST = 1e-13  # a float that is smaller, relative to what it is the sum of, may be 0
FINE = 1e-15  # relative; what the float of an exact number is off by
PLAIN = 1e4  # times its dust, a number is no 0 that rounding has moved
FLOAT_DIGITS = 15
ROUNDED = 10**12  # a denominator beyond which a decimal stands for a number with more digits
SAME = 1e-12  # relative; two floats that are nearer are equal where nothing more exact can be asked
MOST_MOVED = 0.5
MOST_PLACES = 30  # powers of ten that are looked for
Verdict = Literal["right", "wrong", "undecided"]


class Remark(NamedTuple):
    """What beside the verdict is worth saying: a code and a sentence."""

    code: str
    message: str


class Judgement(NamedTuple):
    """A verdict on one number, the half-width within which another would be the same, and remarks."""

    verdict: Verdict
    slack: float
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Tolerance:
    """What somebody allows: an absolute or relative difference, or so many significant digits."""

    absolute: float | None = None
    relative: float | None = None
    sigfigs: int | None = None

    @classmethod
    def read(cls, text: str | None, sigfigs: int | None = None) -> Tolerance:
        """A tolerance such as 0.01 or 1%; UsageError for anything else."""
        if text is None:
            return cls(sigfigs=sigfigs)
        if sigfigs is not None:
            raise UsageError("--tol and --sigfigs are given", hint="give one of the two")
        plain = text.strip()
        with suppress(ValueError):
            value = float(plain.removesuffix("%"))
            if 0 <= value < math.inf:
                return cls(relative=value / 100) if plain.endswith("%") else cls(absolute=value)
        raise UsageError(f'--tol is a number or a percentage, not "{text}"', hint="write 0.01 or 1%")


class Right(NamedTuple):
    """The right number: as a float, exactly where that is known, and how far hand rounding may move it.

    `dust` is the size below which the float may as well be 0.
    """

    value: float
    exact: Any = None
    allowance: Any = None
    dust: float = 0.0

    def moved(self, digits: int) -> float:
        """How far rounding every step to so many digits may move the number, up to half of it."""
        if self.allowance is None:
            return 0.0
        size = abs(self.value) if self.value and not self.is_zero else max(self.dust / DUST, 1.0)
        return min(float(self.allowance(digits)), MOST_MOVED * size)

    @property
    def fraction(self) -> Fraction:
        """The number as a fraction: the exact one, else that of the float."""
        return self.exact if isinstance(self.exact, Fraction) else Fraction(self.value)

    @property
    def is_zero(self) -> bool:
        """Whether the number is 0, as far as one can tell."""
        return bool(self.exact == 0) if self.exact is not None else abs(self.value) <= self.dust


def is_rounded(value: Any) -> bool:
    """Whether a coordinate has so many digits that it stands for another number, as math.pi does."""
    return isinstance(value, float) or (isinstance(value, Fraction) and value.denominator >= ROUNDED)


def judged(written: Figure, right: Right, tolerance: Tolerance) -> Judgement:
    """The verdict on a number in digits."""
    off = abs(written.value - right.fraction)
    if right.is_zero:
        return on_zero(written, right, tolerance)
    if written.value == 0:
        return Judgement("wrong", 0.0, (Remark("zero", "the answer is 0, the right number is not"),))
    if tolerance.absolute is not None or tolerance.relative is not None:
        allowed = tolerance.absolute or (tolerance.relative or 0.0) * abs(right.value)
        return Judgement("right", allowed) if off <= allowed else wrong(written, right, allowed)
    if tolerance.sigfigs is not None:
        return to_digits(written, right, tolerance.sigfigs)
    slack = float(written.slack)
    if written.near(right.fraction) or (off and float(off) <= right.dust):
        return Judgement("right", slack, tuple(last_digit(written, right)))
    if (
        written.digits >= LEAST
        and not written.cut
        and not (written.whole and right.fraction.denominator == 1)
        and float(off) < slack + (moved := right.moved(written.digits))
    ):
        why = f"which rounding every step to {written.digits} digits may cause"
        said = f"differs by {number(float(off), 2)}, {why}"
        return Judgement("right", slack + moved, (Remark("rounding", said),))
    return wrong(written, right, slack)


def on_zero(written: Figure, right: Right, tolerance: Tolerance) -> Judgement:
    """The verdict where the right number is 0: a small number is what rounding left of it."""
    allowed = tolerance.absolute or 0.0
    if written.value and not allowed and written.digits:
        allowed = right.moved(max(written.digits, LEAST))
    slack = allowed or float(written.slack) / 2
    if abs(written.value) <= allowed:
        left = (Remark("rounding", "what rounding the steps left of 0"),) if written.value else ()
        return Judgement("right", slack, left)
    return wrong(written, right, slack)


def to_digits(written: Figure, right: Right, digits: int) -> Judgement:
    """The verdict where so many significant digits are asked for."""
    unit = unit_of(right.fraction, digits)
    slack = float(unit) / 2
    if written.digits < digits and written.unit > unit and written.value != right.fraction:
        if not written.near(right.fraction):
            return wrong(written, right, slack)
        said = f"right as far as it goes; {digits} significant digits are asked for"
        return Judgement("wrong", slack, (Remark("too-few-digits", said),))
    if abs(written.value - right.fraction) * 2 > unit:
        return wrong(written, right, slack)
    return Judgement("right", slack)


def unit_of(value: Fraction, digits: int) -> Fraction:
    """What 1 is worth in the last of so many significant digits."""
    size = abs(value)
    place = math.floor(math.log10(size)) if float(size) else 0
    while Fraction(10) ** (place + 1) <= size:
        place += 1
    while Fraction(10) ** place > size:
        place -= 1
    return Fraction(10) ** (place - digits + 1)


def last_digit(written: Figure, right: Right) -> list[Remark]:
    """What is to be said of a right number whose last digit is not that of the rounded one."""
    if written.whole or 2 * abs(written.value - right.fraction) <= written.unit:
        return []
    place = math.floor(math.log10(written.unit) + 0.5)
    rounded = decimal_text(Decimal(round(right.fraction / written.unit)).scaleb(place))
    cut = math.trunc(right.fraction / written.unit) * written.unit
    how = "truncated" if cut == written.value else "last-digit"
    said = "truncated" if cut == written.value else "the last digit is off by one"
    return [Remark(how, f"{said}; rounded it is {rounded}")]


def wrong(written: Figure, right: Right, slack: float) -> Judgement:
    """The verdict wrong, with what is typical of the number: its sign, its size, its digits."""
    return Judgement("wrong", slack, tuple(slips(written, right)))


def slips(written: Figure, right: Right) -> list[Remark]:
    """What a wrong number has in common with the right one."""
    exact = right.fraction
    if not exact or not written.value:
        return []
    if written.near(-exact):
        return [Remark("sign", "the sign is wrong, the digits are right")]
    power = round(magnitude(written.value) - magnitude(exact))
    if power and abs(power) <= MOST_PLACES:
        times = Fraction(10) ** power
        # 0.1 is near 0.075, and has none of its digits.
        most = unit_of(exact * times, written.digits) / (1 if written.digits >= LEAST else 2)
        for sign in (1, -1):
            moved = sign * exact * times
            if written.near(moved) and abs(written.value - moved) <= most:
                said = f"10{'^' + str(power) if power != 1 else ''} times the right number"
                also = " with the sign wrong" if sign < 0 else ""
                return [Remark("power-of-ten", f"the digits are right, the size is not: {said}{also}")]
    if not written.whole and written.digits >= LEAST and abs(written.value - exact) < 10 * written.unit:
        return [Remark("digits", "the last digits are wrong")]
    if 0 < written.digits < LEAST and 2 * abs(written.value - exact) <= written.unit:
        return [Remark("too-few-digits", "more digits are needed")]
    return []


def magnitude(value: Fraction) -> float:
    """The decimal logarithm of a number's absolute value, beyond the floats too."""
    return math.log10(abs(value.numerator)) - math.log10(value.denominator)


def judged_exactly(formula: Program, right: Right, tolerance: Tolerance) -> Judgement:
    """The verdict on a number that is an expression, such as pi/4 or sqrt(2)/2.

    Exact arithmetic decides where both numbers have a closed form, else certified digits, else floats.
    Decimals among its numbers are as exact as they are written.
    """
    try:
        value = float(evaluated(formula, REAL))
    except Missing:
        return Judgement("wrong", 0.0, (Remark("not-defined", "the answer has no value"),))
    size = max(abs(value), abs(right.value))
    rounded = rounded_decimals(formula)
    slack = max(SAME * size, rounded * abs(value))
    if tolerance.absolute is not None or tolerance.relative is not None:
        slack = tolerance.absolute or (tolerance.relative or 0.0) * abs(right.value)
    elif tolerance.sigfigs is not None:
        slack = float(unit_of(right.fraction, tolerance.sigfigs)) / 2 if right.value else 0.0
    exact = exactly(formula)
    if exact is not None and right.exact is not None:
        with suppress(*Missing):
            if exact == right.exact:
                return Judgement("right", slack)
            if exact == 0 or (not rounded and tolerance == Tolerance()):
                return Judgement("wrong", slack, tuple(slips_of(value, right.value)))
    if value == 0 and not right.is_zero:
        return Judgement("wrong", slack, (Remark("zero", "the answer is 0, the right number is not"),))
    if abs(value - right.value) <= max(slack, right.dust):
        return Judgement("right", slack)
    return Judgement("wrong", slack, tuple(slips_of(value, right.value)))


def slips_of(value: float, right: float) -> list[Remark]:
    """The same for a number that is an expression."""
    if right and apart(value, -right) <= SAME:
        return [Remark("sign", "the sign is wrong, the number is right")]
    power = round(math.log10(abs(value / right))) if value and right else 0
    if power and apart(value, right * 10.0**power) <= SAME:
        said = f"10{'^' + str(power) if power != 1 else ''} times the right number"
        return [Remark("power-of-ten", f"the digits are right, the size is not: {said}")]
    return []


def evaluated(formula: Program, arithmetic: Any, values: Mapping[str, Any] | None = None) -> Any:
    """The value of a formula; what it lacks is one of `Missing`."""
    made = formula.at(values or {}, arithmetic)
    (node,) = made.outputs.values()
    return sweep.evaluate(made.graph, arithmetic, values or {})[node]


def exactly(formula: Program) -> Any:
    """The exact value of a constant formula, or None."""
    try:
        return evaluated(formula, EXACT)
    except Missing:
        return None


def rounded_decimals(formula: Program) -> float:
    """How far, relatively, the decimals in a formula may be from what they were rounded from.

    One of few digits, as in 0.5*sqrt(2), is exact.
    """
    found = (figure(token.value) for token in scan(formula.source, ()).tokens if token.type == "NUMBER")
    return sum(
        float(read.unit / abs(read.value))
        for read in found
        if read is not None and not read.whole and read.digits >= LEAST and read.value
    )
