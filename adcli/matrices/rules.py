"""The rules of the table in matrix formulas: what an operation is as a term, and what its edges carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from adcli.engine import CONDITIONS
from adcli.graph import CONST, INPUT, Graph, Shape
from adcli.matrices.algebra import Algebra
from adcli.matrices.terms import NoFormula, Term
from adcli.primitives import ARRAYS, ROWS, LinearMap, shapes
from adcli.primitives.shapes import Subscript
from adcli.tracing.partials import partial_formula


class Rules:
    """The arithmetic that the maps of the table's rows run in; a function without a form here has none."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra

    def __getattr__(self, name: str) -> Callable[..., Term]:
        raise NoFormula(name)

    def matmul(self, x: Term, y: Term) -> Term:
        """The product x@y."""
        return self.algebra.matmul(x, y)

    def transpose(self, x: Term) -> Term:
        """The transposed array."""
        return self.algebra.turned(x)

    def sum(self, axis: int | None, x: Term) -> Term:
        """The sum of the entries, of all or along an axis."""
        return self.algebra.added(axis, x)

    def spread(self, g: Term, x: Term) -> Term:
        """What is repeated to the shape of x, as a product with ones."""
        if g.zero or g.shape == x.shape:
            return g
        n, m = x.size
        if not g.shape:
            return self.algebra.product(1, [(g, 1)], x.shape)
        if g.shape[0] == 1:
            return self.matmul(self.algebra.ones((n, 1)), g)
        return self.matmul(g, self.algebra.ones((1, m)))

    def share(self, axis: int | None, x: Term) -> Term:
        """1/n of a mean."""
        if not x.shape:
            return self.algebra.number(1)
        sizes = x.shape if axis is None else (x.shape[axis - 1],)
        return self.algebra.product(1, [(self.algebra.size(n), -1) for n in sizes])

    def like(self, x: Term, y: Term) -> Term:
        """A vector as a row or column, as y is."""
        return self.transpose(x) if x.shape and y.shape and x.shape != y.shape else x

    def column(self, x: Term) -> Term:
        """A vector as a column."""
        return self.transpose(x) if x.shape and x.shape[1] != 1 else x

    def identity(self, A: Term) -> Term:
        """An identity matrix."""
        return self.algebra.eye(A.size[0])

    def outer(self, u: Term, v: Term) -> Term:
        """The outer product."""
        return self.matmul(self.column(u), self.transpose(self.column(v)))

    def solve(self, A: Term, b: Term) -> Term:
        """The solution of A x = b."""
        if b.zero:
            return b
        coefficient, factors = b.factors()
        whole = self.algebra.product(1, [(base, power) for base, power in factors if base.shape], b.shape)
        made = self.algebra.made("solve", [A, whole], None, b.shape)
        outside = [(base, power) for base, power in factors if not base.shape]
        return self.algebra.product(coefficient, [*outside, (made, 1)])

    def norm_slope(self, x: Term) -> Term:
        """What norm has as its gradient: x/norm(x)."""
        return x / self.algebra.made("norm", [x])

    def cofactors(self, A: Term, z: Term) -> Term:
        """The gradient of det: det(A)*inv(A)ᵀ."""
        return z * self.transpose(self.algebra.made("inv", [A], None, A.shape))

    def softmax(self, axis: int | None, x: Term) -> Term:
        """The shares of e^x; of all entries of a matrix in a form that the language has."""
        if axis is None and 1 not in x.size:
            spread = x - self.algebra.made("logsumexp", [x])
            return self.algebra.made("exp", [spread], None, x.shape)
        return self.algebra.made("softmax", [x], axis, x.shape)

    # Parts.

    def place(self, slot: int, axis: int | None, xs: Sequence[Term]) -> tuple[Subscript, ...]:
        """Where one of several joined arrays stands."""
        last = sum(x.size[(axis or 1) - 1] for x in xs[: slot + 1])
        here = (last - xs[slot].size[(axis or 1) - 1] + 1, last)
        return ((None, None), here) if axis == 2 else (here, (None, None))

    def entry(self, slot: int, shape: Shape) -> tuple[Subscript, ...]:
        """Where an entry of a literal stands."""
        row, column = divmod(slot, shape[1])
        return (row + 1,) if shape[1] == 1 else (row + 1, column + 1)

    def places(self, at: tuple[Subscript, ...], _x: Term) -> tuple[Subscript, ...]:
        """The subscripts of an index."""
        return at

    def index(self, at: tuple[Subscript, ...], x: Term) -> Term:
        """An entry or a part; of a vector joined with others, the vector."""
        if x.zero:
            return x
        shape = shapes.selected(at, x.shape)
        if len(at) == 1 and isinstance(at[0], int) and x.shape[1] == 1:
            return self.algebra.entry(x, at[0])
        if len(at) == 2 and x.shape[1] == 1 and not isinstance(at[0], int):
            at = at[:1]
        return self.algebra.made("index", [x], at, shape)

    def part(self, x: Term, at: tuple[Subscript, ...]) -> Term:
        """The part of an array at a place."""
        return self.index(at, x)

    def padded(self, x: Term, like: Term, at: tuple[Subscript, ...]) -> Term:
        """A number at one place of zeros: a multiple of a unit vector, or of a product of two."""
        if x.shape or not all(isinstance(place, int) for place in at):
            raise NoFormula("padded")
        n, m = like.size
        numbers = [place for place in at if isinstance(place, int)]
        if len(numbers) == 1:
            unit = self.algebra.unit(numbers[0], max(n, m))
            return x * (unit if m == 1 else self.transpose(unit))
        row, column = (self.algebra.unit(place, size) for place, size in zip(numbers, (n, m), strict=True))
        return x * self.matmul(row, self.transpose(column))


