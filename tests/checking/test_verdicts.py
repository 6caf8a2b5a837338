from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adcli
from adcli.checking.figures import figure

GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
AT = {"x1": 1.5, "x2": 0.5}  # v̄4 = 2.843677466659611, ∂v6/∂x2 = -13.723961509314076
POLY, HERE = "x^2*y + 2*y", {"x": 1.5, "y": 2}  # ∂f/∂x = 6, ∂f/∂y = 4.25


def verdicts(source: str, at: dict[str, Any] | None, answer: str, **more: Any) -> dict[str, str]:
    return {entry["name"]: entry["verdict"] for entry in adcli.check(source, at, answer, **more)}


def codes(source: str, at: dict[str, Any] | None, answer: str, **more: Any) -> list[str]:
    return [
        remark["code"] for entry in adcli.check(source, at, answer, **more) for remark in entry["remarks"]
    ]


@pytest.mark.parametrize(
    ("answer", "verdict", "code"),
    [
        ("2.8437", "right", []),
        ("2.84368", "right", []),
        ("2.844", "right", []),
        ("2.84", "right", []),
        ("2.8", "right", []),
        ("2.843677466659611", "right", []),
        ("28.437e-1", "right", []),
        ("2.8437·10^0", "right", []),
        ("≈2.8437", "right", []),
        ("2.8436", "right", ["truncated"]),
        ("2.8436...", "right", ["truncated"]),
        ("2.843", "right", ["truncated"]),
        ("2.85", "right", ["last-digit"]),
        ("3", "wrong", ["too-few-digits"]),
        ("2.9", "wrong", []),
        ("-2.8437", "wrong", ["sign"]),
        ("28.437", "wrong", ["power-of-ten"]),
        ("0.0028437", "wrong", ["power-of-ten"]),
        ("-284.37", "wrong", ["power-of-ten"]),
        ("2.8450000", "wrong", []),
        ("0", "wrong", ["zero"]),
        ("0.00", "wrong", ["zero"]),
        ("", "missing", []),
        ("-", "missing", []),
        ("nan", "wrong", ["not-a-number"]),
        ("inf", "wrong", ["not-a-number"]),
        ("1/0", "wrong", ["not-defined"]),
        ("ln(-1)", "wrong", ["not-defined"]),
        ("9^9^9", "wrong", ["not-defined"]),
        ("1e-400", "wrong", ["zero"]),
        ("1.35128", "wrong", []),
    ],
)
def test_a_number_is_judged_by_its_digits(answer: str, verdict: str, code: list[str]) -> None:
    assert verdicts(GRIEWANK, AT, f"v4_bar={answer}") == {"v4_bar": verdict}
    if code or verdict != "wrong":
        assert codes(GRIEWANK, AT, f"v4_bar={answer}") == code


@pytest.mark.parametrize("name", ["v4_bar", "v4bar", "v̄4", "v̄₄", "v_{4}bar"])
def test_spellings_of_an_adjoint(name: str) -> None:
    assert verdicts(GRIEWANK, AT, f"{name}=2.8437") == {"v4_bar": "right"}


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("v4=1.35128", "v4"), ("v₄=1.35128", "v4"), ("v6=2.01665", "v6"), ("x1=3.01184", "x1"),
        ("x1_bar=3.01184", "x1_bar"), ("x̄1=3.01184", "x1_bar"), ("dv6/dx1=3.01184", "x1"),
        ("∂v6/∂x1=3.01184", "x1"), ("∂v4/∂v3=-1", "dv4/dv3"), ("v4_dot=2", "v4_dot"), ("v̇4=2", "v4_dot"),
        ("ẋ1=1", "x1_dot"), ("x_1=3.01184", "x1"), ("dv1/dx2=-6", "dv1/dx2"),
    ],
)  # fmt: skip
def test_spellings_of_entries(answer: str, name: str) -> None:
    assert verdicts(GRIEWANK, AT, answer) == {name: "right"}


@pytest.mark.parametrize(
    "answer",
    [
        "6,4.25",
        "(6, 4.25)",
        "[6,4.25]",
        "[[6,4.25]]",
        "grad=(6,4.25)",
        "y=4.25; x=6",
        "x=6\ny=4.25",
        "<6, 4.25>",
        "∇f = (6, 4.25)ᵀ",
        "[6, 4.25]^T",
        "2·1.5·2 = 6, 1.5² + 2 = 4.25",
    ],
)
def test_spellings_of_a_gradient(answer: str) -> None:
    assert verdicts(POLY, HERE, answer) == {"x": "right", "y": "right"}


