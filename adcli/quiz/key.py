"""A key of a sheet, which `check --key` reads: each exercise with its function, point and entries."""

from __future__ import annotations

import json
from collections.abc import Iterator

from adcli.quiz.answer import QuizAnswer
from adcli.quiz.exercise import Exercise


def key_text(answer: QuizAnswer) -> str:
    """The key in TOML: a point for every entry; a table's entries one by one."""
    wish = answer.wish
    lines = [f"title = {quoted(f'{wish.topic}, level {wish.level}, seed {wish.seed}')}"]
    for exercise in answer.exercises:
        lines += ["", *exercise_lines(exercise)]
    return "\n".join(lines) + "\n"


def exercise_lines(exercise: Exercise) -> Iterator[str]:
    """The lines of one exercise, called by its number."""
    yield "[[exercise]]"
    yield f"name = {quoted(str(exercise.number))}"
    yield f"function = {quoted(exercise.function)}"
    if exercise.at:
        yield f"at = {quoted(exercise.at)}"
    if exercise.wrt is not None:
        yield f"wrt = {quoted([exercise.wrt])}"
    yield f"ask = {quoted([target.name for target in exercise.entries])}"
    yield f"points = {len(exercise.entries)}"


def quoted(value: str | list[str]) -> str:
    """A text, or a list of them, as TOML has it; basic strings are those of JSON."""
    return json.dumps(value)
