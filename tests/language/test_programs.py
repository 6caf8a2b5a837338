"""Programs: statements, names of steps and outputs, choices, notes, and texts of any length and depth."""

from __future__ import annotations

import gc
import json
import math
import tracemalloc
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import adcli

CORPUS = json.loads((Path(__file__).parents[1] / "data" / "programs.json").read_text(encoding="utf-8"))


def close(found: float, wanted: float, scale: float = 1.0) -> bool:
    return math.isclose(found, wanted, rel_tol=1e-12, abs_tol=1e-13 * scale)


# Implicit products, functions without brackets, definitions, loops and blocks come with a later issue.
LATER = ("for ", "while ", "if x <", ") =", "2y", "2x", "√", "sin x")


def check(entry: dict[str, Any]) -> None:
    """Inputs, values and Jacobian are those of the corpus."""
    program = adcli.parse(entry["text"])
    assert list(program.inputs) == entry["inputs"]
    values = adcli.value(program, entry["point"])
    for found, wanted in zip(values if isinstance(values, list) else [values], entry["outputs"], strict=True):
        assert close(found, wanted)
    for mode in ("forward", "reverse"):
        matrix = adcli.jacobian(program, entry["point"], mode=mode)
        for row, wanted_row in zip(matrix, entry["jacobian"], strict=True):
            assert all(map(close, row, wanted_row))


def named(entry: dict[str, Any]) -> str:
    return ascii(entry["text"])[1:40]


@pytest.mark.parametrize(
    "entry", [e for e in CORPUS if not any(form in e["text"] for form in LATER)], ids=named
)
def test_a_program_of_the_corpus_has_its_values_and_jacobian(entry: dict[str, Any]) -> None:
    check(entry)


@pytest.mark.parametrize("entry", [e for e in CORPUS if any(form in e["text"] for form in LATER)], ids=named)
def test_a_program_in_a_form_that_is_not_read_yet_is_an_error_or_right(entry: dict[str, Any]) -> None:
    try:
        adcli.parse(entry["text"])
    except adcli.AdcliError:
        return
    check(entry)


# Names of outputs: JSON.md, Names.
OUTPUTS = [
    ("x*y", ["f"]),
    ("x, y", ["f1", "f2"]),
    ("x\ny; x*y", ["f1", "f2", "f3"]),
    ("f*x", ["out"]),
    ("f = x^2; f + 1", ["out"]),
    ("f2 = x; f2*3, x", ["out1", "out2"]),
    ("f1, x", ["out1", "out2"]),
    ("f1 + x", ["f"]),
    ("f + x, y", ["f1", "f2"]),
    ("g = x*y; g", ["g"]),
    ("g = x*y; g, x", ["g", "f2"]),
    ("g = x*y; x, g", ["f1", "g"]),
    ("g = x*y; g + 1, g", ["f1", "g"]),
    ("g = x*y; g, g", ["g", "f2"]),
    ("g = x*y; h = g + x", ["h"]),
    ("g = x*y; (g)", ["g"]),
    ("x = x + 1; x", ["x"]),
    ("θ = 2*x; θ", ["theta"]),
    ("x_1 = 3*y; x₁", ["x_1"]),
    ("f = x; f", ["f"]),
    ("a = 2", ["a"]),
]


@pytest.mark.parametrize(("text", "outputs"), OUTPUTS)
def test_an_output_is_called_by_its_assigned_name_else_f_or_by_position(
    text: str, outputs: list[str]
) -> None:
    assert list(adcli.parse(text).outputs) == outputs


def test_outputs_can_be_chosen_among_assigned_names_and_outputs() -> None:
    text = "g = x*y; h = g + x; sin(h), g"
    assert adcli.value(adcli.parse(text, outputs=["h"]), {"x": 2, "y": 3}) == 8.0
    assert adcli.value(adcli.parse(text, outputs=["g", "h"]), {"x": 2, "y": 3}) == [6.0, 8.0]
    assert list(adcli.parse(text, outputs=["f1"]).outputs) == ["f1"]
    with pytest.raises(adcli.AdcliError, match='no output is called "hh"') as caught:
        adcli.parse(text, outputs=["hh"])
    assert caught.value.kind == "name"
    assert caught.value.hint == "did you mean h?"


