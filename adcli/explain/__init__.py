"""What went wrong, or nearly, at a step: domain errors and kinks in the reader's own names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from adcli.arithmetic import TooLong, Undecided
from adcli.engine import forward
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import Undefined
from adcli.errors import DomainError
from adcli.explain import kink_words
from adcli.graph import CONST, INPUT, cone
from adcli.language.constants import TO_DIGITS
from adcli.language.note import Note
from adcli.language.program import Program
from adcli.notation import SPOKEN, show
from adcli.notation import TABLE as IN_TABLES
from adcli.notation.numerals import LARGEST, number
from adcli.primitives import ROWS
from adcli.primitives.primitive import Kink

if TYPE_CHECKING:
    from adcli.tracing.labels import Labels

MOST_ODD = 99  # the denominators of exponents that are read as roots
CUBE = 3
MOST_SAID = 80  # characters of a value; an exact one may have thousands


def domain_error(
    program: Program, point: Mapping[str, Any], undefined: Undefined, wanted: str = ""
) -> DomainError:
    """The error for a step without value or slope: what stands there, its operands' values, what it needs.

    With `wanted` value and slope exist, and it is this higher derivative that does not.
    """
    graph, node = program.graph, undefined.node
    inexact = "leaves the exact" in undefined.words or isinstance(undefined.__cause__, TooLong)
    undecided = isinstance(undefined.__cause__, Undecided)
    labels = labels_of(program)
    name, operation = labels.name(node), show.step(graph, node, labels.piece, IN_TABLES)
    hint = None
    if inexact or undecided:
        if undefined.of == "sweep":
            of, at = "the derivative at ", ""
        else:
            of = "the slope of " if undefined.of == "slope" else ""
            at = operands_at(program, labels, node, undefined.values, undefined.entry)
        message = f"{'cannot be decided' if undecided else 'no exact value'}: {of}{operation}{at}"
        details = [undefined.words]
        hint = None if undecided else TO_DIGITS
    else:
        message, details = complaint(program, labels, undefined, wanted)
    if undefined.entry is not None:
        details.append(f"this is entry {place_in(undefined.entry, graph.shape[node])} of {name}")
    if point:
        spelled = (f"{program.spelled.get(name, name)} = {number(value)}" for name, value in point.items())
        details.append(f"at {', '.join(spelled)}")
    step = "" if graph.op[node] in (INPUT, CONST) else f"step {labels.equation(node, operation)}"
    return DomainError(
        message, span=program.span(node), text=program.source, caption=step, details=tuple(details),
        hint=hint or odd_root(program, undefined),
    )  # fmt: skip


def odd_root(program: Program, undefined: Undefined) -> str | None:
    """What to write for a power such as x^(1/3) of a negative base; None where no odd root is meant."""
    graph, node = program.graph, undefined.node
    if graph.op[node] != "pow" or (undefined.of, undefined.reason) != ("value", "domain"):
        return None
    base, power = graph.args[node]
    if graph.variable[power] or not float(undefined.values[0]) < 0:
        return None
    exponent = float(undefined.values[1])
    near = Fraction(exponent).limit_denominator(MOST_ODD)
    p, q = near.numerator, near.denominator
    if q % 2 == 0 or q == 1 or float(near) != exponent:
        return None
    x = program.spelled.get(program.ids[base], program.ids[base]) if graph.op[base] == INPUT else "..."
    root = f"cbrt({x})" if q == CUBE else f"sign({x})*abs({x})^(1/{q})"
    if p == 1:
        return f"for the real root write {root}"
    return f"for the real root write {root if q == CUBE else f'({root})'}^{p if p > 0 else f'({p})'}"


def complaint(program: Program, labels: Labels, undefined: Undefined, wanted: str) -> tuple[str, list[str]]:
    """What does not exist at a step, and why."""
    graph, node, overflows = program.graph, undefined.node, undefined.reason == "overflow"
    operation = show.step(graph, node, labels.piece, IN_TABLES)
    at = operands_at(program, labels, node, undefined.values, undefined.entry)
    row = ROWS.get(graph.op[node])
    if undefined.of == "sweep":
        return f"overflow: the derivative at {labels.equation(node, operation)} is beyond {LARGEST}", []
    if wanted and overflows:
        return f"overflow: the {wanted} of {operation}{at} is beyond {LARGEST}", []
    if wanted:
        why = "is infinite" if undefined.reason == "pole" else "does not exist"
        return f"no {wanted} here: {operation}{at}", [f"its first derivative exists and a further one {why}"]
    if undefined.of == "slope":
        args = graph.args[node]
        by = "" if len(set(args)) == 1 else f" by {labels.name(args[undefined.slot or 0])}"
        message = f"no derivative{by} here: {operation}{at}"
        if overflows:
            return message, [f"the slope is beyond {LARGEST}"]
        if row is None:
            return message, []
        smooth = f"{SPOKEN.get(row.name, row.name)} has a derivative only at {row.smooth}"
        return message, [smooth if row.smooth else "the slope is infinite"]
    if overflows:
        return f"overflow: {operation}{at} is beyond {LARGEST}", []
    needs = [f"{SPOKEN.get(row.name, row.name)} needs {row.needs}"] if row is not None and row.needs else []
    return f"not defined here: {operation}{at}", needs


def place_in(entry: tuple[int, int], shape: tuple[int, ...]) -> str:
    """The place of an entry: [2] in a vector, [2, 3] in a matrix."""
    return f"[{entry[0]}]" if shape[1] == 1 else f"[{entry[0]}, {entry[1]}]"


def labels_of(program: Program) -> Labels:
    """The names of steps in a message; most results need none."""
    from adcli.tracing.labels import UNICODE, Labels

    return Labels(program, UNICODE)


def operands_at(
    program: Program, labels: Labels, node: int, values: Sequence[Any], entry: tuple[int, int] | None = None
) -> str:
    """The operands of a step with their formulas and values: " at v₁ = x - 3 = -2", or " at x[2] = -4"."""
    graph = program.graph
    parts = []
    for arg, value in dict(zip(graph.args[node], values, strict=False)).items():
        if graph.op[arg] == CONST:
            continue
        formula = "" if graph.op[arg] == INPUT else f"{show.step(graph, arg, labels.piece, IN_TABLES)} = "
        place, shape = "", graph.shape[arg]
        if entry is not None and shape:
            place = place_in((min(entry[0], shape[0]), min(entry[1], shape[1])), shape)
            formula = ""
        said = number(value)
        if formula == f"{said} = ":
            formula = ""
        name = "" if formula == f"{labels.row(arg)} = " else f"{labels.name(arg)}{place} = "
        parts.append(f"{name}{formula}{said if len(said) <= MOST_SAID else said[: MOST_SAID - 1] + '…'}")
    return f" at {', '.join(parts)}" if parts else ""


def kinks(program: Program, lin: Linearization, outputs: Iterable[int], order: int) -> list[tuple[int, Kink]]:
    """The steps with a kink at this point that the outputs' slopes depend on and an input moves."""
    graph = program.graph
    needed = cone(graph, outputs, past=("stop",))
    found = []
    for node, op in enumerate(graph.op):
        row = ROWS.get(op)
        if row is not None and row.kinks and needed[node] and lin.live[node]:
            values = [lin.primals[arg] for arg in graph.args[node]]
            found += [(node, kink) for kink in row.kinks if kink.order <= order and kink.at(*values)]
    return found


