"""Formulas in a canonical form: sums and products know their like terms and like factors.

A term is a number, stored once:

    NUM     an exact number
    ATOM    an input, or one of pi, e, tau
    FUN     a function of terms
    TOWER   base^t, where t is no number: x^y, e^x
    SUM     number + Σ coefficient·term
    PRODUCT coefficient·Π base^exponent, the exponents numbers

Every exponent is a number, because e^(2x + y) is (e^x)^2·(e^y)^1 here; the writer joins them again. What
an operation makes may be defined at more points than its operands were (x·(1/x) is 1), never at fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from adcli.arithmetic.exact import EXACT, LARGEST
from adcli.simplify.roots import rational_power, scaled

NUM, ATOM, FUN, TOWER, SUM, PRODUCT = range(6)
UNKNOWN, NOT_NEGATIVE, POSITIVE = range(3)

Number = int | Fraction
Factors = dict[int, Number]

ODD = frozenset({
    "sin", "tan", "csc", "cot", "asin", "atan", "sinh", "tanh", "csch", "coth", "asinh", "atanh", "erf", "cbrt",
    "sign",
})  # fmt: skip
EVEN = frozenset({"cos", "sec", "cosh", "sech", "abs", "sinc", "normpdf"})
SIGNS = {
    **dict.fromkeys(("cosh", "sech", "sigmoid", "softplus", "normpdf", "erfc", "normcdf"), POSITIVE),
    **dict.fromkeys(("abs", "hypot", "relu", "step", "acosh", "acos"), NOT_NEGATIVE),
}
OPENING = ("abs", "cbrt")  # |u|² is u²
INPUT_MARK = "="
LONGEST = 24  # parts of a shared sum or product that are copied into a larger one


def plain(value: Number) -> Number:
    """A whole fraction as an int."""
    return value if type(value) is int or value.denominator != 1 else value.numerator


def whole(value: Number) -> bool:
    """Whether a number is an integer."""
    return type(value) is int or value.denominator == 1  # isinstance asks Fraction's abstract bases: slow


class Terms:
    """All terms made so far; equal ones have one id. Ids of parts are smaller than that of the whole."""

    def __init__(self) -> None:
        self.kind: list[int] = []
        self.data: list[Any] = []
        self.cost: list[int] = []  # the nodes of the tree as it will be written
        self.sign: list[int] = []
        self.varies: list[bool] = []  # does it hold an input?
        self.calls: list[bool] = []  # does it hold a function?
        self.chooses = False  # is there any choice?
        self.closed: set[int] = set()  # long sums and products that are not copied into others
        self.contents: dict[int, Number] = {}
        self.index: dict[tuple[int, Any], int] = {}
        self.e = self.atom("e")

    def intern(self, kind: int, data: Any) -> int:
        """The id of a term."""
        key = (kind, data)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.kind)
            self.kind.append(kind)
            self.data.append(data)
            inner = self.inner(kind, data)
            varies = kind == ATOM and data[0] == INPUT_MARK
            self.varies.append(varies or any(self.varies[part] for part in inner))
            self.calls.append(kind in (FUN, TOWER) or any(self.calls[part] for part in inner))
            self.chooses |= kind == FUN and data[0] == "select"
            self.sign.append(self.sign_of(kind, data))
            self.cost.append(self.cost_of(kind, data))
        return found

    def inner(self, kind: int, data: Any) -> list[int]:
        """The terms that a term is made of."""
        if kind in (SUM, PRODUCT):
            return [part for part, _ in data[1]]
        return list(data[1] if kind == FUN else data if kind == TOWER else ())

    # Leaves

    def number(self, value: Number) -> int:
        """A number."""
        return self.intern(NUM, plain(value))

    def atom(self, name: str) -> int:
        """A constant by its name."""
        return self.intern(ATOM, name)

    def input(self, name: str) -> int:
        """An input by its name; it is marked, so that one may be called e."""
        return self.intern(ATOM, INPUT_MARK + name)

    # Sums

    def sum(self, parts: Iterable[tuple[int, Number]], constant: Number = 0) -> int:
        """constant + Σ coefficient·term."""
        found: dict[int, Number] = {}
        for term, times in parts:
            kind, data = self.kind[term], self.data[term]
            if kind == NUM:
                constant += times * data
            elif kind == SUM and term not in self.closed:
                constant += times * data[0]
                for inner, count in data[1]:
                    found[inner] = found.get(inner, 0) + times * count
            elif kind == PRODUCT and data[0] != 1 and term not in self.closed:
                inner = self.bare(term)
                found[inner] = found.get(inner, 0) + times * data[0]
            else:
                found[term] = found.get(term, 0) + times
        return self.collected(found, constant)

    def collected(self, found: dict[int, Number], constant: Number) -> int:
        """The sum of like terms; none of them has a coefficient or is a sum."""
        kept = [(term, plain(times)) for term, times in found.items() if times]
        constant = plain(constant)
        if self.chooses and len(kept) > 1 and (merged := self.merged(kept)) is not None:
            return self.sum(merged, constant)
        if not kept:
            return self.number(constant)
        if len(kept) == 1 and not constant:
            return self.times(*kept[0])
        kept.sort()
        return self.intern(SUM, (constant, tuple(kept)))

    def merged(self, parts: list[tuple[int, Number]]) -> list[tuple[int, Number]] | None:
        """The parts with choices of the same condition as one; None where there are no two."""
        groups: dict[int, list[tuple[int, Number]]] = {}
        others: list[tuple[int, Number]] = []
        for term, times in parts:
            if self.is_choice(term):
                groups.setdefault(self.data[term][1][0], []).append((term, times))
            else:
                others.append((term, times))
        if all(len(group) == 1 for group in groups.values()):
            return None
        for condition, group in groups.items():
            one, other = (
                self.sum((self.data[term][1][side], times) for term, times in group) for side in (1, 2)
            )
            others.append((self.function("select", (condition, one, other)), 1))
        return others

    def is_choice(self, term: int) -> bool:
        """Whether a term is a choice between two."""
        return self.kind[term] == FUN and self.data[term][0] == "select"

    def bare(self, term: int) -> int:
        """A product without its coefficient."""
        _, factors = self.data[term]
        return self.from_factors(1, factors)

    def times(self, term: int, coefficient: Number) -> int:
        """A term, which is neither number nor sum, with a coefficient."""
        if coefficient == 1:
            return term
        if self.kind[term] == PRODUCT:
            own, factors = self.data[term]
            return self.from_factors(own * coefficient, factors)
        return self.intern(PRODUCT, (plain(coefficient), ((term, 1),)))

    def some(self, factors: tuple[tuple[int, Number], ...]) -> int:
        """The product of some factors of a product, in their order; of none, the number 1."""
        return self.from_factors(1, factors) if factors else self.number(1)

    def from_factors(self, coefficient: Number, factors: tuple[tuple[int, Number], ...]) -> int:
        """A product whose factors are in order and in canonical form."""
        if coefficient == 1 and len(factors) == 1 and factors[0][1] == 1:
            return factors[0][0]
        return self.intern(PRODUCT, (plain(coefficient), factors))

    def parts(self, term: int) -> tuple[Number, tuple[tuple[int, Number], ...]]:
        """A term as a sum: its number, and its other terms with their coefficients."""
        kind, data = self.kind[term], self.data[term]
        if kind == SUM:
            return data  # type: ignore[no-any-return]  # what a sum stores
        if kind == NUM:
            return data, ()
        if kind == PRODUCT and data[0] != 1:
            return 0, ((self.bare(term), data[0]),)
        return 0, ((term, 1),)

    # Products

    def factors(self, term: int) -> tuple[Number, tuple[tuple[int, Number], ...]]:
        """A term as a product: its coefficient, and bases with exponents."""
        kind, data = self.kind[term], self.data[term]
        if kind == PRODUCT:
            return data  # type: ignore[no-any-return]  # what a product stores
        return (data, ()) if kind == NUM else (1, ((term, 1),))

    def product(self, parts: Iterable[tuple[int, Number]], coefficient: Number = 1) -> int:
        """coefficient·Π term^exponent. ZeroDivisionError for 0^-1."""
        found: Factors = {}
        work = list(parts)
        while work:
            while work:
                coefficient *= self.multiply(found, work, *work.pop())
            # An inner product whose exponent became whole is opened; so is a power of a number.
            for base, exponent in list(found.items()):
                opened = self.kind[base] == PRODUCT and whole(exponent) and base not in self.closed
                if not exponent:
                    del found[base]
                elif opened or (self.kind[base] == NUM and not 0 < exponent < 1):
                    work.append((base, found.pop(base)))
        if coefficient == 0:
            return self.number(0)
        if (
            self.chooses
            and (choice := next((base for base in found if self.is_choice(base)), None)) is not None
        ):
            return self.pushed(choice, plain(coefficient), found)
        return self.made(plain(coefficient), found)

    def pushed(self, choice: int, coefficient: Number, found: Factors) -> int:
        """A product with a choice as the choice between two products: the other side is not looked at."""
        condition, *sides = self.data[choice][1]
        if len(found) == 1 and found[choice] == 1 == coefficient:
            return choice
        exponent = found.pop(choice)
        made = []
        for place, side in enumerate(sides):
            rest = [
                (self.data[base][1][1 + place], power)
                if self.is_choice(base) and self.data[base][1][0] == condition
                else (base, power)
                for base, power in found.items()
            ]
            made.append(self.product([(side, exponent), *rest], coefficient))
        return self.function("select", (condition, *made))

    def made(self, coefficient: Number, found: Factors) -> int:
        """The product of collected factors; a number times a sum is a sum."""
        if not found:
            return self.number(coefficient)
        if len(found) == 1:
            ((base, exponent),) = found.items()
            if exponent == 1 and self.kind[base] == SUM:
                constant, terms = self.data[base]
                return self.intern(
                    SUM, (plain(constant * coefficient), tuple((t, plain(c * coefficient)) for t, c in terms))
                )
        return self.from_factors(
            coefficient, tuple(sorted((base, plain(exponent)) for base, exponent in found.items()))
        )

    def multiply(self, found: Factors, work: list[tuple[int, Number]], term: int, exponent: Number) -> Number:
        """Put term^exponent to the factors found, or back to work in pieces; the number that it leaves."""
        kind, data = self.kind[term], self.data[term]
        if kind == NUM:
            number, roots = rational_power(data, exponent)
            for root, power in roots:
                base = self.number(root)
                found[base] = found.get(base, 0) + power
            return number
        if kind == PRODUCT and term not in self.closed:
            if whole(exponent):
                for base, power in data[1]:
                    # Most bases are what they are in any product; only roots and |u| may open now.
                    if self.kind[base] == FUN and self.data[base][0] in OPENING or not whole(power):
                        work.append((base, power * exponent))
                    else:
                        found[base] = found.get(base, 0) + power * exponent
                return raised(data[0], exponent)
            return self.root(found, work, data, exponent)
        coefficient: Number = 1
        if kind == SUM and term not in self.closed:
            content = self.content(term)
            if content < 0 and not whole(exponent):
                content = -content
            number, roots = (1, []) if content == 1 else rational_power(content, exponent)
            if content != 1 and not roots:
                term = self.divided(term, content)
                coefficient = number
                if self.kind[term] != SUM:
                    work.append((term, exponent))
                    return coefficient
        elif kind == FUN and whole(exponent):
            name, args = data
            power = found.get(term, 0) + exponent
            if name == "abs" and abs(power) > 1 and whole(power):
                even = power - power % 2 if power > 0 else power + (-power) % 2
                found[term] = power - even
                work.append((args[0], even))
                return coefficient
            if name == "cbrt" and abs(power) > 2 and whole(power):
                third = int(power / 3)
                found[term] = power - 3 * third
                work.append((args[0], third))
                return coefficient
        found[term] = found.get(term, 0) + exponent
        return coefficient

    def root(
        self, found: Factors, work: list[tuple[int, Number]], data: tuple[Number, Any], exponent: Number
    ) -> Number:
        """A product to a power that is not whole: what is never negative is taken out of it."""
        coefficient, factors = data
        inside: list[tuple[int, Number]] = []
        for base, power in factors:
            if self.sign[base] >= NOT_NEGATIVE or not whole(power):
                work.append((base, power * exponent))
            else:
                inside.append((base, power))
        number, roots = rational_power(abs(coefficient), exponent)
        if roots and inside:
            number, left = 1, coefficient
        else:
            left = 1 if coefficient > 0 else -1
            for root, power in roots:
                base = self.number(root)
                found[base] = found.get(base, 0) + power
        if left == 1 and len(inside) == 1 and whole(inside[0][1]) and inside[0][1] % 2:
            # x^3 has a root only where x has one.
            ((base, power),) = inside
            found[base] = found.get(base, 0) + power * exponent
        elif inside or left != 1:
            base = self.from_factors(left, tuple(inside)) if inside else self.number(left)
            if self.kind[base] == NUM:
                raise ValueError
            found[base] = found.get(base, 0) + exponent
        return number

    def content(self, term: int) -> Number:
        """What a sum is divided by to make its coefficients whole and without common divisor.

        It has the sign of the coefficient of the last term.
        """
        if term in self.contents:
            return self.contents[term]
        constant, terms = self.data[term]
        numbers = [count for _, count in terms]
        if constant:
            numbers.append(constant)
        top = gcd(*(number.numerator for number in numbers))
        bottom = lcm(*(number.denominator for number in numbers))
        found = plain(Fraction(top, bottom))
        self.contents[term] = found = found if terms[-1][1] > 0 else -found
        return found

    def divided(self, term: int, number: Number) -> int:
        """A sum divided by a number."""
        constant, terms = self.data[term]
        by = Fraction(1) / number
        return self.intern(SUM, (plain(constant * by), tuple((t, plain(count * by)) for t, count in terms)))

    # Powers and functions

    def power(self, base: int, exponent: int) -> int:
        """base^exponent."""
        if self.kind[exponent] == NUM:
            return self.product([(base, self.data[exponent])])
        if self.kind[base] == NUM and self.data[base] == 1:
            return base
        constant, terms = self.parts(exponent)
        found: list[tuple[int, Number]] = [(base, constant)] if constant else []
        for term, count in terms:
            if base == self.e and self.kind[term] == FUN and self.data[term][0] == "ln":
                found.append((self.data[term][1][0], count))
            else:
                found.append((self.intern(TOWER, (base, term)), count))
        return self.product(found)

    def logarithm(self, term: int) -> int | None:
        """ln(term) where that is no logarithm any more: of a power of e."""
        coefficient, factors = self.factors(term)
        if coefficient != 1:
            return None
        found = []
        for base, exponent in factors:
            if base == self.e:
                found.append((self.number(1), exponent))
            elif self.kind[base] == TOWER and self.data[base][0] == self.e:
                found.append((self.data[base][1], exponent))
            else:
                return None
        return self.sum(found)

    def function(self, name: str, args: tuple[int, ...]) -> int:
        """A function of terms, by the name of its primitive."""
        if all(self.kind[arg] == NUM for arg in args):
            try:
                return self.number(EXACT.function(name)(*(self.data[arg] for arg in args)))
            except (ValueError, ZeroDivisionError, OverflowError):
                pass  # not an exact number: it stays a function
        first = args[0]
        if name == "ln" and (found := self.logarithm(first)) is not None:
            return found
        if name in ODD or name in EVEN:
            opposite = self.opposite(first)
            if opposite is not None:
                made = self.function(name, (opposite,))
                return made if name in EVEN else self.product([(made, 1)], -1)
        if name in ("abs", "sign") and self.sign[first] >= POSITIVE - (name == "abs"):
            return first if name == "abs" else self.number(1)
        if name == "select":
            if self.kind[first] == NUM:
                return args[1] if self.data[first] else args[2]
            if args[1] == args[2]:
                return args[1]
        return self.intern(FUN, (name, args))

    def opposite(self, term: int) -> int | None:
        """-term, if term is written with a minus throughout."""
        kind, data = self.kind[term], self.data[term]
        if kind == NUM and data < 0:
            return self.number(-data)
        if kind == PRODUCT and data[0] < 0:
            return self.product([(term, 1)], -1)
        if kind == SUM and data[0] <= 0 and all(count < 0 for _, count in data[1]):
            return self.product([(term, 1)], -1)
        return None

    # What is known of a term

    def sign_of(self, kind: int, data: Any) -> int:
        """Whether a term is known to be positive, or not negative, wherever it is defined."""
        if kind == NUM:
            return POSITIVE if data > 0 else NOT_NEGATIVE if data == 0 else UNKNOWN
        if kind == ATOM:
            return POSITIVE if data in ("e", "pi", "tau") else UNKNOWN
        if kind == FUN:
            return SIGNS.get(data[0], UNKNOWN)
        if kind == TOWER:
            return self.sign[data[0]]
        if kind == SUM:
            constant, terms = data
            if constant < 0 or any(count < 0 or not self.sign[term] for term, count in terms):
                return UNKNOWN
            strict = constant > 0 or any(self.sign[term] == POSITIVE for term, _ in terms)
            return POSITIVE if strict else NOT_NEGATIVE
        coefficient, factors = data
        if coefficient < 0:
            return UNKNOWN
        signs = [self.sign_of_power(base, exponent) for base, exponent in factors]
        return min(signs)

    def sign_of_power(self, base: int, exponent: Number) -> int:
        """The same of a power."""
        sign = self.sign[base]
        if sign == POSITIVE:
            return POSITIVE
        even = whole(exponent) and exponent % 2 == 0
        if sign == NOT_NEGATIVE or even or (not whole(exponent) and exponent.denominator % 2 == 0):
            return POSITIVE if exponent < 0 else NOT_NEGATIVE
        return UNKNOWN

    # How long it will be

    def cost_of(self, kind: int, data: Any) -> int:
        """The number of nodes of a term as a tree."""
        if kind == NUM:
            return 1 if type(data) is int else 3
        if kind == ATOM:
            return 1
        if kind == FUN:
            return 1 + sum(self.cost[arg] for arg in data[1])
        if kind in (TOWER, PRODUCT):
            return (
                self.cost_of_product(1, ((len(self.kind) - 1, 1),))
                if kind == TOWER
                else self.cost_of_product(*data)
            )
        constant, terms = data
        found = sum(self.cost_of_multiple(term, abs(count)) for term, count in terms) + len(terms) - 1
        if constant:
            found += 2 if type(constant) is int else 4
        minus = constant <= 0 and all(count < 0 for _, count in terms)
        return found + minus

    def cost_of_multiple(self, term: int, count: Number) -> int:
        """The nodes of a positive multiple of a term."""
        return self.cost[term] if count == 1 else self.cost_of_product(count, self.factors(term)[1])

    def cost_of_product(self, coefficient: Number, factors: Iterable[tuple[int, Number]]) -> int:
        """The nodes of a product as it is written: as a fraction, with the powers of a base joined."""
        above = below = many_above = many_below = 0
        towers: dict[int, list[int]] = {}
        for base, exponent in factors:
            if self.kind[base] == TOWER:
                bottom, top = self.data[base]
                cost = self.cost_of_multiple(top, abs(exponent))
                towers.setdefault(bottom, []).append(cost if exponent > 0 else cost + 1)
            elif exponent > 0:
                above += self.cost[base] + cost_of_exponent(exponent)
                many_above += 1
            else:
                below += self.cost[base] + cost_of_exponent(-exponent)
                many_below += 1
        for bottom, costs in towers.items():
            above += 1 + sum(costs) + len(costs) - 1 + (0 if bottom == self.e else self.cost[bottom])
            many_above += 1
        top, bottom = abs(coefficient.numerator), coefficient.denominator
        if top != 1 or not many_above:
            above += 1
            many_above += 1
        elif coefficient < 0:
            above += 1
        if bottom != 1:
            below += 1
            many_below += 1
        return above + many_above - 1 + (below + many_below if many_below else 0)


def cost_of_exponent(exponent: Number) -> int:
    """The nodes that a positive exponent adds."""
    if exponent == 1:
        return 0
    if exponent == Fraction(1, 2):
        return 1
    return 2 if type(exponent) is int else 4


def raised(number: Number, exponent: Number) -> Number:
    """A number to a whole power."""
    if exponent == 1 or number == 1:
        return number
    if abs(exponent) * max(number.numerator.bit_length(), number.denominator.bit_length()) > LARGEST:
        raise OverflowError
    return scaled(number, int(exponent))
