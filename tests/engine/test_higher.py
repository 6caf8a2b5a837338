"""jvp, vjp, Hessians and Taylor coefficients against SymPy, mpmath, the textbooks and each other."""

from __future__ import annotations

import json
import math
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sympy
from mpmath import mp

import adcli
from adcli import answers
from adcli.answers import higher
from adcli.engine import sweep

DATA = json.loads((Path(__file__).parents[1] / "data" / "worked_examples.json").read_text(encoding="utf-8"))
EXAMPLES = DATA if isinstance(DATA, list) else DATA["examples"]

# Thirty functions that SymPy reads as they stand, each with an asymmetric point.
FUNCTIONS: list[tuple[str, dict[str, float]]] = [
    ("x**2*y + 2*y", {"x": 1.5, "y": 2.0}),
    ("x**3*y**2 - x*y", {"x": -1.25, "y": 0.75}),
    ("x/y", {"x": 1.5, "y": -0.5}),
    ("(x - y)/(x + y)", {"x": 2.5, "y": 0.75}),
    ("x*y*z", {"x": 1.5, "y": -2.0, "z": 0.25}),
    ("sin(x*y)", {"x": 1.25, "y": 2.0}),
    ("cos(x)*sin(y)", {"x": 0.3, "y": -1.1}),
    ("tan(x + y**2)", {"x": 0.2, "y": 0.6}),
    ("exp(x*y)", {"x": 0.7, "y": -1.3}),
    ("exp(-x**2 - 2*y**2)", {"x": 0.4, "y": 0.9}),
    ("log(x + y**2)", {"x": 1.1, "y": 0.6}),
    ("x*log(y)", {"x": 1.7, "y": 2.3}),
    ("sqrt(x**2 + y**2)", {"x": 3.0, "y": 4.5}),
    ("sqrt(x*y)", {"x": 0.7, "y": 2.9}),
    ("x**y", {"x": 1.7, "y": 2.3}),
    ("x**(1/3)*y", {"x": 2.2, "y": -0.4}),
    ("atan(x/y)", {"x": 0.8, "y": 1.9}),
    ("asin(x*y)", {"x": 0.5, "y": 0.7}),
    ("acos(x)*y**2", {"x": 0.3, "y": 1.4}),
    ("sinh(x)*cosh(y)", {"x": 0.6, "y": -0.9}),
    ("tanh(x - 2*y)", {"x": 0.9, "y": 0.2}),
    ("asinh(x*y)", {"x": 1.3, "y": 0.8}),
    ("acosh(x + y)", {"x": 1.3, "y": 0.8}),
    ("atanh(x*y)", {"x": 0.4, "y": 0.9}),
    ("erf(x + y)", {"x": 0.4, "y": -0.1}),
    ("gamma(x)*y", {"x": 2.4, "y": 1.6}),
    ("log(1 + exp(x - y))", {"x": 0.3, "y": 1.2}),
    ("(sin(x/y) + x/y - exp(y))*(x/y - exp(y))", {"x": 1.5, "y": 0.5}),
    ("(1 - x)**2 + 100*(y - x**2)**2", {"x": -1.2, "y": 1.1}),
    ("1/(1 + x**2 + y**4) + x*z**3", {"x": 0.6, "y": -1.3, "z": 0.9}),
]
FACTS = {"argvalues": FUNCTIONS, "ids": [text for text, _ in FUNCTIONS]}


def by_sympy(text: str, at: dict[str, float]) -> list[list[float]]:
    """The Hessian from formulas, in 40 digits."""
    names = [sympy.Symbol(name) for name in at]
    formula = sympy.sympify(text, locals={name.name: name for name in names})
    exact = {name: sympy.Rational(*at[name.name].as_integer_ratio()) for name in names}
    return [[float(sympy.diff(formula, a, b).subs(exact).evalf(40)) for b in names] for a in names]


