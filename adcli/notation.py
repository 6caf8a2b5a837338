"""How each primitive is written: operators, brackets and function names.

A piece of text carries how tightly it binds; writing a node asks its operands for brackets only
where the grammar needs them, or where a negative number would stand behind an operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from adcli.numerals import SUPERSCRIPTS, literal, typeset_number

if TYPE_CHECKING:
    from fractions import Fraction

OR, AND, NOT, COMPARE, SUM, PRODUCT, MINUS, POWER, ATOM = range(1, 10)


class Piece(NamedTuple):
    """A formula's text, how tightly it binds, and the exact constant that it is, if it is one."""

    text: str
    binds: int = ATOM
    constant: int | Fraction | str | None = None


@dataclass(frozen=True, slots=True)
class Notation:
    """A way of writing: `times` between factors, whether powers are raised, and a true minus or a hyphen."""

    name: str
    times: str
    raised: bool
    minus: str


SOURCE = Notation("source", "*", raised=False, minus="-")
TABLE = Notation("table", "·", raised=True, minus="-")
PICTURE = Notation("picture", "·", raised=True, minus="−")


class Infix(NamedTuple):
    """An operator's sign, how tightly it binds, and what its operands must bind at least."""

    sign: str
    binds: int
    left: int
    right: int


INFIX = {
    "or": Infix(" or ", OR, OR, AND),
    "and": Infix(" and ", AND, AND, NOT),
    "lt": Infix(" < ", COMPARE, SUM, SUM),
    "le": Infix(" <= ", COMPARE, SUM, SUM),
    "gt": Infix(" > ", COMPARE, SUM, SUM),
    "ge": Infix(" >= ", COMPARE, SUM, SUM),
    "eq": Infix(" == ", COMPARE, SUM, SUM),
    "ne": Infix(" != ", COMPARE, SUM, SUM),
    "add": Infix(" + ", SUM, SUM, PRODUCT),
    "sub": Infix(" - ", SUM, SUM, PRODUCT),
    "mul": Infix("*", PRODUCT, PRODUCT, MINUS),
    "div": Infix("/", PRODUCT, PRODUCT, MINUS),
    "pow": Infix("^", POWER, ATOM, POWER),
}
CALLED = {"select": "if"}
SPOKEN = {"div": "a quotient", "pow": "a power"}  # what a sentence calls an operator


def bracket(piece: Piece, least: int, *, follows: bool = False) -> str:
    """The text of an operand that must bind `least` tightly; behind an operator a minus needs brackets."""
    if piece.binds < least or (follows and piece.text[0] in "-−"):
        return f"({piece.text})"
    return piece.text


def constant(value: int | Fraction | str, notation: Notation = SOURCE) -> Piece:
    """An exact constant."""
    text = literal(value)
    binds = PRODUCT if "/" in text else MINUS if text.startswith("-") else ATOM
    if notation.minus != "-" or (notation.raised and value in ("pi", "tau")):
        text = {"pi": "π", "tau": "τ"}.get(text) or typeset_number(text)
        binds = PRODUCT if "·" in text else binds
    return Piece(text, binds, value)


def write(op: str, operands: Sequence[Piece], notation: Notation = SOURCE) -> Piece:
    """One operation on operands that are already written."""
    if op in INFIX:
        return infix(op, operands, notation)
    if op == "neg":
        return Piece(notation.minus + bracket(operands[0], POWER, follows=True), MINUS)
    if op == "not":
        return Piece("not " + bracket(operands[0], COMPARE), NOT)
    if op == "abs" and "|" not in operands[0].text:
        return Piece(f"|{operands[0].text}|")
    return Piece(f"{CALLED.get(op, op)}({', '.join(piece.text for piece in operands)})")


def infix(op: str, operands: Sequence[Piece], notation: Notation) -> Piece:
    """An operator between two operands; a whole-number exponent is raised where the notation says so."""
    sign, binds, left, right = INFIX[op]
    x, y = operands
    base = bracket(x, left)
    if op == "pow" and notation.raised and isinstance(y.constant, int):
        return Piece(base + str(y.constant).translate(SUPERSCRIPTS), POWER)
    if op == "mul":
        sign = notation.times
    elif op == "sub":
        sign = f" {notation.minus} "
    return Piece(base + sign + bracket(y, right, follows=True), binds)
