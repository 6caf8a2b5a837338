"""Steps whose value an answer does not use and which have none everywhere: ln(x), where 1/x is needed.

Code of a derivative must not give a number where the function has no value, so these steps stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from adcli.arithmetic.symbolic import Formula
from adcli.coding.guards import ALWAYS, Guards
from adcli.graph import CONST, Graph, cone
from adcli.primitives import TABLE

# Their slopes have values where they have none.
WIDER = frozenset({"ln", "log10", "log2", "log1p", "log", "atanh", "logit"})

NEVER_NEGATIVE = frozenset(
    {"exp", "abs", "sqrt", "hypot", "sigmoid", "softplus", "relu", "step", "normcdf", "normpdf"}
)
SLOPES = frozenset(op for op, row in TABLE.items() if row.helper)


class Check(NamedTuple):
    """A step that must have a value, and what to compute for it: a choice, where it is not always needed."""

    step: int
    node: int


def limited(graph: Graph, node: int) -> bool:
    """Whether an operation may lack a value; a quotient or power by most constants does not."""
    op, args = graph.op[node], graph.args[node]
    if op not in TABLE or TABLE[op].domain == "all real numbers":
        return False
    if op == "div" and graph.op[args[1]] == CONST:
        return False
    if op == "pow" and graph.op[args[1]] == CONST:
        exponent = graph.data[args[1]]
        return not (isinstance(exponent, int) and exponent >= 0)
    return True


def signs(graph: Graph) -> tuple[bytearray, bytearray]:
    """Two flags per node, told by syntax: is it at least 0, is it above 0 for certain, in floats too?"""
    least, above = bytearray(len(graph)), bytearray(len(graph))
    for node, (op, args, value, _) in enumerate(graph):
        if op == CONST:
            above[node] = isinstance(value, str) or value > 0
            least[node] = above[node] or value == 0
        elif op in ("add", "mul"):
            i, j = args
            least[node] = least[i] and least[j]
            above[node] = op == "add" and least[node] and (above[i] or above[j])
        elif op == "cosh":
            least[node] = above[node] = 1
        elif op == "pow":
            exponent = graph.data[args[1]]
            least[node] = graph.op[args[1]] == CONST and isinstance(exponent, int) and exponent % 2 == 0
        else:
            least[node] = op in NEVER_NEGATIVE
    return least, above


def checks(graph: Graph, primals: Sequence[Formula], outputs: Iterable[int], m: Any) -> list[Check]:
    """All steps that `outputs` need and that may lack a value, where the run comes to them."""
    outputs = list(outputs)
    guards, needed = Guards(graph, outputs), cone(graph, outputs)
    least, above = signs(graph)
    found = []
    for node, guard in enumerate(guards.of):
        op, args = graph.op[node], graph.args[node]
        if (op in ("ln", "log10", "log2") and above[args[0]]) or (op in ("log1p", "sqrt") and least[args[0]]):
            continue
        if needed[node] and limited(graph, node):
            value = primals[node]
            for condition, holds in reversed(guards.chain(guard)):
                sides = (value, m.lift(0)) if holds else (m.lift(0), value)
                value = m.choose(primals[condition], *sides)
            if guards.root(guard) == ALWAYS:
                found.append(Check(primals[node].node, value.node))
    return found


def unseen(graph: Graph, results: Iterable[int], found: Iterable[Check]) -> list[Check]:
    """The checks that an answer does not make by itself.

    It uses the value, or something else that may lack a value is computed of one of the operands.
    """
    live = cone(graph, results)
    tested = {
        arg
        for node, on in enumerate(live)
        if on and (graph.op[node] in SLOPES or limited(graph, node))
        for arg in graph.args[node]
    }
    return [
        check
        for check in dict.fromkeys(found)
        if not live[check.step]
        and (graph.op[check.step] in WIDER or not tested.intersection(graph.args[check.step]))
    ]
