"""Random graphs of every primitive of the table, and the order in which reading a formula makes their nodes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from adcli.graph import CONST, INPUT, Graph
from adcli.language.program import evaluation_order
from adcli.primitives import TABLE

if TYPE_CHECKING:
    import random

NAMES = ("x", "y1", "theta", "loss", "a_max")
CONSTANTS: tuple[Any, ...] = (0, 1, 2, 3, 10, -2, Fraction(1, 2), Fraction(13, 4), "e", "pi", "tau")
COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
OPERATORS = ("add", "sub", "mul", "div", "neg", "pow") * 4
CALLED = tuple(name for name, row in TABLE.items() if row.callable)


def random_graph(chance: random.Random, steps: int) -> tuple[Graph, int]:
    """A graph of so many steps and the node of its last number; conditions depend on inputs."""
    graph = Graph()
    values = [graph.add(INPUT, (), name) for name in NAMES]
    conditions: list[int] = []

    def operand() -> int:
        if chance.random() < 0.3:
            return graph.add(CONST, (), chance.choice(CONSTANTS))
        return chance.choice(values[-4:] if chance.random() < 0.5 else values)

    def compared() -> int:
        both = [operand(), chance.choice(values[: len(NAMES)])]
        chance.shuffle(both)
        return graph.add(chance.choice(COMPARISONS), tuple(both))

    for _ in range(steps):
        kind = chance.random()
        if kind < 0.1:
            conditions.append(compared())
        elif kind < 0.15 and conditions:
            op = chance.choice(("and", "or", "not"))
            conditions.append(graph.add(op, tuple(chance.choices(conditions, k=1 if op == "not" else 2))))
        elif kind < 0.25 and conditions:
            values.append(graph.add("select", (chance.choice(conditions), operand(), operand())))
        else:
            op = chance.choice(OPERATORS if kind < 0.6 else CALLED)
            row = TABLE[op]
            arity = len(row.args) + chance.randrange(2) if row.variadic else len(row.args)
            args = tuple(operand() for _ in range(arity))
            if (op == "neg" and graph.op[args[0]] == CONST) or (op == "pow" and graph.data[args[0]] == "e"):
                args = (values[0], *args[1:])  # the language reads -2 as a number, and e^x as exp(x)
            values.append(graph.add(op, args))
    return graph, values[-1]


def read_order(graph: Graph, output: int) -> list[tuple[str, tuple[int, ...], Any]]:
    """The nodes that an output needs, numbered as reading its formula does; equal for equal formulas."""
    order = list(evaluation_order(graph, [output]))
    number = {node: place for place, node in enumerate(order)}
    return [
        (graph.op[node], tuple(number[arg] for arg in graph.args[node]), graph.data[node]) for node in order
    ]


def folded(graph: Graph, output: int, make: Callable[[str, list[Any], Any], Any]) -> Any:
    """What `make` gives for the output, from what it gives for each operand."""
    made: dict[int, Any] = {}
    for node in evaluation_order(graph, [output]):
        made[node] = make(graph.op[node], [made[arg] for arg in graph.args[node]], graph.data[node])
    return made[output]
