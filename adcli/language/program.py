"""A Program: a graph, and what the text adds to it: names, outputs, places in the source, notes."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adcli import show
from adcli.errors import Span
from adcli.graph import CONST, INPUT, Graph
from adcli.language.names import CONSTANTS
from adcli.language.syntax import Syntax


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know of a result: a code of the contract, a sentence, a step, a place."""

    code: str
    message: str
    step: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """What a text means: its graph with the names the user gave.

    `inputs` are canonical names in order; `outputs` maps names to nodes; `named` maps nodes to the
    ids that assignments gave them; `spelled` maps canonical names to their first spelling.
    `starts` and `ends` hold the place of each node in `source`. When `needs_point` is set, the text
    has a choice that depends on an input: `at(point)` is the program of the branch taken there.
    """

    source: str
    graph: Graph
    inputs: tuple[str, ...]
    outputs: Mapping[str, int]
    named: Mapping[int, str]
    spelled: Mapping[str, str]
    starts: array[int]
    ends: array[int]
    notes: tuple[Note, ...] = ()
    needs_point: bool = False
    has_choice: bool = False
    syntax: Sequence[Syntax] = field(default=(), repr=False)
    chosen: tuple[str, ...] | None = None
    letter: str = "v"

    def at(self, point: Mapping[str, Any]) -> Program:
        """The program of the run at `point`: itself, unless a choice depends on the values."""
        if not self.needs_point and not any(name in point and name not in self.inputs for name in CONSTANTS):
            return self
        from adcli.language.run import run  # noqa: PLC0415  # run makes programs, so it imports this module

        return run(self.source, self.syntax, point, share=self.graph.share, chosen=self.chosen)

    def __str__(self) -> str:
        return self.reading

    def __len__(self) -> int:
        """The number of steps."""
        return sum(1 for op in self.graph.op if op not in (INPUT, CONST))

    def span(self, node: int) -> Span:
        """Where a node stands in the source."""
        return Span(self.starts[node], self.ends[node])

    @property
    def ids(self) -> list[str]:
        """The id of every node: an input's name, a step's name or v1, v2, …, a constant's c1, c2, …"""
        found: list[str] = []
        steps = constants = 0
        prefix = free_prefix("c", [*self.inputs, *self.named.values()])
        for node, op in enumerate(self.graph.op):
            if op == INPUT:
                found.append(self.graph.data[node])
            elif op == CONST:
                constants += 1
                found.append(f"{prefix}{constants}")
            else:
                steps += 1
                found.append(self.named.get(node) or f"{self.letter}{steps}")
        return found

    @property
    def reading(self) -> str:
        """How the text was read: the fewest brackets, and the same graph when it is read again.

        Up to 12 steps it is the outputs' expressions, above it a program of named steps. A choice is
        shown with both branches, also where only one of them was run.
        """
        if self.has_choice:
            from adcli.language.run import run  # noqa: PLC0415  # run makes programs, so it imports this module

            whole = run(self.source, self.syntax, share=self.graph.share, chosen=self.chosen, decide=False)
            return whole.reading
        ids = self.ids
        steps = show.steps(self.graph)
        outputs = list(self.outputs.values())
        if len(steps) <= show.TREE_STEPS and reads_alike(self.graph, outputs):
            return ", ".join(show.formulas(self.graph, outputs, ids.__getitem__))
        lines = show.lines(self.graph, steps, ids.__getitem__)
        ends = [show.leaf(self.graph, node, ids.__getitem__, show.SOURCE).text for node in outputs]
        return "; ".join([*lines, ", ".join(ends)])


def free_prefix(letter: str, names: Sequence[str]) -> str:
    """`letter`, doubled until no name looks like it with a number behind."""
    while any(name.startswith(letter) and name[len(letter) :].isdigit() for name in names):
        letter += letter[0]
    return letter


def reads_alike(graph: Graph, outputs: Sequence[int]) -> bool:
    """Whether reading the outputs' expressions one after the other makes the same nodes in the same order."""
    order = list(evaluation_order(graph, outputs))
    leading = [node for node in order if graph.op[node] == INPUT]
    return leading + [node for node in order if graph.op[node] != INPUT] == list(range(len(graph)))


def evaluation_order(graph: Graph, outputs: Sequence[int]) -> Iterator[int]:
    """The nodes in the order in which reading the outputs' expressions first makes them."""
    seen: set[int] = set()
    for output in outputs:
        work = [output]
        while work:
            node = work.pop()
            if node < 0:
                seen.add(~node)
                yield ~node
            elif node not in seen:
                work.append(~node)
                work.extend(reversed(graph.args[node]))
