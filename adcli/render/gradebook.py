"""A class for learning platforms: Gradescope's results, and the CSV that Canvas and nbgrader read."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from adcli.errors import UsageError
from adcli.grading.classes import ClassAnswer
from adcli.grading.marks import Graded, Marked
from adcli.render.csv import guarded
from adcli.render.display import visible

NBGRADER = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)  # fmt: skip
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
POSSIBLE = "Points Possible"  # of the row that Canvas takes for no student


def gradescope(answer: ClassAnswer) -> str:
    """results.json of the one student; UsageError for several."""
    if len(answer.students) != 1:
        raise UsageError(
            f"results.json is of one student, and there are {len(answer.students)}",
            hint="give one submission, or take --format csv, canvas or nbgrader",
        )
    return json.dumps(results(answer.students[0]), ensure_ascii=False, indent=1) + "\n"


def results(student: Graded) -> dict[str, Any]:
    """A student's results as Gradescope reads them: a test per exercise."""
    return {
        "score": student.points,
        "output_format": "text",
        "tests": [
            {
                "name": one.name,
                "score": one.points,
                "max_score": one.of,
                "status": "passed" if one.points >= one.of else "failed",
                "output_format": "text",
                "output": told(one),
            }
            for one in student.exercises
        ],
    }


def told(one: Marked) -> str:
    """The verdicts of an exercise in words; the right numbers are not given away."""
    lines = [f"{entry.target.label}: {entry.verdict}" for entry in one.entries]
    return visible("\n".join([*lines, *([one.problem] if one.problem else [])])).replace("\\x0a", "\n")


def canvas(answer: ClassAnswer) -> str:
    """A gradebook with a column for the sheet, as Canvas imports it.

    An ID of Canvas is a number, and of "12b" Canvas would read student 12: other ids are logins.
    """
    title = answer.key.title or "sheet"
    rows: list[tuple[Any, ...]] = [(POSSIBLE, "", "", "", "", answer.key.points)]
    for student in answer.students:
        number = student.id.isascii() and student.id.isdigit()
        known = (student.id, "", "") if number else ("", "", student.id)
        rows.append((student.id, *known, "", student.points))
    return table((*CANVAS, title), rows)


def nbgrader(answer: ClassAnswer) -> str:
    """The scores as nbgrader exports them."""
    title = answer.key.title or "sheet"
    rows = [
        (title, "", "", student.id, "", "", "", student.points, 0, student.points, student.of)
        for student in answer.students
    ]
    return table(NBGRADER, rows)


def students(answer: ClassAnswer) -> str:
    """A line per student: the points of every exercise, all points, and what could not be read."""
    names = list(answer.key.exercises)
    rows = [
        (student.id, *(one.points for one in student.exercises), student.points, student.of, student.problem)
        for student in answer.students
    ]
    return table(("student", *names, "points", "of", "problem"), rows)


def table(titles: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """CSV whose texts no spreadsheet obeys."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in [titles, *rows]:
        writer.writerow([guarded(visible(cell)) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


GRADEBOOKS = {"gradescope": gradescope, "canvas": canvas, "nbgrader": nbgrader, "csv": students}
