"""Running a program at a point: binding its inputs, linearizing it, sweeping once, and saying what failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from adcli import engine
from adcli.answers.choosing import columns_of, input_node, output_name
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import Undefined
from adcli.errors import AdcliError, DomainError, ShapeError, UsageError
from adcli.explain import domain_error, kink_notes
from adcli.graph import cone
from adcli.language.note import Note
from adcli.language.points import bind, values_in
from adcli.language.program import Program
from adcli.language.shaping import shaped
from adcli.notation.numerals import number
from adcli.primitives.shapes import of_value, words
from adcli.tracing.labels import UNICODE, Labels

if TYPE_CHECKING:
    from adcli.tracing.trace import Mode, Trace

LARGEST_DETOUR = 10**8  # nodes times sweeps, about half a minute
Choice = Literal["auto", "forward", "reverse"]
Point = Mapping[str, Any]


def placed(program: Program, point: Point, arithmetic: Arithmetic = REAL) -> tuple[Program, dict[str, Any]]:
    """The program of the run at a point, and the point with a number for every input, in their order."""
    given = values_in(arithmetic, point)
    program = program.at(given, arithmetic)
    at = bind(program, given)
    return shaped(program, at), at


@contextmanager
def explained(program: Program, at: Point, wanted: str = "") -> Iterator[None]:
    """Turn what the engine could not do into a DomainError that names the step.

    `wanted` names the derivative that failed where values and slopes exist: "second derivative".
    """
    try:
        yield
    except Undefined as undefined:
        raise domain_error(program, at, undefined, wanted) from undefined


def linearized(
    program: Program,
    at: Point,
    wrt: Sequence[int] | None = None,
    outputs: Sequence[int] | None = None,
    arithmetic: Arithmetic = REAL,
) -> Linearization:
    """The program's linearization, as far as `outputs` depend on the inputs of `wrt`."""
    with explained(program, at):
        return engine.linearize(program.graph, at, wrt, outputs, arithmetic)


def rows(lin: Linearization, outputs: Sequence[int], columns: Sequence[int], mode: Mode) -> list[list[Any]]:
    """The Jacobian: a forward sweep per column, or a reverse sweep per row."""
    if lin.graph.arrays:
        from adcli.answers.blocks import dense  # only where there are arrays

        return dense(lin, outputs, columns, mode)
    zero, one = map(lin.arithmetic.lift, (0, 1))
    if mode == "forward":
        tangents = [engine.forward(lin, {column: one}) for column in columns]
        return [[tangent[output] + zero for tangent in tangents] for output in outputs]
    needed = [engine.reverse(lin, {output: one}) for output in outputs]
    return [[adjoint[column] + zero for column in columns] for adjoint in needed]


def rows_by(
    lin: Linearization, outputs: Sequence[int], columns: Sequence[int], mode: Choice
) -> tuple[list[list[Any]], Mode, tuple[Note, ...]]:
    """The Jacobian, the mode that it was made in, and a note where that is not the cheaper one.

    A product of slopes may overflow in one direction only: (x*1e-200)*1e200*1e200 in reverse mode.
    Raises Undefined where a sweep overflows and the other direction is of no help.
    """
    high, wide = sizes(lin, outputs, columns)
    chosen = cheaper(mode, high, wide)
    try:
        return rows(lin, outputs, columns, chosen), chosen, ()
    except Undefined as overflow:
        other: Mode = "forward" if chosen == "reverse" else "reverse"
        needed = wide if other == "forward" else high
        if mode != "auto" or overflow.of != "sweep" or len(lin.graph) * needed > LARGEST_DETOUR:
            raise
        try:
            found = rows(lin, outputs, columns, other)
        except Undefined:
            raise overflow from None
        trouble = "leaves the exact numbers" if overflow.words else "overflows"
    said = f"a number on the way {trouble} in {chosen} mode: {other} mode is used"
    return found, other, (Note("overflow", said),)


