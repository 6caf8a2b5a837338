"""Difference quotients against theory: the order of truncation, 1/h of rounding, and the best step."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from adcli.study.curves import curve
from adcli.study.quotients import EPSILON, QUOTIENTS, Quotient

FORWARD, CENTRAL, RICHARDSON, COMPLEX = QUOTIENTS
Case = tuple[str, Callable[[float], float], float, float, float, float]
# name, function, derivative, absolute second and third derivative, point
CASES: list[Case] = [
    ("exp", math.exp, math.exp(1.1), math.exp(1.1), math.exp(1.1), 1.1),
    ("sin", math.sin, math.cos(0.7), math.sin(0.7), math.cos(0.7), 0.7),
    ("cube", lambda x: x**3, 3 * 1.3**2, 6 * 1.3, 6, 1.3),
    ("ln", math.log, 1 / 2.5, 1 / 2.5**2, 2 / 2.5**3, 2.5),
    ("sqrt", math.sqrt, 0.5 / math.sqrt(3.1), 0.25 * 3.1**-1.5, 0.375 * 3.1**-2.5, 3.1),
    ("atan", math.atan, 1 / 1.16, 0.8 / 1.16**2, abs(6 * 0.16 - 2) / 1.16**3, 0.4),
    ("reciprocal", lambda x: 1 / x, -1 / 1.7**2, 2 / 1.7**3, 6 / 1.7**4, 1.7),
    ("cosh", math.cosh, math.sinh(0.9), math.cosh(0.9), math.sinh(0.9), 0.9),
    ("square of exp", lambda x: math.exp(2 * x), 2 * math.exp(0.6), 4 * math.exp(0.6), 8 * math.exp(0.6), 0.3),
    ("tan", math.tan, 1 / math.cos(0.8) ** 2, 2 * math.tan(0.8) / math.cos(0.8) ** 2,
     (4 * math.sin(0.8) ** 2 + 2) / math.cos(0.8) ** 4, 0.8),
]  # fmt: skip
named = pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])


@named
@pytest.mark.parametrize("quotient", [FORWARD, CENTRAL], ids=["forward", "central"])
def test_the_lines_have_the_slopes_of_theory(quotient: Quotient, case: Case) -> None:
    _, function, slope, _, _, x = case
    found = curve(quotient, function, x, slope)
    assert found.truncation == pytest.approx(quotient.order, rel=0.1)
    assert found.rounding == pytest.approx(-1, rel=0.1)


@named
def test_the_best_steps_scale_with_roots_of_epsilon(case: Case) -> None:
    """Truncation |f″|h/2 or |f‴|h²/6 meets a rounding of ε|f|/h where the best step is."""
    _, function, slope, second, third, x = case
    rounding = EPSILON / 2 * (abs(function(x)) + abs(x * slope))
    for quotient, theory in (
        (FORWARD, math.sqrt(2 * rounding / second)),
        (CENTRAL, (3 * rounding / third) ** (1 / 3)),
    ):
        best = curve(quotient, function, x, slope).best
        assert best is not None
        assert theory / 3 < best.h < 3 * theory


def test_the_complex_step_loses_no_digit() -> None:
    import cmath

    found = COMPLEX.slope(cmath.exp, 1.1, COMPLEX.step(1.1))
    assert found == pytest.approx(math.exp(1.1), rel=4e-16)


def test_richardson_gains_two_orders() -> None:
    found = curve(RICHARDSON, math.exp, 1.1, math.exp(1.1))
    assert found.truncation == pytest.approx(4, rel=0.1)


def test_a_straight_line_has_no_truncation_error() -> None:
    found = curve(FORWARD, lambda x: 3 * x, 0.7, 3.0)
    assert found.truncation is None


def test_a_function_that_ends_nearby_leaves_gaps() -> None:
    found = curve(CENTRAL, lambda x: math.sqrt(x) if x >= 0 else 1 / 0, 0.01, 5.0)
    assert found.points[0].error is None
    assert found.points[-1].error is not None
