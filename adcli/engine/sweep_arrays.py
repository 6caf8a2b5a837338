"""The same sweeps for programs with arrays: values have shapes, and a weight may be a linear map.

One pair of lines repeats and adds up: forward, what comes to a user is repeated to the user's shape;
in reverse, what goes back to an argument is summed to the argument's shape. Weights are as `sweep` puts
them: a partial, as large as it needs to be, or a LinearMap. A scalar program never comes here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from itertools import product as every
from math import isfinite
from typing import Any, Literal

from numpy import ndarray

from adcli.arithmetic.tensor import TENSOR, watchful
from adcli.arithmetic.tensors.parts import fit, stretch
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import FAILURES, Reason, Undefined, reason_of
from adcli.graph import CONST, INPUT, Graph, Shape, active, cone
from adcli.primitives import ARRAYS, ROWS, LinearMap
from adcli.primitives.shapes import of_value

Failures = (*FAILURES, FloatingPointError)
OVERFLOWS = (OverflowError, FloatingPointError)


def evaluate(graph: Graph, point: Mapping[str, Any]) -> list[Any]:
    """The value of every node at `point`: floats and arrays. Raises Undefined at the first without one."""
    return linearize(graph, point, outputs=()).primals


def linearize(
    graph: Graph,
    point: Mapping[str, Any],
    wrt: Sequence[int] | None = None,
    outputs: Sequence[int] | None = None,
) -> Linearization:
    """The value of every node, and the weight of every edge from `wrt` to `outputs` (default: all of them).

    Raises Undefined at the first node without a value, or without a slope that is needed.
    """
    live = between(graph, wrt, outputs)
    primals: list[Any] = []
    weights: list[tuple[Any, ...]] = []
    with watchful():
        lines = zip(graph.op, graph.args, graph.data, graph.shape, strict=True)
        for node, (op, args, data, shape) in enumerate(lines):
            if op in (INPUT, CONST):
                primals.append(point[data] if op == INPUT else TENSOR.lift(data))
                weights.append(())
                continue
            operands = [primals[arg] for arg in args]
            z = value_of(node, op, data, shape, operands)
            primals.append(z)
            if not live[node]:
                weights.append((0.0,) * len(args))
            elif (slopes := constant_slopes(op)) is not None:
                weights.append(slopes)
            else:
                made = [
                    slope_of(node, op, data, slot, z, operands) if live[arg] else 0.0
                    for slot, arg in enumerate(args)
                ]
                weights.append(tuple(made))
    return Linearization(graph, TENSOR, primals, weights, live)


def between(graph: Graph, wrt: Sequence[int] | None, outputs: Sequence[int] | None) -> bytearray:
    """A flag per node: does it lie between `wrt` and `outputs`? A graph keeps the last answer."""
    asked = (len(graph), wrt if wrt is None else tuple(wrt), outputs if outputs is None else tuple(outputs))
    if graph.live is None or graph.live[0] != asked:
        flags = graph.variable if wrt is None else active(graph, wrt)
        graph.live = asked, flags if outputs is None else both(flags, cone(graph, outputs))
    found: bytearray = graph.live[1]
    return found


def both(one: bytearray, other: bytearray) -> bytearray:
    """The flags that two lists of them have together."""
    found = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return bytearray(found.to_bytes(len(one), "little"))


@cache
def plan(op: str) -> tuple[Callable[..., Any], bool, bool, tuple[Any, ...]]:
    """A primitive's function, whether its node's data goes first, whether it is variadic, its partials."""
    row = ROWS[op]
    return TENSOR.function(op), row.parameter, row.variadic, row.d


@cache
def constant_slopes(op: str) -> tuple[float, ...] | None:
    """The slopes of a primitive that has the same ones everywhere, as a sum has; else None."""
    _, _, variadic, partials = plan(op)
    if variadic or any(map(callable, partials)):
        return None
    return tuple(float(partial or 0) for partial in partials)


def value_of(node: int, op: str, data: Any, shape: Shape, operands: list[Any]) -> Any:
    """The value of a node in its shape; Undefined where there is none."""
    function, parameter, _, _ = plan(op)
    try:
        made = function(data, *operands) if parameter else function(*operands)
        if type(made) is ndarray and made.shape == shape:
            return made
        return stretch(finite(made), shape)
    except Failures as error:
        raise undefined(node, op, operands, error, None, operation(op, data)) from error


def slope_of(node: int, op: str, data: Any, slot: int, z: Any, operands: list[Any]) -> Any:
    """The weight of an edge; Undefined where there is none."""
    _, parameter, variadic, partials = plan(op)
    partial = partials[0 if variadic else slot]
    if not callable(partial):
        return float(partial or 0)
    before = ((slot, data) if parameter else (slot,)) if variadic else (data,) if parameter else ()
    try:
        made = partial(TENSOR, z, *before, *operands) if before else partial(TENSOR, z, *operands)
        return finite(made) if type(made) is float else made
    except Failures as error:

        def slope(*values: Any) -> Any:
            return partial(TENSOR, operation(op, data)(*values), *before, *values)

        raise undefined(node, op, operands, error, slot, slope) from error


def operation(op: str, data: Any) -> Callable[..., Any]:
    """A primitive on values; its node's data goes before them where the row asks for it."""
    function, parameter, _, _ = plan(op)
    return (lambda *args: function(data, *args)) if parameter else function


