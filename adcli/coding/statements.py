"""A lowered graph as statements: which nodes have one, in which order, and under which conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from adcli.coding.guards import ALWAYS, Guards
from adcli.coding.identifiers import Identifiers
from adcli.coding.target import Target
from adcli.graph import CONST, Graph, cone
from adcli.notation import INFIX, Piece, write
from adcli.primitives import TABLE

WIDEST = 64  # about as many characters has the text of a statement
LONG_TEST = 40
CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
# They have a value for every operand, so nothing is lost by computing them where nobody asks.
HARMLESS = CONDITIONS | {
    "add", "sub", "mul", "neg", "abs", "max", "min", "select", "floor", "ceil", "round", "sign", "sin", "cos",
    "atan", "tanh", "erf", "erfc", "asinh", "relu", "step", "sigmoid", "softplus", "sigmoid_slope",
}  # fmt: skip


class Statement(NamedTuple):
    """`name = text`, where `guard` holds; of a condition when `condition`."""

    name: str
    text: str
    node: int
    guard: int = ALWAYS
    condition: bool = False


@dataclass(frozen=True)
class Body:
    """The statements of a function, the texts of its results, and the conditions of its guards."""

    statements: list[Statement]
    results: list[str]
    tests: Mapping[int, str]


@dataclass
class Writer:
    """Writes the nodes of `graph` that `results` need.

    `leaves` holds the inputs' names, `wanted` the names of nodes that have one: they get a statement of
    their own, in `compact` code only if they are in `kept`. `checks` are computed though nothing needs them.
    """

    graph: Graph
    results: Sequence[int]
    target: Target
    names: Identifiers
    leaves: Mapping[int, str]
    wanted: Mapping[int, str] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()
    compact: bool = False
    checks: Sequence[int] = ()

    def __post_init__(self) -> None:
        self.guards = Guards(self.graph, [*self.results, *self.checks])
        self.live = cone(self.graph, [*self.results, *self.checks])
        self.guard = self.guards.of if self.target.guarded else [ALWAYS] * len(self.graph)
        for node, op in enumerate(self.graph.op):  # a comparison of what is there may run anyway
            if op in CONDITIONS and not any(self.guard[arg] for arg in self.graph.args[node]):
                self.guard[node] = ALWAYS
        self.pieces: dict[int, Piece] = {}
        self.tests: dict[int, Piece] = {}
        self.told: list[Statement] = []  # long conditions, which have names
        self.own = self.with_statement()

    def body(self) -> Body:
        """The statements in order, a step of the program as early as it stands there."""
        statements: list[Statement] = []
        notation = self.target.notation
        for node in self.order():
            args, op = self.graph.args[node], self.graph.op[node]
            if not args:
                self.pieces[node] = (
                    self.target.number(self.graph.data[node])
                    if op == CONST
                    else self.target.called(self.leaves[node])
                )
                continue
            piece = write(op, self.operands(node), notation)
            statements += self.told
            self.told = []
            if self.own[node]:
                name = self.names.give(self.wanted[node]) if node in self.wanted else self.names.temporary()
                guard = ALWAYS if self.target.eager else self.guard[node]
                if guard != ALWAYS:
                    self.test(guard)
                    statements += self.told
                    self.told = []
                statements.append(Statement(name, piece.text, node, guard, op in CONDITIONS))
                piece = self.target.called(name)
            self.pieces[node] = piece
        tests = {guard: piece.text for guard, piece in self.tests.items()}
        return Body(statements, [self.result(node) for node in self.results], tests)

    def result(self, node: int) -> str:
        """The text of a result; a number is a float, whole or not."""
        text, value = self.pieces[node].text, self.graph.data[node]
        return (
            f"{text}.0"
            if isinstance(value, int) and self.target.floats and text.lstrip("-").isdigit()
            else text
        )

    def operands(self, node: int) -> list[Piece]:
        """The operands of a node; where both sides of a choice are computed, safe ones in the other case."""
        args = self.graph.args[node]
        pieces = [self.pieces[arg] for arg in args]
        if not self.tested(node):
            return pieces
        test = self.test(self.guard[node])
        op, notation = self.graph.op[node], self.target.notation
        for slot, arg in enumerate(args):
            if self.graph.op[arg] != CONST and (op, slot) != ("div", 0):
                pieces[slot] = write(
                    "select", [test, pieces[slot], self.target.number(safe(op, slot))], notation
                )
        return pieces

    def tested(self, node: int) -> bool:
        """Whether the text of a node holds the test of its guard."""
        return self.target.eager and self.guard[node] != ALWAYS and self.graph.op[node] not in HARMLESS

    def test(self, guard: int) -> Piece:
        """The condition that a guard is."""
        order, work = [], [guard]
        while work:
            one = work.pop()
            if one != ALWAYS and one not in self.tests:
                order.append(one)
                work += self.guards.any_of.get(one, ()) or (self.guards.both[one][0],)
        notation = self.target.notation
        for one in sorted(set(order)):  # a guard comes after those it is made of
            if one in self.guards.any_of:
                parts = [self.tests[part] for part in self.guards.any_of[one]]
                made = parts[0]
                for part in parts[1:]:
                    made = write("or", [made, part], notation)
            else:
                above, condition, holds = self.guards.both[one]
                made = self.pieces[condition]
                made = made if holds else write("not", [made], notation)
                made = made if above == ALWAYS else write("and", [self.tests[above], made], notation)
            if len(made.text) > LONG_TEST:
                name = self.names.temporary()
                self.told.append(Statement(name, made.text, -1, condition=True))
                made = self.target.called(name)
            self.tests[one] = made
        return self.tests[guard]

    def with_statement(self) -> bytearray:
        """A flag per node: does it have a statement of its own?"""
        graph, uses = self.graph, self.uses()
        own = bytearray(len(graph))
        size = [0] * len(graph)
        for node, args in enumerate(graph.args):
            if not args:
                size[node] = self.width(node)
            elif self.live[node]:
                size[node] = self.overhead(node) + sum(
                    self.width(arg) if own[arg] else size[arg] for arg in args
                )
                own[node] = uses[node] > 1 or size[node] > WIDEST or self.is_named(node)
        for node in range(len(graph)):
            if self.live[node] and self.guard[node] != ALWAYS and (own[node] or self.tested(node)):
                for condition in self.guards.conditions(self.guard[node]):
                    own[condition] = bool(graph.args[condition])
        return own

    def uses(self) -> list[int]:
        """How often each node is used; a check counts twice, so that it has a statement."""
        found = [0] * len(self.graph)
        for node in (*self.results, *self.checks, *self.checks):
            found[node] += 1
        for node, args in enumerate(self.graph.args):
            if self.live[node]:
                for arg in args:
                    found[arg] += 1
        return found

    def is_named(self, node: int) -> bool:
        """Whether a node has a statement because it has a name; a condition or a guarded value need not."""
        if node not in self.kept and (self.compact or node not in self.wanted):
            return False
        guarded = self.guard[node] != ALWAYS and node not in self.kept
        return self.graph.op[node] not in CONDITIONS and not guarded

    def width(self, node: int) -> int:
        """About how many characters a name or number has."""
        if self.graph.op[node] == CONST:
            return len(str(self.graph.data[node]))
        return len(self.leaves.get(node) or self.wanted.get(node, "t10"))

    def overhead(self, node: int) -> int:
        """About how many characters an operation adds to its operands."""
        op = self.graph.op[node]
        if self.tested(node):
            return 18 * len(self.graph.args[node]) + len(op)
        return 3 if op in HARMLESS and op in INFIX else len(op) + 6

    def order(self) -> list[int]:
        """The nodes in the order of their statements: steps first, each after what it needs."""
        live = [node for node in range(len(self.graph)) if self.live[node]]
        roots = [node for node in live if node in self.kept and self.own[node]]
        roots += [node for node in live if self.own[node] and node in self.wanted]
        done: dict[int, None] = {}
        open_: set[int] = set()
        for root in [*roots, *self.checks, *self.results]:
            work = [root]
            while work:
                node = work.pop()
                if node < 0:
                    open_.discard(~node)
                    done[~node] = None
                elif node not in done and node not in open_:
                    open_.add(node)
                    work.append(~node)
                    work += [arg for arg in reversed(self.graph.args[node]) if arg not in done]
                    work += [
                        condition for condition in self.needed_tests(node, open_) if condition not in done
                    ]
        return list(done)

    def needed_tests(self, node: int, open_: set[int]) -> list[int]:
        """The conditions that a node's guard tests; one that waits for the node itself is left out.

        Whatever such a condition says, it needs the node, so the guard without it is as good.
        """
        if self.guard[node] == ALWAYS or not (self.own[node] or self.tested(node)):
            return []
        conditions = self.guards.conditions(self.guard[node])
        for condition in conditions:
            if condition in open_:
                self.guard[node] = self.guards.without(self.guard[node], condition)
        return self.guards.conditions(self.guard[node]) if self.guard[node] != ALWAYS else []


def safe(op: str, slot: int) -> int | Fraction:
    """An operand where an operation has a moderate value: 1 unless it lies outside the usual range."""
    ranges = TABLE[op].ranges if op in TABLE else ()
    lowest, highest = ranges[min(slot, len(ranges) - 1)] if ranges else (1.0, 1.0)
    return 1 if lowest <= 1 <= highest else Fraction((lowest + highest) / 2)
