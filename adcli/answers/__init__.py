"""One function per question about a program; each returns a frozen dataclass whose fields are the JSON.

A question takes a Program and a point (canonical names to floats), runs the program there, and turns
what the engine could not do into a DomainError with the step and its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from adcli import engine
from adcli.answers.answer import GradientAnswer, GraphAnswer, JacobianAnswer, TraceAnswer, ValueAnswer
from adcli.answers.choosing import columns_of, input_node, names_of, number_wanted, one_output, output_name
from adcli.answers.deciding import decided
from adcli.answers.running import (
    Choice,
    Point,
    cheaper,
    explained,
    linearized,
    noted,
    placed,
    rows_by,
    sizes,
    sweep_once,
)
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import UsageError
from adcli.language.note import Note
from adcli.language.program import Program
from adcli.primitives import ARRAYS

if TYPE_CHECKING:
    from adcli.tracing.paths import Paths
    from adcli.tracing.trace import Mode, Trace


@decided
def value(program: Program, point: Point, *, arithmetic: Arithmetic = REAL) -> ValueAnswer:
    """The value of every output at a point."""
    program, at = placed(program, point, arithmetic)
    with explained(program, at):
        primals = engine.evaluate(program.graph, at, arithmetic)
    values = {name: primals[node] for name, node in program.outputs.items()}
    return ValueAnswer(program=program, at=at, notes=program.notes, arithmetic=arithmetic, values=values)


@decided
def gradient(
    program: Program,
    point: Point,
    *,
    mode: Choice = "auto",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    strict: bool = False,
    traced: bool = False,
    arithmetic: Arithmetic = REAL,
) -> GradientAnswer:
    """The value and gradient of one output; of several, `output` must name one (UsageError)."""
    program, at = placed(program, point, arithmetic)
    chosen = one_output(program, output, "jacobian")
    number_wanted(program, chosen)
    columns = columns_of(program, wrt)
    target = {chosen: program.outputs[chosen]}
    lin = linearized(program, at, columns, list(target.values()), arithmetic)
    _, width = sizes(lin, [], columns)
    turned: tuple[Note, ...] = ()
    with explained(program, at):
        if program.graph.arrays:
            from adcli.answers import blocks  # only where there are arrays

            direction = cheaper(mode, 1, width)
            row = blocks.gradient(lin, target[chosen], columns, direction)
        else:
            (row,), direction, turned = rows_by(lin, list(target.values()), columns, mode)
    notes = (*noted(program, lin, target, strict=strict, wrt=columns), *turned)
    whole = trace_of(program, at, direction, columns, target, arithmetic) if traced else None
    return GradientAnswer(
        program=program,
        at=at,
        notes=notes,
        arithmetic=arithmetic,
        output=chosen,
        value=lin.primals[target[chosen]],
        gradient=dict(zip(names_of(program, columns), row, strict=True)),
        mode=direction,
        sweeps=1 if direction == "reverse" else width,
        trace=whole,
    )


@decided
def jacobian(
    program: Program,
    point: Point,
    *,
    mode: Choice = "auto",
    wrt: Sequence[str] | None = None,
    layout: Literal["numerator", "denominator"] = "numerator",
    strict: bool = False,
    arithmetic: Arithmetic = REAL,
) -> JacobianAnswer:
    """All partial derivatives: by columns in forward mode, by rows in reverse mode."""
    program, at = placed(program, point, arithmetic)
    columns = columns_of(program, wrt)
    outputs = dict(program.outputs)
    lin = linearized(program, at, columns, list(outputs.values()), arithmetic)
    high, wide = sizes(lin, list(outputs.values()), columns)
    with explained(program, at):
        matrix, direction, turned = rows_by(lin, list(outputs.values()), columns, mode)
    parts = None
    if program.graph.arrays:
        from adcli.answers import blocks  # only where there are arrays

        parts = blocks.blocks(
            lin, matrix, outputs, dict(zip(names_of(program, columns), columns, strict=True))
        )
        if layout == "denominator":
            parts = {
                output: {name: blocks.transposed(part) for name, part in found.items()}
                for output, found in parts.items()
            }
    if layout == "denominator":
        matrix = [list(column) for column in zip(*matrix, strict=True)] if columns else []
    return JacobianAnswer(
        program=program, at=at, arithmetic=arithmetic,
        notes=(*noted(program, lin, outputs, strict=strict, wrt=columns), *turned),
        values={name: lin.primals[node] for name, node in outputs.items()}, jacobian=matrix,
        wrt=tuple(names_of(program, columns)), layout=layout, mode=direction,
        sweeps=high if direction == "reverse" else wide, blocks=parts,
    )  # fmt: skip


@decided
def trace(
    program: Program,
    point: Point | None = None,
    *,
    mode: Literal["forward", "reverse"] = "reverse",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    seed: Mapping[str, Any] | None = None,
    strict: bool = False,
    paths: tuple[str, str | None] | None = None,
    arithmetic: Arithmetic = REAL,
) -> TraceAnswer:
    """One sweep step by step: forward from the first of `wrt`, reverse from `output`, or from an own `seed`.

    Without a point the formulas are there and the numbers are not. `paths` asks for the paths from an
    input to an output, by their names; None is the first output.
    """
    made, at, notes = sweep_once(
        program, point, mode, wrt, output, seed, strict=strict, arithmetic=arithmetic
    )
    found = paths_of(made, at, paths)
    return TraceAnswer(
        program=made.program, at=at, notes=notes, arithmetic=arithmetic, trace=made, paths=found
    )


@decided
def graph(
    program: Program,
    point: Point | None = None,
    *,
    mode: Mode = "none",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    seed: Mapping[str, Any] | None = None,
    strict: bool = False,
    paths: tuple[str, str | None] | None = None,
    arithmetic: Arithmetic = REAL,
) -> GraphAnswer:
    """The graph with its partials, and with the numbers of one sweep when `mode` asks for them.

    `paths` is as in `trace`.
    """
    made, at, notes = sweep_once(
        program, point, mode, wrt, output, seed, strict=strict, arithmetic=arithmetic
    )
    found = paths_of(made, at, paths)
    return GraphAnswer(
        program=made.program, at=at, notes=notes, arithmetic=arithmetic, trace=made, paths=found
    )


def paths_of(made: Trace, at: Point | None, asked: tuple[str, str | None] | None) -> Paths | None:
    """The paths that are asked for."""
    if asked is None:
        return None
    from adcli.tracing.paths import paths_between  # few ask for them

    program = made.program
    if program.graph.arrays or not ARRAYS.keys().isdisjoint(program.graph.op):
        raise UsageError(
            "paths multiply numbers, and this program has arrays", hint="--expand makes every entry a node"
        )
    source = input_node(program, asked[0])
    output = next(iter(program.outputs)) if asked[1] is None else output_name(program, asked[1])
    with explained(program, at or {}):
        return paths_between(made, (program.inputs[source], output), source, program.outputs[output])


def trace_of(
    program: Program,
    at: Point,
    mode: Mode,
    columns: Sequence[int],
    target: Mapping[str, int],
    arithmetic: Arithmetic,
) -> Trace:
    """The trace that belongs to a gradient: of its output, or of its first column."""
    wrt, output = names_of(program, columns), next(iter(target))
    made, _, _ = sweep_once(program, at, mode, wrt, output, None, strict=False, arithmetic=arithmetic)
    return made
