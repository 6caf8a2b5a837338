"""Single steps on numbers, and sweeps in which single numbers are other than the rules give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from adcli.arithmetic.real import REAL
from adcli.engine.sweep import Linearization
from adcli.graph import CONST, INPUT
from adcli.primitives import TABLE

# How a tangent was made: from the source, the operands' tangents, and the right tangent.
Made = Callable[[int, Sequence[float], float], float]


def local(op: str, operands: Sequence[float], live: Sequence[int]) -> tuple[float, tuple[float, ...]]:
    """The value and the partials of one operation on numbers; raises as the arithmetic does."""
    z = REAL.function(op)(*operands)
    return z, slopes(op, z, operands, live)


def slopes(op: str, z: float, operands: Sequence[float], live: Sequence[int]) -> tuple[float, ...]:
    """The partials of one operation whose value is `z`; 0 where nobody needs one."""
    row = TABLE[op]
    found = []
    for slot, on in enumerate(live):
        d = row.partial(slot)
        extra = (slot,) if row.variadic else ()
        found.append(float(d(REAL, z, *extra, *operands) if callable(d) else d or 0) if on else 0.0)
    return tuple(found)


def own_slopes(op: str, z: float, operands: Sequence[float], kept: tuple[float, ...]) -> tuple[float, ...]:
    """The partials of an operation whose value a student got wrong, where the rule reads that value."""
    if op in (INPUT, CONST):
        return kept
    return tuple(
        new if old else old
        for old, new in zip(kept, slopes(op, z, operands, [1 if old else 0 for old in kept]), strict=True)
    )


def pull(lin: Linearization, target: int, written: Mapping[int, float]) -> list[float]:
    """The reverse sweep in which some adjoints are as written, and the others follow."""
    adjoints = [0.0] * len(lin.graph)
    adjoints[target] = 1.0
    for node in range(len(adjoints) - 1, -1, -1):
        if node in written:
            adjoints[node] = written[node]
        for arg, weight in zip(lin.graph.args[node], lin.weights[node], strict=True):
            adjoints[arg] += weight * adjoints[node]
    return adjoints


def push(
    lin: Linearization, source: int, made: Mapping[int, Made], written: Mapping[int, float]
) -> list[float]:
    """The forward sweep in which some tangents are made otherwise or are as written."""
    tangents: list[float] = []
    for node, (args, weights) in enumerate(zip(lin.graph.args, lin.weights, strict=True)):
        flows = [tangents[arg] for arg in args]
        tangent = sum(map(float.__mul__, weights, flows), 1.0 if node == source else 0.0)
        if node in made:
            tangent = made[node](source, flows, tangent)
        tangents.append(written.get(node, tangent))
    return tangents
