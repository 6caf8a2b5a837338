"""A matrix formula as a graph of the language, so that it can be differentiated again."""

from __future__ import annotations

from typing import Any

from adcli.graph import CONST, INPUT, Graph, Shape
from adcli.matrices.terms import NoFormula, Term
from adcli.matrices.writing import whole
from adcli.primitives import shapes

MOST_ENTRIES = 2_000  # of arrays of ones and of identities, each a node


class Grapher:
    """Adds terms to a graph that has a program's inputs."""

    def __init__(self, graph: Graph) -> None:
        self.graph = Graph()
        for node in graph.inputs:
            self.graph.add(INPUT, (), graph.data[node], graph.shape[node])
        self.graph.arrays = True

    def node(self, formula: Term) -> int:
        """The node of a formula; parts before wholes."""
        algebra = formula.algebra
        nodes: dict[int, int] = {}
        for term in formula.parts:
            nodes[term.place] = self.one(term, [nodes[arg] for arg in algebra.args[term.place]])
        return nodes[formula.place]

    def add(self, op: str, *args: int, data: Any = None, shape: Shape = ()) -> int:
        """A step."""
        return self.graph.add(op, args, data, shape)

    def number(self, value: Any) -> int:
        """A constant."""
        return self.add(CONST, data=whole(value))

    def both(self, op: str, a: int, b: int) -> int:
        """An operation entry by entry."""
        return self.add(op, a, b, shape=shapes.broadcast(self.graph.shape[a], self.graph.shape[b]))

    def one(self, term: Term, args: list[int]) -> int:  # noqa: C901, PLR0912  # a case for each kind
        """A term whose parts are nodes."""
        data, shape = term.data, term.shape
        match term.op:
            case "number":
                return self.number(data)
            case "constant":
                return self.add(CONST, data=data)
            case "input":
                return self.graph.inputs[[self.graph.data[node] for node in self.graph.inputs].index(data)]
            case "size":
                raise NoFormula
            case "ones":
                return self.literal([1] * (shape[0] * shape[1]), shape)
            case "eye":
                return self.literal([int(i == j) for i in range(data) for j in range(data)], shape)
            case "onehot":
                return self.literal([int(place + 1 == data[0]) for place in range(data[1])], shape)
            case "diag":
                n = shape[0]
                unit = self.literal([int(i == j) for i in range(n) for j in range(n)], shape)
                return self.both("mul", args[0], unit)
            case "T":
                return self.add("transpose", args[0], shape=shape)
            case "+":
                made: int | None = None
                for number, arg in zip(data, args, strict=True):
                    part = arg if abs(number) == 1 else self.both("mul", self.number(abs(number)), arg)
                    if made is None:
                        made = part if number > 0 else self.add("neg", part, shape=self.graph.shape[part])
                    else:
                        made = self.both("add" if number > 0 else "sub", made, part)
                return made if made is not None else self.number(0)
            case "*":
                coefficient, exponents = data
                made = None if coefficient == 1 else self.number(coefficient)
                for arg, exponent in zip(args, exponents, strict=True):
                    op, size = ("mul", exponent) if exponent > 0 else ("div", -exponent)
                    power = arg if size == 1 else self.both("pow", arg, self.number(size))
                    first = made is None and op == "mul"
                    made = power if first else self.both(op, self.number(1) if made is None else made, power)
                return made if made is not None else self.number(1)
            case "@":
                made = args[0]
                for arg in args[1:]:
                    known = shapes.product(self.graph.shape[made], self.graph.shape[arg])
                    made = self.add("matmul", made, arg, shape=known)
                return made
        return self.add(term.op, *args, data=data, shape=shape)

    def literal(self, entries: list[int], shape: Shape) -> int:
        """A literal of numbers."""
        if len(entries) > MOST_ENTRIES:
            raise NoFormula
        return self.add("array", *map(self.number, entries), data=shape, shape=shape)
