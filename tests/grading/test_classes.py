from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

import adcli as package
from adcli.cli import main
from adcli.errors import AdcliError
from adcli.grading.classes import ClassAnswer, grade
from adcli.grading.folders import student_of
from adcli.grading.key import key_in

VALIDATOR = jsonschema_rs.validator_for(
    json.loads((Path(package.__file__).parent / "schema" / "adcli-1.json").read_text(encoding="utf-8"))
)
KEY = """
title = "Sheet 3"
[[exercise]]
name = "1a"
function = "x^2*y + 2*y"
at = "x=1.5, y=2"
points = 4

[[exercise]]
name = "1b"
function = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
at = { x1 = 1.5, x2 = 0.5 }
ask = { v4_bar = 1, x1 = 1, x2 = 2 }
points = 8

[[exercise]]
name = "2"
function = "x*sin(x)"
"""
RIGHT = "1a: x=6, y=4.25\n1b: v4_bar=2.8437, x1=3.0118, x2=-13.724\n2: sin(x) + x*cos(x)\n"


@pytest.fixture
def graded(tmp_path: Path) -> Callable[..., ClassAnswer]:
    """A function that grades files, given as names and contents."""

    def run(files: dict[str, str | bytes], key: str = KEY, workers: int = 1) -> ClassAnswer:
        for name, content in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return grade(key, "key.toml", str(tmp_path / "in"), workers=workers)

    return run


def points(answer: ClassAnswer) -> dict[str, float]:
    return {student.id: student.points for student in answer.students}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jane.txt", RIGHT),
        ("jane.md", "# 1a\nx=6\ny=4.25\n\n## 1b\nv4_bar=2.8437; x1=3.0118; x2=-13.724\n\n## Exercise 2\nx = x*cos(x)+sin(x)\n"),
        ("jane.md", "# 1a\n6, 4.25\n## 1b\n| step | adjoint |\n|---|---|\n| v4 | 2.8437 |\n| x1 | 3.0118 |\n| x2 | -13.724 |\n# 2\nsin(x)+x*cos(x)\n"),
        ("jane.json", '{"1a": [6, 4.25], "1b": {"v4_bar": 2.8437, "x1": 3.0118, "x2": -13.724}, "2": "sin(x)+x*cos(x)"}'),
        ("jane.yaml", '"1a": x=6, y=4.25\n"1b": {v4_bar: 2.8437, x1: 3.0118, x2: -13.724}\n"2": sin(x)+x*cos(x)\n'),
        ("jane.csv", 'exercise,answer\n1a,"x=6,y=4.25"\n1b,"v4_bar=2.8437,x1=3.0118,x2=-13.724"\n2,sin(x)+x*cos(x)\n'),
    ],
)  # fmt: skip
def test_forms_of_submissions(graded: Callable[..., ClassAnswer], name: str, text: str) -> None:
    found = graded({name: text})
    assert points(found) == {"jane": 13.0}, [student.problem for student in found.students]
    assert not found.unread


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jane.txt", "x=6, y=4.25\n"), ("jane.txt", "1a: x=6, y=4.25\n"), ("jane.md", "# 1a\nx=6\ny=4.25\n"),
        ("jane.json", '{"1a": [6, 4.25]}'), ("jane.json", '{"x": 6, "y": 4.25}'),
        ("jane.csv", 'exercise,answer\n1a,"x=6,y=4.25"\n'), ("jane/1a.txt", "1a) x=6, y=4.25\n"),
    ],
)  # fmt: skip
def test_the_name_of_the_only_exercise_may_stand_before_its_answer(
    graded: Callable[..., ClassAnswer], name: str, text: str
) -> None:
    key = '[[exercise]]\nname = "1a"\nfunction = "x^2*y + 2*y"\nat = "x=1.5, y=2"\nask = ["x", "y"]\npoints = 4\n'
    found = graded({name: text}, key=key)
    assert points(found) == {"jane": 4.0}, [student.problem for student in found.students]


def test_a_file_of_another_kind_is_a_student_who_could_not_be_read(
    graded: Callable[..., ClassAnswer],
) -> None:
    found = graded({"a.txt": RIGHT, "b.docx": b"PK", "c.txt": RIGHT, "c.pdf": b"%PDF"})
    assert points(found) == {"a": 13.0, "b": 0.0, "c": 13.0}
    assert [student.id for student in found.students if student.problem] == ["b"]
    assert found.unread == 1


