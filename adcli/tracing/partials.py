"""The rules of primitives on numbers as formulas, in the names of a graph's nodes."""

from __future__ import annotations

from functools import cache
from typing import Any

from adcli.arithmetic.symbolic import Symbolic
from adcli.graph import CONST, Graph
from adcli.notation import Piece, show
from adcli.primitives import TABLE
from adcli.tracing.labels import Style


@cache
def partial_formula(op: str, slot: int, constants: tuple[Any, ...]) -> tuple[Graph, int]:
    """The rule of a primitive as a formula in z, its own value, and operands 0, 1, …, constants put in."""
    m = Symbolic()
    operands = [m.symbol(str(i)) if value is None else m.lift(value) for i, value in enumerate(constants)]
    z = m.symbol("z")
    m.known[op, tuple(operand.node for operand in operands)] = z.node
    row = TABLE[op]
    partial = row.partial(slot)
    made = partial(m, z, *((slot,) if row.variadic else ()), *operands) if callable(partial) else partial or 0
    return m.graph, m.as_formula(made).node


def partial_piece(graph: Graph, user: int, slot: int, name: show.Leaves, style: Style) -> Piece:
    """The formula of ∂user/∂arg in the names of the graph's nodes."""
    args = graph.args[user]
    constants = tuple(graph.data[arg] if graph.op[arg] == CONST else None for arg in args)
    rule, node = partial_formula(graph.op[user], slot, constants)

    def meant(leaf: int) -> str | Piece:
        symbol = rule.data[leaf]
        return name(user if symbol == "z" else args[int(symbol)])

    return show.piece(rule, node, meant, style.notation)
