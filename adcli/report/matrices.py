"""The report of derivatives as matrix formulas: a line for each, with its shape, and what it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.labels import Labels
from adcli.matrices.answer import MatrixAnswer, defined
from adcli.matrices.writing import Writer
from adcli.numerals import SUPERSCRIPTS
from adcli.report import formulas
from adcli.report.document import Look, Section
from adcli.report.title import listed

if TYPE_CHECKING:
    from adcli.graph import Shape
    from adcli.labels import Style


def matrix_sections(answer: MatrixAnswer, look: Look) -> tuple[Section, ...]:
    """The formulas with their shapes, the steps that they name, and the layout; then those of entries."""
    style = look.style
    labels = Labels(answer.program, style)
    writer = Writer(style.notation, labels.plain, answer.names)
    found = [
        (label(answer, labels, output, name), writer.text(formula.term), formula.shape)
        for output, row in answer.formulas.items()
        for name, formula in row.items()
    ]
    lines = [f"{name} = {text}" for name, text in defined(answer, writer)]
    left = [f"{slope} = {text}" for slope, text, _ in found]
    room = 0 if look.layout == "lines" else max(map(len, left))
    for line, (_, _, shape) in zip(left, found, strict=True):
        gap = r"\qquad " if style.latex else " " * (max(room - len(line), 0) + 3)
        lines.append(f"{line}{gap}{style.prose('(')}{size(answer, style, shape)}{style.prose(')')}")
    captions = [style.words(sentence) for sentence in told(answer, labels)]
    sections = [Section(lines=tuple(lines), captions=tuple(captions))]
    if answer.rest is not None:
        (entries,) = formulas.sections(answer.rest, look)
        sections.append(Section("entry by entry", lines=entries.lines, captions=entries.captions))
    return tuple(sections)


def label(answer: MatrixAnswer, labels: Labels, output: str, name: str) -> str:
    """∂f/∂x, ∂²f/∂x²."""
    style = labels.style
    of, by = labels.plain(output), labels.plain(name)
    if answer.order == 1:
        return style.slope(of, by)
    if style.latex:
        return rf"\frac{{{style.partial}^2 {of}}}{{{style.partial} {by}^2}}"
    times = str(answer.order).translate(SUPERSCRIPTS) if style.marks else str(answer.order)
    return f"{style.partial}{times}{of}/{style.partial}{by}{times}"


def size(answer: MatrixAnswer, style: Style, shape: Shape) -> str:
    """A shape: 2×3, m×n, a number."""
    if not shape:
        return style.prose("a number")
    cross = r" \times " if style.latex else "×" if style.marks else "x"
    return cross.join(answer.sizes.size(n) for n in shape)


def told(answer: MatrixAnswer, labels: Labels) -> list[str]:
    """What the formulas assume, the sizes of the inputs, and the layout."""
    style = labels.style
    cross = "×" if style.marks else "x"
    said = []
    if answer.at is None:
        shapes = [
            f"{labels.program.spelled.get(name, name)} "
            + (cross.join(answer.sizes.size(n) for n in shape) if shape else "a number")
            for name, shape in answer.sizes.shapes.items()
        ]
        said.append(f"for {listed(shapes, len(shapes))}, as the operations need it; --at gives other sizes")
    if answer.assumptions:
        said.append(f"for {listed(list(answer.assumptions), len(answer.assumptions))}")
    if answer.layout == "denominator":
        said.append("denominator layout: of a number, as large as the input; else a row per entry of the input")
    elif any(shape for shape in answer.sizes.shapes.values()):
        said.append(
            "numerator layout: a row per entry of the output, a column per entry of the input; of a number by "
            "a matrix, the shape of the matrix transposed (--layout denominator: as large as the input)"
        )
    return said
