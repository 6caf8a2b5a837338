"""A program's value, gradient, Jacobian or Hessian as one graph, by the sweeps in symbolic arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from adcli.answers.running import cheaper
from adcli.arithmetic.symbolic import Formula
from adcli.coding.domains import Check, checks, unseen
from adcli.coding.formulas import Lasting, gated
from adcli.engine import sweep
from adcli.graph import CONST, INPUT, Graph, cone
from adcli.language.program import Program

What = Literal["value", "gradient", "jacobian", "hessian"]


class Label(NamedTuple):
    """What a node is: a step of the program, ∂of/∂by, or ∂²of/∂by∂also; names are ids of the program."""

    of: str
    by: str = ""
    also: str = ""


@dataclass(frozen=True)
class Derived:
    """A graph and the nodes of the answer in it.

    `results` has a row per output, and for a Hessian a row per input; of a value each row is one node.
    `labels` say what nodes are; nodes that are steps of the program are `steps`. `checks` are steps that
    must have a value although the answer does not use it; `nowhere` are NaN where one has none.
    """

    graph: Graph
    what: What
    results: list[list[int]]
    labels: dict[int, Label] = field(default_factory=dict)
    steps: frozenset[int] = frozenset()
    checks: tuple[Check, ...] = ()
    nowhere: tuple[int, ...] = ()

    @property
    def wanted(self) -> list[int]:
        """All nodes of the answer."""
        return [node for row in self.results for node in row]


def derive(
    program: Program, what: What, outputs: Mapping[str, int], columns: Sequence[int], *, whole: bool = True
) -> Derived:
    """The graph of an answer; with `whole`, accurate slopes are steps of their own."""
    if what == "hessian":
        return hessian(program, outputs, columns, whole=whole)
    if what == "value":
        m = Lasting(Graph(share=program.graph.share))
        primals = sweep.evaluate(program.graph, m, symbols(m, program))
        labels, steps = of_steps(program, primals)
        return Derived(m.graph, what, [[primals[node].node] for node in outputs.values()], labels, steps)
    return jacobian(program, what, outputs, columns, whole=whole, last=True)


def symbols(m: Lasting, program: Program) -> dict[str, Formula]:
    """The program's inputs as formulas; they are the first nodes."""
    return {name: m.symbol(name) for name in program.inputs}


def of_steps(program: Program, primals: Sequence[Formula]) -> tuple[dict[int, Label], frozenset[int]]:
    """The labels of a program's steps, and their nodes."""
    labels: dict[int, Label] = {}
    for name, op, primal in zip(program.ids, program.graph.op, primals, strict=True):
        if op not in (INPUT, CONST):
            labels.setdefault(primal.node, Label(name))
    return labels, frozenset(labels)


def jacobian(
    program: Program,
    what: What,
    outputs: Mapping[str, int],
    columns: Sequence[int],
    *,
    whole: bool,
    last: bool,
) -> Derived:
    """The first derivatives, by rows or by columns, whichever takes fewer sweeps."""
    m = Lasting(Graph(share=program.graph.share), whole=whole, last=last)
    ids, nodes = program.ids, list(outputs.values())
    lin = sweep.linearize(program.graph, m, symbols(m, program), columns, nodes)
    labels, steps = of_steps(program, lin.primals)
    rows: list[list[int]]
    if cheaper("auto", len(nodes), len(columns)) == "reverse":
        rows = []
        back = gated(lin, nodes)
        for name, output in outputs.items():
            adjoints = sweep.reverse(back, {output: m.lift(1)})
            for i in (*columns, *range(len(adjoints) - 1, -1, -1)):  # an answer is called what it is
                if lin.live[i]:
                    label(m, labels, adjoints[i], Label(name, ids[i]))
            rows.append([adjoints[column].node for column in columns])
    else:
        sweeps = []
        for column in columns:
            tangents = sweep.forward(lin, {column: m.lift(1)})
            for i, tangent in enumerate(tangents):
                if lin.live[i]:
                    label(m, labels, tangent, Label(ids[i], ids[column]))
            sweeps.append(tangents)
        rows = [[tangents[output].node for tangents in sweeps] for output in nodes]
    found = checks(program.graph, lin.primals, nodes, m)
    if last:
        found = unseen(m.graph, [node for row in rows for node in row], found)
    return Derived(m.graph, what, rows, labels, steps, tuple(found))


