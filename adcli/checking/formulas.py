"""The right formula of a target, from the same sweeps in symbolic arithmetic, and equality that is proved."""

from __future__ import annotations

from typing import Any

from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.checking.polynomials import TooWide, quotient
from adcli.checking.right import Right
from adcli.checking.sampling import Missing, Pair
from adcli.checking.shorter import agrees, text_of, written_size
from adcli.checking.targets import Target, Targets
from adcli.engine import sweep
from adcli.graph import Graph
from adcli.simplify import Simplifier
from adcli.transform import Slopes

MOST_SIGNS = 200  # operations of a formula that somebody reads
MOST_STEPS = 300  # of a program whose derivative is written as a formula


def symbolic(targets: Targets) -> tuple[Symbolic, Right] | None:
    """A program in symbolic arithmetic; None for a long one, and where values decide how it runs."""
    program = targets.program
    if program.needs_point or program.blocked is not None or len(program) > MOST_STEPS:
        return None
    arithmetic = Slopes(Graph())
    at = {name: arithmetic.symbol(name) for name in program.inputs}
    return arithmetic, Right(program, at, targets.output, targets.wrt, arithmetic)


def right_formula(targets: Targets, target: Target) -> str | None:
    """The right formula as text, simplified where the sweep agrees; None where it would be long."""
    made = symbolic(targets)
    if made is None:
        return None
    arithmetic, right = made
    graph, node = arithmetic.graph, arithmetic.as_formula(right.number(target)).node
    if written_size(graph, node) > MOST_SIGNS:
        return None
    simplifier = Simplifier(
        targets.program.graph, targets.program.outputs[next(iter(targets.program.outputs))]
    )
    (term,) = simplifier.simplified(graph, [node], simplifier.domain())
    short = simplifier.written(term)
    best = short if agrees(targets, target, text_of(*short)) else (graph, node)
    return text_of(*best, targets.program)


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
