"""What each answer says: titles, tables, answer lines, captions; as text, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path
from typing import Any, Literal

import pytest

import adcli
from adcli import answers
from adcli.reference import functions
from adcli.render.display import width
from adcli.render.markdown import as_markdown
from adcli.render.text import as_text, render
from adcli.report import Look, report
from adcli.report.title import title
from adcli.tracing.labels import ASCII, UNICODE

sys.path.insert(0, str(Path(__file__).parent))
from answered import (
    EVERYTHING,
    GRIEWANK,
    MANY_POINT,
    MANY_STEPS,
    POINT,
    SEVERAL,
    SEVERAL_POINT,
    rows_of,
    traced,
    typed,
)

EDGES = """\
 from   to   partial   formula   value     flow
──────────────────────────────────────────────────
 x1     v₁   ∂v₁/∂x1   1/x2       2         3.012
 x2     v₁   ∂v₁/∂x2   -v₁/x2    -6        -9.036
 v₁     v₂   ∂v₂/∂v₁   cos(v₁)   -0.9900   -1.338
 x2     v₃   ∂v₃/∂x2   v₃         1.649    -4.688
 v₁     v₄   ∂v₄/∂v₁   1          1         2.844
 v₃     v₄   ∂v₄/∂v₃   -1        -1        -2.844
 v₂     v₅   ∂v₅/∂v₂   1          1         1.351
 v₄     v₅   ∂v₅/∂v₄   1          1         1.351
 v₅     v₆   ∂v₆/∂v₅   v₄         1.351     1.351
 v₄     v₆   ∂v₆/∂v₄   v₅         1.492     1.492
"""
EXPLAINED = """\
 x̄2     rule        v̄₃·∂v₃/∂x2            ∂exp(x)/∂x = exp(x)
                  + v̄₁·∂v₁/∂x2            ∂(x/y)/∂y = -(x/y)/y
        names       v̄₃·v₃                 v₃ = exp(x2)
                  + v̄₁·(-v₁/x2)           v₁ = x1/x2
        numbers     -2.84368·1.64872      = -4.68843
                  + 1.50592·(-6)          = -9.03553
        result    x̄2 = -13.7240
"""
EXPLAINED_FORWARD = """\
 v₁     value       x1/x2
                    1.5/0.5              = 3
        rule        ẋ1·∂v₁/∂x1           ∂(x/y)/∂x = 1/y
                  + ẋ2·∂v₁/∂x2           ∂(x/y)/∂y = -(x/y)/y
        names       ẋ1·(1/x2)
                  + ẋ2·(-v₁/x2)
        numbers     1·2                  = 2
                  + 0·(-6)               = 0
        result    v̇₁ = 2
"""
FORMULAS = """\
 step   adjoint rule
──────────────────────
 v̄₆       seed
 v̄₅       v̄₆·v₄
 v̄₄       v̄₆·v₅
        + v̄₅·1
 v̄₃       v̄₄·(-1)
 v̄₂       v̄₅·1
 v̄₁       v̄₄·1
        + v̄₂·cos(v₁)
 x̄2       v̄₃·v₃
        + v̄₁·(-v₁/x2)
 x̄1       v̄₁·(1/x2)
"""
JACOBIAN = """\
 f1 = x*y, f2 = x - 3, f3 = 2*z
 at x = 2, y = 5, z = 1

      ∂/∂x   ∂/∂y   ∂/∂z
─────────────────────────
 f1   5      2      0
 f2   1      0      0
 f3   0      0      2

 f1 = 10   f2 = -1   f3 = 2
 numerator layout: a row per output, a column per input
 reverse mode: three outputs, three inputs, three sweeps (forward mode: three)"""
TRANSPOSED = """\
        f1   f2   f3
─────────────────────
 ∂/∂x   5    1    0
 ∂/∂y   2    0    0
 ∂/∂z   0    0    2
