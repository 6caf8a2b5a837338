"""An exercise: a function, a point and what is asked for, drawn from a topic, a level and a seed.

The same topic, level, seed and number give the same exercise everywhere: what is drawn comes from `Dice`,
and what is kept is decided in exact arithmetic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from adcli.answers.running import sweep_once
from adcli.arithmetic.exact import EXACT
from adcli.checking.questions import Posed, pose
from adcli.checking.sampling import Missing
from adcli.checking.targets import Target
from adcli.errors import UsageError
from adcli.language.points import from_text
from adcli.language.run import program
from adcli.notation.numerals import number
from adcli.quiz.dice import Dice
from adcli.quiz.forms import Form, filled
from adcli.quiz.topic import MOST_STEPS, Topic
from adcli.quiz.topics import ANY, TOPICS
from adcli.tracing.trace import Trace

if TYPE_CHECKING:
    from adcli.deriving import DiffAnswer

Ask = Literal["table", "gradient", "formula"]
Mode = Literal["forward", "reverse"]
ASKS: tuple[Ask, ...] = ("table", "gradient", "formula")
MOST_DRAWS, PATIENCE = 1000, 100
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
    def sweep(self) -> tuple[Trace, bool]:
        """The right sweep, and whether its point lies on a kink."""
        return sweep_notes(self.posed, self.wish.mode, self.wrt, at_point=self.at_point)

    @property
    def trace(self) -> Trace:
        """The right sweep, in exact numbers; without numbers where formulas are asked for."""
        return self.sweep[0]

    @cached_property
    def point(self) -> dict[str, Any] | None:
        """The exact value of every input, None without a point."""
        trace = self.trace
        if trace.lin is None:
            return None
        return dict(zip(trace.program.inputs, map(trace.value, trace.graph.inputs), strict=True))

    @cached_property
    def derived(self) -> DiffAnswer:
        """The derivatives as formulas, with the rules that lead to them."""
        from adcli.deriving import diff  # only for formulas

        return diff(self.posed.question.program, steps=True)

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


def sweep_notes(posed: Posed, mode: Mode, wrt: str | None, *, at_point: bool) -> tuple[Trace, bool]:
    """The sweep, and whether its point lies on a kink."""
    question = posed.question
    made, _, notes = sweep_once(
        question.program, question.given if at_point else None, mode, None if wrt is None else [wrt], None,
        None, strict=False, arithmetic=EXACT,
    )  # fmt: skip
    return made, any(note.code in ("kink", "tie") for note in notes)


def sheet(wish: Wish, count: int = 1) -> tuple[Exercise, ...]:
    """So many exercises, of as many forms as there are, no two alike as long as there are others.

    UsageError for what a topic has not.
    """
    drawn: list[Drawn] = []
    return tuple(exercise_of(wish, place, drawn) for place in range(1, count + 1))


class Drawn(NamedTuple):
    """A form with its slots, and what they were filled with."""

    form: Form
    filled: Form


def exercise_of(wish: Wish, place: int, before: list[Drawn] | None = None) -> Exercise:
    """The exercise at a place of the sheet; `before` are those that stand before it, and gets this one."""
    before = [] if before is None else before
    dice = Dice(f"{wish.topic} {wish.level} {wish.seed} {place}")
    topic = topic_of(wish, dice)
    forms = topic.levels[wish.level - 1]
    used = Counter(one.form for one in before)
    seldom = [form for form in forms if used[form] == min(used[form] for form in forms)]
    posed: Posed | None = None
    for draw in range(MOST_DRAWS):
        tired = draw >= PATIENCE  # of looking for what there may not be
        form = dice.choice(forms if tired else seldom)
        chosen = Drawn(form, filled(form, dice))
        moved = dice.below(12)  # divided by 1, 2, 3, 4 and 6 inputs
        new = all(chosen.filled != one.filled for one in before)
        if (new or tired) and (posed := suitable(chosen.filled, topic, wish.level)) is not None:
            break
    assert posed is not None  # noqa: S101  # a test draws from every topic and level
    before.append(chosen)
    return posed_as(wish, place, topic, chosen.filled, posed, moved)


def topic_of(wish: Wish, dice: Dice) -> Topic:
    """The topic that is wished for, or one of all; UsageError where it has no formulas and they are asked."""
    topics = [topic for topic in TOPICS.values() if topic.formulas or wish.ask != "formula"]
    if wish.topic == ANY:
        return dice.choice([topic for topic in topics if not topic.arrays])
    if TOPICS[wish.topic] not in topics:
        raise UsageError(
            f"{wish.topic} has no exercises about formulas",
            hint=f"topics that have: {', '.join(topic.name for topic in topics)}",
        )
    return TOPICS[wish.topic]


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
        forward, _ = sweep_notes(posed, "forward", None, at_point=True)
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
