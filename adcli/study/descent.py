"""A descent: the steps that a method makes from a point, which of them are kept, and why it stops."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from adcli.answers import Answer, json_numbers
from adcli.errors import DomainError, NameProblem, UsageError
from adcli.language.points import from_values
from adcli.language.program import Program
from adcli.numerals import json_number, number
from adcli.running import columns_of, names_of, one_output
from adcli.study.kernel import Gradient
from adcli.study.losses import Loss, Point
from adcli.study.methods import METHODS, Stalled, State, States

MOST_KEPT = 1000
BEYOND = 1e100  # a value or a slope of this size comes from steps that grow
Reason = Literal["converged", "limit", "rounding", "diverged", "domain", "interrupted"]
Watch = Callable[[int, float, float], None]


class Table(NamedTuple):
    """Rows of numbers under names, from a file; `unused` are columns that no input is called by."""

    names: tuple[str, ...]
    rows: list[tuple[float, ...]]
    file: str = ""
    unused: tuple[str, ...] = ()


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


@dataclass(frozen=True, kw_only=True)
class DescentAnswer(Answer):
    """`descend`: the path of a descent, thinned to at most a thousand steps, and why it ended."""

    command = "descend"
    output: str
    moving: tuple[str, ...]
    method: str
    rate: float
    tol: float
    seed: int | None
    data: Table | None
    path: list[Record]
    stop: Stop
    loss: Loss = field(repr=False, compare=False)

    @property
    def last(self) -> Record:
        """The last step that has a value."""
        return self.path[-1]

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        last, data = self.last, self.data
        return {
            "output": self.output,
            "method": self.method,
            "rate": self.rate,
            "tol": self.tol,
            "seed": self.seed,
            "data": None if data is None else {"rows": len(data.rows), "columns": list(data.names)},
            "stop": {"reason": self.stop.reason, "step": self.stop.step, "message": self.stop.message},
            "value": json_number(last.value),
            "point": self.named(last.point),
            "gradient": self.named(last.gradient),
            "steps": [
                {
                    "step": record.step,
                    "value": json_number(record.value),
                    "slope": json_number(record.slope),
                    "point": self.named(record.point),
                }
                for record in self.path
            ],
        }

    def named(self, numbers: Sequence[float]) -> dict[str, Any]:
        """Numbers by the names of the inputs that move."""
        found: dict[str, Any] = json_numbers(dict(zip(self.moving, numbers, strict=True)))
        return found


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


def descend(
    program: Program,
    start: Mapping[str, Any],
    *,
    method: str = "gradient",
    rate: float | None = None,
    steps: int = 1000,
    tol: float = 1e-8,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    data: Table | None = None,
    seed: int | None = None,
    watch: Watch | None = None,
) -> DescentAnswer:
    """The descent from `start`: at most so many steps, until the gradient's length is at most `tol`.

    Inputs outside `wrt` stand still, those that `data` have columns for take each row's numbers, and the
    output is then the mean over the rows. With `seed`, inputs without a start are drawn from -1 … 1.
    Raises DomainError where the start has no value or slope; what happens later is the answer's `stop`.
    """
    if method not in METHODS:
        raise UsageError(f'no method is called "{method}"', hint=f"methods: {', '.join(METHODS)}")
    make, usual = METHODS[method]
    rate = usual if rate is None else rate
    if not (math.isfinite(rate) and rate > 0):
        raise UsageError(f"the rate is a number above 0, not {number(rate)}")
    if not (math.isfinite(tol) and tol >= 0):
        raise UsageError(f"the tolerance is a number from 0, not {number(tol)}")
    names = () if data is None else data.names
    given = from_values(start)
    if doubled := [name for name in names if name in given]:
        raise UsageError(f'"{doubled[0]}" is in the data and in the point', hint="give it once")
    rows = () if data is None else data.rows
    first = dict(zip(names, rows[0], strict=True)) if rows else {}
    at = started(program, given, names, seed)
    run = program.at({**first, **at})
    columns = names_of(run, columns_of(run, wrt))
    moving = tuple(name for name in run.inputs if name in columns and name not in names)
    if not moving:
        raise UsageError("no input is left that could move")
    fixed = {name: value for name, value in at.items() if name not in moving}
    chosen = one_output(run, output)
    source = program if program.needs_point else run
    loss = Loss(source, moving, fixed, names, rows or ((),), chosen, {**first, **at})
    states = make(loss, tuple(at[name] for name in moving), rate)
    path, stop = walk(states, steps, tol, chosen, watch)
    return DescentAnswer(
        program=run, at=at, notes=run.notes, output=chosen, moving=moving, method=method, rate=rate,
        tol=tol, seed=seed, data=data, path=path, stop=stop, loss=loss,
    )  # fmt: skip


def started(
    program: Program, given: Mapping[str, float], names: Sequence[str], seed: int | None
) -> dict[str, float]:
    """The start of every input that the data lack, in the program's order."""
    inputs = [name for name in program.inputs if name not in names]
    if unknown := [name for name in given if name not in inputs]:
        raise NameProblem(
            f'no input is called "{unknown[0]}"',
            text=program.source,
            details=(f"inputs: {', '.join(program.inputs) or 'none'}",),
        )
    missing = [name for name in inputs if name not in given]
    if missing and seed is None:
        raise NameProblem(
            f"no start for {', '.join(missing)}",
            text=program.source,
            hint=f"write --at {missing[0]}=1, or --seed 1 to draw it from -1 to 1",
        )
    source = random.Random(seed)  # noqa: S311  # a start is no secret
    drawn = {name: source.uniform(-1.0, 1.0) for name in missing}
    return {name: given.get(name, drawn.get(name, 0.0)) for name in inputs}


def walk(
    states: States, steps: int, tol: float, output: str, watch: Watch | None
) -> tuple[list[Record], Stop]:
    """The kept steps and the stop. An interrupt is a stop once there is a first state."""
    walked = Walk(steps, tol, output)
    try:
        stop = walked.run(states, watch)
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

    def __init__(self, steps: int, tol: float, output: str) -> None:
        self.steps, self.tol, self.output = steps, tol, output
        self.kept = Kept()
        self.step = -1
        self.state: State | None = None

    def run(self, states: States, watch: Watch | None) -> Stop:
        """Walk until there is a reason to stop. This is the inner loop: it takes what is short to say."""
        hypot, tol, due, steps = math.hypot, self.tol, 0, self.steps
        old, before = math.inf, None
        state, step = None, -1
        try:
            for state in states:
                point, value, gradient = state
                step += 1
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
        if value <= -BEYOND:
            return f"diverged at step {step}: {self.output} falls to {number(value)}"
        grew = f"grew from {number(self.kept.records[0].value)} to {number(value)}"
        return f"diverged at step {step}: {self.output} {grew}; a smaller rate may help"


def left(error: DomainError, step: int) -> Stop:
    """The stop at a step that has no value or no slope."""
    place = next((detail for detail in error.details if detail.startswith("at ")), "")
    said = error.message + (f", {place}" if place else "")
    if error.message.startswith("overflow"):
        return Stop("diverged", step, f"diverged at step {step}: {said}")
    return Stop("domain", step, f"left the domain at step {step}: {said}")