"""


# Titles.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2*y+2*y", "f = x^2*y + 2*y"),
        ("x*y, max(x, y)", "f1 = x*y, f2 = max(x, y)"),
        ("a = x*y; b = a*2; a, b", "a = x*y, b = x*y*2"),
        (GRIEWANK, "v6 = (sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"),
        ("θ^2 + x_1", "f = θ^2 + x_1"),
        ("f = y*2; g = x*y; h = g + f", "f = y*2; g = x*y; h = g + f"),
        ("x", "f = x"),
        ("2", "f = 2"),
    ],
)
def test_the_title_is_how_the_text_was_read(text: str, expected: str) -> None:
    assert title(adcli.parse(text), None, UNICODE, None) == (expected,)


def test_many_steps_are_counted_and_the_reading_is_cut_with_a_mark() -> None:
    found, at = title(adcli.parse(MANY_STEPS), MANY_POINT, UNICODE, None)
    assert found.startswith("f in 38 steps: v1 = sin(x1); v2 = v1*x2; ")
    assert found.endswith("…")
    assert 290 < len(found) <= 301
    assert at.startswith("at x1 = 0.125, x2 = 0.25, ")
    assert title(adcli.parse(MANY_STEPS), None, ASCII, None)[0].endswith("...")


def test_a_point_is_shown_with_at_least_ten_digits() -> None:
    assert title(adcli.parse("x"), {"x": 1 / 3}, UNICODE, 3)[1] == "at x = 0.3333333333"
    assert title(adcli.parse("x"), {"x": 1 / 3}, UNICODE, 12)[1] == "at x = 0.333333333333"


# Values, gradients, Jacobians.


def test_values_of_all_outputs() -> None:
    found = as_text(answers.value(adcli.parse(SEVERAL), SEVERAL_POINT))
    assert rows_of(found, "      value")[2:] == [" f1   10", " f2   -1", " f3    2"]


def test_a_gradient_in_forward_mode_says_what_it_cost() -> None:
    answer = answers.gradient(adcli.parse("x/y"), {"x": 1, "y": 3}, mode="forward")
    assert as_text(answer).endswith(" forward mode: one output, two inputs, two sweeps")
    assert " ∂f/∂y   -0.1111111111" in as_text(answer).splitlines()


def test_digits_are_ten_for_answers_and_six_for_tables_or_what_is_asked() -> None:
    answer = answers.gradient(adcli.parse("x/3"), {"x": 1}, traced=True)
    found = render(answer, "plain")
    assert "∂f/∂x = 0.3333333333\n" in found
    assert "x̄ = v̄₁·0.333333 = 1·0.333333 = 0.333333\n" in found.replace("v̄₁·(1/3)", "v̄₁·0.333333")
    assert "∂f/∂x = 0.33\n" in render(answer, "plain", digits=2)


def test_a_gradient_with_its_trace_says_the_derivatives_once() -> None:
    found = as_text(answers.gradient(adcli.parse("x*y"), {"x": 1, "y": 2}, traced=True))
    assert found.count("∂f/∂x") == 1
    assert found.index("values, from") < found.index("reverse mode, seed") < found.index("∂f/∂x")


def test_a_chosen_output_gives_its_name() -> None:
    found = as_text(answers.gradient(adcli.parse(SEVERAL), SEVERAL_POINT, output="f3"))
    assert [line[:6].strip() for line in rows_of(found, "          value")[2:]] == [
        "f3",
        "∂f3/∂",
        "∂f3/∂",
        "∂f3/∂",
    ]


def test_a_jacobian_names_rows_columns_and_layout() -> None:
    program = adcli.parse(SEVERAL)
    assert as_text(answers.jacobian(program, SEVERAL_POINT)) == JACOBIAN
    turned = as_text(answers.jacobian(program, SEVERAL_POINT, layout="denominator"))
    assert rows_of(turned, "        f1") == typed(TRANSPOSED)
    assert " denominator layout: a row per input, a column per output" in turned.splitlines()


@pytest.mark.parametrize("room", [60, 80, 120])
def test_a_wide_jacobian_is_set_in_blocks(room: int) -> None:
    text = ", ".join(f"x{i}*x{i + 1}/3" for i in range(30))
    at = {f"x{i}": i + 0.123456 for i in range(31)}
    answer = answers.jacobian(adcli.parse(text), at)
    found = as_text(answer, width=room)
    assert all(width(line) <= room for line in found.splitlines())
    assert sum(line.split().count("f30") for line in found.splitlines()) > 2
    entries = {f"{(i + 0.123456) / 3:.6g}" for i in range(1, 31)}
    assert all(any(entry in line for line in found.splitlines()) for entry in entries)


def test_a_jacobian_in_a_pipe_is_a_line_per_entry() -> None:
    found = render(answers.jacobian(adcli.parse("x*y, x - y"), {"x": 2, "y": 3}), "plain")
    assert "f1 = 6\nf2 = -1\n∂f1/∂x = 3\n∂f1/∂y = 2\n∂f2/∂x = 1\n∂f2/∂y = -1\n" in found


# Traces.


def test_explain_shows_the_four_stages_and_the_general_rule() -> None:
    found = render(traced(GRIEWANK, POINT), "table", explain=True)
    assert rows_of(found, " x̄2     rule") == typed(EXPLAINED)
    forward = render(traced(GRIEWANK, POINT, mode="forward"), "table", explain=True)
    assert rows_of(forward, " v₁     value") == typed(EXPLAINED_FORWARD)


def test_a_general_rule_does_not_borrow_the_program_s_names() -> None:
    found = render(traced("x^2*y", {"x": 1, "y": 2}), "table", explain=True)
    assert "∂(a^b)/∂a = b·a^(b - 1)" in found
    found = render(traced("max(x, y, a, a + 1)", {"x": 1, "y": 2, "a": 0}), "plain", explain=True)
    assert "∂max(p1, p2, p3, p4)/∂p2 = " in found


def test_explain_in_plain_lines() -> None:
    found = render(traced("x/y", {"x": 1, "y": 2}), "plain", explain=True)
    assert "ȳ = v̄₁·∂v₁/∂y = v̄₁·(-v₁/y) = 1·(-0.25) = -0.25   (∂(a/b)/∂b = -(a/b)/b)" in typed(found)


def test_without_a_point_there_are_formulas_only() -> None:
    found = as_text(traced(GRIEWANK))
    assert rows_of(found, " step   adjoint") == typed(FORMULAS)
    assert "value" not in found
    assert "–" not in found
    assert rows_of(as_text(traced("x*y", mode="forward")), " step   formula")[-2:] == [
        " v₁     x·y         ẋ·y",
        "                  + ẏ·x",
    ]
    assert "v̄₁ = v̄₂·y\n" in render(traced("sin(x)*y"), "plain")


def test_an_operand_that_is_used_twice_has_two_lines() -> None:
    found = rows_of(as_text(traced("x*x", {"x": 3})), " step   adjoint")
    assert found[-2:] == [
        " x̄        v̄₁·x           1·3          3      3 …",
        "        + v̄₁·x         + 1·3          3      6",
    ]
    assert "v̄₁·∂v₁/∂x (1st)" in render(traced("x*x", {"x": 3}), "table", explain=True)


def test_what_a_sweep_does_not_reach_is_a_dash() -> None:
    found = as_text(traced(SEVERAL, SEVERAL_POINT)).splitlines()
    unreached = [line.split() for line in found if line.endswith("–")]
    assert unreached == [["v̄₃", "–"], ["v̄₂", "–"], ["z̄", "–"]]
    assert "z̄ = –   (not reached)\n" in render(traced(SEVERAL, SEVERAL_POINT), "plain")
    constant = as_text(traced("sin(2)*x", {"x": 3}, mode="forward")).splitlines()
    assert [line.split() for line in constant if line.startswith(" v₁")] == [
        ["v₁", "sin(2)", "0.909297", "–"]
    ]


def test_the_other_sweeps_are_named() -> None:
    found = as_text(traced(SEVERAL, SEVERAL_POINT))
    assert found.endswith(" --output f2 and f3 give the other rows; one reverse sweep per output")
    found = as_text(traced(GRIEWANK, POINT, mode="forward"))
    assert found.endswith(" --wrt x2 gives the other column; one forward sweep per input")
    assert "--" not in as_text(traced("x^2", {"x": 1}, mode="forward"))


def test_an_own_seed_is_shown_and_explained() -> None:
    found = as_text(traced(SEVERAL, SEVERAL_POINT, seed={"f1": 1, "f2": 2}))
    assert " reverse mode, seed v̄₁ = 1, v̄₂ = 2" in found.splitlines()
    assert " x̄ = 7   ȳ = 2   z̄ = 0" in typed(found)
    found = as_text(traced(SEVERAL, SEVERAL_POINT, mode="forward", seed={"x": 1, "y": 2}))
    assert " tangent of f1 = 9   tangent of f2 = 1   tangent of f3 = 0" in found.splitlines()


def test_a_seeded_step_that_is_used_again_adds_to_its_seed() -> None:
    answer = traced("a=x*y; b=a*2; a, b", {"x": 2, "y": 5}, seed={"a": 1, "b": 1})
    assert rows_of(as_text(answer), " step   adjoint")[3:5] == [
        " ā        seed                                1 …",
        "        + b̄·2          + 1·2           2      3",
    ]
    assert "ā = 1 + b̄·2 = 1 + 1·2 = 1 + 2 = 3" in typed(render(answer, "plain"))


def test_a_program_of_constants_says_so() -> None:
    assert as_text(traced("2", {})).endswith("\n\n reverse mode: nothing depends on an input")


# Graphs and functions.


def test_edges_are_the_reference() -> None:
    answer = answers.graph(adcli.parse(GRIEWANK), POINT, mode="reverse")
    assert rows_of(as_text(answer), " from") == typed(EDGES)
    assert ' reverse mode, seed v̄₆ = 1; flow = adjoint of "to" · value' in as_text(answer).splitlines()


def test_edges_have_a_flow_only_in_a_sweep_and_a_value_only_at_a_point() -> None:
    program = adcli.parse("x*x")
    assert (
        rows_of(as_text(answers.graph(program, {"x": 3})), " from")[2]
        == " x      v₁   ∂v₁/∂x (1st)   x         3"
    )
    assert rows_of(as_text(answers.graph(program)), " from")[0] == " from   to   partial        formula"
    assert "x to v₁: ∂v₁/∂x (2nd) = x = 3, flow 3\n" in render(
        answers.graph(program, {"x": 3}, mode="reverse"), "plain"
    )
    assert "no edges" in as_text(answers.graph(adcli.parse("2"), {}))


def test_all_functions_fit_into_a_terminal_and_are_all_there() -> None:
    answer = functions()
    found = as_text(answer)
    assert all(width(line) <= 80 for line in found.splitlines())
    assert {entry.name for entry in answer.functions} <= {
        line.split("(")[0].strip() for line in found.splitlines()
    }
    assert ["sin(x)", "cos(x)", "all real numbers"] in [
        re.split(" {2,}", line.strip()) for line in found.splitlines()
    ]


def test_one_function_in_detail() -> None:
    found = as_text(functions("asin")).splitlines()
    assert found[0].startswith(" asin(x): ")
    assert " domain       -1 ≤ x ≤ 1" in found
    assert " derivative   1/sqrt(1 - x^2)" in found
    assert " also         arcsin" in found


# Markdown and CSV.


def cells(line: str) -> list[str]:
    """The cells of a Markdown row, escaped bars kept in them."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    return [cell.strip() for cell in line[2:-2].replace("\\|", "\0").split(" | ")]


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("explain", [False, True])
def test_markdown_tables_have_equal_rows(*, mode: Literal["forward", "reverse"], explain: bool) -> None:
    for text, at in EVERYTHING:
        answer = traced(text, at, mode=mode)
        for block in as_markdown(answer, Look(explain=explain)).split("\n\n"):
            if block.startswith("|"):
                header, rule, *rows = map(cells, block.splitlines())
                assert set(rule) <= {"---", "---:"}
                assert {len(header)} == {len(rule), *(len(row) for row in rows)}


