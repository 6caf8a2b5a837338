"""Other forms of a sum: multiplied out, with common factors before it, over a common denominator."""

from __future__ import annotations

from adcli.simplify.kinds import ATOM, INPUT_MARK, NUM, SUM, Number, whole
from adcli.simplify.terms import Terms

MOST_PARTS = 150  # of what is multiplied out
HIGHEST = 8  # power of a sum that is multiplied out


def expanded(terms: Terms, term: int, most: int = MOST_PARTS) -> int:
    """A sum or product without sums as factors; unchanged where that would be too long."""
    constant, parts = terms.parts(term)
    done: dict[int, Number] = {}
    work = list(parts)
    made = 0
    while work:
        part, times = work.pop()
        opened = opened_once(terms, part)
        if opened is None:
            done[part] = done.get(part, 0) + times
            continue
        made += len(opened[1]) + 1
        if made > most:
            return term
        constant += opened[0] * times
        work.extend((inner, count * times) for inner, count in opened[1])
    return terms.sum(done.items(), constant)


def opened_once(terms: Terms, part: int) -> tuple[Number, list[tuple[int, Number]]] | None:
    """A product with one of its sums multiplied into the rest; None where it has no sum as a factor."""
    _, factors = terms.factors(part)
    for base, exponent in factors:
        if terms.kind[base] == SUM and base not in terms.closed and exponent > 0 and whole(exponent):
            if exponent > HIGHEST:
                return None
            rest = terms.some(
                tuple(
                    (other, power - 1 if other == base else power)
                    for other, power in factors
                    if other != base or power != 1
                )
            )
            constant, parts = terms.data[base]
            whole_parts = [*parts, (terms.number(1), constant)] if constant else parts
            found: list[tuple[int, Number]] = []
            number: Number = 0
            for inner, count in whole_parts:
                own_constant, own = terms.parts(terms.product([(rest, 1), (inner, 1)], count))
                number += own_constant
                found.extend(own)
            return number, found
    return None


def factorings(terms: Terms, term: int) -> list[tuple[list[tuple[int, Number]], int]]:
    """A sum as common factors and what is left: the common ones, and the denominators with them."""
    constant, parts = terms.parts(term)
    exponents: list[dict[int, Number]] = [dict(terms.factors(part)[1]) for part, _ in parts]
    if constant:
        exponents.append({})
    if len(exponents) < 2:
        return []
    common: dict[int, Number] = {}
    for base in exponents[0]:
        powers = [own.get(base, 0) for own in exponents]
        if min(powers) > 0 or max(powers) < 0:
            common[base] = min(powers)
    below: dict[int, Number] = {}
    for own in exponents:
        below.update((base, min(below.get(base, 0), power)) for base, power in own.items() if power < 0)
    found: list[tuple[list[tuple[int, Number]], int]] = []
    for chosen in (common, {**common, **below}):
        outside = list(chosen.items())
        if chosen and not any(outside == known for known, _ in found):
            inverse = [(base, -power) for base, power in outside]
            inside = [(terms.product([(part, 1), *inverse], times), 1) for part, times in parts]
            if constant:
                inside.append((terms.product(inverse, constant), 1))
            found.append((outside, terms.sum(inside)))
    return found


def by_kernel(terms: Terms, term: int) -> list[tuple[int, int]] | None:
    """A sum as polynomials times functions, (function part, polynomial); None where nothing is joined."""
    constant, parts = terms.parts(term)
    groups: dict[int, list[tuple[int, Number]]] = {}
    for part, times in parts:
        inputs: list[tuple[int, Number]] = []
        others: list[tuple[int, Number]] = []
        for base, exponent in terms.factors(part)[1]:
            known = terms.kind[base] == ATOM and terms.data[base][0] == INPUT_MARK
            (inputs if known and exponent > 0 and whole(exponent) else others).append((base, exponent))
        polynomial, kernel = terms.some(tuple(inputs)), terms.some(tuple(others))
        groups.setdefault(kernel, []).append((polynomial, times))
    one = terms.number(1)
    joined = [kernel for kernel, group in groups.items() if len(group) > 1 and kernel != one]
    if not joined:
        return None
    if constant:
        groups.setdefault(one, []).append((one, constant))
    return [(kernel, terms.sum(group)) for kernel, group in groups.items()]


def only_inputs(terms: Terms, outside: list[tuple[int, Number]]) -> bool:
    """Whether all common factors are inputs, which a book leaves in the terms of a sum more often."""
    return all(terms.kind[base] in (ATOM, NUM) and power > 0 for base, power in outside)
