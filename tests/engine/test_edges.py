"""The mathematics at its edges, sentence by sentence as the specification has it."""

from __future__ import annotations

import math

import pytest

import adcli
from adcli import answers
from adcli.answers import higher
from adcli.language.run import program


def notes(text: str, **point: float) -> list[str]:
    return [note.message for note in answers.gradient(program(text, names=point), point).notes]


def undefined(text: str, **point: float) -> str:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.grad(text, point)
    assert caught.value.kind == "domain"
    assert caught.value.span is not None
    return caught.value.message


# Kinks: the value is given, the slope is the convention, the note has both one-sided slopes.


@pytest.mark.parametrize(
    ("text", "slope", "left", "right"),
    [
        ("abs(x)", 0.0, "-1", "1"),
        ("relu(x)", 0.0, "0", "1"),
        ("leaky_relu(x)", 0.01, "0.01", "1"),
        ("max(x, 0)", 0.5, "0", "1"),
        ("min(x, 0)", 0.5, "1", "0"),
    ],
)
def test_a_kink_has_the_conventions_slope_and_a_note_with_both_sides(
    text: str, slope: float, left: str, right: str
) -> None:
    assert adcli.grad(text, {"x": 0}) == {"x": slope}
    (note,) = notes(text, x=0.0)
    assert f"slope from the left {left}, from the right {right}" in note


@pytest.mark.parametrize(
    ("text", "x"),
    [("sign(x)", 0.0), ("step(x)", 0.0), ("floor(x)", 2.0), ("ceil(x)", -1.0), ("round(x)", 2.5)],
)
def test_a_jump_has_slope_0_and_a_note(text: str, x: float) -> None:
    assert adcli.grad(text, {"x": x}) == {"x": 0.0}
    (note,) = notes(text, x=x)
    assert "jumps" in note


def test_a_tie_of_k_shares_the_slope() -> None:
    assert adcli.grad("max(x, y, z)", {"x": 2, "y": 2, "z": 2}) == dict.fromkeys("xyz", 1 / 3)


@pytest.mark.parametrize("text", ["abs(x)", "max(x, 0)", "floor(x)", "if(x > 0, x, -x)"])
def test_strict_makes_a_kink_an_error(text: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        answers.gradient(program(text), {"x": 0.0}, strict=True)
    assert caught.value.kind == "domain"


# Kinks of the slope: only second derivatives meet them.


def test_the_slope_of_elu_has_a_kink_that_only_second_derivatives_note() -> None:
    assert notes("elu(x)", x=0.0) == []
    found = higher.hessian(program("elu(x)"), {"x": 0.0})
    assert found.hessian == [[0.5]]
    assert "second derivative from the left 1, from the right 0" in found.notes[0].message
    with pytest.raises(adcli.AdcliError):
        higher.hessian(program("elu(x)"), {"x": 0.0}, strict=True)


def test_branches_with_one_slope_may_curve_apart_and_the_note_says_so() -> None:
    found = higher.hessian(program("if(x > 0, x^2, -x^2)"), {"x": 0.0})
    assert "higher derivatives may differ" in found.notes[0].message


# The branch not taken.


@pytest.mark.parametrize(("x", "slope"), [(-1.0, 0.0), (0.0, 0.0), (4.0, 0.25)])
def test_the_branch_not_taken_does_not_poison_the_gradient(x: float, slope: float) -> None:
    assert adcli.grad("if(x > 0, sqrt(x), 0)", {"x": x}) == {"x": slope}


def test_a_branch_that_has_no_slope_at_its_boundary_is_not_called_smooth() -> None:
    (note,) = notes("if(x > 0, sqrt(x), 0)", x=0.0)
    assert "the other branch has no derivative here" in note
    (note,) = notes("if(x > 0, ln(x), 0)", x=0.0)
    assert "the other branch is not defined here" in note


def test_a_constant_branch_beside_a_sloped_one_has_both_slopes_in_its_note() -> None:
    (note,) = notes("if(x > 0, 3*x, 0)", x=0.0)
    assert "∂f/∂x is 0 in the branch taken and 3 in the other" in note


# Poles and domains.


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("1/x", 0.0),
        ("ln(x)", 0.0),
        ("ln(x)", -1.0),
        ("sqrt(x)", -1.0),
        ("sqrt(x)", 0.0),
        ("x^-1", 0.0),
        ("x^0.5", -1.0),
        ("x^0.5", 0.0),
        ("asin(x)", 1.5),
        ("asin(x)", 1.0),
        ("acosh(x)", 1.0),
        ("atanh(x)", 1.0),
        ("gamma(x)", -2.0),
        ("cbrt(x)", 0.0),
        ("0*ln(x)", 0.0),
        ("x/x", 0.0),
    ],
)
def test_what_is_not_defined_is_said_with_its_place(text: str, x: float) -> None:
    assert "here" in undefined(text, x=x)


