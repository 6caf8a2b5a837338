"""Terms as a graph in the order of a textbook: falling powers, a minus as a minus, quotients as fractions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from adcli.graph import CONST, INPUT, Graph
from adcli.numerals import literal
from adcli.simplify.kinds import ATOM, FUN, INPUT_MARK, NUM, PRODUCT, SUM, TOWER, Number, size, whole
from adcli.simplify.terms import Terms

RANKS = {
    name: rank
    for rank, name in enumerate((
        "ln", "log", "log10", "log2", "sin", "cos", "sec", "csc", "tan", "cot", "asin", "acos", "atan",
        "acot", "sinh", "cosh", "sech", "csch", "tanh", "coth", "asinh", "acosh", "atanh",
    ))
}  # fmt: skip
HALF = Fraction(1, 2)
Pairs = Sequence[tuple[int, Number]]


class Writer:
    """The graph so far, and the node of every term that is written.

    It has all `inputs`, in this order. Fractions are quotients of whole numbers, unless with `decimals`.
    """

    def __init__(self, terms: Terms, inputs: Sequence[str], *, decimals: bool = False) -> None:
        self.terms = terms
        self.decimals = decimals
        self.graph = Graph()
        self.place = {INPUT_MARK + name: place for place, name in enumerate(sorted(inputs, key=str.lower))}
        self.nodes = {terms.input(name): self.graph.add(INPUT, (), name) for name in inputs}
        self.orders: dict[int, tuple[Any, ...]] = {}

    def node(self, root: int) -> int:
        """The node of a term; what it is made of comes first."""
        work = [(root, False)]
        while work:
            term, ready = work.pop()
            if term in self.nodes:
                continue
            if ready:
                self.nodes[term] = self.made(term)
            else:
                work.append((term, True))
                work.extend((part, False) for part in reversed(self.needs(term)) if part not in self.nodes)
        return self.nodes[root]

    def needs(self, term: int) -> list[int]:
        """The terms whose nodes the node of a term is made of."""
        terms = self.terms
        kind, data = terms.kind[term], terms.data[term]
        if kind == FUN:
            return list(data[1])
        if kind == TOWER:
            return list(data[1:] if data[0] == terms.e else data)
        if kind == PRODUCT:
            return self.pieces(*self.upright(*data))
        if kind == SUM:
            return [
                piece
                for part, times in self.ordered(data[1])
                for piece in self.pieces(*self.oriented(size(times), terms.factors(part)[1]))
            ]
        return []

    def pieces(self, _: Number, factors: Pairs) -> list[int]:
        """The bases and exponents of a product's factors."""
        found = []
        for base, exponent in self.joined(factors):
            if base != self.terms.e or not isinstance(exponent, Top):
                found.append(base)
            if isinstance(exponent, Top):
                found.append(exponent.term)
        return found

    def made(self, term: int) -> int:
        """The node of a term whose parts have nodes."""
        terms, add = self.terms, self.graph.add
        kind, data = terms.kind[term], terms.data[term]
        if kind == NUM:
            return self.number(data)
        if kind == ATOM:
            return add(CONST, (), data)
        if kind == FUN:
            return add(data[0], tuple(self.nodes[arg] for arg in data[1]))
        if kind == TOWER:
            return self.tower(*data)
        if kind == PRODUCT:
            return self.product(*self.upright(*data))
        return self.sum(*data)

    def number(self, value: Number) -> int:
        """The node of a number."""
        if isinstance(value, int) or (self.decimals and "/" not in literal(value)):
            return self.graph.add(CONST, (), value)
        top, bottom = (self.graph.add(CONST, (), part) for part in (value.numerator, value.denominator))
        return self.graph.add("div", (top, bottom))

    def tower(self, base: int, top: int) -> int:
        """The node of base^top."""
        if base == self.terms.e:
            return self.graph.add("exp", (self.nodes[top],))
        return self.graph.add("pow", (self.nodes[base], self.nodes[top]))

    # Sums

    def sum(self, constant: Number, parts: Pairs) -> int:
        """The node of a sum: falling degree, and no minus in front where another term can begin."""
        terms, add = self.terms, self.graph.add
        signed: list[tuple[bool, int]] = []
        placed = not constant
        for part, times in self.ordered(parts):
            if not placed and self.order(part)[0] > 0:
                signed.append((constant < 0, self.number(size(constant))))
                placed = True
            coefficient, factors = self.oriented(times, terms.factors(part)[1])
            signed.append((coefficient < 0, self.product(size(coefficient), factors)))
        if not placed:
            signed.append((constant < 0, self.number(size(constant))))
        first = next((place for place, (minus, _) in enumerate(signed) if not minus), 0)
        signed.insert(0, signed.pop(first))
        minus, made = signed[0]
        if minus:
            made = self.negative(made)
        for minus, node in signed[1:]:
            made = add("sub" if minus else "add", (made, node))
        return made

    def negative(self, node: int) -> int:
        """The node of the negative: the minus stands before the first factor."""
        graph = self.graph
        op, args = graph.op[node], graph.args[node]
        path = []
        while op in ("mul", "div"):
            path.append((op, args[1]))
            node = args[0]
            op, args = graph.op[node], graph.args[node]
        if op == CONST and not isinstance(graph.data[node], str):
            made = self.number(-graph.data[node])
        else:
            made = graph.add("neg", (node,))
        for op, right in reversed(path):
            made = graph.add(op, (made, right))
        return made

    def ordered(self, parts: Pairs) -> list[tuple[int, Number]]:
        """The terms of a sum in the order of a textbook."""
        return sorted(parts, key=lambda pair: self.order(pair[0]))

    def order(self, term: int) -> tuple[Any, ...]:
        """A key: falling degree, then x before y, then functions by name."""
        if term not in self.orders:
            terms = self.terms
            degree: Number = 0
            powers: list[Number] = [0] * len(self.place)
            names = []
            for base, exponent in terms.factors(term)[1]:
                kind, data = terms.kind[base], terms.data[base]
                if kind == ATOM and data in self.place:
                    degree += exponent
                    powers[self.place[data]] -= exponent
                elif kind == FUN:
                    names.append(RANKS.get(data[0], len(RANKS)))
                elif kind == TOWER:
                    names.append(-1)
            functions = tuple(sorted(names)) or (len(RANKS) + 1,)  # x·ln(x) + x
            self.orders[term] = (-degree, tuple(powers), functions, term)
        return self.orders[term]

    # Products

    def upright(self, coefficient: Number, factors: Pairs) -> tuple[Number, Pairs]:
        """The same product, without a minus in front where a difference can be turned instead."""
        coefficient, factors = self.oriented(coefficient, factors)
        if coefficient > 0:
            return coefficient, factors
        for place, (base, exponent) in enumerate(factors):
            if self.terms.kind[base] == SUM and whole(exponent) and exponent % 2 and self.mixed(base):
                turned = [*factors]
                turned[place] = (self.turned(base), exponent)
                return -coefficient, turned
        return coefficient, factors

    def oriented(self, coefficient: Number, factors: Pairs) -> tuple[Number, Pairs]:
        """The same product, every sum in it with a positive first term."""
        found = []
        coefficient, factors = self.rooted(coefficient, factors)
        for base, exponent in factors:
            kept = base
            if self.terms.kind[base] == SUM and whole(exponent) and self.leading(base) < 0:
                kept = self.turned(base)
                coefficient = -coefficient if exponent % 2 else coefficient
            found.append((kept, exponent))
        for place, (base, exponent) in enumerate(found):
            if exponent == 1 and size(coefficient) != 1 and self.takes(base, coefficient):
                found[place] = self.terms.scaled(base, size(coefficient)), 1
                return 1 if coefficient > 0 else -1, found
        return coefficient, found

    def rooted(self, coefficient: Number, factors: Pairs) -> tuple[Number, Pairs]:
        """The same product with √2/(2·√π) as 1/√(2·π)."""
        terms = self.terms
        below = {
            base
            for base, exponent in factors
            if exponent == -HALF and terms.kind[base] == ATOM and not terms.varies[base]
        }
        for base, exponent in factors:
            number = terms.data[base] if terms.kind[base] == NUM and exponent == HALF else 0
            if below and number and coefficient.denominator % number == 0:
                kept = [pair for pair in factors if pair[0] != base and pair[0] not in below]
                inside = terms.product([(base, 1), *((constant, 1) for constant in below)])
                return coefficient * number, [*kept, (inside, -HALF)]
        return coefficient, factors

    def takes(self, term: int, coefficient: Number) -> bool:
        """Whether a sum hides a whole factor in its coefficients: 2·(3x² + 4x + 5) is 6x² + 8x + 10."""
        if self.terms.kind[term] != SUM or not isinstance(coefficient, int):
            return False
        parts = self.terms.data[term][1]
        return len(parts) > 2 and all(whole(times) and size(times) != 1 for _, times in parts)

    def turned(self, term: int) -> int:
        """A sum with all signs changed."""
        constant, parts = self.terms.data[term]
        return self.terms.intern(SUM, (-constant, tuple((part, -times) for part, times in parts)))

    def leading(self, term: int) -> Number:
        """The coefficient of a sum's first term."""
        parts = self.terms.data[term][1]
        return min(parts, key=lambda pair: self.order(pair[0]))[1]  # type: ignore[no-any-return]  # a number

    def mixed(self, term: int) -> bool:
        """Whether a sum has terms of both signs."""
        constant, parts = self.terms.data[term]
        signs = {times > 0 for _, times in parts} | ({constant > 0} if constant else set())
        return len(signs) == 2

    def joined(self, factors: Pairs) -> list[tuple[int, Any]]:
        """The factors with the powers e^x·e^y of one base as one, in the order of a textbook."""
        terms = self.terms
        towers: dict[int, list[tuple[int, Number]]] = {}
        others: dict[int, Number] = {}
        for base, exponent in factors:
            if terms.kind[base] == TOWER:
                bottom, top = terms.data[base]
                towers.setdefault(bottom, []).append((top, exponent))
            else:
                others[base] = others.get(base, 0) + exponent
        found: list[tuple[int, Any]] = []
        for bottom, tops in towers.items():
            own = others.get(bottom, 0)
            if own:  # x^(y - 1), not x^y/x, which has no value at x = 0
                del others[bottom]
            found.append((bottom, Top(terms.sum(tops, own))))
        roots: dict[Number, int] = {}
        for base, exponent in others.items():
            if terms.kind[base] == NUM:
                roots[exponent] = roots.get(exponent, 1) * terms.data[base]
            elif exponent:
                found.append((base, exponent))
        found += [(terms.number(value), exponent) for exponent, value in roots.items()]
        return sorted(found, key=self.rank)

    def rank(self, factor: tuple[int, Any]) -> tuple[Any, ...]:
        """A key for factors: numbers, constants, inputs, polynomials, exponentials, functions, other sums."""
        base, exponent = factor
        terms = self.terms
        kind, data = terms.kind[base], terms.data[base]
        if isinstance(exponent, Top):
            return (5, base, exponent.term)
        if kind == NUM:
            return (0, base)
        if not terms.varies[base] and kind != FUN:
            return (1 if kind == ATOM else 2, base)
        if kind == ATOM:
            return (3, self.place[data])
        if kind == FUN:
            args = tuple(map(self.order, data[1]))
            return (6, terms.varies[base], RANKS.get(data[0], len(RANKS)), args, base)
        return (7 if terms.calls[base] else 4, base)

    def product(self, coefficient: Number, factors: Pairs) -> int:
        """The node of a product, as a fraction where it has a denominator."""
        add = self.graph.add
        above: list[int] = []
        below: list[int] = []
        for base, exponent in self.joined(factors):
            if isinstance(exponent, Top):
                above.append(self.tower(base, exponent.term))
            else:
                (above if exponent > 0 else below).append(self.raised(self.nodes[base], size(exponent)))
        if self.decimals and not isinstance(coefficient, int) and "/" not in literal(coefficient):
            return self.decimal(coefficient, above, below)
        top, bottom = coefficient.numerator, coefficient.denominator
        if not above or size(top) != 1:
            if not above and not below:
                return self.number(coefficient)
            above.insert(0, self.number(top))
        if bottom != 1:
            below.insert(0, self.number(bottom))
        made = above[0]
        if top == -1 and self.graph.op[made] != CONST:
            made = add("neg", (made,))
        elif top == -1 and self.graph.data[made] != -1:
            made = self.negative(made)
        for node in above[1:]:
            made = add("mul", (made, node))
        return self.over(made, below)

    def decimal(self, coefficient: Number, above: list[int], below: list[int]) -> int:
        """The node of a product with a decimal in front."""
        made = self.number(coefficient)
        for node in above:
            made = self.graph.add("mul", (made, node))
        return self.over(made, below)

    def over(self, made: int, below: list[int]) -> int:
        """The node of a quotient with the product of some nodes; of none, the numerator."""
        if not below:
            return made
        divisor = below[0]
        for node in below[1:]:
            divisor = self.graph.add("mul", (divisor, node))
        return self.graph.add("div", (made, divisor))

    def raised(self, node: int, exponent: Number) -> int:
        """The node of a power with a positive exponent."""
        if exponent == 1:
            return node
        if exponent == HALF:
            return self.graph.add("sqrt", (node,))
        if self.graph.op[node] == CONST and self.graph.data[node] == "e":
            return self.graph.add("exp", (self.number(exponent),))
        return self.graph.add("pow", (node, self.number(exponent)))


class Top:
    """An exponent that is a term."""

    __slots__ = ("term",)

    def __init__(self, term: int) -> None:
        self.term = term
