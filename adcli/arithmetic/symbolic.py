"""Formulas as values: the rules applied to nodes of a graph make more nodes of that graph.

What is made here is derived, never the user's own expression, so it is tidied as it is made:
exact constants are folded, and the units 0 and 1 vanish. The user's graph is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adcli.arithmetic.exact import EXACT
from adcli.graph import CONST, Graph
from adcli.primitives import TABLE

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Formula:
    """A node of a graph, as a value that understands + - * / and unary minus."""

    symbolic: Symbolic
    node: int

    @property
    def constant(self) -> Any:
        """The exact constant that it is, or None."""
        graph = self.symbolic.graph
        return graph.data[self.node] if graph.op[self.node] == CONST else None

    def __bool__(self) -> bool:
        return bool(self.constant != 0)

    def __add__(self, other: Any) -> Formula:
        return self.symbolic.make("add", self, other)

    def __radd__(self, other: Any) -> Formula:
        return self.symbolic.make("add", other, self)

    def __sub__(self, other: Any) -> Formula:
        return self.symbolic.make("sub", self, other)

    def __rsub__(self, other: Any) -> Formula:
        return self.symbolic.make("sub", other, self)

    def __mul__(self, other: Any) -> Formula:
        return self.symbolic.make("mul", self, other)

    def __rmul__(self, other: Any) -> Formula:
        return self.symbolic.make("mul", other, self)

    def __truediv__(self, other: Any) -> Formula:
        return self.symbolic.make("div", self, other)

    def __rtruediv__(self, other: Any) -> Formula:
        return self.symbolic.make("div", other, self)

    def __neg__(self) -> Formula:
        return self.symbolic.make("neg", self)


class Symbolic:
    """The arithmetic whose values are nodes of `graph`.

    Every primitive of the table makes a node of its name; a helper makes its textbook formula.
    """

    name = "symbolic"
    words = ""
    coarse = False
    fine = None

    def __init__(self, graph: Graph | None = None) -> None:
        self.graph = Graph() if graph is None else graph
        self.known: dict[tuple[str, tuple[int, ...]], int] = {}  # operations that already have a name

    def finer(self) -> None:
        """None: formulas are as they are."""

    def partial(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule of a partial as the engine calls it: as it stands."""
        return rule

    def lift(self, value: Number | str) -> Formula:
        """An exact constant as a formula."""
        return Formula(self, self.graph.add(CONST, (), value))

    def symbol(self, name: str) -> Formula:
        """An input of the graph as a formula."""
        return Formula(self, self.graph.add("input", (), name))

    def function(self, op: str) -> Callable[..., Formula]:
        """The primitive `op` on formulas; plain numbers among the operands are lifted."""
        row = TABLE[op]
        expand = row.expand
        if row.helper and expand is not None:
            tidy = UNITS.get(op, untidied)

            def written_out(*operands: Any) -> Any:
                args = [self.as_formula(operand) for operand in operands]
                made = tidy(*args)
                return expand(self, *args) if made is None else made

            return written_out
        return lambda *operands: self.make(op, *operands)

    def __getattr__(self, op: str) -> Callable[..., Formula]:
        if op not in TABLE:
            raise AttributeError(op)
        return self.function(op)

    def all_finite(self, _values: Sequence[Any]) -> bool:
        """Formulas do not overflow."""
        return True

    def as_formula(self, value: Any) -> Formula:
        """`value` if it is a formula, else the constant lifted."""
        return value if isinstance(value, Formula) else self.lift(value)

    def make(self, op: str, *operands: Any) -> Formula:
        """The tidied node of `op` on operands, some of which may be plain numbers."""
        args = tuple(map(self.as_formula, operands))
        nodes = tuple(arg.node for arg in args)
        if (op, nodes) in self.known:
            return Formula(self, self.known[op, nodes])
        constants = [arg.constant for arg in args]
        if all(isinstance(c, Number) for c in constants):
            with suppress(ValueError, ZeroDivisionError, OverflowError):
                value = EXACT.function(op)(*constants)
                if isinstance(value, Number):
                    return self.lift(value)  # what is no fraction stays a formula
        if op in UNITS and (tidy := UNITS[op](*args)) is not None:
            return tidy
        return Formula(self, self.graph.add(op, nodes))

    def parts(self, formula: Formula) -> tuple[str, tuple[Formula, ...]]:
        """The operation of a formula and its operands."""
        op, args, _, _ = self.graph[formula.node]
        return op, tuple(Formula(self, arg) for arg in args)