def test_a_folder_per_student_with_a_file_per_exercise(graded: Callable[..., ClassAnswer]) -> None:
    files = {
        "jane/1a.txt": "x=6, y=4.25",
        "jane/1b.csv": "step,adjoint\nv4,2.8437\nx1,3.0118\nx2,-13.724\n",
        "jane/hw_2.txt": "sin(x)+x*cos(x)",
    }
    assert points(graded(files)) == {"jane": 13.0}


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Jane Doe_12345_assignsubmission_file_", "12345"), ("Jane Doe_12345_assignsubmission_file_a.txt", "12345"),
        ("doejane_123_456_sheet.txt", "123"), ("doejane_LATE_123_456_sheet.txt", "123"), ("submission_77", "77"),
        ("jane.txt", "jane"), ("jane.doe", "jane.doe"),
    ],
)  # fmt: skip
def test_students_of_platforms(name: str, student: str) -> None:
    assert student_of(name) == student


def test_points_are_given_by_entry_and_follow_through(graded: Callable[..., ClassAnswer]) -> None:
    found = graded({
        "a.txt": RIGHT.replace("4.25", "2.25"),
        "b.txt": RIGHT.replace("x2=-13.724", "x2=4.3471"),
        "c.txt": "1a: x=6\n",
        "d.txt": "",
        "e.txt": RIGHT.replace("x=6, y=4.25", "v2_bar=1, v1_bar=1, x=3, y=4.25"),
    })  # fmt: skip
    assert points(found) == {"a": 11.0, "b": 9.0, "c": 2.0, "d": 0.0, "e": 13.0}
    half = graded({}, KEY.replace("points = 4", "points = 4\ncarried = 0.5\npenalty = 0.5"))
    assert points(half) == {"a": 10.5, "b": 9.0, "c": 2.0, "d": 0.0, "e": 11.5}


def test_an_entry_that_is_given_twice_is_as_good_as_the_worse(graded: Callable[..., ClassAnswer]) -> None:
    found = graded({"jane/a_1a.txt": "x=6,y=4.25", "jane/b_1a.txt": "x=7,y=4.25"})
    assert points(found) == {"jane": 2.0}


def test_of_a_file_that_canvas_has_twice_the_last_counts(graded: Callable[..., ClassAnswer]) -> None:
    wrong = RIGHT.replace("x=6", "x=7")
    found = graded({
        "better_1_80_sheet.txt": wrong, "better_1_200_sheet-1.txt": RIGHT,
        "worse_LATE_2_81_sheet.txt": RIGHT, "worse_LATE_2_201_sheet-1.txt": wrong,
        "same_3_90_sheet.txt": wrong, "same_3_100_sheet.txt": RIGHT,
        "parts_4_5_hw-1.txt": "1a: x=6, y=4.25", "parts_4_6_hw-2.txt": "2: sin(x) + x*cos(x)",
        "both_5_7_1a.txt": "x=6, y=4.25", "both_5_8_2.txt": "sin(x) + x*cos(x)",
    })  # fmt: skip
    assert points(found) == {"1": 13.0, "2": 11.0, "3": 13.0, "4": 5.0, "5": 5.0}


def test_a_step_that_is_the_output_is_asked_for_by_its_name(graded: Callable[..., ClassAnswer]) -> None:
    loop = "s = x; for k in 1..2 { s = s*y }"
    key = f'[[exercise]]\nname = "1"\nfunction = "{loop}"\nat = "x=2, y=5"\nask = ["s"]\n'
    table = "| step | formula | value |\n|---|---|---|\n| x | | 2 |\n| y | | 5 |\n| s.2 | x·y | 10 |\n| s | s.2·y | {} |\n"
    given = {"anna.md": table.format(50), "ben.md": table.format(70), "cy.txt": "s = 50\n"}
    assert points(graded(given, key)) == {"anna": 1.0, "ben": 0.0, "cy": 1.0}


def test_what_the_class_got_wrong_is_counted_by_edge(graded: Callable[..., ClassAnswer]) -> None:
    wrong = RIGHT.replace("x2=-13.724", "x2=4.3471")
    found = graded({f"s{i}.txt": wrong if i < 3 else RIGHT for i in range(5)})
    (mistake,) = found.mistakes()
    assert (mistake.exercise, mistake.code, mistake.edge, mistake.students) == (
        "1b", "quotient-without-minus", "x2 -> v1", 3,
    )  # fmt: skip


HOSTILE: dict[str, str | bytes] = {
    "bad.txt": b"\xff\x00\x01",
    "deep.json": "[" * 200_000,
    "evil.txt": "1a: __import__('os').system('true')\n1b: \x1b[31m\n2: x=" + "(" * 9000,
    "huge.txt": b"0" * 1_500_000,
    "odd.yaml": "a: &a [*a]\n",
    "power.txt": "1a: x=9^9^9^9, y=1/0\n2: x=9^9^9^x^x",
    "sheet.csv": '=cmd|" /C calc"!A0,1\n',
    "zero.txt": b"\x00" * 1000,
}