@pytest.mark.parametrize(("text", "at"), **FACTS)
def test_a_hessian_is_that_of_sympy(text: str, at: dict[str, float]) -> None:
    got, want = adcli.hessian(text, at), by_sympy(text, at)
    largest = max(abs(entry) for row in want for entry in row)
    for mine, theirs in zip(got, want, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-12, abs=1e-13 * largest)


@pytest.mark.parametrize(("text", "at"), **FACTS)
def test_the_mirrored_triangle_is_the_computed_one(text: str, at: dict[str, float]) -> None:
    names = list(at)
    program = adcli.parse(text)
    matrix = adcli.hessian(program, at)
    largest = max(abs(entry) for row in matrix for entry in row)
    for j, name in enumerate(names):
        column = adcli.hvp(program, at, {name: 1})
        for i, other in enumerate(names):
            assert column[other] == pytest.approx(matrix[i][j], rel=1e-12, abs=1e-13 * largest)


@pytest.mark.parametrize(("text", "at"), **FACTS)
def test_hvp_is_the_hessian_times_the_direction(text: str, at: dict[str, float]) -> None:
    rng = random.Random(text)
    v = {name: rng.uniform(-2, 2) for name in at}
    matrix, product = adcli.hessian(text, at), adcli.hvp(text, at, v)
    for row, entry in zip(matrix, product.values(), strict=True):
        terms = [h * speed for h, speed in zip(row, v.values(), strict=True)]
        assert entry == pytest.approx(sum(terms), rel=1e-12, abs=1e-13 * sum(map(abs, terms)) + 1e-300)


@pytest.mark.parametrize(("text", "at"), **FACTS)
def test_taylor_along_a_direction_begins_with_value_slope_and_curvature(
    text: str, at: dict[str, float]
) -> None:
    rng = random.Random(f"along {text}")
    v = {name: rng.uniform(-2, 2) for name in at}
    c = adcli.taylor(text, at, 2, tangent=v)
    product = adcli.hvp(text, at, v)
    terms = [product[name] * v[name] / 2 for name in at]
    assert c[0] == adcli.value(text, at)
    assert c[1] == pytest.approx(adcli.jvp(text, at, v), rel=1e-12)
    assert c[2] == pytest.approx(sum(terms), rel=1e-11, abs=1e-13 * sum(map(abs, terms)))


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if "hessian" in e.get("published", {})], ids=lambda e: e["id"]
)
def test_a_published_hessian_is_right_in_the_digits_that_are_printed(example: dict[str, Any]) -> None:
    got = adcli.hessian(example["expression"], example["point"])
    for row, printed in zip(got, example["published"]["hessian"], strict=True):
        for entry, text in zip(row, printed, strict=True):
            places = len(text.partition(".")[2])
            assert abs(entry - float(text)) <= 0.5 * 10.0**-places + 1e-12 * abs(entry)


def test_enzymes_hessian_vector_product_of_sin_of_a_product() -> None:
    x1, x2 = 2.0, 3.0
    got = adcli.hvp("sin(x1*x2)", {"x1": x1, "x2": x2}, {"x1": 1, "x2": 0})
    assert got["x1"] == pytest.approx(-x2 * x2 * math.sin(x1 * x2), rel=1e-14)
    assert got["x2"] == pytest.approx(math.cos(x1 * x2) - x1 * x2 * math.sin(x1 * x2), rel=1e-14)


# One sweep from an own seed.

SEVERAL = "a = x*y; b = sin(a) + z; c = exp(b/3)*x; a, b, c, x/(1 + z^2)"
PLACE = {"x": 0.7, "y": -1.3, "z": 2.1}


