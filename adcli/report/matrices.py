"""The report of derivatives as matrix formulas: a line for each, with its shape, and what it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.matrices.answer import MatrixAnswer, defined
from adcli.matrices.writing import Writer
from adcli.notation.numerals import SUPERSCRIPTS
from adcli.report import formulas
from adcli.report.document import Look, Section
from adcli.report.title import listed
from adcli.tracing.labels import Labels, subscripted

if TYPE_CHECKING:
    from adcli.graph import Shape
    from adcli.tracing.labels import Style


def sections(answer: MatrixAnswer, look: Look) -> tuple[Section, ...]:
    """The formulas with their shapes, the steps that they name, and the layout; then those of entries."""
    style = look.style
    labels = Labels(answer.program, style)
    writer = Writer(style.notation, lambda name: named(answer, labels, name), answer.names)
    found = [
        (label(answer, labels, output, name), writer.text(formula.term), formula.shape)
        for output, row in answer.formulas.items()
        for name, formula in row.items()
    ]
    lines = [f"{name} = {text}" for name, text in defined(answer, writer)]
    left = [f"{slope} = {text}" for slope, text, _ in found]
    room = 0 if look.layout == "lines" else max(map(len, left))
    for line, (_, _, shape) in zip(left, found, strict=True):
        written = size(answer, style, shape)
        if style.latex:
            lines.append(rf"{line} \qquad ({written})")
        else:
            lines.append(f"{line}{' ' * (max(room - len(line), 0) + 3)}({written})")
    captions = told(answer, labels)
    made = [Section(lines=tuple(lines), captions=tuple(captions))]
    if answer.rest is not None:
        (entries,) = formulas.sections(answer.rest, look)
        made.append(Section("entry by entry", lines=entries.lines, captions=entries.captions))
    return tuple(made)


def named(answer: MatrixAnswer, labels: Labels, name: str) -> str:
    """An input or a step as it was typed, a part with its number below."""
    if name in answer.program.inputs or name in answer.program.named.values() or labels.style.latex:
        return labels.plain(name)
    return subscripted(name) if labels.style.marks else name


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
        return "1" if style.latex else "a number"
    cross = r" \times " if style.latex else "×" if style.marks else "x"
    return cross.join(answer.sizes.size(n) for n in shape)


def told(answer: MatrixAnswer, labels: Labels) -> list[str]:
    """What the formulas assume, the sizes of the inputs, and the layout."""
    style = labels.style
    said = []
    if answer.at is None:
        shapes = [
            f"{style.math(labels.plain(name))} "
            + (style.math(size(answer, style, shape)) if shape else "a number")
            for name, shape in answer.sizes.shapes.items()
        ]
        said.append(
            f"with {listed(shapes, len(shapes))}"
            + style.words(", as the operations ask; --at gives other sizes")
        )
    if answer.assumptions:
        conditions = [formulas.condition(text, style, answer.program) for text in answer.assumptions]
        said.append(f"for {listed(conditions, len(conditions))}")
    if answer.layout == "denominator":
        said.append("denominator layout: a row per entry of the input; of a number, as large as the input")
    else:
        sentence = (
            "numerator layout: a row per entry of the output; of a number by a matrix, as large as "
            "the matrix transposed; --layout denominator transposes"
        )
        said.append(style.words(sentence))
    return said
