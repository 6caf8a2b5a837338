"""What a descent walks on: a program's value, gradient and Hessian as functions of the inputs that move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adcli.answers import higher
from adcli.language.program import Program
from adcli.study.kernel import Gradient, Kernel

Point = tuple[float, ...]
Rows = Sequence[Sequence[float]]


class Loss:
    """The mean of an output over rows of data, as a function of the inputs of `moving`.

    `names` are the inputs that each row of `rows` gives. `at` is a point where the program runs.
    """

    def __init__(
        self,
        program: Program,
        moving: Sequence[str],
        names: Sequence[str] = (),
        rows: Rows = ((),),
        output: str | None = None,
        at: Mapping[str, float] | None = None,
    ) -> None:
        self.kernel = Kernel(program, moving, output, at)
        self.moving = tuple(moving)
        self.rows = [tuple(row) for row in rows]
        places = {name: place for place, name in enumerate((*names, *moving))}
        self.order = [places[name] for name in self.kernel.inputs]
        self.plain = not names and self.moving == self.kernel.inputs
        # The value and the gradient at a point, by the shortest way.
        self.call = self.kernel.call if self.plain else self.mean

    def mean(self, *point: float) -> tuple[float, Gradient]:
        """The mean value and the mean gradient; DomainError where a row has none."""
        if len(self.rows) == 1:
            return self.kernel.call(*map((self.rows[0] + point).__getitem__, self.order))
        found = [self.kernel.call(*map((row + point).__getitem__, self.order)) for row in self.rows]
        count = len(found)
        columns = zip(*(slopes for _, slopes in found), strict=True)
        return sum(value for value, _ in found) / count, tuple(sum(column) / count for column in columns)

    def hessian(self, point: Point) -> list[list[float]]:
        """The mean of the second derivatives, forward over reverse."""
        inputs, count = self.kernel.inputs, len(self.rows)
        total = [[0.0] * len(point) for _ in point]
        for row in self.rows:
            at = dict(zip(inputs, map((row + point).__getitem__, self.order), strict=True))
            found = higher.hessian(self.kernel.program, at, wrt=self.moving, output=self.kernel.output)
            for i, entries in enumerate(found.hessian):
                for j, entry in enumerate(entries):
                    total[i][j] += entry / count
        return total
