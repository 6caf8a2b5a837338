"""A graph as text: one formula per node, or a program of named steps. Loops over ids, no recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from adcli.graph import CONST, INPUT, Graph, cone
from adcli.notation import PICTURE, SOURCE, TABLE, Notation, Piece, constant, named, write
from adcli.notation.latex_notation import LATEX

# A shared graph printed as a tree can grow without bound; above this many steps it is named steps.
TREE_STEPS = 12

ENTRYWISE = {
    each.name: replace(each, signs={**each.signs, "mul": sign})
    for each, sign in ((TABLE, " ⊙ "), (PICTURE, " ⊙ "), (LATEX, r" \odot "))
}
"""Notations in which a product of arrays entry by entry has a sign of its own."""

Names = Callable[[int], str]
Leaves = Callable[[int], str | Piece]  # a leaf may stand for an operation, which knows when it needs brackets


def piece(graph: Graph, node: int, names: Leaves, notation: Notation = SOURCE) -> Piece:
    """The whole expression of a node in the inputs."""
    return pieces(graph, [node], names, notation)[0]


def pieces(graph: Graph, nodes: Sequence[int], names: Leaves, notation: Notation = SOURCE) -> list[Piece]:
    """The whole expressions of several nodes; meant for graphs of few steps."""
    written: dict[int, Piece] = {}
    for i, needed in enumerate(cone(graph, nodes)):
        if needed:
            args = graph.args[i]
            written[i] = (
                write(graph.op[i], [written[arg] for arg in args], notation, graph.data[i])
                if args
                else leaf(graph, i, names, notation)
            )
    return [written[node] for node in nodes]


def formulas(graph: Graph, nodes: Sequence[int], names: Names, notation: Notation = SOURCE) -> list[str]:
    """The texts of several expressions."""
    return [written.text for written in pieces(graph, nodes, names, notation)]


def step(graph: Graph, node: int, names: Leaves, notation: Notation = SOURCE) -> str:
    """One operation, its operands called by their names: v₄ = v₁ - v₃ gives "v₁ - v₃"."""
    operands = [leaf(graph, arg, names, notation) for arg in graph.args[node]]
    if not operands:
        return leaf(graph, node, names, notation).text
    return operation(graph, node, operands, notation).text


def operation(graph: Graph, node: int, operands: Sequence[Piece], notation: Notation) -> Piece:
    """A node's operation on operands as they are written.

    A product of arrays entry by entry is told from a matrix product.
    """
    op = graph.op[node]
    if op == "mul" and all(graph.shape[arg] for arg in graph.args[node]):
        notation = ENTRYWISE.get(notation.name, notation)
    return write(op, operands, notation, graph.data[node])


def leaf(graph: Graph, node: int, names: Leaves, notation: Notation) -> Piece:
    """A constant as it is, any other node by its name."""
    if graph.op[node] == CONST:
        return constant(graph.data[node], notation)
    name = names(node)
    return named(name) if isinstance(name, str) else name


def steps(graph: Graph) -> list[int]:
    """The ids of the steps: all nodes but inputs and constants."""
    return [i for i, op in enumerate(graph.op) if op not in (INPUT, CONST)]


def lines(graph: Graph, nodes: Iterable[int], names: Names, notation: Notation = SOURCE) -> list[str]:
    """A line `name = operation` for each of `nodes`."""
    return [f"{names(node)} = {step(graph, node, names, notation)}" for node in nodes]
