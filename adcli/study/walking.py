"""The walk of a descent: its steps, which of them are kept, and why it stops."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from adcli.errors import DomainError
from adcli.notation.numerals import number
from adcli.study.kernel import Gradient
from adcli.study.leaping import Leap
from adcli.study.losses import Point
from adcli.study.methods import Stalled, State, States

MOST_KEPT = 1000
BEYOND = 1e100  # a value or a slope of this size comes from steps that grow
Reason = Literal["converged", "limit", "rounding", "diverged", "domain", "interrupted"]
Watch = Callable[[int, float, float], None]


class Stop(NamedTuple):
    """Why a descent ended, at which step, and the sentence that says so."""

    reason: Reason
    step: int
    message: str


class Record(NamedTuple):
    """A step that is kept: its number, its state and the length of the gradient."""

    step: int
    point: Point
    value: float
    gradient: Gradient
    slope: float


class Kept:
    """The steps that are kept: the first ones, 10, 20, 50, 100, …, and every so many in between.

    At more than MOST_KEPT every second one goes.
    """

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.stride = 1

    def keep(self, record: Record) -> int:
        """Keep a step, and say which one is the next."""
        self.records.append(record)
        if len(self.records) > MOST_KEPT:
            self.stride *= 2
            self.records = [r for r in self.records if r.step % self.stride == 0 or is_round(r.step)]
        step = record.step
        return min(step + self.stride - step % self.stride, next_round(step))


def is_round(step: int) -> bool:
    """Whether a step's number is 1, 2 or 5 followed by zeros."""
    return str(step).rstrip("0") in ("1", "2", "5")


def next_round(step: int) -> int:
    """The next number of 1, 2, 5, 10, 20, 50, … after a step."""
    power: int = 10 ** (len(str(step)) - 1)
    return next(power * head for head in (1, 2, 5, 10) if power * head > step)


def walk(
    begin: Callable[[Point], States],
    start: Point,
    steps: int,
    tol: float,
    output: str,
    watch: Watch | None,
    leap: Leap | None = None,
) -> tuple[list[Record], Stop]:
    """The kept steps and the stop of the states that `begin` gives from a point.

    With `leap`, steps that are not kept are made by it. An interrupt is a stop once there is a first state.
    """
    walked = Walk(steps, tol, output, leap)
    try:
        stop = walked.run(begin, start, watch)
    except Stalled:
        said = f"stopped at step {walked.step}: no further step lowers {output} in floats"
        stop = Stop("rounding", walked.step, said)
    except DomainError as error:
        if walked.state is None:
            raise
        stop = left(error, walked.step + 1)
    except KeyboardInterrupt:
        if walked.state is None:
            raise
        stop = Stop("interrupted", walked.step, f"interrupted after step {walked.step}")
    return walked.path(), stop


class Walk:
    """A descent on its way: the last step and its state, and the steps that are kept."""

    def __init__(self, steps: int, tol: float, output: str, leap: Leap | None) -> None:
        self.steps, self.tol, self.output, self.leap = steps, tol, output, leap
        self.kept = Kept()
        self.step = -1
        self.state: State | None = None

    def run(self, begin: Callable[[Point], States], point: Point, watch: Watch | None) -> Stop:
        """Walk until there is a reason to stop. This is the inner loop: it takes what is short to say."""
        hypot, tol, due, steps, leap = math.hypot, self.tol, 0, self.steps, self.leap
        old, before = math.inf, None
        state, step, ahead, states = None, -1, 0, begin(point)
        try:
            while (state := next(states, None)) is not None:
                step += 1 + ahead
                ahead = 0
                point, value, gradient = state
                slope = hypot(*gradient)
                if slope <= tol:
                    said = f"converged at step {step}: the gradient is below {number(tol)}"
                    return Stop("converged", step, said)
                if step >= due:
                    self.step, self.state = step, state
                    due = min(self.keep(), max(steps, step + 1))
                    if step >= steps:
                        said = f"stopped at step {step}, the limit; the gradient's length is {number(slope)}"
                        return Stop("limit", step, said)
                if slope >= BEYOND or value >= BEYOND or value <= -BEYOND:
                    return Stop("diverged", step, self.diverged(step, value))
                if value == old and point == before:
                    said = f"stopped at step {step}: a step no longer changes the point"
                    return Stop("rounding", step, said)
                old, before = value, point
                if watch is not None:
                    watch(step, value, slope)
                if leap is not None and due - step > 1:
                    there, done = leap(point, due - step)
                    if done:
                        ahead, states, before = done - 1, begin(there), None
        finally:
            self.step, self.state = step, state
        raise Stalled

    def keep(self) -> int:
        """Keep the last step, and say which one is the next."""
        point, value, gradient = self.state or ((), 0.0, ())
        return self.kept.keep(Record(self.step, point, value, gradient, math.hypot(*gradient)))

    def path(self) -> list[Record]:
        """The kept steps and the last one."""
        if not self.kept.records or self.kept.records[-1].step != self.step:
            self.keep()
        return self.kept.records

    def diverged(self, step: int, value: float) -> str:
        """The sentence of a value or a slope that is beyond all bounds."""
        if value <= -BEYOND and step:
            return f"diverged at step {step}: {self.output} falls to {number(value)}"
        if not step:
            large = f"{self.output} = {number(value)}" if abs(value) >= BEYOND else "the gradient"
            return f"no step was made: {large} at the start is beyond {number(BEYOND)}"
        grew = f"grew from {number(self.kept.records[0].value)} to {number(value)}"
        return f"diverged at step {step}: {self.output} {grew}; a smaller rate may help"


def left(error: DomainError, step: int) -> Stop:
    """The stop at a step that has no value or no slope."""
    place = next((detail for detail in error.details if detail.startswith("at ")), "")
    said = error.message if not place or " at " in error.message else f"{error.message}, {place}"
    if error.message.startswith("overflow"):
        return Stop("diverged", step, f"diverged at step {step}: {said}")
    return Stop("domain", step, f"left the domain at step {step}: {said}")
