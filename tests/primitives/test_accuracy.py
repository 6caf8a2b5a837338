"""Every value and every partial of the table, over the whole range of floats, against mpmath."""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from mpmath import mp, mpf

from adcli.arithmetic.real import REAL
from adcli.primitives import TABLE, Primitive

sys.path.insert(0, str(Path(__file__).parent))
from oracle import SLOPES, VALUES, settled

RANDOM_POINTS = 200
ULPS = 4
LEAST = mpf(2) ** -1074
OVERFLOW = mpf(2) ** 1024 - mpf(2) ** 970  # what rounds to no float

UNDEFINED = (ValueError, ZeroDivisionError)
ROWS = [row for row in TABLE.values() if not row.helper]

# What more than 4 ulp a partial may be off, as a function of its arguments. Three rules are written
# in the node's own value z, which in the subnormal range is off by up to half the least float.
ALLOWED: dict[tuple[str, int], Callable[..., Any]] = {
    ("div", 1): lambda _, y: LEAST / 2 / abs(y),  # -z/y
    ("normpdf", 0): lambda x: LEAST / 2 * abs(x),  # -x*z
    ("gamma", 0): lambda x: LEAST / 2 * abs(mp.digamma(x)),  # z*digamma(x)
}


def names(rows: list[Primitive]) -> list[str]:
    return [row.name for row in rows]


def whole_range(rng: random.Random) -> float:
    """A float of any exponent."""
    return math.ldexp(rng.uniform(-1, 1), rng.randint(-1073, 1024))


def everyday(rng: random.Random) -> float:
    """A float between 1/4096 and 1024 in size."""
    return math.ldexp(rng.uniform(-1, 1), rng.randint(-11, 10))


def random_points(row: Primitive) -> Iterator[tuple[float, ...]]:
    """Points of all sizes, the same ones in every run."""
    rng = random.Random(row.name)
    for kind in range(RANDOM_POINTS):
        ranges = row.ranges + row.ranges[-1:] * (rng.randrange(3) if row.variadic else 0)
        pick: list[Callable[[tuple[float, float]], float]] = [
            lambda _: whole_range(rng),
            lambda _: everyday(rng),
            lambda limits: rng.uniform(*limits),
            lambda limits: rng.choice((whole_range(rng), everyday(rng), rng.uniform(*limits))),
        ]
        yield tuple(map(pick[kind % 4], ranges))


def outcome(function: Callable[..., Any], *args: Any) -> Any:
    """A number, or the kind of error."""
    try:
        return function(*args)
    except (*UNDEFINED, OverflowError) as error:
        return type(error)


def complaint(got: Any, want: Any, allowed: Any = 0) -> str | None:
    """What is wrong with a result in floats, given the true one."""
    if want in UNDEFINED:
        return None if got is want else "should not be defined"
    if abs(want) >= OVERFLOW:
        return None if got is OverflowError or math.isinf(got) or abs(got) > 0.999 * OVERFLOW else "overflows"
    if isinstance(got, type) or not math.isfinite(got):
        return f"is {mp.nstr(want, 17)}"
    with mp.workprec(160):
        error = abs(mpf(got) - want)
        ulp = mpf(math.ulp(float(want)))
        if error > ULPS * ulp + allowed:
            return f"is {mp.nstr(want, 17)}, {mp.nstr(error / ulp, 3)} ulp away"
    return None


def test_every_row_has_an_oracle() -> None:
    assert set(VALUES) == {row.name for row in ROWS}
    assert set(SLOPES) == {row.name for row in ROWS if any(d is not None for d in row.d)}


@pytest.mark.parametrize("row", ROWS, ids=names(ROWS))
def test_values_and_partials_are_right_to_4_ulp(row: Primitive) -> None:
    wrong = [words for point in [*row.points, *random_points(row)] for words in complaints(row, point)]
    assert not wrong, "\n".join(wrong)


def complaints(row: Primitive, point: tuple[float, ...]) -> Iterator[str]:
    """What is wrong with the value of a row and its partials at a point."""
    exact = tuple(map(mpf, point))
    z = outcome(REAL.function(row.name), *point)
    words = complaint(z, outcome(settled, VALUES[row.name], *exact))
    if words:
        yield f"{row.name} at {point} = {z} {words}"
    if isinstance(z, type) or not math.isfinite(z):
        return
    for slot in range(len(point)):
        if row.partial(slot) is not None:
            got = outcome(slope, row, slot, z, *point)
            allowed = ALLOWED[row.name, slot](*exact) if (row.name, slot) in ALLOWED else 0
            words = complaint(got, outcome(settled, partial(SLOPES[row.name], slot), *exact), allowed)
            if words:
                yield f"the partial {slot} of {row.name} at {point} = {got} {words}"


def slope(row: Primitive, slot: int, z: float, *point: float) -> float:
    """The partial in real arithmetic, as the engine asks for it."""
    d = row.partial(slot)
    if not callable(d):
        return REAL.lift(d or 0)
    return float(d(REAL, z, *((slot,) if row.variadic else ()), *point))


SMOOTH = [row for row in ROWS if row.name in SLOPES and row.name not in ("polygamma", "select")]


@pytest.mark.parametrize("row", SMOOTH, ids=names(SMOOTH))
def test_the_oracle_agrees_with_its_own_difference_quotients(row: Primitive) -> None:
    rng = random.Random(row.name)
    if row.name == "stop":
        return  # its slope is 0 by definition
    for _ in range(3):
        point = [mpf(rng.uniform(*limits)) for limits in row.ranges]
        for slot, x in enumerate(point):
            with mp.workprec(200):
                step = mpf(2) ** -60
                low, high = ([*point[:slot], x + s * step, *point[slot + 1 :]] for s in (-1, 1))
                quotient = (VALUES[row.name](*high) - VALUES[row.name](*low)) / (2 * step)
                assert abs(quotient - SLOPES[row.name](slot, *point)) < mpf(10) ** -25


@pytest.mark.parametrize(
    ("op", "args", "value"),
    [
        ("log", (8.0, 2.0), 3.0),
        ("log", (1000.0, 10.0), 3.0),
        ("log", (0.001, 10.0), -3.0),
        ("cbrt", (343.0,), 7.0),
        ("cbrt", (-1e-300,), -1e-100),
        ("gamma", (19.0,), 6402373705728000.0),
        ("lgamma", (2.0,), 0.0),
        ("pow", (-3.0, 3.0), -27.0),
        ("pow", (-1.0, 1e300), 1.0),
        ("pow", (-1.0, 9007199254740991.0), -1.0),
        ("hypot", (3 * 2.0**600, 4 * 2.0**600), 5 * 2.0**600),
        ("round", (2.5,), 2.0),
        ("round", (-3.5,), -4.0),
        ("sigmoid", (-800.0,), 0.0),
        ("softplus", (800.0,), 800.0),
        ("softplus", (-800.0,), 0.0),
        ("sech", (800.0,), 0.0),
        ("step", (0.0,), 0.0),
        ("stop", (2.5,), 2.5),
    ],
)
def test_these_values_are_exact(op: str, args: tuple[float, ...], value: float) -> None:
    assert REAL.function(op)(*args) == value


@pytest.mark.parametrize("row", TABLE.values(), ids=names(list(TABLE.values())))
def test_a_function_gives_floats(row: Primitive) -> None:
    for point in row.points:
        got = outcome(REAL.function(row.name), *point)
        assert isinstance(got, float | type)
