"""adcli diff at the command line: formulas in every form, their rules, and what it says where it cannot."""

from __future__ import annotations

import ast
import csv
import io
import math
from collections.abc import Callable
from typing import Any

import pytest

import adcli as package

Run = Callable[..., Any]


def formula(adcli: Run, *args: str) -> str:
    return adcli("diff", *args, "--format", "text").out.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2*sin(x)", "x^2*cos(x) + 2*x*sin(x)"),
        ("ln(x)/x", "(1 - ln(x))/x^2"),
        ("x^x", "x^x*(ln(x) + 1)"),
        ("(x^2+1)/(x-1)", "(x^2 - 2*x - 1)/(x - 1)^2"),
        ("sqrt(1+x^2)", "x/sqrt(x^2 + 1)"),
        ("1/(1+e^-x)", "exp(x)/(exp(x) + 1)^2"),
        ("|x|", "sign(x)"),
        ("relu(x)", "step(x)"),
        ("if(x > 0, x^2, -x)", "if(x > 0, 2*x, -1)"),
        ("-x^2", "-2*x"),
        ("x", "1"),
        ("0*x", "0"),
    ],
)
def test_a_student_reads_the_answer_of_the_book(adcli: Run, text: str, expected: str) -> None:
    assert formula(adcli, text) == expected


def test_every_input_has_a_formula_unless_some_are_named(adcli: Run) -> None:
    found = adcli("diff", "atan(y/x)", "--json").json
    assert found["derivatives"] == {"y": "x/(x^2 + y^2)", "x": "-y/(x^2 + y^2)"}
    assert found["order"] == 1
    found = adcli("diff", "atan(y/x)", "--wrt", "x", "--json").json
    assert list(found["derivatives"]) == ["x"]


def test_several_outputs_have_their_own_formulas(adcli: Run) -> None:
    found = adcli("diff", "x*y, x/y", "--json").json["derivatives"]
    assert found == {"f1": {"x": "y", "y": "x"}, "f2": {"x": "1/y", "y": "-x/y^2"}}
    found = adcli("diff", "x*y, x/y", "--output", "f1", "--json").json["derivatives"]
    assert found == {"x": "y", "y": "x"}


@pytest.mark.parametrize(
    ("order", "expected"),
    [("0", "x^4 + x"), ("1", "4*x^3 + 1"), ("2", "12*x^2"), ("4", "24"), ("5", "0"), ("9", "0")],
)
def test_the_order_is_how_often_it_is_differentiated(adcli: Run, order: str, expected: str) -> None:
    assert formula(adcli, "x^4 + x", "--order", order) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^x", ["x > 0"]),
        ("sqrt(x)", ["x > 0"]),
        ("|x|", ["x ≠ 0"]),
        ("asin(x/2)", ["-2 < x < 2"]),
        ("acosh(x)", ["x > 1"]),
        ("max(x, y)", ["x ≠ y"]),
        ("sqrt(x^2 + y^2)", ["x^2 + y^2 ≠ 0"]),
        # Where it jumps, a slope of 0 is none.
        ("floor(x)", ["x is no whole number"]),
        ("x*ceil(3 - x)", ["x is no whole number"]),
        ("round(x)", ["x + 1/2 is no whole number"]),
        ("sign(x - 1)", ["x ≠ 1"]),
        ("if(x > 0, 1, 2)", ["x ≠ 0"]),
        ("x*stop(floor(x))", []),
        # What the expression itself asks for is not said again.
        ("ln(x)", []),
        ("1/x", []),
        ("sqrt(x)/ln(x)", []),
        ("tan(x)", []),
        ("x^2", []),
    ],
)
def test_what_a_formula_assumes_is_said(adcli: Run, text: str, expected: list[str]) -> None:
    assert adcli("diff", text, "--json").json["assumptions"] == expected


def test_conditions_stand_below_the_formula(adcli: Run) -> None:
    lines = adcli("diff", "x^x", "--format", "table").out.splitlines()
    assert [line.strip() for line in lines if line] == ["f = x^x", "df/dx = x^x·(ln(x) + 1)", "for x > 0"]


def test_words_of_a_condition_stand_in_every_form(adcli: Run) -> None:
    assert adcli("diff", "floor(x)", "--format", "plain").out.endswith("where x is no whole number\n")
    assert "Where $x$ is no whole number" in adcli("diff", "floor(x)", "--format", "latex").out


def test_a_constant_has_the_derivative_0_and_a_simplified_form(adcli: Run) -> None:
    assert formula(adcli, "5") == "0"
    assert formula(adcli, "2 + 3", "--order", "0") == "5"
    assert adcli("diff", "5").out.endswith("there is no input: the derivative of a constant is 0\n")
    assert adcli("diff", "5", "--format", "python").status == 2