@pytest.mark.parametrize(
    "answer", ["[[3,2],[1,-1]]", "[3,2;1,-1]", "df1/dx=3, df1/dy=2, df2/dx=1, df2/dy=-1"]
)
def test_spellings_of_a_jacobian(answer: str) -> None:
    found = adcli.check("x*y, x - y", {"x": 2, "y": 3}, answer)
    assert found.correct is True
    assert [entry["name"] for entry in found] == ["df1/dx", "df1/dy", "df2/dx", "df2/dy"]


@pytest.mark.parametrize(
    ("source", "at", "answer", "right"),
    [
        ("sin(x)", "pi/4", "sqrt(2)/2", True),
        ("sin(x)", "pi/4", "1/sqrt(2)", True),
        ("sin(x)", "pi/4", "0.7071", True),
        ("sin(x)", "pi/4", "√2/2", True),
        ("sin(x)", "pi/4", "pi/4", False),
        ("sin(x)", "pi/4", "sqrt(2)/3", False),
        ("sin(x)", "pi/4", "7071/10000", False),
        ("x^3", "1/3", "1/3", True),
        ("x^3", "1/3", "3/9", True),
        ("x^3", "1/3", "0.333", True),
        ("x^3", "1/3", "333/1000", False),
        ("atan(x)", "2", "1/5", True),
        ("atan(x)*4", "1", "2", True),
        ("exp(x)", "1", "e", True),
        ("exp(x)", "1", "2.718", True),
        ("exp(x)", "1", "2718/1000", False),
        ("cos(x)", "pi", "0", True),
        ("sin(x)", "pi/2", "0", True),
        ("sin(x)", "pi/2", "0.0001", False),
        ("cos(x)", "3.14159265358979", "0", False),
        ("cos(x)", "3.14159265358979", "-3.23e-15", True),
        ("cos(x)*gamma(x)/gamma(x)", "3.14159265358979", "0", False),
        ("x^2", "3", "2*3", True),
        ("x^2", "3", "2*3.0", True),
        ("x^2", "0.5", "1", True),
        ("x^2", "60", "120", True),
        ("x^2", "60", "121", False),
        ("x^2", "60.5", "120", False),
        ("x^2", "617.28", "1230", True),
        ("x^2", "617.28", "1234.56", True),
        ("x^2", "602", "1200", False),
        ("1e-320*x", "1", "2", False),
        ("floor(1e308*x)", "1.01", "2", False),
        ("s = x; for k in 1..100 { s = s*s }; s", "0.9", "2", False),
        ("x^x^x^x^x^x", "1.01", "2", False),
    ],
)
def test_exact_answers_are_decided_exactly(source: str, at: str, answer: str, *, right: bool) -> None:
    assert adcli.check(source, {"x": at}, f"x={answer}").correct is right


@pytest.mark.parametrize(
    ("source", "answer", "right"),
    [
        ("x^3", "dy/dx = 3x²", True), ("x^3", "y' = 3x^2", True), ("x^3", "f'(2) = 12", True), ("x^3", "f'(4/2) = 8", False),
        ("x^3", "3·2² = 3·4 = 12", True), ("x^3", "3x² = 12", True), ("x^3", "3*4 = 13", False), ("x^3", "(x+x+x)x = 12", True),
        ("x^3", "d/dx(x^3) = 12", True), ("x^3", "d/dx x^3 = 8", False), ("x^3", "(x^3)' = 12", True), ("x^3", "df/dx(2) = 12", True),
    ],
)  # fmt: skip
def test_a_letter_of_ones_own_and_a_chain_of_steps_are_read(source: str, answer: str, *, right: bool) -> None:
    assert adcli.check(source, {"x": 2}, answer).correct is right


def test_a_float_of_python_means_its_shortest_decimal() -> None:
    assert adcli.check("x^2", {"x": 0.1}, "x=1/5").correct is True


@pytest.mark.parametrize(
    ("answer", "size"), [("0.08", True), ("0.075", True), ("7.5", True), ("0.1", False), ("0.06", False)]
)
def test_only_the_same_digits_are_of_another_size(answer: str, *, size: bool) -> None:
    assert ("power-of-ten" in codes("x^2/2", {"x": 0.75}, f"x={answer}")) is size


