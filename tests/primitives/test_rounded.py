"""Rounding as by hand: every step once, halves away from zero, and numbers that a calculator confirms."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.arithmetic.real import REAL
from adcli.primitives import TABLE, Primitive

BOOK = next(
    found
    for found in json.loads((Path(__file__).parents[1] / "data" / "worked_examples.json").read_text("utf-8"))
    if found["id"] == "griewank-baby"
)


def test_the_numbers_of_the_book_come_out_where_the_exact_ones_round_otherwise() -> None:
    at, five = BOOK["point"], adcli.rounded(5)
    value = adcli.value(BOOK["program"], at, arithmetic=five)
    assert str(value) == BOOK["published"]["value"] == "2.0167"
    for mode in ("forward", "reverse"):
        slopes = adcli.grad(BOOK["program"], at, mode=mode, arithmetic=five)  # type: ignore[arg-type]
        assert str(slopes["x2"]) == BOOK["published"]["gradient"]["x2"] == "-13.7239"
        assert round(float(slopes["x1"]), 4) == float(BOOK["published"]["gradient"]["x1"])
    assert f"{BOOK['verified']['value']:.4f}" == "2.0166"
    assert f"{BOOK['verified']['gradient']['x2']:.4f}" == "-13.7240"


def test_the_steps_and_partial_sums_of_the_book_come_out() -> None:
    rows = adcli.trace(BOOK["program"], BOOK["point"], arithmetic=adcli.rounded(5))
    found = {row["id"]: row for row in rows}
    for name, printed in BOOK["published"]["intermediates"].items():
        assert round(found[name]["value"], 4) == float(printed)
    for name, printed in BOOK["published"]["adjoints"].items():
        assert round(found[name]["adjoint"], 4) == float(printed)


@pytest.mark.parametrize("digits", [2, 3, 5, 8])
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_every_flow_and_sum_is_what_a_calculator_makes_of_the_numbers_beside_it(
    digits: int, mode: Any
) -> None:
    context = Context(prec=digits + 1, rounding=ROUND_HALF_UP)
    text = "a = x*sin(y); b = a/(x + y^2); c = exp(b)*a - sqrt(x); c*b + a"
    carried = "tangent" if mode == "forward" else "adjoint"
    summed = 0
    for row in adcli.trace(text, {"x": 1.37, "y": "pi/5"}, mode=mode, arithmetic=adcli.rounded(digits)):
        total = None
        for term in row["terms"]:
            weight, inflow, flow = (Decimal(repr(term[name])) for name in ("weight", "inflow", "flow"))
            assert flow == context.multiply(weight, inflow)
            total = flow if total is None else context.add(total, flow)
            summed += 1
        if total is not None:
            assert total == Decimal(repr(row[carried]))
    assert summed > 8


ROWS = [row for row in TABLE.values() if not row.helper]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_step_is_the_real_value_rounded_once(row: Primitive) -> None:
    four = adcli.rounded(4)
    for point in row.points:
        try:
            true = REAL.function(row.name)(*point)
        except (ValueError, ZeroDivisionError, OverflowError) as error:
            with pytest.raises((type(error), ValueError, ZeroDivisionError)):
                four.function(row.name)(*map(four.lift, map(Fraction, map(repr, point))))
            continue
        found = four.function(row.name)(*(four.lift(Fraction(repr(x))) for x in point))
        assert float(found) == pytest.approx(true, rel=0.0006)
        assert len(found.value.as_tuple().digits) <= 4 or found == int(found)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2.5", "3"),
        ("-2.5", "-3"),
        ("0.25", "0.3"),
        ("3.5", "4"),
        ("0.05", "0.05"),
        ("1.96", "2"),
        ("19.6", "20"),
    ],
)
def test_halves_go_away_from_zero(value: str, shown: str) -> None:
    assert str(adcli.value("1*x", {"x": value}, arithmetic=adcli.rounded(1))) == shown


def test_zeros_at_the_end_tell_that_a_number_was_rounded() -> None:
    four = adcli.rounded(4)
    assert str(adcli.value("x/y", {"x": 1, "y": "0.8"}, arithmetic=four)) == "1.25"
    assert str(adcli.value("x/y", {"x": "1.00004", "y": "0.8"}, arithmetic=four)) == "1.250"


def test_given_decimals_stay_and_expressions_are_rounded() -> None:
    rows = adcli.trace("x + y", {"x": "2024.125", "y": "pi"}, arithmetic=adcli.rounded(3))
    assert [row["value"] for row in rows] == [2024.125, 3.14, 2030.0]
