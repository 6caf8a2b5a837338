"""Kinks of operations on arrays: which entries lie on them, and which slope is used there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.engine.sweep import Linearization
from adcli.explain import kink_words
from adcli.explain.kink_words import STRICT
from adcli.graph import cone
from adcli.language.note import Note
from adcli.notation import TABLE as IN_TABLES
from adcli.notation import show
from adcli.notation.numerals import number
from adcli.primitives import ROWS, LinearMap
from adcli.primitives.primitive import Kink
from adcli.primitives.shapes import of_value

if TYPE_CHECKING:
    from adcli.language.program import Program
    from adcli.tracing.labels import Labels

OF_ALL = {"norm": "all entries of {0} are 0", "max_entry": "", "min_entry": ""}


class Bent(NamedTuple):
    """A step with a kink here: its first place (None for a whole array), and how many places there are."""

    node: int
    kink: Kink
    place: tuple[int, int] | None
    times: int


def bent(lin: Linearization, outputs: Iterable[int], order: int) -> list[Bent]:
    """The steps with a kink at this point that the outputs' slopes depend on and an input moves."""
    graph, needed = lin.graph, cone(lin.graph, outputs, past=("stop",))
    found = []
    for node, op in enumerate(graph.op):
        row = ROWS.get(op)
        if row is None or not row.kinks or not needed[node] or not lin.live[node]:
            continue
        values = [lin.primals[arg] for arg in graph.args[node]]
        for kink in row.kinks:
            if kink.order > order:
                continue
            place, count = places(op, kink, values, lin.primals[node], graph.data[node])
            if count:
                found.append(Bent(node, kink, place, count))
    return found


def places(
    op: str, kink: Kink, values: list[Any], z: Any, axis: int | None
) -> tuple[tuple[int, int] | None, int]:
    """The first place on a kink and how many there are."""
    import numpy as np  # there are arrays, so it has been loaded

    if op == "norm":
        return None, int(kink.at(*values))
    if op in OF_ALL:
        equal = np.sum(values[0] == z, axis=None if axis is None else axis - 1)
        return None, int(np.max(equal)) if np.max(equal) > 1 else 0
    if len(values) == 1:
        hits: Any = kink.at(values[0])
    elif op in ("max", "min"):
        hits = sum(np.asarray(value == z, dtype=int) for value in values) > 1
    else:
        hits = np.frompyfunc(kink.at, len(values), 1)(*values)
    where = np.argwhere(np.asarray(hits, dtype=bool))
    if not len(where):
        return None, 0
    return (int(where[0][0]) + 1, int(where[0][1]) + 1) if where.shape[1] == 2 else None, len(where)


def notes(
    program: Program, lin: Linearization, outputs: Iterable[int], labels: Labels, order: int = 1
) -> list[Note]:
    """A note per kink that a derivative of this order meets."""
    found = []
    for each in bent(lin, outputs, order):
        node, op, first = each.node, lin.graph.op[each.node], each.kink.order == 1
        tie = op.startswith(("max", "min"))
        step = labels.equation(node, show.step(lin.graph, node, labels.piece, IN_TABLES))
        happens = "has a tie" if tie else "has a kink" if op == "norm" else kink_words.happens(each.kink)
        lines = [f"{op.removesuffix('_entry')} {happens} at step {step}{where(each, lin, labels)}."]
        lines += [used(each, lin) if first else kink_words.curvature_line(each.kink, [0.0])]
        lines += [kink_words.HIGHER] if first and order > 1 else []
        found.append(Note("tie" if tie else "kink", "\n".join(lines), labels.ids[node], program.span(node)))
    return found


def where(each: Bent, lin: Linearization, labels: Labels) -> str:
    """The entries on a kink, in words."""
    op, (arg, *others) = lin.graph.op[each.node], lin.graph.args[each.node]
    name = labels.name(arg)
    if op == "norm":
        return f", where {OF_ALL[op].format(name)}"
    if op in OF_ALL:
        extreme = "largest" if op.startswith("max") else "smallest"
        return f", where {each.times} entries share the {extreme} value"
    rest = each.times - 1
    more = f" and in {rest} more entr{'y' if rest == 1 else 'ies'}" if rest else ""
    if others or each.place is None:
        return f", in entry {list(each.place)}{more}" if each.place else ""
    value = lin.primals[arg][each.place[0] - 1, each.place[1] - 1]
    return f", where {name}{entry(each.place, lin.graph.shape[arg])} = {number(float(value))}{more}"


def entry(place: tuple[int, int], shape: tuple[int, ...]) -> str:
    """The place of an entry: [2] in a vector, [2, 3] in a matrix."""
    return f"[{place[0]}]" if shape[1] == 1 else f"[{place[0]}, {place[1]}]"


def used(each: Bent, lin: Linearization) -> str:
    """The slope that is used."""
    op = lin.graph.op[each.node]
    if op in ("max_entry", "min_entry", "max", "min"):
        return f"each of the k tied ones has the slope 1/k {STRICT}"
    weight = lin.weights[each.node][0]
    if isinstance(weight, LinearMap):
        return f"the slope 0 is used {STRICT}"
    at_place = weight[each.place[0] - 1, each.place[1] - 1] if each.place and of_value(weight) else weight
    slope = number(float(at_place))
    if each.kink.slopes is None:
        return f"it has no slope there; {slope} is used {STRICT}"
    return kink_words.slopes_line(*each.kink.slopes(0.0)[0], slope)
