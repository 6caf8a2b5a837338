"""Laws of differentiation, which formulas of random functions keep."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adcli

LEAVES = st.sampled_from(["x", "y", "x", "2", "3", "1/2", "pi"])
SMOOTH = [
    "sin({})",
    "cos({})",
    "exp({})",
    "atan({})",
    "tanh({})",
    "ln(1 + ({})^2)",
    "sqrt(2 + ({})^2)",
    "({})^3",
]
FUNCTIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda form, u: form.format(u), st.sampled_from(SMOOTH), inner),
        st.builds(lambda u, v, op: f"({u}){op}({v})", inner, inner, st.sampled_from("+-*")),
        st.builds(lambda u, v: f"({u})/(3 + sin({v}))", inner, inner),
    ),
    max_leaves=5,
)
POINT = {"x": 0.625, "y": -0.375}
FEW = settings(max_examples=40, deadline=None, derandomize=True)


def value(text: str) -> float:
    program = adcli.parse(text)
    return float(adcli.value(program, {name: POINT[name] for name in program.inputs}))  # type: ignore[arg-type]


def formula(text: str, order: int = 1) -> str:
    program = adcli.parse(text)
    return str(adcli.diff(program, "x", order=order)) if "x" in program.inputs else "0"


def slope(text: str) -> float:
    """By the sweep."""
    program = adcli.parse(text)
    return adcli.grad(program, {name: POINT[name] for name in program.inputs}).get("x", 0.0)


def close(found: float, expected: float, *parts: float) -> bool:
    return found == pytest.approx(expected, rel=1e-9, abs=1e-12 * max(1.0, *map(abs, (found, *parts))))


@FEW
@given(FUNCTIONS, FUNCTIONS)
def test_a_derivative_is_linear(f: str, g: str) -> None:
    f_, g_ = slope(f), slope(g)
    assert close(value(formula(f"3*({f}) - 2*({g})")), 3 * f_ - 2 * g_, f_, g_)


@FEW
@given(FUNCTIONS, FUNCTIONS)
def test_the_product_rule_holds(f: str, g: str) -> None:
    parts = slope(f) * value(g), value(f) * slope(g)
    assert close(value(formula(f"({f})*({g})")), sum(parts), *parts)


@FEW
@given(st.sampled_from(SMOOTH), FUNCTIONS)
def test_the_chain_rule_holds(form: str, inner: str) -> None:
    outer = adcli.grad(form.format("x"), {"x": value(inner)})["x"]
    assert close(value(formula(form.format(inner))), outer * slope(inner), outer, slope(inner))


@FEW
@given(FUNCTIONS)
def test_a_printed_formula_reads_as_itself(f: str) -> None:
    found = formula(f)
    again = adcli.parse(found)
    assert adcli.parse(str(again)).graph == again.graph
    assert close(value(str(again)), value(found))
    assert close(value(found), slope(f))


@settings(FEW, max_examples=20)
@given(FUNCTIONS)
def test_the_third_derivative_is_that_of_the_second_of_the_first(f: str) -> None:
    step = formula(formula(formula(f)))
    found = value(formula(f, order=3))
    assert found == pytest.approx(value(step), rel=1e-7, abs=1e-7)
