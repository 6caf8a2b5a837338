"""A program with arrays entry by entry: a scalar graph in which every w₁₁ is a node."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from adcli import engine
from adcli.answers.blocks import flat
from adcli.answers.entries import RULES, Builder, Entries, Operands
from adcli.answers.running import Point, conformed, explained, placed
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import Span, UsageError
from adcli.graph import CONST, INPUT, Graph, Shape
from adcli.language.names import canonical, twin
from adcli.language.naming import letter_of
from adcli.language.points import from_values
from adcli.language.program import Program
from adcli.primitives import ARRAYS
from adcli.primitives.shapes import filled

if TYPE_CHECKING:
    from adcli.language.program import Again

MOST_STEPS = 100_000
PIVOTED = frozenset({"solve", "inv"})  # their steps on entries are those of one point


class Expanded(NamedTuple):
    """A program entry by entry, its point, and the inputs that each input has become."""

    program: Program
    at: dict[str, Any]
    parts: dict[str, list[str]]


def expanded_at(
    program: Program,
    point: Mapping[str, Any] | None,
    *,
    indexed: bool = False,
    steady: bool = False,
) -> Expanded:
    """The program entry by entry and its point: input W of 2×3 becomes W11 … W23.

    With `indexed` they are called W[1,1] … W[2,3]. With `steady` the program holds at other points too, or
    is made anew there: softmax takes its largest entry off at every point. A program of numbers is returned
    as it is. UsageError without a point, which has the shapes, and for one that would have too many steps.
    """
    if point is None:
        raise UsageError("--expand needs a point, which says how large the arrays are", hint="add --at")
    shaped, at = placed(program, point)
    if not shaped.graph.arrays:
        return Expanded(program, dict(point), {})
    with explained(shaped, at):
        values = engine.evaluate(shaped.graph, at)
    made = Expansion(shaped, values, indexed=indexed, steady=steady).expanded(at)
    pivoted = steady and not PIVOTED.isdisjoint(shaped.graph.op)
    if not (program.needs_point or pivoted):
        return made

    def again(moved: Mapping[str, Any] | None, **_: Any) -> Program:
        if moved is None:
            return run
        there = {name: joined([moved[entry] for entry in made.parts[name]], at[name]) for name in at}
        return expanded_at(program, there, indexed=indexed, steady=steady).program

    run: Program = replace(made.program, needs_point=True, again=cast("Again", again))
    return made._replace(program=run)


def joined(entries: Sequence[Any], like: Any) -> Any:
    """Numbers row by row as an array of the same shape; a single one where that is a number."""
    numbers = [float(entry) for entry in entries]
    if not hasattr(like, "shape"):
        return numbers[0]
    import numpy as np  # there are arrays, so it has been loaded

    return np.array(numbers).reshape(like.shape)


class Whole(NamedTuple):
    """The program with arrays that a program of numbers was made of, its point, and its inputs' entries."""

    program: Program
    at: dict[str, Any]
    parts: Mapping[str, Sequence[str]]

    def gathered(self, numbers: Mapping[str, Any], names: Iterable[str] | None = None) -> dict[str, Any]:
        """What is known of entries as arrays of their inputs' shapes; 0 for an entry that is missing."""
        import numpy as np  # there are arrays

        found: dict[str, Any] = {}
        for name in self.program.inputs if names is None else names:
            entries = [numbers.get(entry, 0.0) for entry in self.parts[name]]
            shape = self.program.graph.shape[self.program.inputs.index(name)]
            found[name] = np.array(entries).reshape(shape) if shape else entries[0]
        return found


class Entrywise(NamedTuple):
    """A program of numbers at a point, with what was said of its inputs said of their entries."""

    program: Program
    at: Point
    wrt: Sequence[str] | None
    seed: Mapping[str, Any] | None
    whole: Whole | None = None


def entrywise(
    program: Program,
    point: Point,
    arithmetic: Arithmetic = REAL,
    *,
    wrt: Sequence[str] | None = None,
    seed: Mapping[str, Any] | None = None,
) -> Entrywise:
    """The program entry by entry where it has arrays, else as it is.

    `wrt` and `seed` name inputs; an array's entries take its place. A number as seed of an array is that
    number at every entry. ShapeError for a seed of another shape.
    """
    if not engine.has_arrays(program.graph, list(point.values())):
        return Entrywise(program, point, wrt, seed)
    engine.floats_only(arithmetic)
    made = expanded_at(program, from_values(point))
    whole = Whole(*placed(program, point), made.parts)
    if wrt is not None:
        names = [wrt] if isinstance(wrt, str) else wrt
        wrt = [entry for name in names for entry in made.parts.get(canonical(name), [name])]
    if seed is not None:
        given = from_values(seed)
        known = {node: given[name] for node, name in enumerate(program.inputs) if name in given}
        shaped = conformed(placed(program, point)[0], known)
        other = {name: value for name, value in given.items() if name not in program.inputs}
        seed = other | {
            entry: value
            for node, number in shaped.items()
            for entry, value in zip(made.parts[program.inputs[node]], flat(number), strict=True)
        }
    return Entrywise(made.program, made.at, wrt, seed, whole)


