"""The report of derivatives as formulas: a line for each, its named parts before it, and what is assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adcli import latex, show
from adcli.deriving import DiffAnswer
from adcli.labels import Labels, Style, subscripted
from adcli.language.run import program
from adcli.numerals import SUPERSCRIPTS
from adcli.report.document import Look, Section
from adcli.report.title import listed
from adcli.written import Formula, named

RELATIONS = re.compile(" ([≠≥≤<>]) ")
IN_LATEX = {"≠": r"\ne", "≥": r"\ge", "≤": r"\le"}
SPOKEN = {"≠": "!=", "≥": ">=", "≤": "<="}


def formula_sections(answer: DiffAnswer, look: Look) -> tuple[Section, ...]:
    """A section for each derivative with named parts, one for all others; then the conditions."""
    sections = []
    lines: list[str] = []
    for output, row in answer.formulas.items():
        for name, formula in row.items():
            label = derivative_label(answer, look.style, output, name)
            parts, text = written_parts(answer, look.style, formula)
            lines += parts
            lines.append(f"{label} = {text}")
    captions = []
    if answer.assumptions:
        conditions = [condition(text, look.style) for text in answer.assumptions]
        captions.append(f"for {listed(conditions, len(conditions))}")
    if lines:
        sections.append(Section(lines=tuple(lines), captions=tuple(captions)))
    else:
        sections.append(Section(captions=("there is no input to differentiate by",)))
    return tuple(sections)


def written_parts(answer: DiffAnswer, style: Style, formula: Formula) -> tuple[list[str], str]:
    """The lines of a formula's named parts, and its text."""
    found = named(answer.program, formula, style.notation, lambda name: leaf(answer, style, name))
    return [f"{name} = {text}" for name, text in found.parts], found.text


def leaf(answer: DiffAnswer, style: Style, name: str) -> str:
    """An input as it was typed, a part's name with its number below."""
    if name in answer.program.inputs:
        return Labels(answer.program, style).plain(name)
    return latex.name(name) if style.latex else subscripted(name) if style.marks else name


def derivative_label(answer: DiffAnswer, style: Style, output: str, name: str) -> str:
    """df/dx, ∂f/∂x where there are more inputs, d²f/dx² for the second order."""
    labels = Labels(answer.program, style)
    of, by = labels.plain(output), labels.plain(name)
    if not answer.order:
        return of
    partial = style.partial if len(answer.program.inputs) > 1 else r"\mathrm{d}" if style.latex else "d"
    if answer.order == 1:
        times = ""
    elif style.latex:
        times = f"^{{{answer.order}}}"
    else:
        times = str(answer.order).translate(SUPERSCRIPTS) if style.marks else str(answer.order)
    if style.latex:
        return rf"\frac{{{partial}{times} {of}}}{{{partial} {by}{times}}}"
    return f"{partial}{times}{of}/{partial}{by}{times}"


def condition(text: str, style: Style) -> str:
    """A condition in a style."""
    if not style.latex:
        return text if style.marks else RELATIONS.sub(lambda found: f" {SPOKEN.get(found[1], found[1])} ", text)
    return style.math(" ".join(in_latex(RELATIONS.split(text), style)))


def in_latex(pieces: list[str], style: Style) -> Iterator[str]:
    """Sides and signs of a condition in LaTeX, in turn."""
    for place, piece in enumerate(pieces):
        if place % 2:
            yield IN_LATEX.get(piece, piece)
        else:
            side = program(piece)
            (node,) = side.outputs.values()
            labels = Labels(side, style)
            yield show.formulas(side.graph, [node], labels.name, style.notation)[0]
