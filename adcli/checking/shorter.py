"""A right formula that could be shorter: the same formula, simplified, and held against the sweep."""

from __future__ import annotations

from adcli.arithmetic.real import REAL
from adcli.checking.entries import expression
from adcli.checking.sampling import Missing, Pair, agreement, apart
from adcli.checking.targets import Target, Targets
from adcli.engine import sweep
from adcli.errors import AdcliError
from adcli.graph import Graph, cone
from adcli.language.program import Program
from adcli.language.scanner import scan
from adcli.notation import show
from adcli.simplify import Simplifier
from adcli.transform.verify import Expression

LONGEST = 400  # nodes of a formula that is looked at
CLOSE = 1e-12  # relative
SILENT = frozenset("()*,")  # signs that make a formula no longer to a reader


def shorter(targets: Targets, target: Target, formula: Program) -> str | None:
    """A shorter form of a student's right formula; None where there is none."""
    if formula.needs_point or len(formula.graph) > LONGEST:
        return None
    (node,) = formula.outputs.values()
    simplifier = Simplifier(formula.graph, node)
    short = Expression(*simplifier.written(simplifier.own))
    if length(*short) >= length(formula.graph, node):
        return None
    held = equal(short, Expression(formula.graph, node)) if not formula.inputs else None
    if held is None:
        held = agrees(targets, target, text_of(*short))
    return text_of(*short, formula) if held else None


def equal(one: Expression, two: Expression) -> bool:
    """Whether two formulas without inputs have the same value, up to the rounding of floats."""
    try:
        a, b = (float(sweep.evaluate(graph, REAL, {})[node]) for graph, node in (one, two))
    except Missing:
        return False
    return apart(a, b) <= CLOSE


def text_of(graph: Graph, node: int, program: Program | None = None) -> str:
    """A formula as text, with names as a program spells them."""
    spelled = {} if program is None else program.spelled
    return show.piece(graph, node, lambda leaf: spelled.get(graph.data[leaf], graph.data[leaf])).text


def agrees(targets: Targets, target: Target, text: str) -> bool:
    """Whether a formula is right at the points where formulas are compared."""
    try:
        return agreement(Pair(targets, target, expression(text, targets.steps)), None).verdict == "equal"
    except (AdcliError, *Missing):
        return False


def length(graph: Graph, node: int) -> int:
    """How many signs a reader counts: numbers, names, functions and operators, no brackets."""
    if written_size(graph, node) > LONGEST:
        return LONGEST
    return sum(1 for token in scan(text_of(graph, node), ()).tokens if token.value not in SILENT)


def written_size(graph: Graph, node: int) -> int:
    """How many operations a formula has when it is written out, with repeated parts counted again."""
    sizes: dict[int, int] = {}
    for i, needed in enumerate(cone(graph, [node])):
        if needed:
            sizes[i] = 1 + sum(sizes[arg] for arg in graph.args[i])
    return sizes[node]
