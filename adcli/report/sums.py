"""Every sum of a sweep, written: its terms as rules, with names, with numbers, and as flows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, NamedTuple

from adcli import show
from adcli.graph import CONST, INPUT
from adcli.labels import Labels, Style
from adcli.notation import ATOM, MINUS, POWER, Piece, bracket, figure, write
from adcli.numerals import TABLE_DIGITS
from adcli.primitives import TABLE, Primitive
from adcli.report.document import Look
from adcli.tracing import Scribe, Trace, Use, partial_formula

LETTERS = ("xyz", "abc", "pqr", "uvw")  # a general rule takes the first ones that the program does not use


class Written(NamedTuple):
    """One term of a sum: the user whose slope it has, and the four ways to write it.

    `general` is the rule of the user's operation, `slope` the term with ∂user/∂arg, `names` the same
    with the formula of this slope. `numbers`, `flow` and `total` are empty without a point.
    """

    user: str
    formula: str
    general: str
    slope: str
    names: str
    numbers: str
    flow: str
    total: str


class Sums:
    """The rows of a trace, written in one look."""

    def __init__(self, trace: Trace, look: Look) -> None:
        self.trace = trace
        self.style = look.style
        self.scribe = Scribe(trace, look.style, look.digits or TABLE_DIGITS)
        self.labels: Labels = self.scribe.labels
        self.at_point = trace.lin is not None
        self.taken = frozenset((*trace.program.inputs, *trace.program.named.values()))

    def kind(self, node: int) -> Literal["seed", "idle", "sum"]:
        """What a sweep does at a node: starts there, does not come there, or adds up terms."""
        trace = self.trace
        if trace.mode == "forward":
            live = trace.graph.variable[node]
            return "seed" if trace.graph.op[node] == INPUT else "sum" if live else "idle"
        if not (trace.graph.variable[node] and trace.reached[node]):
            return "idle"
        return "sum" if trace.sources(node) else "seed"

    def seed(self, node: int) -> str | None:
        """The number that the sweep starts with at a node, or None."""
        start = self.trace.seed.get(node)
        return None if start is None else self.scribe.digits_of(start)

    def number(self, node: int) -> str:
        """A node's tangent or adjoint."""
        return self.scribe.digits_of(self.trace.number(node))

    def value(self, node: int) -> str:
        """A node's value."""
        return self.scribe.digits_of(self.trace.value(node))

    def terms(self, node: int) -> list[Written]:
        """The terms of a node's sum, in the order in which the sweep adds them."""
        scribe = self.scribe
        begun = self.trace.mode == "reverse" and node in self.trace.seed
        return [
            Written(
                user=self.labels.name(term.use.user),
                formula=scribe.formula(term.use.user),
                general=self.general_rule(term.use),
                slope=f"{scribe.inflow(term.use)}{self.style.notation.times}{scribe.slope(term.use)}",
                names=scribe.rule(term.use),
                numbers=scribe.rule_numbers(term, follows=begun or place > 0) if self.at_point else "",
                flow=scribe.digits_of(term.flow) if self.at_point else "",
                total=scribe.digits_of(term.total) if self.at_point else "",
            )
            for place, term in enumerate(self.trace.terms(node))
        ]

    def general_rule(self, use: Use) -> str:
        """The rule behind a slope: ∂(x/y)/∂y = -(x/y)/y."""
        graph = self.trace.graph
        op = graph.op[use.user]
        names = free_names(TABLE[op], len(graph.args[use.user]), self.taken)
        of, by, slope = rule_of(op, use.slot, names, self.style)
        return f"{self.style.slope(of, by)} = {slope}"

    def added(self, flows: Sequence[str]) -> str:
        """Numbers as a sum: 2.84368 + (-1.33776)."""
        notation = self.style.notation
        return " + ".join(
            bracket(figure(text, notation), MINUS, notation, follows=place > 0)
            for place, text in enumerate(flows)
        )


def free_names(row: Primitive, arity: int, taken: frozenset[str]) -> tuple[str, ...]:
    """Names for the arguments of a rule: the table's own, or letters that the program does not use."""
    letters = next((letters for letters in LETTERS if taken.isdisjoint(letters)), LETTERS[0])
    if row.variadic or not taken.isdisjoint(row.args):
        return tuple(
            letters[:arity] if arity <= len(letters) else (f"{letters[0]}{i + 1}" for i in range(arity))
        )
    return row.args


@cache
def rule_of(op: str, slot: int, names: tuple[str, ...], style: Style) -> tuple[str, str, str]:
    """An operation on its arguments' names, the argument at `slot`, and the slope by it."""
    notation = style.notation
    written = [style.letters(name) for name in names]
    operation = write(op, [Piece(name) for name in written], notation)
    graph, node = partial_formula(op, slot, (None,) * len(names))

    def meant(leaf: int) -> str | Piece:
        return operation if graph.data[leaf] == "z" else written[int(graph.data[leaf])]

    slope = show.piece(graph, node, meant, notation).text
    return bracket(operation, POWER if notation.latex else ATOM, notation), written[slot], slope


def is_constant(trace: Trace, node: int) -> bool:
    """Whether a node is a constant of the text."""
    return bool(trace.graph.op[node] == CONST)


def unit_seed(trace: Trace) -> int | None:
    """The one node that the sweep starts from with 1, or None for an own seed."""
    started: list[tuple[int, Any]] = [(node, number) for node, number in trace.seed.items() if number]
    return started[0][0] if len(started) == 1 and started[0][1] == 1 else None
