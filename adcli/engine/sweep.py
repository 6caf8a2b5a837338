"""The engine: evaluate a graph, linearize it once, and carry numbers along its weighted edges.

Linearizing puts the partial ∂user/∂arg on every edge. A forward sweep carries tangents from the
inputs along the edges, a reverse sweep carries adjoints from the outputs against them (Griewank and
Walther, Evaluating Derivatives, 2nd edition, sections 3.1 and 3.2). The numbers belong to an
arithmetic, which is an argument; nothing here knows about floats, text or pictures.

The loops are flat and handle one and two operands by themselves: a call per node would double their time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import length_hint
from typing import Any, NamedTuple

from adcli.arithmetic import Arithmetic
from adcli.engine.undefined import FAILURES, Undefined, undefined_flow, undefined_slope, undefined_value
from adcli.graph import CONST, INPUT, Graph, active, cone
from adcli.primitives import ROWS, TABLE
from adcli.primitives.primitive import Operand

# The slots of conditions, which have no derivative, by primitive.
WITHOUT_SLOPE = {
    op: tuple(slot for slot, partial in enumerate(row.d) if partial is None)
    for op, row in ROWS.items()
    if None in row.d
}


class Edge(NamedTuple):
    """One use of an operand: `weight` is ∂user/∂arg through argument `slot`. x*x has two."""

    user: int
    slot: int
    arg: int
    weight: Any


class Linearization(NamedTuple):
    """A graph at a point: the value of every node and the weight of every edge.

    `weights[i]` runs parallel to `graph.args[i]`. `live` flags the nodes between the chosen inputs and
    outputs; a weight between others is a placeholder and is never reported.
    """

    graph: Graph
    arithmetic: Arithmetic
    primals: list[Any]
    weights: list[tuple[Any, ...]]
    live: bytearray

    @property
    def edges(self) -> Iterator[Edge]:
        """The active edges, by user and then by slot."""
        for user in range(len(self.graph)):
            yield from self.edges_into(user)

    def edges_into(self, user: int) -> list[Edge]:
        """The active edges from the operands of one node, in the order of its arguments."""
        if not self.live[user]:
            return []
        without = WITHOUT_SLOPE.get(self.graph.op[user], ())
        return [
            Edge(user, slot, arg, weight)
            for slot, (arg, weight) in enumerate(zip(self.graph.args[user], self.weights[user], strict=True))
            if self.live[arg] and slot not in without
        ]


MOST_PLANS = 64  # arithmetics at hand
LEAF, TWO, PRODUCT, ONE, MANY, VARIADIC = range(6)  # the loops ask in this order
Plan = tuple[int, Any, tuple[Any, ...] | None, tuple[Callable[..., Any], ...]]


class Plans(dict[str, Plan]):
    """How each primitive is treated in one arithmetic, decided when it is first met.

    A plan is (kind, function, constant slopes or None, partials as functions). A PRODUCT's partials
    are its operands, swapped. An input has no function: the point has its value.
    """

    def __init__(self, arithmetic: Arithmetic) -> None:
        super().__init__({INPUT: (LEAF, None, None, ()), CONST: (LEAF, arithmetic.lift, None, ())})
        self.arithmetic = arithmetic

    def __missing__(self, op: str) -> Plan:
        row, lift = TABLE[op], self.arithmetic.lift
        kind = VARIADIC if row.variadic else {1: ONE, 2: TWO}.get(len(row.d), MANY)
        slopes = None
        if row.d == (Operand(1), Operand(0)):
            kind = PRODUCT
        elif kind < MANY and all(isinstance(d, int) for d in row.d):
            slopes = tuple(lift(d) for d in row.d)  # type: ignore[arg-type]  # all are ints
        self[op] = plan = (kind, self.arithmetic.function(op), slopes, tuple(map(self.as_function, row.d)))
        return plan

    def idle(self, op: str) -> Plan:
        """The plan of a node whose slopes nobody needs: they are 0, and the rules are not asked."""
        kind, function, _, _ = self[op]
        zero = self.arithmetic.lift(0)
        slopes = {ONE: (zero,), TWO: (zero, zero), PRODUCT: (zero, zero)}.get(kind)
        return VARIADIC if kind == MANY else kind, function, slopes, (lambda *_: zero,)

    def as_function(self, partial: Any) -> Callable[..., Any]:
        """A partial as a function; a constant one is lifted here, once."""
        if callable(partial):
            return self.arithmetic.partial(partial)
        slope = self.arithmetic.lift(partial or 0)
        return lambda *_: slope


@lru_cache(maxsize=MOST_PLANS)  # every formula has a symbolic arithmetic of its own
def plans(arithmetic: Arithmetic) -> Plans:
    """The plans of an arithmetic."""
    return Plans(arithmetic)


def evaluate(graph: Graph, arithmetic: Arithmetic, point: Mapping[str, Any]) -> list[Any]:
    """The value of every node at `point`, which maps each input's name to a value.

    Raises Undefined at the first node without a value.
    """
    primals: list[Any] = []
    put = primals.append
    table = plans(arithmetic)
    try:
        for (kind, function, _, _), args, data in zip(
            map(table.__getitem__, graph.op), graph.args, graph.data, strict=True
        ):
            if kind == LEAF:
                put(function(data) if function else point[data])
            elif kind <= PRODUCT:
                i, j = args
                put(function(primals[i], primals[j]))
            elif kind == ONE:
                (i,) = args
                put(function(primals[i]))
            else:
                put(function(*[primals[i] for i in args]))
    except FAILURES as error:
        raise undefined_value(graph, arithmetic, primals, error) from error
    if not arithmetic.all_finite(primals):
        raise undefined_value(graph, arithmetic, primals, None)
    return primals


def linearize(
    graph: Graph,
    arithmetic: Arithmetic,
    point: Mapping[str, Any],
    wrt: Sequence[int] | None = None,
    outputs: Sequence[int] | None = None,
) -> Linearization:
    """The value of every node, and the weight of every edge from `wrt` to `outputs` (default: all of them).

    Partials by other operands are never asked for: x^n with a constant n needs no ln x, and x^2 has a
    gradient where sqrt(x), another output, has none.
    Raises Undefined at the first node without a value, or without a slope that is needed.
    """
    table = plans(arithmetic)
    live, chosen = reached(graph, table, wrt, outputs)
    primals: list[Any] = []
    weights: list[tuple[Any, ...]] = []
    put, weigh = primals.append, weights.append
    zero = arithmetic.lift(0)
    try:
        for (kind, function, slopes, d), args, data in zip(chosen, graph.args, graph.data, strict=True):
            if kind == LEAF:
                put(function(data) if function else point[data])
                weigh(args)
            elif kind <= PRODUCT:
                i, j = args
                x = primals[i]
                y = primals[j]
                put(z := function(x, y))
                if slopes:
                    weigh(slopes)
                elif kind == PRODUCT:
                    weigh((y, x))
                else:
                    p, q = d
                    weigh(
                        (
                            p(arithmetic, z, x, y) if live[i] else zero,
                            q(arithmetic, z, x, y) if live[j] else zero,
                        )
                    )
            elif kind == ONE:
                (i,) = args
                x = primals[i]
                put(z := function(x))
                weigh(slopes or ((d[0](arithmetic, z, x),) if live[i] else (zero,)))
            else:
                operands = [primals[i] for i in args]
                put(z := function(*operands))
                weigh(many(arithmetic, kind, d, z, operands, [live[i] for i in args]))
    except FAILURES as error:
        if len(primals) > len(weights):
            raise undefined_slope(graph, arithmetic, primals, live, error) from error
        raise undefined_value(graph, arithmetic, primals, error) from error
    if not arithmetic.all_finite(primals):
        raise undefined_value(graph, arithmetic, primals, None)
    return Linearization(graph, arithmetic, primals, weights, live)


def reached(
    graph: Graph, table: Plans, wrt: Sequence[int] | None, outputs: Sequence[int] | None
) -> tuple[bytearray, Iterable[Plan]]:
    """A flag per node, whether it lies between `wrt` and `outputs`, and the nodes' plans."""
    live = graph.variable if wrt is None else active(graph, wrt)
    if outputs is not None and 0 in (needed := cone(graph, outputs)):
        idle = (table[op] if on else table.idle(op) for op, on in zip(graph.op, needed, strict=True))
        return bytearray(map(min, live, needed)), idle
    return live, map(table.__getitem__, graph.op)


