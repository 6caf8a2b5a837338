"""A class: all students of a folder, graded over the cores, and what went wrong how often."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from adcli.answers.answer import SCHEMA
from adcli.checking.answer import ALL, edge_of, entry_json
from adcli.grading.folders import Submission, submissions_in
from adcli.grading.key import Key, key_in
from adcli.grading.marks import Graded, graded

FEW = 32  # submissions that one process grades sooner than others are started
CHUNK = 8


class Mistake(NamedTuple):
    """A mistake that students of a class made: where, how many, and its sentence for one of them."""

    exercise: str
    code: str
    edge: str | None
    students: int
    message: str


@dataclass(frozen=True)
class ClassAnswer:
    """`check --key`: every student in the order of their ids."""

    command: ClassVar[str] = "check"
    key: Key
    students: tuple[Graded, ...]

    @property
    def unread(self) -> int:
        """Of how many students something could not be read."""
        return sum(bool(student.problem) for student in self.students)

    def below(self, percent: float) -> bool:
        """Whether a student has less than so many percent of the points."""
        return any(100 * student.points < percent * student.of for student in self.students)

    def mistakes(self) -> list[Mistake]:
        """The mistakes by how many students made them, each once per student."""
        counts: Counter[tuple[str, str, str | None]] = Counter()
        said: dict[tuple[str, str, str | None], str] = {}
        for student in self.students:
            seen: set[tuple[str, str, str | None]] = set()
            for exercise in student.exercises:
                for entry in exercise.entries:
                    if entry.verdict == "wrong" and entry.mistakes:
                        first = entry.mistakes[0]
                        key = exercise.name, first.code, edge_of(first)
                        seen.add(key)
                        said.setdefault(key, first.message)
            counts.update(seen)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
        return [Mistake(*key, count, said[key]) for key, count in ordered]

    def json(self) -> dict[str, Any]:
        """The whole answer, ready for JSON."""
        return {
            "schema": SCHEMA,
            "command": self.command,
            "title": self.key.title,
            "exercises": [{"name": one.name, "points": one.points} for one in self.key.exercises.values()],
            "students": [student_json(student) for student in self.students],
            "mistakes": [mistake._asdict() for mistake in self.mistakes()],
            "notes": [],
        }


def student_json(student: Graded) -> dict[str, Any]:
    """A student's row."""
    return {
        "id": student.id,
        "points": student.points,
        "of": student.of,
        "problem": student.problem or None,
        "exercises": [
            {
                "name": one.name,
                "points": one.points,
                "of": one.of,
                "problem": one.problem or None,
                "entries": [entry_json(entry, ALL) for entry in one.entries],
            }
            for one in student.exercises
        ],
    }


def grade(text: str, name: str, folder: str, *, workers: int | None = None) -> ClassAnswer:
    """The class of a folder by the key in `text`, read from the file `name`."""
    key = key_in(text, name)
    found = submissions_in(folder)
    cores = workers or (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    told = progress(len(found))
    students: list[Graded] = []
    rows = (
        (graded(key, one) for one in found)
        if cores < 2 or len(found) <= FEW
        else in_parallel(text, name, found, cores)
    )
    for student in rows:
        students.append(student)
        told(len(students))
    return ClassAnswer(key, tuple(students))


KEYS: dict[str, Key] = {}


def prepare(text: str, name: str) -> None:
    """Read the key in a process that grades, and end with the one that asked for it, however that ends."""
    from threading import Thread

    Thread(target=end_with_parent, daemon=True).start()
    KEYS["key"] = key_in(text, name)


def end_with_parent() -> None:
    """Wait for the end of the process that started this one: killed, it cannot say good-bye."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def graded_here(submission: Submission) -> Graded:
    """A student, by the key of this process."""
    return graded(KEYS["key"], submission)


def in_parallel(text: str, name: str, found: Sequence[Submission], cores: int) -> Iterator[Graded]:
    """The students in their order, graded by several processes."""
    from concurrent.futures import ProcessPoolExecutor  # a small class needs none
    from multiprocessing import get_context

    context = get_context("spawn")  # a caller with threads, such as a notebook, must not be forked
    with ProcessPoolExecutor(cores, context, initializer=prepare, initargs=(text, name)) as pool:
        yield from pool.map(graded_here, found, chunksize=CHUNK)


def progress(total: int) -> Callable[[int], None]:
    """Says how far the run is, on a terminal's standard error, once a second."""
    started = last = time.monotonic()
    shown = sys.stderr is not None and sys.stderr.isatty()

    def tell(done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if shown and (now - last >= 1 or (done == total and last > started)):
            sys.stderr.write(f"\rgraded {done} of {total}{chr(10) if done == total else ''}")
            sys.stderr.flush()
            last = now

    return tell
