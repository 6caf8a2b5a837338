"""Numerical differentiation: difference quotients of a function of one number.

Every quotient has a truncation error that grows with a power of the step h, its order, and (but for the
complex step) a rounding error that grows with 1/h. Where both are equal the error is smallest: near
h = ε^(1/(order + 1)) for a function and a point of size 1 (Nocedal and Wright, Numerical Optimization,
2nd edition, section 8.1).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NamedTuple

Function = Callable[[Any], Any]
EPSILON = sys.float_info.epsilon
TINY = 1e-20  # the step of the complex quotient, whose h² is far below any rounding


class Quotient(NamedTuple):
    """A difference quotient: `order` is the power of h in its truncation error, `calls` those of f."""

    name: str
    formula: str
    order: int
    calls: int
    slope: Callable[[Function, float, float], float]
    rounds: bool = True

    def step(self, x: float) -> float:
        """The usual step at x: ε^(1/(order + 1)), times |x| where that is more than 1."""
        return EPSILON ** (1 / (self.order + 1)) * max(1.0, abs(x)) if self.rounds else TINY


def ahead(f: Function, x: float, h: float) -> float:
    """The forward quotient."""
    return float((f(x + h) - f(x)) / h)


def central(f: Function, x: float, h: float) -> float:
    """The central quotient."""
    return float((f(x + h) - f(x - h)) / (2 * h))


def richardson(f: Function, x: float, h: float) -> float:
    """Two central quotients, of h and h/2, combined so that their h² terms cancel."""
    return (4 * central(f, x, h / 2) - central(f, x, h)) / 3


def complex_step(f: Function, x: float, h: float) -> float:
    """The complex quotient: nothing is subtracted, so nothing is lost."""
    return float(f(complex(x, h)).imag / h)


QUOTIENTS = (
    Quotient("forward difference", "(f(x + h) - f(x))/h", 1, 2, ahead),
    Quotient("central difference", "(f(x + h) - f(x - h))/(2h)", 2, 2, central),
    Quotient("Richardson", "(4·D(h/2) - D(h))/3, D central", 4, 4, richardson),
    Quotient("complex step", "Im f(x + ih)/h", 2, 1, complex_step, rounds=False),
)
