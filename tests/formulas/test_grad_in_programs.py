"""grad(expression, x) inside a program: descent, Newton, nested derivatives, and what it may not be asked."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

import adcli

sys.path.insert(0, str(Path(__file__).parent))

import drawn

VALUES = [
    ("grad(x^2*y, x)", {"x": 3, "y": 2}, 12.0),
    ("grad(x^2*y, y)", {"x": 3, "y": 2}, 9.0),
    ("grad(x^2, y)", {"x": 3, "y": 2}, 0.0),
    ("grad(3, x) + x", {"x": 2}, 2.0),
    ("grad(grad(grad(x^5, x), x), x)", {"x": 2}, 240.0),
    # An earlier step counts with all that it depends on.
    ("u = x^2; grad(u*x, x)", {"x": 2}, 12.0),
    ("u = x^2; grad(u*x, u)", {"x": 2}, 2.0),
    # A number that has a name is a variable.
    ("x = 3; f = x^2; grad(f, x)", {}, 6.0),
    # Two names of equal values are two variables.
    ("x = y + 1; z = y + 1; grad(x*z, x)", {"y": 2}, 3.0),
    ("x = 3; z = 3; grad(x*z, x)", {}, 3.0),
    # A parameter is a variable of its own, whatever it is called with.
    ("f(t) = t^3; df(t) = grad(f(t), t); df(2)", {}, 12.0),
    ("f(t) = t^3; df(t) = grad(f(t), t); ddf(t) = grad(df(t), t); ddf(z)", {"z": 5}, 30.0),
    # No perturbation confusion: D(x·D(y→x+y)) = 1, and D(x·D(y→x·y)) at 4 = 8.
    ("grad(x*grad(x + y, y), x)", {"x": 7, "y": 1}, 1.0),
    ("grad(x*grad(x*y, y), x)", {"x": 4, "y": 1}, 8.0),
    ("d(x, y) = grad(x + y, y); h(x) = x*d(x, x); grad(h(x), x)", {"x": 7}, 1.0),
    ("d(x, y) = grad(x*y, y); h(x) = x*d(x, x); grad(h(x), x)", {"x": 4}, 8.0),
    # Only the branch taken is differentiated.
    ("grad(if(x > 0, sqrt(x), 0), x)", {"x": -1}, 0.0),
    ("if x > 0 { y = grad(x^3, x) } else { y = 0 }; y", {"x": 2}, 12.0),
    ("grad(|x|*max(x, y), x)", {"x": -2, "y": 1}, -1.0),
]


@pytest.mark.parametrize(("text", "point", "expected"), VALUES)
def test_a_derivative_inside_a_program_is_a_number_of_it(text: str, point: dict, expected: float) -> None:
    assert adcli.value(adcli.parse(text, names=point), point) == expected


def test_gradient_descent_finds_the_minimum() -> None:
    program = adcli.parse(
        "x = 0; y = 0; for k in 1..200 { f = (x - 1)^2 + 2*(y + x)^2; gx = grad(f, x); gy = grad(f, y); "
        "x = x - 0.1*gx; y = y - 0.1*gy }; x, y"
    )
    assert adcli.value(program, {}) == pytest.approx([1, -1], abs=1e-6)


def test_newton_finds_a_root_and_its_dependence_on_a_parameter() -> None:
    """x² = a: x = √a, and dx/da = 1/(2√a) through all the steps."""
    program = adcli.parse("x = 1; for k in 1..8 { f = x^2 - a; x = x - f/grad(f, x) }; x")
    assert adcli.value(program, {"a": 2}) == pytest.approx(2**0.5, rel=1e-15)
    assert adcli.grad(program, {"a": 2})["a"] == pytest.approx(0.5 / 2**0.5, rel=1e-14)


def test_a_loop_may_wait_for_a_small_derivative() -> None:
    text = "while abs(grad((x - 2)^2, x)) > 1e-9 { x = x - 0.25*grad((x - 2)^2, x) }; x"
    assert adcli.value(adcli.parse(text, names={"x": 0}), {"x": 0}) == pytest.approx(2, abs=1e-8)


def test_without_a_point_it_is_a_formula() -> None:
    assert str(adcli.diff("grad(x^2*sin(x), x)", "x")) == str(adcli.diff("x^2*sin(x)", "x", order=2))


def test_where_the_function_has_no_value_its_derivative_has_none() -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value("grad(ln(x), x)", {"x": -2})
    assert caught.value.kind == "domain"


@pytest.mark.parametrize(
    ("text", "kind", "place", "words"),
    [
        ("grad(x^2)", "syntax", (0, 4), "2 arguments"),
        ("grad(x^2, x, y)", "syntax", (0, 4), "2 arguments"),
        ("grad(x^2, 3)", "syntax", (10, 11), "by a name"),
        ("grad(x^2, x + 1)", "syntax", (10, 15), "by a name"),
        ("grad(x^2, pi)", "syntax", (10, 12), "a number here, not a variable"),
        ("for k in 1..2 { y = grad(x*k, k) }; y", "syntax", (30, 31), "a number here, not a variable"),
        ("grad(x < 1, x)", "syntax", (5, 10), "not a number"),
    ],
)
def test_what_it_cannot_differentiate_is_said_with_the_place(
    text: str, kind: str, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.parse(text)
    assert caught.value.kind == kind
    assert tuple(caught.value.span or ()) == place
    assert words in caught.value.message


def test_a_variable_may_be_called_grad() -> None:
    assert adcli.value("grad = x^2; grad + 1", {"x": 3}) == 10
    assert adcli.value("grad = x^2; grad(x + 1)", {"x": 3}) == 36


@pytest.mark.parametrize("seed", range(3000, 3080))
def test_it_is_what_a_sweep_from_outside_says(seed: int) -> None:
    chance = random.Random(seed)
    text = drawn.expression(chance, 3)
    try:
        outside, inside = (
            adcli.parse(f"input x, y, z\n{text}"),
            adcli.parse(f"input x, y, z\ngrad({text}, x)"),
        )
    except adcli.AdcliError as error:
        if error.kind not in ("domain", "syntax", "usage"):
            raise
        return
    for _ in range(4):
        point = {name: chance.uniform(-2, 2) for name in "xyz"}
        try:
            expected = adcli.grad(outside, point, wrt=["x"])["x"]
        except adcli.AdcliError:
            continue
        try:
            found = adcli.value(inside, point)
        except adcli.AdcliError as error:
            if error.kind != "domain":
                raise
            continue
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-10)
