"""How each primitive is written: operators, brackets and function names, as text and in LaTeX.

A piece of text carries how tightly it binds; writing a node asks its operands for brackets only
where the grammar needs them, or where a negative number would stand behind an operator. A notation's
own rules go before the general ones; a function without a rule is written by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.notation import latex
from adcli.notation.numerals import SUPERSCRIPTS, literal, scientific, typeset_number

if TYPE_CHECKING:
    from fractions import Fraction

OR, AND, NOT, COMPARE, SUM, PRODUCT, MINUS, POWER, ATOM = range(1, 10)
OPEN = 0  # binds less than everything: a list of cases has no right end


class Piece(NamedTuple):
    """A formula's text, how tightly it binds, and the exact constant that it is, if it is one.

    Of a function whose power is written at its name, as in sin²(x), `head` is the name. A `tall` piece
    has a fraction in it, so that brackets around it must grow.
    """

    text: str
    binds: int = ATOM
    constant: int | Fraction | str | None = None
    head: str = ""
    tall: bool = False


Rule = Callable[[Sequence[Piece]], Piece]


@dataclass(frozen=True, slots=True, eq=False)
class Notation:
    """A way of writing: `times` between factors, whether powers are raised, and a true minus or a hyphen.

    `signs` are operators that look other than in the language, `rules` write whole operations.
    """

    name: str
    times: str
    raised: bool
    minus: str
    signs: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @property
    def latex(self) -> bool:
        """Whether this is LaTeX."""
        return self.name == "latex"


SOURCE = Notation("source", "*", raised=False, minus="-")
PRINTED = {"le": " ≤ ", "ge": " ≥ ", "ne": " ≠ "}
TABLE = Notation("table", "·", raised=True, minus="-", signs=PRINTED)
PICTURE = Notation("picture", "·", raised=True, minus="−", signs=PRINTED)


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
    "matmul": Infix("@", PRODUCT, PRODUCT, MINUS),
    "div": Infix("/", PRODUCT, PRODUCT, MINUS),
    "pow": Infix("^", POWER, ATOM, POWER),
}
CALLED = {"select": "if", "max_entry": "max", "min_entry": "min"}
SPOKEN = {
    "div": "a quotient",
    "pow": "a power",
    "index": "an index",
    "array": "a literal",
    "matmul": "@",
}  # what a sentence calls an operator


def bracket(piece: Piece, least: int, notation: Notation = SOURCE, *, follows: bool = False) -> str:
    """The text of an operand that must bind `least` tightly; behind an operator a minus needs brackets.

    In LaTeX a condition that counts as a number, 1 or 0, stands in square ones.
    """
    if piece.binds < least or (follows and piece.text[0] in "-−"):
        if notation.latex:
            return enclosed(piece, *("[]" if OPEN < piece.binds <= COMPARE < least else "()"))
        return f"({piece.text})"
    return piece.text


def constant(value: int | Fraction | str, notation: Notation = SOURCE) -> Piece:
    """An exact constant."""
    text = literal(value)
    if notation.name == "python" and isinstance(value, str):
        return Piece(f"math.{value}")
    if notation.latex:
        shown = latex.name(value) if isinstance(value, str) else latex.number(scientific(text))
        return numeral_in_latex(shown, value)
    binds = PRODUCT if "/" in text else MINUS if text.startswith("-") else ATOM
    if notation.minus != "-" or (notation.raised and value in ("pi", "tau")):
        text = {"pi": "π", "tau": "τ"}.get(text) or typeset_number(text)
        binds = PRODUCT if "·" in text else binds
    return Piece(text, binds, value)


def named(name: str) -> Piece:
    """A node's name; one with a raised number, as c⁽¹⁾ is in LaTeX, asks for brackets under a power."""
    return Piece(name, POWER if name.endswith(")}") else ATOM)


def figure(text: str, notation: Notation) -> Piece:
    """A number as it is shown: a negative one asks for brackets."""
    if notation.latex:
        return numeral_in_latex(text)
    return Piece(text, MINUS if text[0] in "-−" else PRODUCT if "·" in text or "/" in text else ATOM)


