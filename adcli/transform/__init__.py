"""The derivative of a graph is a graph: the same sweeps, with formulas in the place of numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any

from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.engine import sweep
from adcli.graph import CONST, INPUT, Graph, cone
from adcli.primitives import TABLE

BASIC = frozenset(
    {"add", "sub", "mul", "div", "neg", "pow", "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"}
)


class Slopes(Symbolic):
    """Symbolic arithmetic whose slopes can all be written in the language."""

    def function(self, op: str) -> Callable[..., Formula]:
        """The primitive `op` on formulas; who shares a tie of max or min is a choice between 1 and 0."""
        return self.tie if op == "tie_share" else super().function(op)

    def tie(self, x: Any, z: Any, *args: Any) -> Formula:
        """The slope of z, the max or min of args, by x: 1 where it is x, else 0.

        A tie goes to the first of them: two arguments that are equal everywhere have the slope 1 together.
        One that stands there k times takes 1/k each time.
        """
        x, z = self.as_formula(x), self.as_formula(z)
        operands = list(map(self.as_formula, args))
        own = self.lift(Fraction(1, sum(1 for arg in operands if arg.node == x.node)))
        place = next(place for place, arg in enumerate(operands) if arg.node == x.node)
        wins, ties = ("gt", "ge") if self.parts(z)[0] == "max" else ("lt", "le")
        tests: dict[int, Formula] = {}
        for other, arg in enumerate(operands):
            if arg.node != x.node and arg.node not in tests:
                tests[arg.node] = self.make(wins if other < place else ties, x, arg)
        if not tests:
            return own
        test = reduce(lambda one, two: self.make("and", one, two), tests.values())
        return self.make("select", test, own, 0)


def partials(graph: Graph, output: int, wrt: Sequence[int]) -> tuple[Graph, list[int]]:
    """A graph with the same inputs, and in it the derivatives of one node by inputs.

    They are as the sweep makes them: units vanish and constants are exact, nothing else is simplified.
    """
    m = Slopes(Graph())
    point = {graph.data[node]: m.symbol(graph.data[node]) for node in graph.inputs}
    lin = sweep.linearize(graph, m, point, wrt, [output])
    adjoints = sweep.reverse(lin, {output: m.lift(1)})
    return m.graph, [adjoints[node].node for node in wrt]


def adjoint(graph: Graph, output: int, target: int) -> int:
    """The node of ∂output/∂target: a reverse sweep that makes nodes of the same graph.

    Only nodes between the two are looked at.
    """
    m = Slopes(graph)
    moves = {target}
    for node in range(target + 1, output + 1):
        if not moves.isdisjoint(graph.args[node]):
            moves.add(node)
    if output not in moves:
        return m.lift(0).node
    adjoints = {output: m.lift(1)}
    for node in range(output, target, -1):
        carried = adjoints.pop(node, None)
        if carried is None or node not in moves:
            continue
        row, args = TABLE[graph.op[node]], graph.args[node]
        values = [Formula(m, arg) for arg in args]
        for slot, arg in enumerate(args):
            partial = row.partial(slot)
            if arg not in moves or partial is None:
                continue
            if callable(partial):
                weight = partial(m, Formula(m, node), *((slot,) if row.variadic else ()), *values)
            else:
                weight = m.lift(partial)
            share = weight * carried
            adjoints[arg] = adjoints[arg] + share if arg in adjoints else m.as_formula(share)
    return adjoints.get(target, m.lift(0)).node


def replaced(graph: Graph, root: int, old: int, new: int) -> int:
    """A node of the same graph with one node in the place of another."""
    made = {old: new}
    for node in range(old + 1, root + 1):
        args = graph.args[node]
        if any(arg in made for arg in args):
            changed = tuple(made.get(arg, arg) for arg in args)
            made[node] = graph.add(graph.op[node], changed, graph.data[node], graph.shape[node])
    return made.get(root, root)


def in_words_of(graph: Graph, node: int, known: Collection[str]) -> tuple[Graph, int, str]:
    """The same with functions other than those `known` written out, and the first one that cannot be."""
    m = Symbolic(Graph(share=graph.share))
    found: dict[int, Formula] = {}
    for i, needed in enumerate(cone(graph, [node])):
        op, args, data, _ = graph[i]
        if op == INPUT:
            found[i] = m.symbol(data)
        elif not needed:
            continue
        elif op == CONST:
            found[i] = m.lift(data)
        elif op in known or op in BASIC:
            found[i] = Formula(m, m.graph.add(op, tuple(found[arg].node for arg in args)))
        else:
            expand = TABLE[op].expand
            if expand is None:
                return graph, node, op
            # What the expansion is made of may want an expansion itself.
            inner = Symbolic(Graph())
            symbols = [inner.symbol(str(place)) for place in range(len(args))]
            made = expand(inner, *symbols)
            plain, root, missing = in_words_of(inner.graph, made.node, known)
            if missing:
                return graph, node, missing
            found[i] = grafted(m, plain, root, [found[arg] for arg in args])
    return m.graph, found[node].node, ""


def grafted(m: Symbolic, graph: Graph, node: int, operands: Sequence[Formula]) -> Formula:
    """A node of a graph whose inputs are called 0, 1, … with operands in their places."""
    made: dict[int, int] = {}
    for i, (op, args, data, _) in enumerate(graph):
        if op == INPUT:
            made[i] = operands[int(data)].node
        else:
            made[i] = (
                m.lift(data).node
                if op == CONST
                else m.make(op, *(Formula(m, made[arg]) for arg in args)).node
            )
    return Formula(m, made[node])


def part(graph: Graph, node: int) -> tuple[Graph, int]:
    """A graph with the same inputs and nothing else but what a node needs, and the node in it."""
    made = Graph()
    places: dict[int, int] = {}
    for i, needed in enumerate(cone(graph, [node])):
        if needed or graph.op[i] == INPUT:
            op, args, data, shape = graph[i]
            places[i] = made.add(op, tuple(places[arg] for arg in args), data, shape)
    return made, places[node]
