"""What a reader sees instead of ids: v₁, x̄₂, ∂v₄/∂v₁, in tables, in plain ASCII, in pictures and in LaTeX."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from adcli.graph import CONST, INPUT
from adcli.language.names import GREEK
from adcli.language.naming import SOURCE_NAMES
from adcli.language.program import Program
from adcli.notation import (  # fmt: skip
    ATOM,
    PICTURE,
    SOURCE,
    TABLE,
    Notation,
    Piece,
    bracket,
    constant,
    enclosed,
    figure,
    latex,
    named,
)
from adcli.notation.latex_notation import IN_LINE, LATEX  # fmt: skip
from adcli.notation.numerals import MOST_WRITTEN, SUBSCRIPTS, literal, number

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
    """The names of a program's nodes in one style, as its reader wants them; `canonical` ones follow the ids.

    `ids` are those of the program, whatever the names are.
    """

    def __init__(self, program: Program, style: Style, *, canonical: bool = False) -> None:
        self.program = program
        self.style = style
        self.ids = program.ids
        names = "" if canonical else program.names
        self.numbers = names != SOURCE_NAMES
        self.letter = names if names and self.numbers else program.letter
        self.called = self.ids if self.letter == program.letter else program.numbered(self.letter)
        self.first = 1 - len(program.inputs)  # inputs are v₁₋ₙ … v₀
        self.formulas: Mapping[int, Piece] = {} if self.numbers else self.in_formulas()

    def in_formulas(self) -> Mapping[int, Piece]:
        """The steps without a name as formulas; an output has its own name."""
        from adcli.tracing.unnamed import formulas  # only where steps have no numbers

        graph, own = self.program.graph, dict(self.program.named)
        for name, node in self.program.outputs.items():
            if graph.args[node]:
                own.setdefault(node, name)
        self.called = [own.get(node, name) for node, name in enumerate(self.ids)]
        steps = [node for node, args in enumerate(graph.args) if args and node not in own]
        return formulas(graph, steps, self.by_name, self.style.notation, self.style.more)

    def name(self, node: int) -> str:
        """How a node is called: an input by its name, a step by its label, a constant by its value.

        A formula in the place of a name stands in brackets where it needs them.
        """
        if node in self.formulas:
            return bracket(self.formulas[node], ATOM, self.style.notation)
        graph = self.program.graph
        if graph.op[node] == CONST:
            value = graph.data[node]
            return constant(value, LATEX).text if self.style.latex else literal(value)
        return self.shown(self.called[node])

    def piece(self, node: int) -> Piece:
        """How formulas call a node."""
        return self.formulas[node] if node in self.formulas else self.by_name(node)

    def by_name(self, node: int) -> Piece:
        """A node that is called by a name, or a constant."""
        if self.program.graph.op[node] == CONST:
            return constant(self.program.graph.data[node], self.style.notation)
        return named(self.shown(self.called[node]))

    def row(self, node: int) -> str:
        """The label of a node's row in a table: v₋₁, v₀ for inputs, then as in formulas."""
        if node in self.formulas:
            return self.formulas[node].text
        if self.program.graph.op[node] != INPUT or not self.numbers:
            return self.name(node)
        place = str(self.first + self.program.inputs.index(self.ids[node]))
        if self.style.latex:
            return f"{latex.name(self.letter)}_{{{place}}}"
        return self.letter + (place.translate(SUBSCRIPTS) if self.style.marks else place)

    def equation(self, node: int, formula: str) -> str:
        """A step and its operation: "v₄ = v₁ - v₃"; of a step that is called by it, the formula alone."""
        return formula if formula == self.row(node) else f"{self.name(node)} = {formula}"

    def adjoint(self, node: int) -> str:
        """v̄₄, or v4_bar; a formula has its line over all of it."""
        if node in self.formulas and self.style.latex:
            return rf"\overline{{{self.formulas[node].text}}}"
        if node in self.formulas and self.style.marks:
            return "".join(sign + OVERLINE for sign in self.name(node))
        if self.style.latex:
            return self.accented(self.called[node], "bar")
        return self.marked(self.name(node), MACRON, OVERLINE, "_bar")

    def tangent(self, node: int) -> str:
        """v̇₄, or v4_dot; a formula has its dot behind its brackets."""
        if node in self.formulas and self.style.latex:
            return enclosed(self.formulas[node]) + r"^{\cdot}"
        if node in self.formulas and self.style.marks:
            return f"({self.formulas[node].text})\u02d9"
        if self.style.latex:
            return self.accented(self.called[node], "dot")
        return self.marked(self.name(node), DOT, DOT, "_dot")

    def shown(self, name: str) -> str:
        """The name of a node by its id."""
        return self.written[name] if self.style.typeset and name in self.written else self.plain(name)

    def written_name(self, name: str) -> str:
        """An output's name as the style writes it."""
        if self.style.latex or name in self.program.inputs or name in self.program.named.values():
            return self.shown(name)
        return subscripted(in_greek(name)) if self.style.typeset else name

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
        letter, digits = name[: len(self.letter)], name[len(self.letter) :]
        if letter == self.letter and digits.isdigit() and name not in self.program.inputs:
            return letter + digits.translate(SUBSCRIPTS)
        base, dot, count = name.partition(".")
        return self.program.spelled.get(base, base) + dot + count

    @cached_property
    def written(self) -> dict[str, str]:
        """For pictures and LaTeX: trailing digits as subscripts, unless two names would become equal."""
        if self.style.latex:
            set_in_type = {name: latex.name(name) for name in self.called}
        else:
            set_in_type = {name: subscripted(in_greek(self.plain(name))) for name in self.called}
        typed = latex.unchanged if self.style.latex else self.plain
        times = Counter(set_in_type.values())
        return {name: text if times[text] == 1 else typed(name) for name, text in set_in_type.items()}


