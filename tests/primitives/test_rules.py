"""What the table says of itself, the conventions at kinks, and domains."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.real import REAL
from adcli.primitives import ALIASES, TABLE, Primitive

ROWS = list(TABLE.values())
EXPANDED = [row for row in ROWS if row.expand is not None]
PRIMITIVES = [row for row in ROWS if not row.helper]


def by_name(rows: list[Primitive]) -> dict[str, Any]:
    return {"argvalues": rows, "ids": [row.name for row in rows]}


def partial(arithmetic: Any, row: Primitive, slot: int, *point: Any) -> Any:
    """The partial as the engine asks for it."""
    d = row.partial(slot)
    if not callable(d):
        return arithmetic.lift(d)
    z = arithmetic.function(row.name)(*point)
    return d(arithmetic, z, *((slot,) if row.variadic else ()), *point)


# The table


@pytest.mark.parametrize("row", **by_name(PRIMITIVES))
def test_a_row_is_complete(row: Primitive) -> None:
    assert TABLE[row.name] is row
    assert len(row.ranges) == len(row.args)
    assert len(row.d) == (1 if row.variadic else len(row.args))
    assert row.doc
    assert not row.doc.endswith(".")
    assert bool(row.needs) == (row.domain != "all real numbers")
    assert row.points
    for point in row.points:
        assert len(point) >= len(row.args) if row.variadic else len(point) == len(row.args)
        REAL.function(row.name)(*point)
    for kink in row.kinks:
        assert any(kink.at(*point) for point in row.points), "no special point lies on the kink"


@pytest.mark.parametrize("row", **by_name(PRIMITIVES))
def test_inside_the_ranges_everything_exists_and_is_moderate(row: Primitive) -> None:
    rng = random.Random(row.name)
    for _ in range(20):
        point = tuple(rng.uniform(*limits) for limits in row.ranges)
        assert abs(REAL.function(row.name)(*point)) < 1e4
        for slot, d in enumerate(row.d):
            if d is not None and (row.name, slot) != ("polygamma", 0):
                assert abs(partial(REAL, row, slot, *point)) < 1e5


def test_no_name_means_two_functions() -> None:
    assert not set(ALIASES) & set(TABLE) - {"log"}  # one argument: ln; two: log
    assert all(name in TABLE and TABLE[name].callable for name in ALIASES.values())
    assert len(ALIASES) == sum(len(row.aliases) for row in ROWS)


def test_the_elementary_functions_go_without_parentheses() -> None:
    assert " ".join(row.name for row in ROWS if row.bare) == (
        "sqrt exp ln log10 log2 log sin cos tan sec csc cot asin acos atan acot "
        "sinh cosh tanh sech csch coth asinh acosh atanh"
    )


@pytest.mark.parametrize("row", **by_name(EXPANDED))
def test_a_function_is_the_textbook_formula_that_it_expands_to(row: Primitive) -> None:
    rng = random.Random(row.name)
    assert row.expand is not None
    names = [name.removesuffix("...") for name in row.args]
    for _ in range(20):
        point = [rng.uniform(0.2, 0.9) for _ in names]
        if row.name in ("acosh_slope", "log", "log_by_base", "log_by_argument"):
            point = [x + 1 for x in point]
        if "args" in names:
            point[names.index("args") :] = [rng.uniform(0.2, 0.9), point[0]]
        if row.name == "tie_share":
            point[1] = max(point[2:])
        assert REAL.function(row.name)(*point) == pytest.approx(row.expand(REAL, *point), rel=1e-13)


def test_helpers_are_not_for_users() -> None:
    helpers = [row for row in ROWS if row.helper]
    assert helpers
    assert not any(row.callable or row.aliases or row.expand is None for row in helpers)


# Kinks


@pytest.mark.parametrize(
    ("op", "args", "slopes"),
    [
        ("abs", (0,), [0]),
        ("sign", (0,), [0]),
        ("floor", (2,), [0]),
        ("ceil", (2,), [0]),
        ("round", (2.5,), [0]),
        ("step", (0,), [0]),
        ("relu", (0,), [0]),
        ("leaky_relu", (0,), [0.01]),
        ("elu", (0,), [1]),
        ("max", (1, 1), [1 / 2, 1 / 2]),
        ("max", (1, 0, 1, 1), [1 / 3, 0, 1 / 3, 1 / 3]),
        ("max", (1,), [1]),
        ("min", (1, 1), [1 / 2, 1 / 2]),
        ("min", (1, 2, 1), [1 / 2, 0, 1 / 2]),
        ("stop", (3,), [0]),
        ("sinc", (0,), [0]),
        ("pow", (0, 0), [0, None]),
        ("pow", (0, 1), [1, 0]),
        ("pow", (0, 2), [0, 0]),
        ("pow", (0, 1.5), [0, 0]),
        ("pow", (0, 0.5), [None, 0]),
        ("pow", (-2, 3), [12, None]),
        ("pow", (-2, -1), [-0.25, None]),
        ("sqrt", (0,), [None]),
        ("cbrt", (0,), [None]),
        ("asin", (1,), [None]),
        ("acosh", (1,), [None]),
        ("hypot", (0, 0), [None, None]),
        ("atan2", (0, 0), [None, None]),
        ("atan2", (0, -2), [-0.5, 0]),
        ("log", (1, 3), [1 / math.log(3), 0]),
    ],
)
def test_the_slope_at_a_kink_is_the_convention(op: str, args: tuple[float, ...], slopes: list[Any]) -> None:
    point = tuple(map(float, args))
    for slot, slope in enumerate(slopes):
        if slope is None:
            with pytest.raises((ValueError, ZeroDivisionError)):
                partial(REAL, TABLE[op], slot, *point)
        else:
            assert partial(REAL, TABLE[op], slot, *point) == pytest.approx(slope, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    "row", **by_name([row for row in PRIMITIVES if row.kinks and row.family == "piecewise"])
)
def test_the_two_slopes_of_a_kink_are_its_difference_quotients(row: Primitive) -> None:
    function, step = REAL.function(row.name), 2.0**-10
    for kink, point in product(row.kinks, row.points):
        if not kink.at(*point) or max(map(abs, point)) > 1e6:
            continue
        z = function(*point)
        for slot, x in enumerate(point):
            left = (z - function(*point[:slot], x - step, *point[slot + 1 :])) / step
            right = (function(*point[:slot], x + step, *point[slot + 1 :]) - z) / step
            if kink.slopes is None:
                assert max(abs(left), abs(right)) > 0.5 / step
            else:
                assert (left, right) == pytest.approx(kink.slopes(*point)[slot])


# Domains


@pytest.mark.parametrize(
    ("op", "args", "error"),
    [
        ("div", (1, 0), ZeroDivisionError),
        ("pow", (-1, 0.5), ValueError),
        ("pow", (-8, 1 / 3), ValueError),
        ("pow", (0, -1), ZeroDivisionError),
        ("pow", (0, -0.5), ZeroDivisionError),
        ("pow", (9, 387420489), OverflowError),
        ("pow", (1e200, 2), OverflowError),
        ("sqrt", (-1,), ValueError),
        ("ln", (0,), ValueError),
        ("ln", (-1,), ValueError),
        ("log10", (0,), ValueError),
        ("log2", (-1,), ValueError),
        ("log1p", (-1,), ValueError),
        ("log", (-1, 2), ValueError),
        ("log", (2, -1), ValueError),
        ("log", (2, 1), ZeroDivisionError),
        ("exp", (710,), OverflowError),
        ("expm1", (710,), OverflowError),
        ("csc", (0,), ZeroDivisionError),
        ("cot", (0,), ZeroDivisionError),
        ("csc", (1e-310,), OverflowError),
        ("cot", (1e-310,), OverflowError),
        ("asin", (1.5,), ValueError),
        ("acos", (-1.5,), ValueError),
        ("sinh", (711,), OverflowError),
        ("cosh", (-711,), OverflowError),
        ("csch", (0,), ZeroDivisionError),
        ("csch", (1e-310,), OverflowError),
        ("coth", (0,), ZeroDivisionError),
        ("coth", (1e-310,), OverflowError),
        ("acosh", (0.5,), ValueError),
        ("atanh", (1,), ValueError),
        ("atanh", (-2,), ValueError),
        ("hypot", (1.5e308, 1.5e308), OverflowError),
        ("degrees", (1e307,), OverflowError),
        ("gamma", (0,), ZeroDivisionError),
        ("gamma", (-3,), ZeroDivisionError),
        ("gamma", (172,), OverflowError),
        ("lgamma", (0,), ZeroDivisionError),
        ("lgamma", (-1e300,), ZeroDivisionError),
        ("lgamma", (1e306,), OverflowError),
        ("digamma", (-2,), ZeroDivisionError),
        ("trigamma", (0,), ZeroDivisionError),
        ("trigamma", (1e-200,), OverflowError),
        ("polygamma", (0.5, 1), ValueError),
        ("polygamma", (-1, 1), ValueError),
        ("polygamma", (1e6, 1), ValueError),
        ("polygamma", (3, -1), ZeroDivisionError),
        ("logit", (0,), ValueError),
        ("logit", (1,), ValueError),
        ("logit", (1.5,), ValueError),
    ],
)
def test_outside_the_domain_the_error_says_what_kind(op: str, args: tuple[float, ...], error: type) -> None:
    with pytest.raises(error):
        REAL.function(op)(*map(float, args))


def test_constants_are_lifted_to_the_nearest_float() -> None:
    assert [REAL.lift(name) for name in ("pi", "e", "tau")] == [math.pi, math.e, math.tau]
    assert REAL.lift(Fraction(1, 10)) == 0.1
    assert type(REAL.lift(3)) is float
    assert REAL.lift(Fraction(1, 10**400)) == 0
    for huge in (10**400, Fraction(10**400, 3)):
        with pytest.raises(OverflowError):
            REAL.lift(huge)


def test_the_words_of_python_are_reachable() -> None:
    for arithmetic in (REAL, EXACT):
        assert arithmetic.and_ is arithmetic.function("and")
        assert arithmetic.or_ is arithmetic.function("or")
        assert arithmetic.not_ is arithmetic.function("not")
        with pytest.raises(AttributeError):
            arithmetic.function("nonsense")
