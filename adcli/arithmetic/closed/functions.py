"""Functions of exact numbers where their values have closed forms; None where they have none."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from adcli.arithmetic import TooLong
from adcli.arithmetic.closed import number as n
from adcli.arithmetic.closed.number import single, term
from adcli.arithmetic.closed.terms import EULER, LN, MOST_BITS, ROOT, ROUND, logarithm

MOST_TRIED = 1 << 16  # what has no prime factor below it, and is no smaller than its square, is not factored
HALF = Fraction(1, 2)


@cache
def factors(x: int) -> tuple[tuple[int, int], ...] | None:
    """The prime factors of x > 0 with their powers, or None where they are too large to find."""
    found = []
    p = 2
    while p * p <= x and p < MOST_TRIED:
        times = 0
        while x % p == 0:
            x //= p
            times += 1
        if times:
            found.append((p, times))
        p += 1 if p == 2 else 2
    if x == 1:
        return tuple(found)
    if x < MOST_TRIED**2:
        return (*found, (x, 1))
    for k in range(2, x.bit_length() // 16 + 1):  # a prime factor has more than 16 bits
        near = whole_root(x, k)
        if near is not None and near < MOST_TRIED**2:
            return (*found, (near, k))
    return None


def whole_root(x: int, k: int) -> int | None:
    """The k-th root of a whole number x ≥ 0, if it is whole: Newton's method from above."""
    if k >= x.bit_length():
        return x if x < 2 else None
    guess = 1 << -(-x.bit_length() // k)
    while (lower := ((k - 1) * guess + x // guess ** (k - 1)) // k) < guess:
        guess = lower
    return guess if guess**k == x else None


def factored(x: Fraction) -> dict[int, int] | None:
    """The prime powers of a positive fraction, those of its denominator negative."""
    above, below = factors(x.numerator), factors(x.denominator)
    if above is None or below is None:
        return None
    return {**dict(above), **{p: -k for p, k in below}}


def rational_root(x: Fraction, k: int) -> Fraction | None:
    """The k-th root of x ≥ 0, if it is a fraction."""
    above, below = whole_root(x.numerator, k), whole_root(x.denominator, k)
    return None if above is None or below is None else Fraction(above, below)


def root_power(x: Any, y: Fraction) -> Any:
    """x^y for a positive x and a fraction y that is not whole."""
    found = single(x)
    if found is None:
        return denested(x, y)
    coefficient, monomial = found
    if coefficient <= 0:
        return None
    exact = rational_root(coefficient, y.denominator)
    if exact is not None:
        powers = []
    else:
        exact, primes = Fraction(1), factored(coefficient)
        if primes is None:
            return None
        powers = [((ROOT, p), k * y) for p, k in primes.items()]
    if abs(y.numerator) * max(exact.numerator, exact.denominator).bit_length() > MOST_BITS and exact != 1:
        raise TooLong("the power has too many digits")
    scale = exact**y.numerator
    return term(scale, *powers, *((atom, exponent * y) for atom, exponent in monomial))


def denested(x: Any, y: Fraction) -> Any:
    """√(a + b·√c) as a sum of two roots, where a² - b²·c is the square of a fraction."""
    if y.denominator != 2 or not x.whole or len(x.top) != 2:
        return None
    outer = x.top.get((), Fraction(0))
    inner = x - outer
    if isinstance(inner, Fraction) or not isinstance(square := inner * inner, Fraction):
        return None
    difference = outer * outer - square
    rest = rational_root(difference, 2) if difference >= 0 else None
    if rest is None or outer < rest:
        return None
    plus, minus = (root_power((outer + s * rest) / 2, HALF) for s in (1, -1))
    if plus is None or minus is None:
        return None
    found = plus + minus * n.side(inner)
    return found**y.numerator if y.numerator != 1 else found


def exp(u: Any) -> Any:
    """e^u; what u has of logarithms comes out as powers."""
    if isinstance(u, Fraction):
        return term(1, (EULER, u)) if u else Fraction(1)
    if not u.whole:
        return term(1, (EULER, u))
    powers: list[tuple[Any, Any]] = []
    rest: dict[Any, Fraction] = {}
    for monomial, coefficient in u.top.items():
        if len(monomial) == 1 and monomial[0][0][0] == LN and monomial[0][1] == 1:
            which = monomial[0][0][1]
            powers.append(((ROOT, which) if which else ROUND, coefficient))
        else:
            rest[monomial] = coefficient
    left = n.made(rest)
    return term(1, *powers, *([(EULER, left)] if left != 0 else []))


def ln(x: Any) -> Any:
    """The logarithm of a positive number of one term."""
    found = single(x)
    if found is None or found[0] <= 0:
        return None
    coefficient, monomial = found
    primes = factored(coefficient)
    if primes is None:
        return None
    total: Any = Fraction(0)
    for p, k in primes.items():
        total = total + term(k, (logarithm(p), Fraction(1)))
    for (kind, which), exponent in monomial:
        if kind == LN:
            return None
        total = total + (
            exponent
            if (kind, which) == EULER
            else term(exponent, (logarithm(which if kind == ROOT else 0), Fraction(1)))
        )
    return total


def turns(x: Any) -> Fraction | None:
    """The fraction q with x = q·π, if there is one."""
    if x == 0:
        return Fraction(0)
    found = single(x)
    return found[0] if found is not None and found[1] == ((ROUND, 1),) else None


def root_of(k: int) -> Any:
    """The square root of a whole number."""
    return root_power(Fraction(k), HALF)


@cache
def sines() -> dict[Fraction, Any]:
    """sin(q·π) for 0 ≤ q ≤ 1/2, where square roots of whole numbers are enough."""
    return {
        Fraction(0): Fraction(0),
        Fraction(1, 12): (root_of(6) - root_of(2)) / 4,
        Fraction(1, 10): (root_of(5) - 1) / 4,
        Fraction(1, 6): HALF,
        Fraction(1, 4): root_of(2) / 2,
        Fraction(3, 10): (root_of(5) + 1) / 4,
        Fraction(1, 3): root_of(3) / 2,
        Fraction(5, 12): (root_of(6) + root_of(2)) / 4,
        HALF: Fraction(1),
    }


def sin(x: Any) -> Any:
    """The sine at multiples of π/12 and at some of π/10."""
    q = turns(x)
    if q is None:
        return None
    q %= 2
    sign = 1 if q < 1 else -1
    q %= 1
    found = sines().get(min(q, 1 - q))
    return None if found is None else found * sign


def cos(x: Any) -> Any:
    """The cosine at multiples of π/12 and at some of π/10."""
    q = turns(x)
    return None if q is None else sin((HALF - q) * n.PI)


def asin(x: Any) -> Any:
    """The angle of a sine in the table."""
    for q, value in sines().items():
        if value == x:
            return q * n.PI
        if -value == x:
            return -q * n.PI
    return None


def atan(x: Any) -> Any:
    """The angle of a tangent that is the quotient of two sines in the table."""
    for q, value in sines().items():
        other = sines().get(HALF - q)
        if other is not None and other != 0:
            if value / other == x:
                return q * n.PI
            if -value / other == x:
                return -q * n.PI
    return None


def gamma(x: Any) -> Any:
    """Γ(n + 1/2) as a rational times √π."""
    if not isinstance(x, Fraction) or x.denominator != 2 or abs(x) > 1000:
        return None
    value: Any = term(1, (ROUND, HALF))
    at = HALF
    while at < x:
        value, at = value * at, at + 1
    while at > x:
        at -= 1
        value = value / at
    return value


def evaluated(x: Any, m: Any) -> Any:
    """A closed form in another arithmetic."""
    if isinstance(x, Fraction):
        return m.lift(x)
    parts = []
    for part in (x.top, x.bottom):
        total = m.lift(0)
        for monomial, coefficient in part.items():
            factor = m.lift(coefficient)
            for (kind, which), exponent in monomial:
                if kind == EULER[0]:
                    factor = factor * m.exp(evaluated(exponent, m))
                else:
                    base = m.lift(which or "pi")
                    base = m.ln(base) if kind == LN else base
                    factor = factor * m.pow(base, m.lift(exponent))
            total = total + factor
        parts.append(total)
    return parts[0] if x.whole else parts[0] / parts[1]
