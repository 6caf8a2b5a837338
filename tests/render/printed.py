r"""A reader of formulas in LaTeX, by the conventions of print, and the same trees made from a graph.

A tree is (operation, operands); a leaf is (text, ()). Nothing here knows how adcli writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from adcli.primitives import TABLE

Tree = tuple[str, tuple[Any, ...]]
TOKEN = re.compile(
    r"\\operatorname\{(?P<own>[^}]*)\}|\\mathit\{\w+\}|\\[A-Za-z]+|\\\\|\\!|\d+(?:\.\d+)?|[A-Za-z]|\S"
)
COMPARED = {"<": "lt", ">": "gt", r"\le": "le", r"\ge": "ge", "=": "eq", r"\ne": "ne"}
OTHER = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arccot": "acot", "arsinh": "asinh",
    "arcosh": "acosh", "artanh": "atanh", "Gamma": "gamma",
}  # fmt: skip
NAMED_BASES: dict[Tree, str] = {("10", ()): "log10", ("2", ()): "log2"}
PAIRS = {r"\lfloor": ("floor", r"\rfloor"), r"\lceil": ("ceil", r"\rceil"), "|": ("abs", "|")}


class Reader:
    """A formula in the reading."""

    def __init__(self, text: str) -> None:
        self.tokens = [found[0] for found in TOKEN.finditer(text)]
        self.place = 0

    @property
    def next(self) -> str:
        """The token that comes."""
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        """The token, which must be one of those wanted, if any are."""
        found = self.next
        assert not wanted or found in wanted, (found, wanted, self.tokens[: self.place])
        self.place += 1
        return found

    def skip(self, *unwanted: str) -> bool:
        """Whether the token was one of these; it is taken."""
        if self.next not in unwanted:
            return False
        self.place += 1
        return True

    def chain(self, signs: dict[str, str], inner: Callable[[], Tree]) -> Tree:
        """Operands with signs between them, from left to right."""
        found = inner()
        while self.next in signs:
            found = (signs[self.take()], (found, inner()))
        return found

    def formula(self) -> Tree:
        """Everything that may stand alone."""
        return self.chain({r"\lor": "or"}, lambda: self.chain({r"\land": "and"}, self.compared))

    def compared(self) -> Tree:
        """A comparison of two sums, or one sum; ¬ goes before it."""
        if self.skip(r"\lnot"):
            return ("not", (self.compared(),))
        left = self.sum()
        return (COMPARED[self.take()], (left, self.sum())) if self.next in COMPARED else left

    def sum(self) -> Tree:
        """Products with plus and minus between them."""
        return self.chain({"+": "add", "-": "sub"}, self.product)

    def product(self) -> Tree:
        """Factors; a minus before a factor belongs to that factor."""
        return self.chain(
            {r"\cdot": "mul"}, lambda: ("neg", (self.power(),)) if self.skip("-") else self.power()
        )

    def power(self) -> Tree:
        """A base with its exponent; fractions and roots need brackets, two exponents are an error in LaTeX."""
        bare = self.next not in (r"\frac", r"\sqrt", r"\begin")
        base = self.atom()
        if self.skip("^"):
            assert bare
            base = ("pow", (base, self.group()))
            assert self.next != "^"
        return base

    def group(self) -> Tree:
        """What stands in braces."""
        self.take("{")
        found = self.formula()
        self.take("}")
        return found

    def atom(self) -> Tree:
        """A number, a name, something in brackets, or a function with its argument."""
        sized = self.skip(r"\left")
        sign = self.take()
        if sign == "(":
            found = self.formula()
            assert self.skip(r"\right") == sized
            self.take(")")
            return found
        if sign in PAIRS:
            op, end = PAIRS[sign]
            found = self.formula()
            assert self.skip(r"\right") == sized
            self.take(end)
            return (op, (found,))
        if sign == r"\frac":
            return ("div", (self.group(), self.group()))
        if sign == r"\sqrt":
            cubic = self.skip("[") and self.take("3") and self.take("]")
            return ("cbrt" if cubic else "sqrt", (self.group(),))
        if sign == r"\begin":
            return self.cases()
        name = re.sub(r"\\operatorname\{(.*)\}", r"\1", sign).lstrip("\\").replace("\\_", "_")
        name = OTHER.get(name, name)
        return self.called(name) if name in TABLE else self.leaf(sign)

    def leaf(self, sign: str) -> Tree:
        """A number, or a name with what stands below it."""
        if self.skip("_"):
            self.take("{")
            while not self.skip("}"):
                sign += "_" + self.take() if self.tokens[self.place] != r"\mathrm" else self.upright()
        return (sign, ())

    def upright(self) -> str:
        """A word below a name."""
        self.take(r"\mathrm")
        self.take("{")
        word = "_"
        while not self.skip("}"):
            word += self.take()
        return word

    def called(self, name: str) -> Tree:
        """A function: its base, its exponent and its arguments."""
        base = None
        if self.skip("_"):
            base = self.group()
            name = NAMED_BASES.get(base, "log")
        exponent = self.group() if self.skip("^") else None
        sized = self.skip(r"\!") and self.skip(r"\left")
        self.take("(")
        operands = [self.formula()]
        while self.skip(","):
            operands.append(self.formula())
        assert self.skip(r"\right") == sized
        self.take(")")
        found: Tree = (name, (*operands, base) if name == "log" else tuple(operands))
        return found if exponent is None else ("pow", (found, exponent))

    def cases(self) -> Tree:
        """A list of cases as choices between two."""
        self.words("{cases}")
        value = self.formula()
        lines = []
        while True:
            self.take("&")
            self.take(r"\text")
            if self.skip("{") and self.next == "o":
                self.words("otherwise}")
                break
            self.words("if}")
            lines.append((self.formula(), value))
            self.take(r"\\")
            value = self.formula()
        self.take(r"\end")
        self.words("{cases}")
        assert self.next not in ("+", "-", r"\cdot", *COMPARED)
        for condition, taken in reversed(lines):
            value = ("select", (condition, taken, value))
        return value

    def words(self, letters: str) -> None:
        """These letters, one after the other."""
        for letter in letters:
            self.take(letter)


def read(text: str) -> Tree:
    """The tree of a formula in LaTeX."""
    reader = Reader(text)
    found = reader.formula()
    assert not reader.next, reader.tokens[reader.place :]
    return plain(found)


def plain(tree: Tree) -> Tree:
    """The tree with the minus of a numerator before its fraction, and of a literal before its digits."""
    op, operands = tree
    return made(op, [plain(operand) for operand in operands])


def made(op: str, operands: list[Tree]) -> Tree:
    """An operation; a minus that stands first in a numerator is taken out, and print has one log with base 10."""
    if op == "log" and len(operands) == 2 and operands[1] in NAMED_BASES:
        return (NAMED_BASES[operands[1]], (operands[0],))
    if op == "div" and (positive := unsigned(operands[0])) is not None:
        return ("neg", (("div", (positive, operands[1])),))
    return (op, tuple(operands))


def unsigned(tree: Tree) -> Tree | None:
    """A product or fraction without the minus that it begins with; None where it begins otherwise."""
    op, operands = tree
    if op == "neg":
        return operands[0]
    if op == "mul" and (first := unsigned(operands[0])) is not None:
        return (op, (first, operands[1]))
    return None
