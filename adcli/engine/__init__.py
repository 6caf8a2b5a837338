"""The sweeps of a program: on numbers by `sweep`, with arrays by `sweep_arrays`, which imports numpy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import Undefined
from adcli.errors import FileProblem, UsageError
from adcli.graph import Graph, Shape
from adcli.primitives import ARRAYS, OF_ONE_ARRAY, ROWS, shapes

if TYPE_CHECKING:
    from types import ModuleType


@cache
def arrays() -> ModuleType:
    """The sweeps with arrays; FileProblem where numpy is not installed."""
    try:
        from adcli.engine import sweep_arrays
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise FileProblem(
            "vectors and matrices need numpy, which is not installed", hint='pip install "adcli[arrays]"'
        ) from None
    return sweep_arrays


def floats_only(arithmetic: Arithmetic) -> None:
    """Raise UsageError for arrays in another arithmetic than floats."""
    if arithmetic.name != "real":
        raise UsageError(
            "vectors and matrices are calculated in floats",
            hint="leave out --exact, --digits and --round-steps, or write the entries as numbers",
        )


def evaluate(graph: Graph, point: Mapping[str, Any], arithmetic: Arithmetic = REAL) -> list[Any]:
    """The value of every node; Undefined at the first without one."""
    if graph.arrays:
        floats_only(arithmetic)
        return arrays().evaluate(graph, point)  # type: ignore[no-any-return]  # a module by name
    return sweep.evaluate(graph, arithmetic, point)


def linearize(
    graph: Graph,
    point: Mapping[str, Any],
    wrt: Sequence[int] | None = None,
    outputs: Sequence[int] | None = None,
    arithmetic: Arithmetic = REAL,
) -> Linearization:
    """The value of every node and the weight of every edge from `wrt` to `outputs`."""
    if graph.arrays:
        floats_only(arithmetic)
        return arrays().linearize(graph, point, wrt, outputs)  # type: ignore[no-any-return]
    return sweep.linearize(graph, arithmetic, point, wrt, outputs)


def begins(seed: Any) -> bool:
    """Whether a seed starts anything: it is not 0."""
    return bool(seed.any()) if hasattr(seed, "shape") else bool(seed)


def forward(lin: Linearization, seed: Mapping[int, Any]) -> list[Any]:
    """The tangent of every node."""
    return arrays().forward(lin, seed) if lin.graph.arrays else sweep.forward(lin, seed)


def reverse(lin: Linearization, seed: Mapping[int, Any], only: Collection[int] | None = None) -> list[Any]:
    """The adjoint of every node, or of those in `only`."""
    return arrays().reverse(lin, seed, only) if lin.graph.arrays else sweep.reverse(lin, seed)


def flow(lin: Linearization, user: int, slot: int, x: Any, *, backwards: bool) -> Any:
    """What one edge carries when x comes in."""
    if lin.graph.arrays:
        return arrays().flow(lin, user, slot, x, backwards=backwards)
    return lin.weights[user][slot] * x


def has_arrays(graph: Graph, values: Sequence[Any]) -> bool:
    """Whether a program at a point works with arrays."""
    return any(map(shapes.of_value, values)) or not ARRAYS.keys().isdisjoint(graph.op)


def operation_on(op: str, operands: Sequence[Shape]) -> str:
    """The operation that a word means for operands of these shapes: max of one array is its largest entry."""
    return OF_ONE_ARRAY[op] if op in OF_ONE_ARRAY and len(operands) == 1 and operands[0] else op


CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "select"})


def shape_of(op: str, data: Any, operands: Sequence[Shape]) -> Shape:
    """The shape of an operation's result; Unfit where it takes no operands of these shapes."""
    row = ROWS[op]
    if row.shape is not None:
        return row.shape(data, *operands)
    return shapes.scalars(*operands) if op in CONDITIONS else shapes.broadcast(*operands)


def apply(op: str, data: Any, operands: Sequence[Any], arithmetic: Arithmetic = REAL) -> Any:
    """One operation on values, some of which may be arrays: the real arithmetic's without any."""
    given = [shapes.of_value(value) for value in operands]
    op = operation_on(op, given)
    if op not in ARRAYS and not any(given):
        return arithmetic.function(op)(*operands)
    floats_only(arithmetic)
    shape = shape_of(op, data, given)
    module = arrays()
    with module.watchful():
        return module.value_of(0, op, data, shape, list(operands))


__all__ = [
    "Undefined", "apply", "arrays", "evaluate", "flow", "forward", "has_arrays", "linearize", "operation_on",
    "reverse", "shape_of",
]  # fmt: skip
