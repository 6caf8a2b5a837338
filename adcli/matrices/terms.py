"""Terms of matrix formulas, each with its shape: equal ones are one term, and simple ones are made at once.

A term is a number, a name, a function of terms, or one of four kinds that the language has no word for:
`+`, a sum with a coefficient for each of its terms; `*`, a product entry by entry, with a coefficient and an
exponent for each of its bases, numbers and arrays alike; `@`, a matrix product of any length; and `T`.
The number 0 stands for zeros of any shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any, NamedTuple

from adcli.graph import Shape
from adcli.primitives import shapes

NUMBER, INPUT, CONSTANT, SIZE = "number", "input", "constant", "size"
SUM, TIMES, CHAIN, TURNED = "+", "*", "@", "T"
ONES, EYE, UNIT, DIAG = "ones", "eye", "onehot", "diag"
LEAVES = (NUMBER, INPUT, CONSTANT, SIZE, ONES, EYE, UNIT)
MOST_TERMS = 20_000
DEEPEST = 60  # what is nested deeper is no formula to read
Exponent = int | Fraction
Factor = tuple["Term", Exponent]


class NoFormula(Exception):
    """A derivative that is no matrix formula, or one that is too long to be read."""


class Term(NamedTuple):
    """A term of an algebra, as a value that rules can calculate with."""

    algebra: Algebra
    place: int

    @property
    def op(self) -> str:
        """What it is."""
        return self.algebra.op[self.place]

    @property
    def args(self) -> tuple[Term, ...]:
        """The terms that it is made of."""
        return tuple(Term(self.algebra, arg) for arg in self.algebra.args[self.place])

    @property
    def data(self) -> Any:
        """A number's value, a name, coefficients and exponents, or an operation's parameter."""
        return self.algebra.data[self.place]

    @property
    def shape(self) -> Shape:
        """Its shape."""
        return self.algebra.shape[self.place]

    @property
    def zero(self) -> bool:
        """Whether it is the number 0."""
        return self.op == NUMBER and not self.data

    @property
    def size(self) -> Shape:
        """Its shape as a matrix."""
        return shapes.filled(self.shape)

    def factors(self) -> tuple[Fraction, list[Factor]]:
        """Its coefficient, and its bases with their exponents."""
        if self.op == NUMBER:
            return self.data, []
        if self.op == TIMES:
            coefficient, exponents = self.data
            return coefficient, list(zip(self.args, exponents, strict=True))
        return Fraction(1), [(self, 1)]

    def terms(self) -> list[tuple[Fraction, Term]]:
        """Its terms with their coefficients: of a sum all of them, of any other term itself."""
        if self.op == SUM:
            return list(zip(self.data, self.args, strict=True))
        coefficient, factors = self.factors()
        return [(coefficient, self.algebra.product(1, factors, self.shape))]

    def opened(self, number: Fraction) -> list[tuple[Fraction, Term]]:
        """Its terms, times a number; a sum stays together unless the number is 1 or -1."""
        coefficient, factors = self.factors()
        core = self.algebra.product(1, factors, self.shape)
        number *= coefficient
        if core.op == SUM and abs(number) == 1:
            return [(number * inner, each) for inner, each in zip(core.data, core.args, strict=True)]
        return [(number, core)]

    def __mul__(self, other: Any) -> Term:
        a, b = self, self.algebra.term(other)
        return self.algebra.product(1, [(a, 1), (b, 1)])

    def __rmul__(self, other: Any) -> Term:
        return self.algebra.term(other) * self

    def __truediv__(self, other: Any) -> Term:
        return self.algebra.product(1, [(self, 1), (self.algebra.term(other), -1)])

    def __add__(self, other: Any) -> Term:
        return self.algebra.total([(Fraction(1), self), (Fraction(1), self.algebra.term(other))])

    def __sub__(self, other: Any) -> Term:
        return self.algebra.total([(Fraction(1), self), (Fraction(-1), self.algebra.term(other))])

    def __neg__(self) -> Term:
        return self.algebra.product(-1, [(self, 1)])


class Algebra:
    """All terms made so far, in parallel lists; what a term is made of comes before it."""

    def __init__(self, names: Mapping[int, str] | None = None) -> None:
        self.names = names or {}  # of sizes that are not given, by the numbers that stand for them
        self.op: list[str] = []
        self.args: list[tuple[int, ...]] = []
        self.data: list[Any] = []
        self.shape: list[Shape] = []
        self.depth: list[int] = []
        self.turns: list[int] = []  # how many transposed factors a product has
        self.known: dict[Any, int] = {}

    def made(self, op: str, args: Sequence[Term] = (), data: Any = None, shape: Shape = ()) -> Term:
        """The term as it stands; NoFormula where there are too many."""
        places = tuple(arg.place for arg in args)
        # The terms of a sum may come in any order: the first one stays.
        key = (
            (op, frozenset(zip(places, data, strict=True)), shape) if op == SUM else (op, places, data, shape)
        )
        place = self.known.setdefault(key, len(self.op))
        if place == len(self.op):
            depth = 1 + max((self.depth[each] for each in places), default=0)
            if place >= MOST_TERMS or depth > DEEPEST:
                raise NoFormula
            self.depth.append(depth)
            inner = sum(self.turns[each] for each in places) if op in (CHAIN, TIMES, TURNED) else 0
            self.turns.append(min(inner + (op == TURNED), MOST_TERMS))
            self.op.append(op)
            self.args.append(places)
            self.data.append(data)
            self.shape.append(shape)
        return Term(self, place)

    def term(self, value: Any) -> Term:
        """`value` if it is a term, else the number."""
        return value if isinstance(value, Term) else self.number(value)

    def number(self, value: Any) -> Term:
        """An exact number, or one of the constants by its name."""
        if isinstance(value, str):
            return self.made(CONSTANT, data=value)
        return self.made(NUMBER, data=Fraction(value))

    def ones(self, shape: Shape) -> Term:
        """An array of ones; of a number's shape the number 1."""
        return self.made(ONES, data=shape, shape=shape) if shape else self.number(1)

    def unit(self, place: int, length: int) -> Term:
        """A unit vector."""
        return self.made(UNIT, data=(place, length), shape=(length, 1))

    def eye(self, n: int) -> Term:
        """An identity matrix."""
        return self.made(EYE, data=n, shape=(n, n)) if n > 1 else self.number(1)

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
        found = self.picked([(Term(self, place), power) for place, power in powers.items() if power])
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
            for inner, each in Term(self, place).opened(number):
                found[each.place] = found.get(each.place, Fraction(0)) + inner
        kept = [(number, Term(self, place)) for place, number in found.items() if number]
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

    # Matrix products.

    def matmul(self, x: Term, y: Term) -> Term:
        """The matrix product, numbers before it."""
        if not x.shape or not y.shape:
            return x * y
        coefficient = Fraction(1)
        outside: list[Factor] = []
        chain: list[Term] = []
        for side in (x, y):
            number, factors = side.factors()
            coefficient *= number
            outside += [(base, power) for base, power in factors if not base.shape]
            whole = self.product(1, [(base, power) for base, power in factors if base.shape], side.shape)
            chain += whole.args if whole.op == CHAIN else [whole]
        return self.product(
            coefficient, [*outside, (self.chained(chain), 1)], shapes.product(x.shape, y.shape)
        )

    def chained(self, chain: list[Term]) -> Term:
        """A matrix product of some factors without numbers."""
        shape = shapes.product((chain[0].size[0], 1), (1, chain[-1].size[1]))
        chain = [each for each in chain if each.op != EYE] or chain[:1]
        for place, (left, right) in enumerate(pairwise(chain)):
            if (joined := self.joined(left, right)) is not None:
                rest = [*chain[:place], joined, *chain[place + 2 :]]
                return self.multiplied(rest, shape)
        if (inner := self.number_inside(chain)) is not None:
            first, last = inner
            number = self.chained(chain[first:last])
            return self.product(
                1, [(number, 1), (self.multiplied([*chain[:first], *chain[last:]], shape), 1)]
            )
        if len(chain) == 1:
            return chain[0]
        if not shape:
            turned = [self.turned(each) for each in reversed(chain)]
            chain = min(chain, turned, key=lambda each: (turns(each), [term.place for term in each]))
        return self.made(CHAIN, chain, None, shape)

    def multiplied(self, factors: Sequence[Term], shape: Shape) -> Term:
        """Some factors one after the other; none of them make 1."""
        found = factors[0]
        for each in factors[1:]:
            found = self.matmul(found, each)
        return found if found.shape == shape or found.zero else self.product(1, [(found, 1)], shape)

    def number_inside(self, chain: Sequence[Term]) -> tuple[int, int] | None:
        """Where a product of fewer factors is a number: a row, and the next column behind it."""
        start = None
        for place, each in enumerate(chain):
            if each.size[0] == 1:
                start = place
            if each.size[1] == 1 and start is not None:
                return (start, place + 1) if place + 1 - start < len(chain) else None
        return None

    def joined(self, x: Term, y: Term) -> Term | None:
        """The product of two neighbours where it is something simpler."""
        if x.op == DIAG and (y.op == DIAG or y.size[1] == 1):
            made = self.product(1, [(x.args[0], 1), (y.args[0] if y.op == DIAG else y, 1)])
            return self.diagonal(made) if y.op == DIAG else made
        if y.op == DIAG and x.size[0] == 1:
            return self.product(1, [(x, 1), (self.turned(y.args[0]), 1)])
        if ONES in (x.op, y.op):
            if x.op == ONES and x.size[0] == 1 and y.op != CHAIN:
                return self.added(1, y)
            if y.op == ONES and y.size[1] == 1 and x.op != CHAIN:
                return self.added(2, x)
        if y.op == UNIT and x.op == TURNED and x.args[0].size[1] == 1:
            return self.entry(x.args[0], y.data[0])
        if x.op == TURNED and x.args[0].op == UNIT and y.size[1] == 1:
            return self.entry(y, x.args[0].data[0])
        if (x.op == "inv" and x.args[0] == y) or (y.op == "inv" and y.args[0] == x):
            return self.eye(x.size[0])
        return None

    def diagonal(self, x: Term) -> Term:
        """The diagonal matrix of a column; of numbers times ones a multiple of the identity."""
        coefficient, factors = x.factors()
        outside = [(base, power) for base, power in factors if not base.shape]
        inside = self.product(1, [(base, power) for base, power in factors if base.shape], x.shape)
        n = x.size[0]
        made = self.eye(n) if inside.op == ONES else self.made(DIAG, [inside], None, (n, n))
        return self.product(coefficient, [*outside, (made, 1)])

    def turned(self, x: Term) -> Term:
        """The transposed term, with the sign at names and sums."""
        if not x.shape or x.zero or x.op in (EYE, DIAG):
            return x
        turned_shape = x.shape[::-1]
        if x.op == TURNED:
            return x.args[0]
        if x.op == ONES:
            return self.ones(turned_shape)
        if x.op == "inv" and x.args[0].op == TURNED:
            return self.made("inv", [x.args[0].args[0]], None, turned_shape)
        if x.op == CHAIN:
            return self.chained([self.turned(each) for each in reversed(x.args)])
        if x.op == TIMES:
            coefficient, factors = x.factors()
            return self.product(
                coefficient, [(self.turned(base), power) for base, power in factors], turned_shape
            )
        whole = self.made(TURNED, [x], None, turned_shape)
        if x.op == SUM:
            each = self.total([(number, self.turned(term)) for number, term in x.terms()], turned_shape)
            own = turns([term for _, term in x.terms()])
            return each if turns([term for _, term in each.terms()]) <= own + 1 else whole
        return whole


def turns(terms: Iterable[Term]) -> int:
    """How many transposed factors some terms have."""
    return sum(term.algebra.turns[term.place] for term in terms)
