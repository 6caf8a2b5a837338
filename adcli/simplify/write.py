"""Terms as a graph in the order of a textbook: falling powers, a minus as a minus, quotients as fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adcli.graph import CONST, INPUT, Graph
from adcli.notation.numerals import literal
from adcli.simplify.kinds import ATOM, FUN, NUM, PRODUCT, SUM, TOWER, Number, size
from adcli.simplify.order import HALF, Order, Pairs, Top
from adcli.simplify.terms import Terms


class Writer(Order):
    """The graph so far, and the node of every term that is written.

    It has all `inputs`, in this order. Fractions are quotients of whole numbers, unless with `decimals`.
    """

    def __init__(self, terms: Terms, inputs: Sequence[str], *, decimals: bool = False) -> None:
        super().__init__(terms, inputs)
        self.decimals = decimals
        self.graph = Graph()
        self.nodes = {terms.input(name): self.graph.add(INPUT, (), name) for name in inputs}

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

    # Products

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
        for base in [base for base in others if self.is_beside_ramp(base, others)]:
            del others[base]
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

    def is_beside_ramp(self, base: int, factors: Mapping[int, Number]) -> bool:
        """Whether a factor is step(u) beside relu(u). Only text leaves it out: relu(u)/relu(u) is 1 then."""
        terms = self.terms
        if terms.kind[base] != FUN or terms.data[base][0] != "step" or factors[base] < 0:
            return False
        return factors.get(terms.index.get((FUN, ("relu", terms.data[base][1])), -1), 0) > 0

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
