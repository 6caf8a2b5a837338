"""A Program: a graph, and what the text adds to it: names, outputs, places in the source, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import Span, UsageError
from adcli.graph import CONST, INPUT, Graph
from adcli.language.names import CONSTANTS, twin
from adcli.language.naming import SOURCE_NAMES, free_prefix
from adcli.language.note import Note
from adcli.language.scanner import scan
from adcli.notation import SOURCE, show
from adcli.notation.show import TREE_STEPS
from adcli.primitives.shapes import of_value

if TYPE_CHECKING:
    from array import array


class Again(Protocol):
    """Runs a program's text once more.

    Without `decide`, every choice stays a select step; conditions at the places `flipped` are taken for
    the opposite of what they are.
    """

    def __call__(
        self,
        point: Mapping[str, Any] | None,
        *,
        decide: bool,
        flipped: frozenset[Span] = frozenset(),
        arithmetic: Arithmetic = ...,
    ) -> Program:
        """The program of that run; `arithmetic` is that of the point's values, floats unless given."""


class Loop(NamedTuple):
    """A loop that ran, in no other one: the nodes from `first` up to `end` were made meanwhile.

    `said` is its first line without the block, as in "for k in 1..6".
    """

    first: int
    end: int
    said: str


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """What a text means: its graph with the names the user gave.

    `inputs` are canonical names in order; `outputs` maps names to nodes; `naming` finds the names of
    steps when they are wanted, and `clash` the name that keeps a letter from numbering the others;
    `spelled` maps canonical names to their first spelling. `starts` and `ends` hold the place of each
    node in `source`. When `needs_point` is set, the text has a choice that depends on an input:
    `at(point)` is the program of the branch taken there.
    `loops` are the outermost loops in the order in which they ran.
    `graded` is set where it differentiates inside: arrays in the place of numbers change its graph.
    `letter` is that of unnamed steps; `names` is how a reader wants to see them, if otherwise: another
    letter, or SOURCE_NAMES, which has no numbered steps. Ids stay what they are.
    `boundaries` maps comparisons whose sides are equal there to the conditions that they decide.
    """

    source: str
    graph: Graph
    inputs: tuple[str, ...]
    outputs: Mapping[str, int]
    naming: Callable[[], Mapping[int, str]] = field(repr=False)
    clash: Callable[[str], str | None] = field(repr=False)
    spelled: Mapping[str, str]
    starts: array[int]
    ends: array[int]
    notes: tuple[Note, ...] = ()
    needs_point: bool = False
    has_choice: bool = False
    letter: str = "v"
    names: str = ""
    blocked: UsageError | None = None
    graded: bool = False
    boundaries: Mapping[Span, Span] = field(
        default_factory=dict
    )  # comparison with equal sides -> its condition
    loops: tuple[Loop, ...] = ()
    again: Again = field(repr=False, compare=False, kw_only=True)

    def at(self, point: Mapping[str, Any], arithmetic: Arithmetic = REAL) -> Program:
        """The program of the run at `point`: itself, unless a choice depends on the values."""
        other = any(name in point and name not in self.inputs for name in CONSTANTS)
        shaped = self.graded and any(map(of_value, point.values()))
        if not (self.needs_point or other or shaped):
            return self
        return self.again(point, decide=True, arithmetic=arithmetic)

    def __str__(self) -> str:
        return self.reading

    def __len__(self) -> int:
        """The number of steps."""
        return sum(1 for op in self.graph.op if op not in (INPUT, CONST))

    @property
    def named(self) -> Mapping[int, str]:
        """The ids that assignments gave to nodes."""
        return self.naming()

    def span(self, node: int) -> Span:
        """Where a node stands in the source."""
        return Span(self.starts[node], self.ends[node])

    @property
    def ids(self) -> list[str]:
        """The id of every node: an input's name, a step's name or v1, v2, …, a constant's c1, c2, …"""
        return self.numbered(self.letter)

    def numbered(self, letter: str) -> list[str]:
        """The names of all nodes with this letter for unnamed steps."""
        found: list[str] = []
        steps = constants = 0
        named = self.named
        prefix = free_prefix("c", [*self.inputs, *named.values()])
        for node, op in enumerate(self.graph.op):
            if op == INPUT:
                found.append(self.graph.data[node])
            elif op == CONST:
                constants += 1
                found.append(f"{prefix}{constants}")
            else:
                steps += 1
                found.append(named.get(node) or f"{letter}{steps}")
        return found

    @property
    def reading(self) -> str:
        """How the text was read: the fewest brackets, and the same graph when it is read again.

        Up to 12 steps it is the outputs' expressions, above it a program of named steps. A choice is
        shown with both branches, also where only one of them was run; since named steps would run both,
        a long program with a choice is shown as it was typed, on one line.
        """
        return reading_of(self, self.letter)

    @property
    def shown(self) -> str:
        """The reading with the steps' names that the reader wants; with none, a long one as it was typed."""
        return reading_of(self, self.names or self.letter)


