"""An empty table of a trace, for somebody to fill in; `check --table` reads it."""

from __future__ import annotations

from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.sums import Sums
from adcli.report.trace import sweep_heading
from adcli.tracing.labels import OVERLINE
from adcli.tracing.trace import CARRIED, Trace

ROOM = r"\hspace{7em}"  # on paper a blank is as wide as what somebody writes by hand


def blank_sections(trace: Trace, look: Look) -> tuple[Section, ...]:
    """A row per input and step: its formula, and room for its value and its adjoint or tangent."""
    sums = Sums(trace, look)
    heading = sweep_heading(sums)
    if look.layout == "lines":
        values = tuple(
            f"{begin(sums, node)} ={value}"
            for node in trace.rows
            for value in [with_blank(given_value(sums, node))]
        )
        carried = tuple(
            f"{unspaced(sums.scribe.carried(node))} ={with_blank(given_number(sums, node))}"
            for node in order(trace)
        )
        return (Section(lines=(*values, "", heading, "", *carried)),)
    columns = (Column("step"), Column("formula"), Column("value"), Column(CARRIED[trace.mode]))
    room = ROOM if look.style.latex else ""
    rows = tuple(
        (
            Cell(sums.labels.row(node)),
            Cell(sums.scribe.formula(node)),
            Cell(given_value(sums, node) or room),
            Cell(given_number(sums, node) or room),
        )
        for node in trace.rows
    )
    return (Section(heading, Table(columns, rows)),)


def order(trace: Trace) -> list[int]:
    """The rows in the order of the sweep."""
    return trace.rows if trace.mode == "forward" else trace.rows[::-1]


def begin(sums: Sums, node: int) -> str:
    """What a line begins with: a label, without blanks as the reader of tables wants it, and the formula."""
    label, formula = unspaced(sums.labels.row(node)), sums.scribe.formula(node)
    return label if label == formula and not sums.trace.graph.args[node] else f"{label} = {formula}"


def unspaced(label: str) -> str:
    """A label without blanks, nor the marks over them."""
    return label.replace(f" {OVERLINE}", "").replace(" ", "")


def with_blank(text: str) -> str:
    """A blank before what is there."""
    return f" {text}" if text else ""


def given_value(sums: Sums, node: int) -> str:
    """The value of an input at a point; nothing for a step."""
    is_input = not sums.trace.graph.args[node]
    return sums.value(node) if is_input and sums.at_point else ""


def given_number(sums: Sums, node: int) -> str:
    """The seed where there is one, a dash where the sweep does not come; nothing elsewhere."""
    if sums.kind(node) == "idle":
        return sums.style.dash
    if sums.kind(node) == "seed":
        return sums.seed(node) or ""
    return ""
