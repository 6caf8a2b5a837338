"""Reports of answers that are numbers: values, a gradient, a Jacobian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from adcli.answers.answer import Answer, GradientAnswer, JacobianAnswer, ValueAnswer
from adcli.notation.numerals import ANSWER_DIGITS, TABLE_DIGITS, number
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.title import count
from adcli.tracing.labels import Labels, Style

MOST_ANSWERED = 100  # entries of an array that is an answer


def value_sections(answer: ValueAnswer, look: Look) -> tuple[Section, ...]:
    """A row per output."""
    labels = Labels(answer.program, look.style)
    return (named_numbers([(labels.plain(name), value) for name, value in answer.values.items()], look),)


def gradient_sections(answer: GradientAnswer, look: Look) -> tuple[Section, ...]:
    """The value, a row per derivative, and how many sweeps it took."""
    labels = Labels(answer.program, look.style)
    output = labels.plain(answer.output)
    entries = [(output, answer.value)]
    entries += [(labels.slope(output, labels.plain(name)), slope) for name, slope in answer.gradient.items()]
    cost = [sweeps(answer.mode, 1, len(answer.gradient), answer.sweeps)]
    if look.explain and answer.gradient and not any(answer.program.graph.shape):
        cost.append(counted(answer))
    return (named_numbers(entries, look, *([] if look.style.latex else cost)),)


def counted(answer: GradientAnswer) -> str:
    """The operations of the value and of all its sweeps, counted."""
    from adcli.study.counting import counted as counts  # only with --explain

    program = answer.program
    columns = [program.inputs.index(name) for name in answer.gradient]
    found = counts(program.graph, [program.outputs[answer.output]], columns)
    taken = found.forward if answer.mode == "forward" else found.reverse
    ratio = f", {number(taken / found.values, 3)} times as many" if found.values else ""
    return (
        f"counted: the value takes {count(found.values, 'operation')}, with one {answer.mode} sweep "
        f"{taken}{ratio} (adcli cost)"
    )


def sweeps(mode: str, outputs: int, inputs: int, needed: int) -> str:
    """The sentence that says what a derivative cost."""
    return f"{mode} mode: {count(outputs, 'output')}, {count(inputs, 'input')}, {count(needed, 'sweep')}"


def beside(mode: str, rows: int, columns: int) -> str:
    """What the other mode takes: "reverse mode: three"."""
    other, needed = ("reverse", rows) if mode == "forward" else ("forward", columns)
    return f"{other} mode: {count(needed, 'sweep').split()[0]}"


def named_numbers(entries: Iterable[tuple[str, Any]], look: Look, *captions: str) -> Section:
    """A table of names and numbers."""
    digits = look.digits or ANSWER_DIGITS
    style = replace(look.style, most=max(look.style.most, MOST_ANSWERED))
    shown = [(name, style.number(value, digits)) for name, value in entries]
    if look.layout == "lines" or look.style.latex:
        return Section(lines=tuple(f"{name} = {text}" for name, text in shown), captions=captions)
    rows = tuple((Cell(name), Cell(text, "bold")) for name, text in shown)
    return Section(table=Table((Column(""), Column("value", point=True)), rows), captions=captions)


def jacobian_sections(answer: JacobianAnswer, look: Look) -> tuple[Section, ...]:
    """The matrix with its rows and columns named, the values, and the layout."""
    labels, digits = Labels(answer.program, look.style), look.digits or TABLE_DIGITS
    outputs = entries_of(labels, answer, answer.program.outputs)
    inputs = entries_of(labels, answer, {name: answer.program.inputs.index(name) for name in answer.wrt})
    numerator = answer.layout == "numerator"
    by = [labels.slope("", name) for name in inputs]
    across, down = (by, outputs) if numerator else (outputs, by)
    entries = [[look.style.number(entry, digits) for entry in row] for row in answer.jacobian]
    words = ("a row per output, a column per input", "a row per input, a column per output")
    if answer.blocks is not None:
        words = (
            "a row per entry of the outputs, a column per entry of the inputs",
            "a row per entry of the inputs, a column per entry of the outputs",
        )
    other = beside(answer.mode, len(outputs), len(inputs))
    captions = (
        f"{answer.layout} layout: {words[not numerator]}",
        f"{sweeps(answer.mode, len(outputs), len(inputs), answer.sweeps)} ({other})",
    )
    values = tuple(
        f"{name} = {look.style.number(value, digits)}"
        for name, value in zip(map(labels.plain, answer.values), answer.values.values(), strict=True)
    )
    if look.style.latex:
        lines = (*values, matrix(look.style, outputs, inputs, entries, turned=not numerator))
        return (Section(lines=lines, captions=captions[:1]),)
    if look.layout == "lines":
        slopes = tuple(
            f"{labels.slope(outputs[i if numerator else j], inputs[j if numerator else i])} = {entry}"
            for i, row in enumerate(entries)
            for j, entry in enumerate(row)
        )
        return (Section(lines=(*values, *slopes), captions=captions),)
    rows = tuple(
        (Cell(name), *(Cell(entry, "bold") for entry in row))
        for name, row in zip(down, entries, strict=False)
    )
    columns = (Column(""), *(Column(name, point=True) for name in across))
    return (Section(table=Table(columns, rows, blocks=True), answer=values, captions=captions),)


def entries_of(labels: Labels, answer: Answer, nodes: Mapping[str, int]) -> list[str]:
    """The names of outputs or inputs; of an array the names of its entries, row by row."""
    found: list[str] = []
    for name, node in nodes.items():
        shape, plain = answer.program.graph.shape[node], labels.plain(name)
        if not shape:
            found.append(plain)
            continue
        for i in range(1, shape[0] + 1):
            found += [
                f"{plain}[{i}]" if shape[1] == 1 else f"{plain}[{i},{j}]" for j in range(1, shape[1] + 1)
            ]
    return found


def matrix(
    style: Style, outputs: Sequence[str], inputs: Sequence[str], entries: list[list[str]], *, turned: bool
) -> str:
    """A Jacobian as an equation in LaTeX; `turned` says that it is the transposed one."""
    slope = style.slope(f"({', '.join(outputs)})", f"({', '.join(inputs)})")
    name = rf"\left({slope}\right)^{{\mathsf{{T}}}}" if turned else slope
    rows = r" \\ ".join(" & ".join(row) for row in entries)
    return rf"{name} = \begin{{pmatrix}} {rows} \end{{pmatrix}}"
