"""What a session has come to: how many entries, which mistakes, and what to practise next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from adcli.mistakes import Explanation
from adcli.quiz.exercise import Exercise, Wish
from adcli.quiz.session import Mark, Session
from adcli.quiz.topic import LEVELS
from adcli.quiz.topics import TOPICS


class Progress(NamedTuple):
    """The sessions of one sheet."""

    sessions: tuple[Session, ...]

    @property
    def marks(self) -> list[tuple[Exercise, Mark]]:
        """Every entry with its exercise."""
        return [(session.exercise, mark) for session in self.sessions for mark in session.marks]

    @property
    def entries(self) -> int:
        """How many there are."""
        return len(self.marks)

    def counts(self) -> dict[str, int]:
        """How many ended in which way, those at the first try as "first"."""
        marks = [mark for _, mark in self.marks]
        done = [mark for mark in marks if mark.end in ("right", "carried")]
        first = sum(mark.at_first for mark in done)
        ends = Counter(mark.end for mark in marks)
        return {
            "first": first,
            "after a mistake or a hint": len(done) - first,
            "wrong": ends["wrong"],
            "shown": ends["shown"],
            "skipped": ends["skipped"],
            "not reached": ends["open"],
        }

    def mistakes(self, spoken: Callable[[str], str]) -> dict[str, int]:
        """The likeliest mistake of every wrong answer by its name, the most frequent first."""
        return dict(
            Counter(spoken(one.code) for _, mark in self.marks for one in mark.mistakes).most_common()
        )

    def next(self) -> Wish:
        """A level up after few mistakes; else the topic of the mistakes, or the same once more."""
        exercise = self.sessions[0].exercise
        wish = exercise.wish
        counts = self.counts()
        if 4 * counts["first"] >= 3 * self.entries:
            if wish.level < LEVELS[-1]:
                return wish._replace(level=wish.level + 1)
            names = list(TOPICS)
            after = names.index(exercise.topic.name) + 1
            return wish._replace(topic=names[after % len(names)], level=LEVELS[0])
        where = Counter(
            name
            for one, mark in self.marks
            for mistake in mark.mistakes
            if (name := topic_of(one, mistake)) is not None
        )
        weak = where.most_common(1)[0][0] if where else exercise.topic.name
        if weak != exercise.topic.name:
            return wish._replace(topic=weak, level=LEVELS[0])
        return wish._replace(seed=wish.seed + 1)


def topic_of(exercise: Exercise, mistake: Explanation) -> str | None:
    """The topic about the operation at which a mistake was made; the exercise's own where it is about it."""
    if mistake.edge is None:
        return None
    program = exercise.posed.question.program
    op = program.graph.op[program.ids.index(mistake.edge.end)]
    if op in exercise.topic.ops:
        return exercise.topic.name
    return next((name for name, topic in TOPICS.items() if op in topic.ops), None)
