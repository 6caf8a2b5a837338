"""Exact arithmetic: fractions, closed forms, and the same errors as the real arithmetic."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from adcli.arithmetic.closed.number import Closed
from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.exact_functions import LARGEST
from adcli.arithmetic.real import REAL
from adcli.primitives import TABLE, Primitive

FAILURES = (ValueError, ZeroDivisionError, OverflowError)
PRIMITIVES = [row for row in TABLE.values() if not row.helper]
RATIONALS = [
    Fraction(p, q)
    for p, q in [(-2, 1), (-1, 1), (-1, 2), (0, 1), (1, 4), (1, 2), (1, 1), (2, 1), (5, 2), (8, 1)]
]


@pytest.mark.parametrize("row", PRIMITIVES, ids=lambda row: row.name)
def test_exact_and_real_arithmetic_agree(row: Primitive) -> None:
    for point in product(RATIONALS, repeat=len(row.args)):
        compare(EXACT.function(row.name), REAL.function(row.name), point)
        for slot, d in enumerate(row.d):
            if d is not None:
                compare(
                    lambda *p, slot=slot: slope_in(EXACT, row, slot, *p),
                    lambda *p, slot=slot: slope_in(REAL, row, slot, *p),
                    point,
                )


def slope_in(arithmetic: Any, row: Primitive, slot: int, *point: Any) -> Any:
    """The partial as the engine asks for it."""
    d = row.partial(slot)
    if not callable(d):
        return arithmetic.lift(d)
    z = arithmetic.function(row.name)(*point)
    return d(arithmetic, z, *((slot,) if row.variadic else ()), *point)


def compare(exact: Any, real: Any, point: tuple[Fraction, ...]) -> None:
    """Equal numbers, equal errors, or a number that has no closed form."""
    floats = tuple(map(float, point))
    try:
        value = exact(*point)
    except FAILURES as error:
        if "leaves the exact numbers" not in str(error):
            with pytest.raises(type(error)):
                real(*floats)
        return
    assert isinstance(value, Fraction | Closed)
    assert float(value) == pytest.approx(real(*floats), rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("op", "args", "value"),
    [
        ("pow", (Fraction(2, 3), -3), Fraction(27, 8)),
        ("pow", (8, Fraction(1, 3)), 2),
        ("pow", (Fraction(4, 9), Fraction(-3, 2)), Fraction(27, 8)),
        ("pow", (0, 0), 1),
        ("pow", (0, Fraction(1, 2)), 0),
        ("pow", (-1, 10**30 + 1), -1),
        ("div", (1, 3), Fraction(1, 3)),
        ("sqrt", (Fraction(10**40, 9),), Fraction(10**20, 3)),
        ("cbrt", (-27,), -3),
        ("hypot", (3, 4, 12), 13),
        ("log", (Fraction(1, 1000), 10), -3),
        ("log", (2, 8), Fraction(1, 3)),
        ("log2", (1024,), 10),
        ("exp", (0,), 1),
        ("normcdf", (0,), Fraction(1, 2)),
        ("gamma", (6,), 120),
        ("round", (Fraction(5, 2),), 2),
        ("leaky_relu", (-1,), Fraction(-1, 100)),
        ("atan_slope", (2,), Fraction(1, 5)),
        ("asin_slope", (Fraction(3, 5),), Fraction(5, 4)),
    ],
)
def test_rational_values_stay_exact(op: str, args: tuple[Any, ...], value: Any) -> None:
    assert EXACT.function(op)(*args) == value


@pytest.mark.parametrize(
    ("op", "args", "error", "words"),
    [
        ("sin", (1,), ValueError, "sin leaves the exact numbers"),
        ("erf", (1,), ValueError, "erf leaves the exact numbers"),
        ("sqrt", (-2,), ValueError, "domain"),
        ("pow", (-8, Fraction(1, 3)), ValueError, "domain"),
        ("pow", (0, -1), ZeroDivisionError, ""),
        ("pow", (9, 9**9), OverflowError, "too many digits"),
        ("pow", (4, Fraction(10**9 + 1, 2)), OverflowError, "too many digits"),
        ("pow", (Fraction(101, 100), Fraction(1, 3) + Fraction(1, 10**40)), OverflowError, "too high"),
        ("mul", (Fraction(3**6000), Fraction(3**6000)), OverflowError, "too many digits"),
        ("gamma", (LARGEST,), OverflowError, "too many digits"),
        ("ln", (0,), ValueError, "domain"),
        ("ln", (2**127 - 1,), ValueError, "leaves the exact numbers"),
        ("atanh", (1,), ValueError, "domain"),
        ("coth", (0,), ZeroDivisionError, ""),
    ],
)
def test_what_has_no_closed_form_says_so(op: str, args: tuple[Any, ...], error: type, words: str) -> None:
    with pytest.raises(error, match=words or None):
        EXACT.function(op)(*args)
