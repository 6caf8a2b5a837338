"""One function per question about a program; each returns a frozen dataclass whose fields are the JSON.

A question takes a Program and a point (canonical names to floats), runs the program there, and turns
what the engine could not do into a DomainError with the step and its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from adcli import sweep
from adcli.arithmetic.real import REAL
from adcli.errors import DomainError, NameProblem, UsageError
from adcli.explain import domain_error, kink_notes
from adcli.graph import cone
from adcli.language.names import canonical, nearest
from adcli.language.points import bind, from_values
from adcli.language.program import Note, Program
from adcli.numerals import json_number
from adcli.sweep import Linearization, Undefined
from adcli.trace_json import graph_json, seed_json, trace_json
from adcli.tracing import Mode, Trace

SCHEMA = "adcli/1"
Choice = Literal["auto", "forward", "reverse"]
Point = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What every command answers. `program` is the one that was run; it is not part of the JSON."""

    command: ClassVar[str]
    program: Program = field(repr=False)
    at: dict[str, Any] | None
    notes: tuple[Note, ...] = ()

    def own(self) -> dict[str, Any]:
        """The command's own fields, ready for JSON."""
        raise NotImplementedError

    def json(self) -> dict[str, Any]:
        """The whole answer, ready for JSON."""
        program = self.program
        return {
            "schema": SCHEMA,
            "command": self.command,
            "source": program.source,
            "reading": program.reading,
            "inputs": list(program.inputs),
            "outputs": list(program.outputs),
            "at": None if self.at is None else {name: json_number(value) for name, value in self.at.items()},
            **self.own(),
            "notes": [
                {
                    "code": note.code,
                    "message": note.message,
                    "step": note.step,
                    "span": note.span and list(note.span),
                }
                for note in self.notes
            ],
        }


@dataclass(frozen=True, kw_only=True)
class ValueAnswer(Answer):
    """`eval`: the outputs' values."""

    command = "eval"
    values: dict[str, Any]

    @property
    def value(self) -> Any:
        """A number for one output, a list for several."""
        return one_or_list(self.values)

    def own(self) -> dict[str, Any]:
        return {"value": json_numbers(self.value)}


@dataclass(frozen=True, kw_only=True)
class GradientAnswer(Answer):
    """`grad`: the value and the gradient of one output."""

    command = "grad"
    output: str
    value: Any
    gradient: dict[str, Any]
    mode: Mode
    sweeps: int
    trace: Trace | None = None

    def own(self) -> dict[str, Any]:
        answer = {
            "mode": self.mode,
            "value": json_number(self.value),
            "gradient": json_numbers(self.gradient),
        }
        return answer if self.trace is None else {**answer, "trace": trace_json(self.trace)}


@dataclass(frozen=True, kw_only=True)
class JacobianAnswer(Answer):
    """`jacobian`: one row per output and one column per input of `wrt`; transposed in denominator layout."""

    command = "jacobian"
    values: dict[str, Any]
    jacobian: list[list[Any]]
    wrt: tuple[str, ...]
    layout: Literal["numerator", "denominator"]
    mode: Mode
    sweeps: int

    def own(self) -> dict[str, Any]:
        return {
            "mode": self.mode,
            "value": json_numbers(one_or_list(self.values)),
            "jacobian": json_numbers(self.jacobian),
            "wrt": list(self.wrt),
            "layout": self.layout,
        }


@dataclass(frozen=True, kw_only=True)
class TraceAnswer(Answer):
    """`trace`: one sweep, step by step."""

    command = "trace"
    trace: Trace

    def own(self) -> dict[str, Any]:
        return {"trace": trace_json(self.trace)}


@dataclass(frozen=True, kw_only=True)
class GraphAnswer(Answer):
    """`graph`: the nodes and edges, with the numbers of one sweep."""

    command = "graph"
    trace: Trace

    def own(self) -> dict[str, Any]:
        trace = self.trace

        return {
            "mode": trace.mode,
            "seed": seed_json(trace),
            "graph": graph_json(trace),
        }