@pytest.mark.parametrize("answer", ["", "x=", "x=,y=", "0,0", "x=0,y=0", "nan,nan", "x=-,y=?", ","])
def test_nothing_zero_and_no_number_are_never_right(answer: str) -> None:
    assert adcli.check(POLY, HERE, answer).correct is False


def test_one_number_for_two_derivatives_leaves_the_other_missing() -> None:
    assert verdicts(POLY, HERE, "6") == {"x": "right", "y": "missing"}


def test_named_entries_are_judged_and_others_not_asked_for_unless_told() -> None:
    assert verdicts(POLY, HERE, "x=6") == {"x": "right"}
    assert verdicts(POLY, HERE, "x=6", wrt=["x", "y"]) == {"x": "right", "y": "missing"}


def test_what_follows_from_a_wrong_step_is_carried() -> None:
    found = verdicts(POLY, HERE, "v2_bar=1, v1_bar=1, x=3, y=4.25")
    assert found == {"v2_bar": "right", "v1_bar": "wrong", "x": "carried", "y": "right"}


@pytest.mark.parametrize(
    ("more", "answer", "right"),
    [
        ({"tol": 0.01}, "6.009", True), ({"tol": 0.01}, "6.011", False), ({"tol": "1%"}, "6.05", True),
        ({"tol": "1%"}, "6.07", False), ({"tol": 10}, "0", False), ({"sigfigs": 3}, "6", True),
        ({"sigfigs": 3}, "6.00", True), ({"sigfigs": 3}, "6.004", True), ({"sigfigs": 3}, "6.01", False),
    ],
)  # fmt: skip
def test_a_tolerance_of_ones_own(more: dict[str, Any], answer: str, *, right: bool) -> None:
    assert adcli.check(POLY, HERE, f"x={answer}", **more).correct is right


def test_fewer_digits_than_asked_for_are_not_enough() -> None:
    assert codes(GRIEWANK, AT, "v4_bar=2.84", sigfigs=5) == ["too-few-digits"]
    assert adcli.check(GRIEWANK, AT, "v4_bar=2.8437", sigfigs=5).correct is True


def test_formulas_may_use_steps_and_adjoints() -> None:
    found = adcli.check("v1=x*y; v2=sin(v1); v2*x", None, "v2_bar=x, v1_bar=v2_bar*cos(v1), x=v2+v̄1*y")
    assert found.correct is True


def test_a_difference_is_shown_at_a_point() -> None:
    (entry,) = adcli.check("x^2*y", None, "x=x^2")
    assert entry["verdict"] == "wrong"
    assert entry["remarks"] == [{"code": "differs", "message": "at x = 2, y = 3 it is 4, and 12 is right"}]


@pytest.mark.parametrize(
    ("source", "answer", "readings"),
    [
        ("e^(2x)", "2e^2x", ["read as (e^2)*x"]),
        ("sqrt(x)", "1/2 x^-1/2", ["read as (1/2)*x", "read as (x^-1)/2"]),
        ("x^2/4", "1/2x", []),  # right: nothing is to be explained
        ("x^2", "3*x", []),
    ],
)
def test_of_a_wrong_formula_it_is_said_how_it_was_read(source: str, answer: str, readings: list[str]) -> None:
    (entry,) = adcli.check(source, None, f"x={answer}")
    assert [said["message"] for said in entry["remarks"] if said["code"] == "reading"] == readings


def test_a_difference_that_floats_cannot_see_is_proved() -> None:
    assert adcli.check("x^2", None, "x=2x+1e-25").correct is False


def test_a_difference_of_domains_is_named() -> None:
    found = adcli.check("ln(x*y)", None, "f=ln x + ln y")
    assert found.correct is True
    assert [remark["code"] for remark in found[0]["remarks"]] == ["points", "domain"]
    assert adcli.check("ln(x*y)", {"x": -1, "y": -2}, "f=ln x + ln y").correct is False


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("asin(x)", "x=1/sqrt(x-5)"),
        ("x^2", "x=2x + 0*ln(-1-x^2)"),
        ("x^2", "x=2x + 0*sqrt(x-1e6)"),
        ("x^2", "x=2x*(x-x)/(x-x)"),
        ("x^2", "x=2x + 0/0"),
    ],
)
def test_without_points_nothing_is_decided(source: str, answer: str) -> None:
    found = adcli.check(source, None, answer)
    assert found.correct is None
    assert [remark["code"] for remark in found[0]["remarks"]] == ["too-few-points"]


