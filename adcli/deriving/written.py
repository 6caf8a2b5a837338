"""Formulas as text in every notation: in one piece, or with names for the parts that come again."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from adcli.graph import CONST, Graph, always, cone
from adcli.language.names import CONSTANTS, twin
from adcli.language.naming import free_prefix
from adcli.language.program import Program
from adcli.notation import SOURCE, Notation, Piece, show, write
from adcli.notation.show import TREE_STEPS

LEAST = 5  # nodes of a part that comes again
WORTH_A_NAME = 8  # nodes that a name saves, in a formula of less than MANY steps
MANY = 60
PLAIN = frozenset({"mul", "div", "pow", "neg"})
LONGEST = 120  # nodes of a part that gets a name in any case


class Formula(NamedTuple):
    """A derivative: a graph with the program's inputs, and the node that is its value."""

    graph: Graph
    node: int


class Named(NamedTuple):
    """A formula with names: the parts in the order of their use, and the formula itself."""

    parts: tuple[tuple[str, str], ...]
    text: str


def named_parts(graph: Graph, node: int) -> list[int]:
    """The nodes that get a name in a long formula: those that come again, but 4·x^7, and long ones."""
    needed = cone(graph, [node])
    steps = sum(1 for i, on in enumerate(needed) if on and graph.args[i])
    if steps <= TREE_STEPS:
        return []
    worth = WORTH_A_NAME if steps < MANY else 1
    sure = always(graph, node)  # only such a part may be computed before
    uses = [0] * len(graph)
    for i, on in enumerate(needed):
        if on:
            for arg in set(graph.args[i]):
                uses[arg] += 1
    sizes = [1] * len(graph)
    plain = [not args for args in graph.args]
    found = []
    for i, args in enumerate(graph.args):
        if needed[i] and args:
            size = 1 + sum(sizes[arg] for arg in args)
            plain[i] = graph.op[i] in PLAIN and all(plain[arg] for arg in args)
            again = size >= LEAST and not plain[i] and (uses[i] - 1) * (size - 1) >= worth
            if i != node and sure[i] and (again or size > LONGEST):
                found.append(i)
                size = 1
            sizes[i] = size
    return found


def named(program: Program, formula: Formula, notation: Notation, leaves: Callable[[str], str]) -> Named:
    """The formula; `leaves` says how a name is written."""
    graph, node = formula.graph, formula.node
    stops = named_parts(graph, node)
    letter = free_prefix("u", program.inputs)
    while any(twin(name) == letter for name in program.inputs):
        letter += "u"
    names = {stop: leaves(f"{letter}{place}") for place, stop in enumerate(stops, start=1)}
    written: dict[int, Piece] = {}
    parts = []
    for i, needed in enumerate(cone(graph, [node])):
        if not needed:
            continue
        args = graph.args[i]
        if not args:
            written[i] = show.leaf(graph, i, lambda leaf: leaves(graph.data[leaf]), notation)
            continue
        made = write(graph.op[i], [written[arg] for arg in args], notation)
        if i in names:
            parts.append((names[i], made.text))
            made = Piece(names[i])
        written[i] = made
    return Named(tuple(parts), written[node].text)


def source(program: Program, formula: Formula) -> str:
    """The formula in the language: an expression, or a program with named parts."""
    found = named(program, formula, SOURCE, str)
    statements = [f"{name} = {text}" for name, text in found.parts] + [found.text]
    graph = formula.graph
    needed = cone(graph, [formula.node])
    used = [graph.data[node] for node in graph.inputs if needed[node]]
    constants = {data for op, data in zip(graph.op, graph.data, strict=True) if op == CONST}
    if any(name in CONSTANTS and name not in constants for name in used):
        statements.insert(0, f"input {', '.join(used)}")
    return "; ".join(statements)
