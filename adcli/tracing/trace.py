"""What a textbook prints of a sweep: for every step its formula, its partials and its sum, in numbers.

Nothing is recorded while the engine runs; a `Trace` derives its rows from the linearization and the
sweep when somebody looks.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from adcli import engine
from adcli.arithmetic import Undecided
from adcli.engine.sweep import Linearization
from adcli.graph import CONST, Graph, cone
from adcli.language.program import Program
from adcli.notation import MINUS, POWER, SUM, Piece, bracket, constant, show
from adcli.primitives import ARRAYS, ROWS, LinearMap
from adcli.tracing.labels import Labels, Style
from adcli.tracing.partials import partial_piece

if TYPE_CHECKING:
    from adcli.tracing.array_terms import ArrayTerms

Mode = Literal["none", "forward", "reverse"]
CARRIED = {"forward": "tangent", "reverse": "adjoint"}  # what a sweep carries, by its mode
ORDINALS = ("1st", "2nd", "3rd")


class Use(NamedTuple):
    """An operand used by a step, whether or not there are numbers: ∂user/∂arg through `slot`."""

    user: int
    slot: int
    arg: int


class Term(NamedTuple):
    """One summand of a tangent or adjoint: weight · inflow = flow, through the use it belongs to."""

    use: Use
    weight: Any
    inflow: Any
    flow: Any
    total: Any


@dataclass(frozen=True)
class Trace:
    """A program, perhaps at a point, with at most one sweep over it.

    `lin` is None without a point. `seed` maps nodes to numbers. `numbers` holds a tangent or
    adjoint for every node, None where it was not computed; it is None without a sweep or a point.
    """

    program: Program
    mode: Mode
    seed: dict[int, Any]
    lin: Linearization | None = None
    numbers: list[Any] | None = None

    @property
    def graph(self) -> Graph:
        """The program's graph."""
        return self.program.graph

    @cached_property
    def rows(self) -> list[int]:
        """The nodes of the forward table: inputs, then steps. Constants get no row."""
        return [node for node, op in enumerate(self.graph.op) if op != CONST]

    @cached_property
    def swept(self) -> list[int]:
        """The nodes of the sweep's table, in the sweep's order."""
        live = self.graph.variable
        if self.mode == "forward":
            return [node for node in self.rows if live[node]]
        return [node for node in reversed(self.rows) if live[node] and self.reached[node]]

    def value(self, node: int) -> Any:
        """The value of a node, or None without a point."""
        return None if self.lin is None else self.lin.primals[node]

    def number(self, node: int) -> Any:
        """The tangent or adjoint of a node, or None where it was not computed."""
        return None if self.numbers is None else self.numbers[node]

    def uses(self, user: int) -> list[Use]:
        """The operands of a step that have a derivative, in the order of its arguments."""
        graph = self.graph
        if not graph.args[user]:
            return []
        row = ROWS[graph.op[user]]
        return [
            Use(user, slot, arg)
            for slot, arg in enumerate(graph.args[user])
            if graph.variable[arg] and row.partial(slot) is not None
        ]

    @cached_property
    def users(self) -> dict[int, list[Use]]:
        """For every node the uses of it, the last user first: the order in which adjoints add up."""
        found: dict[int, list[Use]] = {node: [] for node in self.rows}
        for user in range(len(self.graph) - 1, -1, -1):
            for use in self.uses(user):
                found[use.arg].append(use)
        return found

    def weight(self, use: Use) -> Any:
        """The number on an edge, or None without a point; of a linear map its gradient, if it has one."""
        weight = None if self.lin is None else self.lin.weights[use.user][use.slot]
        return weight.weight if isinstance(weight, LinearMap) else weight

    def source(self, use: Use) -> int:
        """The node whose tangent or adjoint a sweep carries along a use."""
        return use.arg if self.mode == "forward" else use.user

    def flow(self, use: Use) -> Any:
        """What a sweep carries along a use: weight times the tangent or adjoint it comes from."""
        inflow = self.number(self.source(use))
        if self.lin is None or inflow is None:
            return None
        return engine.flow(self.lin, use.user, use.slot, inflow, backwards=self.mode != "forward")

    def sources(self, node: int) -> list[Use]:
        """The uses whose flows add up to a node's tangent or adjoint."""
        if self.mode == "forward":
            return self.uses(node)
        reached = self.reached
        return [use for use in self.users[node] if reached[use.user]]

    @cached_property
    def reached(self) -> bytearray:
        """A flag per node: does a seeded output depend on it?"""
        return cone(self.graph, self.seed)

    def terms(self, node: int) -> list[Term]:
        """The summands of a node's tangent or adjoint in the order in which the sweep adds them."""
        terms: list[Term] = []
        total: Any = self.seed.get(node) if self.mode == "reverse" else None
        for use in self.sources(node):
            inflow = self.number(self.source(use))
            flow = self.flow(use)
            if flow is not None:
                total = flow if total is None else total + flow
            terms.append(Term(use, self.weight(use), inflow, flow, total))
        return terms


def unit_seed(trace: Trace) -> int | None:
    """The one node that the sweep starts from with 1, or None for an own seed."""
    started: list[tuple[int, Any]] = [
        (node, number) for node, number in trace.seed.items() if engine.begins(number)
    ]
    return started[0][0] if len(started) == 1 and is_one(started[0][1]) else None


