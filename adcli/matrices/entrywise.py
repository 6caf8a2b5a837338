"""Products and sums of terms entry by entry: like factors are one power, like terms one term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from adcli.graph import Shape
from adcli.matrices.terms import (
    NUMBER,
    ONES,
    SIZE,
    SUM,
    TIMES,
    TURNED,
    UNIT,
    Exponent,
    Factor,
    Store,
    Term,
    turns,
)
from adcli.primitives import shapes


class Entrywise(Store):
    """Terms that are made of terms entry by entry."""

    def turned(self, x: Term) -> Term:
        """The transposed term."""
        raise NotImplementedError

    # Products entry by entry.

    def product(self, coefficient: Any, factors: Iterable[Factor], shape: Shape | None = None) -> Term:
        """A product entry by entry, in this shape at least."""
        coefficient = Fraction(coefficient)
        powers: dict[int, Exponent] = {}
        wanted = shape or ()
        for base, exponent in self.flattened(factors):
            wanted = shapes.broadcast(wanted, base.shape)
            if base.op == NUMBER and exponent == int(exponent) and (base.data or exponent > 0):
                coefficient *= base.data ** int(exponent)
            elif base.op != ONES:
                powers[base.place] = powers.get(base.place, 0) + exponent
        if not coefficient:
            return self.number(0)
        found = self.picked([(self.at(place), power) for place, power in powers.items() if power])
        if isinstance(found, Term):
            return self.product(coefficient, [(found, 1)], shape)
        found.sort(key=lambda factor: (bool(factor[0].shape), factor[0].place))
        have = shapes.broadcast(*(base.shape for base, _ in found)) if found else ()
        if have != wanted:
            found.append((self.ones(wanted), 1))
        if not found:
            return self.number(coefficient)
        return self.times(coefficient, self.upright(found, wanted), wanted)

    def times(self, coefficient: Fraction, found: Sequence[Factor], shape: Shape) -> Term:
        """A product of factors that are in order; a single one is itself."""
        if coefficient == 1 and len(found) == 1 and found[0][1] == 1:
            return found[0][0]
        bases, exponents = zip(*found, strict=True)
        return self.made(TIMES, bases, (coefficient, exponents), shape)

    def upright(self, factors: list[Factor], shape: Shape) -> list[Factor]:
        """The factors; rows that are mostly transposed columns as one transposed product of columns."""
        arrays = [(base, power) for base, power in factors if base.shape]
        if len(arrays) < 2 or any(
            base.shape != shape or (base.op == TURNED and base.args[0].op == TIMES) for base, _ in arrays
        ):
            return factors
        if all(base.op != TURNED for base, _ in arrays):
            return factors
        columns = sorted(
            ((self.turned(base), power) for base, power in arrays), key=lambda each: each[0].place
        )
        if turns(base for base, _ in columns) + 1 > turns(base for base, _ in arrays):
            return factors
        whole = self.made(TURNED, [self.times(Fraction(1), columns, shape[::-1])], None, shape)
        return [*((base, power) for base, power in factors if not base.shape), (whole, 1)]

    def flattened(self, factors: Iterable[Factor]) -> Iterable[Factor]:
        """Bases that are no products, and numbers."""
        for base, exponent in factors:
            if base.op == TURNED and base.args[0].op == TIMES:
                yield from (
                    (self.turned(each), power * exponent) for each, power in base.args[0].factors()[1]
                )
            elif base.op != TIMES:
                yield base, exponent
            elif exponent == int(exponent):
                coefficient, inner = base.factors()
                yield self.number(coefficient), exponent
                yield from ((each, power * exponent) for each, power in inner)
            else:
                yield base, exponent

    def picked(self, factors: list[Factor]) -> Term | list[Factor]:
        """The factors; with a unit vector among them only one entry of the others is left."""
        units = [base for base, power in factors if base.op == UNIT and power > 0]
        if not units:
            return factors
        unit, (place, _) = units[0], units[0].data
        if any(base.shape not in ((), unit.shape) for base, _ in factors):
            return factors
        if any(base.data != unit.data for base in units):
            return self.number(0)
        kept: list[Factor] = [(unit, 1)]
        for base, power in factors:
            if base.op != UNIT:
                kept.append((self.entry(base, place) if base.shape else base, power))
        return kept if all(not base.shape for base, _ in kept[1:]) and len(kept) == 1 else self.again(kept)

    def again(self, factors: list[Factor]) -> Term | list[Factor]:
        """The factors behind a unit vector put together: an entry may be a number."""
        unit, rest = factors[0], self.product(1, factors[1:])
        coefficient, inner = rest.factors()
        if coefficient == 1 and all(not base.shape for base, _ in inner):
            return [unit, *inner]
        if not coefficient:
            return self.number(0)
        bases, exponents = zip(unit, *inner, strict=True)
        return self.made(TIMES, bases, (coefficient, exponents), unit[0].shape)

    def entry(self, x: Term, place: int) -> Term:
        """An entry of a column."""
        if x.op == UNIT:
            return self.number(int(x.data[0] == place))
        if x.op == ONES:
            return self.number(1)
        if x.op == TIMES:
            coefficient, factors = x.factors()
            if all(base.shape in ((), x.shape) for base, _ in factors):
                return self.product(
                    coefficient,
                    [(self.entry(base, place) if base.shape else base, power) for base, power in factors],
                )
        return self.made("index", [x], (place,))

    # Sums.

    def total(self, terms: Iterable[tuple[Fraction, Term]], shape: Shape = ()) -> Term:
        """A sum, in this shape at least: like terms are one."""
        outer: dict[int, Fraction] = {}
        found: dict[int, Fraction] = {}
        wanted = shape
        for number, term in terms:
            if not term.zero:
                wanted = shapes.broadcast(wanted, term.shape)
                outer[term.place] = outer.get(term.place, Fraction(0)) + number
        for place, number in outer.items():
            for inner, each in self.at(place).opened(number):
                found[each.place] = found.get(each.place, Fraction(0)) + inner
        kept = [(number, self.at(place)) for place, number in found.items() if number]
        if not kept:
            return self.number(0)
        if shapes.broadcast(*(term.shape for _, term in kept)) != wanted:
            kept[0] = kept[0][0], self.product(1, [(kept[0][1], 1)], wanted)
        if len(kept) == 1:
            return self.product(kept[0][0], [(kept[0][1], 1)], wanted)
        numbers, parts = zip(*kept, strict=True)
        shared = abs(numbers[0]) if len({abs(number) for number in numbers}) == 1 else Fraction(1)
        if all(number < 0 for number in numbers):
            shared = -shared
        made = self.made(SUM, parts, tuple(number / shared for number in numbers), wanted)
        return self.product(shared, [(made, 1)])

    def added(self, axis: int | None, x: Term) -> Term:
        """The sum of the entries, along an axis or of all."""
        if not x.shape or x.zero:
            return x
        shape = shapes.reduced(axis, x.shape)
        if shape == x.shape:
            return x
        if shape == (1, 1) or prod(x.size) == prod(shapes.filled(shape)) == 1:
            shape, axis = (), None
        coefficient, factors = x.factors()
        outside = [(base, power) for base, power in factors if not base.shape]
        inside = [(base, power) for base, power in factors if base.shape]
        whole = self.product(1, inside, x.shape)
        return self.product(coefficient, [*outside, (self.added_whole(axis, whole, shape), 1)], shape)

    def added_whole(self, axis: int | None, x: Term, shape: Shape) -> Term:
        """The sum of the entries of what has no number before it."""
        if (closed := self.closed(axis, x, shape)) is not None:
            return closed
        if x.op == SUM:
            parts = [self.added(axis, term) for term in x.args if term.shape == x.shape]
            if len(parts) == len(x.args) and any(part.op != "sum" for part in parts):
                return self.total(zip(x.data, parts, strict=True), shape)
        if x.op == TURNED:
            return self.turned(self.added(None if axis is None else 3 - axis, x.args[0]))
        return self.made("sum", [x], axis, shape)

    def closed(self, axis: int | None, x: Term, shape: Shape) -> Term | None:
        """The sum of what adds up by itself: ones, a unit vector, a softmax."""
        if x.op == ONES:
            terms = self.size(x.size[0]) if axis != 2 else self.number(1)
            terms = terms * (self.size(x.size[1]) if axis != 1 else self.number(1))
            return self.product(1, [(terms, 1)], shape)
        if x.op == UNIT and axis != 2:
            return self.product(1, [], shape)
        if x.op == "softmax" and (not shape if x.data is None else axis == x.data):
            return self.product(1, [], shape)
        return None

    def size(self, n: int) -> Term:
        """How many rows or columns something has; a name where sizes are not given."""
        return self.made(SIZE, data=n) if n in self.names else self.number(n)
