"""How a descent steps: each method is a generator of points with their values and gradients.

Sources: momentum as B. Polyak (1964) with the velocity in units of the gradient; Adam as D. Kingma and
J. Ba (2015), algorithm 1; the line search halves until Armijo's rule holds, or, where values differ by
rounding alone, the rule of W. Hager and H. Zhang (2005); Newton's method adds to the diagonal until the
Hessian is positive definite (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithms 3.1
and 3.3).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from adcli.errors import DomainError
from adcli.study.array_losses import ArrayLoss
from adcli.study.kernel import Gradient
from adcli.study.losses import Loss as NumberLoss
from adcli.study.losses import Point

Loss = NumberLoss | ArrayLoss
MOMENTUM = 0.9
FIRST, SECOND, LITTLE = 0.9, 0.999, 1e-8  # Adam's
ARMIJO = 1e-4  # how much of the decrease that the slope promises a step must bring
ROUNDING = 64 * 2.0**-52  # how much a value may grow by rounding alone
HALVINGS = 60
MOST_LEVEL = 20
DEFINITE = 1e-10  # the least pivot, of its diagonal entry, that rounding does not explain


State = tuple[Point, float, Gradient]  # a point with its value and gradient
States = Iterator[State]


class Stalled(ArithmeticError):
    """No step along the direction lowers the value any further."""


def gradient(loss: Loss, point: Point, rate: float) -> States:
    """A step against the gradient, `rate` times as long."""
    call = loss.call
    while True:
        value, slopes = call(*point)
        yield point, value, slopes
        point = tuple([x - rate * slope for x, slope in zip(point, slopes)])  # noqa: B905  # the inner loop


def momentum(loss: Loss, point: Point, rate: float) -> States:
    """The velocity keeps 0.9 of itself and gains the gradient; a step is `rate` times the velocity."""
    velocity = [0.0] * len(point)
    while True:
        value, slopes = loss.call(*point)
        yield point, value, slopes
        velocity = [MOMENTUM * v + slope for v, slope in zip(velocity, slopes, strict=True)]
        point = tuple([x - rate * v for x, v in zip(point, velocity, strict=True)])


def adam(loss: Loss, point: Point, rate: float) -> States:
    """Running means of the gradient and of its square, both without their bias, scale each input's step."""
    mean = [0.0] * len(point)
    power = [0.0] * len(point)
    first = second = 1.0
    while True:
        value, slopes = loss.call(*point)
        yield point, value, slopes
        first, second = first * FIRST, second * SECOND
        mean = [FIRST * m + (1 - FIRST) * g for m, g in zip(mean, slopes, strict=True)]
        power = [SECOND * p + (1 - SECOND) * g * g for p, g in zip(power, slopes, strict=True)]
        point = tuple(
            [
                x - rate * (m / (1 - first)) / (math.sqrt(p / (1 - second)) + LITTLE)
                for x, m, p in zip(point, mean, power, strict=True)
            ]
        )


def line_search(loss: Loss, point: Point, rate: float) -> States:
    """A step against the gradient; it starts twice as long as the last one and is halved while too long."""
    state = (point, *loss.call(*point))
    length = rate
    search = Search(loss)
    while True:
        yield state
        direction = tuple([-slope for slope in state[2]])
        state, length = search(state, direction, length)
        length *= 2


def newton(loss: Loss, point: Point, rate: float) -> States:
    """The step to the minimum of the parabola that the Hessian gives, `rate` times as long at first."""
    state = (point, *loss.call(*point))
    search = Search(loss)
    while True:
        yield state
        direction = downhill(loss.hessian(state[0]), state[2])
        state, _ = search(state, direction, rate)


class Search:
    """Armijo's line search. It gives up where several steps in a row lower nothing but by rounding."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        self.value = self.size = math.inf  # the least value and gradient so far
        self.level = 0  # steps in a row that lowered neither the value nor the gradient

    def __call__(self, state: State, direction: Point, length: float) -> tuple[State, float]:
        """The next state along a direction and the length of the step; Stalled where none is lower.

        A point outside the domain is too far.
        """
        point, value, slopes = state
        slope = sum(d * g for d, g in zip(direction, slopes, strict=True))
        for _ in range(HALVINGS):
            there = tuple([x + length * d for x, d in zip(point, direction, strict=True)])
            found = self.state(there)
            if found is not None and fits(found, value, direction, slope, length):
                size = math.hypot(*found[2])
                lower = found[1] < self.value or size < self.size
                self.value, self.size = min(found[1], self.value), min(size, self.size)
                self.level = 0 if lower else self.level + 1
                if self.level > MOST_LEVEL:
                    break
                return found, length
            length /= 2
        raise Stalled

    def state(self, point: Point) -> State | None:
        """The state at a point; None outside the domain."""
        try:
            return (point, *self.loss.call(*point))
        except DomainError:
            return None


def fits(found: State, value: float, direction: Point, slope: float, length: float) -> bool:
    """Whether a step lowers the value enough; where rounding hides that, the slope at its end tells."""
    if found[1] <= value + ARMIJO * length * slope - ROUNDING * abs(value):
        return True
    if found[1] > value + ROUNDING * abs(value):
        return False
    ahead = sum(d * g for d, g in zip(direction, found[2], strict=True))
    return ahead <= (2 * ARMIJO - 1) * slope


def downhill(matrix: list[list[float]], slopes: Gradient) -> Point:
    """-H⁻¹∇f, with as much added to H's diagonal as makes it positive definite."""
    size = max(abs(entry) for row in matrix for entry in row) or 1.0
    added = 0.0
    while math.isfinite(added):
        shifted = [[*row[:i], row[i] + added, *row[i + 1 :]] for i, row in enumerate(matrix)]
        root = cholesky(shifted)
        if root is not None:
            return solved(root, [-slope for slope in slopes])
        added = max(2 * added, 0.1 * size)
    raise Stalled


def cholesky(matrix: list[list[float]]) -> list[list[float]] | None:
    """The lower triangle L with L·Lᵀ = matrix; None where it is not positive definite."""
    root: list[list[float]] = []
    for i, row in enumerate(matrix):
        made: list[float] = []
        for j in range(i):
            rest = row[j] - sum(a * b for a, b in zip(made, root[j], strict=False))
            made.append(rest / root[j][j])
        rest = row[i] - sum(a * a for a in made)
        if not rest > DEFINITE * abs(row[i]):
            return None
        root.append([*made, math.sqrt(rest)])
    return root


def solved(root: list[list[float]], right: list[float]) -> Point:
    """The x with L·Lᵀ·x = right."""
    between: list[float] = []
    for row, number in zip(root, right, strict=True):
        rest = number - sum(a * b for a, b in zip(row, between, strict=False))
        between.append(rest / row[-1])
    count = len(right)
    found = [0.0] * count
    for i in range(count - 1, -1, -1):
        rest = between[i] - sum(root[k][i] * found[k] for k in range(i + 1, count))
        found[i] = rest / root[i][i]
    return tuple(found)


Method = Callable[[Loss, Point, float], States]
METHODS: dict[str, tuple[Method, float]] = {  # with the rate where none is given
    "gradient": (gradient, 0.1),
    "momentum": (momentum, 0.01),
    "adam": (adam, 0.1),
    "newton": (newton, 1.0),
    "line-search": (line_search, 1.0),
}
