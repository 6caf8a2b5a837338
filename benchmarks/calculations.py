"""Right calculations by hand, in which every value, slope, term and sum is rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.answers.running import sweep_once
from adcli.arithmetic.real import REAL
from adcli.engine.undefined import FAILURES
from adcli.mistakes import Claim
from adcli.mistakes.claim import Kind
from adcli.mistakes.single import slopes
from adcli.tracing.trace import Trace

if TYPE_CHECKING:
    from students import Homework


def rounded(value: float, digits: int) -> float:
    """A number in so many significant digits."""
    return float(f"{value:.{digits - 1}e}")


def by_hand(given: Homework, digits: int) -> tuple[Trace, list[Claim]] | None:
    """A right calculation in which every value, slope, term and sum is rounded; None where it breaks down."""
    trace = sweep_once(given.program, given.at, "reverse", None, None, None, strict=False)[0]
    graph, ids = trace.graph, given.program.ids
    values: list[float] = []
    adjoints: dict[int, float] = {}
    try:
        for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
            made = REAL.function(op)(*[values[arg] for arg in args]) if args else trace.value(node)
            values.append(rounded(made, digits) if args else float(made))
        for node in trace.swept:
            total = trace.seed.get(node, 0.0)
            for use in trace.sources(node):
                live = [int(slot == use.slot) for slot in range(len(graph.args[use.user]))]
                operands = [values[arg] for arg in graph.args[use.user]]
                weight = rounded(
                    slopes(graph.op[use.user], values[use.user], operands, live)[use.slot], digits
                )
                total = rounded(total + rounded(weight * adjoints[use.user], digits), digits)
            adjoints[node] = total
    except FAILURES:
        return None
    steps = [unit("step", ids[node], values[node], digits) for node in trace.rows if graph.args[node]]
    return trace, steps + [unit("adjoint", ids[node], adjoints[node], digits) for node in trace.swept]


def unit(kind: Kind, name: str, value: float, digits: int) -> Claim:
    """A number as written, with a unit of its last digit as slack; short numbers are exact."""
    size = f"{value:.{digits - 1}e}"
    slack = 10.0 ** (int(size.partition("e")[2]) + 1 - digits) if value else 10.0**-digits
    return Claim(kind, name, value, slack)
