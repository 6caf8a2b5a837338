"""Formulas as quotients of polynomials with fractions as coefficients: equality that needs no points.

The letters of a polynomial are the inputs, and one for every function of an argument that is itself such a
quotient: sin(x), ln(x*y). Of these, relations that hold wherever both sides are defined are used: sin² =
1 - cos², √u² = u, |u|² = u², e^(a+b) = e^a·e^b, x^(n+k) = x^n·x^k. So equal quotients prove that two formulas
are equal wherever both are defined; different ones prove nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from adcli.graph import CONST, INPUT, Graph, cone

WIDEST = 400  # terms of a polynomial
HIGHEST = 40  # powers of a sum that are multiplied out
Letter = tuple[str, tuple[object, ...]]
Monomial = tuple[tuple[Letter, int], ...]
Terms = dict[Monomial, Fraction]


class TooWide(ValueError):
    """A polynomial with too many terms to be multiplied out, or a function that is not known here."""


@dataclass(frozen=True)
class Polynomial:
    """Monomials with their coefficients, none of which is 0."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    @classmethod
    def of(cls, terms: Terms) -> Polynomial:
        """The polynomial with its terms in order."""
        kept = {monomial: value for monomial, value in terms.items() if value}
        if len(kept) > WIDEST:
            raise TooWide("too many terms")
        return cls(tuple(sorted(kept.items(), key=repr)))

    @property
    def number(self) -> Fraction | None:
        """The number that it is, or None."""
        if not self.terms:
            return Fraction(0)
        return self.terms[0][1] if len(self.terms) == 1 and not self.terms[0][0] else None

    def __add__(self, other: Polynomial) -> Polynomial:
        made = dict(self.terms)
        for monomial, value in other.terms:
            made[monomial] = made.get(monomial, Fraction(0)) + value
        return Polynomial.of(made)

    def __neg__(self) -> Polynomial:
        return Polynomial(tuple((monomial, -value) for monomial, value in self.terms))

    def __mul__(self, other: Polynomial) -> Polynomial:
        if len(self.terms) * len(other.terms) > WIDEST * 10:
            raise TooWide("too many terms")
        made: Terms = {}
        left: list[tuple[Polynomial, Fraction]] = []
        for one, a in self.terms:
            for two, b in other.terms:
                monomial, rest = merged(one, two)
                if rest is None:
                    made[monomial] = made.get(monomial, Fraction(0)) + a * b
                else:
                    left.append((Polynomial(((monomial, Fraction(1)),)) * rest, a * b))
        total = Polynomial.of(made)
        for part, value in left:
            total = total + Polynomial(tuple((monomial, x * value) for monomial, x in part.terms))
        return total


def merged(one: Monomial, two: Monomial) -> tuple[Monomial, Polynomial | None]:
    """The product of two monomials: a monomial, and what a relation between letters made of the rest."""
    powers = dict(one)
    for letter, power in two:
        powers[letter] = powers.get(letter, 0) + power
    rest: Polynomial | None = None
    for letter, power in list(powers.items()):
        relation = RELATIONS.get(letter[0])
        if relation is not None and power >= (least := relation[0](letter)):
            times, powers[letter] = divmod(power, least)
            square = relation[1](letter)
            for _ in range(times):
                rest = square if rest is None else rest * square
    return tuple(sorted(((x, n) for x, n in powers.items() if n), key=repr)), rest


def as_polynomial(argument: object) -> Polynomial:
    """The polynomial that stands in a letter."""
    if not isinstance(argument, Polynomial):
        raise TooWide("not a polynomial")
    return argument


def constant(value: Fraction | int) -> Polynomial:
    """A number as a polynomial."""
    return Polynomial.of({(): Fraction(value)})


def single(letter: Letter) -> Polynomial:
    """A letter as a polynomial."""
    return Polynomial(((((letter, 1),), Fraction(1)),))


ONE = constant(1)
RELATIONS: dict[str, tuple[Callable[[Letter], int], Callable[[Letter], Polynomial]]] = {
    "root": (lambda letter: int(str(letter[1][1])), lambda letter: as_polynomial(letter[1][0])),
    "abs": (lambda _: 2, lambda letter: as_polynomial(letter[1][0]) * as_polynomial(letter[1][0])),
    "sin": (lambda _: 2, lambda letter: ONE + -(single(("cos", letter[1])) * single(("cos", letter[1])))),
}


