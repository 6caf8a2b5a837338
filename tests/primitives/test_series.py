"""Power series as values: every rule's higher orders against mpmath, by composition, and at the edges."""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from mpmath import mp, mpf

from adcli.arithmetic.real import REAL
from adcli.arithmetic.series import HIGHEST, Series, series
from adcli.primitives import TABLE, Primitive

sys.path.insert(0, str(Path(__file__).parent))
from oracle import VALUES

ROWS = [
    row
    for row in TABLE.values()
    if not row.helper and row.family not in ("logic", "piecewise") and row.name != "polygamma"
]
SINGLE = [row for row in ROWS if len(row.args) == 1]
DEEP = 12


def names(rows: list[Primitive]) -> dict[str, Any]:
    return {"argvalues": rows, "ids": [row.name for row in rows]}


def moved(point: tuple[float, ...], direction: tuple[float, ...], order: int) -> list[Series]:
    """The point as it moves with t along a direction."""
    return [Series([x, v] + [0.0] * (order - 1)) for x, v in zip(point, direction, strict=True)]


def wanted(op: str, point: tuple[float, ...], direction: tuple[float, ...], order: int) -> list[Any]:
    """The same coefficients from mpmath, by differences at high precision."""
    with mp.workprec(150):
        return mp.taylor(
            lambda t: VALUES[op](*(mpf(x) + v * t for x, v in zip(point, direction, strict=True))), 0, order
        )


def arguments(row: Primitive, rng: random.Random) -> tuple[float, ...]:
    """A point inside the row's ranges, with two arguments where the last may repeat."""
    return tuple(rng.uniform(*limits) for limits in row.ranges)


@pytest.mark.parametrize("row", **names(ROWS))
def test_coefficients_of_orders_1_to_4_are_those_of_mpmath(row: Primitive) -> None:
    rng = random.Random(f"series {row.name}")
    for _ in range(6):
        point = arguments(row, rng)
        direction = tuple(rng.uniform(-1, 1) for _ in point)
        want = wanted(row.name, point, direction, 4)
        for order in range(1, 5):
            got = series(order).function(row.name)(*moved(point, direction, order)).coefficients
            for k in range(order + 1):
                assert abs(got[k] - want[k]) <= 1e-10 * abs(want[k]), (point, direction, order, k)


@pytest.mark.parametrize("row", **names(SINGLE))
def test_coefficients_to_order_12_are_those_of_mpmath(row: Primitive) -> None:
    rng = random.Random(f"deep {row.name}")
    point = arguments(row, rng)
    want = wanted(row.name, point, (1.0,), DEEP)
    got = series(DEEP).function(row.name)(*moved(point, (1.0,), DEEP)).coefficients
    for k in range(DEEP + 1):
        assert abs(got[k] - want[k]) <= 1e-10 * abs(want[k]), (point, k)


def at(op: str, order: int, *args: float) -> list[float]:
    """The coefficients of a primitive whose first argument moves with speed 1; floats do not move."""
    moving = Series([args[0], 1.0] + [0.0] * (order - 1))
    found = series(order).function(op)(moving, *args[1:])
    return found.coefficients if isinstance(found, Series) else [found] + [0.0] * order


def test_every_helper_has_a_rule_of_its_own() -> None:
    assert [row.name for row in TABLE.values() if row.helper and not row.d] == []


@pytest.mark.parametrize("n", [1, 2, 3, 5, 12])
def test_a_whole_power_at_0_has_every_coefficient(n: int) -> None:
    assert at("pow", 12, 0.0, float(n)) == [float(k == n) for k in range(13)]


@pytest.mark.parametrize(("y", "order"), [(0.5, 1), (1.5, 2), (2.5, 3)])
def test_a_fractional_power_at_0_has_a_pole_at_the_first_order_above_it(y: float, order: int) -> None:
    assert order == 1 or at("pow", order - 1, 0.0, y) == [0.0] * order
    with pytest.raises(ZeroDivisionError):
        at("pow", order, 0.0, y)


