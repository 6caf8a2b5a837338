"""Exercises: for every topic and level right, within reach of a hand, and the same for a seed everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.checking.questions import check
from adcli.language.points import from_text
from adcli.language.run import program
from adcli.quiz.answer import QuizAnswer, exercise_json, right_text, topics
from adcli.quiz.dice import Dice
from adcli.quiz.exercise import ASKS, Exercise, Wish, by_hand, exercise_of, sheet, suitable
from adcli.quiz.forms import Form, filled, pool
from adcli.quiz.topic import LEVELS, MOST_STEPS
from adcli.quiz.topics import ANY, TOPICS

PLACES = [(topic, level) for topic in TOPICS for level in LEVELS]
KINKED = 1e-4  # of a difference quotient, relative


def values_near(exercise: Exercise, name: str, step: float) -> float:
    """The function's value at the exercise's point with one of its inputs moved, from its own text."""
    question = exercise.posed.question
    moved = {key: float(value) for key, value in question.at.items()}  # type: ignore[union-attr]
    moved[name] += step
    found = adcli.value(question.program.at(moved), moved)
    assert isinstance(found, float)
    return found


def solved(exercise: Exercise) -> None:
    """Hold an exercise against `check` and against difference quotients."""
    where = f"{exercise.topic.name} {exercise.wish}: {exercise.function} at {exercise.at}"
    question = exercise.posed.question
    answer = ", ".join(f"{target.name}={right_text(exercise, target)}" for target in exercise.entries)
    verdict = check(
        program(exercise.function, None, names=from_text(exercise.at, exact=True)),
        from_text(exercise.at, exact=True),
        [answer],
    )
    assert verdict.correct, where
    assert not any(entry.remarks for entry in verdict.entries), where
    trace, on_kink = exercise.sweep
    if on_kink:
        assert exercise.topic.kinks
        assert exercise.wish.level >= 4
        return
    for node, name in enumerate(trace.program.inputs):
        step = 1e-5
        quotient = (values_near(exercise, name, step) - values_near(exercise, name, -step)) / (2 * step)
        right = question.right.number(question.targets.gradient(node))
        assert quotient == pytest.approx(right, rel=KINKED, abs=KINKED), where


def fair(exercise: Exercise) -> None:
    """Hold an exercise against what a teacher wants of one."""
    trace, where = exercise.trace, f"{exercise.function} at {exercise.at}"
    assert len(trace.program) <= MOST_STEPS[exercise.wish.level - 1], where
    at = list((exercise.point or {}).values())
    assert len(set(at)) == len(at), where
    assert any(trace.number(node) for node in trace.graph.inputs), where
    assert all(by_hand(trace.value(node)) and by_hand(trace.number(node)) for node in trace.rows), where
    assert len(exercise.entries) == len(set(exercise.entries)) > 0, where


@pytest.mark.parametrize("topic", TOPICS)
def test_exercises_of_every_level_are_right_and_fair(topic: str) -> None:
    for level in LEVELS:
        exercise = exercise_of(Wish(topic, level, level), 1)
        solved(exercise)
        fair(exercise)


@pytest.mark.long
@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("level", LEVELS)
def test_thirty_seeds_give_right_and_fair_exercises(topic: str, level: int) -> None:
    made = [exercise_of(Wish(topic, level, seed), 1) for seed in range(30)]
    for exercise in made:
        solved(exercise)
        fair(exercise)
    assert len({(one.function, one.at) for one in made}) >= 10
    for wish in (Wish(topic, level, 1, mode="forward"), Wish(topic, level, 1, ask="formula")):
        if wish.ask == "formula" and not TOPICS[topic].formulas:
            continue
        exercise = exercise_of(wish, 1)
        answer = ", ".join(f"{target.name}={right_text(exercise, target)}" for target in exercise.entries)
        at = from_text(exercise.at, exact=True) if exercise.at else None
        wrt = None if exercise.wrt is None else [exercise.wrt]
        found = check(program(exercise.function, None, names=at or ()), at, [answer], wrt=wrt)
        assert all(entry.verdict == "right" for entry in found.entries if entry.given), exercise.function


PINNED = {
    ("power", 1, 7): ("x^4", "x=-2"),
    ("chain", 2, 7): ("sqrt(x^2 + 64)", "x=6"),
    ("quotient", 2, 3): ("(2*x + 3)/(x - 4)", "x=3"),
    ("trig", 3, 5): ("x*cos(x)", "x=pi/4"),
    ("softmax", 4, 1): ("p = exp(a)/(exp(a) + exp(b)); 3*p*(1 - p)", "a=ln(3), b=ln(2)"),
    ("loops", 5, 2): ("s = x; for k in 1..3 { s = s*y - x }; f = s", "x=-1, y=2"),
    ("vectors", 2, 2): ("norm(x)", "x=[3,6]"),
    (ANY, 4, 3): ("exp(x)*y + 3*z*y", "x=ln(4), y=1, z=3"),
}


@pytest.mark.parametrize("key", PINNED, ids=str)
def test_a_seed_means_an_exercise(key: tuple[str, int, int]) -> None:
    made = exercise_of(Wish(*key), 1)
    assert (made.function, made.at) == PINNED[key]


def test_dice_are_the_published_generators() -> None:
    empty = Dice("")
    assert empty.state == 0xCBF29CE484222325  # FNV-1a of nothing
    assert Dice("a").state == 0xAF63DC4C8601EC8C  # from the tables of FNV's authors
    assert Dice("foobar").state == 0x85944171F73967E8
    empty.state = 0
    assert [empty.next() for _ in range(3)] == [  # SplitMix64 from 0
        0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F,
    ]  # fmt: skip


def test_a_seed_means_the_same_in_another_process(tmp_path: Path) -> None:
    wish = Wish(ANY, 3, 11)
    here = [json.loads(json.dumps(exercise_json(one))) for one in sheet(wish, 4)]
    way = [
        sys.executable, "-m", "adcli", "quiz", "--level", "3", "--seed", "11", "--count", "4", "--json",
    ]  # fmt: skip
    root = str(Path(adcli.__file__).parents[1])
    env = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": root, "HOME": str(tmp_path)}
    done = subprocess.run(
        way, env=env, capture_output=True, check=True, timeout=120, stdin=subprocess.DEVNULL
    )
    assert json.loads(done.stdout)["exercises"] == here


def test_no_two_of_a_sheet_are_alike_and_a_longer_one_begins_as_a_shorter() -> None:
    made = sheet(Wish("chain", 2, 5), 8)
    assert len({(one.function, one.at) for one in made}) == 8
    shorter = sheet(Wish("chain", 2, 5), 3)
    assert [one.function for one in shorter] == [one.function for one in made[:3]]
    forms = {form.function for form in TOPICS["chain"].levels[1]}
    assert len({one.function[:4] for one in made}) >= len(forms) - 1  # of as many forms as there are


def test_a_sheet_may_be_longer_than_there_are_exercises() -> None:
    made = sheet(Wish("nll", 1, 1), 24)
    assert len(made) == 24
    assert len({(one.function, one.at) for one in made}) >= 15


def test_mode_and_what_is_asked_leave_the_exercise_as_it_is() -> None:
    wishes = [Wish("partials", 3, 4, mode, ask) for mode in ("forward", "reverse") for ask in ASKS[:2]]  # type: ignore[arg-type]
    assert len({(one.function, one.at) for one in (exercise_of(wish, 1) for wish in wishes)}) == 1


def test_a_formula_is_asked_for_without_a_point_where_a_topic_has_formulas() -> None:
    made = exercise_of(Wish("trig", 2, 1, ask="formula"), 1)
    assert made.at == ""
    assert made.point is None
    with pytest.raises(adcli.AdcliError, match="loops has no exercises about formulas"):
        exercise_of(Wish("loops", 2, 1, ask="formula"), 1)


def test_in_forward_mode_values_and_tangents_take_turns() -> None:
    made = exercise_of(Wish("sharing", 4, 5, mode="forward"), 1)
    kinds = [target.kind for target in made.entries]
    assert kinds[:2] == ["step", "tangent"]
    assert kinds.count("step") == kinds.count("tangent") == len(made.trace.program)
    assert made.wrt in made.trace.program.inputs


def test_in_reverse_mode_values_come_before_adjoints_which_end_at_the_first_input() -> None:
    made = exercise_of(Wish("product", 3, 2), 1)
    kinds = [target.kind for target in made.entries]
    assert kinds == sorted(kinds, reverse=True)  # steps, then adjoints
    assert made.entries[-1].node == 0


def test_the_examples_of_the_topics_are_exercises() -> None:
    for topic, form in topics().topics:
        assert suitable(form, topic, 2) is not None, form


def test_any_takes_no_topic_that_needs_numpy() -> None:
    drawn = {exercise_of(Wish(ANY, 1, seed), 1).topic.name for seed in range(150)}
    assert drawn == {name for name, topic in TOPICS.items() if not topic.arrays}


def test_a_form_repeats_what_it_has_drawn() -> None:
    made = filled(Form("({a:2..9}*x)^2 {s:+|-} {a}", "x={p:-1..1}, y={a}"), Dice("1"))
    number = made.function[1]
    assert made.function[-1] == made.at[-1] == number
    assert pool("-2..2") == ["-2", "-1", "1", "2"]


@pytest.mark.parametrize("ask", ASKS)
def test_json_tells_what_is_right_exactly_and_in_floats(ask: Any) -> None:
    answer = QuizAnswer(Wish("power", 2, 1, ask=ask), sheet(Wish("power", 2, 1, ask=ask)))
    for entry in answer.json()["exercises"][0]["entries"]:
        if ask == "formula":
            assert entry["expected"] is None
            assert "x" in entry["exact"]
        else:
            assert float(Fraction(entry["exact"])) == entry["expected"]