def test_an_output_chosen_by_a_reassigned_name_is_its_last_value() -> None:
    assert adcli.value(adcli.parse("c = x; c = c*c; c = c + 1; x", outputs=["c"]), {"x": 3}) == 10.0


# Ids of steps: JSON.md, Names.
STEPS = [
    ("x*y + sin(x)", ["v1", "v2", "v3"]),
    ("g = x*y; g + sin(x)", ["g", "v2", "v3"]),
    ("c = x^2; c = c + 1; c = c*y", ["c.1", "c.2", "c"]),
    ("c = x; c = c + 1; c = c*y", ["c.2", "c"]),
    ("x = x + 1; x = x*x; x", ["x.1", "x.2"]),
    ("y = x*x; z = y; z + 1", ["y", "v2"]),
    ("y = x; y*y", ["v1"]),
    ("a = x*y; b = x*y; a + b", ["a", "v2"]),
    ("v1*x + v1", ["w1", "w2"]),
    ("v1*w2", ["g1"]),
    ("v1*w2*g3", ["z1", "z2"]),
    ("v1 = x*x; v2 = v1*y; v1 + v2", ["v1", "v2", "v3"]),
    ("v2 = x*x; v2 + y", ["v2", "w2"]),
    ("vx*y", ["v1"]),
    ("v_1*y", ["v1"]),
]


@pytest.mark.parametrize(("text", "steps"), STEPS)
def test_a_step_is_called_by_its_first_name_else_by_its_number(text: str, steps: list[str]) -> None:
    program = adcli.parse(text)
    assert [
        name for name, op in zip(program.ids, program.graph.op, strict=True) if op not in ("input", "const")
    ] == steps


def test_constants_are_c1_c2_unless_a_name_of_the_program_looks_like_that() -> None:
    assert adcli.parse("2*x + 3").ids == ["x", "c1", "v1", "c2", "v2"]
    assert adcli.parse("2*c1").ids == ["c1", "cc1", "v1"]


# Text, inputs.
INPUTS = [
    ("y*x + y", ["y", "x"]),
    ("a = b*c; c + d", ["b", "c", "d"]),
    ("x = y; x + z", ["y", "z"]),
    ("input z, x, y\nx*y", ["z", "x", "y"]),
    ("input x; x*y", ["x", "y"]),
    ("input e; e*x", ["e", "x"]),
    ("θ*r + theta", ["theta", "r"]),
    ("2*pi*r*tau*e", ["r"]),
    ("e = c - d; e*e", ["c", "d"]),
    ("if(x < 0, y, z)", ["x", "y", "z"]),
    ("7", []),
]


@pytest.mark.parametrize(("text", "inputs"), INPUTS)
def test_free_names_are_the_inputs_in_order_of_appearance_or_as_an_input_line_orders_them(
    text: str, inputs: list[str]
) -> None:
    assert list(adcli.parse(text).inputs) == inputs


def test_an_input_that_nothing_uses_has_the_derivative_zero() -> None:
    assert adcli.grad("input x, y; x^2", {"x": 3, "y": 1}) == {"x": 6.0, "y": 0.0}


def test_an_input_may_be_assigned_again() -> None:
    assert adcli.grad("x = x*x; x = x + y; sin(x)", {"x": 1.3, "y": 0.2}) == pytest.approx(
        {"x": 2.6 * math.cos(1.89), "y": math.cos(1.89)}, rel=1e-14
    )