class Reader:
    """The nodes of a graph with shapes as terms."""

    def __init__(self, algebra: Algebra, graph: Graph) -> None:
        self.algebra = algebra
        self.graph = graph
        self.m = Rules(algebra)
        self.values: list[Term] = []
        for op, args, data, shape in graph:
            operands = [self.values[arg] for arg in args]
            if op == INPUT:
                made = algebra.made(INPUT, (), data, shape)
            elif op == CONST:
                made = algebra.number(data)
            else:
                made = self.operation(op, data, operands, shape)
            self.values.append(made)

    def operation(  # noqa: C901, PLR0912  # a case for each kind
        self, op: str, data: Any, operands: Sequence[Term], shape: Shape
    ) -> Term:
        """One operation of the language."""
        algebra = self.algebra
        match op:
            case "add" | "sub":
                x, y = operands
                return algebra.total([(Fraction(1), x), (Fraction(1 if op == "add" else -1), y)], shape)
            case "mul" | "div":
                x, y = operands
                return algebra.product(1, [(x, 1), (y, 1 if op == "mul" else -1)], shape)
            case "neg":
                return -operands[0]
            case "pow" if operands[1].op == "number":
                return self.power(operands[0], operands[1].data, shape)
            case "matmul":
                return algebra.matmul(*operands)
            case "transpose":
                return algebra.turned(operands[0])
            case "sum":
                return algebra.added(data, operands[0])
            case "mean":
                return self.m.share(data, operands[0]) * algebra.added(data, operands[0])
            case "dot":
                u, v = map(self.m.column, operands)
                return algebra.matmul(algebra.turned(u), v)
            case "outer":
                return self.m.outer(*operands)
            case "solve":
                return self.m.solve(*operands)
            case "index":
                return self.m.index(data, operands[0])
            case "array":
                return self.literal(operands, data)
        if op in CONDITIONS and shape:
            raise NoFormula(op)  # the language compares numbers alone
        return algebra.made(op, operands, data, shape)

    def power(self, base: Term, exponent: Fraction, shape: Shape = ()) -> Term:
        """A power with a number as its exponent."""
        whole = exponent.denominator == 1
        if not whole and base.op in ("number", "*"):
            return self.algebra.made("pow", [base, self.algebra.number(exponent)], None, shape)
        return self.algebra.product(1, [(base, int(exponent) if whole else exponent)], shape)

    def literal(self, entries: Sequence[Term], shape: Shape) -> Term:
        """A literal; one that is a unit vector or all ones has a name."""
        numbers = [entry.data if entry.op == "number" else None for entry in entries]
        if shape[1] == 1 and numbers.count(1) == 1 and numbers.count(0) == len(numbers) - 1:
            return self.algebra.unit(numbers.index(1) + 1, len(numbers))
        return self.algebra.made("array", entries, shape, shape)

    # Edges.

    def map(self, node: int, slot: int) -> LinearMap:
        """The linear map of an edge; NoFormula where it has none."""
        graph = self.graph
        op, args, data, shape = graph[node]
        operands, z = [self.values[arg] for arg in args], self.values[node]
        if op in ARRAYS:
            row = ROWS[op]
            partial = row.partial(slot)
            if not callable(partial):
                raise NoFormula(op)
            before = (*((slot,) if row.variadic else ()), *((data,) if row.parameter else ()))
            made = partial(self.m, z, *before, *operands)
            if not isinstance(made, LinearMap):
                raise NoFormula(op)
            return made
        slope = self.slope(node, slot)
        own = graph.shape[args[slot]]

        def pull(g: Term) -> Term:
            return fitted(self.algebra, self.algebra.product(1, [(g, 1), (slope, 1)], shape), own)

        return LinearMap(lambda t: self.algebra.product(1, [(t, 1), (slope, 1)], shape), pull)

    def winner(self, node: int, slot: int) -> Term:
        """Where one of two operands of max or min is the result, ties aside: step(x - y)."""
        args = [self.values[arg] for arg in self.graph.args[node]]
        if len(args) != 2:
            raise NoFormula("ties of several")
        over = args[slot] - args[1 - slot]
        return self.algebra.made("step", [over if self.graph.op[node] == "max" else -over], None, over.shape)

    def slope(self, node: int, slot: int) -> Term:
        """The slope of an operation entry by entry, as a term."""
        graph = self.graph
        args = graph.args[node]
        if graph.op[node] in ("max", "min") and graph.shape[node]:
            return self.winner(node, slot)
        constants = tuple(graph.data[arg] if graph.op[arg] == CONST else None for arg in args)
        rule, root = partial_formula(graph.op[node], slot, constants)
        found: list[Term] = []
        for op, inner, data, _ in rule:
            operands = [found[arg] for arg in inner]
            if op == INPUT:
                found.append(self.values[node if data == "z" else args[int(data)]])
            elif op == CONST:
                found.append(self.algebra.number(data))
            else:
                found.append(
                    self.operation(op, data, operands, shapes.broadcast(*(x.shape for x in operands)))
                )
        return found[root]


def fitted(algebra: Algebra, x: Term, shape: Shape) -> Term:
    """What goes back to an argument of this shape: a sum over the axes along which it was repeated."""
    if x.zero or x.shape == shape or not x.shape:
        return x
    if not shape or shape == (1, 1):
        return algebra.added(None, x)
    return algebra.added(1 if shape[0] == 1 < x.shape[0] else 2, x)
