"""What commands answer: a frozen dataclass each, whose fields are the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.language.note import Note
from adcli.language.program import Program
from adcli.notation.numerals import json_number

if TYPE_CHECKING:
    from adcli.tracing.cutting import Part
    from adcli.tracing.paths import Paths
    from adcli.tracing.trace import Mode, Trace


SCHEMA = "adcli/1"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What every command answers. `program` is the one that was run; it is not part of the JSON."""

    command: ClassVar[str]
    stored: ClassVar[bool] = True  # whether a later command without an expression takes this one
    program: Program = field(repr=False)
    at: dict[str, Any] | None
    notes: tuple[Note, ...] = ()
    arithmetic: Arithmetic = REAL

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
            **({"arithmetic": self.arithmetic.words} if self.arithmetic.words else {}),
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
        """The fields of this command."""
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
        """The fields of this command."""
        answer = {
            "mode": self.mode,
            "value": json_number(self.value),
            "gradient": json_numbers(self.gradient),
        }
        if self.trace is None:
            return answer
        from adcli.tracing.trace_json import trace_json  # a gradient alone needs none

        return {**answer, "trace": trace_json(self.trace)}


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
    blocks: dict[str, dict[str, list[list[Any]]]] | None = None

    def own(self) -> dict[str, Any]:
        """The fields of this command. Blocks are there where something is an array."""
        return {
            **({} if self.blocks is None else {"blocks": json_numbers(self.blocks)}),
            "mode": self.mode,
            "value": json_numbers(one_or_list(self.values)),
            "jacobian": json_numbers(self.jacobian),
            "wrt": list(self.wrt),
            "layout": self.layout,
        }


@dataclass(frozen=True, kw_only=True)
class TraceAnswer(Answer):
    """`trace`: one sweep, step by step; a `blank` one is for somebody to fill in."""

    command = "trace"
    trace: Trace
    paths: Paths | None = None
    blank: bool = False

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        from adcli.tracing.trace_json import blank_json, trace_json

        if self.blank:
            return {"trace": blank_json(self.trace)}
        return {"trace": trace_json(self.trace), **own_paths(self.paths)}


@dataclass(frozen=True, kw_only=True)
class GraphAnswer(Answer):
    """`graph`: the nodes and edges, of the whole graph or of a part, with the numbers of one sweep."""

    command = "graph"
    trace: Trace
    paths: Paths | None = None
    part: Part | None = None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        from adcli.tracing.trace_json import graph_json, seed_json

        trace = self.trace
        return {
            "mode": trace.mode,
            "seed": seed_json(trace),
            "graph": graph_json(trace, None if self.part is None else self.part.nodes),
            **own_paths(self.paths),
        }


def own_paths(paths: Paths | None) -> dict[str, Any]:
    """The field of the paths, where they were asked for."""
    if paths is None:
        return {}
    from adcli.tracing.paths import paths_json

    return {"paths": paths_json(paths)}


def one_or_list(values: Mapping[str, Any]) -> Any:
    """The one value, or all of them as a list."""
    found = list(values.values())
    return found[0] if len(found) == 1 else found


def json_numbers(value: Any) -> Any:
    """Numbers inside lists and dictionaries, ready for JSON."""
    if isinstance(value, dict):
        return {key: json_numbers(item) for key, item in value.items()}
    return [json_numbers(item) for item in value] if isinstance(value, list) else json_number(value)