def test_no_file_stops_the_run(graded: Callable[..., ClassAnswer]) -> None:
    found = graded({**HOSTILE, "jane.txt": RIGHT})
    assert points(found) == {**{Path(name).stem: 0.0 for name in sorted(HOSTILE)}, "jane": 13.0}
    problems = {student.id: student.problem for student in found.students}
    for name in ("bad", "deep", "evil", "huge", "odd"):
        assert problems[name]
    assert problems["jane"] == ""
    assert not any("internal" in problem for problem in problems.values())
    VALIDATOR.validate(json.loads(json.dumps(found.json(), allow_nan=False)))


def test_links_out_of_the_folder_are_not_followed(graded: Callable[..., ClassAnswer], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(RIGHT, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "jane.txt").symlink_to(tmp_path / "secret.txt")
    assert points(graded({"bob.txt": RIGHT})) == {"bob": 13.0, "jane": 0.0}


def test_several_processes_give_the_same_rows_in_the_same_order(graded: Callable[..., ClassAnswer]) -> None:
    files = {f"s{i:02}.txt": RIGHT if i % 3 else RIGHT.replace("6", "7") for i in range(40)}
    one = graded(files)
    assert [student.id for student in one.students] == sorted(points(one))
    assert graded({}, workers=2).json() == one.json()


@pytest.mark.parametrize(
    "key",
    [
        "", "title = 3\n", "[[exercise]]\nname='a'\n", "[[exercise]]\nfunction='x^'\n", "[[exercise]]\nfunction='x'\nask=['q']\n",
        "[[exercise]]\nfunction='x'\npoints=-1\n", "[[exercise]]\nfunction='x'\nfoo=1\n", "foo = 1\n[[exercise]]\nfunction='x'\n",
        "[[exercise]]\nname='a'\nfunction='x'\n[[exercise]]\nname='a'\nfunction='x'\n", "exercise = 3\n", "[[[\n",
        "[[exercise]]\nfunction='x'\nat='x='\n",
    ],
)  # fmt: skip
def test_a_key_that_is_none_says_why(key: str) -> None:
    with pytest.raises(AdcliError):
        key_in(key, "key.toml")


def command(tmp_path: Path, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    (tmp_path / "key.toml").write_text(KEY, encoding="utf-8")
    status = main(["check", "--key", str(tmp_path / "key.toml"), str(tmp_path / "in"), *args])
    return int(status), capsys.readouterr().out


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "csv", "json", "canvas", "nbgrader"])
def test_every_form_of_a_class(
    graded: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    graded({"a.txt": RIGHT, "=b.txt": RIGHT.replace("6", "7")})
    status, out = command(tmp_path, capsys, "--format", form)
    assert status == 0
    assert "13" in out
    if form in ("csv", "canvas", "nbgrader"):
        rows = list(csv.DictReader(io.StringIO(out)))
        assert len(rows) == 2 + (form == "canvas")
        assert all(value[:1] != "=" for row in rows for value in row.values())
    if form == "json":
        VALIDATOR.validate(json.loads(out))


def rows_of(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> list[list[str]]:
    status, out = command(tmp_path, capsys, "--format", form)
    assert status == 0
    return list(csv.reader(io.StringIO(out)))


def test_canvas_finds_every_student_and_the_points(
    graded: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its import takes columns by place, an ID by the digits that it begins with, and one row for the points."""
    graded({"doejane_4711_9_a.txt": RIGHT, "12b.txt": RIGHT, "٣.txt": RIGHT})
    titles, possible, *students = rows_of(tmp_path, capsys, "canvas")
    assert titles == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Sheet 3"]
    assert possible == ["Points Possible", "", "", "", "", "13.0"]
    assert students == [
        ["12b", "", "", "12b", "", "13.0"],
        ["4711", "4711", "", "", "", "13.0"],
        ["٣", "", "", "٣", "", "13.0"],
    ]


def test_the_columns_are_those_that_nbgrader_exports(
    graded: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graded({"jane.txt": RIGHT.replace("x=6", "x=7")})
    titles, row = rows_of(tmp_path, capsys, "nbgrader")
    told = dict(zip(titles, row, strict=True))
    assert " ".join(titles) == (
        "assignment duedate timestamp student_id last_name first_name email"
        " raw_score late_submission_penalty score max_score"
    )
    assert {name: text for name, text in told.items() if text} == {
        "assignment": "Sheet 3", "student_id": "jane", "raw_score": "11.0", "late_submission_penalty": "0",
        "score": "11.0", "max_score": "13.0",
    }  # fmt: skip


# What its documentation says of results.json; other names are not read.
FORMATS = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
SEEN = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
TEST = {
    "score": {"type": "number"}, "max_score": {"type": "number"}, "status": {"enum": ["passed", "failed"]},
    "name": {"type": "string"}, "name_format": FORMATS, "number": {"type": "string"},
    "output": {"type": "string"}, "output_format": FORMATS, "visibility": SEEN,
    "tags": {"type": "array", "items": {"type": "string"}}, "extra_data": {"type": "object"},
}  # fmt: skip
GRADESCOPE = {
    "type": "object", "additionalProperties": False, "required": ["score", "tests"],
    "properties": {
        "score": {"type": "number"}, "execution_time": {"type": "number"}, "output": {"type": "string"},
        "output_format": FORMATS, "test_output_format": FORMATS, "test_name_format": FORMATS,
        "visibility": SEEN, "stdout_visibility": SEEN, "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {"type": "object", "additionalProperties": False, "properties": TEST},
        },
        "leaderboard": {"type": "array"},
    },
}  # fmt: skip


def test_gradescope_takes_one_student(
    graded: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graded({"a.txt": RIGHT.replace("6", "7")})
    status, out = command(tmp_path, capsys, "--format", "gradescope")
    found = json.loads(out)
    assert status == 0
    jsonschema_rs.validator_for(GRADESCOPE).validate(found)
    assert found["score"] == sum(test["score"] for test in found["tests"])
    assert [test["name"] for test in found["tests"]] == ["1a", "1b", "2"]
    graded({"b.txt": RIGHT})
    assert command(tmp_path, capsys, "--format", "gradescope")[0] == 2


def test_what_cannot_be_read_is_exit_4(
    graded: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graded({"a.txt": RIGHT, "bad.txt": b"\xff\x00"})
    assert command(tmp_path, capsys)[0] == 4


def test_what_is_no_plain_file_is_a_row_with_a_reason(
    graded: Callable[..., ClassAnswer], tmp_path: Path
) -> None:
    made = tmp_path / "in"
    made.mkdir()
    (made / "loop.txt").symlink_to("loop.txt")
    (made / "folder.csv").mkdir()
    (made / "self").mkdir()
    (made / "self" / "again").symlink_to(made)
    os.mkfifo(made / "pipe.txt")
    (made / "work.zip").write_bytes(b"PK")
    (made / "submission_metadata.yml").write_text("submission_7:\n", encoding="utf-8")
    found = graded({"jane.txt": RIGHT, "empty.txt": b""})
    said = {student.id: student.problem for student in found.students}
    assert sorted(said) == ["empty", "folder.csv", "jane", "loop", "pipe", "self", "work"]
    assert [said[name] for name in ("jane", "empty")] == ["", ""]
    assert "links" in said["loop"]
    assert "no plain file" in said["pipe"]
    assert "unpack" in said["work"]
    assert points(found)["jane"] == found.key.points


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("windows.txt", RIGHT.encode("utf-16")),
        ("bom.txt", RIGHT.encode("utf-8-sig")),
        ("lines.txt", RIGHT.replace("\n", "\r\n").encode()),
        (
            "Zoë O'Neil_777_assignsubmission_onlinetext_.html",
            f"<p>{RIGHT}</p>".replace("\n", "<br>").encode(),
        ),
        ("page.html", f"<title>1a: x=0</title><div>{RIGHT}</div>".replace("\n", "</div><div>").encode()),
    ],
)
def test_texts_as_editors_and_platforms_write_them(
    graded: Callable[..., ClassAnswer], name: str, data: bytes
) -> None:
    (student,) = graded({name: data}).students
    assert (student.points, student.problem) == (13.0, "")


def test_names_of_people_stay_apart(graded: Callable[..., ClassAnswer], tmp_path: Path) -> None:
    for name in ("Jane D. Doe", "Jane D. Smith", "名前 学生"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "sheet.txt").write_text(RIGHT, encoding="utf-8")
    assert points(graded({})) == {"Jane D. Doe": 13.0, "Jane D. Smith": 13.0, "名前 学生": 13.0}


@pytest.mark.parametrize(
    "sign", [" ", "-", "(", "[", "|", "1,", "x ", "½", "\\frac", "=", "1\t", "d/d", "and "]
)
def test_a_long_text_of_one_sign_is_read_in_time(graded: Callable[..., ClassAnswer], sign: str) -> None:
    many = sign * 8_000
    found = graded({"a.txt": f"1a: [{many}]\n1b: x={many}=1", "b.txt": f"1a: {many}x", "c.md": many})
    assert not any(
        "internal" in student.problem or "seconds" in student.problem for student in found.students
    )
