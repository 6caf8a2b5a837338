"""Nodes without a value or a slope: which one, with its operands' values, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from adcli.arithmetic import Arithmetic
from adcli.graph import Graph
from adcli.primitives import TABLE

Reason = Literal["domain", "pole", "overflow"]
FAILURES = (ValueError, ZeroDivisionError, OverflowError)


class Undefined(ArithmeticError):
    """A node has no value (`slot` is None) or no slope by its argument at `slot`.

    `values` are the operands' values, `words` what the arithmetic said. For an overflow in a sweep
    `values` is empty and `slot` is None, and the node is the one whose tangent or adjoint overflows.
    For an array `entry` is the place, from 1, of the first entry that fails, and `values` are its operands'.
    """

    def __init__(
        self,
        node: int,
        values: Sequence[Any],
        reason: Reason,
        slot: int | None = None,
        words: str = "",
        of: Literal["value", "slope", "sweep"] = "value",
        entry: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(node, reason)
        self.node = node
        self.values = tuple(values)
        self.reason: Reason = reason
        self.slot = slot
        self.words = words
        self.of = of
        self.entry = entry


def undefined_value(
    graph: Graph, arithmetic: Arithmetic, primals: list[Any], error: Exception | None
) -> Undefined:
    """Which node has no value: the first that is not finite, else the one that raised `error`."""
    node = len(primals)
    reason: Reason = "overflow"
    if arithmetic.all_finite(primals):
        reason = reason_of(error)
    else:
        node = next(i for i, value in enumerate(primals) if not arithmetic.all_finite([value]))
    values = [primals[arg] for arg in graph.args[node]]
    return Undefined(node, values, reason, words=str(error or ""))


def undefined_slope(
    graph: Graph, arithmetic: Arithmetic, primals: list[Any], live: bytearray, error: Exception
) -> Undefined:
    """Which partial of the last node has no value: asked for again, one by one."""
    if not arithmetic.all_finite(primals):
        return undefined_value(graph, arithmetic, primals, error)
    node = len(primals) - 1
    row = TABLE[graph.op[node]]
    args = graph.args[node]
    values = [primals[arg] for arg in args]
    for slot, arg in enumerate(args):
        partial = row.partial(slot)
        if live[arg] and callable(partial):
            try:
                asked = arithmetic.partial(partial)
                asked(arithmetic, primals[node], *((slot,) if row.variadic else ()), *values)
            except FAILURES as found:
                return Undefined(node, values, reason_of(found), slot, str(found), of="slope")
    raise error  # pragma: no cover  # a partial that fails once and then not is a fault of ours


def undefined_flow(node: int, error: Exception) -> Undefined:
    """The node at which a sweep could not go on, because the arithmetic has no such number."""
    return Undefined(node, (), reason_of(error), words=str(error), of="sweep")


def reason_of(error: Exception | None) -> Reason:
    """Domain, pole or overflow, by the type of what an arithmetic raised."""
    if isinstance(error, ZeroDivisionError):
        return "pole"
    return "overflow" if isinstance(error, OverflowError) else "domain"
