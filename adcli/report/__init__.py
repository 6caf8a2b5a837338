"""An answer as a report: title, tables, answer lines and captions, as plain data for the writers."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, cast

from adcli.answers.answer import Answer, GradientAnswer, GraphAnswer, JacobianAnswer, TraceAnswer, ValueAnswer
from adcli.reference import FunctionsAnswer
from adcli.report.blank import blank_sections
from adcli.report.document import Cell, Column, Layout, Look, Report, Row, Section, Table, Weight
from adcli.report.edges import edge_sections
from adcli.report.equations import equation_sections
from adcli.report.functions import functions_report
from adcli.report.numbers import gradient_sections, jacobian_sections, value_sections
from adcli.report.paths import path_sections
from adcli.report.title import title
from adcli.report.trace import trace_sections
from adcli.tracing.trace import Trace

if TYPE_CHECKING:
    from adcli.grading.classes import ClassAnswer
    from adcli.quiz.answer import QuizAnswer, TopicsAnswer
    from adcli.study.cost import NetworkAnswer

__all__ = [
    "Answered",
    "Cell",
    "Column",
    "Layout",
    "Look",
    "Report",
    "Row",
    "Section",
    "Table",
    "Weight",
    "report",
]


# Reports that most runs need not import, by command.
LATER = {
    "check": "adcli.report.check",
    "diff": "adcli.report.formulas",
    "jvp": "adcli.report.seeded",
    "vjp": "adcli.report.seeded",
    "hessian": "adcli.report.higher",
    "hvp": "adcli.report.higher",
    "taylor": "adcli.report.taylor",
    "cost": "adcli.report.cost",
    "compare": "adcli.report.compare",
    "check-gradient": "adcli.report.check_gradient",
    "descend": "adcli.report.descent",
    "plot": "adcli.report.plot",
}
Answered: TypeAlias = "Answer | FunctionsAnswer | NetworkAnswer | ClassAnswer | QuizAnswer | TopicsAnswer"


def report(answer: Answered, look: Look) -> Report:
    """The report of an answer."""
    if isinstance(answer, FunctionsAnswer):
        return functions_report(answer, look)
    if not isinstance(answer, Answer):
        return without_program(answer, look)
    asked = answer.program, answer.at, look.style, look.digits, answer.arithmetic.words
    if look.style.latex:
        return Report((), (*equation_sections(*asked), *sections(answer, look)))
    return Report(title(*asked), sections(answer, look))


def without_program(answer: NetworkAnswer | ClassAnswer | QuizAnswer | TopicsAnswer, look: Look) -> Report:
    """The report of a network's cost, a class or a quiz; few ask for them, so their modules wait."""
    if answer.command == "check":
        from adcli.report.grading import graded_report

        return graded_report(cast("ClassAnswer", answer), look)
    if answer.command == "quiz":
        from adcli.report.quiz import quiz_report

        return quiz_report(cast("QuizAnswer | TopicsAnswer", answer), look)
    from adcli.report.cost import network_sections

    return Report((), network_sections(cast("NetworkAnswer", answer), look))


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """What stands below the title, by the kind of answer."""
    match answer:
        case ValueAnswer():
            return value_sections(answer, look)
        case GradientAnswer():
            return (*tables_of(answer.trace, look), *gradient_sections(answer, look))
        case JacobianAnswer():
            return jacobian_sections(answer, look)
        case TraceAnswer(blank=True):
            return blank_sections(answer.trace, look)
        case TraceAnswer():
            return (*trace_sections(answer.trace, look), *path_sections(answer.paths, look))
        case GraphAnswer():
            return (*edge_sections(answer.trace, look, answer.part), *path_sections(answer.paths, look))
    if answer.command == "diff" and hasattr(answer, "layout"):
        return import_module("adcli.report.matrices").sections(answer, look)  # type: ignore[no-any-return]
    if answer.command in LATER:
        found: tuple[Section, ...] = import_module(LATER[answer.command]).sections(answer, look)
        return found
    raise NotImplementedError(answer.command)


def tables_of(trace: Trace | None, look: Look) -> tuple[Section, ...]:
    """The tables that lead to a gradient, without its numbers."""
    found = () if trace is None else trace_sections(trace, look)
    return tuple(replace(section, answer=(), captions=()) for section in found)
