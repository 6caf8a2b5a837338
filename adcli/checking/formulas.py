"""The right formula of a target, from the same sweeps in symbolic arithmetic, and equality that is proved."""

from __future__ import annotations

from typing import Any

from adcli import show, sweep
from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.checking.polynomials import TooWide, quotient
from adcli.checking.right import Right
from adcli.checking.sampling import Missing, Pair
from adcli.checking.targets import Target, Targets
from adcli.graph import Graph, cone

MOST_SIGNS = 200  # operations of a formula that somebody reads
MOST_STEPS = 300  # of a program whose derivative is written as a formula


def symbolic(targets: Targets) -> tuple[Symbolic, Right] | None:
    """A program in symbolic arithmetic; None for a long one, and where values decide how it runs."""
    program = targets.program
    if program.needs_point or program.blocked is not None or len(program) > MOST_STEPS:
        return None
    arithmetic = Symbolic()
    at = {name: arithmetic.symbol(name) for name in program.inputs}
    return arithmetic, Right(program, at, targets.output, targets.wrt, arithmetic)


def right_formula(targets: Targets, target: Target) -> str | None:
    """The right formula as text; None where it would be long."""
    made = symbolic(targets)
    if made is None:
        return None
    arithmetic, right = made
    node = arithmetic.as_formula(right.number(target)).node
    graph = arithmetic.graph
    if written_size(graph, node) > MOST_SIGNS:
        return None
    return show.piece(
        graph, node, lambda leaf: targets.program.spelled.get(graph.data[leaf], graph.data[leaf])
    ).text


def written_size(graph: Graph, node: int) -> int:
    """How many operations a formula has when it is written out, with repeated parts counted again."""
    sizes: dict[int, int] = {}
    for i, needed in enumerate(cone(graph, [node])):
        if needed:
            sizes[i] = 1 + sum(sizes[arg] for arg in graph.args[i])
    return sizes[node]


def same(pair: Pair) -> bool:
    """Whether exact arithmetic proves the student's formula to be the right one, wherever both exist."""
    made = symbolic(pair.targets)
    if made is None or pair.formula.needs_point:
        return False
    arithmetic, right = made
    try:
        expected: Any = arithmetic.as_formula(right.number(pair.target))
        values = {name: right.number(target) for name, target in pair.names.items()}
        given: Formula = sweep.evaluate(pair.formula.graph, arithmetic, values)[pair.out]
        return quotient(arithmetic.graph, given.node) == quotient(arithmetic.graph, expected.node)
    except (TooWide, *Missing):
        return False