def test_pushing_and_pulling_are_dual() -> None:
    rng = random.Random("dual")
    for _ in range(20):
        tangent = {name: rng.uniform(-2, 2) for name in PLACE}
        cotangent = {name: rng.uniform(-2, 2) for name in adcli.parse(SEVERAL).outputs}
        pushed = adcli.jvp(SEVERAL, PLACE, tangent)
        pulled = adcli.vjp(SEVERAL, PLACE, cotangent)
        left = [a * b for a, b in zip(cotangent.values(), pushed, strict=True)]
        right = [pulled[name] * tangent[name] for name in PLACE]
        assert sum(left) == pytest.approx(sum(right), rel=1e-13, abs=1e-13 * sum(map(abs, left + right)))


def test_unit_seeds_give_the_columns_and_rows_of_the_jacobian() -> None:
    forward = adcli.jacobian(SEVERAL, PLACE, mode="forward")
    reverse = adcli.jacobian(SEVERAL, PLACE, mode="reverse")
    for j, name in enumerate(PLACE):
        assert adcli.jvp(SEVERAL, PLACE, {name: 1}) == [row[j] for row in forward]
    for row, name in zip(reverse, adcli.parse(SEVERAL).outputs, strict=True):
        assert list(adcli.vjp(SEVERAL, PLACE, {name: 1}).values()) == row


def test_two_outputs_that_are_one_step_add_their_seeds() -> None:
    assert adcli.vjp("f = x^2; g = f; f, g", {"x": 3}, {"f": 1, "g": 10}) == {"x": 66.0}


def test_an_input_that_does_not_move_needs_no_slope() -> None:
    assert adcli.jvp("sqrt(x) + y^2", {"x": 0, "y": 3}, {"y": 1}) == 6.0
    assert adcli.taylor("sqrt(x) + y^2", {"x": 0, "y": 3}, 2, tangent={"y": 1}) == [9.0, 6.0, 1.0]


def test_bishops_jacobian_is_the_same_in_both_modes_and_has_the_gradients_as_rows() -> None:
    (example,) = [e for e in EXAMPLES if e["id"] == "bishop-ch8-f1f2"]
    text, at = f"{example['program']}; v7, v8", example["point"]
    # v3 … v8 are the book's own names, and its inputs are v1 and v2
    rows = adcli.jacobian(text, at, mode="reverse")
    columns = adcli.jacobian(text, at, mode="forward")
    for name, row, column, want in zip(
        ("v7", "v8"), rows, columns, example["verified"]["jacobian"], strict=True
    ):
        assert row == list(adcli.grad(text, at, mode="reverse", output=name).values())
        assert row == pytest.approx(column, rel=1e-13)
        assert row == pytest.approx(want, rel=1e-13)


@pytest.mark.parametrize(("outputs", "inputs", "mode"), [(1, 100, "reverse"), (100, 1, "forward")])
def test_the_cheap_jacobian_is_one_sweep(
    monkeypatch: pytest.MonkeyPatch, outputs: int, inputs: int, mode: str
) -> None:
    swept: list[str] = []
    for name in ("forward", "reverse"):
        run = getattr(sweep, name)
        monkeypatch.setattr(
            sweep, name, lambda *args, run=run, name=name: (swept.append(name), run(*args))[1]
        )
    names = [f"x{i}" for i in range(inputs)]
    whole = " + ".join(f"sin({name})" for name in names)
    text = ", ".join(f"{i + 1}*({whole})" for i in range(outputs))
    found = answers.jacobian(adcli.parse(text), dict.fromkeys(names, 0.5))
    assert swept == [mode]
    assert (found.mode, found.sweeps) == (mode, 1)
    assert (len(found.jacobian), len(found.jacobian[0])) == (outputs, inputs)


def test_a_hessian_takes_one_reverse_sweep_per_input_and_a_product_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    swept: list[int] = []
    run = sweep.reverse
    monkeypatch.setattr(sweep, "reverse", lambda *args: (swept.append(1), run(*args))[1])
    program, at = adcli.parse("x*y*z + exp(x)"), {"x": 1.0, "y": 2.0, "z": 3.0}
    higher.hessian(program, at)
    assert len(swept) == 3
    higher.hvp(program, at, {"x": 1})
    assert len(swept) == 4


