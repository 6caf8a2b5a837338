"""A student's exercises, judged and given points; whatever a file holds, it ends in a row."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from adcli.checking.answer import Checked
from adcli.checking.entries import EMPTY, Entry
from adcli.checking.questions import judged, read
from adcli.errors import AdcliError
from adcli.grading.folders import Submission
from adcli.grading.key import Exercise, Key, identity
from adcli.grading.submissions import Given, given_in

if TYPE_CHECKING:
    from types import FrameType

SHORT = 2_000  # characters of answers that are remembered
MOST_KNOWN = 2_000  # different answers to one exercise
MOST_SECONDS = 20  # for one exercise of one student


class Marked(NamedTuple):
    """An exercise of a student: its points, its entries, and why some of it could not be read."""

    name: str
    points: float
    of: float
    entries: tuple[Checked, ...]
    problem: str = ""


class Graded(NamedTuple):
    """A student with all exercises."""

    id: str
    exercises: tuple[Marked, ...]

    @property
    def points(self) -> float:
        """All points."""
        return round(sum(exercise.points for exercise in self.exercises), 2)

    @property
    def of(self) -> float:
        """What could be reached."""
        return sum(exercise.of for exercise in self.exercises)

    @property
    def problem(self) -> str:
        """Why some of it could not be read."""
        said = [one.problem for one in self.exercises]
        if said and said[0] and set(said) == {said[0]}:
            return said[0]
        return "; ".join(f"{one.name}: {one.problem}" for one in self.exercises if one.problem)


class TooSlow(Exception):
    """An exercise took longer than it may."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise TooSlow after so many seconds, where the system has alarms and this thread may set them."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def graded(key: Key, submission: Submission) -> Graded:
    """A student's exercises in the order of the key."""
    given = given_in(submission, list(key.exercises))
    return Graded(submission.id, tuple(again(one, given[name]) for name, one in key.exercises.items()))


def again(exercise: Exercise, given: Given) -> Marked:
    """The points of one exercise; the answers that many students give are judged once."""
    what = (tuple(given.answers), tuple(given.tables), tuple(given.problems))
    if sum(map(len, given.answers)) + sum(len(text) for _, text in given.tables) > SHORT:
        return marked(exercise, given)
    if what not in exercise.known and len(exercise.known) < MOST_KNOWN:
        exercise.known[what] = marked(exercise, given)
    return exercise.known.get(what) or marked(exercise, given)


def marked(exercise: Exercise, given: Given) -> Marked:
    """The points of one exercise; a fault of ours is a row too, and never ends the run."""
    try:
        with limited():
            return judged_points(exercise, given)
    except TooSlow:
        problem = f"took longer than {MOST_SECONDS} seconds"
    except AdcliError as error:
        problem = error.message
    except Exception as error:  # noqa: BLE001  # one file never stops the others
        problem = f"internal fault: {type(error).__name__}"
    return Marked(exercise.name, 0.0, exercise.points, (), problem)


def judged_points(exercise: Exercise, given: Given) -> Marked:
    """The points of one exercise, by its entries."""
    problems = list(given.problems)
    entries: list[Entry] = []
    sources: list[tuple[list[str], list[tuple[str, str]]]] = [([text], []) for text in given.answers]
    sources += [([], [table]) for table in given.tables]
    for answers, tables in sources:
        try:
            entries += read(exercise.posed, answers, tables)
        except AdcliError as error:
            problems.append(" ".join(error.message.split())[:200])
    asked = exercise.targets
    there = {identity(entry.target) for entry in entries}
    named = exercise.posed.question.targets.named
    entries += [
        Entry(named(name), EMPTY) for name, what in zip(exercise.ask, asked, strict=True) if what not in there
    ]
    checked = judged(exercise.posed, entries).entries if entries else ()
    points = exercise.points * reached(exercise, checked)
    wrong = sum(entry.verdict == "wrong" for entry in checked)
    points = max(0.0, points - exercise.penalty * wrong)
    return Marked(exercise.name, round(points, 2), exercise.points, checked, "; ".join(problems))


def reached(exercise: Exercise, checked: Sequence[Checked]) -> float:
    """The share of an exercise: each entry by its weight; of one that is given twice the worse counts."""
    worth = {"right": 1.0, "carried": exercise.carried}
    shares: dict[tuple[object, ...], float] = {}
    for entry in checked:
        what = identity(entry.target)
        share = worth.get(entry.verdict, 0.0)
        shares[what] = min(share, shares.get(what, share))
    weights = exercise.targets or dict.fromkeys(shares, 1.0)
    total = sum(weights.values())
    return sum(weight * shares.get(what, 0.0) for what, weight in weights.items()) / total if total else 0.0
