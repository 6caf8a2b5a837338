"""A folder of submissions beside the bare judgements of the same answers: what reading and marking add."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from measure import Row, row, seconds

from adcli.checking.questions import judged, read
from adcli.grading.classes import grade
from adcli.grading.key import Key, key_in

MEMORY = 1.25  # of a class five times as large
KEY = """
[[exercise]]
name = "1"
function = "x^2*y + 2*y"
at = "x=1.5, y=2"
[[exercise]]
name = "2"
function = "x*sin(x)"
at = "x=2"
[[exercise]]
name = "3"
function = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
at = "x1=1.5, x2=0.5"
ask = ["v4_bar", "x1", "x2"]
[[exercise]]
name = "4"
function = "x*y, x-y"
at = "x=2, y=3"
[[exercise]]
name = "5"
function = "ln(x*y)"
"""


def answers(student: int) -> list[str]:
    """What a student hands in; no two students the same, every third with mistakes."""
    off = student % 3 == 0
    return [
        f"x={3 if off else 6}, y=4.25{'0' * (student % 40)}",
        f"x={'-' if off else ''}0.077{student:05}",
        f"v4_bar={1.351 if off else 2.844}, x1=3.012, x2=-13.72{student:05}",
        f"[[3, {1 if off else 2}], [{2 if off else 1}, -1.{'0' * (student % 50)}0]]",
        f"x={'1/(x*y)' if off else '1/x'} + 0*{student}, y=1/y",
    ]


def folder(where: Path, students: int) -> Path:
    """A folder with a file per student."""
    made = where / f"class{students}"
    made.mkdir()
    for student in range(students):
        text = "\n".join(f"{place}: {one}" for place, one in enumerate(answers(student), start=1))
        (made / f"s{student:05}.txt").write_text(text + "\n", encoding="utf-8")
    return made


def bare(key: Key, students: int) -> None:
    """The sweeps and judgements alone."""
    exercises = list(key.exercises.values())
    for student in range(students):
        for exercise, text in zip(exercises, answers(student), strict=True):
            judged(exercise.posed, read(exercise.posed, [text], []))


def peak(made: Path) -> float:
    """The most memory of a process that grades a folder, in megabytes."""
    program = (
        "import resource, sys\n"
        "from adcli.grading.classes import grade\n"
        "grade(sys.argv[1], 'key.toml', sys.argv[2], workers=1)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    ran = subprocess.run(  # noqa: S603  # ours
        [sys.executable, "-c", program, KEY, str(made)], capture_output=True, check=True, text=True
    )
    return int(ran.stdout) / 1024


def rows(students: int, rounds: int) -> Iterator[Row]:
    """Time beside the bare judgements, and memory beside that of a class a fifth as large."""
    with tempfile.TemporaryDirectory() as name:
        large, small = folder(Path(name), students), folder(Path(name), students // 5)
        pairs = []
        for _ in range(rounds):
            key = key_in(KEY, "key.toml")
            theirs = seconds(lambda key=key: bare(key, students), None, 1)  # type: ignore[misc]
            ours = seconds(lambda: grade(KEY, "key.toml", str(large), workers=1), None, 1)
            pairs.append((ours, theirs))
        yield row(f"a class of {students}, 5 exercises each", "s", "bare judgements", pairs, 1.5)
        if sys.platform == "linux":
            sizes = [(peak(large), peak(small))]
            yield row(f"memory of a class of {students}", "MB", f"{students // 5} students", sizes, MEMORY)
