"""Hints for one entry, in three doses: the rule, the rule with its names, all but the result."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from adcli.checking.targets import Target
from adcli.graph import CONST
from adcli.quiz.exercise import Exercise
from adcli.report.document import Look
from adcli.report.formulas import rule_section
from adcli.report.sums import Sums
from adcli.report.title import listed


def hints(exercise: Exercise, target: Target, look: Look) -> tuple[Sequence[str], ...]:
    """The lines of each of three hints."""
    if not exercise.at_point:
        return of_formula(exercise, target, look)
    sums = Sums(exercise.trace, look)
    if target.kind in ("value", "step"):
        return of_value(sums, target)
    return of_sum(sums, target)


def of_value(sums: Sums, target: Target) -> tuple[Sequence[str], ...]:
    """For a value: what goes in, with numbers, and between which whole numbers it lies."""
    trace, label = sums.trace, target.label
    graph = trace.graph
    args = list(
        dict.fromkeys(sums.labels.name(arg) for arg in graph.args[target.node] if graph.op[arg] != CONST)
    )
    value = float(trace.value(target.node))
    low, high = floor(value), ceil(value)
    if low == high:
        low, high = low - 1, high + 1
    return (
        (f"{label} = {sums.scribe.formula(target.node)}: put in {listed(args) if args else 'the numbers'}",),
        (f"{label} = {sums.scribe.with_numbers(target.node)}",),
        (f"{label} lies between {low} and {high}",),
    )


def of_sum(sums: Sums, target: Target) -> tuple[Sequence[str], ...]:
    """For an adjoint, a tangent or a derivative: who adds to it and by which rules, names, numbers."""
    trace, node = sums.trace, target.node
    terms = sums.terms(node)
    carried = sums.scribe.carried(node)
    name, forward = sums.labels.name(node), trace.mode == "forward"
    if not terms:
        start = sums.seed(node)
        said = f"nothing that leads to the output uses {name}" if start is None else "the sweep begins here"
        return ((said,), (said,), (f"{carried} = {start or 0}",))
    users = listed(list(dict.fromkeys(term.user for term in terms)), len(terms))
    if forward:
        said = f"{name} = {sums.scribe.formula(node)}: of each operand its tangent times the slope"
    else:
        said = f"{name} is used by {users}: {'one term' if len(terms) == 1 else f'{len(terms)} terms'}"
    adds = said if len(terms) == 1 else f"{said}, added up"
    rules = dict.fromkeys(term.general for term in terms if term.general)
    by_name = " + ".join(term.names for term in terms)
    by_number = " + ".join(term.numbers for term in terms)
    same = "" if target.label == carried else f"{target.label} = "
    return (
        (adds, *(f"rule: {rule}" for rule in rules)),
        (f"{same}{carried} = {by_name}",),
        (f"{same}{carried} = {by_number}",),
    )


def of_formula(exercise: Exercise, target: Target, look: Look) -> tuple[Sequence[str], ...]:
    """For a formula: the first rule by its name, the first rule, all rules."""
    answer = exercise.derived
    lesson = next(lesson for lesson in answer.lessons or () if lesson.by == target.name)
    lines = rule_section(answer, lesson, look).lines or ("nothing in it depends on the input",)
    first = lines[0].partition(":")[0]
    return (f"the first rule: {first}",), lines[:1], lines