def kink_notes(
    program: Program, lin: Linearization, outputs: Mapping[str, int], order: int = 1
) -> list[Note]:
    """A note per kink: the step and its operand's value, the slopes, what they mean for the derivative."""
    if lin.graph.arrays:
        from adcli.explain import array_kinks  # only where there are arrays

        return array_kinks.notes(program, lin, outputs.values(), labels_of(program), order)
    found = kinks(program, lin, outputs.values(), order)
    if not found:
        return []
    labels = labels_of(program)
    notes = []
    for node, kink in found:
        graph = program.graph
        op = graph.op[node]
        step = labels.equation(node, show.step(graph, node, labels.piece, IN_TABLES))
        values = [lin.primals[arg] for arg in graph.args[node]]
        where = operands_at(program, labels, node, values).replace(" at ", ", where ", 1)
        first = kink.order == 1
        lines = [f"{op} {kink_words.happens(kink)} at step {step}{where}."]
        lines += [slopes_line(kink, lin, node, values) if first else kink_words.curvature_line(kink, values)]
        if len(found) == 1 and kink.slopes is not None and first:
            lines += one_sided(program, lin, node, kink, outputs)
        if order > 1 and first:
            lines.append(kink_words.HIGHER)
        code = "tie" if op in ("max", "min") else "kink"
        notes.append(Note(code, "\n".join(lines), labels.ids[node], program.span(node)))
    return notes


def slopes_line(kink: Kink, lin: Linearization, node: int, values: Sequence[Any]) -> str:
    """The slopes on both sides and the one that is used."""
    used = [number(lin.weights[node][slot]) for slot in tied(kink, values)]
    if kink.slopes is None:
        return f"it has no slope there; {used[0]} is used {kink_words.STRICT}"
    pairs = kink.slopes(*values)
    left, right = pairs[tied(kink, values)[0]]
    each = " for each of the tied operands" if len(used) > 1 else ""
    return kink_words.slopes_line(left, right, used[0], each)


def tied(kink: Kink, values: Sequence[Any]) -> list[int]:
    """The operands whose slopes differ on the two sides."""
    if kink.slopes is None:
        return [0]
    return [slot for slot, (left, right) in enumerate(kink.slopes(*values)) if left != right] or [0]


def one_sided(
    program: Program, lin: Linearization, node: int, kink: Kink, outputs: Mapping[str, int]
) -> list[str]:
    """What one kink means for each derivative: its value as an input comes from the left and from the right.

    An input that moves the kink's operand with slope s > 0 crosses it from left to right, with s < 0
    the other way; with s = 0, or with several operands moving, nothing is said.
    """
    values = [lin.primals[arg] for arg in program.graph.args[node]]
    slots = tied(kink, values)
    if len(slots) != 1 or kink.slopes is None:
        return []
    (slot,) = slots
    lift = lin.arithmetic.lift
    one = lift(1)
    left, right = (lift(Fraction(str(slope))) for slope in kink.slopes(*values)[slot])
    labels = labels_of(program)
    said = []
    for i in lin.graph.inputs:
        if not lin.live[i]:
            continue
        speed = forward(lin, {i: one})[lin.graph.args[node][slot]]
        if not speed:
            continue
        sides = []
        for slope in (left, right) if speed > 0 else (right, left):
            weights = list(lin.weights)
            weights[node] = tuple(slope if s == slot else w for s, w in enumerate(lin.weights[node]))
            bent = Linearization(lin.graph, lin.arithmetic, lin.primals, weights, lin.live)
            tangents = forward(bent, {i: one})
            sides.append([tangents[output] for output in outputs.values()])
        for place, name in enumerate(outputs):
            before, after = sides[0][place], sides[1][place]
            if before != after:
                by = labels.slope(labels.plain(name), labels.name(i))
                said.append(f"{by} is {number(before)} from the left and {number(after)} from the right")
    return [f"so {'; '.join(said)}."] if said else []
