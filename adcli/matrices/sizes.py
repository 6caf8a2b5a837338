"""Shapes of inputs that no point gives, from how a program uses them: in A@x, A is m×n and x is a column.

Each array has two sizes, which operations make equal or 1. Sizes that nothing else says are letters; a
prime number stands for each, so that every other part works as with given sizes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

from adcli.errors import UsageError
from adcli.graph import CONST, INPUT, Graph, Shape
from adcli.language.program import Program
from adcli.primitives import ARRAYS

LETTERS = ("m", "n", "k", "l", "p", "q", "r", "s", "t")
SAME = frozenset({"add", "sub", "hypot", "atan2"})  # where a name beside an array is an array too
NUMBERS = frozenset("acdehkrst") | {"lambda", "lamda", "alpha", "beta", "gamma", "eta", "mu", "nu", "sigma"}
TO_NUMBER = ("sum", "mean", "norm", "logsumexp", "max_entry", "min_entry", "det", "trace", "dot")


class Sizes(NamedTuple):
    """A shape for every input, and the letters of its sizes by the numbers that stand for them."""

    shapes: dict[str, Shape]
    letters: dict[int, str]

    def words(self, shape: Shape) -> str:
        """A shape as it is shown."""
        return f"{self.size(shape[0])}×{self.size(shape[1])}" if shape else "a number"

    def size(self, n: int) -> str:
        """A size as it is shown."""
        return self.letters.get(n, str(n))


class Unsaid(UsageError):
    """Nothing says the shapes of some inputs."""


def unsaid(program: Program) -> Unsaid:
    """The error for a program whose shapes have to be given."""
    return Unsaid(
        "the program has arrays, and their sizes do not follow from its operations",
        text=program.source,
        hint="give arrays of the right sizes with --at",
    )


class Solver:
    """Sizes as numbers in a table: those of one class are equal, and a class may have a value."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.above: list[int] = []
        self.known: dict[int, int] = {}

    def fresh(self) -> int:
        """A size that nothing is known of."""
        self.above.append(len(self.above))
        return len(self.above) - 1

    def fixed(self, value: int) -> int:
        """A size that is a number."""
        size = self.fresh()
        self.known[size] = value
        return size

    def root(self, size: int) -> int:
        """The first of the sizes that are equal to this one."""
        while self.above[size] != size:
            self.above[size] = self.above[self.above[size]]
            size = self.above[size]
        return size

    def is_one(self, size: int) -> bool:
        """Whether a size is 1."""
        return self.known.get(self.root(size)) == 1

    def same(self, a: int, b: int) -> None:
        """Two sizes are equal; Unsaid where they are two numbers."""
        a, b = self.root(a), self.root(b)
        if a == b:
            return
        values = {self.known[each] for each in (a, b) if each in self.known}
        if len(values) > 1:
            raise unsaid(self.program)
        self.above[max(a, b)] = min(a, b)
        if values:
            self.known[min(a, b)] = values.pop()

    def repeated(self, sizes: Sequence[int]) -> int:
        """The size of an axis of an operation entry by entry: 1 is repeated, others are equal."""
        large = [size for size in sizes if not self.is_one(size)]
        for size in large[1:]:
            self.same(large[0], size)
        return large[0] if large else sizes[0]


Pair = tuple[int, int] | None  # the sizes of an array; None of a number


def solved(program: Program) -> Sizes:
    """The shapes of the inputs of a program without a point; UsageError where they do not follow."""
    graph = program.graph
    arrays = which(graph)
    solver = Solver(program)
    pairs: list[Pair] = []
    for node, (op, args, data, _) in enumerate(graph):
        given = [pairs[arg] for arg in args]
        if op == INPUT:
            wide = data[0].isupper()
            made: Pair = (
                (solver.fresh(), solver.fresh() if wide else solver.fixed(1)) if node in arrays else None
            )
        elif op == CONST:
            made = None
        else:
            made = result(solver, program, op, data, given)
        pairs.append(made)
    return lettered(program, solver, pairs)


