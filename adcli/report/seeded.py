"""Reports of one sweep from an own seed: tangents of outputs, adjoints of inputs."""

from __future__ import annotations

from dataclasses import replace

from adcli.answers.seeded import JvpAnswer, VjpAnswer
from adcli.notation.numerals import ANSWER_DIGITS
from adcli.report.document import Cell, Column, Look, Row, Section, Table
from adcli.report.seeds import heading
from adcli.report.title import count
from adcli.report.trace import trace_sections
from adcli.tracing.labels import MACRON, OVERLINE, Labels


def sections(answer: JvpAnswer | VjpAnswer, look: Look) -> tuple[Section, ...]:
    """The tables of the sweep where they are asked for, then what it gives."""
    own = jvp_section(answer, look) if isinstance(answer, JvpAnswer) else vjp_section(answer, look)
    traced = trace_sections(answer.trace, look) if answer.trace else ()
    if traced:
        own = replace(own, heading="")  # the trace has said how the sweep starts
    return (*(replace(section, answer=(), captions=()) for section in traced), own)


def jvp_section(answer: JvpAnswer, look: Look) -> Section:
    """A row per output: its value and its tangent."""
    labels, outputs = Labels(answer.program, look.style), answer.program.outputs
    inputs = dict(zip(answer.program.inputs, answer.program.graph.inputs, strict=True))
    digits = look.digits or ANSWER_DIGITS
    seed = [(labels.tangent(inputs[name]), number) for name, number in answer.seed.items()]
    shown = [
        (
            labels.plain(name),
            look.style.number(answer.values[name], digits),
            look.style.number(answer.tangents[name], digits),
        )
        for name in outputs
    ]
    said = heading("forward", seed, look.style, digits)
    captions = ("the derivative along the seed: one forward sweep",) if not look.style.latex else ()
    if look.layout == "lines" or look.style.latex:
        tangent = look.style.prose("tangent of ")
        lines = [f"{name} = {value}" for name, value, _ in shown]
        lines += [f"{tangent}{name} = {rate}" for name, _, rate in shown]
        return Section(said, lines=tuple(lines), captions=captions)
    rows = tuple((Cell(name), Cell(value), Cell(rate, "bold")) for name, value, rate in shown)
    columns = (Column("output"), Column("value", point=True), Column("tangent", point=True))
    return Section(said, Table(columns, rows), captions=captions)


def vjp_section(answer: VjpAnswer, look: Look) -> Section:
    """A row per input: its adjoint; then the values of the outputs."""
    labels, program = Labels(answer.program, look.style), answer.program
    digits = look.digits or ANSWER_DIGITS
    seed = [(adjoint_of(labels, name), number) for name, number in answer.seed.items()]
    values = tuple(
        f"{labels.plain(name)} = {look.style.number(value, digits)}" for name, value in answer.values.items()
    )
    shown = [
        (labels.adjoint(node), look.style.number(answer.cotangent[name], digits))
        for name, node in zip(program.inputs, program.graph.inputs, strict=True)
    ]
    said = heading("reverse", seed, look.style, digits)
    outputs = count(len(program.outputs), "output")
    captions: tuple[str, ...] = (f"the sum over {outputs}, each times its seed: one reverse sweep",)
    if len(program.outputs) == 1:
        captions = ("the gradient of the output times its seed: one reverse sweep",)
    if look.style.latex:
        captions = ()
    if look.layout == "lines" or look.style.latex:
        lines = (*values, *(f"{name} = {text}" for name, text in shown))
        return Section(said, lines=lines, captions=captions)
    rows: tuple[Row, ...] = tuple((Cell(name), Cell(text, "bold")) for name, text in shown)
    columns = (Column(""), Column("adjoint", point=True))
    return Section(said, Table(columns, rows), answer=values, captions=captions)


def adjoint_of(labels: Labels, output: str) -> str:
    """The adjoint of an output by the output's own name: two outputs may be one node."""
    if labels.style.latex:
        return rf"\overline{{{labels.plain(output)}}}"
    return labels.marked(labels.plain(output), MACRON, OVERLINE, "_bar")