def sizes(lin: Linearization, outputs: Sequence[int], columns: Sequence[int]) -> tuple[int, int]:
    """How many rows and columns the Jacobian has: one for every entry of an array."""
    if not lin.graph.arrays:
        return len(outputs), len(columns)
    from adcli.answers.blocks import entries  # only where there are arrays

    return entries(lin, outputs), entries(lin, columns)


def cheaper(mode: Choice, outputs: int, inputs: int) -> Mode:
    """The mode with fewer sweeps: reverse when there are no more outputs than inputs."""
    if mode in ("forward", "reverse"):
        return mode
    if mode != "auto":
        raise UsageError(f'no mode is called "{mode}"', hint="the modes are auto, forward and reverse")
    return "reverse" if outputs <= inputs else "forward"


def noted(
    program: Program,
    lin: Linearization,
    outputs: Mapping[str, int],
    *,
    strict: bool,
    wrt: Sequence[int] | None = None,
    order: int = 1,
) -> tuple[Note, ...]:
    """The program's notes and those of its kinks; with `strict` a kink is a DomainError.

    Kinks are those that a derivative of this order, by the inputs of `wrt`, meets.
    """
    notes = kink_notes(program, lin, outputs, order)
    own = [with_slopes(program, lin, outputs, note, wrt, order) for note in program.notes]
    if strict and (found := [*notes, *(note for note in own if note.code == "kink")]):
        first = found[0]
        raise DomainError(
            first.message.replace(" (--strict: an error)", ""), span=first.span, text=program.source
        )
    return (*own, *notes)


def with_slopes(
    program: Program,
    lin: Linearization,
    outputs: Mapping[str, int],
    note: Note,
    wrt: Sequence[int] | None,
    order: int,
) -> Note:
    """The note of a condition on its boundary with the derivatives of both branches; any other as it is."""
    condition = program.boundaries.get(note.span) if note.code == "kink" and note.span is not None else None
    if condition is None:
        return note
    at = dict(zip(program.inputs, lin.primals, strict=False))  # inputs are the first nodes
    # Not only the live ones: the branch taken may be a constant.
    columns = list(program.graph.inputs if wrt is None else wrt)
    told = note.message.split(":")[0]
    missing = "is not defined here"
    try:
        arithmetic = lin.arithmetic
        other = program.again(at, decide=True, flipped=frozenset({condition}), arithmetic=arithmetic)
        with explained(other, at):
            engine.evaluate(other.graph, at, arithmetic)
        missing = "has no derivative here"
        nodes = [other.outputs[name] for name in outputs]
        bent = rows(linearized(other, at, columns, nodes, lin.arithmetic), nodes, columns, "reverse")
    except AdcliError:
        return note._replace(message=f"{told}: the other branch {missing} (--strict: an error)")
    with explained(program, at):
        here = rows(lin, list(outputs.values()), columns, "reverse")
    if lin.graph.arrays:
        differ = "have other slopes than the branch taken" if bent != here else "has the same slopes"
        return note._replace(message=f"{told} (--strict: an error): the other {differ}")
    labels = Labels(program, UNICODE)
    said = [
        f"{labels.slope(labels.plain(name), labels.name(column))} is {number(mine)} in the branch taken "
        f"and {number(theirs)} in the other"
        for name, row, opposite in zip(outputs, here, bent, strict=True)
        for column, mine, theirs in zip(columns, row, opposite, strict=True)
        if mine != theirs
    ]
    if not said:
        more = "; their higher derivatives may differ (--strict: an error)" if order > 1 else ""
        return note._replace(message=f"{told}: both branches have the same slopes{more}")
    return note._replace(message=f"{told} (--strict: an error).\n{'; '.join(said)}.")


