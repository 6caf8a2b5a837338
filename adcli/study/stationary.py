"""What kind of place a descent came to rest at: a slope of 0 may also be a maximum or a saddle."""

from __future__ import annotations

from adcli.errors import AdcliError
from adcli.study.kernel import Gradient
from adcli.study.losses import Loss, Point
from adcli.study.methods import cholesky

MOST_INPUTS, MOST_ROWS = 8, 1000
NEAR = 1e-4  # of the point's size: the slope is 0 no farther than that, if the curvature goes on
FLAT = 1e-8  # of the largest entry of the Hessian: a curvature below that may be rounding


def bent_down(loss: Loss, point: Point, gradient: Gradient, output: str) -> str:
    """Where the Hessian says that a point is no minimum, the end of a sentence that says so; else nothing.

    On a plateau, as that of sigmoid, slope and curvature are both small: nothing is said.
    """
    if len(point) > MOST_INPUTS or len(loss.rows) > MOST_ROWS:
        return ""
    try:
        matrix = loss.hessian(point)
    except AdcliError:  # no second derivative: nothing is known
        return ""
    curved = max(abs(entry) for row in matrix for entry in row)
    if max(map(abs, gradient)) > NEAR * curved * max(1.0, *map(abs, point)):
        return ""
    shift = FLAT * curved
    if not shift or cholesky([[*row[:i], row[i] + shift, *row[i + 1 :]] for i, row in enumerate(matrix)]):
        return ""
    if cholesky([[-entry for entry in row] for row in matrix]):
        return f", but {output} has a maximum here: it falls on every side"
    return f", but this is no minimum: {output} falls on some sides"