def test_markdown_escapes_bars_and_markup() -> None:
    found = as_markdown(traced("|x_1|*y", {"x_1": 1, "y": 2}))
    assert found.startswith("`f = |x_1|*y` at x\\_1 = 1, y = 2\n\n")
    assert "| v₁ | \\|x\\_1\\| | \\|1\\| | **1** |" in found.splitlines()


def test_markdown_of_a_gradient() -> None:
    found = as_markdown(answers.gradient(adcli.parse("x^2*y"), {"x": 3, "y": -1}))
    assert found == (
        "`f = x^2*y` at x = 3, y = -1\n\n"
        "|  | value |\n| --- | ---: |\n| f | **-9** |\n| ∂f/∂x | **-6** |\n| ∂f/∂y | **9** |\n\n"
        "*reverse mode: one output, two inputs, one sweep*\n"
    )


def read_back(text: str) -> list[list[dict[str, str]]]:
    """The tables of a CSV text."""
    return [list(csv.DictReader(io.StringIO(part))) for part in text.split("\n\n")]


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_csv_of_a_trace_reads_back_in_full(mode: Literal["forward", "reverse"]) -> None:
    for text, at in EVERYTHING:
        answer = traced(text, at, mode=mode)
        (rows,) = read_back(render(answer, "csv"))
        steps: list[dict[str, Any]] = answer.json()["trace"]["steps"]
        carried = "tangent" if mode == "forward" else "adjoint"
        expected = [(step["id"], term) for step in steps for term in step["terms"] or [{}]]
        assert [row["step"] for row in rows] == [name for name, _ in expected]
        by_id = {step["id"]: step for step in steps}
        for row, (name, term) in zip(rows, expected, strict=True):
            assert float(row["value"]) == by_id[name]["value"]
            assert row[carried] == ("" if by_id[name][carried] is None else repr(by_id[name][carried]))
            assert row["flow"] == ("" if not term else repr(term["flow"]))