# Taylor.

ONE_INPUT = [
    ("exp(x)*sin(x)", lambda x: mp.exp(x) * mp.sin(x), 0.7),
    ("1/(1 + x^2)", lambda x: 1 / (1 + x * x), 0.3),
    ("x^x", lambda x: x**x, 1.4),
    ("sqrt(1 + sin(x))", lambda x: mp.sqrt(1 + mp.sin(x)), 0.2),
    ("ln(x)/x", lambda x: mp.log(x) / x, 2.5),
    ("tanh(x^2)", lambda x: mp.tanh(x * x), 0.8),
    ("atan(exp(x))", lambda x: mp.atan(mp.exp(x)), -0.6),
    ("gamma(x)", mp.gamma, 3.3),
    ("normcdf(x)*x^3", lambda x: mp.ncdf(x) * x**3, 0.9),
    ("cbrt(x)", mp.cbrt, 5.0),
]


@pytest.mark.parametrize(("text", "formula", "x"), ONE_INPUT, ids=[text for text, _, _ in ONE_INPUT])
def test_taylor_coefficients_to_order_12_are_those_of_mpmath(text: str, formula: Any, x: float) -> None:
    with mp.workprec(200):
        want = mp.taylor(formula, mp.mpf(x), 12)
    got = adcli.taylor(text, {"x": x}, 12)
    largest = max(map(abs, want))
    assert all(
        abs(mine - theirs) <= 1e-11 * abs(theirs) + 1e-14 * largest
        for mine, theirs in zip(got, want, strict=True)
    )


def test_exact_polynomials_have_exact_coefficients() -> None:
    assert adcli.taylor("x^3 + 2*x^2 - 3*x + 1", {"x": 1}, 5) == [1.0, 4.0, 5.0, 1.0, 0.0, 0.0]
    assert adcli.taylor("(1 + x)^5", {"x": 0}, 6) == [1.0, 5.0, 10.0, 10.0, 5.0, 1.0, 0.0]
    assert adcli.taylor("x^4", {"x": 0}, 4) == [0.0, 0.0, 0.0, 0.0, 1.0]


def test_long_programs_do_not_recurse() -> None:
    text = "x" + " + sin(x)" * 20_000
    assert adcli.hessian(adcli.parse(text, share=False), {"x": 1.0})[0][0] == pytest.approx(
        -20_000 * math.sin(1.0), rel=1e-11
    )
    assert adcli.taylor("for k in 1..3000 { x = x + 0.001*x*x }", {"x": 0.0}, 3)[1] == 1.0


def test_only_what_an_output_needs_must_have_further_derivatives() -> None:
    assert adcli.hessian("sqrt(x) + 1, x^2", {"x": 0}, output="f2") == [[2.0]]
    assert adcli.taylor("x^1.5, x^2", {"x": 0}, 2, output="f2") == [0.0, 0.0, 1.0]


@cache
def failing(call: str, text: str, **point: float) -> str:
    with pytest.raises(adcli.AdcliError) as caught:
        getattr(adcli, call)(text, point, **({"order": 4} if call == "taylor" else {}))
    assert caught.value.kind in ("domain", "usage")
    return caught.value.message


def test_a_missing_second_derivative_is_named_with_its_step() -> None:
    assert failing("hessian", "x^1.5*y", x=0.0, y=2.0) == "no second derivative here: x^1.5 at x = 0"
    assert "order 4" in failing("taylor", "x^2.5", x=0.0)
    assert failing("hessian", "sqrt(x)", x=0.0).startswith("no derivative here")
    assert failing("hessian", "1e200*x^3", x=1e60).startswith("overflow")