# The questions.


def value(program: Program, point: Point) -> ValueAnswer:
    """The value of every output at a point."""
    program, at = placed(program, point)
    with explained(program, at):
        primals = sweep.evaluate(program.graph, REAL, at)
    values = {name: primals[node] for name, node in program.outputs.items()}
    return ValueAnswer(program=program, at=at, notes=program.notes, values=values)


def gradient(
    program: Program,
    point: Point,
    *,
    mode: Choice = "auto",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    strict: bool = False,
    traced: bool = False,
) -> GradientAnswer:
    """The value and gradient of one output; of several, `output` must name one (UsageError)."""
    program, at = placed(program, point)
    chosen = one_output(program, output)
    columns = columns_of(program, wrt)
    target = {chosen: program.outputs[chosen]}
    lin = linearized(program, at, columns, list(target.values()))
    direction = cheaper(mode, 1, len(columns))
    with explained(program, at):
        (row,) = rows(lin, list(target.values()), columns, direction)
    notes = noted(program, lin, target, strict=strict)
    whole = trace_of(program, at, direction, columns, target) if traced else None
    return GradientAnswer(
        program=program, at=at, notes=notes, output=chosen, value=lin.primals[target[chosen]],
        gradient=dict(zip(names_of(program, columns), row, strict=True)), mode=direction,
        sweeps=1 if direction == "reverse" else len(columns), trace=whole,
    )  # fmt: skip


def jacobian(
    program: Program,
    point: Point,
    *,
    mode: Choice = "auto",
    wrt: Sequence[str] | None = None,
    layout: Literal["numerator", "denominator"] = "numerator",
    strict: bool = False,
) -> JacobianAnswer:
    """All partial derivatives: by columns in forward mode, by rows in reverse mode."""
    program, at = placed(program, point)
    columns = columns_of(program, wrt)
    outputs = dict(program.outputs)
    lin = linearized(program, at, columns, list(outputs.values()))
    direction = cheaper(mode, len(outputs), len(columns))
    with explained(program, at):
        matrix = rows(lin, list(outputs.values()), columns, direction)
    if layout == "denominator":
        matrix = [list(column) for column in zip(*matrix, strict=True)] if columns else []
    return JacobianAnswer(
        program=program, at=at, notes=noted(program, lin, outputs, strict=strict),
        values={name: lin.primals[node] for name, node in outputs.items()}, jacobian=matrix,
        wrt=tuple(names_of(program, columns)), layout=layout, mode=direction,
        sweeps=len(outputs) if direction == "reverse" else len(columns),
    )  # fmt: skip


