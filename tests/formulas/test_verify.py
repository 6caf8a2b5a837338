"""The check before printing: a wrong formula is found, also where it is wrong in a corner or by little."""

from __future__ import annotations

import pytest

import adcli
from adcli.transform.verify import Expression, Mismatch, agrees, outcome


def expression(text: str) -> Expression:
    program = adcli.parse(f"input x; {text}")
    (node,) = program.outputs.values()
    return Expression(program.graph, node)


@pytest.mark.parametrize(
    ("function", "wrong"),
    [
        ("x^2", "3*x"),
        ("x^2", "2*x + 1e-4"),
        ("x^2", "0"),
        ("5", "x"),
        ("sin(x)", "-cos(x)"),
        ("|x|", "1"),
        ("sqrt(x^2)", "1"),
        ("ln(x)", "1/x^2"),
        ("x^3", "3*x^2*sqrt(x)/sqrt(x) + x"),
        ("exp(x)", "exp(x)*1.00001"),
        ("x^2", "2*x*ln(x)/ln(x)"),  # it has no value where x < 0
        ("if(x > 1, x^2, x)", "if(x > 1, 2*x, 2)"),
    ],
)
def test_a_wrong_formula_is_found(function: str, wrong: str) -> None:
    with pytest.raises(Mismatch):
        agrees(expression(function), 0, expression(wrong))


@pytest.mark.parametrize(
    ("function", "right"),
    [
        ("x^2", "2*x"),
        ("|x|", "sign(x)"),
        ("asin(x - 100)", "1/sqrt(1 - (x - 100)^2)"),
        ("log(x^1.5, x*x)", "0"),
        ("if(x > 0, sqrt(x), -x)", "if(x > 0, 1/(2*sqrt(x)), -1)"),
    ],
)
def test_a_right_one_passes(function: str, right: str) -> None:
    assert agrees(expression(function), 0, expression(right)) >= (function != "log(x^1.5, x*x)")


def test_a_formula_that_loses_digits_is_no_fault() -> None:
    """cos(u) - sin(u)/u of a small u = x⁸ has few digits in floats: certified numbers decide."""
    function, point = expression("sinc((x^4)^2)"), {"x": 0.10592361850794241}
    formula = "8*(cos(x^8) - sinc(x^8))/x"
    assert outcome(function, 0, expression(formula), point) == "same"
    with pytest.raises(Mismatch):
        outcome(function, 0, expression(f"{formula} + 1e-14*x"), point)