def test_what_needs_a_choice_says_how_to_write_it() -> None:
    assert failing("hessian", "x, x^2", x=1.0) == "the program has 2 outputs: f1, f2"
    assert failing("taylor", "x*y", x=1.0, y=2.0) == "taylor of 2 inputs needs a direction"
    assert failing("jvp", "x*y", x=1.0, y=2.0) == "jvp of 2 inputs needs a direction"
    assert failing("vjp", "x, x^2", x=1.0) == "vjp of 2 outputs needs a seed"


def test_a_program_without_inputs_has_no_second_derivatives() -> None:
    assert adcli.hessian("sqrt(2)", {}) == []
    assert adcli.hvp("sqrt(2)", {}) == {}
    assert adcli.taylor("3", {}, 2) == [3.0, 0.0, 0.0]


# As a book writes them: exact, where all are short.

SERIES = [
    ("exp(x)", 0, sympy.exp),
    ("sin(x)*exp(x)", 0, lambda x: sympy.sin(x) * sympy.exp(x)),
    ("tan(x)", "pi/3", sympy.tan),
    ("sqrt(x)", 2, sympy.sqrt),
    ("ln(x)", 1, sympy.log),
    ("x^x", 1, lambda x: x**x),
    ("asin(x)", "1/2", sympy.asin),
    ("sech(x)", 0, sympy.sech),
    ("sinc(x)", 0, lambda x: sympy.sin(x) / x),
    ("cbrt(x)", 8, lambda x: x ** sympy.Rational(1, 3)),
    ("1/(1 + exp(x))", 0, lambda x: 1 / (1 + sympy.exp(x))),
    ("atan(x)/(1 + x)", 1, lambda x: sympy.atan(x) / (1 + x)),
]


@pytest.mark.parametrize(("text", "x", "formula"), SERIES, ids=[text for text, _, _ in SERIES])
def test_exact_coefficients_are_those_of_sympy(text: str, x: int | str, formula: Any) -> None:
    from adcli.language.points import from_text

    found = higher.taylor(adcli.parse(text), from_text(f"x={x}", exact=True), 5, exact=True).exact
    assert found is not None
    symbol, t = sympy.Symbol("x"), sympy.Symbol("t")
    whole = formula(sympy.sympify(x) + t)
    for k, mine in enumerate(found):
        theirs = sympy.limit(sympy.diff(whole, t, k), t, 0) / sympy.factorial(k)
        spelled = str(mine).replace("π", "pi").replace("·", "*").replace("√", "sqrt ")
        assert symbol not in theirs.free_symbols
        assert sympy.N(theirs, 40) == pytest.approx(sympy.N(by_hand(spelled), 40), rel=1e-30, abs=1e-30)


def by_hand(text: str) -> Any:
    """An exact number as SymPy reads it: "sqrt 2/2" is √2 over 2."""
    return sympy.sympify(re.sub(r"sqrt (\d+)", r"sqrt(\1)", text))


@pytest.mark.parametrize(
    ("text", "at", "order"),
    [("gamma(x)", 3, 2), ("exp(x)", 0, 20), ("x^2", 0.1234567891234, 1), ("sin(x)", 1, 2), ("sinc(x)", 1, 2)],
)
def test_what_is_not_short_has_no_exact_coefficients(text: str, at: float, order: int) -> None:
    assert higher.taylor(adcli.parse(text), {"x": at}, order, exact=True).exact is None


def test_exact_coefficients_of_another_branch_than_the_floats_are_not_told() -> None:
    from adcli.language.points import from_text

    at = from_text("x=0.3", exact=True)
    found = higher.taylor(adcli.parse("floor(x/0.1) + x"), at, 1, exact=True)
    assert (found.coefficients[0], found.exact) == (2.3, None)


def test_long_numbers_on_the_way_to_exact_coefficients_take_no_time() -> None:
    squared = "for k in 1..40 { x = x*x + x }"
    assert higher.taylor(adcli.parse(squared), {"x": 0.001}, 2, exact=True).exact is None


# In exact and in certified numbers.


