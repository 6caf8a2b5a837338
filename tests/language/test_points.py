"""Points: what a list of names and values binds, what it refuses and where, and what a program lacks."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import adcli
from adcli.errors import UsageError
from adcli.language import points

LISTS = [
    ("x=1", {"x": 1.0}),
    ("x=1,y=-2.5", {"x": 1.0, "y": -2.5}),
    (" x = 1 , y = 2 ", {"x": 1.0, "y": 2.0}),
    ("x=pi/4,y=1/3", {"x": math.pi / 4, "y": 1 / 3}),
    ("x=2*e^-1, y=-2^2", {"x": 2 / math.e, "y": -4.0}),
    ("x=max(1, 2, 3),y=atan2(1,1)", {"x": 3.0, "y": math.atan2(1, 1)}),
    ("x=(1+2)*(3-1),y=sqrt(16)", {"x": 6.0, "y": 4.0}),
    ("x=|2-5|", {"x": 3.0}),
    ("x=if(1 < 2, 3, 4)", {"x": 3.0}),
    ("x=.5,y=5.,z=1_000,w=1e-3", {"x": 0.5, "y": 5.0, "z": 1000.0, "w": 1e-3}),
    ("x=+1,y=--1", {"x": 1.0, "y": 1.0}),
    ("x=1e-400", {"x": 0.0}),
    ("x=−1", {"x": -1.0}),
    ("θ=1,x₁=2,y_{2}=3,λ_3=4", {"theta": 1.0, "x_1": 2.0, "y_2": 3.0, "lambda_3": 4.0}),
    ("e=3,pi=4,gamma=5", {"e": 3.0, "pi": 4.0, "gamma": 5.0}),
    ("x1=1,x_1=2", {"x1": 1.0, "x_1": 2.0}),
    ("x=0.1", {"x": 0.1}),
    ("x=9007199254740993", {"x": 9007199254740992.0}),
    ("x=1.7976931348623157e308", {"x": 1.7976931348623157e308}),
    ("x=1\n,y=2", {"x": 1.0, "y": 2.0}),
]


@pytest.mark.parametrize(("text", "point"), LISTS)
def test_a_list_binds_canonical_names_to_the_values_of_constant_expressions(
    text: str, point: dict[str, float]
) -> None:
    assert points.from_text(text) == point


# Text, kind, span, and what is said.
REFUSED = [
    ("x=1,x=2", "usage", (4, 5), "twice"),
    ("θ=1, theta=2", "usage", (5, 10), "twice"),
    ("x_1=1,x₁=2", "usage", (6, 8), "twice"),
    ("", "syntax", (0, 0), "NAME=VALUE"),
    ("x", "syntax", (0, 1), "NAME=VALUE"),
    ("1=2", "syntax", (0, 1), "not a name"),
    ("=2", "syntax", (0, 2), "NAME=VALUE"),
    ("x==2", "syntax", (0, 4), "NAME=VALUE"),
    ("x y=2", "syntax", (0, 3), "not a name"),
    ("x=1,", "syntax", (4, 4), "NAME=VALUE"),
    ("x=1,,y=2", "syntax", (4, 4), "NAME=VALUE"),
    ("x=1,2", "syntax", (4, 5), "NAME=VALUE"),
    ("x=1;y=2", "syntax", (4, 5), "comma"),
    ("x=1;2", "syntax", (2, 5), "one expression"),
    ("x=y=2", "syntax", (2, 5), "one expression"),
    ("x=input y", "syntax", (9, 9), "no expression"),
    ("x=1, y=", "syntax", (7, 7), "y"),
    ("x= ,y=1", "syntax", (2, 2), "x"),
    ("x=2*,y=1", "syntax", (4, 4), "lacks"),
    ("x=1, y=2+*3", "syntax", (9, 10), "unexpected"),
    ("x=(1,y=2", "syntax", (2, 3), "not closed"),
    ("x=1)", "syntax", (3, 4), "unexpected"),
    ("y=1, x=sin x", "name", (11, 12), "constant"),
    ("x=１", "syntax", (2, 3), "U+FF11"),
    ("x=“1”", "syntax", (2, 3), "U+201C"),
    ("x=[1,y]", "name", (5, 6), "constant"),
    ("x=1 < 2", "syntax", (2, 7), "condition"),
    ("x=0x10", "syntax", (2, 4), "hexadecimal"),
    ("x=007", "syntax", (2, 5), "7"),
    ("x=1.2.3", "syntax", (5, 7), "point"),
    ("x=1,y=a+2", "name", (6, 7), '"a"'),
    ("x=1,y=x", "name", (6, 7), '"x"'),
    ("x=nan", "name", (2, 5), "finite number"),
    ("x=NaN", "name", (2, 5), "finite number"),
    ("x=inf", "name", (2, 5), "finite number"),
    ("x=-Infinity", "name", (3, 11), "finite number"),
    ("x=foo(2)", "name", (2, 5), "foo"),
    ("x=sin(30°)", "syntax", (8, 9), "radians"),
    ("x=1/0", "domain", (2, 5), "not defined"),
    ("y=1, x= ln(-1)", "domain", (8, 14), "not defined"),
    ("x=1e400", "domain", (2, 7), "overflow"),
    ("x=10^400", "domain", (2, 8), "overflow"),
    ("x=" + "9" * 400, "domain", (2, 402), "overflow"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "span", "says"), REFUSED, ids=[row[0][:20] or "nothing" for row in REFUSED]
)
def test_a_wrong_list_is_an_error_with_its_place_in_the_point(
    text: str, kind: str, span: tuple[int, int], says: str
) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        points.from_text(text)
    error = caught.value
    assert (error.kind, error.where, error.span, error.text) == (kind, "at", span, text)
    assert says in " ".join([error.message, *error.details, error.hint or ""])


@pytest.mark.parametrize("text", ["x=1", " x =2", "θ=1", "x_{1}=2", "x="])
def test_a_name_and_an_equals_sign_begin_a_list(text: str) -> None:
    assert points.is_assignment_list(text)


@pytest.mark.parametrize("text", ["point.json", "-", "x==1", "./x=1", "1=2", "", "dir/a=b.json"])
def test_anything_else_is_a_file(text: str) -> None:
    assert not points.is_assignment_list(text)


# What a dictionary of a file binds.
MAPPINGS: list[tuple[dict[str, Any], dict[str, float]]] = [
    ({"x": 1, "y": 2.5}, {"x": 1.0, "y": 2.5}),
    ({"x": "pi/4", "θ": "1/3"}, {"x": math.pi / 4, "theta": 1 / 3}),
    ({"x": Fraction(1, 10)}, {"x": 0.1}),
    ({"x": 10**22}, {"x": 1e22}),
    ({}, {}),
]


@pytest.mark.parametrize(("found", "point"), MAPPINGS)
def test_a_mapping_binds_numbers_and_constant_expressions(
    found: dict[str, Any], point: dict[str, float]
) -> None:
    assert points.from_mapping(found, "p.json") == point


BAD_MAPPINGS: list[tuple[dict[str, Any], str]] = [
    ({"x": math.nan}, "finite"),
    ({"x": math.inf}, "finite"),
    ({"x": True}, "not a number"),
    ({"x": None}, "not a number"),
    ({"x": [1, True]}, "not a number"),
    ({"x": [1, None]}, "not a number"),
    ({"x": [[1, math.inf]]}, "finite"),
    ({"x": {}}, "not a number"),
    ({"x_1": 1, "x₁": 2}, "twice"),
    ({"2x": 1}, "not a name"),
    ({"": 1}, "not a name"),
    ({"x y": 1}, "not a name"),
]


@pytest.mark.parametrize(("found", "says"), BAD_MAPPINGS)
def test_a_mapping_refuses_what_is_no_finite_number_or_no_name_and_names_its_file(
    found: dict[str, Any], says: str
) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        points.from_mapping(found, "p.json")
    assert "p.json" in caught.value.message


# Points in Python.


@pytest.mark.parametrize("value", [3, 3.0, Fraction(3), Decimal(3)])
def test_any_real_number_of_python_is_a_value(value: Any) -> None:
    assert adcli.value("x^2", {"x": value}) == 9.0


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "a", None, 1j, object()])
def test_what_is_no_finite_number_is_refused(value: Any) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value("x^2", {"x": value})
    assert caught.value.kind == "usage"
    assert "x" in caught.value.message


def test_a_number_beyond_the_floats_is_an_overflow() -> None:
    with pytest.raises(adcli.AdcliError, match="overflow") as caught:
        adcli.value("x^2", {"x": 10**400})
    assert caught.value.kind == "domain"


def test_a_list_for_a_number_is_a_question_of_shape() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.grad("x^2", {"x": [1, 2]})
    assert caught.value.kind == "shape"


def test_two_spellings_of_one_name_are_given_twice() -> None:
    with pytest.raises(adcli.AdcliError, match="twice") as caught:
        adcli.grad("θ^2", {"theta": 1, "θ": 2})
    assert caught.value.kind == "usage"


def test_a_point_may_spell_a_name_in_any_way() -> None:
    assert adcli.grad("θ*x₁", {"θ": 2, "x_{1}": 3}) == {"theta": 3.0, "x_1": 2.0}


# Program, point, what the message, details and hint say together.
UNBOUND = [
    ("x*y", {"x": 1}, "the point lacks y", "bound at this point: x"),
    ("x*y*z", {"y": 1}, "the point lacks x, z", "bound at this point: y"),
    ("x*y", {}, "no value is given for x, y", "x=..."),
    ("xy + 1", {"x": 1, "y": 2}, 'unknown name "xy"', "for a product write x*y"),
    ("2 + xyx", {"x": 1, "y": 2}, 'unknown name "xyx"', "for a product write x*y*x"),
    ("sinx", {"x": 1}, 'unknown name "sinx"', "write sin(x)"),
    ("lnxy", {"x": 1, "y": 2}, 'unknown name "lnxy"', "write ln(x*y)"),
    ("ωt", {"omega": 1, "t": 2}, 'unknown name "ωt"', "for a product write ω*t"),
    ("alpha*x", {"alhpa": 1, "x": 2}, "the point lacks alpha", "did you mean alpha?"),
    ("x*y", {"x": 1, "y": 2, "z": 3}, 'the point binds "z", which is not an input', "inputs: x, y"),
    (
        "theta*2",
        {"theta": 1, "thet": 3},
        'the point binds "thet", which is not an input',
        "did you mean theta?",
    ),
    ("7", {"x": 1}, 'the point binds "x", which is not an input', "inputs: none"),
    ("a = 2*x; a", {"x": 1, "a": 3}, 'the point binds "a", which is not an input', "inputs: x"),
    ("pi*x", {"x": 1, "e": 3}, 'the point binds "e", which is not an input', "inputs: x"),
]


@pytest.mark.parametrize(("text", "point", "message", "says"), UNBOUND)
def test_missing_and_unknown_names_are_listed_with_the_nearest_known_one(
    text: str, point: dict[str, float], message: str, says: str
) -> None:
    for question in (adcli.value, adcli.grad, adcli.trace, adcli.linearize):
        with pytest.raises(adcli.AdcliError) as caught:
            question(text, point)
        error = caught.value
        assert (error.kind, error.message) == ("name", message)
        assert says in " ".join([*error.details, error.hint or ""])


def test_a_missing_name_is_underlined_at_its_first_use() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value("a = x + 1; a*long_name + long_name", {"x": 1})
    assert (caught.value.where, caught.value.span) == ("source", (13, 22))


def test_a_program_of_constants_needs_an_empty_point() -> None:
    assert adcli.value("2^0.5", {}) == math.sqrt(2)
    assert adcli.grad("2^0.5", {}) == {}
    assert adcli.jacobian("2, 3", {}) == [[], []]
