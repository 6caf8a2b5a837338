"""The derivative of a graph is a graph: the same sweeps, with formulas in the place of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from adcli import sweep
from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.graph import Graph


class Slopes(Symbolic):
    """Symbolic arithmetic whose slopes can all be written in the language."""

    def function(self, op: str) -> Callable[..., Formula]:
        """The primitive `op` on formulas; who shares a tie of max or min is a choice between 1 and 0."""
        return self.share if op == "tie_share" else super().function(op)

    def share(self, x: Any, z: Any, *args: Any) -> Formula:
        """The slope of z, the max or min of args, by x: 1 where it is x, else 0. At ties it has no slope."""
        x, z = self.as_formula(x), self.as_formula(z)
        others = [arg for arg in dict.fromkeys(map(self.as_formula, args)) if arg.node != x.node]
        if not others:
            return self.lift(1)
        wins = "gt" if self.parts(z)[0] == "max" else "lt"
        if all(isinstance(part.constant, (int,)) for part in (x, *others)):
            return self.lift(int(z.node == x.node))
        tests = [self.make(wins, x, other) for other in others]
        return self.make("select", reduce(lambda one, two: self.make("and", one, two), tests), 1, 0)


def partials(graph: Graph, output: int, wrt: Sequence[int]) -> tuple[Graph, list[int]]:
    """A graph with the same inputs, and in it the derivatives of one node by inputs.

    They are as the sweep makes them: units vanish and constants are exact, nothing else is simplified.
    """
    m = Slopes(Graph())
    point = {graph.data[node]: m.symbol(graph.data[node]) for node in graph.inputs}
    lin = sweep.linearize(graph, m, point, wrt, [output])
    adjoints = sweep.reverse(lin, {output: m.lift(1)})
    return m.graph, [adjoints[node].node for node in wrt]
