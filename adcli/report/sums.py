"""Every sum of a sweep, written: its terms as rules, with names, with numbers, and as flows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from adcli.graph import CONST, INPUT
from adcli.notation import ATOM, POWER, SUM, Piece, bracket, figure, latex, show, write
from adcli.notation.numerals import TABLE_DIGITS
from adcli.primitives import ARRAYS, ROWS, Primitive
from adcli.report.document import Look
from adcli.tracing.labels import Labels, Style
from adcli.tracing.partials import partial_formula
from adcli.tracing.trace import Scribe, Trace, Use

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
                names=scribe.rule(term.use, follows=begun or place > 0),
                numbers=scribe.rule_numbers(term, follows=begun or place > 0) if self.at_point else "",
                flow=scribe.digits_of(term.flow) if self.at_point else "",
                total=scribe.digits_of(term.total) if self.at_point else "",
            )
            for place, term in enumerate(self.trace.terms(node))
        ]

    def general_rule(self, use: Use) -> str:
        """The rule behind a slope, ∂(x/y)/∂y = -(x/y)/y, or behind a map of arrays."""
        graph = self.trace.graph
        op = graph.op[use.user]
        if op in ARRAYS:
            return rule_of_arrays(self.trace, use, self.taken, self.style)
        names = free_names(ROWS[op], len(graph.args[use.user]), self.taken)
        of, by, slope = rule_of(op, use.slot, names, self.style)
        return f"{self.style.slope(of, by)} = {slope}"

    def added(self, flows: Sequence[str]) -> str:
        """Numbers as a sum: 2.84368 + (-1.33776)."""
        notation = self.style.notation
        return " + ".join(
            bracket(figure(text, notation), SUM, notation, follows=place > 0)
            for place, text in enumerate(flows)
        )


def rule_of_arrays(trace: Trace, use: Use, taken: frozenset[str], style: Style) -> str:
    """The rule behind a map: z = A@B: B̄ = Aᵀ@z̄."""
    from adcli.tracing.array_rules import Writing, linear_map  # only where there are arrays

    graph = trace.graph
    op, data, arity = graph.op[use.user], graph.data[use.user], len(graph.args[use.user])
    names = free_names(ROWS[op], arity, taken)
    result = next(
        name for name in ("z", "w", "s", "result") if name not in (*names, *taken) or name == "result"
    )
    m = Writing(style.notation)
    backwards = trace.mode != "forward"

    def marked(name: str) -> str:
        if style.latex:
            return latex.marked(name, "bar" if backwards else "dot")
        return name + (
            ("\u0304" if backwards else "\u0307") if style.marks else "_bar" if backwards else "_dot"
        )

    shapes = [graph.shape[arg] if trace.lin is not None else None for arg in graph.args[use.user]]
    operands = [m.value(name, shape) for name, shape in zip(names, shapes, strict=True)]
    own = graph.shape[use.user] if trace.lin is not None else None
    made = linear_map(m, op, data, use.slot, m.value(result, own), operands)
    if made is None:
        return ""
    came = m.value(
        marked(result if backwards else names[use.slot]), own if backwards else shapes[use.slot], carried=True
    )
    found = (made.pull if backwards else made.push)(came).piece.text
    of = write(op, [Piece(name) for name in names], style.notation, data).text
    return f"{result} = {of}: {marked(names[use.slot] if backwards else result)} = {found}"


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
