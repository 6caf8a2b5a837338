"""The adjoint of a number by an array as more nodes of the same graph: the rules of arrays on formulas.

The shapes of all nodes are known. A derivative is written in the operations of the language, so that it
can be differentiated again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from adcli.arithmetic.symbolic import Formula
from adcli.engine import operation_on, shape_of
from adcli.graph import CONST, INPUT, Graph, Shape
from adcli.primitives import ROWS, LinearMap
from adcli.primitives.shapes import Subscript, filled
from adcli.transform import Slopes

ABOVE = {"gt": (0, 1), "lt": (1, 0)}  # step of which operand minus which
NOT_BELOW = {"ge": "lt", "le": "gt"}  # the opposites of these
Place = tuple[Subscript, Subscript]  # a part of an array: both its places, or both its slices


def unequal(x: Formula, y: Formula) -> Formula:
    """1 where two arrays differ, else 0."""
    return x.symbolic.make("abs", x.symbolic.make("sign", x - y))


# Conditions on arrays, as 1 and 0 in every entry.
AS_NUMBERS: dict[str, Callable[..., Any]] = {
    "eq": lambda x, y: 1 - unequal(x, y),
    "ne": unequal,
    "and": lambda x, y: x * y,
    "or": lambda x, y: x + y - x * y,
    "not": lambda x: 1 - x,
    "select": lambda c, x, y: c * x + (1 - c) * y,
}


class ArraySlopes(Slopes):
    """Symbolic arithmetic with shapes: the functions that rules of arrays call make nodes."""

    def __init__(self, graph: Graph, shapes: list[Shape]) -> None:
        super().__init__(graph)
        self.shapes = shapes

    def shape(self, x: Formula) -> Shape:
        """The shape of a formula."""
        graph, shapes = self.graph, self.shapes
        for node in range(len(shapes), x.node + 1):
            given = [shapes[arg] for arg in graph.args[node]]
            known = graph.op[node] not in (INPUT, CONST)
            op = operation_on(graph.op[node], given)
            shapes.append(shape_of(op, graph.data[node], given) if known else ())
        return shapes[x.node]

    def add(self, op: str, *args: Formula, data: Any = None) -> Formula:
        """A node as it stands, with its data."""
        return Formula(self, self.graph.add(op, tuple(arg.node for arg in args), data))

    def make(self, op: str, *operands: Any) -> Formula:
        """The tidied node of an operation; a choice of arrays is one entry by entry, with numbers."""
        args = [self.as_formula(operand) for operand in operands]
        if any(map(self.shape, args)):
            if op in ABOVE:
                first, second = (args[slot] for slot in ABOVE[op])
                return self.make("step", first - second)
            if op in NOT_BELOW:
                return 1 - self.make(NOT_BELOW[op], *args)
            if op in AS_NUMBERS:
                return self.as_formula(AS_NUMBERS[op](*args))
        return super().make(op, *args)

    def fitted(self, g: Any, shape: Shape) -> Formula:
        """What goes back to an argument of a shape: the sum over the axes along which it was repeated."""
        found = self.as_formula(g)
        own = self.shape(found)
        if own == shape or not own:
            return found
        if not shape:
            return self.sum(None, found)
        for axis in (1, 2):
            if shape[axis - 1] == 1 < own[axis - 1]:
                found = self.sum(axis, found)
        return found

    def spread(self, g: Any, _x: Any) -> Formula:
        """A value that stands for every entry of x: it is repeated where its shape matters, in `full`."""
        return self.as_formula(g)

    def full(self, g: Any, x: Any) -> Formula:
        """A value repeated to the shape of x."""
        found, like = self.as_formula(g), self.as_formula(x)
        if self.shape(found) == self.shape(like):
            return found
        nothing = self.add("sub", like, like)
        return nothing if found.constant == 0 else self.add("add", found, nothing)

    # What the rules of arrays call

    def sum(self, axis: int | None, x: Any) -> Formula:
        """The sum of the entries, or along an axis."""
        found = self.as_formula(x)
        return self.add("sum", found, data=axis) if self.shape(found) else found

    def share(self, axis: int | None, x: Formula) -> Formula:
        """1/n for the n entries of a mean."""
        shape = self.shape(x)
        count = 1 if not shape else prod(shape) if axis is None else shape[axis - 1]
        return self.lift(Fraction(1, count))

    def matmul(self, A: Formula, B: Formula) -> Formula:
        """The matrix product; that of a column and a number is one entry by entry."""
        left, right = self.shape(A), self.shape(B)
        return self.add("matmul", A, B) if left and right else A * B

    def transpose(self, A: Formula) -> Formula:
        """The transposed matrix."""
        return self.add("transpose", A) if self.shape(A) else A

    def column(self, v: Formula) -> Formula:
        """A vector as a column."""
        return self.transpose(v) if filled(self.shape(v))[0] == 1 else v

    def like(self, x: Formula, y: Formula) -> Formula:
        """The entries of the vector x in the shape of y."""
        own, shape = self.shape(x), self.shape(y)
        if not shape:
            return self.sum(None, x)
        return x if own in (shape, ()) else self.transpose(x)

    def outer(self, u: Formula, v: Formula) -> Formula:
        """The product of a column and a row."""
        return self.add("outer", u, v)

    def norm_slope(self, x: Formula) -> Formula:
        """x/norm(x), and 0 where all entries are 0."""
        length = self.add("norm", x)
        return x / self.make("select", self.make("eq", length, 0), 1, length)

    def identity(self, A: Formula) -> Formula:
        """The identity matrix of the size of A."""
        n, _ = filled(self.shape(A))
        entries = (self.lift(int(row == column)) for row in range(n) for column in range(n))
        return self.add("array", *entries, data=(n, n)) if n > 1 else self.lift(1)

    def cofactors(self, A: Formula, z: Formula) -> Formula:
        """The gradient of det: z inv(A)ᵀ."""
        return z * self.transpose(self.add("inv", A)) if self.shape(A) else self.lift(1)

    def solve(self, A: Formula, b: Formula) -> Formula:
        """The solution of a linear system."""
        return self.add("solve", A, b)

    def softmax(self, axis: int | None, x: Formula) -> Formula:
        """e^x over its sum; over all entries of a matrix by their logsumexp, as softmax takes an axis."""
        if axis is None and 1 not in filled(self.shape(x)):
            return self.make("exp", x - self.add("logsumexp", x, data=None))
        return self.add("softmax", x, data=axis)

    def tie_shares(self, axis: int | None, x: Formula, z: Formula) -> Formula:
        """1/k at each of the k entries that equal the extreme one, else 0."""
        hit = self.make("eq", x, z)
        return hit / self.sum(axis, hit)

    # Parts

    def places(self, subscripts: tuple[Subscript, ...], x: Formula) -> Place:
        """Where a part stands, as two places or two slices."""
        shape = self.shape(x)
        if len(subscripts) == 1:
            subscripts = (subscripts[0], 1) if shape[1] == 1 else (1, subscripts[0])
        if all(isinstance(at, int) for at in subscripts):
            return subscripts[0], subscripts[1]
        rows, columns = (slice_of(at, size) for at, size in zip(subscripts, shape, strict=True))
        return rows, columns

    def place(self, slot: int, axis: int | None, xs: Sequence[Formula]) -> Place:
        """Where one of several joined arrays stands."""
        along = (axis or 1) - 1
        sizes = [filled(self.shape(x))[along] for x in xs[: slot + 1]]
        taken = (sum(sizes[:-1]) + 1, sum(sizes))
        across = (None, None)
        return (taken, across) if along == 0 else (across, taken)

    def entry(self, slot: int, shape: Shape) -> Place:
        """Where an entry of a literal stands."""
        row, column = divmod(slot, shape[1])
        return row + 1, column + 1

    def part(self, g: Formula, place: Place) -> Formula:
        """The part of an array at a place."""
        return self.add("index", g, data=place)

    def padded(self, g: Formula, like: Formula, place: Place) -> Formula:
        """An array of the shape of `like` with g at a place, and 0 elsewhere."""
        rows, columns = (slice_of(at, size) for at, size in zip(place, self.shape(like), strict=True))
        size = rows[1] - rows[0] + 1, columns[1] - columns[0] + 1
        if self.shape(g) not in (size, ()):
            g = self.transpose(g)  # a row came as a vector
        found = self.beside(g, like, 2, columns, rows)
        return self.beside(found, like, 1, rows, (1, self.shape(like)[1]))

    def beside(
        self, g: Formula, like: Formula, axis: int, taken: tuple[int, int], across: tuple[int, int]
    ) -> Formula:
        """An array with zeros before and after it along an axis, where `like` has more."""
        first, last = taken
        pieces = [g]
        for start, end in ((1, first - 1), (last + 1, self.shape(like)[axis - 1])):
            if start <= end:
                place = ((start, end), across) if axis == 1 else (across, (start, end))
                other = self.part(like, place)
                zeros = self.add("sub", other, other)
                pieces.insert(0 if start == 1 else len(pieces), zeros)
        return self.add("concat", *pieces, data=axis) if len(pieces) > 1 else g


def slice_of(subscript: Subscript, size: int) -> tuple[int, int]:
    """A place or a slice as its first and last place."""
    if isinstance(subscript, int):
        return subscript, subscript
    first, last = subscript
    return (1 if first is None else first, size if last is None else last)


def adjoint(graph: Graph, shapes: list[Shape], output: int, target: int) -> int:
    """The node of the gradient of a number by a node, in that node's shape: a reverse sweep of formulas.

    `shapes` has those of all nodes, and grows with the graph.
    """
    m = ArraySlopes(graph, shapes)
    moves = {target}
    for node in range(target + 1, output + 1):
        if not moves.isdisjoint(graph.args[node]):
            moves.add(node)
    adjoints = {output: m.lift(1)} if output in moves else {}
    for node in range(output, target, -1):
        carried = adjoints.pop(node, None)
        if carried is None or node not in moves:
            continue
        args = graph.args[node]
        for slot, arg in enumerate(args):
            if arg in moves and (share := sent(m, node, slot, carried)) is not None:
                adjoints[arg] = adjoints[arg] + share if arg in adjoints else share
    return m.full(adjoints.get(target, m.lift(0)), Formula(m, target)).node


def sent(m: ArraySlopes, node: int, slot: int, carried: Formula) -> Formula | None:
    """What a node's adjoint gives to one of its operands; None where there is no slope."""
    graph, args = m.graph, m.graph.args[node]
    z, values = Formula(m, node), [Formula(m, arg) for arg in args]
    op = operation_on(graph.op[node], [m.shape(value) for value in values])
    row = ROWS[op]
    partial = row.partial(slot)
    if partial is None or partial == 0:
        return None
    weight: Any = partial
    if callable(partial):
        before: list[Any] = [slot] if row.variadic else []
        before += [graph.data[node]] if row.parameter else []
        weight = partial(m, z, *before, *values)
    linear, shape = isinstance(weight, LinearMap), m.shape(values[slot])
    came = m.full(carried, z) if linear or shape != m.shape(z) else carried
    return m.fitted(weight.pull(came) if linear else weight * came, shape)