def without_sign(x: Formula) -> Formula | None:
    """The opposite of what is written with a minus: -u, -u*w, -u/w, a negative constant; else None."""
    if isinstance(x.constant, Number):
        return x.symbolic.lift(-x.constant) if x.constant < 0 else None
    op, args = x.symbolic.parts(x)
    if op == "neg":
        return args[0]
    if op in ("mul", "div"):
        first = args[0]
        opposite = -first if isinstance(first.constant, Number) else None
        if opposite is None and x.symbolic.parts(first)[0] == "neg":
            opposite = x.symbolic.parts(first)[1][0]
        if opposite is not None and (first.constant is None or first.constant < 0):
            return x.symbolic.make(op, opposite, args[1])
    return None


def tidy_add(x: Formula, y: Formula) -> Formula | None:
    """0 + y = y, x + 0 = x, x + -u = x - u."""
    if x.constant == 0:
        return y
    if y.constant == 0:
        return x
    opposite = without_sign(y)
    return None if opposite is None else x - opposite


def tidy_sub(x: Formula, y: Formula) -> Formula | None:
    """0 - y = -y, x - 0 = x, x - -u = x + u."""
    if y.constant == 0:
        return x
    if x.constant == 0:
        return -y
    opposite = without_sign(y)
    return None if opposite is None else x + opposite


def tidy_mul(x: Formula, y: Formula) -> Formula | None:
    """0 and 1 vanish, a sign stands first, x*x = x^2, a*(1/u) = a/u, numbers stand first."""
    if 0 in (x.constant, y.constant):
        return x.symbolic.lift(0)
    if x.constant == 1:
        return y
    if y.constant == 1:
        return x
    if isinstance(y.constant, Number) and not isinstance(x.constant, Number):
        return y * x
    opposite = without_sign(y)
    if opposite is not None:
        return -x * opposite
    if x.constant == -1:
        return -y
    if x.node == y.node:
        return x.symbolic.pow(x, 2)
    op, parts = y.symbolic.parts(y)
    return x / parts[1] if op == "div" and parts[0].constant == 1 else None


def tidy_div(x: Formula, y: Formula) -> Formula | None:
    """0/y = 0, x/1 = x, a sign stands in the numerator."""
    if x.constant == 0 or y.constant == 1:
        return x
    opposite = without_sign(y)
    return None if opposite is None else -x / opposite


def tidy_neg(x: Formula) -> Formula | None:
    """-(-u) = u, -(u - w) = w - u, and -(u*w) = (-u)*w where u is not itself a product."""
    op, parts = x.symbolic.parts(x)
    if op == "sub":
        return parts[1] - parts[0]
    opposite = without_sign(x)
    if opposite is not None:
        return opposite
    if op in ("mul", "div") and x.symbolic.parts(parts[0])[0] not in ("mul", "div", "add", "sub"):
        return Formula(x.symbolic, x.symbolic.graph.add(op, ((-parts[0]).node, parts[1].node)))
    return None


def tidy_pow(x: Formula, y: Formula) -> Formula | None:
    """x^1 = x, x^0 = 1."""
    if y.constant == 1:
        return x
    return x.symbolic.lift(1) if y.constant == 0 else None


def tidy_ln(x: Formula) -> Formula | None:
    """ln(e) = 1."""
    return x.symbolic.lift(1) if x.constant == "e" else None


def tidy_pow_by_exponent(x: Formula, _y: Formula) -> Formula | None:
    """0^y is 0 wherever it has a slope."""
    return x.symbolic.lift(0) if x.constant == 0 else None


def untidied(*_args: Formula) -> Formula | None:
    """Nothing shorter."""
    return None


UNITS: dict[str, Callable[..., Formula | None]] = {
    "add": tidy_add,
    "sub": tidy_sub,
    "mul": tidy_mul,
    "div": tidy_div,
    "neg": tidy_neg,
    "pow": tidy_pow,
    "ln": tidy_ln,
    "pow_by_exponent": tidy_pow_by_exponent,
}
