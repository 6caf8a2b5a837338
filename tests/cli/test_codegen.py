"""adcli codegen as a user meets it: languages, files, options that do not go together, JSON."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema_rs import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Any]
SCHEMA = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)
STARTS = {
    "python": "# Written by adcli",
    "numpy": "# Written by adcli",
    "c": "// Written by adcli",
    "latex": "% The",
}


@pytest.mark.parametrize("to", STARTS)
@pytest.mark.parametrize("what", ["value", "gradient", "jacobian", "hessian"])
def test_json_holds_what_is_printed(adcli: Run, to: str, what: str) -> None:
    way = ("codegen", "x^2*y + 2*y", "--to", to, "--what", what)
    plain, found = adcli(*way), adcli(*way, "--json").json
    SCHEMA.validate(found)
    assert plain.err == ""
    assert plain.out == found["code"]
    assert plain.out.startswith(STARTS[to])
    assert (found["to"], found["what"], found["wrt"], found["at"]) == (to, what, ["x", "y"], None)
    assert list(found)[7:] == ["to", "what", "function", "wrt", "code", "notes"]


@pytest.mark.parametrize(
    ("ending", "to", "start"),
    [(".py", "python", "import"), (".c", "c", "#include"), (".tex", "latex", r"\begin")],
)
def test_the_ending_of_a_file_says_the_language(
    adcli: Run, tmp_path: Path, ending: str, to: str, start: str
) -> None:
    ran = adcli("codegen", "sin(x)*y", "-o", f"g{ending}")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    text = (tmp_path / f"g{ending}").read_text(encoding="ascii")
    assert any(line.startswith(start) for line in text.splitlines())
    assert adcli("codegen", "sin(x)*y", "--to", to).out == text


def test_numpy_goes_into_a_python_file(adcli: Run, tmp_path: Path) -> None:
    assert adcli("codegen", "sin(x)", "--to", "numpy", "-o", "g.py").status == 0
    assert "import numpy as np" in (tmp_path / "g.py").read_text(encoding="ascii")


def test_a_file_that_is_there_is_replaced_as_a_whole(adcli: Run, tmp_path: Path) -> None:
    (tmp_path / "g.py").write_text("old\n" * 1000, encoding="ascii")
    assert adcli("codegen", "x^2", "-o", "g.py").status == 0
    ast.parse((tmp_path / "g.py").read_text(encoding="ascii"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--to", "rust"), "--to is one of python, numpy, c, latex"),
        (("--to", "pyton"), "--to is one of"),
        (("--what", "slope"), "--what is one of value, gradient, jacobian, hessian"),
        (("--to", "c", "-o", "g.py"), "c is asked for, and a file that ends in .py"),
        (("--to", "c", "--format", "python"), "name two languages"),
        (("--json", "--format", "c"), "ask for two formats"),
        (("-o", "g.rs"), "cannot tell the language of g.rs by its ending"),
        (("--name", "a-b"), '"a-b" cannot name a function in python'),
        (("--name", "double", "--to", "c"), '"double" cannot name a function in c'),
        (("--what", "value", "--wrt", "x"), "--wrt has no meaning with --what value"),
        (("--wrt", "q"), 'no input is called "q"'),
        (("--at", "x=1"), "y"),
    ],
)
def test_what_does_not_go_together_is_refused(
    adcli: Run, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    ran = adcli("codegen", "x*y", *options)
    assert ran.status == 2
    assert words in ran.err
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_gradient_of_several_outputs_names_the_way_out(adcli: Run) -> None:
    ran = adcli("codegen", "a=x*y; a, sin(a)")
    assert ran.status == 2
    assert "jacobian" in ran.err
    assert "return [" in adcli("codegen", "a=x*y; a, sin(a)", "--output", "a").out
    assert "return [" in adcli("codegen", "a=x*y; a, sin(a)", "--what", "jacobian").out


def test_a_branch_without_a_point_is_refused_and_at_a_point_decided(adcli: Run) -> None:
    program = "if x > 0 { r = sqrt(x) } else { r = 0 }"
    assert "has no value without a point" in adcli("codegen", program).err
    ran = adcli("codegen", program, "--at", "x=4")
    assert "This is its run at x = 4" in ran.out
    assert "note: line 1: x > 0 is true" in ran.err
    assert adcli("codegen", program, "--at", "x=4", "--quiet").err == ""


def test_the_last_expression_is_written_when_none_is_given(adcli: Run) -> None:
    adcli("grad", "x^3", "--at", "x=2")
    ran = adcli("codegen", "--to", "c")
    assert "3.0 * x * x" in ran.out or "x * x" in ran.out
    assert "the last expression is used" in ran.err


def test_a_name_and_few_lines(adcli: Run) -> None:
    ran = adcli("codegen", "x^2*y + 2*y", "--name", "slopes", "--compact")
    assert "def slopes(x, y):" in ran.out
    assert ran.out.splitlines()[-1] == "    return [2 * x * y, 2 + x**2]"


def test_code_of_very_many_steps_wants_force(adcli: Run) -> None:
    text = "s = x; for k in 1..50001 { s = s + y*k }; s"
    ran = adcli("codegen", text)
    assert ran.status == 2
    assert "--force writes it" in ran.err


def test_text_from_the_user_stays_text(adcli: Run) -> None:
    for to in STARTS:
        ran = adcli("codegen", '# """ */ \\input{x} \\\nx*y # ??/\n', "--to", to)
        assert ran.status == 0
        assert "input{x}" not in ran.out


@pytest.mark.parametrize("to", ["python", "numpy", "c"])
def test_a_constant_beyond_the_floats_is_overflow_in_code(adcli: Run, to: str) -> None:
    ran = adcli("codegen", "1e300*x*1e300", "--to", to)
    assert (ran.status, ran.out) == (3, "")
    assert "overflow: a constant of this code is beyond 1.797e308" in ran.err
    assert "10^{600}" in adcli("codegen", "1e300*x*1e300", "--to", "latex").out


@pytest.mark.parametrize(
    ("what", "shape"), [("gradient", "(0,)"), ("jacobian", "(1, 0)"), ("hessian", "(0, 0)")]
)
def test_without_inputs_there_are_no_entries(adcli: Run, what: str, shape: str) -> None:
    ran = adcli("codegen", "5", "--what", what, "--to", "c")
    assert (ran.status, f"the {what} has no entries" in ran.err) == (2, True)
    assert f"np.zeros({shape})" in adcli("codegen", "5", "--what", what, "--to", "numpy").out
