"""The symbolic derivative: the derivative of a graph is a graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adcli.arithmetic.symbolic import Symbolic
from adcli.engine import sweep
from adcli.graph import Graph

if TYPE_CHECKING:
    from adcli.language.program import Program


def derivatives(program: Program, output: int, columns: Sequence[int]) -> tuple[Graph, list[int]]:
    """A graph that holds the derivatives of a node by inputs, and their nodes in it."""
    m = Symbolic(Graph())
    point = {name: m.symbol(name) for name in program.inputs}
    lin = sweep.linearize(program.graph, m, point, columns, [output])
    adjoints = sweep.reverse(lin, {output: m.lift(1)})
    return m.graph, [adjoints[column].node if lin.live[column] else m.lift(0).node for column in columns]