# Text, kind, where the caret stands (from 0), what the message says.
WRONG = [
    ("input x; y = 2; input y; x*y", "syntax", 22, "already in use"),
    ("x*y; input x", "syntax", 11, "already in use"),
    ("input x, x; x", "syntax", 9, "already in use"),
    ("input x", "syntax", 7, "no expression"),
    ("input", "syntax", 5, "input needs names"),
    ("input x +", "syntax", 8, "unexpected"),
    ("x1 + x_1", "name", 5, "read the same"),
    ("θ1 = 2; θ₁*x", "name", 8, "read the same"),
    ("x_12 + x_1_2", "name", 7, "read the same"),
    ("step*step(x)", "name", 0, "variable and as the function"),
    ("sin = 2; sin*x", "syntax", 0, "function"),
    ("x < 1", "syntax", 0, "a condition is not a number"),
    ("x, x < 1", "syntax", 3, "a condition is not a number"),
    ("c = x < 1", "syntax", 4, "a condition is not a number"),
    ("(x < 1)*2", "syntax", 0, "a condition is not a number"),
    ("sin(x < 1)", "syntax", 4, "a condition is not a number"),
    ("-(x < 1)", "syntax", 1, "a condition is not a number"),
    ("c = x < 1; c + 1", "syntax", 11, "a condition is not a number"),
    ("if(x < 1, x > 0, 2)", "syntax", 10, "a condition is not a number"),
    ("(x < 1) < 2", "syntax", 0, "a condition is not a number"),
    ("if(x, 1, 2)", "syntax", 3, "a number is not a condition"),
    ("if(2, 1, 2)", "syntax", 3, "a number is not a condition"),
    ("if(x and x < 1, 1, 2)", "syntax", 3, "a number is not a condition"),
    ("if(not x, 1, 2)", "syntax", 7, "a number is not a condition"),
    ("if(x < 1 < 2, 1, 2)", "syntax", 9, "two comparisons in a row"),
    ("a < b < c", "syntax", 6, "two comparisons in a row"),
    ("if(x < 1, 2)", "syntax", 0, "takes 3 arguments"),
    ("sin(x, y)", "syntax", 0, "takes 1 argument"),
    ("atan2(x)", "syntax", 0, "takes 2 arguments"),
    ("max()", "syntax", 0, "at least 1 argument"),
    ("x\n+ y", "syntax", 2, 'begins with "+"'),
    ("x # one\n\n* y", "syntax", 9, 'begins with "*"'),
    ("a = x^2\nb = a +", "syntax", 15, "lacks"),
    ("return x", "syntax", 0, "return"),
    ("x + let", "syntax", 4, "let"),
    ("y = 2*x; def", "syntax", 9, "def"),
    ("1e400*x", "domain", 0, "overflow"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "start", "says"), WRONG)
