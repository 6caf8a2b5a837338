"""Operations on whole arrays entry by entry: the same as steps on numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import combinations
from typing import Any, NamedTuple

from adcli.primitives.shapes import filled

SMALL_EXPONENT = 500  # up to here e^x is written as it is; beyond, the largest entry is taken off first
Entries = Any  # an array of nodes of the scalar graph
Pair = tuple[int | None, float]  # a node and its value; None is an entry that is 0 by construction


class Operands(NamedTuple):
    """What an operation works on: its node's data, its operands' entries, and their values."""

    data: Any
    xs: list[Entries]
    values: list[Any]

    @property
    def axis(self) -> int | None:
        """The axis of a sum, 1 or 2, or None for all entries."""
        return self.data  # type: ignore[no-any-return]  # where a rule asks for it, it is one


class Builder:
    """Makes steps on numbers; a subclass says how a step is added to its graph.

    A `steady` one makes steps that hold at every point, not only where the values are those at hand.
    """

    steady = False

    def add(self, op: str, *args: int, data: Any = None) -> int:
        """A step."""
        raise NotImplementedError

    def constant(self, value: Any) -> int:
        """A constant."""
        raise NotImplementedError

    def total(self, nodes: Iterable[int]) -> int:
        """The sum of some nodes, from the left."""
        return reduce(lambda a, b: self.add("add", a, b), map(int, nodes))

    def products(self, u: Iterable[int], v: Iterable[int]) -> int:
        """The sum of products of two lists of nodes."""
        return self.total([self.add("mul", a, b) for a, b in zip(u, v, strict=True)])

    def softmax(self, nodes: Sequence[int], values: Sequence[float]) -> tuple[list[int], int, int | None]:
        """The powers of e, their sum, and the entry that was taken off first, if any was."""
        largest = max(range(len(nodes)), key=values.__getitem__)
        off = int(nodes[largest]) if max(map(abs, values)) > SMALL_EXPONENT else None
        if self.steady:
            # Neither function nor slopes depend on what is taken off, so it needs no slope of its own.
            most = self.add("max", *map(int, nodes)) if len(nodes) > 1 else int(nodes[0])
            off = self.add("stop", most)
        rising = [self.add("exp", int(node) if off is None else self.add("sub", node, off)) for node in nodes]
        return rising, self.total(rising), off

    # Linear algebra.

    def determinant(self, rows: Sequence[Sequence[int]]) -> int:
        """By rows (Laplace), each minor once."""
        n = len(rows)
        minors: dict[tuple[int, ...], int] = {(j,): int(rows[-1][j]) for j in range(n)}
        for row in reversed(rows[:-1]):
            larger: dict[tuple[int, ...], int] = {}
            for columns in combinations(range(n), len(next(iter(minors))) + 1):
                found: int | None = None
                for place, j in enumerate(columns):
                    term = self.add("mul", row[j], minors[columns[:place] + columns[place + 1 :]])
                    found = term if found is None else self.add("sub" if place % 2 else "add", found, term)
                larger[columns] = found if found is not None else 0
            minors = larger
        return minors[tuple(range(n))]

    def less(self, a: Pair, factor: Pair, b: Pair) -> Pair:
        """A - factor*b, where entries that are 0 by construction make no steps."""
        if factor[0] is None or b[0] is None:
            return a
        product = self.add("mul", factor[0], b[0])
        node = self.add("neg", product) if a[0] is None else self.add("sub", a[0], product)
        return node, a[1] - factor[1] * b[1]

    def over(self, a: Pair, b: Pair) -> Pair:
        """a/b"""
        if a[0] is None or b[0] is None:
            return a
        return self.add("div", a[0], b[0]), a[1] / b[1]

    def solution(self, matrix: list[list[Pair]], right: list[list[Pair]]) -> list[int]:
        """The solution of a linear system by elimination, with the largest pivot as in a hand calculation."""
        n = len(matrix)
        rows = [[*a, *b] for a, b in zip(matrix, right, strict=True)]
        for k in range(n):
            best = max(range(k, n), key=lambda i: abs(rows[i][k][1]))
            rows[k], rows[best] = rows[best], rows[k]
            for i in range(k + 1, n):
                factor = self.over(rows[i][k], rows[k][k])
                rows[i] = [(None, 0.0)] * (k + 1) + [
                    self.less(a, factor, b) for a, b in zip(rows[i][k + 1 :], rows[k][k + 1 :], strict=True)
                ]
        for k in reversed(range(n)):
            for i in range(k + 1, n):
                rows[k][n:] = [
                    self.less(a, rows[k][i], b) for a, b in zip(rows[k][n:], rows[i][n:], strict=True)
                ]
            rows[k][n:] = [self.over(a, rows[k][k]) for a in rows[k][n:]]
        return [self.constant(0) if node is None else node for row in rows for node, _ in row[n:]]


def pairs(entries: Entries, values: Any) -> list[list[Pair]]:
    """Nodes with their values, by rows."""
    numbers = values.tolist() if hasattr(values, "tolist") else [[values]]
    return [
        [(int(node), number) for node, number in zip(row, line, strict=True)]
        for row, line in zip(entries, numbers, strict=True)
    ]


def groups(axis: int | None, x: Entries) -> list[Any]:
    """The lists of entries that belong together: all, or those of a column (1) or of a row (2)."""
    return [x.ravel()] if axis is None else list(x.T if axis == 1 else x)


def matmul(m: Builder, s: Operands) -> Iterable[int]:
    """Each entry a sum of products."""
    A, B = s.xs
    return (m.products(row, column) for row in A for column in B.T)


def mean(m: Builder, s: Operands) -> Iterable[int]:
    """A sum over the number of its terms."""
    return (m.add("div", m.total(group), m.constant(len(group))) for group in groups(s.axis, s.xs[0]))


def softmax(m: Builder, s: Operands) -> Iterable[int]:
    """e^x over the sum of them."""
    made = []
    for nodes, numbers in zip(groups(s.axis, s.xs[0]), groups(s.axis, pair(s.values[0])), strict=True):
        rising, total, _ = m.softmax(nodes, numbers.tolist())
        made.append([m.add("div", power, total) for power in rising])
    return (entry for row in (zip(*made, strict=True) if s.axis == 1 else made) for entry in row)


def logsumexp(m: Builder, s: Operands) -> Iterable[int]:
    """Ln of the sum of e^x."""
    for nodes, numbers in zip(groups(s.axis, s.xs[0]), groups(s.axis, pair(s.values[0])), strict=True):
        _, total, off = m.softmax(nodes, numbers.tolist())
        yield m.add("ln", total) if off is None else m.add("add", off, m.add("ln", total))


def pair(value: Any) -> Any:
    """A value as a matrix."""
    import numpy as np  # as above

    return np.asarray(value).reshape(filled(np.shape(value)))


def extreme(op: str) -> Callable[..., Iterable[int]]:
    """The largest or smallest entry."""
    return lambda m, s: (
        m.add(op, *group) if len(group) > 1 else int(group[0]) for group in groups(s.axis, s.xs[0])
    )


def norm(m: Builder, s: Operands) -> Iterable[int]:
    """The length."""
    nodes = s.xs[0].ravel()
    return [m.add("hypot", *nodes) if len(nodes) > 1 else m.add("abs", nodes[0])]


def inverse(m: Builder, s: Operands) -> Iterable[int]:
    """The solution of A X = I."""
    n = len(s.xs[0])
    unit: list[list[Pair]] = [
        [(m.constant(1), 1.0) if i == j else (None, 0.0) for j in range(n)] for i in range(n)
    ]
    return m.solution(pairs(s.xs[0], s.values[0]), unit)


def part(m: Builder, s: Operands) -> Any:
    """An entry or a part."""
    from adcli.arithmetic.tensors.parts import places  # there are arrays, so numpy has been loaded

    found = s.xs[0][places(s.data, s.xs[0])]
    return found.ravel() if hasattr(found, "ravel") else [found]


def joined(_m: Builder, s: Operands) -> Any:
    """Arrays one below the other, or side by side."""
    import numpy as np  # as above

    return np.concatenate(s.xs, axis=(s.axis or 1) - 1).ravel()


RULES: dict[str, Callable[..., Iterable[int]]] = {
    "matmul": matmul,
    "transpose": lambda m, s: s.xs[0].T.ravel(),
    "sum": lambda m, s: (m.total(group) for group in groups(s.axis, s.xs[0])),
    "mean": mean,
    "dot": lambda m, s: [m.products(s.xs[0].ravel(), s.xs[1].ravel())],
    "norm": norm,
    "outer": lambda m, s: (m.add("mul", a, b) for a in s.xs[0].ravel() for b in s.xs[1].ravel()),
    "trace": lambda m, s: [m.total(s.xs[0].diagonal())],
    "det": lambda m, s: [m.determinant(s.xs[0])],
    "inv": inverse,
    "solve": lambda m, s: m.solution(pairs(s.xs[0], s.values[0]), pairs(s.xs[1], s.values[1])),
    "concat": joined,
    "softmax": softmax,
    "logsumexp": logsumexp,
    "array": lambda m, s: [int(x[0, 0]) for x in s.xs],
    "index": part,
    "max_entry": extreme("max"),
    "min_entry": extreme("min"),
}