def label(m: Lasting, labels: dict[int, Label], formula: Formula, found: Label) -> None:
    """Say what a node is, unless it is known; of a choice that a sweep made, its sides too."""
    node = formula.node
    if not m.graph.args[node] or node in labels:
        return
    labels[node] = found
    op, parts = m.parts(formula)
    if op == "select" and node not in m.steps:
        for part in parts[1:]:
            if m.graph.args[part.node]:
                labels.setdefault(part.node, found)


def hessian(program: Program, outputs: Mapping[str, int], columns: Sequence[int], *, whole: bool) -> Derived:
    """The second derivatives: forward sweeps over the graph of the gradient, one triangle."""
    first = pruned(jacobian(program, "gradient", dict(outputs), columns, whole=whole, last=False))
    m = Lasting(Graph(share=program.graph.share), whole=whole)
    gradient = first.results[0]
    lin = sweep.linearize(first.graph, m, symbols(m, program), columns, gradient)
    labels: dict[int, Label] = {}
    for node, known in first.labels.items():
        labels.setdefault(lin.primals[node].node, known)
    steps = frozenset(lin.primals[node].node for node in first.steps)
    results = [[0] * len(columns) for _ in columns]
    for j, column in enumerate(columns):
        tangents = sweep.forward(lin, {column: m.lift(1)})
        by = program.inputs[column]
        for i in range(j, len(columns)):  # an answer is called what it is
            answer = Label(next(iter(outputs)), program.inputs[columns[i]], by)
            label(m, labels, tangents[gradient[i]], answer)
        for i, tangent in enumerate(tangents):
            known_as = first.labels.get(i)
            if known_as is not None and lin.live[i]:
                also = by if known_as.by else ""
                label(m, labels, tangent, Label(known_as.of, known_as.by or by, also))
        for i in range(j, len(columns)):
            results[i][j] = results[j][i] = tangents[gradient[i]].node
    found = unseen(
        m.graph,
        [node for row in results for node in row],
        [Check(lin.primals[check.step].node, lin.primals[check.node].node) for check in first.checks],
    )
    return Derived(m.graph, "hessian", results, labels, steps, tuple(found))


def with_checks(derived: Derived) -> Derived:
    """The same with results that are NaN where a check has no value: each gets 0 times the checks' sum."""
    if not derived.checks:
        return derived
    graph = derived.graph
    total = derived.checks[0].node
    for check in derived.checks[1:]:
        total = graph.add("add", (total, check.node))
    nothing = graph.add("mul", (graph.add(CONST, (), 0), total))
    results = [
        [nothing if graph.data[node] == 0 else graph.add("add", (node, nothing)) for node in row]
        for row in derived.results
    ]
    return replace(derived, results=results, checks=(), nowhere=(nothing,))


def pruned(derived: Derived) -> Derived:
    """The same without the nodes that the answer does not need; inputs stay the first nodes."""
    graph = derived.graph
    needed = cone(graph, [*derived.wanted, *(check.node for check in derived.checks)])
    part = Graph(share=graph.share)
    moved: dict[int, int] = {}
    for node, (op, args, data, shape) in enumerate(graph):
        if needed[node] or op == INPUT:
            moved[node] = part.add(op, tuple(moved[arg] for arg in args), data, shape)
    return Derived(
        part,
        derived.what,
        [[moved[node] for node in row] for row in derived.results],
        {moved[node]: found for node, found in derived.labels.items() if node in moved},
        frozenset(moved[node] for node in derived.steps if node in moved),
        tuple(Check(moved[check.step], moved[check.node]) for check in derived.checks),
        tuple(moved[node] for node in derived.nowhere),
    )
