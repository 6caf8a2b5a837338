"""A program at a point as a hypothesis sees it, and the runs of its sweep with something changed.

A sweep is linear in each weight. With the adjoints of a target t and the tangents of a source s at
hand, changing the weights of one node's edges by δ changes ∂t/∂s by the sum of t̄[user]·δ·ṡ[arg]; so
one reverse and one forward sweep tell the effect of every single mistake, and nothing is run again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import FAILURES
from adcli.graph import Graph, active
from adcli.language.program import Program
from adcli.mistakes.single import Made, local, own_slopes, pull, push
from adcli.tracing.labels import UNICODE, Labels
from adcli.tracing.trace import Use

Place = tuple[int, int]  # a use: the user and its slot
NEAR = 32  # inputs that are tried with each other, at most

Weights = list[tuple[float, ...]]
Partial = Callable[..., float]  # (m, right partial, own value z, *operands)
Action = Callable[[Sequence[float]], tuple[float, tuple[float, ...]]]  # operands to value and partials


class Written(NamedTuple):
    """A student's number, its half-width, and the right one."""

    value: float
    slack: float
    right: float


class Asked(NamedTuple):
    """A claim by nodes: ∂target/∂source, a partial through `slot`, or the value of `target`."""

    kind: str
    target: int
    source: int = -1
    slot: int = 0

    @property
    def derived(self) -> bool:
        """Whether a sweep gives it."""
        return self.kind not in ("value", "step", "partial")


@dataclass(frozen=True, eq=False)
class Change:
    """What a student did otherwise, as the places of a run that change.

    `weights` are partials as used; `tangents` say how a node's tangent was made, from the source, its
    operands' tangents and the right one; `values` are steps' values as used (`by_operands`: in partials
    they are not used); `actions` are steps that were another function; `point` are other values of
    inputs; `adjoints` and `tangent_numbers` are numbers as written; `reads` takes another number than
    the one asked for.
    `rule` is the wrong partial at `place`, to be written as a formula; `words` complete the sentence.
    """

    weights: Mapping[Place, float] = field(default_factory=dict)
    tangents: Mapping[int, Made] = field(default_factory=dict)
    values: Mapping[int, float] = field(default_factory=dict)
    actions: Mapping[int, Action] = field(default_factory=dict)
    point: Mapping[int, float] = field(default_factory=dict)
    adjoints: Mapping[int, float] = field(default_factory=dict)
    tangent_numbers: Mapping[int, float] = field(default_factory=dict)
    reads: Callable[[Run, Asked], float | None] | None = None
    rule: Partial | None = None
    place: Place | None = None
    node: int | None = None
    by_operands: bool = False
    words: str = ""

    @property
    def by_weights(self) -> bool:
        """Whether only partials are changed, all of them at one node, so that the effect is linear."""
        return bool(self.weights) and not (self.values or self.actions or self.point or self.reads)


class Run:
    """One run of the sweeps: values and weights, and what was written in their place."""

    def __init__(self, scene: Scene, primals: Sequence[float], weights: Weights, change: Change) -> None:
        self.scene = scene
        self.primals = primals
        self.weights = weights
        self.change = change
        self.lin = Linearization(scene.graph, REAL, list(primals), weights, scene.live)
        self.pulled: dict[int, Sequence[float]] = {}
        self.pushed: dict[int, Sequence[float]] = {}

    def adjoints(self, target: int) -> Sequence[float]:
        """∂target/∂node for every node."""
        if target not in self.pulled:
            self.pulled[target] = (
                pull(self.lin, target, self.change.adjoints)
                if self.change.adjoints
                else sweep.reverse(self.lin, {target: 1.0})
            )
        return self.pulled[target]

    def tangents(self, source: int) -> Sequence[float]:
        """∂node/∂source for every node."""
        if source not in self.pushed:
            change = self.change
            # The engine starts forward sweeps at inputs only.
            own = change.tangents or change.tangent_numbers or self.scene.graph.args[source]
            self.pushed[source] = (
                push(self.lin, source, change.tangents, change.tangent_numbers)
                if own
                else sweep.forward(self.lin, {source: 1.0})
            )
        return self.pushed[source]

    def number(self, asked: Asked) -> float:
        """The number that this run gives."""
        if self.change.reads is not None:
            read = self.change.reads(self, asked)
            if read is not None:
                return read
        return self.plain(asked)

    def plain(self, asked: Asked) -> float:
        """The number asked for, read where it belongs."""
        if asked.kind == "partial":
            return self.weights[asked.target][asked.slot]
        if not asked.derived:
            return self.primals[asked.target]
        if asked.kind == "tangent" or self.change.tangents:
            return self.tangents(asked.source)[asked.target]
        return self.adjoints(asked.target)[asked.source]


