"""Closed forms as formulas: √3/2, ln(10), e^(π/3), in every notation."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

from adcli.arithmetic.closed.terms import LN, ONE, PI, ROOT, Monomial, Sum
from adcli.notation import ATOM, MINUS, POWER, PRODUCT, TABLE, Notation, Piece, constant, write

ROOTS = {2: "√", 3: "∛"}
LONGEST = 64  # bits of a number that logarithms are drawn together in


def written(top: Sum, bottom: Sum, notation: Notation | None = None) -> Piece:
    """The quotient of two sums; the denominator of its coefficients stands below with the other one."""
    notation = notation or TABLE
    if bottom is ONE:
        return total(top, notation)
    below = math.lcm(*(coefficient.denominator for coefficient in top.values()))
    above = {monomial: coefficient * below for monomial, coefficient in top.items()}
    minus = all(coefficient < 0 for coefficient in above.values())
    if minus:
        above = {monomial: -coefficient for monomial, coefficient in above.items()}
    under = total(bottom, notation)
    if below != 1:
        under = write("mul", [constant(below, notation), under], notation)
    whole = write("div", [total(above, notation), under], notation)
    return negative(whole, notation) if minus else whole


def total(x: Sum, notation: Notation) -> Piece:
    """A sum, positive terms first where the first is negative; logarithms of primes are drawn together."""
    drawn = [*logarithms(x, notation)]
    rest = sorted((item for item in x.items() if not is_logarithm(item[0])), key=order)
    pieces = [*(product(c, m, notation) for m, c in rest), *drawn]
    if pieces[0][0] < 0:
        pieces.sort(key=lambda pair: pair[0] < 0)
    first_sign, first = pieces[0]
    found = negative(first, notation) if first_sign < 0 else first
    for sign, piece in pieces[1:]:
        found = write("sub" if sign < 0 else "add", [found, piece], notation)
    return found


def order(item: tuple[Monomial, Fraction]) -> list[tuple[Any, float]]:
    """What terms are sorted by: a rational first, then by their atoms, high powers first."""
    return [(atom, -float(exponent)) for atom, exponent in item[0]]


def negative(piece: Piece, notation: Notation) -> Piece:
    """The piece with a minus; -3·√2/7 needs no brackets."""
    if piece.binds >= PRODUCT:
        return Piece(notation.minus + piece.text, MINUS, tall=piece.tall)
    return write("neg", [piece], notation)


def is_logarithm(monomial: Monomial) -> bool:
    """Whether a monomial is ln(p) for a prime p."""
    return len(monomial) == 1 and monomial[0][0][0] == LN and monomial[0][0][1] > 0 and monomial[0][1] == 1


def logarithms(x: Sum, notation: Notation) -> Iterable[tuple[int, Piece]]:
    """The terms with ln(p) as one: ln(2) + ln(5) is ln(10), and 2·ln(2) stays."""
    found = {m[0][0][1]: c for m, c in x.items() if is_logarithm(m)}
    if not found:
        return
    content = content_of(found.values())
    if sum(abs(c / content) * p.bit_length() for p, c in found.items()) > LONGEST:
        yield from (product(c, (((LN, p), Fraction(1)),), notation) for p, c in found.items())
        return
    inside, sign = inside_of(found, content), 1
    if inside < 1 and inside.numerator == 1:
        inside, sign = 1 / inside, -1
    yield sign, fraction(content, [write("ln", [rational(inside, notation)], notation)], [], notation)


def content_of(numbers: Collection[Fraction]) -> Fraction:
    """The largest fraction that all of them are whole multiples of."""
    return Fraction(math.gcd(*(c.numerator for c in numbers)), math.lcm(*(c.denominator for c in numbers)))


def inside_of(found: Mapping[int, Fraction], content: Fraction) -> Fraction:
    """The number with content times whose logarithm a sum of logarithms of primes is."""
    return math.prod((Fraction(p) ** int(c / content) for p, c in found.items()), start=Fraction(1))


def rational(x: Fraction, notation: Notation) -> Piece:
    """A rational number as p/q."""
    if x.denominator == 1:
        return constant(x.numerator, notation)
    quotient = write(
        "div", [constant(abs(x.numerator), notation), constant(x.denominator, notation)], notation
    )
    return negative(quotient, notation) if x < 0 else quotient


def product(coefficient: Fraction, monomial: Monomial, notation: Notation) -> tuple[int, Piece]:
    """A term's sign, and the term without it."""
    above: list[Piece] = []
    below: list[Piece] = []
    under: dict[int, int] = {}
    for (kind, which), exponent in monomial:
        if kind == ROOT:
            n = exponent.denominator
            under[n] = under.get(n, 1) * which**exponent.numerator
    above += [root(n, inside, notation) for n, inside in sorted(under.items())]
    for (kind, which), exponent in monomial:
        if kind != ROOT:
            negative = isinstance(exponent, Fraction) and exponent < 0 and kind in (LN, PI)
            (below if negative else above).append(
                power(base(kind, which, notation), -exponent if negative else exponent, notation)
            )
    return (1 if coefficient > 0 else -1), fraction(abs(coefficient), above, below, notation)