def test_overflow_is_said_to_be_overflow() -> None:
    assert undefined("exp(x)", x=710.0).startswith("overflow")
    assert undefined("x*x", x=1e200).startswith("overflow")


# Powers at 0.


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7])
def test_a_whole_power_at_0_has_its_slope_and_curvature(n: int) -> None:
    text = f"x^{n}"
    assert adcli.grad(text, {"x": 0}) == {"x": float(n == 1)}
    assert adcli.hessian(text, {"x": 0}) == [[2.0 * (n == 2)]]


def test_zero_to_the_zero_is_1_and_a_constant_exponent_asks_for_no_logarithm() -> None:
    assert adcli.value("x^0", {"x": 0}) == 1.0
    assert adcli.grad("x^0", {"x": 0}) == {"x": 0.0}
    assert adcli.grad("x^3", {"x": -2}) == {"x": 12.0}
    assert adcli.grad("x^y", {"x": -2, "y": 3}, wrt=["x"]) == {"x": 12.0}


def test_a_power_of_two_inputs_at_base_0() -> None:
    assert adcli.grad("x^y", {"x": 0, "y": 2}) == {"x": 0.0, "y": 0.0}
    assert adcli.grad("x^y", {"x": 0, "y": 1}) == {"x": 1.0, "y": 0.0}
    assert adcli.hessian("x^y", {"x": 0, "y": 2}) == [[2.0, 0.0], [0.0, 0.0]]


# Accurate over the whole range of floats.


@pytest.mark.parametrize("scale", [1e-180, 1.0, 1e180])
def test_hypot_neither_overflows_nor_underflows(scale: float) -> None:
    at = {"x": 3 * scale, "y": 4 * scale}
    assert adcli.value("hypot(x, y)", at) == pytest.approx(5 * scale, rel=1e-15)
    assert adcli.grad("hypot(x, y)", at) == pytest.approx({"x": 0.6, "y": 0.8}, rel=1e-15)
    want = [[0.64 / (5 * scale), -0.48 / (5 * scale)], [-0.48 / (5 * scale), 0.36 / (5 * scale)]]
    for got, row in zip(adcli.hessian("hypot(x, y)", at), want, strict=True):
        assert got == pytest.approx(row, rel=1e-14)


@pytest.mark.parametrize(
    ("x", "y", "slopes", "curve"),
    [
        (1e300, -1e300, (1.0, 0.0), 0.0),
        (-1000.0, -1000.0, (0.5, 0.5), 0.25),
        (1000.0, 1000.0, (0.5, 0.5), 0.25),
        (0.0, 40.0, (math.exp(-40), 1.0), math.exp(-40)),
    ],
)
def test_logaddexp_is_right_far_out(x: float, y: float, slopes: tuple[float, float], curve: float) -> None:
    at = {"x": x, "y": y}
    assert tuple(adcli.grad("logaddexp(x, y)", at).values()) == pytest.approx(slopes, rel=1e-15)
    assert adcli.hessian("logaddexp(x, y)", at)[0][0] == pytest.approx(curve, rel=1e-14)


@pytest.mark.parametrize(
    "text", ["sigmoid(x)", "softplus(x)", "tanh(x)", "silu(x)", "gelu(x)", "expm1(-abs(x))"]
)
@pytest.mark.parametrize("x", [800.0, -800.0, 1e300])
def test_flat_functions_stay_finite_with_their_derivatives(text: str, x: float) -> None:
    assert math.isfinite(adcli.value(text, {"x": x}))
    assert adcli.grad(text, {"x": x})["x"] in (0.0, 1.0)
    assert adcli.hessian(text, {"x": x}) == [[0.0]]


def test_log1p_and_expm1_keep_their_digits_near_0() -> None:
    for text in ("log1p(x)", "expm1(x)"):
        assert adcli.value(text, {"x": 1e-20}) == 1e-20
        assert adcli.grad(text, {"x": 1e-20}) == {"x": 1.0}


# Folding is by syntax, never by value.


@pytest.mark.parametrize(
    ("text", "steps"), [("x/x", 1), ("0*sin(x)", 2), ("sin(x) - sin(x)", 2), ("x^1", 1), ("x + 0", 1)]
)
def test_nothing_of_the_users_is_folded_away(text: str, steps: int) -> None:
    made = adcli.parse(text)
    assert len(made) == steps
    assert made.graph.variable[made.outputs["f"]], "the output still depends on x"


def test_what_cancels_has_the_derivative_of_what_is_left() -> None:
    assert adcli.grad("x/x", {"x": 3}) == {"x": 0.0}
    assert adcli.grad("sin(x) - sin(x)", {"x": 3}) == {"x": 0.0}
    assert adcli.grad("0*sin(x) + x", {"x": 3}) == {"x": 1.0}
    assert adcli.grad("(x - 3)*sin(x)", {"x": 3}) == {"x": math.sin(3)}
