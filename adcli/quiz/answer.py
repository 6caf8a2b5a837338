"""What `quiz` answers: exercises with all that solves them, or the table of topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from adcli.answers.answer import SCHEMA
from adcli.checking.targets import Target
from adcli.notation.numerals import json_number
from adcli.quiz.dice import Dice
from adcli.quiz.exercise import Exercise, Wish, exercise_of
from adcli.quiz.forms import Form, filled
from adcli.quiz.topic import Topic
from adcli.quiz.topics import TOPICS
from adcli.tracing.trace_json import trace_json


@dataclass(frozen=True)
class QuizAnswer:
    """`quiz`: a sheet of exercises; with `solved` the worked tables stand on it.

    With `numbered` each exercise has its number above it.
    """

    command: ClassVar[str] = "quiz"
    wish: Wish
    exercises: tuple[Exercise, ...]
    solved: bool = False
    numbered: bool = False

    def json(self) -> dict[str, Any]:
        """The whole answer, ready for JSON: always with what is right."""
        wish = self.wish
        return {
            "schema": SCHEMA,
            "command": self.command,
            "topic": wish.topic,
            "level": wish.level,
            "seed": wish.seed,
            "mode": wish.mode,
            "ask": wish.ask,
            "exercises": [exercise_json(exercise) for exercise in self.exercises],
            "notes": [],
        }


EXAMPLE_LEVEL, EXAMPLE_SEED = 2, 1


@dataclass(frozen=True)
class TopicsAnswer:
    """`quiz --list`: every topic with an exercise of it."""

    command: ClassVar[str] = "quiz"
    topics: tuple[tuple[Topic, Form], ...]

    def json(self) -> dict[str, Any]:
        """The whole answer, ready for JSON."""
        return {
            "schema": SCHEMA,
            "command": self.command,
            "topics": [
                {
                    "name": topic.name,
                    "trains": topic.trains,
                    "example": {"function": example.function, "at": example.at},
                }
                for topic, example in self.topics
            ],
            "notes": [],
        }


def topics() -> TopicsAnswer:
    """The table of topics, each with an exercise of level 2."""
    return TopicsAnswer(tuple((topic, example(topic)) for topic in TOPICS.values()))


def example(topic: Topic) -> Form:
    """An exercise of a topic; with arrays the first that is drawn, which needs no NumPy."""
    if topic.arrays:
        dice = Dice(topic.name)
        return filled(dice.choice(topic.levels[EXAMPLE_LEVEL - 1]), dice)
    found = exercise_of(Wish(topic.name, EXAMPLE_LEVEL, EXAMPLE_SEED), 1)
    return Form(found.function, found.at)


def exercise_json(exercise: Exercise) -> dict[str, Any]:
    """An exercise: what is asked, and what is right, in floats and exactly."""
    question = exercise.posed.question
    program = question.program
    trace = question.trace(exercise.wish.mode) if exercise.at_point else exercise.trace
    return {
        "number": exercise.number,
        "topic": exercise.topic.name,
        "function": exercise.function,
        "point": exercise.at or None,
        "reading": program.reading,
        "inputs": list(program.inputs),
        "outputs": list(program.outputs),
        "at": None if question.at is None else {k: json_number(v) for k, v in question.at.items()},
        "entries": [entry_json(exercise, target) for target in exercise.entries],
        "trace": trace_json(trace),
    }


def entry_json(exercise: Exercise, target: Target) -> dict[str, Any]:
    """One entry: its name as `check` reads it, and what is right."""
    found: dict[str, Any] = {"name": target.name, "label": target.label, "kind": target.kind}
    if not exercise.at_point:
        return {**found, "expected": None, "exact": right_text(exercise, target)}
    right = exercise.posed.question.number(target)
    return {**found, "expected": json_number(right.value + 0.0), "exact": right_text(exercise, target)}


def right_text(exercise: Exercise, target: Target) -> str:
    """What is right, as it may be typed: an exact number, or a formula."""
    question = exercise.posed.question
    if not exercise.at_point:
        from adcli.deriving.written import source  # only for formulas

        (formulas,) = exercise.derived.formulas.values()
        return source(question.program, formulas[target.name])
    assert question.exact is not None  # noqa: S101  # exercises are chosen by their exact numbers
    return str(question.exact.number(target))
