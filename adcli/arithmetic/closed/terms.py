"""Sums of products of roots of primes, powers of π, of e and of logarithms, with rational coefficients.

A sum maps monomials to coefficients other than 0. A monomial is a sorted tuple of (atom, exponent), each
atom once, so equal products are equal monomials: √2·√3 and √6 are one. Roots of different primes are
linearly independent over the rationals (Besicovitch, On the linear independence of fractional powers of
integers, 1940), so a sum of them is 0 only if it is empty; for π, e and ln this is what everybody expects
and nobody has proved, and a sum that is not empty is asked for its sign before anything is divided by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from adcli.arithmetic import TooLong

Atom = tuple[int, int]
Monomial = tuple[tuple[Atom, Any], ...]
Sum = Mapping[Monomial, Fraction]

ROOT, LN, PI, E = range(4)  # an atom's kind; beside it stands a prime, and 0 in ln π
ROUND: Atom = (PI, 0)
EULER: Atom = (E, 0)
UNIT: Monomial = ()
ONE: Sum = {UNIT: Fraction(1)}
MOST_TERMS = 400
MOST_BITS = 14_000
MOST_PRIMES = 4  # square roots that a denominator is freed of, one after the other


def logarithm(prime: int) -> Atom:
    """The atom ln(prime); of π for 0."""
    return (LN, prime)


def times(x: Monomial, y: Monomial) -> tuple[Fraction, Monomial]:
    """The product of two monomials: whole powers of primes go into its coefficient."""
    return collected((*x, *y))


def collected(powers: Iterable[tuple[Atom, Any]]) -> tuple[Fraction, Monomial]:
    """A product of powers of atoms as coefficient and monomial."""
    exponents: dict[Atom, Any] = {}
    for atom, exponent in powers:
        exponents[atom] = exponents[atom] + exponent if atom in exponents else exponent
    coefficient = Fraction(1)
    for atom, exponent in exponents.items():
        if atom[0] == ROOT:
            whole = exponent.numerator // exponent.denominator
            if abs(whole) * atom[1].bit_length() > MOST_BITS:
                raise TooLong("the power has too many digits")
            coefficient *= Fraction(atom[1]) ** whole
            exponents[atom] = exponent - whole
    return coefficient, tuple(sorted((item for item in exponents.items() if item[1] != 0), key=atom_of))


def atom_of(item: tuple[Atom, Any]) -> Atom:
    """What a monomial is sorted by."""
    return item[0]


def added(x: Sum, y: Sum) -> Sum:
    """The sum of two sums."""
    total = dict(x)
    for monomial, coefficient in y.items():
        found = total.get(monomial, 0) + coefficient
        if found:
            total[monomial] = Fraction(found)
        else:
            del total[monomial]
    return bounded(total)


def scaled(x: Sum, factor: Fraction) -> Sum:
    """A sum times a rational."""
    return {monomial: coefficient * factor for monomial, coefficient in x.items()} if factor else {}


def multiplied(x: Sum, y: Sum) -> Sum:
    """The product of two sums.

    Where exponents are sums themselves, every term adds and compares such sums: so few are allowed.
    """
    if x is ONE or y is ONE:
        return y if x is ONE else x
    if len(x) * len(y) * (heaviest(x) * heaviest(y)) ** 4 > MOST_TERMS**2:
        raise too_long()
    total: dict[Monomial, Fraction] = {}
    for (left, a), (right, b) in product(x.items(), y.items()):
        factor, monomial = times(left, right)
        total[monomial] = total.get(monomial, 0) + a * b * factor
    return bounded({monomial: coefficient for monomial, coefficient in total.items() if coefficient})


def weight(x: Sum) -> int:
    """How many terms a sum has, those in exponents of e counted too."""
    return sum(1 + exponents(monomial) for monomial in x)


def heaviest(x: Sum) -> int:
    """The weight of a sum's heaviest exponents, at least 1: to add them is a calculation of its own."""
    return max(1, *map(exponents, x)) if x else 1


def exponents(monomial: Monomial) -> int:
    """The weight of a monomial's exponents, which a rational has none of."""
    return sum(getattr(exponent, "weight", 0) for _, exponent in monomial)


def bounded(total: Sum) -> Sum:
    """The sum, unless it has grown beyond use."""
    if weight(total) > MOST_TERMS:
        raise too_long()
    if any(coefficient.denominator.bit_length() > MOST_BITS for coefficient in total.values()):
        raise TooLong("the fraction has too many digits")
    return total


def too_long() -> ValueError:
    """The error for a formula that nobody would read."""
    return ValueError(f"leaves the exact numbers: its formula has more than {MOST_TERMS} terms")


def reciprocal(x: Sum) -> Sum | None:
    """1/x as a sum: of one term, or where square roots can be multiplied away; None for other sums."""
    factor: Sum = ONE
    for _ in range(MOST_PRIMES + 1):
        if len(x) == 1:
            ((monomial, coefficient),) = x.items()
            inverse, turned = collected((atom, -exponent) for atom, exponent in monomial)
            return multiplied(factor, {turned: inverse / coefficient})
        prime = next(square_roots(x), None)
        if prime is None:
            return None
        conjugate = {m: -c if any(atom == prime for atom, _ in m) else c for m, c in x.items()}
        factor, x = multiplied(factor, conjugate), multiplied(x, conjugate)
    return None


def square_roots(x: Sum) -> Iterator[Atom]:
    """The primes that stand in a sum under square roots only."""
    exponents: dict[Atom, set[Any]] = {}
    for monomial in x:
        for atom, exponent in monomial:
            if atom[0] == ROOT:
                exponents.setdefault(atom, set()).add(exponent)
    yield from (atom for atom, found in sorted(exponents.items()) if found == {Fraction(1, 2)})


def ratio(x: Sum, y: Sum) -> Fraction | None:
    """The rational r with x = r·y, if there is one."""
    if x.keys() != y.keys():
        return None
    ratios = {x[monomial] / y[monomial] for monomial in y}
    return ratios.pop() if len(ratios) == 1 else None