def finite(x: Any) -> Any:
    """x, unless it overflowed. Only floats are looked at: arrays raise where an entry overflows."""
    if type(x) is float and not isfinite(x):
        raise OverflowError
    return x


def undefined(
    node: int,
    op: str,
    operands: list[Any],
    error: Exception,
    slot: int | None,
    again: Callable[..., Any],
) -> Undefined:
    """What failed, with the first entry where it does: an operation on numbers is tried entry by entry."""
    of: Literal["value", "slope"] = "value" if slot is None else "slope"
    shapes = [of_value(x) for x in operands]
    if op not in ARRAYS and any(shapes):
        rows, columns = (max(shape[axis] for shape in shapes if shape) for axis in (0, 1))
        for place in every(range(rows), range(columns)):
            numbers = [float(stretch(x, (rows, columns))[place]) for x in operands]
            try:
                finite(again(*numbers))
            except Failures as found:
                entry = (place[0] + 1, place[1] + 1)
                return Undefined(node, numbers, reason(found), slot, str(found), of, entry=entry)
    return Undefined(node, operands, reason(error), slot, str(error), of)


def reason(error: Exception) -> Reason:
    """Domain, pole or overflow; numpy tells them by their first words."""
    if isinstance(error, FloatingPointError):
        said = str(error)
        return (
            "pole" if said.startswith("divide") else "overflow" if said.startswith("overflow") else "domain"
        )
    return reason_of(error)


def zero(shape: Shape) -> Any:
    """The zero of a shape; of an array as a view of one number, so that it takes no memory."""
    return stretch(0.0, shape)


def along(weight: Any, x: Any, direction: str) -> Any:
    """What an edge makes of a tangent (push) or an adjoint (pull)."""
    if isinstance(weight, LinearMap):
        return getattr(weight, direction)(x)
    return x if type(weight) is float and weight == 1.0 else weight * x


def flow(lin: Linearization, user: int, slot: int, x: Any, *, backwards: bool) -> Any:
    """What the edge to `user` through `slot` carries when x comes in, in the shape of what it goes to."""
    shape = lin.graph.shape
    weight = lin.weights[user][slot]
    with watchful():
        if backwards:
            return fit(along(weight, x, "pull"), shape[lin.graph.args[user][slot]])
        return stretch(along(weight, x, "push"), shape[user])


def forward(lin: Linearization, seed: Mapping[int, Any]) -> list[Any]:
    """The tangent of every node for tangents `seed` of the inputs; missing ones are 0."""
    graph, live = lin.graph, lin.live
    tangents: list[Any] = [None] * len(graph)
    with watchful():
        for node, (args, shape) in enumerate(zip(graph.args, graph.shape, strict=True)):
            if not args:
                tangents[node] = seed.get(node)
            elif live[node]:
                try:
                    tangents[node] = pushed(lin, tangents, node, args, shape)
                except OVERFLOWS as error:
                    raise Undefined(node, (), "overflow", of="sweep") from error
    return [zero(shape) if x is None else x for x, shape in zip(tangents, graph.shape, strict=True)]


def pushed(lin: Linearization, tangents: list[Any], node: int, args: tuple[int, ...], shape: Shape) -> Any:
    """The tangent of a node: what its operands send, added up; None where they send nothing."""
    total = None
    for arg, weight in zip(args, lin.weights[node], strict=True):
        if tangents[arg] is not None and lin.live[arg]:
            came = stretch(along(weight, tangents[arg], "push"), shape)
            total = came if total is None else total + came
    return total if total is None else finite(total)


def reverse(lin: Linearization, seed: Mapping[int, Any], only: Collection[int] | None = None) -> list[Any]:
    """The adjoint of every node for adjoints `seed` of the outputs; missing ones are 0.

    With `only`, the adjoints of other nodes are let go as soon as they have been passed on, and are 0 in
    the answer.
    """
    graph, live = lin.graph, lin.live
    args = graph.args
    adjoints: list[Any] = [None] * len(graph)
    for node, adjoint in seed.items():
        adjoints[node] = adjoint
    with watchful():
        for node in range(len(graph) - 1, -1, -1):
            if adjoints[node] is None or not live[node]:
                continue
            if args[node]:
                pull_back(lin, adjoints, node)
            if only is not None and node not in only:
                adjoints[node] = None
    if only is not None:
        for node in only:
            if adjoints[node] is None:
                adjoints[node] = zero(graph.shape[node])
        return [0.0 if x is None else x for x in adjoints]
    return [zero(shape) if x is None else x for x, shape in zip(adjoints, graph.shape, strict=True)]


def pull_back(lin: Linearization, adjoints: list[Any], node: int) -> None:
    """Add to the adjoints of a node's operands what its own adjoint gives them."""
    graph, live, adjoint = lin.graph, lin.live, adjoints[node]
    for arg, weight in zip(graph.args[node], lin.weights[node], strict=True):
        if live[arg]:
            try:
                if type(weight) is LinearMap:
                    came = weight.pull(adjoint)
                else:
                    came = adjoint if type(weight) is float and weight == 1.0 else weight * adjoint
                if type(came) is not ndarray or came.shape != graph.shape[arg]:
                    came = fit(came, graph.shape[arg])
                known = adjoints[arg]
                if known is not None:
                    came = known + came
                adjoints[arg] = finite(came) if type(came) is float else came
            except OVERFLOWS as error:
                raise Undefined(arg, (), "overflow", of="sweep") from error