def test_a_choice_is_judged_on_both_sides() -> None:
    assert adcli.check("if(x < 0, -x, x^2)", None, "x=if(x < 0, -1, 2x)").correct is True
    assert adcli.check("if(x < 0, -x, x^2)", None, "x=2x").correct is False


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("q=3", "name"), ("x=3,x=4", "usage"), ("x=3)", "syntax"), ("x=foo(y)", "name"), ("6,4.25,1", "usage"),
        ("x=6, 4.25", "syntax"), ("x=q", "name"), ("x=2xy", "name"), ("f_x(3, 2)=6", "usage"), ("d/dx(x)=6", "name"), ("f'(3)=6", "name"), ("q+1 = 6", "name"), ("dv1/dy=2", "usage"), ("[[1],[2],[3]]", "shape"),
        ("x=" + "(" * 20_000, "usage"), ("x=\x1b[2J", "syntax"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_with_a_place(answer: str, kind: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.check(POLY, HERE, answer)
    assert caught.value.kind == kind


def test_a_transposed_jacobian_is_said_to_be_transposed() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.check("x*y*z, x - y", {"x": 2, "y": 3, "z": 1}, "[[3,1],[2,-1],[6,0]]")
    assert "transposed" in str(caught.value.hint)


@settings(max_examples=200, deadline=None)
@given(st.floats(1e-6, 1e6), st.integers(3, 10), st.booleans())
def test_any_rounding_is_near_and_two_units_off_are_not(value: float, digits: int, up: bool) -> None:  # noqa: FBT001
    text = f"{value:#.{digits}g}" if digits < 7 else f"{value:.{digits}e}"
    read = figure(text)
    assert read is not None
    from fractions import Fraction

    exact = Fraction(value)
    assert read.near(exact)
    off = read._replace(value=read.value + (3 if up else -3) * read.unit)
    assert not off.near(exact)
    assert math.isclose(float(read.value), value, rel_tol=10.0 ** (1 - digits))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_no_text_is_a_fault(text: str) -> None:
    try:
        found = adcli.check(POLY, HERE, text)
    except adcli.AdcliError:
        return
    assert found.correct in (True, False, None)


@pytest.mark.parametrize(
    ("source", "at", "answer", "right"),
    [
        ("dot(x, x)", {"x": [1, 2]}, "x=[2,4]", True), ("dot(x, x)", {"x": [1, 2]}, "x[1]=2, x[2]=4", True),
        ("dot(x, x)", {"x": [1, 2]}, "x1=2", True), ("dot(x, x)", {"x": [1, 2]}, "x=[2,5]", False),
        ("sum(W @ x)", {"W": [[1, 2], [3, 4]], "x": [5, 6]}, "W=[[5,6],[5,6]], x=[4,6]", True),
        ("sum(W @ x)", {"W": [[1, 2], [3, 4]], "x": [5, 6]}, "W[2,1]=5", True),
        ("sum(W @ x)", {"W": [[1, 2], [3, 4]], "x": [5, 6]}, "W[1,2]=5", False),
        ("W @ x", {"W": [[1, 2], [3, 4]], "x": [5, 6]}, "df1/dW12=6, df2/dx1=3", True),
        ("dot(x, x)", {"x": [1, 2]}, "x[1] = 2x[1], x[2] = 2*x[ 2 ]", True),
        ("dot(x, x)", {"x": [1, 2]}, "x = [2x[1], x[2]x[2]]", False),  # 2·x₂ is 4, and so is x₂²; not elsewhere
        ("sum(W @ x)^2", {"W": [[1, 2]], "x": [5, 6]}, "W[1,2] = 2x[2](W[1,1]x[1] + W[1,2]x[2])", True),
    ],
)  # fmt: skip
def test_arrays_are_judged_entry_by_entry(
    source: str, at: dict[str, Any], answer: str, *, right: bool
) -> None:
    assert adcli.check(source, at, answer).correct is right


def test_an_array_of_another_size_is_a_shape_error() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.check("dot(x, x)", {"x": [1, 2]}, "x=[1,2,3]")
    assert caught.value.kind == "shape"


def test_an_answer_about_arrays_needs_a_point_that_has_their_sizes() -> None:
    with pytest.raises(adcli.AdcliError, match="nothing says how many") as caught:
        adcli.check("sum(x^3)", None, "x=3*x^2")
    assert caught.value.kind == "usage"
