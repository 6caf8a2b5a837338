"""The report of derivatives as formulas: a line for each, its named parts before it, and what is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adcli.deriving import DiffAnswer, Lesson
from adcli.deriving.rulebook import Told
from adcli.deriving.written import Formula, named
from adcli.language.program import Program
from adcli.language.run import program
from adcli.notation import latex, show
from adcli.notation.numerals import SUPERSCRIPTS
from adcli.report.document import Cell, Column, Look, Row, Section, Table
from adcli.report.title import listed
from adcli.simplify import UNBROKEN
from adcli.tracing.labels import Labels, Style, subscripted

RELATIONS = re.compile(" ([≠≥≤<>]) ")
IN_LATEX = {"≠": r"\ne", "≥": r"\ge", "≤": r"\le"}
SPOKEN = {"≠": "!=", "≥": ">=", "≤": "<="}


def sections(answer: DiffAnswer, look: Look) -> tuple[Section, ...]:
    """A section for each derivative with named parts, one for all others; then the conditions."""
    sections = [rule_section(answer, lesson, look) for lesson in answer.lessons or ()]
    lines: list[str] = []
    for output in answer.formulas:
        for name, formula in answer.told(output):
            label = derivative_label(answer, look.style, output, name)
            parts, text = written_parts(answer, look.style, formula)
            lines += parts
            lines.append(f"{label} = {text}")
    captions = []
    if answer.assumptions:
        conditions = [condition(text, look.style, answer.program) for text in answer.assumptions]
        word = "where" if any(UNBROKEN in text for text in answer.assumptions) else "for"
        captions.append(f"{word} {listed(conditions, len(conditions))}")
    if lines:
        sections.append(Section(lines=tuple(lines), captions=tuple(captions)))
    else:
        sections.append(Section(captions=("there is no input: the derivative of a constant is 0",)))
    return tuple(sections)


def rule_section(answer: DiffAnswer, lesson: Lesson, look: Look) -> Section:
    """The rules of one differentiation, from the whole function to its parts."""
    style = look.style
    told = Told(*lesson.function, style.notation, lambda name: leaf(answer.program, style, name))
    label = derivative_label(answer, style, lesson.output, lesson.by, lesson.order)
    prime = "′" if style.marks else "'"
    rows: list[Row] = []
    lines: list[str] = []
    for rule in lesson.rules():
        name = f"chain, {rule.name}" if rule.inner is not None else rule.name
        inner = "" if rule.inner is None else told.pieces[rule.inner].text
        function, derivative = told.function(rule.node), told.derivative(rule)
        rows.append((Cell(style.prose(name)), Cell(function), Cell(inner), Cell(derivative, "bold")))
        within = f", inner function {inner}" if inner else ""
        lines.append(f"{name}{within}: ({function}){prime} = {derivative}")
    heading = f"{style.math(label)} by the rules" if style.latex else f"{label} by the rules"
    if not rows:
        return Section(heading, captions=("nothing in it depends on the input",))
    if look.layout == "lines" and not style.latex:
        return Section(heading, lines=tuple(lines))
    columns = tuple(
        Column(style.prose(title), drop=title == "inner function")
        for title in ("rule", "function", "inner function", "derivative")
    )
    return Section(heading, table=Table(columns, tuple(rows)))


def written_parts(answer: DiffAnswer, style: Style, formula: Formula) -> tuple[list[str], str]:
    """The lines of a formula's named parts, and its text."""
    found = named(answer.program, formula, style.notation, lambda name: leaf(answer.program, style, name))
    return [f"{name} = {text}" for name, text in found.parts], found.text


def leaf(asked: Program, style: Style, name: str) -> str:
    """An input as it was typed, a part's name with its number below."""
    if name in asked.inputs:
        return Labels(asked, style).plain(name)
    return latex.name(name) if style.latex else subscripted(name) if style.marks else name


def derivative_label(
    answer: DiffAnswer, style: Style, output: str, name: str, order: int | None = None
) -> str:
    """df/dx, ∂f/∂x where there are more inputs, d²f/dx² for the second order."""
    labels = Labels(answer.program, style)
    of, by = labels.plain(output), labels.plain(name)
    order = answer.order if order is None else order
    if not order:
        return of
    partial = style.partial if len(answer.program.inputs) > 1 else r"\mathrm{d}" if style.latex else "d"
    if order == 1:
        times = ""
    elif style.latex:
        times = f"^{{{order}}}"
    else:
        times = str(order).translate(SUPERSCRIPTS) if style.marks else str(order)
    if style.latex:
        return rf"\frac{{{partial}{times} {of}}}{{{partial} {by}{times}}}"
    return f"{partial}{times}{of}/{partial}{by}{times}"


def condition(text: str, style: Style, asked: Program) -> str:
    """A condition in a style, the inputs as they were typed."""
    side, words, _ = text.partition(f" {UNBROKEN}")
    if words:
        return style.math(" ".join(in_style([side], style, asked))) + words
    pieces = " ".join(in_style(RELATIONS.split(text), style, asked))
    return style.math(pieces)


def in_style(pieces: list[str], style: Style, asked: Program) -> Iterator[str]:
    """Sides and signs of a condition, in turn."""
    for place, piece in enumerate(pieces):
        if place % 2:
            yield (IN_LATEX if style.latex else {} if style.marks else SPOKEN).get(piece, piece)
        else:
            side = program(piece)
            (node,) = side.outputs.values()
            names = {input_: leaf(asked, style, side.graph.data[input_]) for input_ in side.graph.inputs}
            yield show.formulas(side.graph, [node], names.__getitem__, style.notation)[0]