def sweep_once(
    program: Program,
    point: Point | None,
    mode: Mode,
    wrt: Sequence[str] | None,
    output: str | None,
    seed: Mapping[str, Any] | None,
    *,
    strict: bool,
    arithmetic: Arithmetic = REAL,
) -> tuple[Trace, dict[str, Any] | None, tuple[Note, ...]]:
    """One sweep as a Trace, the point it was made at, and its notes."""
    from adcli.tracing.trace import Trace  # a gradient alone needs none

    at: dict[str, Any] | None = None
    if point is not None:
        program, at = placed(program, point, arithmetic)
    elif program.blocked is not None:
        raise program.blocked
    start = conformed(program, seed_of(program, mode, wrt, output, seed, arithmetic))
    if at is None:
        return Trace(program, mode, start), None, program.notes
    lin = linearized(program, at, arithmetic=arithmetic)
    notes = noted(program, lin, program.outputs, strict=strict)
    return Trace(program, mode, start, lin, swept(program, at, lin, mode, start)), at, notes


def conformed(program: Program, seed: dict[int, Any]) -> dict[int, Any]:
    """A seed in the shapes of its nodes: a number for an array is that number in every entry.

    ShapeError for an array of another shape.
    """
    if not program.graph.arrays:
        return seed
    made = {}
    for node, value in seed.items():
        shape, given = program.graph.shape[node], of_value(value)
        if given and given != shape:
            named = (name for name, output in program.outputs.items() if output == node)
            name = next(named, program.ids[node])
            raise ShapeError(
                f"the seed of {name} is {words(given)}, and {name} is {words(shape)}",
                hint="give a seed of the same shape",
            )
        made[node] = value if given or not shape else engine.arrays().stretch(value, shape)
    return made


def seed_of(
    program: Program,
    mode: Mode,
    wrt: Sequence[str] | None,
    output: str | None,
    seed: Mapping[str, Any] | None,
    arithmetic: Arithmetic = REAL,
) -> dict[int, Any]:
    """Where a sweep starts: the given numbers, else 1 at the first input of `wrt` or at `output`.

    A forward seed has an entry for every input, a reverse seed one for every output that is not 0.
    """
    zero, one = map(arithmetic.lift, (0, 1))
    found = {} if seed is None else values_in(arithmetic, seed)
    if mode == "forward":
        first = columns_of(program, wrt)[:1]
        given = dict.fromkeys(first, one)
        if seed is not None:
            given = {input_node(program, name): value for name, value in found.items()}
        return {node: given.get(node, zero) for node in program.graph.inputs}
    if mode == "reverse":
        named = {output_name(program, output) if output else next(iter(program.outputs)): one}
        if seed is not None:
            named = {output_name(program, name): value for name, value in found.items()}
        start: dict[int, Any] = {}
        for name, number in named.items():
            node = program.outputs[name]
            start[node] = start[node] + number if node in start else number
        return {node: number for node, number in start.items() if engine.begins(number)}
    return {}


def swept(
    program: Program, at: Point, lin: Linearization, mode: Mode, seed: Mapping[int, Any]
) -> list[Any] | None:
    """The tangents or adjoints of a sweep; None where nothing was computed, also of partials alone."""
    with explained(program, at):
        if mode == "none":
            check_weights(lin)
            return None
        numbers = (engine.forward if mode == "forward" else engine.reverse)(lin, seed)
        check_weights(lin)
    came = lin.live if mode == "forward" else covered(lin, seed)
    zero = lin.arithmetic.lift(0)
    return [number + zero if on else None for number, on in zip(numbers, came, strict=True)]


def covered(lin: Linearization, seed: Mapping[int, Any]) -> bytes:
    """A flag per node: does a reverse sweep from `seed` come to it?"""
    return bytes(map(min, lin.live, cone(lin.graph, seed)))


def check_weights(lin: Linearization) -> None:
    """Raise Undefined for an edge whose weight overflowed: it would be shown."""
    if lin.graph.arrays:
        return  # they are looked at where they are made
    for edge in lin.edges:
        if not lin.arithmetic.all_finite([edge.weight]):
            values = [lin.primals[arg] for arg in lin.graph.args[edge.user]]
            raise Undefined(edge.user, values, "overflow", edge.slot, of="slope")
