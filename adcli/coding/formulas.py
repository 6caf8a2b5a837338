"""The arithmetic of code: a program's steps stay as they are, and what is derived from them is tidied.

Where a choice gives 0 on one side, factors move into the other side, so what they need is not asked for
where the choice goes the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from adcli.arithmetic.symbolic import Formula, Symbolic
from adcli.coding.guards import ALWAYS, Guards
from adcli.engine.sweep import Linearization
from adcli.graph import Graph
from adcli.primitives import TABLE

FEW = 2  # conditions that are written as choices in choices
EXPANDED = ("square", "hypot_slope")  # a helper that code writes as a textbook does


class Lasting(Symbolic):
    """Symbolic arithmetic in which slopes that are accurate at the ends of the range stay whole.

    Without `whole` they are a textbook's formulas; unless this is the `last` derivative, a slope without
    a rule of its own is one too.
    """

    name = "code"

    def __init__(self, graph: Graph, *, whole: bool = True, last: bool = True) -> None:
        super().__init__(graph)
        self.whole = whole
        self.last = last
        self.steps: set[int] = set()

    def function(self, op: str) -> Callable[..., Formula]:
        """A step of the program: it is not tidied."""

        def step(*operands: Formula) -> Formula:
            node = self.graph.add(op, tuple(x.node for x in operands))
            self.steps.add(node)
            return Formula(self, node)

        return step

    def __getattr__(self, op: str) -> Callable[..., Formula]:
        if op not in TABLE:
            raise AttributeError(op)
        return lambda *operands: self.derived(op, operands)

    def derived(self, op: str, operands: Sequence[Any]) -> Formula:
        """A primitive that a rule asks for."""
        row = TABLE[op]
        if not row.helper or row.expand is None:
            return self.make(op, *operands)
        args = tuple(map(self.as_formula, operands))
        whole = self.whole and op not in EXPANDED and (self.last or bool(row.d))
        if whole and not (op == "pow_by_base" and isinstance(args[1].constant, int | Fraction)):
            return self.make(op, *args)
        return self.as_formula(row.expand(self, *args))

    def make(self, op: str, *operands: Any) -> Formula:
        """The tidied node of an operation, a choice outermost where it gives 0 on one side."""
        if op in ("add", "mul", "div", "neg") and not self.is_unit(op, operands):
            moved = self.within_choice(op, tuple(map(self.as_formula, operands)))
            if moved is not None:
                return moved
        if op == "neg" and operands[0].node in self.steps:
            return Formula(self, self.graph.add(op, (operands[0].node,)))  # its value is known already
        return super().make(op, *operands)

    def is_unit(self, op: str, operands: Sequence[Any]) -> bool:
        """Whether a factor is 0 or 1, so that nothing needs to move."""
        return op == "mul" and any(self.as_formula(x).constant in (0, 1) for x in operands)

    def within_choice(self, op: str, args: tuple[Formula, ...]) -> Formula | None:
        """The operation inside the choice that an operand is; None where there is none to move into."""
        if op == "add":
            x, y = map(self.choice, args)
            if x is None or y is None or x[0].node != y[0].node:
                return None
            return self.choose(x[0], x[1] + y[1], x[2] + y[2])
        for place in range(len(args)):
            found = self.choice(args[place])
            if found is None or (op == "div" and place) or 0 not in (found[1].constant, found[2].constant):
                continue
            sides = [
                side if side.constant == 0 else self.make(op, *args[:place], side, *args[place + 1 :])
                for side in found[1:]
            ]
            return self.choose(found[0], *sides)
        return None

    def choice(self, x: Formula) -> tuple[Formula, Formula, Formula] | None:
        """The condition and the two sides of a choice, if it is none of the program's own."""
        op, parts = self.parts(x)
        return (parts[0], parts[1], parts[2]) if op == "select" and x.node not in self.steps else None

    def choose(self, condition: Formula, x: Formula, y: Formula) -> Formula:
        """A choice; a side that is the same choice again is decided."""
        first, second = self.choice(x), self.choice(y)
        if first is not None and first[0].node == condition.node:
            x = first[1]
        if second is not None and second[0].node == condition.node:
            y = second[2]
        if x.node == y.node:
            return x
        return Formula(self, self.graph.add("select", (condition.node, x.node, y.node)))


class Gated(NamedTuple):
    """The slope of an edge that is not needed wherever its operand is: elsewhere 0 flows through it."""

    slope: Formula
    conditions: tuple[tuple[Formula, bool], ...]

    def __mul__(self, flow: Any) -> Formula:  # type: ignore[override]  # a slope times a flow
        """The flow through the edge, where the edge is needed."""
        m: Any = self.slope.symbolic
        through: Formula = self.slope * flow
        zero = m.lift(0)
        for condition, holds in reversed(self.conditions):
            through = m.choose(condition, through, zero) if holds else m.choose(condition, zero, through)
        return through


def gated(lin: Linearization, outputs: Sequence[int]) -> Linearization:
    """The linearization for a reverse sweep in which the adjoint of a step is meant where the step is needed.

    So what flows along an edge is gated by the conditions that the edge adds to those of its operand.
    """
    graph, guards = lin.graph, Guards(lin.graph, outputs)
    if "select" not in graph.op:
        return lin
    m: Any = lin.arithmetic
    weights = list(lin.weights)
    known: dict[int, Formula] = {}
    for node, args in enumerate(graph.args):
        if not lin.live[node] or (guards.of[node] == ALWAYS and graph.op[node] != "select"):
            continue
        edges: list[Any] = []
        for slot, (arg, slope) in enumerate(zip(args, weights[node], strict=True)):
            if not isinstance(slope, Formula) or not lin.live[arg]:
                edges.append(slope)
                continue
            guard = guards.of[node]
            if graph.op[node] == "select" and slot:
                slope, guard = m.lift(1), guards.under(guard, args[0], holds=slot == 1)  # noqa: PLW2901
            conditions = between(guards, guards.of[arg], guard, lin.primals, m, known)
            edges.append(Gated(slope, conditions) if conditions else slope)
        weights[node] = tuple(edges)
    return lin._replace(weights=weights)


def between(
    guards: Guards, outer: int, inner: int, primals: list[Formula], m: Any, known: dict[int, Formula]
) -> tuple[tuple[Formula, bool], ...]:
    """The conditions that a guard adds to a weaker one: few of them one by one, others as one condition."""
    found: list[tuple[Formula, bool]] = []
    guard = inner
    while guard != outer:
        if guard not in guards.both or len(found) == FEW:
            return ((tested(guards, inner, primals, m, known), True),)
        guard, condition, holds = guards.both[guard]
        found.append((primals[condition], holds))
    return tuple(reversed(found))


def tested(guards: Guards, guard: int, primals: list[Formula], m: Any, known: dict[int, Formula]) -> Formula:
    """A guard as one condition; those it is made of come first."""
    order, work = [], [guard]
    while work:
        one = work.pop()
        if one != ALWAYS and one not in known:
            order.append(one)
            work += guards.any_of.get(one, ()) or (guards.both[one][0],)
    for one in sorted(set(order)):  # a guard comes after those it is made of
        if one in guards.any_of:
            parts = [known[part] for part in guards.any_of[one]]
            made: Formula = parts[0]
            for part in parts[1:]:
                made = m.make("or", made, part)
        else:
            above, condition, holds = guards.both[one]
            made = primals[condition] if holds else m.make("not", primals[condition])
            made = made if above == ALWAYS else m.make("and", known[above], made)
        known[one] = made
    return known[guard]
