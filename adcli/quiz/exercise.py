"""An exercise: a function, a point, and the entries that are asked for, drawn from a topic, a level and a seed.

The same topic, level, seed and number give the same exercise everywhere: what is drawn comes from `Dice`,
and what is kept is decided in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from adcli.arithmetic.exact import EXACT
from adcli.checking.questions import Posed, pose
from adcli.checking.sampling import Missing
from adcli.checking.targets import Target
from adcli.errors import UsageError
from adcli.language.points import from_text
from adcli.language.run import program
from adcli.numerals import number
from adcli.quiz.dice import Dice
from adcli.quiz.forms import Form, filled
from adcli.quiz.topic import MOST_STEPS, Topic
from adcli.quiz.topics import ANY, TOPICS
from adcli.running import sweep_once
from adcli.tracing import Trace

Ask = Literal["table", "gradient", "formula"]
Mode = Literal["forward", "reverse"]
ASKS: tuple[Ask, ...] = ("table", "gradient", "formula")
MOST_DRAWS = 1000
LARGEST, FINEST, LONGEST = 2000, 400, 16  # of a fraction: its numerator, its denominator; signs of another


class Wish(NamedTuple):
    """What exercises somebody wants."""

    topic: str
    level: int
    seed: int
    mode: Mode = "reverse"
    ask: Ask = "table"


@dataclass(frozen=True)
class Exercise:
    """One exercise. `number` is its place on the sheet, from 1; `wrt` the input that moves in forward mode.

    `posed` is the question as `check` asks it. `function` and `at` are texts to be typed again.
    """

    number: int
    topic: Topic
    wish: Wish
    function: str
    at: str
    wrt: str | None
    posed: Posed

    @property
    def at_point(self) -> bool:
        """Whether numbers are asked for."""
        return self.wish.ask != "formula"

    @cached_property
    def trace(self) -> Trace:
        """The right sweep, in exact numbers; without numbers where formulas are asked for."""
        return swept(self.posed, self.wish.mode, self.wrt, at_point=self.at_point)

    @cached_property
    def point(self) -> dict[str, Any] | None:
        """The exact value of every input, None without a point."""
        trace = self.trace
        if trace.lin is None:
            return None
        return dict(zip(trace.program.inputs, map(trace.value, trace.graph.inputs), strict=True))

    @cached_property
    def entries(self) -> tuple[Target, ...]:
        """What is asked for, in the order in which a hand computes it."""
        return tuple(asked(self))


def asked(exercise: Exercise) -> Iterator[Target]:
    """The derivatives; or all of the table: values, then the sweep, in forward mode side by side."""
    targets, trace = exercise.posed.question.targets, exercise.trace
    if exercise.wish.ask != "table":
        yield from (targets.gradient(node) for node in exercise.posed.columns)
        return
    steps = [node for node in trace.rows if trace.graph.args[node]]
    swept = [node for node in trace.swept if trace.sources(node)]
    if trace.mode == "forward":
        for node in steps:
            yield targets.step(node)
            if node in swept:
                yield targets.tangent(node)
        return
    yield from map(targets.step, steps)
    yield from map(targets.adjoint, swept)


def swept(posed: Posed, mode: Mode, wrt: str | None, *, at_point: bool) -> Trace:
    """One sweep in exact numbers, or without numbers; its errors are those of the numbers."""
    return sweep_notes(posed, mode, wrt, at_point=at_point)[0]


def sweep_notes(posed: Posed, mode: Mode, wrt: str | None, *, at_point: bool) -> tuple[Trace, bool]:
    """The sweep, and whether its point lies on a kink."""
    question = posed.question
    made, _, notes = sweep_once(
        question.program, question.given if at_point else None, mode, None if wrt is None else [wrt], None,
        None, strict=False, arithmetic=EXACT,
    )  # fmt: skip
    return made, any(note.code in ("kink", "tie") for note in notes)


def sheet(wish: Wish, count: int = 1) -> tuple[Exercise, ...]:
    """So many exercises, no two alike as long as there are others; UsageError for what a topic has not."""
    made: list[Exercise] = []
    seen: set[Form] = set()
    for place in range(1, count + 1):
        exercise = exercise_of(wish, place, seen)
        seen.add(Form(exercise.function, exercise.at))
        made.append(exercise)
    return tuple(made)


def exercise_of(wish: Wish, place: int, seen: Collection[Form] = ()) -> Exercise:
    """The exercise at a place of the sheet."""
    dice = Dice(f"{wish.topic} {wish.level} {wish.seed} {place}")
    topics = [topic for topic in TOPICS.values() if topic.formulas or wish.ask != "formula"]
    if wish.topic != ANY and TOPICS[wish.topic] not in topics:
        raise UsageError(
            f"{wish.topic} has no exercises about formulas",
            hint=f"topics that have: {', '.join(topic.name for topic in topics)}",
        )
    chosen = dice.choice(topics) if wish.topic == ANY else TOPICS[wish.topic]
    last: Form | None = None
    for _ in range(MOST_DRAWS):
        form = filled(dice.choice(chosen.levels[wish.level - 1]), dice)
        moved = dice.below(12)
        if form == last or not (posed := suitable(form, chosen, wish.level)):
            continue
        last = form
        if form in seen:
            continue
        return posed_as(wish, place, chosen, form, posed, moved)
    form = last or form
    posed = suitable(form, chosen, wish.level)
    assert posed is not None  # noqa: S101  # a test draws from every topic and level
    return posed_as(wish, place, chosen, form, posed, 0)


def posed_as(wish: Wish, place: int, topic: Topic, form: Form, posed: Posed, moved: int) -> Exercise:
    """The exercise of a form; in forward mode one of the inputs moves."""
    inputs = posed.question.program.inputs
    wrt = inputs[moved % len(inputs)] if wish.ask == "table" and wish.mode == "forward" else None
    at = form.at
    if wish.ask == "formula":
        posed, at = pose(program(form.function, None), None), ""
    elif wrt is not None:
        posed = question_of(form, wrt)
    return Exercise(place, topic, wish, form.function, at, wrt, posed)


def question_of(form: Form, wrt: str | None = None) -> Posed:
    """The question that a form asks."""
    at = from_text(form.at, exact=True)
    return pose(program(form.function, None, names=at), at, wrt=None if wrt is None else [wrt])


def suitable(form: Form, topic: Topic, level: int) -> Posed | None:
    """The question of a form that a hand can compute and learn from; None for any other.

    Values are short exact numbers, no two inputs are equal, at least half of the gradient is not 0, and
    the point lies on no kink, unless the topic is about them.
    """
    posed = question_of(form)
    question = posed.question
    if len(question.program) > MOST_STEPS[level - 1]:
        return None
    try:
        trace, on_kink = sweep_notes(posed, "reverse", None, at_point=True)
        forward = swept(posed, "forward", None, at_point=True)
    except (*Missing, UsageError):
        return None
    if on_kink and not (topic.kinks and level >= 4):
        return None
    graph = trace.graph
    numbers = [trace.value(node) for node in trace.rows]
    numbers += [made.number(node) for made in (trace, forward) for node in made.swept]
    numbers += [trace.weight(use) for node in trace.rows for use in trace.uses(node)]
    values = [trace.value(node) for node in graph.inputs]
    slopes = [trace.number(node) or 0 for node in graph.inputs]
    apart = all(x != y for place, x in enumerate(values) for y in values[:place])
    moving = 2 * sum(1 for slope in slopes if slope != 0) >= len(slopes)
    return posed if apart and moving and all(map(by_hand, numbers)) else None


def by_hand(value: Any) -> bool:
    """Whether a number is one that people compute with: a small fraction or a short closed form."""
    if value is None:
        return True
    if isinstance(value, Fraction | int):
        exact = Fraction(value)
        return abs(exact.numerator) <= LARGEST and exact.denominator <= FINEST
    return len(number(value, 6)) <= LONGEST
