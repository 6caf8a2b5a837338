"""The graph as a table of edges: every local partial as formula and number, and what flows along it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from adcli.notation.numerals import PICTURE_DIGITS
from adcli.report.document import Cell, Column, Look, Row, Section, Table
from adcli.report.sums import Sums
from adcli.report.trace import sweep_heading
from adcli.tracing.trace import Trace, Use

if TYPE_CHECKING:
    from adcli.tracing.cutting import Part

SOURCE_OF_FLOW = {"forward": 'tangent of "from"', "reverse": 'adjoint of "to"'}


def edge_sections(trace: Trace, look: Look, part: Part | None = None) -> tuple[Section, ...]:
    """A row per use of an operand; values with a point, flows with a sweep. Of a part, the edges within."""
    digits = look.digits or PICTURE_DIGITS
    sums = Sums(trace, replace(look, digits=digits))
    edges = [use for user in trace.rows for use in trace.uses(user)]
    captions: tuple[str, ...] = ()
    if part is not None:
        edges = [use for use in edges if use.arg in part.nodes and use.user in part.nodes]
        captions = (sums.style.words(part.caption(trace.program)),)
    if words := sums.scribe.map_words():
        captions = (*captions, sums.style.words(words))
    if not edges:
        said = "no edges: no step depends on an input" if part is None else "no edges within it"
        return (Section(heading(sums), captions=(*captions, said)),)
    if look.layout == "lines":
        return (
            Section(heading(sums), lines=tuple(edge_line(sums, use) for use in edges), captions=captions),
        )
    swept = trace.mode != "none" and sums.at_point
    columns = [
        Column("from"),
        Column("to"),
        Column("partial"),
        Column("formula"),
        *([Column("value", point=True)] if sums.at_point else []),
        *([Column("flow", point=True, drop=2)] if swept else []),
    ]
    rows = tuple(edge_row(sums, use)[: len(columns)] for use in edges)
    return (Section(heading(sums), Table(tuple(columns), rows), captions=captions),)


def heading(sums: Sums) -> str:
    """The mode, and what the flow is."""
    mode = sums.trace.mode
    if mode == "none":
        return "the edges, each with its local partial"
    times = sums.style.math(sums.style.notation.times)
    flow = f"; flow = {SOURCE_OF_FLOW[mode]} {times} value" if sums.at_point else ""
    return sweep_heading(sums) + flow


def edge_row(sums: Sums, use: Use) -> Row:
    """From, to, the partial, its formula, its value, its flow."""
    scribe, trace = sums.scribe, sums.trace
    return (
        Cell(sums.labels.name(use.arg)),
        Cell(sums.labels.name(use.user)),
        Cell(scribe.slope(use)),
        Cell(scribe.partial(use).text),
        Cell(scribe.digits_of(trace.weight(use)) if trace_has(sums, use) else "", "bold"),
        Cell(scribe.digits_of(trace.flow(use))),
    )


def trace_has(sums: Sums, use: Use) -> bool:
    """Whether an edge has a number: a linear map between arrays has none."""
    return sums.trace.weight(use) is not None and not sums.scribe.is_map(use)


def edge_line(sums: Sums, use: Use) -> str:
    """∂v₁/∂x1 = 1/x2 = 2, and the flow as a product."""
    start, end, slope, formula, value, flow = (cell.text for cell in edge_row(sums, use))
    shown = sums.at_point and value not in ("", formula)
    chain = list(dict.fromkeys([slope, formula, *([value] if shown else [])]))
    said = f"{slope}: {formula}" if sums.scribe.is_map(use) else " = ".join(chain)
    text = f"{start} to {end}: {said}"
    return f"{text}, flow {flow}" if sums.at_point and sums.trace.mode != "none" else text
