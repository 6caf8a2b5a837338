"""A sweep as a film: for every term of every sum what is written, on which edge, at which node.

A page that moves and a row of frames both show these steps; they add no word and no number.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from adcli.answers.answer import GraphAnswer
from adcli.diagram import Diagram
from adcli.drawing import Drawing, Wanted
from adcli.errors import UsageError
from adcli.report.document import Look
from adcli.report.sums import Sums
from adcli.report.trace import results, sweep_heading
from adcli.tracing.labels import FIGURE, Style
from adcli.tracing.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Edge = tuple[str, int]
"""The user's id and the operand's slot: a use, and so an edge of the picture."""

STARTS = "the sweep starts here"


class Term(NamedTuple):
    """One summand: the seed, when it has no edge, or what comes along an edge.

    `rule` is the term with ∂user/∂operand and `general` the rule of the user's operation; `names` has
    the slope as a formula, `numbers` as a number. `total` is the sum up to here. `carries` is what an
    edge's text says.
    """

    edge: Edge | None
    rule: str
    general: str
    names: str
    numbers: str
    flow: str
    total: str
    carries: str


class Sum(NamedTuple):
    """The terms of a node's tangent or adjoint; `carried` is its name, v̄₄."""

    node: str
    carried: str
    terms: tuple[Term, ...]

    def so_far(self, place: int) -> str:
        """What the node says when the term at `place` was added; `…` marks a sum that still grows."""
        more = f" {FIGURE.more}" if place + 1 < len(self.terms) else ""
        return f"{self.carried} = {self.terms[place].total}{more}"


class Step(NamedTuple):
    """One term of one sum, counted from 0."""

    sum: Sum
    place: int

    @property
    def term(self) -> Term:
        """The term that is added in this step."""
        return self.sum.terms[self.place]


class Progress(NamedTuple):
    """What is known after some steps: texts of edges and nodes, the edges done, where the sweep is."""

    flows: Mapping[Edge, str]
    sums: Mapping[str, str]
    done: frozenset[Edge]
    edge: Edge | None
    node: str | None


@dataclass(frozen=True)
class Sweep:
    """A whole sweep: what it starts from, its sums in its own order, and the derivatives it gives.

    `legend` says what its picture shows; `flows` whether edges have room for what they carry. `maps` has
    the texts of edges between arrays, which are one thing forward and its transpose in reverse.
    """

    mode: Literal["forward", "reverse"]
    heading: str
    sums: tuple[Sum, ...]
    answer: tuple[str, ...]
    legend: tuple[str, ...]
    flows: bool
    maps: Mapping[Edge, str] = field(default_factory=dict)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every term of every sum, one after the other."""
        return tuple(Step(found, place) for found in self.sums for place in range(len(found.terms)))

    def progress(self, count: int) -> Progress:
        """What is known after `count` steps."""
        shown = self.steps[:count]
        flows = {step.term.edge: step.term.carries for step in shown if step.term.edge is not None}
        sums = {step.sum.node: step.sum.so_far(step.place) for step in shown}
        last = shown[-1] if shown else None
        return Progress(
            flows, sums, frozenset(flows), last and last.term.edge, last.sum.node if last else None
        )


def sweep_of(answer: GraphAnswer, wanted: Wanted, style: Style = FIGURE) -> Sweep:
    """The steps of an answer in forward or reverse mode, written in a style; UsageError without a point."""
    trace = answer.trace
    if trace.mode == "none" or trace.numbers is None:
        raise UsageError("the steps of a sweep need a point", hint="add --at, as in --at x=1.5,y=2")
    sums, drawing = Sums(trace, Look(style, wanted.digits)), Drawing(answer, wanted, style)
    swept = trace.swept
    if answer.part is not None:
        swept = [node for node in swept if node in answer.part.nodes]
        if any(not answer.part.nodes.issuperset(use[::2]) for node in swept for use in trace.sources(node)):
            raise UsageError(
                "the steps of this sweep add terms that are cut away",
                hint="choose what an output depends on, as in --only f1, or draw a picture without steps",
            )
    found = (sum_at(sums, node) for node in swept)
    steps = tuple(one for one in found if one.terms)
    return Sweep(
        trace.mode,
        sweep_heading(sums),
        steps,
        results(sums),
        drawing.legend(),
        drawing.says_flow,
        dict(maps_of(drawing)),
    )


def maps_of(drawing: Drawing) -> Iterator[tuple[Edge, str]]:
    """The edges whose partial is a map, with what stands beside them."""
    ids = drawing.labels.ids
    for user in drawing.rows:
        for use in drawing.trace.uses(user):
            if drawing.scribe.is_map(use) and (lines := drawing.arrow(use).lines):
                yield (ids[user], use.slot), lines[0]


def sum_at(sums: Sums, node: int) -> Sum:
    """The sum of a node, its own seed first where the sweep starts there."""
    trace, scribe, ids = sums.trace, sums.scribe, sums.labels.ids
    terms = []
    start = sums.seed(node)
    if start is not None:
        terms.append(Term(None, STARTS, "", "seed", start, start, start, ""))
    for term, written in zip(trace.terms(node), sums.terms(node), strict=True):
        terms.append(
            Term(
                (ids[term.use.user], term.use.slot),
                written.slope,
                written.general,
                written.names,
                written.numbers,
                written.flow,
                written.total,
                f"{scribe.rule_with_weight(term.use)} = {written.flow}",
            )
        )
    return Sum(ids[node], scribe.carried(node), tuple(terms))


def bare(answer: GraphAnswer, wanted: Wanted) -> Diagram:
    """The picture before any sweep: formulas, values and partials."""
    trace = answer.trace
    return Drawing(replace(answer, trace=Trace(trace.program, "none", {}, trace.lin)), wanted).diagram()


def roomy(diagram: Diagram, sweeps: Iterable[Sweep], width: Callable[[str], float]) -> Diagram:
    """The diagram with one more line for whatever the sweeps will say there, as wide as the widest of it.

    Layouts and sizes made from it hold for every step.
    """
    nodes: dict[str, list[str]] = {}
    edges: dict[Edge, list[str]] = {}
    maps: dict[Edge, list[str]] = {}
    for sweep in sweeps:
        for use, said in sweep.maps.items():
            maps.setdefault(use, []).append(said)
        for step in sweep.steps:
            nodes.setdefault(step.sum.node, []).append(step.sum.so_far(step.place))
            if sweep.flows and step.term.edge is not None:
                edges.setdefault(step.term.edge, []).append(step.term.carries)
    if maps:
        diagram = diagram._replace(
            edges=tuple(
                edge._replace(
                    lines=(max(found, key=width), *edge.lines[1:]), tooltip="\n".join(dict.fromkeys(found))
                )
                if (found := maps.get((edge.head, edge.slot))) and edge.lines
                else edge
                for edge in diagram.edges
            )
        )
    return diagram._replace(
        nodes=tuple(
            node._replace(lines=(*node.lines, max(nodes[node.id], key=width)), accent=len(node.lines))
            if node.id in nodes
            else node
            for node in diagram.nodes
        ),
        edges=tuple(
            edge._replace(
                lines=(*edge.lines, max(edges[edge.head, edge.slot], key=width)),
                accent=len(edge.lines),
            )
            if (edge.head, edge.slot) in edges
            else edge
            for edge in diagram.edges
        ),
    )
