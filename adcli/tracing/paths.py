"""Every path from an input to an output, with its weights: their products add up to the derivative.

This is the sum over paths that a sweep factors (Bauer, Computational graphs and rounding error, 1974).
Paths are counted in one pass over the graph before any is listed: there may be 2^n of them in n steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log, log1p, prod
from typing import Any, NamedTuple

from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.graph import Graph, active, cone
from adcli.notation.numerals import json_number
from adcli.tracing.trace import Trace, Use

MOST_PATHS = 50
MOST_EDGES = 5_000  # of all listed paths together: a single one may be as long as the program
EXACT = 10**15  # counts from here on are told as powers of ten


class Path(NamedTuple):
    """The uses along a path from the input on, and the product of their weights (None without a point)."""

    uses: tuple[Use, ...]
    product: Any


@dataclass(frozen=True)
class Paths:
    """The paths from the node `source` to the node `target`, listed in order of evaluation.

    `count` is exact below 10^15, else None, and then `power` is its decimal logarithm. `edges` are the
    edges that lie on any path, as (user, slot). `total` is the sum over all paths, listed or not.
    """

    trace: Trace
    input: str
    output: str
    source: int
    target: int
    count: int | None
    power: float
    edges: frozenset[tuple[int, int]]
    listed: tuple[Path, ...]
    total: Any

    @property
    def complete(self) -> bool:
        """Whether every path is listed."""
        return self.count == len(self.listed)

    def nodes(self, path: Path) -> list[int]:
        """The nodes that a path visits, from the input to the output."""
        return [self.source, *(use.user for use in path.uses)]


def paths_between(trace: Trace, names: tuple[str, str], source: int, target: int) -> Paths:
    """The paths from an input's node to an output's; `names` are those of the input and the output.

    Raises Undefined where the product along a path, or the sum, overflows.
    """
    onward = users_between(trace, source, target)
    count = counted(onward, source, target)
    power = 0.0 if count is not None else decimal_logarithm(onward, source, target)
    listed: list[Path] = []
    room = MOST_EDGES
    for uses in walks(onward, source, target):
        room -= len(uses)
        if len(listed) == MOST_PATHS or room < 0:
            break
        listed.append(Path(uses, product(trace, uses, target)))
    total = None if trace.lin is None else summed(trace, source, target, listed, whole=count == len(listed))
    edges = frozenset((use.user, use.slot) for uses in onward.values() for use in uses)
    return Paths(trace, *names, source, target, count, power, edges, tuple(listed), total)


def users_between(trace: Trace, source: int, target: int) -> dict[int, list[Use]]:
    """For every node on a path the uses that go on towards the target, in order of evaluation."""
    graph = trace.graph
    between = on_paths(graph, trace, source, target)
    onward: dict[int, list[Use]] = {node: [] for node in between}
    for user in between:
        for use in trace.uses(user):
            if use.arg in onward:
                onward[use.arg].append(use)
    return onward


def on_paths(graph: Graph, trace: Trace, source: int, target: int) -> list[int]:
    """The nodes between source and target along edges that have a derivative, in order of evaluation."""
    after, before = active(graph, [source]), cone(graph, [target])
    near = [node for node in range(source, target + 1) if after[node] and before[node]]
    # A condition is an operand without a derivative: what reaches the target only through one is on no path.
    from_source, to_target = {source}, {target}
    for node in near:
        if any(use.arg in from_source for use in trace.uses(node)):
            from_source.add(node)
    for node in reversed(near):
        if node in to_target:
            to_target.update(use.arg for use in trace.uses(node))
    return [node for node in near if node in from_source and node in to_target]


def counted(onward: dict[int, list[Use]], source: int, target: int) -> int | None:
    """How many paths there are; None from 10^15 on, where integers would grow with every step."""
    counts = {target: 1}
    for node in reversed(onward):
        if node != target:
            counts[node] = min(EXACT, sum(counts[use.user] for use in onward[node]))
    found = counts.get(source, 0) if source in onward else 0
    return found if found < EXACT else None


def decimal_logarithm(onward: dict[int, list[Use]], source: int, target: int) -> float:
    """The decimal logarithm of the number of paths."""
    logs = {target: 0.0}
    for node in reversed(onward):
        if node != target:
            parts = [logs[use.user] for use in onward[node]]
            largest = max(parts)
            parts.remove(largest)
            logs[node] = largest + log1p(sum(exp(part - largest) for part in parts))
    return logs[source] / log(10)


def walks(onward: dict[int, list[Use]], source: int, target: int) -> Iterator[tuple[Use, ...]]:
    """The paths one by one; every step taken leads to the target, so none is taken in vain."""
    if source not in onward:
        return
    if source == target:
        yield ()
        return
    path: list[Use] = []
    branches = [iter(onward[source])]
    while branches:
        use = next(branches[-1], None)
        if use is None:
            branches.pop()
            if path:
                path.pop()
        elif use.user == target:
            yield (*path, use)
        else:
            path.append(use)
            branches.append(iter(onward[use.user]))


def product(trace: Trace, uses: tuple[Use, ...], target: int) -> Any:
    """The product of a path's weights, from the input on; None without a point."""
    if trace.lin is None:
        return None
    weights = map(trace.weight, uses)
    return finite(trace, target, prod(weights, start=trace.lin.arithmetic.lift(1)))


def summed(trace: Trace, source: int, target: int, listed: list[Path], *, whole: bool) -> Any:
    """The sum over all paths: added up where all are listed, else by a reverse sweep."""
    assert trace.lin is not None  # noqa: S101  # for the type checker: there is a point
    zero = trace.lin.arithmetic.lift(0)
    if whole:
        return finite(trace, target, sum((path.product for path in listed), start=zero))
    return sweep.reverse(trace.lin, {target: trace.lin.arithmetic.lift(1)})[source]


def finite(trace: Trace, node: int, number: Any) -> Any:
    """The number, if it is finite and so an answer."""
    assert trace.lin is not None  # noqa: S101  # for the type checker: there is a point
    if not trace.lin.arithmetic.all_finite([number]):
        raise Undefined(node, (), "overflow", of="sweep")
    return number


def paths_json(paths: Paths) -> dict[str, Any]:
    """The paths by ids; a count that is no exact integer is a text such as "about 10^301"."""
    ids, trace = paths.trace.program.ids, paths.trace
    return {
        "input": paths.input,
        "output": paths.output,
        "count": f"about 10^{paths.power:.0f}" if paths.count is None else paths.count,
        "listed": len(paths.listed),
        "sum": json_number(paths.total),
        "paths": [
            {
                "nodes": [ids[node] for node in paths.nodes(path)],
                "slots": [use.slot for use in path.uses],
                "weights": [json_number(trace.weight(use)) for use in path.uses],
                "product": json_number(path.product),
            }
            for path in paths.listed
        ],
    }