def test_a_wrong_program_is_an_error_at_its_place(text: str, kind: str, start: int, says: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.parse(text)
    error = caught.value
    assert (error.kind, error.span and error.span.start) == (kind, start)
    assert says in f"{error.message} {error.hint}"


@pytest.mark.parametrize(
    "text", ["if(x < 1, x > 0, 2)", "(x < 1)*2", "c = x < 1", "if(x, 1, 2)", "if(1 + (x < 1) > 0, 1, 2)"]
)
@pytest.mark.parametrize("x", [0.5, 1.5])
def test_conditions_and_numbers_do_not_mix_at_a_point_either(text: str, x: float) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value(text, {"x": x})
    assert caught.value.kind == "syntax"


SAME = [
    ("a = x + 1\nb = a*a\nb", "a = x + 1; b = a*a; b"),
    ("a = x + 1\r\nb = a*a\r\nb", "a = x + 1; b = a*a; b"),
    ("a = x + 1\rb = a*a\rb", "a = x + 1; b = a*a; b"),
    ("\n\n a = x + 1 ;;\n ; b = a*a ; b;\n", "a = x + 1; b = a*a; b"),
    ("a = x + 1 # the sum; not b = 3\n# nothing\nb = a*a; # done\nb # end", "a = x + 1; b = a*a; b"),
    ("a = x +\n  1\nb = a*\n a\nb", "a = x + 1; b = a*a; b"),
    ("a = (x\n + 1)\nb = (a # first\n *a)\nb", "a = x + 1; b = a*a; b"),
    ("max(x,\n y\n)", "max(x, y)"),
    ("|x\n - y|", "|x - y|"),
    ("x*y,\nx + y", "x*y, x + y"),
    ("x*y; x + y", "x*y, x + y"),
    ("x*y\nx + y", "x*y, x + y"),
    ("a =\n x\na", "x"),
    ("\ufeffx*y", None),
    ("x\u00a0*\u2009y", "x*y"),
    ("x\t*\ty", "x*y"),
]


@pytest.mark.parametrize(("text", "same"), SAME)
def test_line_ends_semicolons_comments_and_blanks_part_a_program_in_one_way(
    text: str, same: str | None
) -> None:
    if same is None:
        with pytest.raises(adcli.AdcliError):
            adcli.parse(text)
        return
    assert adcli.parse(text).graph == adcli.parse(same).graph


# Text, point, value, gradient.
CHOICES = [
    ("if(x < 0, -x, x^2)", {"x": -1.5}, 1.5, {"x": -1.0}),
    ("if(x < 0, -x, x^2)", {"x": 1.5}, 2.25, {"x": 3.0}),
    ("if(x < 0, sqrt(-x), sqrt(x))", {"x": 4.0}, 2.0, {"x": 0.25}),
    ("if(x > 0, ln(x), y)", {"x": -2.0, "y": 3.0}, 3.0, {"x": 0.0, "y": 1.0}),
    ("if(x > 0 and y > 0, x*y, x/y)", {"x": 2.0, "y": -4.0}, -0.5, {"x": -0.25, "y": -0.125}),
    ("if(not (x > y) or x == 7, 2*x, 3*y)", {"x": 7.0, "y": 1.0}, 14.0, {"x": 2.0, "y": 0.0}),
    ("c = x >= y; if(c, x, y)*if(c, 10, 100)", {"x": 1.5, "y": 2.5}, 250.0, {"x": 0.0, "y": 100.0}),
    ("if(if(x > 1, x, y) > 2, x, y)", {"x": 1.5, "y": 5.0}, 5.0, {"x": 0.0, "y": 1.0}),
    ("if(1 < 2, x, ln(-1)*y)", {"x": 1.5, "y": 5.0}, 1.5, {"x": 1.0, "y": 0.0}),
    ("a = 2*x; if(a != 3, a^2, 0)", {"x": 2.0}, 16.0, {"x": 16.0}),
    ("if(x > tau, 1, x)", {"x": 6.25}, 6.25, {"x": 1.0}),
]


@pytest.mark.parametrize(("text", "point", "value", "gradient"), CHOICES)
def test_only_the_branch_that_is_taken_is_run_and_differentiated(
    text: str, point: dict[str, float], value: float, gradient: dict[str, float]
) -> None:
    assert adcli.value(text, point) == value
    assert adcli.grad(text, point) == gradient


def test_without_a_point_a_choice_is_a_step_and_its_condition_too() -> None:
    program = adcli.parse("if(x < 0, -x, x^2)")
    assert program.needs_point
    assert list(program.graph.op) == ["input", "const", "lt", "neg", "const", "pow", "select"]
    assert list(program.at({"x": -1.0}).graph.op) == ["input", "neg"]
    assert program.at({"x": -1.0}).reading == program.reading == "if(x < 0, -x, x^2)"


def test_a_choice_by_a_constant_condition_needs_no_point() -> None:
    program = adcli.parse("if(2 < 3, x, y)")
    assert not program.needs_point
    assert list(program.inputs) == ["x", "y"]
    assert list(program.graph.op) == ["input", "input"]


# Text, point, what stands in the message.
UNDECIDED = [
    ("if(ln(x) > 0, 1, x)", {"x": -2.0}, "not defined here: ln(x), which decides a branch"),
    ("if(x*x > 1, 1, x)", {"x": 1e200}, "overflow: x*x, which decides a branch"),
    ("if(x*x - x*x < 1, 1, x)", {"x": 1e200}, "overflow: x*x, which decides a branch"),
    ("a = 1/x; if(a > 1, 1, x)", {"x": 0.0}, "not defined here: 1/x, which decides a branch"),
]


@pytest.mark.parametrize(("text", "point", "says"), UNDECIDED)
def test_a_condition_without_a_value_decides_nothing(text: str, point: dict[str, float], says: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.grad(text, point)
    assert (caught.value.kind, caught.value.message) == ("domain", says)
    assert caught.value.span is not None


# Text, point, notes by code.
NOTES = [
    ("tau*x", None, ["constant"]),
    ("τ*x", None, []),
    ("tau*x + tau", None, ["constant"]),
    ("2*pi*x*e", None, []),
    ("e = c - d; e*e", None, ["constant"]),
    ("pi = 3; pi*x", None, ["constant"]),
    ("tau*x", {"tau": 2.0}, ["constant"]),
    ("e*x", {"e": 2.0}, ["constant"]),
    ("input pi; pi*x", None, ["constant"]),
    ("x + 1e-400", None, ["underflow"]),
    ("x + 0.0", None, []),
    ("x*(0) + ((0.0)) - (-0)", None, []),
    ("x*( # 12\n 0)", None, []),
    ("x + ((1e-400))", None, ["underflow"]),
    ("x - 1e-400", None, ["underflow"]),
    ("x + 1e-320", None, []),
    ("if(x < 1e-999, x, 2*x)", None, ["underflow"]),
]


@pytest.mark.parametrize(("text", "point", "codes"), NOTES)
def test_what_a_reader_may_take_otherwise_is_noted_once(text: str, point: Any, codes: list[str]) -> None:
    program = adcli.parse(text)
    program = program.at(point) if point else program
    assert [note.code for note in program.notes] == codes
    for note in program.notes:
        start, end = note.span
        said = text[start:end].strip("()")
        assert said in ("tau", "e", "pi", "1e-400", "1e-999")
        assert note.message.startswith(said)


# Text, what its notes say.
READ_AS = [
    ("sinx", ["sinx is one name here, not sin(x)"]),
    ("2sinxcosy + y", ["sinxcosy is one name here, not sin(x)*cos(y)"]),
    ("xe^x", ["xe is one name here, not x*e"]),
    ("A*λx", ["λx is one name here, not λ*x"]),
    ("Δx*cost + x1 + x12", []),
    ("input lnx; lnx", []),
    ("e^2x", ["read as (e^2)*x"]),
    ("|x|y|z| + |x||y| + y|x|", ["read as |x|*y*|...|"]),
    ("(x + 1)^-1/2", ["read as ((...)^-1)/2"]),
    ("x^2y + x^2/3 + e^2sin(x)", []),
]


@pytest.mark.parametrize(("text", "says"), READ_AS)
def test_what_runs_together_is_noted_as_it_is_read(text: str, says: list[str]) -> None:
    assert [note.message for note in adcli.parse(text).notes] == says


def test_e_pi_and_tau_are_constants_unless_the_program_assigns_them_or_the_point_binds_them() -> None:
    assert adcli.value("e + pi + tau", {}) == pytest.approx(math.e + 3 * math.pi, rel=1e-15)
    assert adcli.value("e = c - d; 2*e", {"c": 5, "d": 3}) == 4.0
    assert adcli.grad("e*x^2", {"x": 3, "e": 2}) == {"e": 9.0, "x": 12.0}
    assert adcli.value("π/4", {}) == math.pi / 4


def test_a_literal_too_small_for_a_number_is_zero_and_its_sign_does_not_matter() -> None:
    assert adcli.value("x - 1e-400", {"x": 2}) == 2.0
    assert adcli.value("0e999999999999999999999*x", {"x": 2}) == 0.0


def test_a_literal_is_exact_until_a_float_is_needed() -> None:
    program = adcli.parse("0.1*x + 0.2")
    assert adcli.linearize(program, {"x": 3}, arithmetic=adcli.EXACT).primals["v2"] == Fraction(1, 2)
    assert adcli.parse("0.1 + 0.2").graph != adcli.parse("0.3").graph


# What stands in the text, how it is shown.
READINGS = [
    ("x^2*y+2*y", "x^2*y + 2*y"),
    ("(((x)))*((y))", "x*y"),
    ("(x*y)*z", "x*y*z"),
    ("x*(y*z)", "x*(y*z)"),
    ("x-(y-z)", "x - (y - z)"),
    ("x-(y+z)", "x - (y + z)"),
    ("x+(y-z)", "x + (y - z)"),
    ("x/(y*z)", "x/(y*z)"),
    ("x/y*z", "x/y*z"),
    ("(x^y)^z", "(x^y)^z"),
    ("x^(y^z)", "x^y^z"),
    ("(-x)^2", "(-x)^2"),
    ("-(x^2)", "-x^2"),
    ("-(x*y)", "-(x*y)"),
    ("(-x)*y", "-x*y"),
    ("x*(-y)", "x*(-y)"),
    ("x-(-y)", "x - (-y)"),
    ("2^(-x)", "2^(-x)"),
    ("x^(-2)", "x^(-2)"),
    ("pow(x, y+1)", "x^(y + 1)"),
    ("log(x)", "ln(x)"),
    ("log(x, 3)", "log(x, 3)"),
    ("log_b(x)", "log(x, b)"),
    ("log_2 x", "log(x, 2)"),
    ("log_b x", "log(x, b)"),
    ("log_2^2(x)", "log(x, 2)^2"),
    ("sin x log₂ 3y", "sin(x)*log(3*y, 2)"),
    ("log_p = ln(p); 2 log_p x", "2*ln(p)*x"),
    ("|log_b|", "|log_b|"),
    ("arctan(x)", "atan(x)"),
    ("abs(x - 1)", "|x - 1|"),
    ("abs(abs(x) - 1)", "abs(|x| - 1)"),
    ("if(x<0 or not(y>=1 and x==y),x,y)", "if(x < 0 or not (y >= 1 and x == y), x, y)"),
    ("0.10*x + 1_000 + 5. + .5e1", "0.1*x + 1000 + 5 + 5"),
    ("6.02e23*x + 1e-7", "6.02e+23*x + 1e-7"),
    ("123456789.123456789*x", "123456789.123456789*x"),
    ("θ + x₁", "theta + x_1"),
    ("x*y; x+y", "x*y, x + y"),
    ("a = x*y; sin(a) + a", "sin(x*y) + x*y"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reading"), READINGS)
def test_a_reading_has_the_fewest_brackets(text: str, reading: str) -> None:
    program = adcli.parse(text)
    assert program.reading == reading
    assert adcli.parse(reading).graph == program.graph


@pytest.mark.parametrize(
    "text",
    [
        "y*sin(x) + " + " + ".join(f"2*sin({k}*x)" for k in range(1, 9)),
        "c = x; " + "; ".join(f"c = c + c*{k}" for k in range(1, 9)) + "; c",
        "v_5 + " + " + ".join(f"sin({k}*x)" for k in range(1, 9)),
        "a = sin(x); x^2",
        "a = y; x^2",
        "a = 2; b = sin(x); a*b",
        "2, sin(x)*3, x",
        "x*x + (y + x*x)",
        "z, (x + 1); a = 2; a, b*-a; -a",
        "-2, - -2, -(-(2)), -0, -(x*0)",
        "z = y; x + " + " + ".join(f"cos({k}*y)" for k in range(1, 9)),
        "v2 = x*y; " + " + ".join(f"cos({k}*v2)" for k in range(1, 9)),
    ],
)
def test_above_twelve_steps_and_with_unused_parts_a_reading_is_a_program_with_the_same_graph(
    text: str,
) -> None:
    program = adcli.parse(text)
    again = adcli.parse(program.reading)
    assert again.graph == program.graph
    assert again.inputs == program.inputs


TWELVE = " + ".join(f"sin({k}*y)" for k in range(2, 7))


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        (f"if(x > 0, ln(x), y) + {TWELVE}", None),
        ("c = x > 0 # sign\nif(c, ln(x), y)\n", "if(x > 0, ln(x), y)"),
        ("a = ln(y)\n\nif(x > 0, # branch\n  a, y) ;", "a = ln(y); if(x > 0, a, y)"),
        ("mode = 2; if(mode == 1, ln(x), y)", "if(2 == 1, ln(x), y)"),
        (f"mode = 2; if(mode == 1, ln(x), y) + {TWELVE}", None),
    ],
)
def test_a_reading_never_runs_the_branch_that_is_not_taken(text: str, reading: str | None) -> None:
    program = adcli.parse(text)
    point = {"x": -1.0, "y": 0.5}
    assert program.reading == (reading or text)
    assert adcli.parse(program.reading).graph == program.graph
    assert adcli.grad(program.reading, point) == adcli.grad(text, point)


def test_above_twelve_steps_the_reading_names_them() -> None:
    reading = adcli.parse(" + ".join(f"sin({k}*x)" for k in range(2, 7))).reading
    assert reading.startswith("v1 = 2*x; v2 = sin(v1); v3 = 3*x; v4 = sin(v3); v5 = v2 + v4; ")
    assert reading.endswith("; v14")


# Texts of any depth and length.

DEEP = 100_000
WIDE = 20_000  # for shapes of many tokens a level
NESTED = {
    "brackets": ("(" * DEEP + "x" + ")" * DEEP, 1.0),
    "minus": ("-" * DEEP + "x", 1.0),
    "plus": ("+" * DEEP + "x", 1.0),
    "calls": ("stop(x) + " + "max(" * DEEP + "x" + ")" * DEEP, 1.0),
    "bars": ("abs(" * WIDE + "x" + ")" * WIDE, 1.0),
    "powers": ("1^" * DEEP + "x", 0.0),
    "brackets in sums": ("(0 + " * WIDE + "x" + ")" * WIDE, 1.0),
    "choices": ("if(x > 0, " * WIDE + "x" + ", 1)" * WIDE, 1.0),
    "not": ("if(" + "not " * DEEP + "x > 0, x, 2*x)", 1.0),
}


@pytest.mark.parametrize("shape", NESTED)
def test_a_text_nested_very_deep_has_its_gradient(shape: str) -> None:
    text, slope = NESTED[shape]
    assert adcli.grad(text, {"x": 0.75}) == {"x": slope}


@pytest.mark.parametrize("opened", ["(", "sin(", "-(", "|", "2^(", "x*", "if(x < "])
def test_twenty_thousand_open_ends_are_one_error(opened: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.parse(opened * WIDE)
    assert caught.value.kind == "syntax"


def test_a_program_of_twenty_thousand_statements_has_its_gradient() -> None:
    text = "s = x\n" + "s = s + x*y\n" * WIDE
    assert adcli.grad(text, {"x": 2.0, "y": 3.0}) == {"x": 1.0 + 3.0 * WIDE, "y": 2.0 * WIDE}


def memory_of_parsing(terms: int) -> int:
    text = "+".join(["x"] * terms)
    gc.collect()
    tracemalloc.start()
    try:
        program = adcli.parse(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(program) == terms - 1
    return peak


def test_the_memory_to_read_a_sum_is_linear_in_its_length() -> None:
    adcli.parse("x + x")
    small, large = memory_of_parsing(4_000), memory_of_parsing(32_000)
    assert large <= 8.8 * small


def test_a_sum_of_a_million_terms_has_the_right_gradient() -> None:
    assert adcli.grad("+".join(["x"] * 1_000_000), {"x": 1.5}) == {"x": 1e6}


@pytest.mark.parametrize(
    "text", ["9^9^9^9", "-9^9^9^9", "x*9^9^9^9", "10^10^10^10^10", "1e308*10", "exp(exp(exp(9)))"]
)
def test_a_tower_of_powers_is_an_overflow_at_once(text: str) -> None:
    program = adcli.parse(text)
    with pytest.raises(adcli.AdcliError, match="overflow") as caught:
        adcli.value(program, dict.fromkeys(program.inputs, 1.0))
    assert caught.value.kind == "domain"


def test_a_literal_of_ten_thousand_digits_is_read_exactly() -> None:
    digits = "12345678901234567890" * 500
    program = adcli.parse(f"0.{digits}*x")
    assert adcli.parse(program.reading).graph == program.graph
    assert adcli.value(program, {"x": 1}) == float(f"0.{digits}")
    with pytest.raises(adcli.AdcliError, match="overflow"):
        adcli.parse(digits)
