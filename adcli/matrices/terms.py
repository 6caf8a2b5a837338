"""Terms of matrix formulas, each with its shape: equal ones are one term, and simple ones are made at once.

A term is a number, a name, a function of terms, or one of four kinds that the language has no word for:
`+`, a sum with a coefficient for each of its terms; `*`, a product entry by entry, with a coefficient and an
exponent for each of its bases, numbers and arrays alike; `@`, a matrix product of any length; and `T`.
The number 0 stands for zeros of any shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.graph import Shape
from adcli.primitives import shapes

if TYPE_CHECKING:
    from adcli.matrices.algebra import Algebra

NUMBER, INPUT, CONSTANT, SIZE = "number", "input", "constant", "size"
SUM, TIMES, CHAIN, TURNED = "+", "*", "@", "T"
ONES, EYE, UNIT, DIAG = "ones", "eye", "onehot", "diag"
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
    def parts(self) -> list[Term]:
        """The terms that it consists of, parts before wholes: itself is the last."""
        args = self.algebra.args
        needed = {self.place}
        for place in range(self.place, -1, -1):
            if place in needed:
                needed.update(args[place])
        return [Term(self.algebra, place) for place in sorted(needed)]

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


class Store:
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
        return self.at(place)

    def at(self, place: int) -> Term:
        """The term at a place."""
        return Term(self, place)  # type: ignore[arg-type]  # every store is an algebra

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


def turns(terms: Iterable[Term]) -> int:
    """How many transposed factors some terms have."""
    return sum(term.algebra.turns[term.place] for term in terms)
