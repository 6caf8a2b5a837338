"""What gives the number of one row that is wrong, from the student's own numbers before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

from adcli.engine.sweep import Linearization
from adcli.engine.undefined import FAILURES
from adcli.mistakes.catalogue import CATALOGUE
from adcli.mistakes.claim import Claim, Explanation
from adcli.mistakes.scene import Asked, Change, Place, Scene, Written
from adcli.mistakes.search import ordered
from adcli.mistakes.wording import Wording
from adcli.tracing.trace import Trace, Use


class Own(NamedTuple):
    """A number as the student has it, how far rounding may have moved it, whether all before it is right."""

    value: float
    spread: float
    clean: bool


class Row(NamedTuple):
    """What a row's number follows from: the numbers that the rule allows, the first one leading."""

    numbers: tuple[float, ...]
    spread: float
    clean: bool


@dataclass(frozen=True, eq=False)
class Here:
    """The student's numbers as far as they are known: values, weights, and what the sweep carries."""

    trace: Trace
    lin: Linearization
    start: int
    end: int
    values: Sequence[Own]
    weights: Mapping[Place, Own]
    carried: Mapping[int, Own]

    def mistakes(self, place: Asked, claim: Claim, row: Row) -> Iterator[Explanation]:
        """What gives a row's number from the student's own numbers before it."""
        scene = self.scene(place, claim, row)
        wording = Wording(scene)
        for slips in (False, True):
            found = [
                (hypothesis, change)
                for hypothesis in CATALOGUE
                if (hypothesis.scope == "slip") == slips
                for change in hypothesis.changes(scene)
                if slips or self.explains(place, change, row, claim)
            ]
            if found:
                for rank, ((hypothesis, changes), also) in enumerate(ordered((h, (c,)) for h, c in found), 1):
                    one = wording.explanation(hypothesis, changes[0], (claim.value, row.numbers[0]))
                    yield replace(one, rank=rank, also=also, reproduces=((claim.name, claim.value),))
                return

    def explains(self, place: Asked, change: Change, row: Row, claim: Claim) -> bool:
        """Whether a change gives a row's number."""
        number = self.given(place, change, row)
        return number is not None and claim.meets(number, row.spread)

    def scene(self, place: Asked, claim: Claim, row: Row) -> Scene:
        """The student's own numbers before a row, and the edges that it is made of."""
        trace, node = self.trace, place.source if place.kind == "adjoint" else place.target
        lin = self.lin
        primals = [own.value for own in self.values] + lin.primals[len(self.values) :]
        weights = [
            tuple(
                self.weights[user, slot].value if (user, slot) in self.weights else weight
                for slot, weight in enumerate(known)
            )
            for user, known in enumerate(lin.weights)
        ]
        edges: Sequence[Use] = ()
        if place.kind in ("adjoint", "tangent"):
            edges = trace.sources(node)
        elif place.kind == "partial":
            edges = [use for use in trace.uses(node) if use.slot == place.slot]
        elif lin.graph.args[node]:
            primals[node] = row.numbers[0]
        return Scene(
            trace.program,
            primals,
            weights,
            lin.live,
            trace.mode if trace.mode == "forward" else "reverse",
            self.end,
            self.start,
            edges,
            [node] if place.kind in ("step", "tangent") and lin.graph.args[node] else [],
            [column for column in trace.graph.inputs if lin.live[column]],
            {place: Written(claim.value, claim.slack, row.numbers[0])},
        )

    def given(self, place: Asked, change: Change, row: Row) -> float | None:
        """The number that a change gives for a row; None where the row does not have what it changes."""
        if place.kind == "step":
            return self.as_step(place.target, change)
        if place.kind == "partial":
            return next(iter(change.weights.values()), None)
        if change.weights:
            total = row.numbers[0]
            for (user, slot), weight in change.weights.items():
                arg = self.lin.graph.args[user][slot]
                inflow = self.carried.get(arg if place.kind == "tangent" else user)
                if inflow is not None:
                    total += inflow.value * (weight - self.weights[user, slot].value)
            return total
        if place.kind == "tangent" and place.target in change.tangents:
            args = self.lin.graph.args[place.target]
            flows = [self.carried[arg].value if arg in self.carried else 0.0 for arg in args]
            return change.tangents[place.target](self.start, flows, row.numbers[0])
        return None

    def as_step(self, node: int, change: Change) -> float | None:
        """The value of a step with a change, from the student's own operands."""
        if node in change.values:
            return change.values[node]
        if node in change.actions:
            operands = [self.values[arg].value for arg in self.lin.graph.args[node]]
            with suppress(*FAILURES):
                return change.actions[node](operands)[0]
        return None
