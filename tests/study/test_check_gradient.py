"""Claimed derivatives: right and wrong ones told apart by an order, kinks and steep places named."""

from __future__ import annotations

import random

import pytest

import adcli
from adcli.arithmetic.real import REAL
from adcli.language.run import program
from adcli.study import check_gradient
from adcli.study.check_gradient import checked

RIGHT = [
    ("x^2*y", {"x": 1.5, "y": 2.0}, "x=2*x*y, y=x^2"),
    ("sin(x)/x", {"x": 2.0}, "x=cos(x)/x - sin(x)/x^2"),
    ("exp(-x^2)", {"x": 0.3}, "x=-2*x*exp(-x^2)"),
    ("x^3", {"x": 0.0}, "x=0"),
    ("3*x + 1", {"x": 0.1}, "x=3"),
    ("5 + 0*x", {"x": 2.0}, "x=0"),
    ("exp(x)", {"x": 300.0}, "x=exp(x)"),
    ("ln(x)", {"x": 1e-3}, "x=1/x"),
    ("sqrt(x^3)", {"x": 2.0}, "x=3/2*sqrt(x)"),
    ("if(x < 1, x, x^2)", {"x": 3.0}, "x=if(x < 1, 1, 2*x)"),
]
WRONG = [
    ("x^2*y", {"x": 1.5, "y": 2.0}, "x=2*x, y=x^2"),
    ("sin(x)", {"x": 0.7}, "x=-cos(x)"),
    ("exp(x)", {"x": 1.0}, "x=x*exp(x - 1) + 0.001"),
    ("x^2", {"x": 0.0}, "x=1"),
    ("0*x", {"x": 2.0}, "x=0.1"),
]


@pytest.fixture(params=["balls", "floats"])
def numbers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "floats":
        monkeypatch.setattr(check_gradient, "certified", lambda: REAL)
    return str(request.param)


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(("text", "at", "claim"), RIGHT, ids=[case[0] for case in RIGHT])
def test_a_right_formula_is_right(text: str, at: dict[str, float], claim: str) -> None:
    answer = checked(program(text, at), at, claim)
    assert answer.correct is True
    for entry in answer.entries:
        assert entry.test.order is None or entry.test.order > 1.8


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(("text", "at", "claim"), WRONG, ids=[case[0] for case in WRONG])
def test_a_wrong_formula_is_wrong_and_its_remainder_has_order_one(
    text: str, at: dict[str, float], claim: str
) -> None:
    answer = checked(program(text, at), at, claim)
    assert answer.correct is False
    assert answer.entries[0].test.order == pytest.approx(1, abs=0.1)


def test_certified_numbers_see_an_error_that_floats_hide() -> None:
    claim = "x=2*x + 1e-9"
    assert checked(program("x^2"), {"x": 1.0}, claim).correct is False


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(
    ("text", "at", "claim", "verdict"),
    [
        ("abs(x)", {"x": 0.0}, "x=1", "kink"),
        ("relu(x) + x", {"x": 0.0}, "x=1", "kink"),
        ("max(x, 2*x)", {"x": 0.0}, "x=1", "kink"),
        ("if(x < 0, -x, x^2)", {"x": 0.0}, "x=0", "kink"),
        ("cbrt(x)", {"x": 0.0}, "x=1", "steep"),
        ("sqrt(x)", {"x": 0.0}, "x=1", "steep"),
        ("floor(x)", {"x": 1.0}, "x=0", "steep"),
    ],
)
def test_a_point_without_a_derivative_is_named(
    text: str, at: dict[str, float], claim: str, verdict: str
) -> None:
    answer = checked(program(text, at), at, claim)
    assert answer.entries[0].test.verdict == verdict
    assert answer.correct is None


def test_a_kink_has_both_slopes() -> None:
    test = checked(program("abs(x)"), {"x": 0.0}, "x=0").entries[0].test
    assert (test.left, test.right) == (-1.0, 1.0)


@pytest.mark.usefixtures("numbers")
def test_a_side_outside_the_domain_is_left_out() -> None:
    test = checked(program("x*sqrt(x)"), {"x": 0.0}, "x=0").entries[0].test
    assert (test.verdict, test.left) == ("right", None)


def test_cancellation_in_floats_is_never_called_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_gradient, "certified", lambda: REAL)
    test = checked(program("cos(x) - 1"), {"x": 1e-5}, "x=-sin(x)").entries[0].test
    assert test.verdict in ("right", "undecided")


@pytest.mark.usefixtures("numbers")
def test_random_polynomials_and_their_slips_are_told_apart() -> None:
    chance = random.Random(4)
    for _ in range(20):
        a, b, c = (chance.randint(1, 9) for _ in range(3))
        x = chance.uniform(0.3, 3)
        made = program(f"{a}*x^3 - {b}*x^2 + {c}*x")
        assert checked(made, {"x": x}, f"x={3 * a}*x^2 - {2 * b}*x + {c}").correct is True
        assert checked(made, {"x": x}, f"x={3 * a}*x^2 + {2 * b}*x + {c}").correct is False


@pytest.mark.parametrize(
    ("claim", "kind", "span"),
    [
        ("x=2*z", "name", (4, 5)),
        ("z=2", "name", (0, 1)),
        ("x=", "syntax", (2, 2)),
        ("2*x", "syntax", (0, 3)),
        ("x=1, x=2", "usage", None),
        ("x=2*x; y", "syntax", None),
        ("x=import os", "syntax", None),
        ("x=2*+", "syntax", None),
        ("x=1/(x - 1)", "domain", None),
    ],
)
def test_what_is_no_claim_is_an_error_at_its_place(
    claim: str, kind: str, span: tuple[int, int] | None
) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        checked(program("x^2"), {"x": 1.0}, claim)
    assert caught.value.kind == kind
    if span is not None:
        assert caught.value.span == span
        assert caught.value.text == claim


def test_wrong_numbers_of_code_are_wrong() -> None:
    answer = checked(program("x^2*y"), {"x": 3.0, "y": 2.0}, [12.0, 8.0], code="python")
    assert [entry.test.verdict for entry in answer.entries] == ["right", "wrong"]
    assert answer.correct is False
