"""An answer as a report: title, tables, answer lines and captions, as plain data for the writers."""

from __future__ import annotations

from adcli.answers import Answer, GradientAnswer, GraphAnswer, JacobianAnswer, TraceAnswer, ValueAnswer
from adcli.report.document import Cell, Column, Layout, Look, Report, Row, Section, Table, Weight
from adcli.report.edges import edge_sections
from adcli.report.numbers import gradient_sections, jacobian_sections, value_sections
from adcli.report.title import title
from adcli.report.trace import trace_sections

__all__ = ["Cell", "Column", "Layout", "Look", "Report", "Row", "Section", "Table", "Weight", "report"]


def report(answer: Answer, look: Look) -> Report:
    """The report of an answer."""
    return Report(title(answer.program, answer.at, look.style, look.digits), sections(answer, look))


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """What stands below the title, by the kind of answer."""
    match answer:
        case ValueAnswer():
            return value_sections(answer, look)
        case GradientAnswer(trace=None):
            return gradient_sections(answer, look)
        case GradientAnswer(trace=trace):
            return (*gradient_sections(answer, look), *trace_sections(trace, look))
        case JacobianAnswer():
            return jacobian_sections(answer, look)
        case TraceAnswer():
            return trace_sections(answer.trace, look)
        case GraphAnswer():
            return edge_sections(answer.trace, look)
    raise NotImplementedError(answer.command)
