"""What a language is to the writer of code: how operations, numbers, statements and functions look."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from adcli.errors import DomainError
from adcli.notation import ATOM, MINUS, OPEN, PRODUCT, Notation, Piece, Rule, bracket
from adcli.notation.numerals import LARGEST
from adcli.primitives import TABLE

LARGEST_WHOLE = 2**53
INFIX_OPS = ("add", "sub", "mul", "div", "neg", "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not")


def call(head: str) -> Rule:
    """The rule of a function that is called by a name."""
    return lambda operands: Piece(f"{head}({', '.join(piece.text for piece in operands)})")


def nested(head: str) -> Rule:
    """The rule of a function of two arguments that is called for any number of them."""

    def rule(operands: Sequence[Piece]) -> Piece:
        if len(operands) == 1:
            return operands[0]
        heads = "".join(f"{head}({piece.text}, " for piece in operands[:-1])
        return Piece(heads + operands[-1].text + ")" * (len(operands) - 1))

    return rule


def calls(heads: Mapping[str, str]) -> dict[str, Rule]:
    """The rules of functions by the names that they are called by."""
    return {op: call(head) for op, head in heads.items()}


@dataclass(frozen=True)
class Target:
    """A language.

    `rules` are its own operations. `eager` says that both sides of a choice are computed, `guarded` that
    an operation without a value may not run, `raises` that it ends the run. `whole` stands behind a whole
    number; with `floats` a result is never one. `words` may not be names. `own` holds functions written
    for this language alone.
    """

    name: str
    suffix: str
    comment: str
    rules: Mapping[str, Rule]
    words: frozenset[str]
    whole: str = ""
    floats: bool = False
    eager: bool = False
    guarded: bool = True
    raises: bool = False
    constants: Mapping[str, str] | None = None
    signs: Mapping[str, str] | None = None
    own: Mapping[str, str] | None = None

    @cached_property
    def notation(self) -> Notation:
        """How formulas are written."""
        signs = {"div": " / "} | dict(self.signs or {})
        return Notation(self.name, " * ", raised=False, minus="-", signs=signs, rules=self.rules)

    @cached_property
    def direct(self) -> frozenset[str]:
        """The operations that need no definition."""
        return frozenset(self.rules) | {op for op in INFIX_OPS if op in TABLE}

    def number(self, value: int | Fraction | str) -> Piece:
        """An exact constant: the nearest float, as a quotient where that says more.

        DomainError where it is beyond all floats.
        """
        if isinstance(value, str):
            return Piece((self.constants or {})[value], constant=value)
        exact = Fraction(value)
        text = self.whole_number(exact.numerator)
        if exact.denominator == 1 and text is not None:
            return Piece(text, MINUS if exact < 0 else ATOM, value)
        try:
            short = repr(float(exact))
        except OverflowError:
            raise DomainError(
                f"overflow: a constant of this code is beyond {LARGEST}",
                hint="--to latex and adcli diff write it in full",
            ) from None
        below = self.whole_number(exact.denominator)
        if (
            Fraction(short) != exact
            and text is not None
            and below is not None
            and len(short) > len(text + below)
        ):
            return Piece(f"{text} / {below}", PRODUCT, value)
        return Piece(short, MINUS if exact < 0 else ATOM, value)

    def called(self, name: str) -> Piece:
        """A name in a formula."""
        return Piece(name)

    def whole_number(self, value: int) -> str | None:
        """A whole number that a float holds, or None."""
        return f"{value}{self.whole}" if abs(value) <= LARGEST_WHOLE else None


def inert(text: str, forbidden: Sequence[str] = ()) -> str:
    """A text for a comment: one line of printable ASCII, without what would end it."""
    text = re.sub(r"[^ -~]", "?", " ".join(text.split()))
    for sign in forbidden:
        text = text.replace(sign, " ".join(sign))
    return text


def ternary(operands: Sequence[Piece]) -> Piece:
    """A choice as Python writes it."""
    condition, x, y = operands
    return Piece(f"{bracket(x, OPEN + 1)} if {bracket(condition, OPEN + 1)} else {y.text}", OPEN)
