"""Balls: every primitive and partial encloses what mpmath finds, and every digit that is printed is right."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

pytest.importorskip("flint", reason="python-flint is an extra")

import adcli
from adcli.arithmetic import Undecided
from adcli.arithmetic.ball.balls import balls
from adcli.arithmetic.ball.number import Ball
from adcli.primitives import TABLE, Primitive

sys.path.insert(0, str(Path(__file__).parent))
from oracle import SLOPES, VALUES, settled

ROWS = [row for row in TABLE.values() if row.name in VALUES]
FAILURES = (ValueError, ZeroDivisionError, OverflowError)
DIGITS = 20
TINY = -5_000  # bits
GRIEWANK = "(sin(x1/x2)+x1/x2-exp(x2))*(x1/x2-exp(x2))"


def points(row: Primitive) -> Iterator[tuple[float, ...]]:
    """The special arguments of a row, and random ones of its ranges."""
    yield from row.points
    rng = random.Random(row.name)
    for _ in range(4):
        ranges = row.ranges if len(row.ranges) == len(row.args) else row.ranges * len(row.args)
        drawn = [rng.uniform(*limits) for limits in ranges]
        if row.name == "polygamma":
            drawn[0] = float(rng.randrange(5))
        yield tuple(drawn)


def decided(compute: Any) -> Any:
    """A result in balls that tell its digits; the type of the error where there is none."""
    home = balls(DIGITS)
    while True:
        try:
            found = home.ball(compute(home))
            found.decimal()
        except Undecided:
            finer = home.finer()
            if finer is None:
                return Undecided
            home = finer
        except FAILURES as error:
            return type(error)
        else:
            return found


def outcome(compute: Any, *args: Any) -> Any:
    """A value of the oracle, or the type of its error."""
    try:
        return compute(*args)
    except FAILURES as error:
        return type(error)


def complaint(found: Any, true: Any) -> str:
    """What is wrong with a ball."""
    if not isinstance(true, type) and true != 0 and mp.mag(true) < TINY:
        return ""  # for floats it is 0, and the oracle takes no more care of it
    if isinstance(true, type) or isinstance(found, type):
        both = isinstance(true, type) and isinstance(found, type)
        return "" if both or found is Undecided else f"is {found}, not {true}"
    with mp.workprec(400):
        error = abs(mpf(str(found.decimal())) - true)
        right = error <= abs(true) * mpf(10) ** (1 - DIGITS) * mpf("0.5000001")
    return "" if right else f"is {found}, not {mp.nstr(true, 25)}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_values_and_partials_are_right_in_every_digit(row: Primitive) -> None:
    wrong = []
    for point in points(row):
        exact = tuple(map(mpf, point))
        true = outcome(settled, VALUES[row.name], *exact)
        found = decided(lambda home, at=point: value(home, row, at))
        wrong.append((point, "value", complaint(found, true)))
        if isinstance(found, type):
            continue
        for slot in range(len(point)):
            if row.partial(slot) is not None and row.name in SLOPES:
                true = outcome(settled, lambda *args, s=slot: SLOPES[row.name](s, *args), *exact)
                found = decided(lambda home, at=point, s=slot: slope(home, row, s, at))
                wrong.append((point, slot, complaint(found, true)))
    assert not [line for line in wrong if line[-1]]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_ball_is_never_undecided_where_floats_are_exact_numbers(row: Primitive) -> None:
    for point in points(row):
        true = outcome(settled, VALUES[row.name], *map(mpf, point))
        if not isinstance(true, type) and true != 0 and mp.mag(true) > TINY:
            assert decided(lambda home, at=point: value(home, row, at)) is not Undecided, point


def value(home: Any, row: Primitive, point: tuple[float, ...]) -> Any:
    return home.function(row.name)(*(home.lift(Fraction(x)) for x in point))


def slope(home: Any, row: Primitive, slot: int, point: tuple[float, ...]) -> Any:
    args = [home.lift(Fraction(x)) for x in point]
    d = row.partial(slot)
    if not callable(d):
        return home.lift(d or 0)
    return d(home, home.function(row.name)(*args), *((slot,) if row.variadic else ()), *args)


@pytest.mark.parametrize("digits", [5, 15, 50, 51, 52, 53, 200])
def test_the_digits_of_a_gradient_are_those_of_mpmath(digits: int) -> None:
    with mp.workdps(digits + 30):
        e, s, c = mp.exp(1), mp.sin(2), mp.cos(2)
        x1, x2 = mpf("1.5"), mpf("0.5")
        v1, v3 = x1 / x2, mp.exp(x2)
        v4 = v1 - v3
        v5 = mp.sin(v1) + v4
        bar1 = v4 * mp.cos(v1) + v5 + v4
        cases = [
            ("exp(x)*sin(y)", {"x": 1, "y": 2}, [e * s, e * c]),
            (GRIEWANK, {"x1": "1.5", "x2": "0.5"}, [bar1 / x2, -(v5 + v4) * v3 - bar1 * v1 / x2]),
        ]
        for text, at, true in cases:
            found = adcli.grad(text, at, arithmetic=adcli.balls(digits))
            for number, wanted in zip(found.values(), true, strict=True):
                printed = Decimal(str(number))
                assert len(printed.as_tuple().digits) == digits
                unit = mpf(10) ** (printed.adjusted() + 1 - digits)
                assert abs(mpf(str(printed)) - wanted) <= unit / 2


SAFE = st.floats(-3, 3, allow_subnormal=False).filter(lambda x: abs(x) > 1e-3)


@settings(max_examples=60, deadline=None)
@given(SAFE, SAFE)
def test_a_ball_holds_the_float_gradient_within_its_error(x: float, y: float) -> None:
    text = "exp(x)*sin(y) + x/y - ln(x^2 + 1)*atan(y) + tanh(x*y)"
    certified = adcli.grad(text, {"x": x, "y": y}, arithmetic=adcli.balls(25))
    floats = adcli.grad(text, {"x": x, "y": y})
    scale = 1 + abs(x) / y**2 + 1 / abs(y) + 60
    for name, slope in floats.items():
        assert abs(float(certified[name]) - slope) <= 1e-14 * scale


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("x - x", {"x": "sin(1)"}, "0"),
        ("sin(x)", {"x": "pi"}, "0"),
        ("cos(x)", {"x": "pi/3"}, "0.5"),
        ("sqrt(x)^2 - 2", {"x": "2"}, "0"),
        ("x/x", {"x": "erf(1)"}, "1"),
        ("3*x - 1", {"x": "1/3"}, "0"),
        ("x + 0.125", {"x": "1/8"}, "0.25"),
        ("0*sin(x)", {"x": "1"}, "0"),
        ("exp(ln(x))", {"x": "5"}, "5"),
        ("softplus(x)", {"x": "-800"}, "3.667874584e-348"),
        ("x*1e-300", {"x": "1e-300"}, "1e-600"),
    ],
)
def test_exact_values_are_known_and_printed_in_their_shortest_form(
    text: str, at: dict[str, str], value: str
) -> None:
    assert str(adcli.value(text, at, arithmetic=adcli.balls(10))) == value


def test_a_ball_on_a_kink_takes_the_convention_only_when_it_is_exactly_there() -> None:
    assert adcli.grad("abs(x - pi)", {"x": "pi"}, arithmetic=adcli.balls(10))["x"] == 0
    assert adcli.grad("abs(x - pi)", {"x": "pi + 1e-300"}, arithmetic=adcli.balls(10))["x"] == 1


def test_a_rule_that_divides_by_a_number_that_turns_out_to_be_0_uses_its_exact_value() -> None:
    found = adcli.grad("y*sinc(abs(x*pi - pi*x)) + y", {"x": "0.3", "y": 2}, arithmetic=adcli.balls(20))
    assert found == {"y": 2, "x": 0}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("abs(x)", "cannot be decided: the slope of"),
        ("1/x", "cannot tell the divisor from 0"),
        ("floor(x)", "on which side of a whole number"),
        ("if(x > 0, x, 2x)", "which decides a branch"),
        ("x", "cannot be told from 0: its size is less than 1e-"),
    ],
)
def test_what_nobody_can_tell_from_0_is_said(text: str, words: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.grad(text, {"x": "sin(1)^2 + cos(1)^2 - 1"}, arithmetic=adcli.balls(10))
    assert caught.value.kind == "domain"
    assert words in " ".join([caught.value.message, *caught.value.details])


def test_a_question_leaves_the_precision_of_the_library_alone() -> None:
    import flint

    before = flint.ctx.prec
    adcli.grad(GRIEWANK, {"x1": "1.5", "x2": "0.5"}, arithmetic=adcli.balls(100))
    assert flint.ctx.prec == before


def test_numbers_of_a_ball_stay_together_with_ints_and_fractions() -> None:
    x = balls(20).lift("pi")
    assert isinstance(2 / (1 + x) - Fraction(1, 3), Ball)
    assert 3 < x < Fraction(22, 7)
    assert x != 3
