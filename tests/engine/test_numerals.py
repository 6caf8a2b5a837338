"""How numbers are written: LOOK.md, section 4, as tables."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import adcli
from adcli.notation.numerals import ANSWER_DIGITS, PICTURE_DIGITS, TABLE_DIGITS, json_number, literal, number

# Value, in a table (6 digits), in a picture (4 digits, typeset), as an answer (10 digits).
WRITTEN: list[tuple[Any, str, str, str]] = [
    # Exact in so many digits: the shortest form, whole numbers without .0
    (3.0, "3", "3", "3"),
    (4.5, "4.5", "4.5", "4.5"),
    (0.5, "0.5", "0.5", "0.5"),
    (-6.0, "-6", "−6", "-6"),
    (100.0, "100", "100", "100"),
    (0.001, "0.001", "0.001", "0.001"),
    (1.5, "1.5", "1.5", "1.5"),
    # Rounded: all digits, zeros too
    (1.4923987373597392, "1.49240", "1.492", "1.492398737"),
    (-0.9899924966004454, "-0.989992", "−0.9900", "-0.9899924966"),
    (0.9320390859672263, "0.932039", "0.9320", "0.9320390860"),
    (1.6487212707001282, "1.64872", "1.649", "1.648721271"),
    (1 / 3, "0.333333", "0.3333", "0.3333333333"),
    (2 / 3, "0.666667", "0.6667", "0.6666666667"),
    (13.723961509314075, "13.7240", "13.72", "13.72396151"),
    (12345.678, "12345.7", "12350", "12345.678"),
    (0.99999999999, "1.00000", "1.000", "1.000000000"),
    (99999.96, "100000", "100000", "99999.96"),
    # Zero is 0, never -0
    (0.0, "0", "0", "0"),
    (-0.0, "0", "0", "0"),
    (0, "0", "0", "0"),
    # Scientific below 1e-4 and from 1e6
    (6.5e-07, "6.5e-07", "6.5·10⁻⁷", "6.5e-07"),
    (0.0001, "0.0001", "0.0001", "0.0001"),
    (0.00009, "9e-05", "9·10⁻⁵", "9e-05"),
    (1234567.0, "1.23457e+06", "1.235·10⁶", "1.234567e+06"),
    (999999.0, "999999", "999999", "999999"),
    (1000000.0, "1e+06", "1·10⁶", "1e+06"),
    (-2.5e10, "-2.5e+10", "−2.5·10¹⁰", "-2.5e+10"),
    (1e300, "1e+300", "1·10³⁰⁰", "1e+300"),
    (5e-324, "5e-324", "5·10⁻³²⁴", "5e-324"),
    (7, "7", "7", "7"),
    # Not computed is a dash; exact numbers stay as they are
    (None, "–", "–", "–"),
    (Fraction(19, 9), "19/9", "19/9", "19/9"),
    (Fraction(-1, 3), "-1/3", "−1/3", "-1/3"),
]


@pytest.mark.parametrize(
    ("value", "table", "picture", "answer"), WRITTEN, ids=[repr(row[0]) for row in WRITTEN]
)
def test_a_number_in_a_table_a_picture_and_an_answer(
    value: Any, table: str, picture: str, answer: str
) -> None:
    assert number(value, TABLE_DIGITS) == table
    assert number(value, PICTURE_DIGITS, typeset=True) == picture
    assert number(value, ANSWER_DIGITS) == answer


def test_answers_have_ten_digits_tables_six_and_pictures_four() -> None:
    assert (ANSWER_DIGITS, TABLE_DIGITS, PICTURE_DIGITS) == (10, 6, 4)


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(FINITE, st.integers(1, 17))
def test_a_written_number_is_the_number_rounded_to_its_digits(value: float, digits: int) -> None:
    written = number(value, digits)
    nearest = float(f"{value:.{digits - 1}e}")
    if value == int(value) and abs(value) < 1e6:
        nearest = value  # whole numbers below a million are written in full
    assert float(written) in (nearest, value)  # the shortest form of a float is the float itself
    assert not written.startswith("-0") or float(written) != 0


@given(FINITE)
def test_seventeen_digits_hold_every_float(value: float) -> None:
    assert float(number(value, 17)) == value


@given(FINITE, st.integers(2, 16))
def test_zeros_at_the_end_stand_only_where_a_number_was_rounded(value: float, digits: int) -> None:
    mantissa = number(value, digits).partition("e")[0].lstrip("-")
    if "." in mantissa and mantissa.endswith("0"):
        assert len(mantissa.replace(".", "").lstrip("0")) == digits
        assert float(number(value, digits)) != value


@given(FINITE, st.integers(1, 12))
def test_a_typeset_number_has_a_true_minus_and_no_e(value: float, digits: int) -> None:
    typeset = number(value, digits, typeset=True)
    assert "-" not in typeset
    assert "e" not in typeset


JSON = [
    (0.1, "0.1"),
    (1.0, "1.0"),
    (-0.0, "0.0"),
    (1e22, "1e+22"),
    (5e-324, "5e-324"),
    (math.nan, '"NaN"'),
    (math.inf, '"Infinity"'),
    (-math.inf, '"-Infinity"'),
    (Fraction(19, 9), '"19/9"'),
    (None, "null"),
]


@pytest.mark.parametrize(("value", "text"), JSON, ids=[row[1] for row in JSON])
def test_json_has_the_shortest_number_that_reads_back_and_strings_for_the_others(
    value: Any, text: str
) -> None:
    assert json.dumps(json_number(value), allow_nan=False) == text


# An exact constant, as the language writes it.
LITERALS = [
    (2, "2"),
    (-3, "-3"),
    (1000000, "1000000"),
    (Fraction(1, 10), "0.1"),
    (Fraction(-3, 4), "-0.75"),
    (Fraction(1, 3), "1/3"),
    (Fraction(1, 2**20), "9.5367431640625e-7"),
    (Fraction("6.02e23").numerator, "6.02e+23"),
    (10**300, "1e+300"),
    (Fraction(1, 10**30), "1e-30"),
    (Fraction("0.12345678901234567890123"), "0.12345678901234567890123"),
    ("pi", "pi"),
]


@pytest.mark.parametrize(("value", "text"), LITERALS, ids=[row[1] for row in LITERALS])
def test_an_exact_constant_is_written_as_the_language_reads_it(value: Any, text: str) -> None:
    assert literal(value) == text


DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**300)


@given(DECIMALS)
def test_a_literal_that_is_read_and_written_is_the_same_number(value: Any) -> None:
    (exact,) = [data for op, data in zip(*constants(f"{value:f}"), strict=True) if op == "const"]
    assert Fraction(literal(exact)) == exact


def constants(text: str) -> tuple[list[str], list[Any]]:
    graph = adcli.parse(f"x*{text}").graph
    return graph.op, graph.data
