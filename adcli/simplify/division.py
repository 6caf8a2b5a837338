"""Common factors of polynomials: (x² - 4x + 4)/(x - 2)² is 1.

Of one input any common factor is found; of several, a sum that divides the other without a rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import add, sub

from adcli.simplify.kinds import ATOM, INPUT_MARK, SUM, Number, whole
from adcli.simplify.sums import expanded
from adcli.simplify.terms import Terms

HIGHEST = 24  # degree that is looked at
LONGEST = 200  # bits of a coefficient
MOST_STEPS = 40  # of a long division
Monomial = tuple[dict[int, int], Fraction]  # the powers of inputs, and the coefficient
Polynomial = list[Fraction]  # the coefficient of x^k at place k; the last one is not 0


def cancelled(terms: Terms, term: int) -> int:
    """A product without a common factor of a sum above and a sum below.

    Unchanged where a denominator would fall into more factors than it had.
    """
    made = term
    while (again := once(terms, made)) is not None:
        made = again
    return made if denominators(terms, made) <= denominators(terms, term) else term


def denominators(terms: Terms, term: int) -> int:
    """How many sums there are in the denominator."""
    return sum(1 for base, power in terms.factors(term)[1] if power < 0 and terms.kind[base] == SUM)


def once(terms: Terms, term: int) -> int | None:
    """The product after the first common factor is gone; None where there is none."""
    coefficient, factors = terms.factors(term)
    sums = [(base, power) for base, power in factors if terms.kind[base] == SUM and whole(power)]
    for high, above in sums:
        for low, under in sums:
            if above > 0 > under and (found := shared(terms, high, low)) is not None:
                common, left, right = found
                others = [pair for pair in factors if pair[0] not in (high, low)]
                new = [(common, above + under), (left, above), (right, under)]
                return terms.product([*others, *new], coefficient)
    return None


def shared(terms: Terms, high: int, low: int) -> tuple[int, int, int] | None:
    """The common factor of two sums, and each divided by it; None where it is a number."""
    one, two = polynomial(terms, high), polynomial(terms, low)
    if one is None or two is None or one[0] != two[0]:
        if (quotient := without_rest(terms, high, low)) is not None:
            return low, quotient, terms.number(1)
        quotient = without_rest(terms, low, high)
        return None if quotient is None else (high, terms.number(1), quotient)
    (atom, first), (_, second) = one, two
    common = greatest(first, second)
    if len(common) < 2:
        return None
    quotients = (divided(first, common)[0], divided(second, common)[0])
    made = [written(terms, atom, each) for each in (common, *quotients)]
    return made[0], made[1], made[2]


def without_rest(terms: Terms, high: int, low: int) -> int | None:
    """The quotient of two sums of several inputs, by long division; None where there is a rest."""
    above, under = monomials(terms, high), monomials(terms, low)
    if above is None or under is None:
        return None
    letters = sorted({base for powers, _ in above + under for base in powers})
    rest, divisor = in_order(above, letters), in_order(under, letters)
    leader = max(divisor)
    quotient: list[tuple[int, Number]] = []
    while rest:
        first = max(rest)
        powers = tuple(map(sub, first, leader))
        times = rest[first] / divisor[leader]
        if min(powers) < 0 or len(quotient) > MOST_STEPS or times.numerator.bit_length() > LONGEST:
            return None
        for own, number in divisor.items():
            place = tuple(map(add, powers, own))
            rest[place] = rest.get(place, Fraction(0)) - times * number
            if not rest[place]:
                del rest[place]
        quotient.append((terms.product(zip(letters, powers, strict=True)), times))
    return terms.sum(quotient)


def in_order(parts: Sequence[Monomial], letters: Sequence[int]) -> dict[tuple[int, ...], Fraction]:
    """Monomials by the powers of some inputs."""
    return {tuple(powers.get(base, 0) for base in letters): number for powers, number in parts}


def monomials(terms: Terms, term: int) -> list[Monomial] | None:
    """The terms of a sum; None where one is more than a product of inputs."""
    constant, parts = terms.parts(expanded(terms, term))
    found: list[Monomial] = [({}, Fraction(constant))] if constant else []
    for part, times in parts:
        coefficient, factors = terms.factors(part)
        for base, power in factors:
            known = terms.kind[base] == ATOM and terms.data[base][0] == INPUT_MARK
            if not known or not whole(power) or not 0 < power <= HIGHEST:
                return None
        found.append(({base: int(power) for base, power in factors}, Fraction(times * coefficient)))
    return found


def polynomial(terms: Terms, term: int) -> tuple[int, Polynomial] | None:
    """The input and the coefficients of a sum of one input; None for any other sum."""
    parts = monomials(terms, term)
    letters = {base for powers, _ in parts or () for base in powers}
    if parts is None or len(letters) != 1:
        return None
    found = {sum(powers.values()): number for powers, number in parts}
    return letters.pop(), [found.get(power, Fraction(0)) for power in range(max(found) + 1)]


def greatest(one: Polynomial, two: Polynomial) -> Polynomial:
    """The greatest common divisor, its first coefficient 1, by Euclid; [1] where the numbers grow long."""
    while two:
        if max(number.numerator.bit_length() for number in two) > LONGEST:
            return [Fraction(1)]
        one, two = two, divided(one, two)[1]
    return [number / one[-1] for number in one]


def divided(one: Polynomial, two: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The quotient and the rest."""
    rest = list(one)
    quotient = [Fraction(0)] * max(len(one) - len(two) + 1, 0)
    for place in range(len(quotient) - 1, -1, -1):
        times = quotient[place] = rest[place + len(two) - 1] / two[-1]
        for k, number in enumerate(two):
            rest[place + k] -= times * number
    while rest and not rest[-1]:
        rest.pop()
    return quotient, rest


def written(terms: Terms, atom: int, coefficients: Sequence[Fraction]) -> int:
    """A polynomial as a term."""
    return terms.sum(
        (
            (terms.product([(atom, power)]), number)
            for power, number in enumerate(coefficients)
            if power and number
        ),
        coefficients[0],
    )
