"""What a descent walks on where inputs are arrays: entry by entry, or, where those are many, in arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import prod
from typing import Any

from adcli import engine
from adcli.answers import higher
from adcli.answers.blocks import flat
from adcli.answers.expanding import PIVOTED, expanded_at
from adcli.answers.running import Point, explained, linearized, placed
from adcli.graph import Graph, Shape
from adcli.language.program import Program
from adcli.primitives.shapes import of_value
from adcli.study.kernel import Gradient
from adcli.study.losses import Loss

MOST_ENTRIES = 3000  # operations on entries: beyond, whole arrays are quicker than a compiled line for each
Example = Mapping[str, Any]


def loss_of(
    program: Program, moving: Sequence[str], examples: Sequence[Example], output: str, at: Point
) -> Loss | ArrayLoss:
    """The mean of an output over examples as a function of the inputs of `moving`, by the quicker way.

    Every example has the values of all other inputs; `at` has those of the start, and is a point where the
    program runs.
    """
    run, start = placed(program, {**examples[0], **at})
    if not engine.has_arrays(run.graph, list(start.values())):
        names = tuple(examples[0])
        rows = [tuple(example[name] for name in names) for example in examples]
        return Loss(program, moving, names, rows, output, start)
    if program.needs_point or not PIVOTED.isdisjoint(run.graph.op) or work(run.graph) > MOST_ENTRIES:
        return ArrayLoss(program, {name: of_value(start[name]) for name in moving}, examples, output)
    made = expanded_at(program, start, indexed=True, steady=True)
    names = tuple(entry for name in examples[0] for entry in made.parts[name])
    rows = [tuple(number for name in examples[0] for number in flat(example[name])) for example in examples]
    return Loss(made.program, [entry for name in moving for entry in made.parts[name]], names, rows, output)


def work(graph: Graph) -> int:
    """About how many operations a program with arrays takes entry by entry."""
    total = 0
    for op, args, shape in zip(graph.op, graph.args, graph.shape, strict=True):
        sizes = [prod(graph.shape[arg]) for arg in args]
        if op == "matmul":
            total += 2 * prod(shape) * (graph.shape[args[0]] or (1, 1))[1]
        elif op == "det":
            total += 2 ** min((graph.shape[args[0]] or (1, 1))[0], 40)
        elif args:
            total += max(prod(shape), *sizes)
    return total


class ArrayLoss:
    """The mean of an output over examples as a function of the entries of `moving`, in whole arrays."""

    def __init__(
        self, program: Program, moving: Mapping[str, Shape], examples: Sequence[Example], output: str
    ) -> None:
        self.program, self.shapes, self.examples, self.output = program, moving, examples, output
        ends = [0, *accumulate(prod(shape) for shape in moving.values())]
        self.slices = [slice(*ends) for ends in pairwise(ends)]
        self.run: Program | None = None

    def arrays(self, point: Sequence[float]) -> dict[str, Any]:
        """The inputs that move, from all their entries."""
        parts = zip(self.shapes.items(), self.slices, strict=True)
        return {name: in_shape(point[part], shape) for (name, shape), part in parts}

    def call(self, *point: float) -> tuple[float, Gradient]:
        """The mean value and the mean gradient; DomainError where an example has none."""
        moved = self.arrays(point)
        found = [self.one({**example, **moved}) for example in self.examples]
        if len(found) == 1:
            return found[0]
        count = len(found)
        columns = zip(*(slopes for _, slopes in found), strict=True)
        return sum(value for value, _ in found) / count, tuple(sum(column) / count for column in columns)

    def one(self, at: Point) -> tuple[float, Gradient]:
        """The value and the gradient of an example."""
        run = self.run
        if run is None:
            run, at = placed(self.program, at)
            self.run = None if self.program.needs_point else run  # shapes are those of every example
        columns = [run.inputs.index(name) for name in self.shapes]
        node = run.outputs[self.output]
        lin = linearized(run, at, columns, [node])
        with explained(run, at):
            adjoints = engine.reverse(lin, {node: 1.0}, set(columns))
        return float(lin.primals[node]), tuple(x for column in columns for x in flat(adjoints[column]))

    def hessian(self, point: Sequence[float]) -> list[list[float]]:
        """The mean of the second derivatives, forward over reverse."""
        moved, count = self.arrays(point), len(self.examples)
        total = [[0.0] * len(point) for _ in point]
        for example in self.examples:
            at = {**example, **moved}
            found = higher.hessian(self.program, at, wrt=list(self.shapes), output=self.output)
            for i, entries in enumerate(found.hessian):
                for j, entry in enumerate(entries):
                    total[i][j] += entry / count
        return total


def in_shape(entries: Sequence[float], shape: Shape) -> Any:
    """Entries as an array of a shape, or the one number."""
    if not shape:
        return entries[0]
    import numpy as np  # there are arrays, so it has been loaded

    return np.array(entries).reshape(shape)
