"""A session: the entries of an exercise one after the other, each answer judged beside those before it.

Plain data and no words: who shows it decides what is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from adcli.arithmetic.real import REAL
from adcli.checking.answer import Checked
from adcli.checking.entries import Entry, Written, written
from adcli.checking.figures import LEAST
from adcli.checking.numbers import evaluated
from adcli.checking.questions import judged
from adcli.checking.sampling import Missing
from adcli.checking.spelled import with_point
from adcli.checking.targets import Target
from adcli.errors import AdcliError
from adcli.language.program import Program
from adcli.mistakes import Explanation
from adcli.quiz.exercise import Exercise

LONGEST = 300  # signs of an answer
HINTS = 3
End = Literal["right", "carried", "wrong", "shown", "skipped", "open"]


@dataclass
class Mark:
    """How an entry went: wrong answers, hints that were asked for, the mistakes that were named, the end."""

    target: Target
    wrong: int = 0
    hints: int = 0
    end: End = "open"
    mistakes: list[Explanation] = field(default_factory=list)

    @property
    def at_first(self) -> bool:
        """Whether it was done at the first try, without help."""
        return self.end in ("right", "carried") and not self.wrong and not self.hints


class Unreadable(Exception):
    """An answer that there is nothing to judge in; the text says why."""


@dataclass
class Session:
    """One exercise in progress. `tries` is how many wrong answers an entry may have, None for any number."""

    exercise: Exercise
    tries: int | None = None
    place: int = 0
    standing: dict[int, Entry] = field(default_factory=dict)
    last: Checked | None = None

    def __post_init__(self) -> None:
        self.marks = [Mark(target) for target in self.exercise.entries]

    @property
    def mark(self) -> Mark | None:
        """The entry that is asked for; None at the end."""
        return self.marks[self.place] if self.place < len(self.marks) else None

    @property
    def target(self) -> Target:
        """What is asked for."""
        return self.marks[self.place].target

    @property
    def strayed(self) -> bool:
        """Whether a wrong answer stands, from which the student goes on."""
        return any(mark.end in ("wrong", "carried") for mark in self.marks)

    def answer(self, text: str) -> Checked:
        """The verdict on an answer; the next entry is asked for when it is right or there is no other try.

        Of few digits nearly every one is a slip of the pen away from others, so none is named.
        Unreadable where the answer is none; then nothing has changed, unless every line is one try.
        """
        mark = self.marks[self.place]
        try:
            given = self.read(text)
        except Unreadable:
            if self.tries is not None:
                self.miss(mark)
            raise
        entry = Entry(mark.target, given)
        earlier = [self.standing[place] for place in sorted(self.standing) if place != self.place]
        try:
            found = judged(self.exercise.posed, [*earlier, entry]).entries[-1]
        except AdcliError as error:  # a value beyond the floats, a division by zero
            raise Unreadable(error.message) from error
        if given.figure is not None and given.figure.digits < LEAST:
            found = found._replace(mistakes=tuple(one for one in found.mistakes if one.scope != "slip"))
        self.last = found
        if found.verdict == "undecided":
            raise Unreadable("; ".join(remark.message for remark in found.remarks) or "cannot decide")
        self.standing[self.place] = entry
        if found.verdict in ("right", "carried"):
            mark.end = "right" if found.verdict == "right" else "carried"
            self.next()
        else:
            mark.mistakes += found.mistakes[:1]
            self.miss(mark)
        return found

    def read(self, text: str) -> Written:
        """The answer that a line holds: what stands behind its last equals sign."""
        text = text.rpartition("=")[2] if self.exercise.at_point else own_side(text)
        if len(text) > LONGEST:
            raise Unreadable(f"an answer is longer than {LONGEST} characters")
        targets = self.exercise.posed.question.targets
        try:
            text = with_point(text) or text
        except AdcliError as error:
            raise Unreadable(why(error)) from error
        found = written(text, targets.steps)
        if found.problem == "empty":
            raise Unreadable("nothing is written")
        if found.problem == "not-a-number":
            raise Unreadable("that is not a number")
        if found.problem:
            raise Unreadable("that cannot be read" if found.error is None else why(found.error))
        if self.exercise.at_point and found.formula is not None and found.formula.inputs:
            names = ", ".join(found.formula.inputs)
            raise Unreadable(f"a number is asked for, without {names}")
        if self.exercise.at_point and found.formula is not None:
            has_value(found.formula)
        return found

    def miss(self, mark: Mark) -> None:
        """Count a wrong answer; it stays where no other try is left."""
        mark.wrong += 1
        if self.tries is not None and mark.wrong >= self.tries:
            mark.end = "wrong"
            self.next()

    def hint(self) -> int:
        """The level of the next hint, 1 to 3; asking again repeats the last one."""
        mark = self.marks[self.place]
        mark.hints = min(mark.hints + 1, HINTS)
        return mark.hints

    def show(self) -> Target:
        """What was asked for; the right number stands in its place from here on."""
        mark = self.marks[self.place]
        mark.end = "shown"
        self.standing.pop(self.place, None)
        self.next()
        return mark.target

    def skip(self) -> bool:
        """Go on; whether a wrong answer stays in its place."""
        mark = self.marks[self.place]
        stays = self.place in self.standing
        mark.end = "wrong" if stays else "skipped"
        self.next()
        return stays

    def next(self) -> None:
        """Ask for the next entry."""
        self.place += 1


def why(error: AdcliError) -> str:
    """What is wrong with a line, and the way out."""
    return f"{error.message}: {error.hint}" if error.hint else error.message


def has_value(formula: Program) -> None:
    """Unreadable where a constant expression is not one number."""
    try:
        value = evaluated(formula, REAL)
    except Missing as error:
        raise Unreadable("that has no value") from error
    if getattr(value, "shape", ()):
        raise Unreadable("one number is asked for")


def own_side(text: str) -> str:
    """A formula without the name before it: 2*x of "df/dx = 2*x"; comparisons stay whole."""
    name, sign, formula = text.partition("=")
    compares = name[-1:] in ("<", ">", "!") or formula[:1] == "="
    return formula if sign and not compares and "(" not in name else text


def wrong(sessions: Sequence[Session]) -> bool:
    """Whether a wrong answer stands at the end."""
    return any(mark.end == "wrong" for session in sessions for mark in session.marks)
