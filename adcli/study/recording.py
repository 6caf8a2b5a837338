"""An arithmetic that writes down what floats would do, as assignments of Python's own syntax tree.

The engine's sweeps run on it once; what it wrote is then compiled. All names are its own (v0, v1, f0),
and every operation is that of `arithmetic/real.py`, in the same order, so the numbers are the same.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adcli.arithmetic.floats.rounding import TINY
from adcli.arithmetic.named import PYTHON_WORDS
from adcli.arithmetic.real import REAL

if TYPE_CHECKING:
    from fractions import Fraction

OPERATORS: dict[str, ast.operator] = {
    "add": ast.Add(),
    "sub": ast.Sub(),
    "mul": ast.Mult(),
    "div": ast.Div(),
}
CHUNK = 32  # how many numbers one test for infinities adds


@dataclass(slots=True)
class Tape:
    """The statements so far, the functions that they call, and the numbers that may be infinite."""

    statements: list[ast.stmt] = field(default_factory=list)
    functions: dict[str, Callable[..., Any]] = field(default_factory=dict)
    known: dict[Any, Term] = field(default_factory=dict)
    doubtful: dict[int, None] = field(default_factory=dict)  # infinite maybe, and nobody would notice
    carried: set[int] = field(default_factory=set)  # results of + - * /, which may be infinite
    negated: dict[int, Term] = field(default_factory=dict)
    count: int = 0

    def input(self) -> Term:
        """The next parameter."""
        self.count += 1
        return Term(self, self.count - 1)

    def put(self, key: tuple[Any, ...], expression: Callable[[], ast.expr]) -> Term:
        """The variable that holds an expression; an equal one is computed once."""
        if key not in self.known:
            made = self.input()
            target = ast.Name(made.name, ast.Store())
            self.statements.append(ast.Assign([target], expression()))
            self.known[key] = made
        return self.known[key]

    def call(self, function: Callable[..., Any], name: str, operands: Sequence[Any]) -> Term:
        """A call of one of the functions of floats."""
        self.functions[name] = function
        loaded = ast.Name(name, ast.Load())
        return self.put(
            (name, *map(key_of, operands)), lambda: ast.Call(loaded, list(map(load, operands)), [])
        )

    def body(self, answer: ast.stmt, needs: Sequence[Any]) -> list[ast.stmt]:
        """The statements up to `answer`, which needs these, without sums and products that nobody reads."""
        found: list[ast.stmt] = [answer]
        needed = {name for value in needs for name in loaded(load(value))}
        for statement in reversed(self.statements):
            if isinstance(statement, ast.Assign):
                (target,) = statement.targets
                if is_idle(statement.value) and target.id not in needed:  # type: ignore[attr-defined]  # a name
                    continue
            needed |= loaded(statement)
            found.append(statement)
        return found[::-1]

    def check(self, extra: Sequence[Any], otherwise: ast.stmt) -> None:
        """Write what to do unless these numbers are finite, and those whose users would not tell."""
        terms = [Term(self, place) for place in self.doubtful]
        terms += [term for term in extra if isinstance(term, Term) and term.place not in self.doubtful]
        self.functions["isfinite"] = math.isfinite
        for first in range(0, len(terms), CHUNK):
            total: ast.expr = load(terms[first])
            for term in terms[first + 1 : first + CHUNK]:
                total = ast.BinOp(total, ast.Add(), load(term))
            test = ast.UnaryOp(ast.Not(), ast.Call(ast.Name("isfinite", ast.Load()), [total], []))
            self.statements.append(ast.If(test, [otherwise], []))


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A variable of the code that is written, as a value that understands + - * / and unary minus."""

    tape: Tape
    place: int

    @property
    def name(self) -> str:
        """Its own name: v7."""
        return f"v{self.place}"

    def __add__(self, other: Any) -> Any:
        negated = other.tape.negated.get(other.place) if isinstance(other, Term) else None
        if negated is not None:
            return binary("sub", self, negated)  # the same float
        return self if is_zero(other) else binary("add", self, other)

    def __radd__(self, other: Any) -> Any:
        return self if is_zero(other) else binary("add", other, self)

    def __sub__(self, other: Any) -> Any:
        return binary("sub", self, other)

    def __rsub__(self, other: Any) -> Any:
        return binary("sub", other, self)

    def __mul__(self, other: Any) -> Any:
        return self if is_one(other) else binary("mul", self, other)

    def __rmul__(self, other: Any) -> Any:
        if not isinstance(other, Term) and other == -1:
            return -self  # the same float
        return self if is_one(other) else binary("mul", other, self)

    def __truediv__(self, other: Any) -> Any:
        return binary("div", self, other)

    def __rtruediv__(self, other: Any) -> Any:
        return binary("div", other, self)

    def __neg__(self) -> Term:
        made = self.tape.put(("neg", self.place), lambda: ast.UnaryOp(ast.USub(), load(self)))
        self.tape.carried.add(made.place)
        self.tape.negated[made.place] = self
        return made


