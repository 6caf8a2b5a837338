"""Sheets of exercises, with room to write or with the worked tables; and the table of topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from adcli.language.run import program
from adcli.notation import latex, show
from adcli.quiz.answer import QuizAnswer, TopicsAnswer
from adcli.quiz.exercise import Exercise
from adcli.quiz.topics import ANY
from adcli.report.blank import ROOM, blank_sections
from adcli.report.document import Cell, Column, Look, Report, Row, Section, Table
from adcli.report.equations import equation_sections, point_section
from adcli.report.formulas import sections as formula_sections
from adcli.report.title import count, listed, title
from adcli.report.trace import trace_sections
from adcli.tracing.labels import Labels, Style

ON_KINK = "on a kink the slope of abs and relu is 0, and max and min share theirs equally"


def quiz_report(answer: QuizAnswer | TopicsAnswer, look: Look) -> Report:
    """A sheet, or the topics."""
    if isinstance(answer, TopicsAnswer):
        return topics_report(answer, look)
    wish = answer.wish
    topic = "mixed topics" if wish.topic == ANY else wish.topic
    heading = f"{topic}, level {wish.level}, seed {wish.seed}"
    head = f"{'solutions: ' if answer.solved else ''}{heading}"
    found: list[Section] = []
    for exercise in answer.exercises:
        part = f"Exercise {exercise.number}" if answer.numbered else ""
        found += exercise_sections(exercise, look, part, solved=answer.solved)
    number = count(len(answer.exercises), "exercise") if len(answer.exercises) > 1 else ""
    return Report((look.style.words(head), *filter(None, [number])), tuple(found), own=True)


def exercise_sections(exercise: Exercise, look: Look, part: str, *, solved: bool) -> Iterator[Section]:
    """The function, the point, what to do, and room to do it or what comes out."""
    yield from function_sections(exercise, look.style, part)
    yield Section(task(exercise, look.style), captions=(ON_KINK,) if exercise.sweep[1] else ())
    if exercise.wish.ask == "formula":
        yield from formula_sections(exercise.derived, look) if solved else [blank_derivatives(exercise, look)]
    elif solved:
        yield from (replace(section, captions=()) for section in trace_sections(exercise.trace, look))
    elif exercise.wish.ask == "table":
        yield from blank_sections(exercise.trace, look)
    else:
        yield blank_derivatives(exercise, look)


def function_sections(exercise: Exercise, style: Style, part: str) -> Iterator[Section]:
    """The function and the point below the exercise's title."""
    run = exercise.trace.program
    if not style.latex:
        yield Section(part=part, figure=(*function_lines(exercise, style), *point_lines(exercise, style)))
    elif "{" in exercise.function or has_arrays(exercise):
        yield Section(part=part, figure=function_lines(exercise, style))
        yield from map(Section, map(style.words, point_lines(exercise, style)))
    elif ";" in exercise.function:
        lines = function_lines(exercise, style)
        yield Section(part=part, lines=tuple(typeset(line, style) for line in lines))
        yield from point_section(run, exercise.point, style, None)
    else:
        yield from [Section(part=part)] if part else []
        yield from equation_sections(run, exercise.point, style, None)


def typeset(statement: str, style: Style) -> str:
    """An assignment in LaTeX."""
    name, _, formula = statement.partition(" = ")
    made = program(formula)
    (text,) = show.formulas(made.graph, list(made.outputs.values()), Labels(made, style).name, style.notation)
    return f"{latex.name(name)} = {text}"


def function_lines(exercise: Exercise, style: Style) -> tuple[str, ...]:
    """The function as text: a formula, or a program as it is written, a line per statement."""
    run, function = exercise.trace.program, exercise.function
    if ";" not in function and not has_arrays(exercise):
        return title(run, None, style, None)
    *before, last = statements(function)
    (output,) = run.outputs
    return (*before, last if "=" in last else f"{output} = {last}")


def point_lines(exercise: Exercise, style: Style) -> tuple[str, ...]:
    """The point in exact numbers; nothing without one."""
    if has_arrays(exercise):
        return (f"at {exercise.at.replace('=', ' = ').replace(',', ', ').replace('  ', ' ')}",)
    return title(exercise.trace.program, exercise.point, style, None)[1:]


def has_arrays(exercise: Exercise) -> bool:
    """Whether inputs are arrays, of which the table has every entry."""
    return bool(exercise.posed.question.targets.parts)


def statements(text: str) -> list[str]:
    """The statements of a program, each loop whole.

    >>> statements("s = x; for k in 1..2 { s = s*x; s = s + 1 }; s")
    ['s = x', 'for k in 1..2 { s = s*x; s = s + 1 }', 's']
    """
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if sign == ";" and not depth:
            found.append(text[start:place].strip())
            start = place + 1
    return [*found, text[start:].strip()]


def task(exercise: Exercise, style: Style) -> str:
    """What to do, in a sentence."""
    if exercise.wish.ask == "table":
        if exercise.wish.mode == "forward":
            return "fill in the table: for each step its value, then its tangent"
        return "fill in the table: the values from the top, then the adjoints from the bottom"
    labels = Labels(exercise.trace.program, style)
    (output,) = exercise.trace.program.outputs
    of = labels.written_name(output) if style.typeset else labels.plain(output)
    named = [style.math(labels.slope(of, labels.name(node))) for node in exercise.posed.columns]
    as_what = "as a formula" if len(named) == 1 else "as formulas"
    return f"find {listed(named, len(named))}{f', {as_what}' if exercise.wish.ask == 'formula' else ''}"


def blank_derivatives(exercise: Exercise, look: Look) -> Section:
    """A row per input, with room for the derivative; `check` reads it as a table."""
    labels = Labels(exercise.trace.program, look.style)
    if look.layout == "lines":
        return Section(lines=tuple(f"{target.label} =" for target in exercise.entries))
    room = ROOM if look.style.latex else ""
    rows = tuple((Cell(labels.name(target.node)), Cell(room)) for target in exercise.entries)
    return Section(table=Table((Column("variable"), Column("derivative")), rows))


def topics_report(answer: TopicsAnswer, look: Look) -> Report:
    """A row per topic: its name, what it trains, an example."""
    style = look.style
    columns = (
        Column("topic", room=16),
        Column("what it trains", room=42),
        Column("an exercise of level 2", drop=1, room=34),
    )
    if look.layout == "lines":
        lines = tuple(
            f"{topic.name}: {topic.trains}; {example.function} at {example.at}"
            for topic, example in answer.topics
        )
        return Report((f"the {len(lines)} topics",), (Section(lines=lines),))
    rows: list[Row] = [
        (Cell(topic.name), Cell(style.words(topic.trains)), Cell(style.words(example.function), "dim"))
        for topic, example in answer.topics
    ]
    captions = ("adcli quiz --topic NAME --level 1..5 makes an exercise; any takes one of all",)
    return Report(
        (f"the {len(rows)} topics",),
        (Section(table=Table(columns, tuple(rows)), captions=() if style.latex else captions),),
    )
