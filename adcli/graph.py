"""The Wengert list: a program as a list of operations, each on earlier ones.

Ids are positions, so the order of ids is a topological order. Equal computations are one node.
A graph stores parallel lists; `graph[i]` makes a `Node` of line i when somebody wants one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

INPUT = "input"
CONST = "const"
Shape = tuple[int, ...]
Index = dict[tuple[str, tuple[int, ...], Any], int]


class Node(NamedTuple):
    """One line of the Wengert list.

    `args` are ids of earlier nodes; `data` is an input's name, a constant's exact value, or an
    operation's parameter; `shape` is () for a scalar.
    """

    op: str
    args: tuple[int, ...]
    data: Any = None
    shape: Shape = ()


class Graph:
    """A growing Wengert list. With `share`, adding an equal node again returns the first one's id."""

    __slots__ = (
        "_index",
        "_indexed",
        "_kept",
        "args",
        "arrays",
        "data",
        "inputs",
        "live",
        "op",
        "shape",
        "share",
        "variable",
    )

    def __init__(self, *, share: bool = True) -> None:
        self.op: list[str] = []
        self.args: list[tuple[int, ...]] = []
        self.data: list[Any] = []
        self.shape: list[Shape] = []
        self.inputs: list[int] = []  # their ids, in order
        self.variable = bytearray()  # a flag per node: does it depend on any input?
        self.share = share
        self.arrays = False  # has it been given shapes, because something in it is an array?
        self.live: Any = None  # what a sweep has last asked of it, and its flags
        self._index: Index | None = {}
        self._kept: Index = {}  # what there is of a table that is None, and of how many nodes
        self._indexed = 0

    def __len__(self) -> int:
        return len(self.op)

    def __getitem__(self, node: int) -> Node:
        return Node(self.op[node], self.args[node], self.data[node], self.shape[node])

    def __iter__(self) -> Iterator[Node]:
        return map(Node._make, zip(self.op, self.args, self.data, self.shape, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Graph):
            return NotImplemented
        return (self.op, self.args, self.data, self.shape) == (
            other.op,
            other.args,
            other.data,
            other.shape,
        )

    __hash__ = None  # type: ignore[assignment]  # a graph grows

    def add(self, op: str, args: tuple[int, ...] = (), data: Any = None, shape: Shape = ()) -> int:
        """Append a node and return its id, or the id of an equal node when the graph shares."""
        index = self._index or self._table()
        node = len(self.op)
        if self.share or op in (INPUT, CONST):
            found = index.setdefault((op, args, data), node)
            if found != node:
                return found
        self.op.append(op)
        self.args.append(args)
        self.data.append(data)
        self.shape.append(shape)
        variable = self.variable
        depends = 0
        if op == INPUT:
            depends = 1
            self.inputs.append(node)
        for arg in args:
            depends |= variable[arg]
        variable.append(depends)
        return node

    def mark(self, node: int, data: Any) -> int:
        """Give an operation data of its own, so that no equal one is this node; returns it."""
        index = self._table()
        index.pop((self.op[node], self.args[node], self.data[node]), None)
        self.data[node] = data
        index[self.op[node], self.args[node], data] = node
        return node

    def shaped(self, op: list[str], shape: list[Shape]) -> Graph:
        """The same graph with the shapes of its nodes, and with operations for arrays where they differ."""
        made = Graph(share=self.share)
        made.args, made.data, made.inputs, made.variable = self.args, self.data, self.inputs, self.variable
        made.op, made.shape, made.arrays = op, shape, True
        return made.close()

    def find(self, op: str, args: tuple[int, ...] = (), data: Any = None) -> int | None:
        """The id of an equal node; None when there is none."""
        return self._table().get((op, args, data))

    def extend(
        self,
        op: Sequence[str],
        args: Sequence[tuple[int, ...]],
        data: Sequence[Any],
        depends: bytes | bytearray,
    ) -> None:
        """Append operations and constants that equal no other node.

        `depends` flags those that depend on an input. The table of equal nodes learns them when it is
        asked the next time.
        """
        if self._index is not None:
            self._kept, self._indexed, self._index = self._index, len(self.op), None
        self.op.extend(op)
        self.args.extend(args)
        self.data.extend(data)
        self.shape.extend(repeat((), len(op)))
        self.variable.extend(depends)

    def _table(self) -> Index:
        """The table of equal nodes, completed or made again."""
        if self._index is None:
            first = self._indexed
            lines = zip(self.op[first:], self.args[first:], self.data[first:], strict=True)
            self._kept.update(zip(lines, range(first, len(self.op)), strict=True))
            self._index = self._kept
        return self._index

    def adder(self) -> Callable[[str, tuple[int, ...]], int]:
        """`add` for operations without data in a graph that shares, in two thirds of the time."""
        setdefault, variable = self._table().setdefault, self.variable
        put_op, put_args, put_data = self.op.append, self.args.append, self.data.append
        put_shape, put_variable = self.shape.append, variable.append

        def add(op: str, args: tuple[int, ...]) -> int:
            node = len(variable)
            found = setdefault((op, args, None), node)
            if found == node:
                put_op(op)
                put_args(args)
                put_data(None)
                put_shape(())
                put_variable(max([variable[arg] for arg in args]))
            return found

        return add

    def close(self) -> Graph:
        """Drop the table of equal nodes (two thirds of a graph's memory); it is rebuilt when needed."""
        self._index, self._kept, self._indexed = None, {}, 0
        return self


def cone(graph: Graph, outputs: Iterable[int], past: Sequence[str] = ()) -> bytearray:
    """A flag per node: does any of `outputs` depend on it (or is it one of them)?

    What only operations of `past` use does not count.
    """
    flags = bytearray(len(graph))
    for node in outputs:
        flags[node] = 1
    if past:
        for node in reversed(range(len(graph))):
            if flags[node] and graph.op[node] not in past:
                for arg in graph.args[node]:
                    flags[arg] = 1
        return flags
    # The flags are read from their end while the loop sets earlier ones: all users come before.
    for flag, args in zip(reversed(flags), reversed(graph.args), strict=True):
        if flag:
            for arg in args:
                flags[arg] = 1
    return flags


def always(graph: Graph, node: int) -> bytearray:
    """A flag per node: is it needed whichever way the choices go?"""
    flags = bytearray(len(graph))
    flags[node] = 1
    for user in range(node, -1, -1):
        if flags[user]:
            args = graph.args[user]
            for arg in args[:1] if graph.op[user] == "select" else args:
                flags[arg] = 1
    return flags


def active(graph: Graph, inputs: Iterable[int]) -> bytearray:
    """A flag per node: does it depend on any of `inputs` (or is it one of them)?"""
    inputs = set(inputs)
    if inputs.issuperset(graph.inputs):
        return graph.variable
    flags = bytearray(len(graph))
    for node in inputs:
        flags[node] = 1
    for node, args in enumerate(graph.args):
        for arg in args:
            if flags[arg]:
                flags[node] = 1
                break
    return flags


def only(graph: Graph, outputs: Iterable[int]) -> Graph:
    """The graph with the constant 0 in place of every step that `outputs` do not need; ids stay."""
    needed = cone(graph, outputs)
    kept = [on or op in (INPUT, CONST) for on, op in zip(needed, graph.op, strict=True)]
    if all(kept):
        return graph
    part = Graph(share=graph.share)
    part.op = [op if on else CONST for op, on in zip(graph.op, kept, strict=True)]
    part.args = [args if on else () for args, on in zip(graph.args, kept, strict=True)]
    part.data = [data if on else 0 for data, on in zip(graph.data, kept, strict=True)]
    part.shape = list(graph.shape)
    part.inputs = list(graph.inputs)
    part.variable = bytearray(map(min, graph.variable, kept))
    return part.close()
