"""Closed forms: one form for one number, in every notation, and never a float in between."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random  # noqa: TC003  # hypothesis reads the annotations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from adcli.arithmetic.closed.functions import evaluated
from adcli.arithmetic.closed.number import Closed
from adcli.arithmetic.exact import EXACT
from adcli.engine.sweep import evaluate
from adcli.engine.undefined import Undefined
from adcli.language.run import program
from adcli.notation import SOURCE
from adcli.notation.latex_notation import LATEX

FORMS = [
    # expression, Unicode, ASCII, LaTeX
    ("sin(pi/3)", "√3/2", "sqrt(3)/2", r"\frac{\sqrt{3}}{2}"),
    ("sqrt(2)*sqrt(3)", "√6", "sqrt(6)", r"\sqrt{6}"),
    ("sqrt(8)", "2·√2", "2*sqrt(2)", r"2\cdot \sqrt{2}"),
    ("sqrt(2)*sqrt(2)", "2", "2", "2"),
    ("1/(1 + sqrt(2))", "√2 - 1", "sqrt(2) - 1", r"\sqrt{2} - 1"),
    ("1/(sqrt(2) + sqrt(3))", "√3 - √2", "sqrt(3) - sqrt(2)", r"\sqrt{3} - \sqrt{2}"),
    ("sqrt(3 + 2*sqrt(2))", "1 + √2", "1 + sqrt(2)", r"1 + \sqrt{2}"),
    ("exp(2)", "e²", "e^2", "e^{2}"),
    ("exp(1/2)*exp(-3/2)", "e⁻¹", "e^(-1)", "e^{-1}"),
    ("ln(8)/ln(2)", "3", "3", "3"),
    ("ln(10)", "ln(10)", "ln(10)", r"\ln(10)"),
    ("ln(2) + ln(5)", "ln(10)", "ln(10)", r"\ln(10)"),
    ("atan(1)", "π/4", "pi/4", r"\frac{\pi}{4}"),
    ("acos(-1/2)", "2·π/3", "2*pi/3", r"\frac{2\cdot \pi}{3}"),
    ("-3*sqrt(2)/7", "-3·√2/7", "-3*sqrt(2)/7", r"-\frac{3\cdot \sqrt{2}}{7}"),
    ("1/(1 + pi)", "1/(1 + π)", "1/(1 + pi)", r"\frac{1}{1 + \pi}"),
    ("(1 + pi)/(2 + 2*pi)", "1/2", "1/2", r"\frac{1}{2}"),
    (
        "exp(pi/3)*sin(pi/3)",
        "√3·e^(π/3)/2",
        "sqrt(3)*e^(pi/3)/2",
        r"\frac{\sqrt{3}\cdot e^{\frac{\pi}{3}}}{2}",
    ),
    ("cbrt(-16)", "-2·∛2", "-2*cbrt(2)", r"-2\cdot \sqrt[3]{2}"),
    ("2^(1/4)", "2^(1/4)", "2^(1/4)", r"2^{\frac{1}{4}}"),
    ("gamma(5/2)", "3·√π/4", "3*sqrt(pi)/4", r"\frac{3\cdot \sqrt{\pi}}{4}"),
    ("exp(ln(5)/2 + pi)", "√5·e^π", "sqrt(5)*e^pi", r"\sqrt{5}\cdot e^{\pi}"),
    ("cos(pi/5)", "1/4 + √5/4", "1/4 + sqrt(5)/4", r"\frac{1}{4} + \frac{\sqrt{5}}{4}"),
    ("tan(5*pi/12)", "2 + √3", "2 + sqrt(3)", r"2 + \sqrt{3}"),
    ("tan(pi/8)", "√2 - 1", "sqrt(2) - 1", r"\sqrt{2} - 1"),
    ("10^pi", "10^π", "10^pi", r"10^{\pi}"),
    ("asinh(3/4)", "ln(2)", "ln(2)", r"\ln(2)"),
    ("degrees(pi/6)", "30", "30", "30"),
    ("sigmoid(1)", "1/(1 + e⁻¹)", "1/(1 + e^(-1))", r"\frac{1}{1 + e^{-1}}"),
]


def value(text: str) -> Any:
    made = program(text)
    return evaluate(made.graph, EXACT, {})[made.outputs["f"]]


@pytest.mark.parametrize(("text", "unicode", "ascii_form", "latex"), FORMS, ids=[form[0] for form in FORMS])
def test_a_closed_form_has_one_spelling_in_each_notation(
    text: str, unicode: str, ascii_form: str, latex: str
) -> None:
    found = value(text)
    assert str(found) == unicode
    if isinstance(found, Closed):
        assert found.piece(SOURCE).text == ascii_form
        assert found.piece(LATEX).text == latex


@pytest.mark.parametrize("text", [form[0] for form in FORMS])
def test_the_ascii_form_is_an_expression_for_the_same_number(text: str) -> None:
    found = value(text)
    written = found.piece(SOURCE).text if isinstance(found, Closed) else str(found)
    assert value(written) == found


ATOMS = ["sqrt(2)", "sqrt(3)", "sqrt(6)", "pi", "exp(1)", "exp(pi)", "ln(2)", "cbrt(2)", "1/3", "2", "-1"]


def random_text(rng: Random, depth: int) -> str:
    if depth == 0:
        return rng.choice(ATOMS)
    op = rng.choice("++--**/")
    return f"({random_text(rng, depth - 1)} {op} {random_text(rng, depth - 1)})"


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_a_closed_form_is_the_number_that_mpmath_finds(rng: Random, depth: int) -> None:
    text = random_text(rng, depth)
    names = {"sqrt": mp.sqrt, "pi": mp.mpf, "exp": mp.exp, "ln": mp.log, "cbrt": mp.cbrt}
    try:
        found = value(text)
    except ArithmeticError:
        return  # a division by 0
    with mp.workdps(60):
        graph = program(text).graph
        numbers: list[Any] = []
        for node in graph:
            args = [numbers[arg] for arg in node.args]
            numbers.append(
                (
                    mp.pi * 1
                    if node.data == "pi"
                    else mp.mpf(Fraction(node.data).numerator) / Fraction(node.data).denominator
                )
                if node.op == "const"
                else {
                    "add": lambda x, y: x + y,
                    "sub": lambda x, y: x - y,
                    "mul": lambda x, y: x * y,
                    "div": lambda x, y: x / y,
                    "neg": lambda x: -x,
                    **names,
                }[node.op](*args)
            )
        true = numbers[program(text).outputs["f"]]
        if found == 0:
            assert abs(true) < mp.mpf(10) ** -45
        else:
            assert float(found) == pytest.approx(float(true), rel=1e-12)


@settings(max_examples=100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_laws_of_a_field_hold_by_form(rng: Random) -> None:
    x, y, z = (value(random_text(rng, 1).replace("/", "+")) for _ in range(3))
    assert (x + y) * z == x * z + y * z
    assert x - x == 0
    if y != 0:
        assert x / y * y == x


def test_sides_are_told_by_intervals_and_zero_by_form() -> None:
    near = value("355/113 - pi")
    assert 0 < near < Fraction(1, 10**6)
    assert value("sqrt(2) + sqrt(3) - sqrt(5 + 2*sqrt(6))") == 0
    assert value("exp(pi) - pi") < 20
    assert value("floor(100*pi)") == 314
    assert value("round(-10*sqrt(2))") == -14
    assert value("|1 - sqrt(2)|") == value("sqrt(2) - 1")
    assert value("max(sqrt(2), 1.4142135623730950488)") == value("sqrt(2)")


def test_a_closed_form_in_another_arithmetic_is_the_same_number() -> None:
    from adcli.arithmetic.real import REAL

    for text, *_ in FORMS:
        assert evaluated(value(text), REAL) == pytest.approx(float(value(text)), rel=1e-14)


def test_a_formula_that_grows_without_end_is_refused() -> None:
    x = value("1 + sqrt(2) + pi + exp(1) + ln(2) + cbrt(5)")
    with pytest.raises(ValueError, match="leaves the exact numbers: its formula has more than"):
        x**30


def test_a_tower_of_exponents_is_refused_before_it_grows_without_end() -> None:
    low = value("exp(1/(1 + exp(1)))*exp(exp(2))")
    assert float(low) == pytest.approx(math.exp(1 / (1 + math.e) + math.exp(2)), rel=1e-15)
    assert (
        low == value("exp(exp(2))*exp(1 - exp(1)/(1 + exp(1)))") != value("exp(exp(2))*exp(1/(2 + exp(1)))")
    )
    with pytest.raises(Undefined) as caught:
        value("sigmoid(tanh(cosh(2/tanh(sech(3)))))")
    assert "leaves the exact numbers: its formula has more than" in caught.value.words
