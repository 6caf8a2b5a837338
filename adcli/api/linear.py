"""A program linearized at a point, and swept in both directions as often as one likes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adcli import engine
from adcli.answers import choosing, running
from adcli.api import Point, as_program
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.language.points import values_in
from adcli.language.program import Program


@dataclass(frozen=True)
class Linearized:
    """A program at a point, linearized: the value of every node and the weight of every edge.

    `primals` maps ids to values; `edges` are (user, slot, arg, weight) by id, in order of evaluation.
    """

    program: Program
    at: dict[str, Any]
    core: sweep.Linearization = field(repr=False)

    @property
    def primals(self) -> dict[str, Any]:
        """Every node's value by id: inputs, constants and steps."""
        return dict(zip(self.program.ids, self.core.primals, strict=True))

    @property
    def edges(self) -> list[tuple[str, int, str, Any]]:
        """(user, slot, arg, ∂user/∂arg) for every use of an operand that depends on an input."""
        ids = self.program.ids
        return [(ids[edge.user], edge.slot, ids[edge.arg], edge.weight) for edge in self.core.edges]


@dataclass(frozen=True)
class Sweep:
    """The tangents of a forward sweep or the adjoints of a reverse one.

    `steps` maps the ids of inputs and steps to numbers, None where the sweep did not come. `inputs`
    and `outputs` hold a number for each: after a reverse sweep `inputs` is the gradient, after a
    forward one `outputs` the directional derivative.
    """

    steps: dict[str, Any]
    inputs: dict[str, Any]
    outputs: dict[str, Any]


def linearize(p: Program | str, at: Point, *, arithmetic: Arithmetic = REAL) -> Linearized:
    """Evaluate a program once and put the partial ∂user/∂arg on every edge.

    In floats, or in the numbers of another arithmetic (adcli.EXACT, adcli.balls(50) or adcli.rounded(4)).
    Raises AdcliError with `kind` "domain" at a step without value or slope.

    >>> linearize("x*y", {"x": 2, "y": 3}).edges
    [('v1', 0, 'x', 3.0), ('v1', 1, 'y', 2.0)]
    """
    made, bound = running.placed(as_program(p, at), at, arithmetic)
    with running.explained(made, bound):
        lin = engine.linearize(made.graph, bound, arithmetic=arithmetic)
        running.check_weights(lin)
    return Linearized(made, bound, lin)


def forward(lin: Linearized, seed: Mapping[str, Any]) -> Sweep:
    """Carry the tangents `seed` of the inputs along the edges; missing ones are 0.

    >>> forward(linearize("x*y", {"x": 2, "y": 3}), {"x": 1}).outputs
    {'f': 3.0}
    """
    given = values_in(lin.core.arithmetic, seed)
    start = {choosing.input_node(lin.program, name): number for name, number in given.items()}
    with running.explained(lin.program, lin.at):
        start = running.conformed(lin.program, start)
        return swept(lin, engine.forward(lin.core, start), lin.core.live)


def reverse(lin: Linearized, seed: Mapping[str, Any]) -> Sweep:
    """Carry the adjoints `seed` of the outputs against the edges; missing ones are 0.

    >>> reverse(linearize("x*y", {"x": 2, "y": 3}), {"f": 1}).inputs
    {'x': 3.0, 'y': 2.0}
    """
    start: dict[int, Any] = {}
    for name, number in values_in(lin.core.arithmetic, seed).items():
        node = lin.program.outputs[choosing.output_name(lin.program, name)]
        start[node] = start[node] + number if node in start else number
    with running.explained(lin.program, lin.at):
        start = running.conformed(lin.program, start)
        return swept(lin, engine.reverse(lin.core, start), running.covered(lin.core, start))


def swept(lin: Linearized, numbers: list[Any], covered: Sequence[int]) -> Sweep:
    """A sweep's numbers by name."""
    made = lin.program
    zero = lin.core.arithmetic.lift(0)
    known = [number if on else None for number, on in zip(numbers, covered, strict=True)]
    steps = {
        name: number for name, number, op in zip(made.ids, known, made.graph.op, strict=True) if op != "const"
    }
    inputs = {name: zero if known[node] is None else known[node] for node, name in enumerate(made.inputs)}
    outputs = {name: zero if known[node] is None else known[node] for name, node in made.outputs.items()}
    return Sweep(steps, inputs, outputs)
