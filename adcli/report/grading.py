"""The report of a class: a row per student, what could not be read, and what went wrong how often."""

from __future__ import annotations

from collections.abc import Iterator

from adcli.grading.classes import ClassAnswer, Mistake
from adcli.notation.numerals import number
from adcli.report.document import Cell, Column, Look, Report, Row, Section, Table
from adcli.report.title import count

MOST_MISTAKES = 20
BAR = 12  # signs for the whole class


def graded_report(answer: ClassAnswer, look: Look) -> Report:
    """Title, students, problems, mistakes."""
    key = answer.key
    title = (
        key.title or "submissions",
        f"{count(len(key.exercises), 'exercise')}, {points(key.points)} points",
    )
    return Report(title, tuple(sections(answer, look)))


def points(value: float) -> str:
    """Points as people write them."""
    return number(round(float(value), 2), 6)


def sections(answer: ClassAnswer, look: Look) -> Iterator[Section]:
    """The tables of a class."""
    yield students(answer, look)
    problems = [f"{student.id}: {student.problem}" for student in answer.students if student.problem]
    if problems:
        yield Section("not all could be read", lines=tuple(problems))
    made = answer.mistakes()[:MOST_MISTAKES]
    if made:
        total = len(answer.students)
        yield Section(
            "what went wrong, by the number of students",
            lines=tuple(bar(one, total, len(str(made[0].students))) for one in made),
        )
    graded = [student.points for student in answer.students]
    mean = sum(graded) / len(graded)
    yield Section(answer=(f"{count(len(graded), 'student')}, {points(mean)} points on average",))


def bar(mistake: Mistake, total: int, wide: int) -> str:
    """A line of the histogram: how many students, as a number and as a bar, and what they did."""
    share = "#" * max(1, round(BAR * mistake.students / total))
    return f"{mistake.students:>{wide}} of {total}  {share:<{BAR}}  {mistake.exercise}   {words(mistake)}"


def words(mistake: Mistake) -> str:
    """A mistake by its name and its edge."""
    where = f" at {mistake.edge}" if mistake.edge else ""
    return f"{mistake.code.replace('-', ' ')}{where}"


def students(answer: ClassAnswer, look: Look) -> Section:
    """A row per student."""
    names = list(answer.key.exercises)
    if look.layout == "lines":
        return Section(
            lines=tuple(
                f"{student.id}: {points(student.points)} of {points(student.of)}"
                f" ({', '.join(f'{one.name} {points(one.points)}' for one in student.exercises)})"
                for student in answer.students
            )
        )
    columns = (Column("student"), *(Column(name, point=True) for name in names), Column("points", point=True))
    rows: tuple[Row, ...] = tuple(
        (
            Cell(student.id),
            *(
                Cell("!" if one.problem and not one.entries else points(one.points))
                for one in student.exercises
            ),
            Cell(points(student.points), "bold"),
        )
        for student in answer.students
    )
    return Section(table=Table(columns, rows, blocks=True))
