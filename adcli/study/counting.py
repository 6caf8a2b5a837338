"""Operations counted: of a program, and of one sweep along its edges.

A sweep takes the values once, then what the slopes need beyond them, a product for every edge, and a
sum wherever two flows meet: forward at a step of several operands, reverse at a node of several users.
A slope of 1 or -1 takes no product. So both modes take the same products, and differ in their sums.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.engine.sweep import WITHOUT_SLOPE
from adcli.graph import CONST, INPUT, Graph, active, cone
from adcli.primitives import TABLE
from adcli.primitives.primitive import Operand

PRODUCTS = {op for op, row in TABLE.items() if row.d == (Operand(1), Operand(0))}
STRAIGHT = {
    op: row.d for op, row in TABLE.items() if not row.variadic and all(isinstance(d, int) for d in row.d)
}
SOME = Fraction(7, 3)  # stands for any constant


class Counts(NamedTuple):
    """What a program takes, and one sweep through it; `forward` and `reverse` include the values.

    `kept` values stay in memory for a reverse sweep; a forward one keeps `held` at most at a time.
    """

    values: int
    slopes: int
    products: int
    forward_sums: int
    reverse_sums: int
    kept: int
    held: int

    @property
    def forward(self) -> int:
        """The operations of a forward pass, with those of the values."""
        return self.values + self.slopes + self.products + self.forward_sums

    @property
    def reverse(self) -> int:
        """The operations of a reverse pass, with those of the values."""
        return self.values + self.slopes + self.products + self.reverse_sums


def counted(graph: Graph, outputs: Sequence[int], columns: Sequence[int]) -> Counts:
    """The counts of a graph, of which only what `outputs` need is computed, and of sweeps by `columns`."""
    needed = cone(graph, outputs)
    live = bytearray(map(min, active(graph, columns), needed))
    values = slopes = products = meetings = edges = 0
    used = bytearray(len(graph))
    for output in outputs:
        used[output] = 1  # a seed is the first to arrive
    users_first = 0
    for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
        if not args or not needed[node]:
            continue
        values += 1
        if not live[node]:
            continue
        on = carrying(op, args, live)
        if not on:
            continue
        more, multiplied = local(graph, op, args, on)
        slopes += more
        products += multiplied
        edges += len(on)
        meetings += len(on) - 1
        for slot in on:
            users_first += not used[args[slot]]
            used[args[slot]] = 1
    return Counts(
        values, slopes, products, meetings, edges - users_first, sum(needed) - constants(graph, needed),
        held(graph, needed, outputs),
    )  # fmt: skip


def carrying(op: str, args: Sequence[int], live: bytearray) -> tuple[int, ...]:
    """The slots of a node that an active edge comes into."""
    if len(args) == 1:
        return (0,) if live[args[0]] else ()
    without = WITHOUT_SLOPE.get(op, ())
    return tuple([slot for slot, arg in enumerate(args) if live[arg] and slot not in without])


def constants(graph: Graph, needed: bytearray) -> int:
    """How many of the nodes are constants."""
    return sum(1 for op, on in zip(graph.op, needed, strict=True) if on and op == CONST)


def held(graph: Graph, needed: bytearray, outputs: Sequence[int]) -> int:
    """How many values there are at most at a time, where each is forgotten after its last use."""
    last = list(range(len(graph)))
    for node, args in enumerate(graph.args):
        if needed[node]:
            for arg in args:
                last[arg] = node
    for output in outputs:
        last[output] = len(graph)
    ends = [0] * (len(graph) + 1)
    now = most = sum(1 for node in graph.inputs if needed[node])
    for node in graph.inputs:
        ends[last[node]] += needed[node]
    for node, op in enumerate(graph.op):
        if op not in (INPUT, CONST) and needed[node]:
            now += 1
            most = max(most, now)
            ends[last[node]] += 1
        now -= ends[node]
    return most


def local(graph: Graph, op: str, args: tuple[int, ...], on: tuple[int, ...]) -> tuple[int, int]:
    """The operations of a node's slopes beyond its value, and the products along its edges."""
    if op in PRODUCTS:
        return 0, sum(1 for slot in on if not unit(graph, args[1 - slot]))
    if op in STRAIGHT:
        return 0, sum(1 for slot in on if STRAIGHT[op][slot] not in (1, -1))
    names = {arg: place for place, arg in enumerate(dict.fromkeys(args))}
    exact = op == "pow"  # whose slopes depend on the exponent
    operands = tuple(
        names[arg] if graph.op[arg] != CONST else constant(graph.data[arg], exact=exact) for arg in args
    )
    return written_out(op, operands, on)


def constant(value: Any, *, exact: bool) -> str | Fraction:
    """A constant as the key of a rule's cost: itself, or what stands for any."""
    return value if isinstance(value, str) else Fraction(value) if exact else SOME


def unit(graph: Graph, node: int) -> bool:
    """Whether a node is the constant 1 or -1."""
    return graph.op[node] == CONST and graph.data[node] in (1, -1)


@cache
def written_out(op: str, operands: tuple[int | str | Fraction, ...], on: tuple[int, ...]) -> tuple[int, int]:
    """The same for a node by itself: its slopes are written as formulas, and their steps counted.

    An operand is a place, or the value of a constant.
    """
    row, m = TABLE[op], Symbolic(Graph())
    values = [m.symbol(f"x{each}") if isinstance(each, int) else m.lift(each) for each in operands]
    value = m.symbol("value")
    weights: list[Formula] = []
    for slot in on:
        rule = row.partial(slot)
        turn = (slot,) if row.variadic else ()
        weights.append(m.as_formula(rule(m, value, *turn, *values) if callable(rule) else rule))
    needed = cone(m.graph, [weight.node for weight in weights])
    steps = sum(1 for args, on in zip(m.graph.args, needed, strict=True) if args and on)
    return steps, sum(1 for weight in weights if weight.constant not in (1, -1))


Size = tuple[int, int]
MOST = 10**18  # a formula of more operations is not counted any further


def sizes(graph: Graph, outputs: Sequence[int]) -> Size:
    """The operations of formulas written out, and those where every shared part is computed once.

    The first is MOST for all that have more.
    """
    needed = cone(graph, outputs)
    tree: list[int] = []
    put: Callable[[int], None] = tree.append
    for args in graph.args:
        put(min(MOST, 1 + sum(tree[arg] for arg in args)) if args else 0)
    whole = sum(1 for args, on in zip(graph.args, needed, strict=True) if args and on)
    return min(MOST, sum(tree[node] for node in outputs)), whole
