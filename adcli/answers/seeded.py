"""One sweep from an own seed: a Jacobian times a direction, and a sum of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adcli import engine
from adcli.answers.answer import Answer, json_numbers, one_or_list
from adcli.answers.choosing import input_node, output_name
from adcli.answers.deciding import decided
from adcli.answers.running import Point, conformed, explained, linearized, noted, placed, sweep_once
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import UsageError
from adcli.language.points import values_in

if TYPE_CHECKING:
    from adcli.language.program import Program
    from adcli.tracing.trace import Mode, Trace

Seed = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class SeededAnswer(Answer):
    """The outputs' values and the seed, by names; `trace` is the same sweep step by step."""

    values: dict[str, Any]
    seed: dict[str, Any]
    trace: Trace | None = None

    def with_trace(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields, with the trace behind them where one was asked for."""
        if self.trace is None:
            return fields
        from adcli.tracing.trace_json import trace_json  # the numbers alone need none

        return {**fields, "trace": trace_json(self.trace)}


@dataclass(frozen=True, kw_only=True)
class JvpAnswer(SeededAnswer):
    """`jvp`: the derivative of every output along a direction of the inputs."""

    command = "jvp"
    tangents: dict[str, Any]

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        fields = {
            "value": json_numbers(one_or_list(self.values)),
            "seed": json_numbers(self.seed),
            "tangent": json_numbers(one_or_list(self.tangents)),
        }
        return self.with_trace(fields)


@dataclass(frozen=True, kw_only=True)
class VjpAnswer(SeededAnswer):
    """`vjp`: the gradient of the sum of all outputs, each times its seed."""

    command = "vjp"
    cotangent: dict[str, Any]

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        fields = {
            "value": json_numbers(one_or_list(self.values)),
            "seed": json_numbers(self.seed),
            "cotangent": json_numbers(self.cotangent),
        }
        return self.with_trace(fields)


@decided
def jvp(
    program: Program,
    point: Point,
    tangent: Seed | None = None,
    *,
    strict: bool = False,
    traced: bool = False,
    arithmetic: Arithmetic = REAL,
) -> JvpAnswer:
    """The directional derivative J·ẋ by one forward sweep; a single input needs no `tangent`.

    Raises UsageError without a tangent of several inputs, NameProblem for one of no input.
    """
    program, at = placed(program, point, arithmetic)
    seed = conformed(program, tangent_of(program, tangent, "jvp", arithmetic))
    outputs = dict(program.outputs)
    columns = [node for node in seed if engine.begins(seed[node])]
    lin = linearized(program, at, columns, list(outputs.values()), arithmetic)
    with explained(program, at):
        tangents = engine.forward(lin, seed)
    return JvpAnswer(
        program=program,
        at=at,
        arithmetic=arithmetic,
        notes=noted(program, lin, outputs, strict=strict, wrt=columns),
        values={name: lin.primals[node] for name, node in outputs.items()},
        seed=seed_names(program, seed),
        tangents={name: tangents[node] + arithmetic.lift(0) for name, node in outputs.items()},
        trace=trace_of(program, at, "forward", seed_names(program, seed), arithmetic) if traced else None,
    )


@decided
def vjp(
    program: Program,
    point: Point,
    cotangent: Seed | None = None,
    *,
    strict: bool = False,
    traced: bool = False,
    arithmetic: Arithmetic = REAL,
) -> VjpAnswer:
    """The sum of the Jacobian's rows, each times the seed of its output, by one reverse sweep.

    A single output needs no `cotangent`. Raises UsageError without one of several outputs,
    NameProblem for one of no output.
    """
    program, at = placed(program, point, arithmetic)
    outputs = dict(program.outputs)
    seed = {
        name: conformed(program, {outputs[name]: number})[outputs[name]]
        for name, number in cotangent_of(program, cotangent, arithmetic).items()
    }
    zero = arithmetic.lift(0)
    start: dict[int, Any] = {}  # two outputs may be one node
    for name, number in seed.items():
        start[outputs[name]] = start.get(outputs[name], zero) + number
    start = {node: number for node, number in start.items() if engine.begins(number)}
    lin = linearized(program, at, None, list(start), arithmetic)
    with explained(program, at):
        adjoints = engine.reverse(lin, start)
    needed = {name: outputs[name] for name, number in seed.items() if engine.begins(number)}
    return VjpAnswer(
        program=program,
        at=at,
        arithmetic=arithmetic,
        notes=noted(program, lin, needed, strict=strict),
        values={name: lin.primals[node] for name, node in outputs.items()},
        seed=seed,
        cotangent={
            name: adjoints[node] + zero
            for name, node in zip(program.inputs, program.graph.inputs, strict=True)
        },
        trace=trace_of(program, at, "reverse", seed, arithmetic) if traced else None,
    )


def tangent_of(
    program: Program, tangent: Seed | None, command: str, arithmetic: Arithmetic = REAL
) -> dict[int, Any]:
    """The direction as a number for every input node; of one input, 1 unless it is given."""
    inputs = program.inputs
    if tangent is None and len(inputs) > 1:
        written = ",".join(f"{name}={int(place == 0)}" for place, name in enumerate(inputs))
        raise UsageError(
            f"{command} of {len(inputs)} inputs needs a direction",
            hint=f"write it as in --tangent {written}; inputs that are left out have 0",
        )
    given = values_in(arithmetic, dict.fromkeys(inputs, 1) if tangent is None else tangent)
    named = {input_node(program, name): number for name, number in given.items()}
    return {node: named.get(node, arithmetic.lift(0)) for node in program.graph.inputs}


def seed_names(program: Program, seed: Mapping[int, Any]) -> dict[str, Any]:
    """A direction by the inputs' names."""
    return {program.inputs[node]: number for node, number in seed.items()}


def cotangent_of(program: Program, cotangent: Seed | None, arithmetic: Arithmetic) -> dict[str, Any]:
    """The seed as a number for every output; of one output, 1 unless it is given."""
    outputs = list(program.outputs)
    if cotangent is None and len(outputs) > 1:
        written = ",".join(f"{name}={int(place == 0)}" for place, name in enumerate(outputs))
        raise UsageError(
            f"vjp of {len(outputs)} outputs needs a seed",
            hint=f"write it as in --cotangent {written}; outputs that are left out have 0",
        )
    given = values_in(arithmetic, dict.fromkeys(outputs, 1) if cotangent is None else cotangent)
    named = {output_name(program, name): number for name, number in given.items()}
    return {name: named.get(name, arithmetic.lift(0)) for name in outputs}


def trace_of(program: Program, at: Point, mode: Mode, seed: Seed, arithmetic: Arithmetic) -> Trace:
    """The same sweep with its steps."""
    made, _, _ = sweep_once(program, at, mode, None, None, seed, strict=False, arithmetic=arithmetic)
    return made