def test_csv_of_numbers() -> None:
    program = adcli.parse("x/y")
    at = {"x": 1, "y": 3}
    assert render(answers.value(program, at), "csv") == "name,value\nf,0.3333333333333333\n"
    assert (
        render(answers.gradient(program, at), "csv", digits=3)
        == "name,value\nf,0.333\ndf/dx,0.333\ndf/dy,-0.111\n"
    )
    both = adcli.parse("x*y, x - y")
    assert render(answers.jacobian(both, at), "csv") == ",x,y\nf1,3.0,1.0\nf2,1.0,-1.0\n"
    assert (
        render(answers.jacobian(both, at, layout="denominator"), "csv") == ",f1,f2\nx,3.0,1.0\ny,1.0,-1.0\n"
    )
    traced_too = answers.gradient(program, at, traced=True)
    assert [len(table) for table in read_back(render(traced_too, "csv"))] == [3, 3]


def test_no_field_is_a_formula_for_a_spreadsheet() -> None:
    for text, at in [*EVERYTHING, ("-x", {"x": 1}), ("1/x", {"x": -2})]:
        for answer in (traced(text, at), answers.graph(adcli.parse(text), at), functions()):
            for table in read_back(render(answer, "csv")):
                for field in (field for row in table for field in row.values()):
                    assert field[:1] not in {"=", "+", "@", "\t", "\r"}
                    assert field[:1] != "-" or float(field) < 0


def test_a_report_is_plain_data() -> None:
    first, second = (report(traced(GRIEWANK, POINT), Look()) for _ in range(2))
    assert first == second
