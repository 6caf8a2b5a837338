"""Which rule of a calculus book differentiates each step of a function, and what it makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from adcli.arithmetic.symbolic import Formula as Value
from adcli.graph import CONST, INPUT, Graph, active, cone
from adcli.language.naming import free_prefix
from adcli.notation import POWER, Notation, Piece, show, write
from adcli.notation.show import TREE_STEPS
from adcli.primitives import TABLE
from adcli.transform import Slopes

MARK, PRIME = "@", "'"
SUMS = {"add": (1, 1), "sub": (1, -1), "neg": (-1,)}
NAMES = {
    "sin": "sine", "cos": "cosine", "tan": "tangent", "cot": "cotangent", "sec": "secant", "csc": "cosecant",
    "asin": "arcsine", "acos": "arccosine", "atan": "arctangent", "acot": "arccotangent",
    "exp": "exponential", "ln": "logarithm", "log": "logarithm", "log10": "logarithm", "log2": "logarithm",
    "sqrt": "square root", "cbrt": "cube root", "abs": "absolute value", "select": "each case",
    **{name: f"hyperbolic {what}" for name, what in (
        ("sinh", "sine"), ("cosh", "cosine"), ("tanh", "tangent"), ("coth", "cotangent"), ("sech", "secant"),
        ("csch", "cosecant"),
    )},
}  # fmt: skip
MOST_FACTORS, MOST_TERMS = 8, 24  # of a chain that is differentiated at once


class Rule(NamedTuple):
    """One step of a differentiation.

    `node` is what is differentiated, `inner` the node inside a chain rule or None. `derivative` is a node of
    `graph`, whose inputs stand for nodes of the function's graph: "@7" is node 7, "'7" its derivative.
    """

    name: str
    node: int
    inner: int | None
    graph: Graph
    derivative: int


def rules(graph: Graph, output: int, by: int) -> Iterator[Rule]:
    """The rules from the whole function down to its parts, each part once; x′ = 1 and c′ = 0 are not told."""
    moves = active(graph, [by])
    seen: set[int] = set()
    work = [output]
    while work:
        node = work.pop()
        if node in seen or not moves[node] or graph.op[node] == INPUT:
            continue
        seen.add(node)
        rule, parts = Writing(graph, moves, by).rule(node)
        yield rule
        work.extend(reversed(parts))


class Writing:
    """The derivative of one step in its operands and their derivatives."""

    def __init__(self, graph: Graph, moves: Sequence[int], by: int) -> None:
        self.graph = graph
        self.moves = moves
        self.by = by
        self.m = Slopes(Graph())

    def value(self, node: int) -> Value:
        """An operand: a constant as it is, anything else by its mark."""
        if self.graph.op[node] == CONST:
            return self.m.lift(self.graph.data[node])
        return self.m.symbol(f"{MARK}{node}")

    def slope(self, node: int) -> Value:
        """The derivative of an operand: 0 of a constant, 1 of the input itself, else by its mark."""
        if not self.moves[node]:
            return self.m.lift(0)
        return self.m.lift(1) if node == self.by else self.m.symbol(f"{PRIME}{node}")

    def rule(self, node: int) -> tuple[Rule, list[int]]:
        """The rule of a step, and the parts that are differentiated next."""
        op = self.graph.op[node]
        make: Callable[[int], tuple[str, Value, list[int], int | None]]
        if op in SUMS:
            make = self.of_sum
        elif op == "mul":
            make = self.of_product
        elif op == "div":
            make = self.of_quotient
        elif op == "pow":
            make = self.of_power
        else:
            make = self.of_function
        name, made, parts, inner = make(node)
        return Rule(name, node, inner, self.m.graph, made.node), parts

    def of_sum(self, node: int) -> tuple[str, Value, list[int], int | None]:
        """(u + v)′ = u′ + v′, for all terms of a chain at once."""
        terms = list(self.chain(node, SUMS))
        if len(terms) > MOST_TERMS:
            terms = list(zip(self.graph.args[node], SUMS[self.graph.op[node]], strict=True))
        total = self.m.lift(0)
        for term, sign in terms:
            total = total + self.slope(term) if sign > 0 else total - self.slope(term)
        moving = [term for term, _ in terms if self.moves[term]]
        if len(terms) == 1:
            return "constant multiple", total, moving, None
        return "difference" if [sign for _, sign in terms] == [1, -1] else "sum", total, moving, None

    def of_product(self, node: int) -> tuple[str, Value, list[int], int | None]:
        """(u·v)′ = u′·v + u·v′, for all factors of a chain at once."""
        factors = [factor for factor, _ in self.chain(node, {"mul": (1, 1)})]
        if len(factors) > MOST_FACTORS:
            factors = list(self.graph.args[node])
        moving = [place for place, factor in enumerate(factors) if self.moves[factor]]
        total = self.m.lift(0)
        for place in moving:
            term = self.m.lift(1)
            for other, factor in enumerate(factors):
                term = term * (self.slope(factor) if other == place else self.value(factor))
            total = total + term
        parts = [factors[place] for place in moving]
        return "constant multiple" if len(moving) == 1 else "product", total, parts, None

    def of_quotient(self, node: int) -> tuple[str, Value, list[int], int | None]:
        """(u/v)′ = (u′·v - u·v′)/v²."""
        u, v = self.graph.args[node]
        if not self.moves[v]:
            return "constant multiple", self.slope(u) / self.value(v), [u], None
        below = self.m.pow(self.value(v), self.m.lift(2))
        if not self.moves[u]:
            return "reciprocal", -(self.value(u) * self.slope(v)) / below, [v], None
        above = self.slope(u) * self.value(v) - self.value(u) * self.slope(v)
        return "quotient", above / below, [u, v], None

    def of_power(self, node: int) -> tuple[str, Value, list[int], int | None]:
        """(u^n)′ = n·u^(n - 1)·u′, (a^u)′ = a^u·ln(a)·u′, and both at once for u^v."""
        u, v = self.graph.args[node]
        base, exponent = self.value(u), self.value(v)
        power = self.m.pow(base, exponent)
        if not self.moves[v]:
            made = exponent * self.m.pow(base, exponent - 1) * self.slope(u)
            return "power", made, [u], self.inside(u)
        if not self.moves[u]:
            return "exponential", power * self.m.ln(base) * self.slope(v), [v], self.inside(v)
        made = power * (self.slope(v) * self.m.ln(base) + self.value(v) * self.slope(u) / base)
        return "logarithmic differentiation", made, [u, v], None

    def of_function(self, node: int) -> tuple[str, Value, list[int], int | None]:
        """f(u)′ = f′(u)·u′, summed over all arguments that move."""
        op, args = self.graph.op[node], self.graph.args[node]
        row, m = TABLE[op], self.m
        values = [self.value(arg) for arg in args]
        z = m.function(op)(*values)
        total = m.lift(0)
        moving = [slot for slot, arg in enumerate(args) if self.moves[arg] and row.partial(slot) is not None]
        if op == "select":
            total = m.make("select", values[0], self.slope(args[1]), self.slope(args[2]))
        else:
            for slot in moving:
                partial: Any = row.partial(slot)
                if callable(partial):
                    weight = partial(m, z, *((slot,) if row.variadic else ()), *values)
                    partial = m.as_formula(weight)
                    op_of, above = m.parts(partial)
                    unit = op_of == "div" and above[0].constant in (1, -1)
                else:
                    partial, unit = m.lift(partial), False
                slope = self.slope(args[slot])
                total = total + (slope * partial if unit else partial * slope)
        inner = self.inside(args[moving[0]]) if len(args) == 1 and moving else None
        return NAMES.get(op, op), total, [args[slot] for slot in moving], inner

    def inside(self, node: int) -> int | None:
        """The inner function of a chain rule; None where that is the input itself."""
        return None if node == self.by else node

    def chain(self, node: int, signs: dict[str, Any]) -> Iterator[tuple[int, int]]:
        """The operands of a chain of one operation, from left to right, with their signs."""
        work = [(node, 1)]
        while work:
            at, sign = work.pop()
            if self.graph.op[at] in signs and (at == node or self.moves[at] or "add" not in signs):
                own = signs[self.graph.op[at]]
                pairs = [(arg, sign * one) for arg, one in zip(self.graph.args[at], own, strict=True)]
                work.extend(reversed(pairs))
            else:
                yield at, sign


class Told:
    """The texts of rules in one notation."""

    def __init__(self, graph: Graph, output: int, notation: Notation, leaves: Callable[[str], str]) -> None:
        self.graph = graph
        self.notation = notation
        self.leaves = leaves
        needed = cone(graph, [output])
        nodes = [node for node, on in enumerate(needed) if on and graph.args[node]]
        self.pieces: dict[int, Piece] = {}
        self.labels: dict[int, str] = {}
        if len(nodes) > TREE_STEPS:
            prefix = free_prefix("v", [graph.data[node] for node in graph.inputs])
            self.labels = {node: leaves(f"{prefix}{place}") for place, node in enumerate(nodes, start=1)}
        for node, on in enumerate(needed):
            if on:
                self.pieces[node] = self.piece(node)

    def piece(self, node: int) -> Piece:
        """A node as its expression, in a long function by its label."""
        if node in self.labels:
            return Piece(self.labels[node])
        if not self.graph.args[node]:
            return show.leaf(self.graph, node, self.name, self.notation)
        return write(self.graph.op[node], [self.pieces[arg] for arg in self.graph.args[node]], self.notation)

    def name(self, node: int) -> str:
        """An input's name."""
        return self.leaves(self.graph.data[node])

    def function(self, node: int) -> str:
        """What is differentiated: an expression, or a labelled step."""
        if node not in self.labels:
            return self.pieces[node].text
        operands = [self.pieces[arg] for arg in self.graph.args[node]]
        return f"{self.labels[node]} = {write(self.graph.op[node], operands, self.notation).text}"

    def derivative(self, rule: Rule) -> str:
        """What the rule makes of it."""

        def leaf(node: int) -> Piece:
            mark, place = rule.graph.data[node][0], int(rule.graph.data[node][1:])
            return self.pieces[place] if mark == MARK else self.primed(place)

        return show.piece(rule.graph, rule.derivative, leaf, self.notation).text

    def primed(self, node: int) -> Piece:
        """The derivative of a node."""
        text, _, _, _, tall = self.pieces[node]
        sign = "'" if self.notation.latex or not self.notation.raised else "′"
        if node in self.labels:
            return Piece(text + sign, POWER)
        left, right = (r"\left(", r"\right)") if self.notation.latex and tall else "()"
        return Piece(f"{left}{text}{right}{sign}", POWER, tall=tall)