def reading_of(program: Program, names: str) -> str:
    """How a text was read, its steps called by a letter or by nothing at all."""
    if program.blocked is not None:
        return program.source.strip()
    if program.has_choice:
        return as_expressions(program.again(None, decide=False)) or on_one_line(program)
    short = as_expressions(program)
    if short is not None:
        return short
    return on_one_line(program) if names == SOURCE_NAMES else as_steps(program, names)


def as_expressions(program: Program) -> str | None:
    """The outputs as expressions in the inputs; None for a long program, or where that makes other steps."""
    graph, outputs = program.graph, list(program.outputs.values())
    steps = show.steps(graph)
    if len(steps) > TREE_STEPS:
        return None
    order = list(evaluation_order(graph, outputs))
    if steps != [node for node in order if graph.args[node]]:
        return None
    return with_inputs(program, order, [", ".join(show.formulas(graph, outputs, program.ids.__getitem__))])


def as_steps(program: Program, letter: str) -> str:
    """A line for every step, then the outputs."""
    graph, outputs, names = program.graph, list(program.outputs.values()), readable(program, letter)
    steps = show.steps(graph)
    ends = (show.leaf(graph, node, names.__getitem__, SOURCE).text for node in outputs)
    order = [arg for node in steps for arg in graph.args[node]] + outputs
    return with_inputs(program, order, [*show.lines(graph, steps, names.__getitem__), ", ".join(ends)])


def with_inputs(program: Program, order: Sequence[int], statements: list[str]) -> str:
    """Statements that use nodes in this order, behind an input line where that is not the inputs' order."""
    graph = program.graph
    if list(dict.fromkeys(node for node in order if graph.op[node] == INPUT)) != graph.inputs:
        statements.insert(0, f"input {', '.join(program.inputs)}")
    return "; ".join(statements)


def on_one_line(program: Program) -> str:
    """A program as it was typed, without its comments and line ends."""
    source = program.source
    said: list[str] = []
    end = 0
    for token in scan(source, program.inputs).tokens:
        if token.type == "SEP":
            said.append("; ")
        else:
            gap = " " if end < token.start and said and said[-1] != "; " else ""
            said.append(gap + source[max(token.start, end) : token.end])
        end = max(end, token.end)
    return "".join(said)


def readable(program: Program, first: str) -> list[str]:
    """The ids of a program's nodes as names of the language: v7 for c.1, nothing that reads like another."""
    ids = program.numbered(first)
    named = program.named
    taken = {twin(name) for name in (*program.inputs, *named.values())}
    number = 0
    for node, args in enumerate(program.graph.args):
        if args:
            number += 1
            letter = first
            if "." in ids[node] or node not in named:
                while twin(ids[node]) in taken or "." in ids[node]:
                    ids[node] = f"{letter}{number}"
                    letter += letter[0]
    return ids


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