def base(kind: int, which: int, notation: Notation) -> Piece:
    """What is raised to a power: π, e, or a logarithm."""
    if kind == LN:
        return write("ln", [constant(which or "pi", notation)], notation)
    return constant("pi" if kind == PI else "e", notation)


def power(of: Piece, exponent: Any, notation: Notation) -> Piece:
    """A power of an atom; half powers are roots."""
    if exponent == 1:
        return of
    if exponent == Fraction(1, 2):
        return radical(2, of, notation)
    if isinstance(exponent, Fraction):
        return write("pow", [of, rational(exponent, notation)], notation)
    return exponential(of, exponent, notation)


def exponential(e: Piece, exponent: Any, notation: Notation) -> Piece:
    """A power of e; of a multiple of logarithms it is a power of what they are taken of: 2^√2, 10^π."""
    of: dict[int, Fraction] = {}
    rests = set()
    for monomial, coefficient in exponent.top.items():
        logs = [atom[1] for atom, times in monomial if atom[0] == LN and times == 1]
        rests.add(tuple(item for item in monomial if item[0] != (LN, *logs[:1])))
        of.update(dict.fromkeys(logs[:1], coefficient))
    if exponent.bottom is not ONE or len(rests) != 1 or len(of) != len(exponent.top):
        return write("pow", [e, exponent.piece(notation)], notation)
    content = content_of(of.values())
    if len(of) == 1:
        content, number = next(iter(of.values())), constant(next(iter(of)) or "pi", notation)
    elif 0 in of or sum(abs(c / content) * p.bit_length() for p, c in of.items()) > LONGEST:
        return write("pow", [e, exponent.piece(notation)], notation)
    else:
        number = rational(inside_of(of, content), notation)
    return write("pow", [number, total({rests.pop(): content}, notation)], notation)


def root(n: int, inside: int, notation: Notation) -> Piece:
    """The n-th root of a whole number."""
    number = constant(inside, notation)
    if n in ROOTS:
        return radical(n, number, notation)
    return write("pow", [number, rational(Fraction(1, n), notation)], notation)


def radical(n: int, of: Piece, notation: Notation) -> Piece:
    """√ before a number or a letter, in the notations that have the sign."""
    if notation.raised and of.binds == ATOM:
        inner = of.text if of.text.isalnum() else f"({of.text})"
        return Piece(ROOTS[n] + inner, POWER)
    return write({2: "sqrt", 3: "cbrt"}[n], [of], notation)


def fraction(factor: Fraction, above: list[Piece], below: list[Piece], notation: Notation) -> Piece:
    """A positive rational times factors above and below, as one quotient."""
    top = [constant(factor.numerator, notation)] if factor.numerator != 1 or not above else []
    bottom = [constant(factor.denominator, notation)] if factor.denominator != 1 else []
    upper, lower = joined([*top, *above], notation), joined([*bottom, *below], notation)
    if upper is None:
        upper = constant(1, notation)
    return upper if lower is None else write("div", [upper, lower], notation)


def joined(factors: list[Piece], notation: Notation) -> Piece | None:
    """The product of factors, or None for none."""
    if not factors:
        return None
    return reduce(lambda x, y: write("mul", [x, y], notation), factors)