def write(op: str, operands: Sequence[Piece], notation: Notation = SOURCE, data: Any = None) -> Piece:
    """One operation on operands that are already written; `data` is what the node has beside them."""
    if op in ON_ARRAYS:
        return ON_ARRAYS[op](operands, notation, data)
    if data in (1, 2):
        operands = [*operands, Piece(rf"\text{{axis}}={data}" if notation.latex else f"axis={data}")]
    if op in notation.rules:
        return notation.rules[op](operands)
    if op in INFIX:
        return infix(op, operands, notation)
    if op == "neg":
        x = operands[0]
        return Piece(notation.minus + bracket(x, POWER, notation, follows=True), MINUS, tall=x.tall)
    if notation.latex:
        return called(rf"\operatorname{{{latex.escaped(op)}}}", operands)
    if op == "not":
        return Piece("not " + bracket(operands[0], COMPARE), NOT)
    if op == "abs" and "|" not in operands[0].text:
        return Piece(f"|{operands[0].text}|")
    return Piece(f"{CALLED.get(op, op)}({', '.join(piece.text for piece in operands)})")


def infix(op: str, operands: Sequence[Piece], notation: Notation) -> Piece:
    """An operator between two operands; a whole-number exponent is raised where the notation says so."""
    sign, binds, left, right = INFIX[op]
    x, y = operands
    base = bracket(x, left, notation)
    if op == "pow" and notation.raised and isinstance(y.constant, int):
        return Piece(base + str(y.constant).translate(SUPERSCRIPTS), POWER)
    if op == "mul":
        sign = notation.times
    elif op == "sub":
        sign = f" {notation.minus} "
    sign = notation.signs.get(op, sign)
    return Piece(base + sign + bracket(y, right, notation, follows=True), binds, tall=x.tall or y.tall)


# Arrays


def array(operands: Sequence[Piece], notation: Notation, shape: Any) -> Piece:
    """A literal by its rows; as a general rule, of which no shape is known, by its entries."""
    texts = [piece.text for piece in operands]
    width = shape[1] if shape else 1
    rows = [texts[start : start + width] for start in range(0, len(texts), width)]
    if notation.latex:
        lines = r" \\ ".join(" & ".join(row) for row in rows)
        return Piece(rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}", tall=True)
    if width == 1:
        return Piece(f"[{', '.join(texts)}]")
    return Piece(f"[{', '.join(f'[{written}]' for written in map(', '.join, rows))}]")


def subscript(at: Any) -> str:
    """A place or slice as it is written: 2, 1:3, or : for all."""
    return str(at) if isinstance(at, int) else f"{at[0] or ''}:{at[1] or ''}"


def entry(operands: Sequence[Piece], notation: Notation, places: Any) -> Piece:
    """An entry or a part of an array."""
    (x,) = operands
    inside = ", ".join(map(subscript, places)) if places else "i"
    if notation.latex:
        return Piece(f"{{{bracket(x, ATOM, notation)}}}_{{{inside}}}", tall=x.tall)
    base = bracket(x, ATOM, notation)
    return Piece(f"({base})[{inside}]" if base[0].isdigit() else f"{base}[{inside}]")


def turned(operands: Sequence[Piece], notation: Notation, _data: Any) -> Piece:
    """A transposed matrix."""
    (x,) = operands
    if notation.latex:
        return Piece(f"{bracket(x, ATOM, notation)}^{{\\mathsf{{T}}}}", POWER, tall=x.tall)
    if notation is SOURCE:
        return Piece(f"transpose({x.text})")
    return Piece(f"{bracket(x, ATOM, notation)}ᵀ")


ON_ARRAYS: dict[str, Callable[[Sequence[Piece], Notation, Any], Piece]] = {
    "array": array, "index": entry, "transpose": turned,
}  # fmt: skip


def enclosed(piece: Piece, left: str = "(", right: str = ")") -> str:
    """The piece in brackets."""
    return rf"\left{left}{piece.text}\right{right}" if piece.tall else f"{left}{piece.text}{right}"


def numeral_in_latex(text: str, value: int | Fraction | str | None = None) -> Piece:
    """A number: a power of ten is a product, a fraction binds like a power and is tall."""
    if text.startswith(r"\begin"):
        return Piece(text, tall=True)
    tall = r"\frac" in text
    raised = tall or "^" in text
    binds = MINUS if text[0] == "-" else PRODUCT if r"\cdot" in text else POWER if raised else ATOM
    return Piece(text, binds, value, tall=tall)


def called(head: str, operands: Sequence[Piece], *, power: bool = False) -> Piece:
    """A function with its arguments; with `power` its powers are written at its name."""
    arguments = ", ".join(piece.text for piece in operands)
    tall = any(piece.tall for piece in operands)
    text = rf"{head}\!\left({arguments}\right)" if tall else f"{head}({arguments})"
    return Piece(text, head=head if power else "", tall=tall)