def test_second_derivatives_in_exact_numbers_are_closed_forms() -> None:
    from adcli.arithmetic.exact import EXACT

    at = {"x": "pi/3", "y": "1/3"}
    found = higher.hessian(adcli.parse("sin(x)*y^2"), at, arithmetic=EXACT)
    assert [list(map(str, row)) for row in found.hessian] == [["-√3/18", "1/3"], ["1/3", "√3"]]
    product = higher.hvp(adcli.parse("sin(x)*y^2"), at, {"x": "1", "y": "1/2"}, arithmetic=EXACT).product
    assert list(map(str, product.values())) == ["1/6 - √3/18", "1/3 + √3/2"]
    with pytest.raises(adcli.AdcliError) as caught:
        higher.hessian(adcli.parse("sin(x)"), {"x": "1"}, arithmetic=EXACT)
    assert "no exact value" in caught.value.message


CERTIFIED = [text for text, _ in FUNCTIONS[:24:3]] + ["gamma(x)*erf(y)"]


@pytest.mark.parametrize("text", CERTIFIED)
def test_certified_hessians_have_all_their_digits(text: str) -> None:
    pytest.importorskip("flint", reason="python-flint is an extra")
    from adcli.arithmetic.ball.balls import balls

    at = {
        name: value
        for name, value in (("x", "3/7"), ("y", "5/3"), ("z", "-1/9"))
        if name in re.findall(r"\w+", text)
    }
    names = [sympy.Symbol(name) for name in at]
    formula = sympy.sympify(text, locals={name.name: name for name in names})
    exact = {name: sympy.Rational(at[name.name]) for name in names}
    found = higher.hessian(adcli.parse(text), at, arithmetic=balls(30)).json()["hessian"]
    for row, a in zip(found, names, strict=True):
        for entry, b in zip(row, names, strict=True):
            want = sympy.diff(formula, a, b).subs(exact)
            assert sympy.N(want, 30) == pytest.approx(sympy.Float(str(entry), 40), rel=1e-29)


@pytest.mark.parametrize("text", ["exp(x)*sin(x)", "gamma(x)", "tanh(x^2)", "x^x", "sqrt(1 + x)"])
def test_certified_taylor_coefficients_have_all_their_digits(text: str) -> None:
    pytest.importorskip("flint", reason="python-flint is an extra")
    from adcli.arithmetic.ball.balls import balls

    formula = {"gamma(x)": mp.gamma, "tanh(x^2)": lambda x: mp.tanh(x * x), "x^x": lambda x: x**x}.get(
        text, lambda x: mp.exp(x) * mp.sin(x) if "exp" in text else mp.sqrt(1 + x)
    )
    found = higher.taylor(adcli.parse(text), {"x": "7/5"}, 6, arithmetic=balls(25)).json()["coefficients"]
    with mp.workdps(80):
        want = mp.taylor(formula, mp.mpf(7) / 5, 6)
        for mine, theirs in zip(found, want, strict=True):
            assert abs(mp.mpf(str(mine)) - theirs) <= mp.mpf(10) ** -25 * abs(theirs) * 5


def test_steps_rounded_by_hand_have_no_second_derivatives() -> None:
    from adcli.arithmetic.rounded import rounded

    with pytest.raises(adcli.AdcliError) as caught:
        higher.hessian(adcli.parse("x^2"), {"x": "1"}, arithmetic=rounded(4))
    assert caught.value.kind == "usage"


def test_a_hessian_on_a_kink_says_that_the_sides_may_differ() -> None:
    """x·|x| has the second derivatives -2 and 2 at 0; grad has nothing to say of them."""
    from adcli.answers import gradient
    from adcli.answers.higher import hessian

    program = adcli.parse("x*|x|")
    (note,) = hessian(program, {"x": 0.0}).notes
    assert note.message.endswith("take this slope as constant; on the two sides they may differ.")
    (note,) = gradient(program, {"x": 0.0}).notes
    assert "differ" not in note.message