def many(
    arithmetic: Arithmetic,
    kind: int,
    d: tuple[Callable[..., Any], ...],
    z: Any,
    operands: list[Any],
    live: list[int],
) -> tuple[Any, ...]:
    """The weights of a node with three operands or any number of them."""
    zero = arithmetic.lift(0)
    if kind == MANY:
        return tuple(p(arithmetic, z, *operands) if on else zero for p, on in zip(d, live, strict=True))
    (p,) = d
    return tuple(p(arithmetic, z, slot, *operands) if on else zero for slot, on in enumerate(live))


def forward(lin: Linearization, seed: Mapping[int, Any]) -> list[Any]:
    """The tangent of every node for tangents `seed` of the inputs; missing ones are 0.

    Raises Undefined where a tangent overflows, or leaves the numbers of the arithmetic.
    """
    zero = lin.arithmetic.lift(0)
    tangents: list[Any] = []
    put = tangents.append
    try:
        for operands, partials in zip(lin.graph.args, lin.weights, strict=True):
            if len(operands) == 2:
                i, j = operands
                p, q = partials
                put(p * tangents[i] + q * tangents[j])
            elif operands:
                total = partials[0] * tangents[operands[0]]
                for i, p in zip(operands[1:], partials[1:], strict=True):
                    total += p * tangents[i]
                put(total)
            else:
                put(seed.get(len(tangents), zero))
    except FAILURES as error:
        raise undefined_flow(len(tangents), error) from error
    return finite_sweep(lin, tangents, range(len(tangents)))


