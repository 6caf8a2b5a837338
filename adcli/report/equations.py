"""What stands above an answer in LaTeX: its formulas, one equation each, and the point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from adcli.language.program import Program
from adcli.notation import show
from adcli.notation.numerals import ANSWER_DIGITS
from adcli.notation.show import TREE_STEPS
from adcli.report.document import Section
from adcli.report.title import count, listed
from adcli.tracing.labels import Labels, Style

WIDEST = 72  # a formula of more characters does not fit into a line of print; it is shown in steps
MOST_STEPS = 30
MOST_VALUES = 24


def equation_sections(
    program: Program, at: Mapping[str, Any] | None, style: Style, digits: int | None, words: str = ""
) -> Iterator[Section]:
    """The outputs as formulas of the inputs, or the steps of a longer program; then the point."""
    lines = tuple(formulas(program, style) or steps(program, style))
    if len(lines) > MOST_STEPS + len(program.outputs):
        labels = Labels(program, style)
        outputs = listed([style.math(labels.written_name(name)) for name in program.outputs])
        yield Section(f"{outputs} in {count(len(program), 'step')}")
    elif lines:
        yield Section(lines=lines)
    yield from point_section(program, at, style, digits, words)


def point_section(
    program: Program, at: Mapping[str, Any] | None, style: Style, digits: int | None, words: str = ""
) -> Iterator[Section]:
    """The point in a sentence."""
    labels = Labels(program, style)
    if at:
        shown = max(digits or 0, ANSWER_DIGITS)
        values = [
            style.math(f"{labels.plain(name)} = {style.number(value, shown)}") for name, value in at.items()
        ]
        yield Section(f"at {listed(values, MOST_VALUES)}{words and f', {words}'}")
    elif words:
        yield Section(words)


def formulas(program: Program, style: Style) -> list[str]:
    """Every output as a formula, a choice with both its branches; nothing where one is too long."""
    undecided = program.again(None, decide=False) if program.has_choice else program
    whole = program if undecided.blocked is not None else undecided
    nodes, ids = list(whole.outputs.values()), whole.ids
    if len(whole) > TREE_STEPS or any(
        len(text) > WIDEST for text in show.formulas(whole.graph, nodes, ids.__getitem__)
    ):
        return []
    labels = Labels(whole, style)
    written = show.formulas(whole.graph, nodes, labels.name, style.notation)
    return [
        f"{labels.written_name(name)} = {text}" for name, text in zip(whole.outputs, written, strict=True)
    ]


def steps(program: Program, style: Style) -> Iterator[str]:
    """A line per step, and one for every output that has another name than its step."""
    labels = Labels(program, style)
    graph = program.graph
    for node in show.steps(graph):
        yield labels.equation(node, show.step(graph, node, labels.piece, style.notation))
    for name, node in program.outputs.items():
        if labels.written_name(name) != labels.name(node):
            yield f"{labels.written_name(name)} = {labels.name(node)}"
