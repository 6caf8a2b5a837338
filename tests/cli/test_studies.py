"""compare, cost and check-gradient as processes: forms, schema, exit codes, pictures, hostile texts."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Any]
VALIDATOR = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)
FORMS = ["table", "plain", "markdown", "latex", "csv", "json"]
LINES = [
    ("compare", "x^2*sin(y)", "--at", "x=1.5,y=2"),
    ("compare", "exp(x)", "--at", "x=1", "--sweep-h"),
    ("compare", "abs(x)", "--at", "x=0"),
    ("compare", "sqrt(x)", "--at", "x=1e-9", "--sweep-h"),
    ("compare", "x*y, x + y", "--at", "x=1,y=2", "--output", "f2", "--wrt", "y", "--h", "1e-6"),
    ("cost", "x*y + sin(x)"),
    ("cost", "x*y, x + y", "--wrt", "x", "--layers", "3,4,2"),
    ("cost", "3"),
    ("cost", "--layers", "784,128,10", "--batch", "64"),
    ("check-gradient", "x^2*y", "--at", "x=1.5,y=2", "--gradient", "x=2*x*y, y=x^2"),
    ("check-gradient", "x^2*y", "--at", "x=1.5,y=2", "--code", "python"),
]


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_json_follows_the_schema(adcli: Run, line: tuple[str, ...]) -> None:
    found = adcli(*line, "--json").json
    VALIDATOR.validate(found)
    assert found["command"] == line[0]


@pytest.mark.parametrize("line", LINES, ids=" ".join)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written(adcli: Run, line: tuple[str, ...], form: str) -> None:
    ran = adcli(*line, "--format", form)
    assert ran.status == 0, ran.err
    assert ran.out.endswith("\n")
    assert "@f" not in ran.out
    if form == "latex":
        assert ran.out.isascii()


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_table_fits_into_80_columns(adcli: Run, line: tuple[str, ...], monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = adcli(*line, "--format", "table").out.splitlines()
    ruled = [row for row in rows if row.startswith("─")]
    assert max(map(len, ruled)) <= 80


def test_the_answer_of_a_pipe_is_plain_lines(process: Run) -> None:
    out = process("compare", "x^2", "--at", "x=3").out.decode()
    assert "reverse mode: derivative 6, error 0, digits right all\n" in out


def test_json_imports_neither_rich_nor_matplotlib(process: Run) -> None:
    code = (
        "import sys; from adcli.cli import main; "
        "main(['compare', 'x^2', '--at', 'x=3', '--sweep-h', '--json']); "
        "print(sorted({'rich', 'matplotlib', 'numpy', 'graphviz'} & set(sys.modules)))"
    )
    import subprocess
    import sys

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
    del process


# Pictures.


def test_the_same_curves_give_the_same_bytes(twice: Run) -> None:
    pytest.importorskip("matplotlib", reason="the extra `plot` is not installed")
    line = ("compare", "exp(x)", "--at", "x=1", "--sweep-h", "-o")
    svg, png, pdf = twice([(*line, f"e.{form}") for form in ("svg", "png", "pdf")])
    assert (svg[:5], png[:4], pdf[:4]) == (b"<?xml", b"\x89PNG", b"%PDF")


def test_a_picture_says_what_it_is_about(adcli: Run, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra `plot` is not installed")
    assert (
        adcli(
            "compare", "theta_1*exp(x)", "--at", "x=1,theta_1=2", "--sweep-h", "--wrt", "x", "-o", "e.svg"
        ).status
        == 0
    )
    text = (tmp_path / "e.svg").read_text(encoding="utf-8")
    for said in ("forward difference", "best h", "step h", "relative error", "exp(x)"):
        assert said in text
    assert not re.search(r"<dc:date>", text)


def test_a_picture_needs_curves(adcli: Run) -> None:
    error = adcli("compare", "x^2", "--at", "x=1", "-o", "e.svg", "--json")
    assert error.status == 2
    assert "--sweep-h" in adcli("compare", "x^2", "--at", "x=1", "-o", "e.svg").err


def test_without_matplotlib_the_way_out_is_said(adcli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = adcli("compare", "x^2", "--at", "x=1", "--sweep-h", "-o", "e.svg")
    assert ran.status == 2
    assert "adcli[plot]" in ran.err


def test_the_terminal_shows_both_lines_and_the_best_steps(adcli: Run) -> None:
    out = adcli("compare", "exp(x)", "--at", "x=1", "--sweep-h", "--format", "table").out
    _, _, picture = out.partition("relative error\n")
    picture = picture.partition("  h\n")[0]
    assert all(letter in picture for letter in "fcrFCR")
    assert max(map(len, picture.splitlines())) < 80


# Exit codes and errors.


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (("check-gradient", "x^2", "--at", "x=1", "--gradient", "x=2*x"), 0),
        (("check-gradient", "x^2", "--at", "x=1", "--gradient", "x=3*x"), 1),
        (("check-gradient", "abs(x)", "--at", "x=0", "--gradient", "x=0"), 1),
        (("check-gradient", "x^2", "--at", "x=1"), 2),
        (("check-gradient", "x^2", "--at", "x=1", "--gradient", "y=3"), 2),
        (("check-gradient", "ln(x)", "--at", "x=-1", "--gradient", "x=1/x"), 3),
        (("compare", "1/x", "--at", "x=0"), 3),
        (("compare", "abs(x)", "--at", "x=0", "--strict"), 3),
        (("compare", "x, y", "--at", "x=0,y=1"), 2),
        (("compare", "x", "--at", "x=1", "--h", "0"), 2),
        (("compare", "x", "--at", "x=1", "--h", "-1"), 2),
        (("compare", "x", "--at", "x=1", "--h", "nan"), 2),
        (("cost", "--layers", "3"), 2),
        (("cost", "--layers", "3,0"), 2),
        (("cost", "--layers", "3,-1"), 2),
        (("cost", "--layers", "3,²"), 2),
        (("cost", "--layers", "9" * 5000 + ",1"), 2),
        (("cost", "--layers", "3,4", "--wrt", "x"), 2),
        (("cost", "--layers", "3,4", "--at", "x=1"), 2),
        (("cost", "x", "--batch", "3"), 2),
        (("cost", "while x > 1 { x = x/2 }; x"), 2),
        (("cost", "while x > 1 { x = x/2 }; x", "--at", "x=5"), 0),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else None,
)
def test_statuses(adcli: Run, line: tuple[str, ...], status: int) -> None:
    ran = adcli(*line)
    assert ran.status == status
    assert "Traceback" not in ran.err
    if status > 1:
        VALIDATOR.validate(json.loads(adcli(*line, "--json").err))


def test_a_wrong_formula_is_a_process_that_ends_with_one(process: Run) -> None:
    ran = process("check-gradient", "x^2", "--at", "x=1", "--gradient", "x=3*x", "--json")
    assert ran.status == 1
    assert json.loads(ran.out)["correct"] is False


@pytest.mark.parametrize(
    "claim", ["__import__('os')", "x=__import__('os').system('id')", "x=open(1)", "x=\x1b[31m2"]
)
def test_code_is_never_run(adcli: Run, claim: str) -> None:
    ran = adcli("check-gradient", "x^2", "--at", "x=1", "--gradient", claim)
    assert ran.status == 2
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("form", FORMS)
def test_hostile_names_are_text(adcli: Run, form: str) -> None:
    names = "x_1 = a_b*θ; x_1  # <script>|`$\\"
    ran = adcli("compare", names, "--at", "a_b=2,θ=3", "--format", form)
    assert ran.status == 0, ran.err
    assert "<script>" not in ran.out.replace(json.dumps("<script>"), "") or form == "json"


def test_ascii_where_nothing_else_is_there(several: Run) -> None:
    lines = [(*line, "--format", "table") for line in LINES]
    ran = several(lines, env={"PYTHONIOENCODING": "ascii"})
    assert ran.status in (0, 1), ran.err
    assert ran.out.isascii()
    assert len(ran.out.splitlines()) > 3 * len(lines)


def test_grad_explain_says_what_was_counted(adcli: Run) -> None:
    out = adcli("grad", "x*y + sin(x)", "--at", "x=1,y=2", "--explain").out
    assert "counted: the value takes three operations, with one reverse sweep 8" in out


def test_a_slope_far_below_the_floats_is_compared_in_no_time(adcli: Run) -> None:
    assert adcli("compare", "erf(x*1e5)", "--at", "x=1.5").status == 0


def test_one_pass_is_no_passes(adcli: Run) -> None:
    said = adcli("cost", "--layers", "6,4,1").out
    assert "reverse (1 pass)" in said
    assert "forward (6 passes)" in said
    assert "n = 6 inputs, m = 1 output, k = 4" in said


@pytest.mark.parametrize("language", ["python", "numpy"])
def test_generated_code_is_held_against_remainders(adcli: Run, language: str) -> None:
    ran = adcli("check-gradient", "x^2*y + sin(x)", "--at", "x=3,y=2", "--code", language, "--json")
    assert ran.status == 0
    assert ran.json["code"] == language
    assert [entry["verdict"] for entry in ran.json["entries"]] == ["right", "right"]
    assert [entry["given"] for entry in ran.json["entries"]] == pytest.approx(
        [12 + math.cos(3), 9], rel=1e-15
    )


def test_generated_code_of_arrays_has_a_claim_for_each_entry(adcli: Run) -> None:
    ran = adcli(
        "check-gradient", "sum((A@x)^2)", "--at", "A=[[1,2],[3,4]],x=[1,-1]", "--code", "python", "--json"
    )
    assert [entry["name"] for entry in ran.json["entries"]] == [
        "A[1,1]", "A[1,2]", "A[2,1]", "A[2,2]", "x[1]", "x[2]",
    ]  # fmt: skip
    assert ran.json["correct"] is True


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (("sqrt(x)", "--at", "x=0", "--code", "python"), 3, "the generated code has no gradient"),
        (("x", "--at", "x=0", "--code", "c"), 2, "one of python, numpy"),
        (("5", "--code", "python"), 2, "there are no inputs"),
        (("x", "--at", "x=0", "--code", "python", "--gradient", "x=1"), 2, "two claims"),
    ],
)
def test_code_that_cannot_be_held_against_anything(
    adcli: Run, args: tuple[str, ...], status: int, says: str
) -> None:
    ran = adcli("check-gradient", *args)
    assert ran.status == status
    assert says in ran.err