def which(graph: Graph) -> set[int]:
    """The nodes that are arrays: what products and sums of arrays take, and what stands beside arrays."""
    numbers = {
        node
        for node, op in enumerate(graph.op)
        if op in (CONST, "index") or (sums_up(graph, node) and graph.data[node] is None)
    }
    likely = bytearray(len(graph))  # could it be an array, by the names in it?
    arrays: set[int] = set()
    for node, (op, args, data, _) in enumerate(graph):
        own = op in ARRAYS or sums_up(graph, node)
        likely[node] = node not in numbers and (
            data not in NUMBERS if op == INPUT else own or any(likely[arg] for arg in args)
        )
        if own:
            arrays.update(arg for arg in args if arg not in numbers)
            arrays.update({node} - numbers)
    size = -1
    while size != len(arrays):
        size = len(arrays)
        for node in range(len(graph) - 1, -1, -1):
            if node in arrays and graph.op[node] not in ARRAYS:
                arrays.update(beside(graph, node, numbers, likely))
        for node, args in enumerate(graph.args):
            if node not in numbers and not arrays.isdisjoint(args):
                arrays.add(node)
    return arrays


def sums_up(graph: Graph, node: int) -> bool:
    """Whether a node makes a number of an array, or one number of each row or column."""
    op = graph.op[node]
    return op in TO_NUMBER or (op in ("max", "min") and len(graph.args[node]) == 1)


def beside(graph: Graph, node: int, numbers: set[int], likely: bytearray) -> Iterator[int]:
    """The operands of an operation entry by entry that are arrays where its result is one."""
    op, args = graph.op[node], graph.args[node]
    others = [arg for arg in args if arg not in numbers]
    for slot, arg in enumerate(args):
        if arg in numbers or (op == "pow" and slot):
            continue
        if len(others) == 1 or likely[arg] or (op in SAME and graph.op[arg] == INPUT):
            yield arg


def result(  # noqa: C901, PLR0912  # a case for each kind
    solver: Solver, program: Program, op: str, data: Any, given: Sequence[Pair]
) -> Pair:
    """The sizes of an operation's result, and what it says of its operands'."""
    arrays = [pair for pair in given if pair is not None]
    if op not in ARRAYS and not (op in ("max", "min") and len(given) == 1):
        if not arrays:
            return None
        rows, columns = zip(*arrays, strict=True)
        return solver.repeated(rows), solver.repeated(columns)
    if op == "array":
        return solver.fixed(data[0]), solver.fixed(data[1])
    if len(arrays) < len(given) or op == "concat":
        raise unsaid(program)
    (n, m), *rest = arrays
    match op:
        case "matmul":
            solver.same(m, rest[0][0])
            sizes = (n, rest[0][1])
            return None if all(map(solver.is_one, sizes)) else sizes
        case "transpose":
            return m, n
        case "inv":
            solver.same(n, m)
            return n, m
        case "det" | "trace":
            solver.same(n, m)
            return None
        case "solve":
            solver.same(n, m)
            solver.same(n, rest[0][0])
            return rest[0]
        case "dot":
            solver.same(n, rest[0][0])
            solver.same(m, rest[0][1])
            return None
        case "outer":
            if not (solver.is_one(m) and solver.is_one(rest[0][1])):
                raise unsaid(program)
            return n, rest[0][0]
        case "softmax":
            return n, m
        case "index":
            if all(isinstance(at, int) for at in data):
                return None
            raise unsaid(program)
    if data is None:
        return None
    return (solver.fixed(1), m) if data == 1 else (n, solver.fixed(1))


def lettered(program: Program, solver: Solver, pairs: Sequence[Pair]) -> Sizes:
    """The shapes with a prime number for every size that is a letter."""
    graph = program.graph
    taken = {value for data in graph.data if isinstance(data, (tuple, int)) for value in flat(data)}
    primes = (n for n in count(11, 2) if all(n % k for k in range(3, n, 2)) and n not in taken)
    used = {*program.inputs, *program.named.values()}
    names = (name for name in chain(LETTERS, (f"n{place}" for place in count(1))) if name not in used)
    numbers: dict[int, int] = {}
    letters: dict[int, str] = {}
    shapes: dict[str, Shape] = {}
    for node in graph.inputs:
        pair = pairs[node]
        if pair is None:
            shapes[graph.data[node]] = ()
            continue
        found = []
        for size in map(solver.root, pair):
            if size not in numbers:
                numbers[size] = solver.known.get(size) or next(primes)
                if size not in solver.known:
                    letters[numbers[size]] = next(names)
            found.append(numbers[size])
        shapes[graph.data[node]] = (found[0], found[1])
    return Sizes(shapes, letters)


def flat(data: object) -> Sequence[int]:
    """The whole numbers in a node's data."""
    if isinstance(data, tuple):
        return [number for part in data for number in flat(part)]
    return [data] if isinstance(data, int) else []