class Quotient:
    """One polynomial over another."""

    __slots__ = ("bottom", "top")

    def __init__(self, top: Polynomial, bottom: Polynomial = ONE) -> None:
        if not bottom.terms:
            raise ZeroDivisionError("a denominator is 0")
        if (value := bottom.number) is not None and value != 1:
            top, bottom = top * constant(1 / value), ONE
        self.top = top
        self.bottom = bottom

    def __add__(self, other: Quotient) -> Quotient:
        if self.bottom == other.bottom:
            return Quotient(self.top + other.top, self.bottom)
        return Quotient(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.bottom)

    def __mul__(self, other: Quotient) -> Quotient:
        return Quotient(self.top * other.top, self.bottom * other.bottom)

    def inverse(self) -> Quotient:
        """1 over it."""
        return Quotient(self.bottom, self.top)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Quotient) and not (self.top * other.bottom + -(other.top * self.bottom)).terms
        )

    __hash__ = None  # type: ignore[assignment]  # equal quotients may have other terms

    def power(self, n: int) -> Quotient:
        """A whole power of it."""
        if abs(n) > HIGHEST and max(len(self.top.terms), len(self.bottom.terms)) > 1:
            raise TooWide("a high power of a sum")
        if abs(n) > HIGHEST * HIGHEST:
            raise TooWide("a high power")
        base, found = self if n >= 0 else self.inverse(), Quotient(ONE)
        n = abs(n)
        while n:
            if n & 1:
                found = found * base
            n >>= 1
            if n:
                base = base * base
        return found

    @property
    def whole(self) -> Polynomial:
        """The polynomial that it is; TooWide where it is none, for it has no unique form."""
        if self.bottom != ONE:
            raise TooWide("a quotient inside a function")
        return self.top


def quotient(graph: Graph, node: int) -> Quotient:
    """A formula as a quotient; TooWide or an ArithmeticError where it is none."""
    made: dict[int, Quotient] = {}
    for i, needed in enumerate(cone(graph, [node])):
        if needed:
            made[i] = of_step(graph, i, [made[arg] for arg in graph.args[i]])
    return made[node]


def of_step(graph: Graph, node: int, args: Sequence[Quotient]) -> Quotient:
    """One operation."""
    op, data = graph.op[node], graph.data[node]
    if op == INPUT:
        return Quotient(single(("input", (str(data),))))
    if op == CONST:
        return named(data) if isinstance(data, str) else Quotient(constant(Fraction(data)))
    if op in OPERATIONS:
        return OPERATIONS[op](*args)
    return Quotient(single((op, tuple(arg.whole for arg in args))))


def named(name: str) -> Quotient:
    """A constant by its name."""
    if name == "tau":
        return Quotient(constant(2) * single(("constant", ("pi",))))
    return exponential(Quotient(ONE)) if name == "e" else Quotient(single(("constant", (name,))))


def exponential(x: Quotient) -> Quotient:
    """E to a sum, as a product: e^(2x+1) = (e^x)^2·e."""
    found = Quotient(ONE)
    for monomial, value in x.whole.terms:
        letter = ("exp", (Polynomial(((monomial, Fraction(1, value.denominator)),)),))
        found = found * Quotient(single(letter)).power(value.numerator)
    return found


def raised(x: Quotient, y: Quotient) -> Quotient:
    """A power: whole parts of the exponent are taken apart, fractions are powers of a root."""
    exponent = y.whole
    whole = dict(exponent.terms).get((), Fraction(0))
    if exponent.number is not None:
        if whole.denominator == 1:
            return x.power(whole.numerator)
        return root(x, whole.denominator).power(whole.numerator)
    steps = math.floor(whole)
    rest = exponent + constant(-steps)
    return x.power(steps) * Quotient(single(("pow", (x.whole, rest))))


def root(x: Quotient, n: int) -> Quotient:
    """The n-th root of a positive number."""
    return Quotient(single(("root", (x.whole, n))))


def signed(op: str, parity: int) -> Callable[[Quotient], Quotient]:
    """A function that is odd (-1) or even (1): its argument begins with a plus."""

    def made(x: Quotient) -> Quotient:
        argument = x.whole
        if not argument.terms:
            raise TooWide("a function of 0")
        turned = argument.terms[0][1] < 0
        letter = Quotient(single((op, (-argument if turned else argument,))))
        return -letter if turned and parity < 0 else letter

    return made


SIN, COS = signed("sin", -1), signed("cos", 1)


def hyperbolic(sign: int) -> Callable[[Quotient], Quotient]:
    """Sinh (-1) or cosh (1) in powers of e."""
    return lambda x: (
        (exponential(x) + Quotient(constant(sign)) * exponential(-x)) * Quotient(constant(Fraction(1, 2)))
    )


SINH, COSH = hyperbolic(-1), hyperbolic(1)
ABS = signed("abs", 1)

OPERATIONS: dict[str, Callable[..., Quotient]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x + -y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x * y.inverse(),
    "neg": lambda x: -x,
    "square": lambda x: x * x,
    "pow": raised,
    "sqrt": lambda x: root(x, 2),
    "exp": exponential,
    "sin": SIN,
    "cos": COS,
    "tan": lambda x: SIN(x) * COS(x).inverse(),
    "cot": lambda x: COS(x) * SIN(x).inverse(),
    "sec": lambda x: COS(x).inverse(),
    "csc": lambda x: SIN(x).inverse(),
    "sinh": SINH,
    "cosh": COSH,
    "tanh": lambda x: SINH(x) * COSH(x).inverse(),
    "coth": lambda x: COSH(x) * SINH(x).inverse(),
    "sech": lambda x: COSH(x).inverse(),
    "csch": lambda x: SINH(x).inverse(),
    "abs": ABS,
    "sign": lambda x: ABS(x) * x.inverse(),
    "asin": signed("asin", -1),
    "atan": signed("atan", -1),
}
