"""The right numbers of a program at a point, in any arithmetic: values, derivatives, sweeps, partials."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from adcli.answers.running import check_weights
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.checking.targets import Target
from adcli.engine import sweep
from adcli.engine.sweep import Linearization
from adcli.explain import kinks
from adcli.language.points import bind
from adcli.language.program import Program


class Right:
    """A program at a point, whose numbers are computed when somebody asks for them.

    `program` is the one that the targets' nodes belong to; where a choice depends on the values, the one
    that runs at the point is another, and its nodes are found by their ids. Every method raises Undefined
    where the number does not exist, and LookupError where this run has no such step.
    """

    def __init__(
        self, program: Program, at: Mapping[str, Any], output: str | None, wrt: int | None,
        arithmetic: Arithmetic = REAL,
    ) -> None:  # fmt: skip
        self.home = program
        self.program = program.at(at, arithmetic)
        self.at = bind(self.program, at)
        self.output = output
        self.wrt = wrt
        self.arithmetic = arithmetic

    @cached_property
    def primals(self) -> list[Any]:
        """The value of every node."""
        return sweep.evaluate(self.program.graph, self.arithmetic, self.at)

    @cached_property
    def lin(self) -> Linearization:
        """The program with the partials on its edges, as far as its outputs need them."""
        outputs = list(self.program.outputs.values())
        lin = sweep.linearize(self.program.graph, self.arithmetic, self.at, None, outputs)
        check_weights(lin)
        return lin

    @cached_property
    def whole(self) -> Linearization:
        """The program with all partials."""
        return sweep.linearize(self.program.graph, self.arithmetic, self.at)

    @property
    def bends(self) -> bool:
        """Whether the point lies on a corner or a jump of the program, where its slope is a convention."""
        outputs = self.program.outputs.values()
        return bool(self.program.boundaries) or bool(kinks(self.program, self.lin, outputs, 1))

    def adjoints(self, output: str) -> list[Any]:
        """A reverse sweep from an output."""
        if output not in self.swept:
            node = self.program.outputs[output]
            self.swept[output] = sweep.reverse(self.lin, {node: self.arithmetic.lift(1)})
        return self.swept[output]

    @cached_property
    def swept(self) -> dict[str, list[Any]]:
        """The reverse sweeps so far."""
        return {}

    @cached_property
    def tangents(self) -> list[Any]:
        """The forward sweep."""
        return sweep.forward(self.whole, {self.wrt or 0: self.arithmetic.lift(1)})

    def node(self, node: int) -> int:
        """A node of the program at home in the one of this run."""
        if self.program is self.home:
            return node
        return self.places[self.home.ids[node]]

    @cached_property
    def places(self) -> dict[str, int]:
        """The nodes of this run by their ids."""
        return {name: node for node, name in enumerate(self.program.ids)}

    def number(self, target: Target) -> Any:
        """The right number of a target."""
        zero = self.arithmetic.lift(0)
        node = self.node(target.node)
        if target.kind in ("value", "step"):
            return self.primals[node] + zero
        if target.kind in ("gradient", "jacobian", "adjoint"):
            output = self.output
            if target.kind == "jacobian" and target.of is not None:
                output = self.output_at(target.of)
            found = self.adjoints(output or next(iter(self.program.outputs)))
            return found[node] + zero if self.lin.live[node] else zero
        if target.kind == "tangent":
            return self.tangents[node] + zero
        user = self.node(target.of or 0)
        args, weights = self.program.graph.args[user], self.whole.weights[user]
        if target.slot is not None and target.slot >= 0:
            return weights[target.slot] + zero
        total = zero
        for arg, weight in zip(args, weights, strict=True):
            total = total + weight if arg == node else total
        return total

    def output_at(self, node: int) -> str:
        """The name of the output at a node of the program at home."""
        return next(name for name, place in self.home.outputs.items() if place == node)