@dataclass(frozen=True, eq=False)
class Scene:
    """A program's numbers, and the edges and steps that a mistake may be at.

    `mode` is the sweep that the student made, `output` and `wrt` its ends; `columns` are the inputs
    that derivatives are taken by. `written` are wrong numbers that may be slips of the pen, `suspects`
    the inputs with wrong derivatives.
    """

    program: Program
    primals: Sequence[float]
    weights: Weights
    live: bytearray
    mode: str
    output: int
    wrt: int
    edges: Sequence[Use] = ()
    steps: Sequence[int] = ()
    columns: Sequence[int] = ()
    written: Mapping[Asked, Written] = field(default_factory=dict)
    suspects: Collection[int] = ()
    known: dict[int, bytearray] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        """The program's graph."""
        return self.program.graph

    @cached_property
    def right(self) -> Run:
        """The run without any mistake."""
        return Run(self, self.primals, self.weights, Change())

    @cached_property
    def sums(self) -> dict[int, list[Use]]:
        """The edges by the node whose adjoint (tangent) they add up to, in the sweep's order."""
        found: dict[int, list[Use]] = {}
        forward = self.mode == "forward"
        for use in self.edges if forward else sorted(self.edges, key=lambda use: -use.user):
            found.setdefault(use.user if forward else use.arg, []).append(use)
        return found

    @cached_property
    def edges_by_op(self) -> dict[str, list[Use]]:
        """The edges by the operation of their user."""
        found: dict[str, list[Use]] = {}
        for use in self.edges:
            found.setdefault(self.graph.op[use.user], []).append(use)
        return found

    @cached_property
    def near(self) -> list[int]:
        """The inputs that are tried with each other: those with wrong derivatives first, a few at most."""
        return sorted(self.columns, key=lambda column: column not in self.suspects)[:NEAR]

    @cached_property
    def labels(self) -> Labels:
        """How messages call the nodes."""
        return Labels(self.program, UNICODE)

    def depends(self, column: int) -> bytearray:
        """A flag per node: does it depend on this input?"""
        if column not in self.known:
            self.known[column] = active(self.graph, [column])
        return self.known[column]

    def operands(self, node: int) -> list[float]:
        """The values of a step's operands."""
        return [self.primals[arg] for arg in self.graph.args[node]]

    def weight(self, place: Place) -> float:
        """The right partial at a use."""
        return self.weights[place[0]][place[1]]

    def wrong(self, rule: Partial, place: Place) -> float | None:
        """The number that a wrong partial gives at a use; None where it has none."""
        user, slot = place
        try:
            found = float(rule(REAL, self.weights[user][slot], self.primals[user], *self.operands(user)))
        except FAILURES:
            return None
        return found if REAL.all_finite([found]) else None

    def rerun(self, change: Change) -> Run | None:
        """The run with a change; None where it is not defined.

        Steps whose operands did not change are taken over, not computed again.
        """
        if change.reads is not None:  # the same numbers, of which others are read
            run = Run(self, self.primals, self.weights, change)
            run.pulled, run.pushed = self.right.pulled, self.right.pushed
            return run
        primals, weights = list(self.primals), list(self.weights)
        if change.point or change.values or change.actions:
            try:
                self.recompute(change, primals, weights)
            except FAILURES:
                return None
            if not REAL.all_finite(primals):
                return None
        for (user, slot), weight in change.weights.items():
            row = list(weights[user])
            row[slot] = weight
            weights[user] = tuple(row)
        return Run(self, primals, weights, change)

    def recompute(self, change: Change, primals: list[float], weights: Weights) -> None:
        """Put in the values and weights that follow from other inputs, values or functions."""
        graph, moved = self.graph, bytearray(len(self.graph))
        for node, value in change.point.items():
            primals[node], moved[node] = value, 1
        for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
            action = change.actions.get(node)
            if args and (action or any(moved[arg] for arg in args)):
                operands = [primals[arg] for arg in args]
                if action is None:
                    primals[node], weights[node] = local(op, operands, [self.live[arg] for arg in args])
                else:
                    primals[node], weights[node] = action(operands)
                moved[node] = 1
            if node in change.values:
                # The student's own number, with the right rule for what follows from it.
                primals[node], moved[node] = change.values[node], 1
                if not change.by_operands:
                    operands = [primals[arg] for arg in args]
                    weights[node] = own_slopes(op, change.values[node], operands, weights[node])
