"""The shortest of the forms that a sum or product is found in."""

from __future__ import annotations

from collections.abc import Iterable

from adcli.simplify.division import cancelled, denominators
from adcli.simplify.identities import reduced, shortest_quotients
from adcli.simplify.kinds import PRODUCT, SUM, Number, whole
from adcli.simplify.sums import by_kernel, expanded, factorings, only_inputs
from adcli.simplify.terms import Terms

MOST_PARTS = 40  # of a sum or product that is looked at
DEPTH = 2
GAIN = 2  # nodes that pulling x out of a sum must save
TIE = -0.5  # one fraction stands for several of its denominator where it is no longer


class Shorten:
    """Finds shorter forms of terms, and remembers them.

    `reciprocals` allows secants and cosecants; without `looks` every term stays as it is.
    """

    def __init__(self, terms: Terms, *, reciprocals: bool = False, looks: bool = True) -> None:
        self.terms = terms
        self.looks = looks
        self.reciprocals = reciprocals
        self.known: dict[tuple[int, int], int] = {}

    def shortest(self, term: int, depth: int = DEPTH) -> int:
        """A term of the same value, no longer than this one."""
        terms = self.terms
        kind = terms.kind[term]
        if not self.looks or kind not in (SUM, PRODUCT) or len(terms.data[term][1]) > MOST_PARTS:
            return term
        key = term, depth
        if key not in self.known:
            self.known[key] = term  # while it is being looked for
            try:
                found = self.of_sum(term, depth) if kind == SUM else self.of_product(term, depth)
            except (ValueError, ZeroDivisionError, OverflowError):
                found = term
            self.known[key] = found
        return self.known[key]

    def least(self, candidates: Iterable[tuple[int, float]]) -> int:
        """The first of the cheapest candidates; a candidate has a handicap."""
        cost = self.terms.cost
        return min(candidates, key=lambda pair: cost[pair[0]] + pair[1])[0]

    def of_sum(self, term: int, depth: int) -> int:
        """The shortest form of a sum."""
        plain = self.reduce(term) if self.terms.calls[term] else term
        candidates: list[tuple[int, float]] = [(plain, 0)]
        wide = expanded(self.terms, term)
        forms = [plain]
        if (level := self.flat(term)) != term:
            forms.append(level)
            candidates.append((level, 0))
        if wide != term:
            wide = self.reduce(wide) if self.terms.calls[wide] else wide
            forms.append(wide)
            candidates.append((wide, 0 if self.terms.calls[wide] else TIE))
        for form in dict.fromkeys(forms):
            candidates += self.factored(form, depth)
            joinable = self.terms.kind[form] == SUM and self.terms.calls[form]
            grouped = by_kernel(self.terms, form) if joinable else None
            if grouped is not None:
                joined = self.terms.sum(
                    (self.product([(kernel, 1), (self.shortest(polynomial, 0), 1)]), 1)
                    for kernel, polynomial in grouped
                )
                candidates.append((joined, 1))
                candidates += self.factored(joined, depth)
        best = self.least(candidates)
        if depth and best != term and self.terms.kind[best] == PRODUCT:
            return self.shortest(best, depth - 1)
        return best

    def factored(self, form: int, depth: int) -> list[tuple[int, float]]:
        """A sum with its common factors before it, and over its common denominator."""
        terms = self.terms
        if depth == 0 or terms.kind[form] != SUM:
            return []
        found = []
        constant, parts = terms.data[form]
        fractions = not constant and all(
            any(power < 0 for _, power in terms.factors(part)[1]) for part, _ in parts
        )
        for outside, inside in factorings(terms, form):
            # Inside, only what is shorter is pulled out again.
            made = self.product([*outside, (self.shortest(inside, depth - 1), 1)])
            if denominators(terms, made) == 1:
                made = cancelled(terms, made)
            below = fractions and all(power < 0 for _, power in outside)
            found.append((made, GAIN if only_inputs(terms, outside) else TIE if below else 0))
        return found

    def reduce(self, term: int) -> int:
        """A sum after the identities, its terms shortened."""
        terms = self.terms
        found = reduced(terms, term)
        if terms.kind[found] != SUM:
            return found
        constant, parts = terms.data[found]
        short = [(self.quotients(part), times) for part, times in parts]
        again = terms.sum(short, constant)
        return again if terms.cost[again] < terms.cost[found] else found

    def level(self, term: int) -> int:
        """A sum after the identities, multiplied out if that is shorter: (x + 1)² + (x - 1)² is 2x² + 2."""
        ways = [self.reduce(term)]
        if self.terms.kind[term] == SUM and (wide := expanded(self.terms, term)) != term:
            ways.append(self.reduce(wide))
        return min(ways, key=self.terms.cost.__getitem__)

    def quotients(self, term: int) -> int:
        """A product with joined sines and cosines."""
        return shortest_quotients(self.terms, term, reciprocals=self.reciprocals)

    def product(self, parts: list[tuple[int, Number]]) -> int:
        """A product, its sines and cosines joined."""
        return self.quotients(self.terms.product(parts))

    def of_product(self, term: int, depth: int) -> int:
        """The shortest form of a product."""
        terms = self.terms
        short = self.quotients(term)
        candidates: list[tuple[int, float]] = [(short, 0)]
        if (open_form := self.opened(short)) != short:
            candidates.append((self.quotients(open_form), TIE))
        if (wide := self.wide_below(open_form)) != open_form:
            candidates.append((wide, 0))
        candidates += [(cancelled(terms, form), 0) for form, _ in list(candidates)]
        for form, _ in list(candidates):
            candidates += [(made, 0) for made in self.multiplied(form)]
        best = self.least(candidates)
        if best != term and terms.kind[best] == SUM and depth:
            return self.shortest(best, depth - 1)
        return best

    def opened(self, term: int) -> int:
        """A product whose sums are written with their common factors and denominators before them."""
        terms = self.terms
        coefficient, factors = terms.factors(term)
        found: list[tuple[int, Number]] = []
        for base, exponent in factors:
            ways = []
            if terms.kind[base] == SUM and whole(exponent) and base not in terms.closed:
                ways = factorings(terms, base) if len(terms.data[base][1]) <= MOST_PARTS else []
            if ways:
                outside, inside = ways[-1]
                found += [(other, power * exponent) for other, power in outside]
                found.append((self.level(inside), exponent))
            else:
                found.append((base, exponent))
        return terms.product(found, coefficient)

    def wide_below(self, term: int) -> int:
        """A product with its denominators multiplied out, so that they may be cancelled."""
        terms = self.terms
        coefficient, factors = terms.factors(term)
        found = [
            (expanded(terms, base) if exponent == -1 and terms.kind[base] == SUM else base, exponent)
            for base, exponent in factors
        ]
        return terms.product(found, coefficient)

    def flat(self, term: int) -> int:
        """A sum without fractions in the denominators of its terms: 1/(x·(1 + 1/x)) is 1/(x + 1)."""
        terms = self.terms
        constant, parts = terms.parts(term)
        found = []
        for part, times in parts:
            inner = any(power < 0 and self.nested(base) for base, power in terms.factors(part)[1])
            found.append((self.opened(part) if inner else part, times))
        return terms.sum(found, constant)

    def nested(self, base: int) -> bool:
        """Whether a term is a sum with a fraction in it."""
        terms = self.terms
        return terms.kind[base] == SUM and any(
            power < 0 for part, _ in terms.data[base][1] for _, power in terms.factors(part)[1]
        )

    def multiplied(self, term: int) -> list[int]:
        """A product with sums of the same exponent multiplied out: (x + 1)(x - 1) is x² - 1."""
        terms = self.terms
        coefficient, factors = terms.factors(term)
        groups: dict[Number, list[int]] = {}
        for base, exponent in factors:
            if terms.kind[base] == SUM and whole(exponent) and base not in terms.closed:
                groups.setdefault(exponent, []).append(base)
        found = []
        for exponent, group in groups.items():
            if 2 <= len(group) <= 4:
                rest = [pair for pair in factors if pair[0] not in group]
                wide = self.reduce(expanded(terms, terms.product((base, 1) for base in group)))
                found.append(self.quotients(terms.product([*rest, (wide, exponent)], coefficient)))
        return found
