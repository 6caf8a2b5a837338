"""Reports of second derivatives."""

from __future__ import annotations

from adcli.answers.answer import Answer
from adcli.answers.higher import HessianAnswer, HvpAnswer
from adcli.notation.numerals import ANSWER_DIGITS, TABLE_DIGITS
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.numbers import entries_of, named_numbers
from adcli.report.title import count
from adcli.tracing.labels import Labels, Style


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """What stands below the title, by the kind of answer."""
    match answer:
        case HessianAnswer():
            return (hessian_section(answer, look),)
        case HvpAnswer():
            return (hvp_section(answer, look),)
    raise NotImplementedError(answer.command)


def hessian_section(answer: HessianAnswer, look: Look) -> Section:
    """The matrix with its rows and columns named, the value, and how it was computed."""
    style, digits = look.style, look.digits or TABLE_DIGITS
    labels = Labels(answer.program, style)
    output = labels.plain(answer.output)
    inputs = entries_of(labels, answer, {name: answer.program.inputs.index(name) for name in answer.wrt})
    entries = [[style.number(entry, digits) for entry in row] for row in answer.hessian]
    value = f"{output} = {style.number(answer.value, digits)}"
    captions = (f"symmetric; forward over reverse: {count(len(inputs), 'pass', 'passes')}",)
    if not inputs:
        return Section(answer=(value,), captions=("no inputs: no second derivatives",))
    if style.latex:
        rows = r" \\ ".join(" & ".join(row) for row in entries)
        matrix = rf"\nabla^2 {output} = \begin{{pmatrix}} {rows} \end{{pmatrix}}"
        order = rf"\left({', '.join(inputs)}\right)"
        said = (f"rows and columns in the order {style.math(order)}",) if len(inputs) > 1 else ()
        return Section(lines=(value, matrix), captions=said)
    if look.layout == "lines":
        lines = tuple(
            f"{second(style, output, row, column)} = {entry}"
            for row, entered in zip(inputs, entries, strict=True)
            for column, entry in zip(inputs, entered, strict=True)
        )
        return Section(lines=(value, *lines), captions=captions)
    by = [labels.slope("", name) for name in inputs]
    rows_shown = tuple(
        (Cell(name), *(Cell(entry, "bold") for entry in row)) for name, row in zip(by, entries, strict=True)
    )
    columns = (Column(""), *(Column(name, point=True) for name in by))
    return Section(table=Table(columns, rows_shown, blocks=True), answer=(value,), captions=captions)


def second(style: Style, of: str, first: str, then: str) -> str:
    """∂²f/∂x∂y, and ∂²f/∂x² for one input twice."""
    d, square = style.partial, "²" if style.marks else "^2"
    below = f"{d}{first}{square}" if first == then else f"{d}{first}{d}{then}"
    return f"{d}{square}{of}/{below}"


def hvp_section(answer: HvpAnswer, look: Look) -> Section:
    """A row per input: the slope of its derivative along the direction."""
    style, labels = look.style, Labels(answer.program, look.style)
    digits = look.digits or ANSWER_DIGITS
    output = labels.plain(answer.output)
    nodes = dict(zip(answer.program.inputs, answer.program.graph.inputs, strict=True))
    seed = ", ".join(
        style.math(f"{labels.tangent(nodes[name])} = {style.number(number, digits)}")
        for name, number in answer.seed.items()
    )
    if not seed:
        return Section(captions=("no inputs: no second derivatives",))
    said = f"the Hessian of {style.math(output)} times the direction {seed}"
    entries = [
        (moves(style, labels.slope(output, labels.plain(name))), number)
        for name, number in answer.product.items()
    ]
    captions = () if style.latex else ("a row: how fast that slope changes; forward over reverse: one pass",)
    found = named_numbers(entries, look, *captions)
    return Section(said, found.table, found.lines, captions=found.captions)


def moves(style: Style, slope: str) -> str:
    """The derivative of a slope along the direction: d(∂f/∂x)/dt."""
    return rf"\frac{{d}}{{dt}} {slope}" if style.latex else f"d({slope})/dt"