def loaded(tree: ast.AST) -> set[str]:
    """The names that a piece of code reads."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def is_idle(expression: ast.expr) -> bool:
    """Whether an expression cannot fail: a sum, a difference, a product or an opposite."""
    if isinstance(expression, ast.BinOp):
        return not isinstance(expression.op, ast.Div)
    return isinstance(expression, ast.UnaryOp)


def is_zero(value: Any) -> bool:
    """Whether it is the number 0, which + leaves out: every sum in a sweep begins with it."""
    return not isinstance(value, Term) and value == 0


def is_one(value: Any) -> bool:
    """Whether it is the number 1, which * leaves out."""
    return not isinstance(value, Term) and value == 1


def key_of(value: Any) -> Any:
    """What tells operands apart; 0.0 and -0.0 too."""
    return value.place if isinstance(value, Term) else repr(float(value))


def load(value: Any) -> ast.expr:
    """An operand in an expression."""
    return ast.Name(value.name, ast.Load()) if isinstance(value, Term) else ast.Constant(float(value))


def tape_of(operands: Sequence[Any]) -> Tape | None:
    """The tape of the variables among the operands; None where all are numbers."""
    return next((operand.tape for operand in operands if isinstance(operand, Term)), None)


def binary(op: str, x: Any, y: Any) -> Any:
    """The result of + - * / on two operands."""
    tape = tape_of((x, y))
    if tape is None:
        return REAL.function(op)(float(x), float(y))
    if op == "div" and isinstance(y, Term):
        doubt(tape, y)  # x/∞ is 0
    made = tape.put((op, key_of(x), key_of(y)), lambda: ast.BinOp(load(x), OPERATORS[op], load(y)))
    tape.carried.add(made.place)
    return made


def doubt(tape: Tape, *operands: Any) -> None:
    """Note that an operand, if it is infinite, vanishes here without a trace."""
    tape.doubtful.update((x.place, None) for x in operands if isinstance(x, Term) and x.place in tape.carried)


def square_slope(tape: Tape, x: Term) -> Term:
    """2*x as `pow_by_base` gives it: where x is tiny, it is asked."""
    tape.functions["pow_by_base"] = REAL.function("pow_by_base")
    two = ast.Constant(2.0)

    def expression() -> ast.expr:
        sizes = ast.BoolOp(
            ast.Or(),
            [
                ast.Compare(load(x), [ast.GtE()], [ast.Constant(TINY)]),
                ast.Compare(load(x), [ast.LtE()], [ast.Constant(-TINY)]),
            ],
        )
        asked = ast.Call(ast.Name("pow_by_base", ast.Load()), [load(x), two], [])
        return ast.IfExp(sizes, ast.BinOp(two, ast.Mult(), load(x)), asked)

    made = tape.put(("square_slope", x.place), expression)
    tape.carried.add(made.place)
    return made


class Recording:
    """The arithmetic whose variables are Terms and whose constants are floats."""

    name = "recording"
    words = ""
    coarse = False
    fine = None

    def finer(self) -> None:
        """None: these are floats."""

    def partial(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule of a partial as the engine calls it: as it stands."""
        return rule

    def lift(self, value: int | Fraction | str) -> float:
        """The nearest float."""
        return REAL.lift(value)

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether no constant overflowed; of variables the code that is written tells."""
        return all(isinstance(value, Term) or math.isfinite(value) for value in values)

    def function(self, op: str) -> Callable[..., Any]:
        """The primitive `op`, written down; of constants alone its value."""
        real = math.pow if op == "pow" else REAL.function(op)  # its errors are told by the engine
        if op in OPERATORS:
            return lambda x, y: binary(op, x, y)
        if op == "neg":
            return lambda x: -x

        def written(*operands: Any) -> Any:
            tape = tape_of(operands)
            if tape is None:
                return REAL.function(op)(*map(float, operands))
            doubt(tape, *operands)
            if op == "pow_by_base" and operands[1] == 2.0 and isinstance(operands[0], Term):
                return square_slope(tape, operands[0])
            return tape.call(real, f"f_{op}", operands)

        return written

    def __getattr__(self, op: str) -> Callable[..., Any]:
        if op.startswith("__"):
            raise AttributeError(op)
        known = op[:-1] if op[:-1] in PYTHON_WORDS else op
        made = self.function(known)
        self.__dict__[op] = made
        return made


RECORDING = Recording()