def test_the_simplified_form_is_shown_once(adcli: Run) -> None:
    assert formula(adcli, "x*y + x*y", "--order", "0") == "2*x*y"


def test_python_code_computes_the_formula(adcli: Run) -> None:
    code = adcli("diff", "x^2*sec(y) + |x|*sigmoid(y)", "--format", "python").out
    ast.parse(code)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  # that is what it is for
    slopes = package.grad("x^2*sec(y) + |x|*sigmoid(y)", {"x": 1.5, "y": 0.25})
    assert names["df_dx"](1.5, 0.25) == pytest.approx(slopes["x"], rel=1e-14)
    assert names["df_dy"](1.5, 0.25) == pytest.approx(slopes["y"], rel=1e-14)


def test_what_python_lacks_is_an_error_with_a_way_out(adcli: Run) -> None:
    ran = adcli("diff", "gamma(x)", "--format", "python", "--json")
    assert ran.status == 2
    ran = adcli("diff", "gamma(x)", "--format", "python")
    assert ran.status == 2
    assert "has no polygamma" in ran.err or "has no digamma" in ran.err


def test_unicode_and_latex(adcli: Run) -> None:
    assert adcli("diff", "x^2*sin(x)", "--format", "unicode").out == "x²·cos(x) + 2·x·sin(x)\n"
    printed = adcli("diff", "sqrt(x)", "--format", "latex").out
    assert r"\frac{1}{2\cdot \sqrt{x}}" in printed
    assert "For $x > 0$" in printed


def test_the_rules_in_the_order_of_their_use(adcli: Run) -> None:
    steps = adcli("diff", "sin(x^2)*exp(-x)", "--steps", "--json").json["steps"]
    assert [(step["rule"], step["function"], step["inner"], step["derivative"]) for step in steps] == [
        ("product", "sin(x^2)*exp(-x)", None, "(sin(x^2))'*exp(-x) + sin(x^2)*(exp(-x))'"),
        ("sine", "sin(x^2)", "x^2", "cos(x^2)*(x^2)'"),
        ("power", "x^2", None, "2*x"),
        ("exponential", "exp(-x)", "-x", "exp(-x)*(-x)'"),
        ("constant multiple", "-x", None, "-1"),
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("x + sin(x)", "sum"),
        ("x - sin(x)", "difference"),
        ("3*x", "constant multiple"),
        ("x/3", "constant multiple"),
        ("x*sin(x)", "product"),
        ("x/sin(x)", "quotient"),
        ("3/x", "reciprocal"),
        ("x^3", "power"),
        ("2^x", "exponential"),
        ("exp(x)", "exponential"),
        ("x^x", "logarithmic differentiation"),
        ("ln(x)", "logarithm"),
        ("sqrt(x)", "square root"),
        ("cosh(x)", "hyperbolic cosine"),
        ("if(x > 0, x^2, x)", "each case"),
        ("gamma(x)", "gamma"),
    ],
)
def test_each_rule_has_the_name_that_books_give_it(adcli: Run, text: str, rule: str) -> None:
    assert adcli("diff", text, "--steps", "--json").json["steps"][0]["rule"] == rule


def test_higher_orders_tell_the_rules_of_each_time(adcli: Run) -> None:
    steps = adcli("diff", "x^3", "--order", "3", "--steps", "--json").json["steps"]
    assert [(step["order"], step["function"]) for step in steps] == [
        (1, "x^3"), (2, "3*x^2"), (2, "x^2"), (3, "6*x")
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "latex", "csv", "json", "text", "unicode"])
def test_every_form_has_the_formula(adcli: Run, form: str) -> None:
    out = adcli("diff", "x^2*y", "--wrt", "x", "--steps", "--format", form).out
    plain = out.replace("\\cdot ", "*").replace("·", "*").replace("²", "^2").replace("{", "").replace("}", "")
    assert "2*x*y" in plain


def test_csv_has_a_line_for_each_formula(adcli: Run) -> None:
    rows = list(csv.reader(io.StringIO(adcli("diff", "-x*y", "--format", "csv").out)))
    assert rows == [["output", "wrt", "order", "formula"], ["f", "x", "1", "(-y)"], ["f", "y", "1", "(-x)"]]