def reverse(lin: Linearization, seed: Mapping[int, Any]) -> list[Any]:
    """The adjoint of every node for adjoints `seed` of the outputs; missing ones are 0.

    Only users that a seeded output depends on contribute, because the others keep the adjoint 0.
    Entries of nodes that are not live are without meaning. Raises Undefined where an adjoint overflows,
    or leaves the numbers of the arithmetic.
    """
    adjoints: list[Any] = [lin.arithmetic.lift(0)] * len(lin.graph)
    for node, adjoint in seed.items():
        adjoints[node] = adjoint
    # The list is read from its end while the loop adds to earlier entries: all users come before.
    waiting = reversed(lin.graph.args)
    try:
        for operands, partials, adjoint in zip(
            waiting, reversed(lin.weights), reversed(adjoints), strict=True
        ):
            if adjoint and operands:
                if len(operands) == 2:
                    i, j = operands
                    p, q = partials
                    adjoints[i] += p * adjoint
                    adjoints[j] += q * adjoint
                elif len(operands) == 1:
                    adjoints[operands[0]] += partials[0] * adjoint
                else:
                    for i, p in zip(operands, partials, strict=True):
                        adjoints[i] += p * adjoint
    except FAILURES as error:
        raise undefined_flow(length_hint(waiting), error) from error
    return finite_sweep(lin, adjoints, range(len(adjoints) - 1, -1, -1))


def finite_sweep(lin: Linearization, numbers: list[Any], order: range) -> list[Any]:
    """`numbers`, unless one of a live node overflowed: then Undefined names the first in sweep order."""
    if not lin.arithmetic.all_finite(numbers):
        for node in order:
            if lin.live[node] and not lin.arithmetic.all_finite([numbers[node]]):
                raise Undefined(node, (), "overflow", of="sweep")
    return numbers
