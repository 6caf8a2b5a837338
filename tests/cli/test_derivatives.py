"""jvp, vjp, hessian, hvp and taylor as a user starts them: every form, every refusal, the schema."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from typing import Any
from unicodedata import normalize

import pytest
from jsonschema_rs import Draft202012Validator

Run = Callable[..., Any]
SCHEMA = json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture(name="process")
def texts(process: Run) -> Run:
    """A process whose streams are texts."""

    def run(*args: str) -> Any:
        ran = process(*args)
        return replace(ran, out=ran.out.decode(), err=ran.err.decode())

    return run


JVP = ("jvp", "x^2*y, x + y", "--at", "x=1,y=2", "--tangent", "x=1,y=0")
VJP = ("vjp", "x*y, x - y", "--at", "x=1,y=2", "--cotangent", "f1=2,f2=-1")
HESSIAN = ("hessian", "x^2*y + y^3", "--at", "x=1,y=2")
HVP = ("hvp", "x^2*y + y^3", "--at", "x=1,y=2", "--tangent", "x=1,y=-1")
TAYLOR = ("taylor", "sqrt(x)", "--at", "x=4", "--order", "3")
ALL = [JVP, VJP, HESSIAN, HVP, TAYLOR]
BY_COMMAND = {"argvalues": ALL, "ids": [args[0] for args in ALL]}


def fields(run: Run, *args: str) -> dict[str, Any]:
    """The JSON of a command line, after the schema has seen it."""
    ran = run(*args, "--json")
    assert (ran.status, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    VALIDATOR.validate(found)
    return found


def test_jvp_has_its_seed_and_a_tangent_per_output(adcli: Run) -> None:
    found = fields(adcli, *JVP)
    assert found["seed"] == {"x": 1.0, "y": 0.0}
    assert (found["value"], found["tangent"]) == ([2.0, 3.0], [4.0, 1.0])
    assert fields(adcli, "jvp", "x^2", "--at", "x=3")["tangent"] == 6.0


def test_vjp_has_its_seed_and_one_sum_over_the_outputs(adcli: Run) -> None:
    found = fields(adcli, *VJP)
    assert found["seed"] == {"f1": 2.0, "f2": -1.0}
    assert found["cotangent"] == {"x": 3.0, "y": 3.0}
    assert fields(adcli, "vjp", "x^2", "--at", "x=3")["cotangent"] == {"x": 6.0}


def test_hessian_has_its_value_and_the_names_of_its_columns(adcli: Run) -> None:
    found = fields(adcli, *HESSIAN)
    assert (found["value"], found["wrt"]) == (10.0, ["x", "y"])
    assert found["hessian"] == [[4.0, 2.0], [2.0, 12.0]]
    assert fields(adcli, *HESSIAN, "--wrt", "y")["hessian"] == [[12.0]]
    assert fields(adcli, "hessian", "x, x^3", "--at", "x=2", "--output", "f2")["hessian"] == [[12.0]]


def test_hvp_has_its_seed_and_a_product_per_input(adcli: Run) -> None:
    found = fields(adcli, *HVP)
    assert (found["seed"], found["product"]) == ({"x": 1.0, "y": -1.0}, {"x": 2.0, "y": -10.0})


def test_taylor_has_its_direction_and_coefficients(adcli: Run) -> None:
    found = fields(adcli, *TAYLOR)
    assert (found["tangent"], found["coefficients"]) == ({"x": 1.0}, [2.0, 0.25, -1 / 64, 1 / 512])
    assert found["exact"] == ["2", "1/4", "-1/64", "1/512"]
    assert "exact" not in fields(adcli, "taylor", "gamma(x)", "--at", "x=3")


@pytest.mark.parametrize("form", ["plain", "markdown", "latex"])
@pytest.mark.parametrize("args", [JVP, VJP], ids=["jvp", "vjp"])
def test_with_its_trace_the_seed_is_said_once(adcli: Run, args: tuple[str, ...], form: str) -> None:
    assert len(re.findall("mode, seed", adcli(*args, "--trace", "--format", form).out)) == 1


@pytest.mark.parametrize("args", [JVP, VJP], ids=["jvp", "vjp"])
def test_the_trace_is_the_same_sweep(adcli: Run, args: tuple[str, ...]) -> None:
    found = fields(adcli, *args, "--trace")
    ends = {step["id"]: step for step in found["trace"]["steps"]}
    if args is JVP:
        assert [ends["v2"]["tangent"], ends["v3"]["tangent"]] == found["tangent"]
    else:
        assert {name: ends[name]["adjoint"] for name in "xy"} == found["cotangent"]
    shown = adcli(*args, "--explain").out
    assert "∂(" in shown, "the general rules"


@pytest.mark.parametrize("args", **BY_COMMAND)
@pytest.mark.parametrize("form", ["table", "plain", "markdown", "latex"])
def test_every_form_shows_the_answer(adcli: Run, args: tuple[str, ...], form: str) -> None:
    shown = adcli(*args, "--format", form)
    assert (shown.status, shown.err) == (0, "")
    number = {"jvp": "4", "vjp": "3", "hessian": "12", "hvp": "-10", "taylor": "512"}[args[0]]
    assert number in shown.out
    assert "NaN" not in shown.out


@pytest.mark.parametrize("args", **BY_COMMAND)
def test_csv_has_the_numbers_of_the_json(adcli: Run, args: tuple[str, ...]) -> None:
    found = adcli(*args, "--json").json
    head, *lines = csv.reader(io.StringIO(adcli(*args, "--format", "csv").out))
    numbers = [[float(entry) for entry in line[1:]] for line in lines]
    want = {
        "jvp": lambda: [list(pair) for pair in zip(found["value"], found["tangent"], strict=True)],
        "vjp": lambda: [[number] for number in found["cotangent"].values()],
        "hessian": lambda: found["hessian"],
        "hvp": lambda: [[number] for number in found["product"].values()],
        "taylor": lambda: [[number] for number in found["coefficients"]],
    }
    assert numbers == want[args[0]]()
    assert len(head) == len(lines[0])


def test_headings_and_captions_say_the_seed_and_the_cost(adcli: Run) -> None:
    def shown(*args: str) -> str:
        """One way to write letters with marks, of the two that Unicode has."""
        return normalize("NFC", adcli(*args).out)

    assert normalize("NFC", "forward mode, seed ẋ = 1, ẏ = 0") in shown(*JVP)
    assert normalize("NFC", "reverse mode, seed f̄1 = 2, f̄2 = -1") in shown(*VJP)
    assert "symmetric; forward over reverse: two passes" in adcli(*HESSIAN).out
    assert "∂²f/∂x∂y = 2" in adcli(*HESSIAN).out
    assert "forward over reverse: one pass" in adcli(*HVP).out


def polynomial(adcli: Run, *args: str) -> str:
    """The line of the polynomial."""
    (line,) = (line for line in adcli("taylor", *args).out.splitlines() if "≈" in line)
    return str(line)


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (("exp(x)", "--at", "x=0"), "f(x) ≈ 1 + x + x²/2 + x³/6 + x⁴/24"),
        (("sqrt(x)", "--at", "x=4", "--order", "3"), "f(x) ≈ 2 + (x - 4)/4 - (x - 4)²/64 + (x - 4)³/512"),
        (("1/x", "--at", "x=-1", "--order", "2"), "f(x) ≈ -1 - (x + 1) - (x + 1)²"),
        (("h(u) = tan(u)", "--at", "u=0", "--order", "7"), "h(u) ≈ u + u³/3 + 2·u⁵/15 + 17·u⁷/315"),
        (("x^2*y", "--at", "x=1,y=2", "--tangent", "x=1,y=-2"), "f(1 + t, 2 - 2·t) ≈ 2 + 2·t - 2·t² - 2·t³"),
        (("gamma(x)", "--at", "x=2", "--order", "1"), "f(x) ≈ 1 + 0.422784·(x - 2)"),
        (("0*x", "--at", "x=3"), "f(x) ≈ 0"),
        (("sin(x)", "--at", "x=pi/4", "--order", "2"), "f(x) ≈ √2/2 + √2/2·(x - π/4) - √2/4·(x - π/4)²"),
        (("x^2", "--at", "x=1/3", "--order", "1"), "f(x) ≈ 1/9 + 2·(x - 1/3)/3"),
        (("tan(x)", "--at", "x=pi/3", "--order", "1"), "f(x) ≈ √3 + 4·(x - π/3)"),
    ],
    ids=lambda given: given[0] if isinstance(given, tuple) else "",
)
def test_the_polynomial_reads_as_in_a_book(adcli: Run, args: tuple[str, ...], line: str) -> None:
    assert polynomial(adcli, *args) == line


def test_a_coefficient_that_is_a_fraction_is_told_as_one_and_as_a_decimal(adcli: Run) -> None:
    assert "c₂ = -1/2 = -0.5\n" in adcli("taylor", "cos(x)", "--at", "x=0").out
    assert "c₂ = -√2/4 = -0.353553\n" in adcli("taylor", "sin(x)", "--at", "x=pi/4").out


def test_the_order_of_the_remainder_is_said_and_at_a_kink_it_is_not_promised(adcli: Run) -> None:
    assert "the remainder is of order (x - 4)⁴ as x → 4" in adcli(*TAYLOR).out
    assert "remainder is of order t³ as t → 0" in adcli("taylor", "x*y", "--at", "x=1,y=2", "--order", "2",
                                                        "--tangent", "x=1,y=1").out  # fmt: skip
    assert "need not be of order x²" in adcli("taylor", "abs(x)", "--at", "x=0", "--order", "1").out


@pytest.mark.parametrize(
    ("args", "way"),
    [
        (("jvp", "x*y", "--at", "x=1,y=2"), "--tangent x=1,y=0"),
        (("vjp", "x, x^2", "--at", "x=1"), "--cotangent f1=1,f2=0"),
        (("hvp", "x*y", "--at", "x=1,y=2"), "--tangent x=1,y=0"),
        (("taylor", "x*y", "--at", "x=1,y=2"), "--tangent x=1,y=0"),
        (("hessian", "x, x^2", "--at", "x=1"), "--output f1"),
    ],
)
def test_what_is_missing_is_refused_with_the_way_to_write_it(
    adcli: Run, args: tuple[str, ...], way: str
) -> None:
    ran = adcli(*args)
    assert (ran.status, ran.out) == (2, "")
    assert way in ran.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("jvp", "x", "--at", "x=1", "--tangent", "z=1"), 'no input is called "z"'),
        (("vjp", "x", "--at", "x=1", "--cotangent", "g=1"), 'no output is called "g"'),
        (("jvp", "x", "--at", "x=1", "--tangent", "x="), "--tangent"),
        (("taylor", "x", "--at", "x=1", "--order", "0"), "--order is a whole number from 1 to 100"),
        (("taylor", "x", "--at", "x=1", "--order"), "--order needs a value"),
    ],
)
def test_a_wrong_seed_or_order_is_refused(adcli: Run, args: tuple[str, ...], said: str) -> None:
    ran = adcli(*args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_missing_second_derivative_is_exit_3_with_the_step_underlined(process: Run) -> None:
    ran = process("hessian", "x^1.5*y", "--at", "x=0,y=2")
    assert (ran.status, ran.out) == (3, "")
    assert "no second derivative here: x^1.5 at x = 0" in ran.err
    assert "~~~~~" in ran.err


def test_strict_makes_a_kink_of_the_slope_an_error(adcli: Run) -> None:
    assert adcli("hessian", "elu(x)", "--at", "x=0").status == 0
    assert adcli("hessian", "elu(x)", "--at", "x=0", "--strict").status == 3


def test_other_commands_load_nothing_of_these() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from adcli.cli import main; main(['grad', 'x^2', '--at', 'x=3']); "
        "print([m for m in sys.modules if 'series' in m or m in ('adcli.answers.higher', 'adcli.answers.seeded')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


EXACTLY = {
    "jvp": ("tangent", ["4", "1"]),
    "vjp": ("cotangent", {"x": "3", "y": "3"}),
    "hessian": ("hessian", [["4", "2"], ["2", "12"]]),
    "hvp": ("product", {"x": "2", "y": "-10"}),
    "taylor": ("coefficients", ["2", "1/4", "-1/64", "1/512"]),
}


@pytest.mark.parametrize("args", **BY_COMMAND)
def test_every_command_calculates_in_exact_numbers(process: Run, args: tuple[str, ...]) -> None:
    found = fields(process, *args, "--exact")
    field, want = EXACTLY[args[0]]
    assert (found["arithmetic"], found[field]) == ("exact", want)


@pytest.mark.parametrize("args", **BY_COMMAND)
def test_every_command_calculates_in_certified_numbers(adcli: Run, args: tuple[str, ...]) -> None:
    pytest.importorskip("flint", reason="python-flint is an extra")
    found = fields(adcli, *args, "--digits", "20")
    assert found["arithmetic"] == "20 certified digits"


@pytest.mark.parametrize("args", [HESSIAN, HVP, TAYLOR], ids=["hessian", "hvp", "taylor"])
def test_what_nobody_does_by_hand_is_not_rounded_by_steps(adcli: Run, args: tuple[str, ...]) -> None:
    ran = adcli(*args, "--round-steps", "4")
    assert (ran.status, ran.out) == (2, "")
    assert "--exact and --digits N work here" in ran.err


@pytest.mark.parametrize("room", [60, 80, 120])
def test_a_long_polynomial_breaks_between_its_terms(room: int) -> None:
    from adcli import parse
    from adcli.answers import higher
    from adcli.render.text import as_text

    lines = as_text(higher.taylor(parse("gamma(x)"), {"x": 2}, 9), width=room).splitlines()
    start = next(place for place, line in enumerate(lines) if "≈" in line)
    stop = next(place for place, line in enumerate(lines) if "remainder" in line)
    assert all(len(line) <= room for line in lines)
    assert stop - start > 1
    assert all(line.startswith(("   + ", "   - ")) for line in lines[start + 1 : stop])
    assert "".join(lines[start:stop]).count("·(x - 2)") == 9


def test_a_stored_point_is_told_in_decimals(adcli: Run) -> None:
    assert adcli("grad", "x^2", "--at", "x=1/3").status == 0
    assert "x^2 at x = 0.3333333333" in adcli("taylor", "--order", "2").err


def test_a_long_polynomial_has_several_aligned_lines_in_latex(adcli: Run) -> None:
    out = adcli("taylor", "gamma(x)", "--at", "x=2", "--order", "12", "--format", "latex").out
    lines = [line for line in out.splitlines() if "&" in line]
    assert lines[1].startswith(r"  f(x) &\approx 1 + 0.422784\cdot (x - 2)")
    assert all(line.startswith((r"  &\quad + ", r"  &\quad - ")) for line in lines[2:])
    assert len(lines) > 5
