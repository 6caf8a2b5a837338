"""A folder of submissions as learning platforms export them: which files are whose.

A student is a file or a folder. Moodle writes "Jane Doe_12345_assignsubmission_file_", Canvas
"doejane_12345_67890_sheet.txt", Gradescope "submission_12345". Of a file that was handed in to Canvas
again, as "doejane_12345_67899_sheet-1.txt", the last one counts. Nothing outside of the folder is read, and
of what is no plain file only the name.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from adcli.errors import FileProblem, UsageError

MOST_FILES = 200  # of one student
MOST_STUDENTS = 100_000
DEEPEST = 2  # folders below a student's own
READ = frozenset({".txt", ".md", ".csv", ".json", ".yaml", ".yml", ".toml", ".html", ".htm"})
ARCHIVES = frozenset({".zip", ".tar", ".gz", ".7z", ".rar"})
OURS = frozenset({"submission_metadata.yml", "__MACOSX"})  # what platforms and systems add
MOODLE = re.compile(r"^(?P<name>.+)_(?P<id>\d+)_assignsubmission_.*$", re.DOTALL)
CANVAS = re.compile(r"^(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_(?P<number>\d+)_(?P<file>.*)$", re.DOTALL)
AGAIN = re.compile(r"-\d+(?=\.\w+$)")  # what Canvas adds to the name of a file that is there already
DOCUMENTS = "pdf doc docx odt rtf tex png jpg jpeg heic gif svg xls xlsx ods pages py ipynb"
GRADESCOPE = re.compile(r"^submission_(?P<id>\d+)$")
ENDINGS = READ | ARCHIVES | {f".{ending}" for ending in DOCUMENTS.split()}


class Submission(NamedTuple):
    """A student's files in the order of their names, and why others are not read. `id` is what is shown."""

    id: str
    files: tuple[str, ...]
    problems: tuple[str, ...] = ()


@dataclass
class Pile:
    """What was found of a student so far."""

    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # what is read of nobody, beside what is


def submissions_in(folder: str) -> list[Submission]:
    """The students of a folder by id; FileProblem where there is none."""
    root = Path(folder)
    try:
        if root.is_file():
            return [Submission(student_of(root.name), (str(root),))]
        entries = listed(root)
    except OSError as error:
        raise FileProblem(f"cannot read {folder}: {error.strerror or error}") from error
    found: dict[str, Pile] = {}
    for entry in entries[: MOST_STUDENTS + 1]:
        pile = found.setdefault(student_of(entry.name, folder=is_folder(entry)), Pile())
        for file, problem in files_of(entry, root, DEEPEST + 1):
            if problem:
                pile.problems.append(problem)
            elif reason := unread(file):
                pile.others.append(reason)
            elif len(pile.files) < MOST_FILES:
                pile.files.append(str(file))
    if not found:
        raise FileProblem(f"{folder} has no submissions")
    if len(found) > MOST_STUDENTS:
        raise UsageError(f"{folder} has more than {MOST_STUDENTS} submissions")
    return [
        Submission(
            name,
            tuple(last_attempts(pile.files)),
            tuple(pile.problems or (() if pile.files else pile.others)),
        )
        for name, pile in sorted(found.items())
    ]


def last_attempts(files: list[str]) -> list[str]:
    """The files of a student without those that Canvas has a later one of, by the numbers that it counts up.

    >>> last_attempts(["doe_1_7_a.txt", "doe_1_9_a-1.txt", "doe_1_8_b-1.txt", "doe_1_8_b-2.txt"])
    ['doe_1_9_a-1.txt', 'doe_1_8_b-1.txt', 'doe_1_8_b-2.txt']
    """
    found = {file: CANVAS.match(Path(file).name) for file in files}
    names = {match["file"] for match in found.values() if match is not None}
    last: dict[str, tuple[int, str]] = {}
    kept = []
    for file, match in found.items():
        if match is None:
            kept.append(file)
            continue
        first = AGAIN.sub("", match["file"])
        name = first if first in names else match["file"]
        last[name] = max(last.get(name, (-1, "")), (int(match["number"]), file))
    return sorted([*kept, *(file for _, file in last.values())], key=files.index)


def listed(folder: Path) -> list[Path]:
    """What is in a folder, by name, without what is hidden or is not a student's."""
    return sorted(entry for entry in folder.iterdir() if entry.name[0] != "." and entry.name not in OURS)


def files_of(entry: Path, root: Path, depth: int) -> Iterator[tuple[Path, str]]:
    """The files that a file or folder is or holds; with the reason for those that cannot be read."""
    try:
        if entry.is_symlink() and not entry.resolve().is_relative_to(root.resolve()):
            yield entry, f"{entry.name} is a link out of the folder"
            return
        mode = entry.stat().st_mode
        if stat.S_ISDIR(mode):
            if depth > 0 and not entry.is_symlink():
                for inner in listed(entry)[:MOST_FILES]:
                    yield from files_of(inner, root, depth - 1)
        elif not stat.S_ISREG(mode):
            yield entry, f"{entry.name} is no plain file"
        else:
            yield entry, ""
    except (OSError, RuntimeError) as error:  # no permission, or links that go round in circles
        reason = getattr(error, "strerror", None) or "its links lead nowhere"
        yield entry, f"cannot read {entry.name}: {reason}"


def is_folder(entry: Path) -> bool:
    """Whether something is a folder; what cannot be told is none."""
    try:
        return entry.is_dir()
    except (OSError, RuntimeError):
        return False


def unread(file: Path) -> str:
    """Why a file of its ending is not read; "" for one that is."""
    suffix = file.suffix.lower()
    if suffix in READ:
        return ""
    way = "unpack it" if suffix in ARCHIVES else f"files that are read end in {', '.join(sorted(READ))}"
    return f"{file.name} is not read: {way}"


def student_of(name: str, *, folder: bool = False) -> str:
    """The student of a file or folder by its name.

    >>> student_of("Jane Doe_12345_assignsubmission_file_"), student_of("doejane_123_456_a.pdf")
    ('12345', '123')
    >>> student_of("submission_77"), student_of("jane.txt"), student_of("Jane D. Doe", folder=True)
    ('77', 'jane', 'Jane D. Doe')
    """
    path = Path(name)
    stem = path.stem if not folder and path.suffix.lower() in ENDINGS else name
    for pattern in (MOODLE, CANVAS, GRADESCOPE):
        if (found := pattern.match(name) or pattern.match(stem)) is not None:
            return found["id"]
    return stem