def spellings(program: Program) -> dict[str, int]:
    """The nodes by all that people may type for them: their ids, and what the reader sees instead.

    Of a formula its blanks are left out, as `closed` does.
    """
    found = {name: node for node, name in enumerate(program.ids)}
    if program.names:
        labels = Labels(program, ASCII)
        shown = {name: node for node, name in enumerate(labels.called) if node not in labels.formulas}
        texts = [(text, node) for node in labels.formulas for text in (labels.row(node), labels.name(node))]
        found |= shown | {closed(text): node for text, node in texts}
    return found


def closed(text: str) -> str:
    """A formula as it is typed without blanks, its signs as on a keyboard.

    >>> closed("x₁ − 2·x²")
    'x1-2*x^2'
    """
    text = text.translate(TYPED).replace(" ", "")
    return re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda raised: "^" + raised[0].translate(LOWERED), text)


LETTERS = {name: letter for letter, name in reversed(GREEK.items()) if name not in ("nu", "iota", "upsilon")}
TYPED = str.maketrans("₀₁₂₃₄₅₆₇₈₉−·", "0123456789-*")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def in_greek(name: str) -> str:
    """A name that spells a Greek letter with it; those that would be taken for v, i or u stay words.

    >>> in_greek("theta"), in_greek("lambda_max"), in_greek("Sigma2"), in_greek("nu"), in_greek("pivot")
    ('θ', 'λ_max', 'Σ2', 'nu', 'pivot')
    """
    stem = re.match("[A-Za-z]*", name)[0]  # type: ignore[index]  # it matches nothing too
    letter = LETTERS.get(stem)
    ends = name[len(stem) : len(stem) + 1]
    return letter + name[len(stem) :] if letter and (not ends or ends == "_" or ends.isdigit()) else name


def subscripted(name: str) -> str:
    """x₁₂ for x12, x_12 and x_{12}; other names stay.

    >>> subscripted("x12"), subscripted("θ_{1}"), subscripted("x_max"), subscripted("a1b2")
    ('x₁₂', 'θ₁', 'x_max', 'a1b₂')
    """
    name = name.replace("_{", "_").rstrip("}")
    stem = name.rstrip("0123456789")
    digits = name[len(stem) :]
    return stem.rstrip("_") + digits.translate(SUBSCRIPTS) if digits and stem.rstrip("_") else name