def test_a_long_formula_names_the_parts_that_come_again(adcli: Run) -> None:
    text = "sin(exp(x)/(1 + x^2))*cos(exp(x)/(1 + x^2))^3*ln(1 + exp(x)/(1 + x^2))"
    found = adcli("diff", text, "--json").json["derivatives"]["x"]
    assert found.startswith("u1 = ")
    program = package.parse(found)
    assert package.value(program, {"x": 0.3}) == pytest.approx(package.grad(text, {"x": 0.3})["x"], rel=1e-12)


def test_loops_without_values_are_formulas(adcli: Run) -> None:
    assert formula(adcli, "s = x; for k in 1..3 { s = s*x }; s") == "4*x^3"


def test_a_course_that_depends_on_values_needs_a_point(adcli: Run) -> None:
    text = "if x > 0 { y = x^2 } else { y = -x }; y"
    ran = adcli("diff", text)
    assert ran.status == 2
    assert "--at" in ran.err
    assert formula(adcli, text, "--at", "x=2") == "2*x"
    assert formula(adcli, text, "--at", "x=-2") == "-1"


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("x^2", "--wrt", "q"), 2, 'no input is called "q"'),
        (("x^2", "--order", "-1"), 2, "--order"),
        (("x^2", "--order", "1.5"), 2, "--order"),
        (("x^2", "--order", "1000"), 2, "--order"),
        (("x^2", "--format", "fortran"), 2, "fortran"),
        (("x^2", "--output", "g"), 2, 'no output is called "g"'),
        (("polygamma(n, x)", "--wrt", "n"), 3, "no derivative"),
    ],
)
def test_what_cannot_be_answered_is_said(adcli: Run, args: tuple[str, ...], status: int, words: str) -> None:
    ran = adcli("diff", *args)
    assert ran.status == status
    assert ran.out == ""
    assert words in ran.err


def test_a_number_has_no_input_to_differentiate_by(adcli: Run) -> None:
    assert adcli("diff", "5", "--json").json["derivatives"] == {}
    assert "no input" in adcli("diff", "5").out


def test_an_input_may_be_called_e(adcli: Run) -> None:
    found = adcli("diff", "f(e) = e^2", "--json").json["derivatives"]["e"]
    assert package.value(found, {"e": 3}) == 6


def test_a_formula_fits_into_a_file(adcli: Run, tmp_path: Any) -> None:
    target = tmp_path / "slope.py"
    assert adcli("diff", "x^2", "-o", str(target)).out == ""
    assert "return 2*x" in target.read_text(encoding="utf-8")


def test_deep_and_long_texts_are_differentiated_without_recursion(adcli: Run) -> None:
    many = 100_000
    assert formula(adcli, "(" * many + "x^2" + ")" * many) == "2*x"
    assert formula(adcli, "+".join(["x", "y"] * (many // 2)), "--wrt", "x") == str(many // 2)
    nested = formula(adcli, "sin(" * 3000 + "x" + ")" * 3000)
    assert math.isfinite(package.value(nested, {"x": 0.5}))


def test_a_process_answers_as_a_user_starts_it(process: Run) -> None:
    ran = process("diff", "x^2*sin(x)", "--format", "text")
    assert (ran.status, ran.out) == (0, b"x^2*cos(x) + 2*x*sin(x)\n")


def test_a_formula_leaves_the_last_point_alone(adcli: Run, tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("ADCLI_NO_STATE", raising=False)
    monkeypatch.setattr("adcli.commands.files.stdin_is_given", lambda: False)
    assert adcli("grad", "x^3", "--at", "x=2", "--json").json["gradient"] == {"x": 12.0}
    assert adcli("diff", "--json").json["derivatives"] == {"x": "3*x^2"}
    assert adcli("diff", "sin(x)", "--json").json["derivatives"] == {"x": "cos(x)"}
    assert adcli("grad", "--json").json["gradient"] == {"x": 12.0}


def test_a_constant_beyond_the_floats_is_overflow_in_python_and_not_infinity(adcli: Run) -> None:
    ran = adcli("diff", "x^2 + 1e300*x*1e300", "--format", "python")
    assert (ran.status, ran.out) == (3, "")
    assert "overflow" in ran.err
    assert adcli("diff", "1e300*x*1e300", "--format", "text").out == "1e+600\n"
    assert "return 1e+300" in adcli("diff", "1e300*x", "--format", "python").out


def test_a_power_of_zero_has_the_slope_zero(adcli: Run) -> None:
    assert adcli("diff", "0^x", "--format", "text").out == "0\n"
    assert adcli("diff", "y + 0^x", "--wrt", "x", "--format", "text").out == "0\n"
    assert adcli("diff", "y*(x - x)^x", "--wrt", "x", "--format", "text").out == "0\n"  # 0 by its form