def test_a_power_moves_by_base_and_exponent_at_base_0() -> None:
    m = series(2)
    both = m.function("pow")(Series([0.0, 1.0, 0.0]), Series([3.0, 1.0, 0.0]))
    assert both.coefficients == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    "op", ["sech", "tanh", "sigmoid", "softplus", "silu", "gelu", "normcdf", "erf", "coth"]
)
@pytest.mark.parametrize("x", [800.0, -800.0, 1e150])
def test_flat_ends_have_curvature_0_and_no_overflow(op: str, x: float) -> None:
    assert at(op, 4, x)[2:] == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("scale", [1e-180, 1e180])
def test_hypot_is_curved_right_at_the_ends_of_the_range(scale: float) -> None:
    (value, slope, half) = at("hypot", 2, 3 * scale, 4 * scale)
    assert (value, slope) == (pytest.approx(5 * scale, rel=1e-15), pytest.approx(0.6, rel=1e-15))
    assert half == pytest.approx(0.5 * 0.64 / (5 * scale), rel=1e-14)


def test_hypot_keeps_a_small_curvature() -> None:
    assert at("hypot", 2, 1.0, 1e-9)[2] == pytest.approx(0.5e-18, rel=1e-12)


def test_hypot_of_one_value_twice_is_straight() -> None:
    x = Series([3.0, 1.0, 0.0])
    found = series(2).function("hypot")(x, x).coefficients
    assert found == [pytest.approx(3 * math.sqrt(2)), pytest.approx(math.sqrt(2)), 0.0]


def test_sinc_at_0_is_its_power_series() -> None:
    want = [0.0 if k % 2 else (-1) ** (k // 2) / math.factorial(k + 1) for k in range(13)]
    assert at("sinc", 12, 0.0) == pytest.approx(want, rel=1e-15)


@pytest.mark.parametrize("x", [1e-8, 3.0, 30.0, 1e5])
def test_sinc_far_and_near_is_that_of_mpmath(x: float) -> None:
    with mp.workprec(300):
        want = mp.taylor(lambda t: mp.sin(x + t) / (x + t), 0, 6)
    assert all(
        abs(got - right) <= 1e-14 * abs(right) for got, right in zip(at("sinc", 6, x), want, strict=True)
    )


@pytest.mark.parametrize("op", ["abs", "relu", "leaky_relu"])
def test_a_piecewise_linear_function_has_no_curvature(op: str) -> None:
    for x in (-2.0, 0.0, 3.0):
        found = at(op, 3, x)
        assert found[0] == REAL.function(op)(x)
        assert found[2:] == [0.0, 0.0]


def test_a_choice_is_the_chosen_operand_and_nothing_of_the_other() -> None:
    select = series(1).function("select")
    x, broken = Series([1.0, 2.0]), Series([math.inf, math.nan])
    assert select(Series([0.0, 5.0]), broken, x) is x
    assert select(1.0, x, broken) is x


def test_what_does_not_move_is_a_float() -> None:
    m = series(2)
    assert m.sin(0.5) == math.sin(0.5)
    assert m.function("floor")(Series([1.5, 1.0, 0.0])) == 1.0
    assert m.function("lt")(Series([1.0, 1.0, 0.0]), 2.0) == 1.0


@pytest.mark.parametrize("row", **names(SINGLE))
def test_the_highest_order_needs_no_deep_recursion(row: Primitive) -> None:
    point = arguments(row, random.Random(row.name))
    assert len(at(row.name, HIGHEST, *point)) == HIGHEST + 1


def test_arithmetic_of_series_is_that_of_polynomials() -> None:
    x, y = Series([2.0, 1.0, 0.0]), Series([3.0, 0.0, 4.0])
    assert (x * y).coefficients == [6.0, 3.0, 8.0]
    assert ((x * y) / y).coefficients == x.coefficients
    assert (1 - x + 2 * y / 2).coefficients == [2.0, -1.0, 4.0]
    assert (6 / x).coefficients == [3.0, -1.5, 0.75]
    assert not Series([0.0, 0.0])
