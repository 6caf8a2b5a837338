"""A descent from a point: what moves and what stands still, and the answer with its path."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

from adcli.answers.answer import Answer
from adcli.answers.blocks import flat
from adcli.answers.choosing import columns_of, names_of, number_wanted, one_output
from adcli.answers.running import placed
from adcli.errors import NameProblem, ShapeError, UsageError
from adcli.language.points import from_values
from adcli.language.program import Program
from adcli.notation.numerals import json_number, number
from adcli.primitives.shapes import of_value
from adcli.study.array_losses import ArrayLoss, in_shape, loss_of
from adcli.study.data import Data, Table, data_of
from adcli.study.leaping import leap_of
from adcli.study.losses import Loss
from adcli.study.methods import METHODS
from adcli.study.stationary import bent_down
from adcli.study.walking import BEYOND, Record, Stop, Watch, walk

if TYPE_CHECKING:
    from adcli.graph import Shape


@dataclass(frozen=True, kw_only=True)
class DescentAnswer(Answer):
    """`descend`: the path of a descent, thinned to at most a thousand steps, and why it ended."""

    command = "descend"
    output: str
    shapes: dict[str, Shape]
    method: str
    rate: float
    tol: float
    seed: int | None
    data: Data | None
    path: list[Record]
    stop: Stop
    loss: Loss | ArrayLoss = field(repr=False, compare=False)

    @property
    def last(self) -> Record:
        """The last step that has a value."""
        return self.path[-1]

    @property
    def point(self) -> dict[str, Any]:
        """The last point, by input: numbers and arrays."""
        return self.arrays(self.last.point)

    @cached_property
    def moving(self) -> tuple[str, ...]:
        """The numbers that move, in the order of points: x, w[1], W[1,2]."""
        return tuple(entry for name, shape in self.shapes.items() for entry in entries_of(name, shape))

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        last, data = self.last, self.data
        return {
            "output": self.output,
            "method": self.method,
            "rate": self.rate,
            "tol": self.tol,
            "seed": self.seed,
            "data": None if data is None else data.json(),
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

    def arrays(self, numbers: Sequence[float]) -> dict[str, Any]:
        """Numbers by the inputs that move, in their shapes."""
        left = iter(numbers)
        return {
            name: in_shape([next(left) for _ in range(prod(shape))], shape)
            for name, shape in self.shapes.items()
        }

    def named(self, numbers: Sequence[float]) -> dict[str, Any]:
        """Numbers by the inputs that move; those of an array as nested lists."""
        return {name: json_number(value) for name, value in self.arrays(numbers).items()}


def entries_of(name: str, shape: Shape) -> list[str]:
    """The names of an array's entries; of a number its own.

    >>> entries_of("W", (1, 2)), entries_of("x", (2, 1)), entries_of("b", ())
    (['W[1,1]', 'W[1,2]'], ['x[1]', 'x[2]'], ['b'])
    """
    if not shape:
        return [name]
    rows, columns = (range(1, size + 1) for size in shape)
    return [f"{name}[{i}]" if shape[1] == 1 else f"{name}[{i},{j}]" for i in rows for j in columns]


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
    arrays: Mapping[str, Any] | None = None,
    each_row: bool = False,
    seed: int | None = None,
    shapes: Mapping[str, Shape] | None = None,
    watch: Watch | None = None,
) -> DescentAnswer:
    """The descent from `start`: at most so many steps, until the gradient's length is at most `tol`.

    Inputs outside `wrt` stand still, and so do those that the data give: `arrays` whole ones, and the columns
    of `data` too where the program works with arrays. Else, or with `each_row`, each row of `data` is an
    example, and the output is the mean over them. With `seed`, inputs without a start are drawn from
    -1 … 1, in the shapes that `shapes` has. Raises DomainError where the start has no value or slope; what
    happens later is the answer's `stop`.
    """
    if method not in METHODS:
        raise UsageError(f'no method is called "{method}"', hint=f"methods: {', '.join(METHODS)}")
    make, usual = METHODS[method]
    rate = usual if rate is None else rate
    if not (math.isfinite(rate) and rate > 0):
        raise UsageError(f"the rate is a number above 0, not {number(rate)}")
    if not (math.isfinite(tol) and tol >= 0):
        raise UsageError(f"the tolerance is a number from 0, not {number(tol)}")
    given = from_values(start)
    if each_row and data is None:
        raise UsageError(
            "--each-row is about the rows of data, and there are none", hint="add --data FILE.csv"
        )
    found = data_of(program, {**given, **(shapes or {})}, data, from_values(arrays or {}), each_row=each_row)
    at = started(program, given, found.names, seed, shapes or {})
    try:
        run = placed(program, {**found.examples[0], **at})[0]
    except ShapeError as error:
        drawn = not {*given, *(shapes or {})}.issuperset(at)
        error.hint = misfit(found, drawn=drawn) or error.hint
        raise
    chosen = one_output(run, output)
    number_wanted(run, chosen)
    columns = names_of(run, columns_of(run, wrt))
    moving = [name for name in run.inputs if name in columns and name not in found.names]
    if not moving:
        raise UsageError("no input is left that could move")
    fixed = {name: value for name, value in at.items() if name not in moving}
    source = program if program.needs_point else run
    examples = [{**fixed, **example} for example in found.examples]
    loss = loss_of(source, moving, examples, chosen, {name: at[name] for name in moving})
    first = tuple(entry for name in moving for entry in flat(at[name]))
    leap = None
    if method == "gradient" and isinstance(loss, Loss) and loss.plain:
        leap = leap_of(loss.kernel, rate, tol, BEYOND)
    path, stop = walk(lambda point: make(loss, point, rate), first, steps, tol, chosen, watch, leap)
    if stop.reason == "converged" and isinstance(loss, Loss):
        stop = stop._replace(
            message=stop.message + bent_down(loss, path[-1].point, path[-1].gradient, chosen)
        )
    return DescentAnswer(
        program=run, at=at, notes=run.notes, output=chosen,
        shapes={name: of_value(at[name]) for name in moving}, method=method, rate=rate, tol=tol, seed=seed,
        data=found if found.names else None, path=path, stop=stop, loss=loss,
    )  # fmt: skip


def started(
    program: Program,
    given: Mapping[str, Any],
    names: Sequence[str],
    seed: int | None,
    shapes: Mapping[str, Shape],
) -> dict[str, Any]:
    """The start of every input that the data lack, in the program's order."""
    inputs = [name for name in program.inputs if name not in names]
    if unknown := [name for name in (*given, *shapes) if name not in inputs]:
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
    if doubled := [name for name in shapes if name in given]:
        raise UsageError(f'the point has "{doubled[0]}", so nothing is drawn', hint="leave --shape out")
    source = random.Random(seed)  # noqa: S311  # a start is no secret
    drawn = {
        name: in_shape(
            [source.uniform(-1.0, 1.0) for _ in range(prod(shapes.get(name, ())))], shapes.get(name, ())
        )
        for name in missing
    }
    return {name: given[name] if name in given else drawn[name] for name in inputs}


def misfit(data: Data, *, drawn: bool) -> str | None:
    """The way out where shapes do not fit together, which may be those of data or of what is drawn."""
    if drawn:
        return "--shape says how large an array is drawn, as in --shape W=2x3"
    if data.table is not None:
        return (
            "every row is an example: an input is a number, or a vector of its columns"
            if data.mean
            else "columns are whole arrays; with --each-row every row is an example of its own"
        )
    return None