class Expansion(Builder):
    """A scalar graph in the making: `entries` holds the nodes of every array made so far."""

    def __init__(
        self, program: Program, values: list[Any], *, indexed: bool = False, steady: bool = False
    ) -> None:
        self.whole = program
        self.values = values
        self.indexed, self.steady = indexed, steady
        self.graph = Graph(share=program.graph.share)
        self.entries: list[Entries] = []
        self.starts, self.ends = array(program.starts.typecode), array(program.ends.typecode)
        self.given = program.named
        self.taken = {twin(name) for name in (*program.inputs, *self.given.values())}
        self.named: dict[int, str] = {}
        self.span = Span(0, 0)

    def expanded(self, at: Mapping[str, Any]) -> Expanded:
        """The scalar program and its point."""
        whole, graph = self.whole, self.whole.graph
        point: dict[str, Any] = {}
        for node, (op, args, data, shape) in enumerate(graph):
            self.span = whole.span(node)
            if op == INPUT:
                made = self.inputs(data, shape, at[data], point)
            elif op == CONST:
                made = self.grid([self.constant(data)], shape)
            else:
                made = self.step(op, args, data, shape)
                self.name(node, made, shape)
            self.entries.append(made)
        outputs = {
            name: int(entry)
            for output, node in whole.outputs.items()
            for name, entry in self.names_of(output, node)
        }
        inputs = tuple(point)
        scalar: Program = replace(
            whole,
            graph=self.graph.close(),
            inputs=inputs,
            outputs=outputs,
            naming=lambda: self.named,
            starts=self.starts,
            ends=self.ends,
            spelled={},
            needs_point=False,
            has_choice=False,
            boundaries={},
            loops=(),
            letter=letter_of(self.graph, inputs, set(self.named.values()), lambda: self.named),
            again=lambda *_, **__: scalar,
        )
        parts = {
            name: [self.graph.data[int(entry)] for entry in made.ravel()]
            for name, made in zip(whole.inputs, self.entries, strict=False)  # inputs are the first nodes
        }
        return Expanded(scalar, point, parts)

    def names_of(self, output: str, node: int) -> Iterable[tuple[str, int]]:
        """The outputs that an output becomes, one per entry."""
        entries, shape = self.entries[node], self.whole.graph.shape[node]
        if not shape:
            return [(output, entries[0, 0])]
        found = []
        for place, entry in enumerate(map(int, entries.ravel())):
            known = self.named.get(entry) if self.given.get(node) == output else None
            found.append((known or self.free(output, shape, place), entry))
        return found

    # Nodes.

    def add(self, op: str, *args: int, data: Any = None) -> int:
        """A step; UsageError where there are too many."""
        node = self.graph.add(op, tuple(map(int, args)), data)
        if node == len(self.starts):
            if node >= MOST_STEPS:
                raise UsageError(
                    f"entry by entry this program has more than {MOST_STEPS} steps",
                    hint="leave --expand out, or take a smaller example",
                )
            self.starts.append(self.span.start)
            self.ends.append(self.span.end)
        return node

    def constant(self, value: Any) -> int:
        """A constant."""
        return self.add(CONST, data=value)

    def grid(self, nodes: Iterable[int], shape: Shape) -> Entries:
        """Nodes row by row as an array of this shape; a number is 1×1."""
        import numpy as np  # there are arrays, so it has been loaded

        return np.array(list(nodes), dtype=int).reshape(filled(shape))

    def inputs(self, name: str, shape: Shape, value: Any, point: dict[str, Any]) -> Entries:
        """The inputs that an input becomes, one per entry."""
        made = []
        numbers = value.ravel().tolist() if shape else [value]
        for place, number in enumerate(numbers):
            entry = self.free(name, shape, place) if shape else name
            point[entry] = number
            made.append(self.add(INPUT, data=entry))
        return self.grid(made, shape)

    def free(self, name: str, shape: Shape, place: int) -> str:
        """A name for an entry that no other has: W12, x3, W1_12."""
        base, dot, run = name.partition(".")
        row, column = divmod(place, shape[1])
        numbers = [row + 1] if shape[1] == 1 else [row + 1, column + 1]
        if self.indexed:  # no name of the user's has brackets
            return f"{base}[{','.join(map(str, numbers))}]{dot}{run}"
        sign = "_" if max(shape) > 9 and len(numbers) == 2 else ""
        gap = "_" if base[-1].isdigit() or "_" in base else ""
        while twin(found := f"{base}{gap}{sign.join(map(str, numbers))}{dot}{run}") in self.taken:
            base += base[-1] if base[-1].isalpha() else "e"
        self.taken.add(twin(found))
        return found

    def name(self, node: int, made: Entries, shape: Shape) -> None:
        """Give the entries of a named step names of their own."""
        name = self.given.get(node)
        if name is None:
            return
        for place, entry in enumerate(map(int, made.ravel())):
            if self.graph.args[entry] and entry not in self.named:
                self.named[entry] = self.free(name, shape, place) if shape else name

    def step(self, op: str, args: Sequence[int], data: Any, shape: Shape) -> Entries:
        """The entries of a step."""
        operands = [self.entries[arg] for arg in args]
        if op in ARRAYS:
            given = Operands(data, operands, [self.values[arg] for arg in args])
            return self.grid(RULES[op](self, given), shape)
        import numpy as np  # as above

        spread = [np.broadcast_to(each, filled(shape)).ravel() for each in operands]
        return self.grid((self.add(op, *entry, data=data) for entry in zip(*spread, strict=True)), shape)
