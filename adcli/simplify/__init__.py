"""The simplifier: a graph of formulas as a shorter one with the same values.

Terms are canonical (`terms`), a graph is read into them (`read`), sums and products are tried in other
forms and the shortest stays (`shorten`, `sums`, `identities`), and what is found is written as a
textbook orders it (`write`). `conditions` says where a formula is defined.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from adcli.graph import CONST, Graph, cone
from adcli.notation import show
from adcli.simplify.branches import Branches
from adcli.simplify.conditions import BREAKING, BROKEN, JUMPS, LEAST, UNEVEN, Domain, assumed, rooted, sides
from adcli.simplify.kinds import SUM, size
from adcli.simplify.read import read
from adcli.simplify.shorten import Shorten
from adcli.simplify.terms import Terms
from adcli.simplify.write import Writer

__all__ = ["Domain", "Simplifier"]

LARGE = 2000  # nodes; the formulas of a larger graph are only collected, not tried in other forms
UNBROKEN = "is no whole number"
RECIPROCALS = frozenset({"tan", "cot", "sec", "csc", "tanh", "coth", "sech", "csch"})


class Simplifier:
    """Makes short formulas of those that are derived from one graph, and knows what they assume."""

    def __init__(self, graph: Graph, output: int) -> None:
        self.terms = Terms()
        self.inputs = [graph.data[node] for node in graph.inputs]
        ops = set(graph.op)
        self.shorten = Shorten(
            self.terms, reciprocals=not ops.isdisjoint(RECIPROCALS), looks=len(graph) <= LARGE
        )
        decimals = any(
            op == CONST and isinstance(data, Fraction) for op, data in zip(graph.op, graph.data, strict=True)
        )
        self.writer = Writer(self.terms, self.inputs, decimals=decimals)
        self.given = Domain(self.terms, smooth=False)
        self.own = read(graph, [output], self.shorten, self.given)[0]
        self.writer.typed = differences(graph, output, self.terms) if len(graph) <= LARGE else set()
        self.branches = Branches(graph, output, self.shorten, self.given) if "select" in ops else None

    def written(self, term: int) -> tuple[Graph, int]:
        """A term as a graph, and its node in it."""
        return self.writer.graph, self.writer.node(term)

    def simplified(self, graph: Graph, nodes: Sequence[int], domain: Domain) -> list[int]:
        """The terms of some nodes of another graph with the same inputs."""
        return read(graph, nodes, self.shorten, domain)

    def domain(self) -> Domain:
        """No conditions yet."""
        return Domain(self.terms, smooth=True)

    def without_kinks(self, met: Domain, function: Graph, graph: Graph, node: int) -> Domain:
        """The conditions of a slope without those of kinks that its formula is free of: 2·|x| holds at 0.

        There the function and the formula are continuous, and a slope that has a limit has it for its value.
        """
        loose = met.found.keys() - met.firm
        if not loose or not BREAKING.isdisjoint(function.op) or not UNEVEN.isdisjoint(graph.op):
            return met
        left = self.domain()
        self.simplified(graph, [node], left)
        for term in loose - left.found.keys():
            del met.found[term]
        return met

    def assumptions(self, domain: Domain) -> tuple[str, ...]:
        """The conditions that the graph itself does not ask for, as in "x > 0"."""
        found: list[str] = []
        given = self.given
        if self.branches is not None:
            given, domain = self.branches.given(given), self.branches.weaker(domain)
        for term, flags in assumed(given, domain):
            if flags & BROKEN:
                found.append(f"{self.text(term)} {UNBROKEN}")
            else:
                found.append(self.condition(*sides(self.terms, term, flags)))
        return tuple(found)

    def jumps(self, graph: Graph, output: int, by: int, domain: Domain) -> None:
        """Take down where a node of a graph may jump as an input moves."""
        if JUMPS.keys().isdisjoint(graph.op):
            return
        moves, flows = bytearray(len(graph)), bytearray(len(graph))
        moves[by] = flows[output] = 1
        for node, args in enumerate(graph.args):
            moves[node] |= any(moves[arg] for arg in args)
        for node in range(output, -1, -1):
            if flows[node] and graph.op[node] != "stop":
                for arg in graph.args[node]:
                    flows[arg] = 1
        found = [node for node, op in enumerate(graph.op) if op in JUMPS and moves[node] and flows[node]]
        operands = list(dict.fromkeys(arg for node in found for arg in graph.args[node]))
        terms = dict(zip(operands, read(graph, operands, self.shorten), strict=True))
        for node in found:
            domain.jump(graph.op[node], tuple(terms[arg] for arg in graph.args[node]))

    def condition(self, left: int, sign: str, right: int) -> str:
        """A condition as text; x² < 4 is -2 < x < 2, and x² > 1 where x ≥ 1 is x > 1."""
        terms = self.terms
        roots = rooted(terms, left, right)
        if roots is not None:
            base, number = roots
            inside = terms.sum([(base, 1), (number, -1)])
            if sign in "<≤":
                low = terms.product([(number, 1)], -1)
                return " ".join((self.text(low), sign, self.text(base), sign, self.text(number)))
            if sign == ">" and self.given.found.get(inside, 0) & LEAST:
                left, right = base, number
        if sign == "≠" and terms.varies[right] and self.writer.order(right) < self.writer.order(left):
            left, right = right, left
        return f"{self.text(left)} {sign} {self.text(right)}"

    def text(self, term: int) -> str:
        """A term in the language."""
        graph, node = self.written(term)
        return show.formulas(graph, [node], graph.data.__getitem__)[0]


def differences(graph: Graph, output: int, terms: Terms) -> set[int]:
    """The differences of a graph as terms that are as short as they are in products."""
    needed = cone(graph, [output])
    nodes = [node for node, op in enumerate(graph.op) if op == "sub" and needed[node]]
    found = read(graph, nodes, Shorten(terms, looks=False)) if nodes else []
    return {terms.divided(term, size(terms.content(term))) for term in found if terms.kind[term] == SUM}
