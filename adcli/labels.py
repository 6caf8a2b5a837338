"""What a reader sees instead of ids: v₁, x̄₂, ∂v₄/∂v₁, in tables, in plain ASCII, in pictures and in LaTeX."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from adcli import latex
from adcli.graph import CONST, INPUT
from adcli.language.program import Program
from adcli.notation import IN_LINE, LATEX, PICTURE, SOURCE, TABLE, Notation, Piece, constant, figure
from adcli.numerals import MOST_WRITTEN, SUBSCRIPTS, literal, number

MACRON, OVERLINE, DOT = "\u0304", "\u0305", "\u0307"


@dataclass(frozen=True, slots=True)
class Style:
    """How names, formulas and signs are written: `marks` puts bars and dots over letters.

    In LaTeX the texts of tables are math, and those of headings are prose: `prose` and `math` say what
    is of the other kind. Elsewhere both leave a text as it is. Arrays of more than `most` entries are shown
    by their shapes.
    """

    notation: Notation
    marks: bool
    typeset: bool
    dash: str
    more: str
    partial: str
    most: int = MOST_WRITTEN

    @property
    def latex(self) -> bool:
        """Whether texts are LaTeX."""
        return self.notation.latex

    def number(self, value: Any, digits: int) -> str:
        """A number in so many digits; an exact one writes itself."""
        return self.figure(value, digits).text

    def figure(self, value: Any, digits: int) -> Piece:
        """A number as a piece of a formula: a negative one and a sum ask for brackets."""
        if value is None:
            return Piece(self.dash)
        if hasattr(value, "piece"):
            return value.piece(self.notation)  # type: ignore[no-any-return]  # an exact or certified number
        text = number(value, digits, typeset=self.typeset and not self.latex, most=self.most)
        if self.latex:
            text = latex.numbers(text, high=self.notation is LATEX)
        return figure(text, self.notation)

    def letters(self, name: str) -> str:
        """A name that stands for any argument, as in a general rule."""
        return latex.name(name) if self.latex else name

    def slope(self, of: str, by: str) -> str:
        """∂v₄/∂v₁, or dv4/dv1."""
        if self.notation is LATEX:
            return rf"\frac{{{self.partial} {of}}}{{{self.partial} {by}}}"
        if self.latex:
            return f"{self.partial} {of}/{self.partial} {by}"
        return f"{self.partial}{of}/{self.partial}{by}"

    def prose(self, text: str) -> str:
        """Words among formulas."""
        return rf"\text{{{latex.escaped(text)}}}" if self.latex and text else text

    def words(self, text: str) -> str:
        """A sentence that may hold names as they were typed."""
        return latex.escaped(text) if self.latex else text

    def math(self, text: str) -> str:
        """A formula among words."""
        return f"${text}$" if self.latex and text else text


UNICODE = Style(TABLE, marks=True, typeset=False, dash="–", more="…", partial="∂")
ASCII = Style(SOURCE, marks=False, typeset=False, dash="-", more="...", partial="d")
FIGURE = Style(PICTURE, marks=True, typeset=True, dash="–", more="…", partial="∂")
TYPESET = Style(LATEX, marks=True, typeset=True, dash=r"\text{--}", more=r"\dots", partial=r"\partial")
TYPESET_FIGURE = Style(
    IN_LINE, marks=True, typeset=True, dash=TYPESET.dash, more=TYPESET.more, partial=r"\partial"
)


class Labels:
    """The names of a program's nodes in one style."""

    def __init__(self, program: Program, style: Style) -> None:
        self.program = program
        self.style = style
        self.ids = program.ids
        self.first = 1 - len(program.inputs)  # inputs are v₁₋ₙ … v₀

    def name(self, node: int) -> str:
        """How formulas call a node: an input by its name, a step by its label, a constant by its value."""
        graph = self.program.graph
        if graph.op[node] == CONST:
            value = graph.data[node]
            return constant(value, LATEX).text if self.style.latex else literal(value)
        return self.shown(self.ids[node])

    def row(self, node: int) -> str:
        """The label of a node's row in a table: v₋₁, v₀ for inputs, then as in formulas."""
        if self.program.graph.op[node] != INPUT:
            return self.name(node)
        letter, place = self.program.letter, str(self.first + self.program.inputs.index(self.ids[node]))
        if self.style.latex:
            return f"{latex.name(letter)}_{{{place}}}"
        return letter + (place.translate(SUBSCRIPTS) if self.style.marks else place)

    def adjoint(self, node: int) -> str:
        """v̄₄, or v4_bar."""
        if self.style.latex:
            return self.accented(self.ids[node], "bar")
        return self.marked(self.name(node), MACRON, OVERLINE, "_bar")

    def tangent(self, node: int) -> str:
        """v̇₄, or v4_dot."""
        if self.style.latex:
            return self.accented(self.ids[node], "dot")
        return self.marked(self.name(node), DOT, DOT, "_dot")

    def shown(self, name: str) -> str:
        """The name of a node by its id."""
        return self.written[name] if self.style.typeset and name in self.written else self.plain(name)

    def written_name(self, name: str) -> str:
        """An output's name as the style writes it."""
        if self.style.latex or name in self.program.inputs or name in self.program.named.values():
            return self.shown(name)
        return subscripted(name) if self.style.typeset else name

    def slope(self, of: str, by: str) -> str:
        """∂v₄/∂v₁, or dv4/dv1."""
        return self.style.slope(of, by)

    def accented(self, name: str, mark: str) -> str:
        """A name in LaTeX with a bar or a dot over its letters."""
        stem, rest = latex.parts(name)
        if self.written[name] != stem + rest:
            stem, rest = self.written[name], ""
        return latex.marked(stem, mark) + rest

    def marked(self, name: str, mark: str, wide: str, suffix: str) -> str:
        """A name with a mark over its letters; one mark for a letter, a continuous one for a word."""
        if not self.style.marks:
            return name + suffix
        letters = len(name) - len(
            name.lstrip("".join(c for c in name if c.isalpha() and c not in "₀₁₂₃₄₅₆₇₈₉"))
        )
        mark = mark if letters == 1 else wide
        return "".join(letter + mark for letter in name[:letters]) + name[letters:]

    def plain(self, name: str) -> str:
        """A name as typed, where the style has marks; a step's number is a subscript."""
        if self.style.latex:
            return self.written.get(name) or latex.name(name)  # an output may have a name of its own
        if not self.style.marks:
            return name
        letter, digits = name[: len(self.program.letter)], name[len(self.program.letter) :]
        if letter == self.program.letter and digits.isdigit() and name not in self.program.inputs:
            return letter + digits.translate(SUBSCRIPTS)
        base, dot, count = name.partition(".")
        return self.program.spelled.get(base, base) + dot + count

    @cached_property
    def written(self) -> dict[str, str]:
        """For pictures and LaTeX: trailing digits as subscripts, unless two names would become equal."""
        if self.style.latex:
            set_in_type = {name: latex.name(name) for name in self.ids}
        else:
            set_in_type = {name: subscripted(self.plain(name)) for name in self.ids}
        typed = latex.unchanged if self.style.latex else self.plain
        times = Counter(set_in_type.values())
        return {name: text if times[text] == 1 else typed(name) for name, text in set_in_type.items()}


def subscripted(name: str) -> str:
    """x₁₂ for x12, x_12 and x_{12}; other names stay.

    >>> subscripted("x12"), subscripted("θ_{1}"), subscripted("x_max"), subscripted("a1b2")
    ('x₁₂', 'θ₁', 'x_max', 'a1b₂')
    """
    name = name.replace("_{", "_").rstrip("}")
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    return stem.rstrip("_") + digits.translate(SUBSCRIPTS) if digits and stem.rstrip("_") else name