def is_one(seed: Any) -> bool:
    """Whether a seed is the number 1, in any arithmetic."""
    with suppress(Undecided):  # a number that may be 1 is an own seed
        return not hasattr(seed, "shape") and bool(seed == 1)
    return False


class Scribe:
    """Writes a trace's formulas in one style and its numbers in so many digits."""

    def __init__(self, trace: Trace, style: Style, digits: int, *, canonical: bool = False) -> None:
        self.trace = trace
        self.style = style
        self.digits = digits
        self.labels = Labels(trace.program, style, canonical=canonical)

    def digits_of(self, value: Any) -> str:
        """A number; a dash of the style for what was not computed."""
        return self.style.number(value, self.digits)

    def formula(self, node: int) -> str:
        """A step's own operation, as in v₁ - v₃; an input's name."""
        return show.step(self.trace.graph, node, self.labels.piece, self.style.notation)

    def with_numbers(self, node: int) -> str:
        """A step's operation on numbers, as in 3 - 1.64872; empty for an input."""
        graph = self.trace.graph
        if not graph.args[node]:
            return ""
        operands = [
            constant(graph.data[arg], self.style.notation)
            if graph.op[arg] == CONST
            else self.figure(self.trace.value(arg))
            for arg in graph.args[node]
        ]
        return show.operation(graph, node, operands, self.style.notation).text

    def figure(self, value: Any) -> Piece:
        """A number as a piece of a formula: a negative one asks for brackets."""
        return self.style.figure(value, self.digits)

    def partial(self, use: Use) -> Piece:
        """The partial of a use as a formula: cos(v₁); of an operation on arrays its map, Wᵀ@·."""
        if self.on_arrays(use):
            return self.arrays.partial(use)
        return partial_piece(self.trace.graph, use.user, use.slot, self.labels.piece, self.style)

    def carried(self, node: int) -> str:
        """What a sweep carries at a node: its tangent's or adjoint's name."""
        return self.labels.tangent(node) if self.trace.mode == "forward" else self.labels.adjoint(node)

    def rule(self, use: Use, *, follows: bool = False) -> str:
        """A term of a sum as a formula: v̄₁·(-v₁/x2), or Wᵀ@v̄₁; behind a plus a minus stands in brackets."""
        if self.on_arrays(use):
            return bracket(self.arrays.names(use), SUM, self.style.notation, follows=follows)
        return self.times(self.inflow(use), self.partial(use))

    def rule_with_weight(self, use: Use) -> str:
        """A term of a sum with its slope as a number: v̄₁·(-6); of arrays in names, Wᵀ@v̄₁."""
        if self.on_arrays(use):
            return self.arrays.names(use).text
        return self.times(self.inflow(use), self.weight(use))

    def rule_numbers(self, term: Term, *, follows: bool = False) -> str:
        """A term of a sum in numbers: 1.50592·(-6); behind a plus, a negative number stands in brackets."""
        if self.on_arrays(term.use):
            numbers = self.arrays.numbers(term.use, term.inflow)
            return bracket(numbers, SUM, self.style.notation, follows=follows)
        inflow = bracket(self.figure(term.inflow), MINUS, self.style.notation, follows=follows)
        return self.times(inflow, self.weight(term.use))

    def weight(self, use: Use) -> Piece:
        """The number on an edge."""
        return self.figure(self.trace.weight(use))

    def on_arrays(self, use: Use) -> bool:
        """Whether a use belongs to an operation on arrays, whose partial is a linear map."""
        graph = self.trace.graph
        return bool(graph.shape[use.user]) or graph.op[use.user] in ARRAYS

    def is_map(self, use: Use) -> bool:
        """Whether the partial of a use is told as a map, of what comes in, and not as a formula."""
        return self.on_arrays(use) and self.arrays.is_map(use)

    def map_words(self) -> str:
        """What the sign in the maps of edges stands for; empty where there are no maps."""
        trace = self.trace
        if not any(self.is_map(use) for user in trace.rows for use in trace.uses(user)):
            return ""
        carried = CARRIED["forward" if trace.mode == "forward" else "reverse"]
        return f"in a map {self.arrays.here} is the {carried} that comes in"

    @cached_property
    def arrays(self) -> ArrayTerms:
        """The terms of operations on arrays."""
        from adcli.tracing.array_terms import ArrayTerms  # only where there are arrays

        trace = self.trace
        return ArrayTerms(trace.graph, trace.lin, self.labels, trace.mode, self.figure)

    def inflow(self, use: Use) -> str:
        """The name of what comes in along a use: v̄₁."""
        return self.carried(self.trace.source(use))

    def times(self, inflow: str, slope: Piece) -> str:
        """What comes in, times a slope, which stands in brackets where it needs them."""
        notation = self.style.notation
        return f"{inflow}{notation.times}{bracket(slope, POWER, notation, follows=True)}"

    def slope(self, use: Use) -> str:
        """∂v₄/∂v₁; where one operand is used twice, which use is meant."""
        args = self.trace.graph.args[use.user]
        slope = self.labels.slope(self.labels.name(use.user), self.labels.name(use.arg))
        if args.count(use.arg) == 1:
            return slope
        return slope + self.style.prose(f" ({ordinal(args[: use.slot].count(use.arg))})")


def ordinal(place: int) -> str:
    """1st, 2nd, … for places counted from 0."""
    return ORDINALS[place] if place < len(ORDINALS) else f"{place + 1}th"