def trace(
    program: Program,
    point: Point | None = None,
    *,
    mode: Literal["forward", "reverse"] = "reverse",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    seed: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> TraceAnswer:
    """One sweep step by step: forward from the first of `wrt`, reverse from `output`, or from an own `seed`.

    Without a point the formulas are there and the numbers are not.
    """
    made, at, notes = sweep_once(program, point, mode, wrt, output, seed, strict=strict)
    return TraceAnswer(program=made.program, at=at, notes=notes, trace=made)


def graph(
    program: Program,
    point: Point | None = None,
    *,
    mode: Mode = "none",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    seed: Mapping[str, Any] | None = None,
    strict: bool = False,
) -> GraphAnswer:
    """The graph with its partials, and with the tangents or adjoints of one sweep when `mode` asks for them."""
    made, at, notes = sweep_once(program, point, mode, wrt, output, seed, strict=strict)
    return GraphAnswer(program=made.program, at=at, notes=notes, trace=made)


# The steps they share.


def placed(
    program: Program, point: Point, *, read: Callable[[Point], dict[str, Any]] = from_values
) -> tuple[Program, dict[str, Any]]:
    """The program of the run at a point, and the point with a number for every input, in their order."""
    given = read(point)
    program = program.at(given)
    return program, bind(program, given)


@contextmanager
def explained(program: Program, at: Point) -> Iterator[None]:
    """Turn what the engine could not do into a DomainError that names the step."""
    try:
        yield
    except Undefined as undefined:
        raise domain_error(program, at, undefined) from undefined


def linearized(
    program: Program, at: Point, wrt: Sequence[int] | None = None, outputs: Sequence[int] | None = None
) -> Linearization:
    """The program's linearization in floats, as far as `outputs` depend on the inputs of `wrt`."""
    with explained(program, at):
        return sweep.linearize(program.graph, REAL, at, wrt, outputs)


def rows(lin: Linearization, outputs: Sequence[int], columns: Sequence[int], mode: Mode) -> list[list[float]]:
    """The Jacobian: a forward sweep per column, or a reverse sweep per row."""
    if mode == "forward":
        tangents = [sweep.forward(lin, {column: 1.0}) for column in columns]
        return [[tangent[output] + 0.0 for tangent in tangents] for output in outputs]
    needed = [sweep.reverse(lin, {output: 1.0}) for output in outputs]
    return [[adjoint[column] + 0.0 for column in columns] for adjoint in needed]


def cheaper(mode: Choice, outputs: int, inputs: int) -> Mode:
    """The mode with fewer sweeps: reverse when there are no more outputs than inputs."""
    if mode in ("forward", "reverse"):
        return mode
    if mode != "auto":
        raise UsageError(f'no mode is called "{mode}"', hint="the modes are auto, forward and reverse")
    return "reverse" if outputs <= inputs else "forward"


def columns_of(program: Program, wrt: Sequence[str] | None) -> list[int]:
    """The nodes of the inputs to differentiate by, all of them unless `wrt` names some."""
    if wrt is None:
        return program.graph.inputs
    if isinstance(wrt, str):
        wrt = [wrt]
    return [input_node(program, name) for name in dict.fromkeys(wrt)]


def input_node(program: Program, name: str) -> int:
    """The node of an input by name; NameProblem when there is none."""
    known = canonical(name)
    if known in program.inputs:
        return program.inputs.index(known)  # inputs are the first nodes
    meant = nearest(name, list(program.inputs))
    raise NameProblem(
        f'no input is called "{name}"', text=program.source,
        details=(f"inputs: {', '.join(program.inputs) or 'none'}",), hint=f"did you mean {meant}?" if meant else None,
    )  # fmt: skip


def names_of(program: Program, columns: Sequence[int]) -> list[str]:
    """The names of input nodes."""
    return [program.inputs[column] for column in columns]


def one_output(program: Program, output: str | None) -> str:
    """The output that is asked for; UsageError when there are several and none is named."""
    names = list(program.outputs)
    if output is not None:
        return output_name(program, output)
    if len(names) > 1:
        raise UsageError(
            f"the program has {len(names)} outputs: {', '.join(names)}", text=program.source,
            hint=f"use jacobian for all of them, or --output {names[0]} for one",
        )  # fmt: skip
    return names[0]


def output_name(program: Program, name: str) -> str:
    """An output's name as the program has it; NameProblem when there is none."""
    known = canonical(name)
    if known in program.outputs:
        return known
    meant = nearest(name, list(program.outputs))
    raise NameProblem(
        f'no output is called "{name}"', text=program.source,
        details=(f"outputs: {', '.join(program.outputs)}",), hint=f"did you mean {meant}?" if meant else None,
    )  # fmt: skip


def noted(
    program: Program, lin: Linearization, outputs: Mapping[str, int], *, strict: bool
) -> tuple[Note, ...]:
    """The program's notes and those of its kinks; with `strict` a kink is a DomainError."""
    notes = kink_notes(program, lin, outputs)
    notes_of_branches = [note for note in program.notes if note.code == "kink"]
    if strict and (found := [*notes, *notes_of_branches]):
        first = found[0]
        raise DomainError(
            first.message.replace(" (--strict: an error)", ""), span=first.span, text=program.source
        )
    return (*program.notes, *notes)


def sweep_once(
    program: Program,
    point: Point | None,
    mode: Mode,
    wrt: Sequence[str] | None,
    output: str | None,
    seed: Mapping[str, Any] | None,
    *,
    strict: bool,
) -> tuple[Trace, dict[str, Any] | None, tuple[Note, ...]]:
    """One sweep as a Trace, the point it was made at, and its notes."""
    at: dict[str, Any] | None = None
    if point is not None:
        program, at = placed(program, point)
    start = seed_of(program, mode, wrt, output, seed)
    if at is None:
        return Trace(program, mode, start), None, program.notes
    lin = linearized(program, at)
    notes = noted(program, lin, program.outputs, strict=strict) if mode != "none" else program.notes
    return Trace(program, mode, start, lin, swept(program, at, lin, mode, start)), at, notes


def seed_of(
    program: Program,
    mode: Mode,
    wrt: Sequence[str] | None,
    output: str | None,
    seed: Mapping[str, Any] | None,
) -> dict[int, float]:
    """Where a sweep starts: the given numbers, else 1 at the first input of `wrt` or at `output`.

    A forward seed has an entry for every input, a reverse seed one for every output that is not 0.
    """
    if mode == "forward":
        first = columns_of(program, wrt)[:1]
        given = {first[0]: 1.0} if seed is None and first else {
            input_node(program, name): value for name, value in from_values(seed or {}).items()
        }  # fmt: skip
        return {node: given.get(node, 0.0) for node in program.graph.inputs}
    if mode == "reverse":
        named = {output_name(program, output) if output else next(iter(program.outputs)): 1.0}
        if seed is not None:
            named = {output_name(program, name): value for name, value in from_values(seed).items()}
        start: dict[int, float] = {}
        for name, number in named.items():
            node = program.outputs[name]
            start[node] = start.get(node, 0.0) + number
        return {node: number for node, number in start.items() if number}
    return {}


def swept(
    program: Program, at: Point, lin: Linearization, mode: Mode, seed: Mapping[int, float]
) -> list[float | None] | None:
    """The tangents or adjoints of a sweep; None where nothing was computed."""
    if mode == "none":
        return None
    with explained(program, at):
        numbers = (sweep.forward if mode == "forward" else sweep.reverse)(lin, seed)
        check_weights(lin)
    came = lin.live if mode == "forward" else covered(lin, seed)
    return [number + 0.0 if on else None for number, on in zip(numbers, came, strict=True)]


def covered(lin: Linearization, seed: Mapping[int, Any]) -> bytes:
    """A flag per node: does a reverse sweep from `seed` come to it?"""
    return bytes(map(min, lin.live, cone(lin.graph, seed)))


def check_weights(lin: Linearization) -> None:
    """Raise Undefined for an edge whose weight overflowed: it would be shown."""
    for edge in lin.edges:
        if not lin.arithmetic.all_finite([edge.weight]):
            values = [lin.primals[arg] for arg in lin.graph.args[edge.user]]
            raise Undefined(edge.user, values, "overflow", edge.slot, of="slope")


def trace_of(
    program: Program, at: Point, mode: Mode, columns: Sequence[int], target: Mapping[str, int]
) -> Trace:
    """The trace that belongs to a gradient: of its output, or of its first column."""
    made, _, _ = sweep_once(
        program, at, mode, names_of(program, columns), next(iter(target)), None, strict=False
    )
    return made


def one_or_list(values: Mapping[str, Any]) -> Any:
    """The one value, or all of them as a list."""
    found = list(values.values())
    return found[0] if len(found) == 1 else found


def json_numbers(value: Any) -> Any:
    """Numbers inside lists and dictionaries, ready for JSON."""
    if isinstance(value, dict):
        return {key: json_numbers(item) for key, item in value.items()}
    return [json_numbers(item) for item in value] if isinstance(value, list) else json_number(value)
