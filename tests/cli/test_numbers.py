"""--exact, --digits and --round-steps, as a user meets them."""

from __future__ import annotations

import json
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
GRIEWANK = "(sin(x1/x2)+x1/x2-exp(x2))*(x1/x2-exp(x2))"
STEPS = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
AT = ("--at", "x1=1.5,x2=0.5")
KINDS = [("--exact",), ("--digits", "30"), ("--round-steps", "4")]
COMMANDS = [
    ("eval",), ("grad",), ("grad", "--trace"), ("jacobian",), ("jacobian", "--mode", "forward"),
    ("trace",), ("trace", "--mode", "forward"), ("trace", "--explain"),
    ("graph",), ("graph", "--mode", "reverse"), ("graph", "--mode", "forward", "--format", "table"),
]  # fmt: skip
PROGRAMS = [
    ("x^2*y + 2*y", "x=1/3,y=2"),
    ("sqrt(x)*sin(y) + max(x, y)", "x=2,y=pi/6"),
    ("exp(x)*sin(x)/ln(y)", "x=pi/3,y=10"),
    ("if(x > y, x*y, -y)", "x=sqrt(2),y=1.25"),
    ("|x| + relu(y)", "x=0,y=-1"),
    ("sigmoid(x)*normpdf(y) + hypot(x, y, 3)", "x=1,y=sqrt(3)"),
]


@pytest.fixture(autouse=True)
def _library() -> None:
    pytest.importorskip("flint", reason="python-flint is an extra")


@pytest.mark.parametrize("kind", KINDS, ids=" ".join)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("text", "at"), PROGRAMS)
def test_every_command_answers_in_every_kind_of_numbers(
    adcli: Run, kind: tuple[str, ...], command: tuple[str, ...], text: str, at: str
) -> None:
    if "--format" not in command:
        found = adcli(*command, text, "--at", at, *kind, "--json").json
        VALIDATOR.validate(found)
        assert found["arithmetic"]
    for form in ("plain", "table", "markdown", "latex", "csv"):
        ran = adcli(
            *command, text, "--at", at, *kind, *(("--format", form) if "--format" not in command else ())
        )
        assert ran.status == 0, ran.err
        assert "Traceback" not in ran.err


def test_the_header_says_what_the_numbers_are(adcli: Run) -> None:
    said = {
        ("--exact",): "exact",
        ("--digits", "50"): "50 certified digits",
        ("--round-steps", "5"): "each step rounded to 5 digits, each slope and sum to 6 digits",
    }
    for kind, words in said.items():
        assert adcli("grad", "x*y", "--at", "x=2,y=3", *kind).out.splitlines()[2] == words
        assert adcli("grad", "x*y", "--at", "x=2,y=3", *kind, "--json").json["arithmetic"] == words
        assert words in adcli("grad", "x*y", "--at", "x=2,y=3", *kind, "--format", "latex").out
    assert "arithmetic" not in adcli("grad", "x*y", "--at", "x=2,y=3", "--json").json


def test_points_are_exact(adcli: Run, tmp_path: Path) -> None:
    found = adcli("grad", "x*y*z", "--at", "x=1/3,y=pi/3,z=sqrt(2)", "--exact", "--json").json
    assert found["at"] == {"x": "1/3", "y": "π/3", "z": "√2"}
    assert found["value"] == "√2·π/9"
    (tmp_path / "p.json").write_text('{"x": 0.1, "y": "1/3"}', encoding="utf-8")
    (tmp_path / "p.toml").write_text('x = 0.1\ny = "1/3"\n', encoding="utf-8")
    (tmp_path / "p.yaml").write_text("x: 0.1\ny: 1/3\n", encoding="utf-8")
    (tmp_path / "p.csv").write_text("x,y\n0.1,1/3\n", encoding="utf-8")
    for name in ("p.json", "p.toml", "p.yaml", "p.csv"):
        assert adcli("eval", "x + y", "--at", name, "--exact", "--json").json["value"] == "13/30"


def test_seeds_are_exact(adcli: Run) -> None:
    found = adcli(
        "trace", "x*y", "--at", "x=1,y=2", "--mode", "forward", "--seed", "x=1/3", "--exact", "--json"
    )
    assert found.json["trace"]["seed"] == {"x": "1/3", "y": "0"}
    assert found.json["trace"]["steps"][-1]["tangent"] == "2/3"


def test_branches_are_decided_in_the_same_numbers(adcli: Run) -> None:
    text, at = "if(sqrt(x)*sqrt(x) == x, 1, 0)*x", ("--at", "x=2")
    assert adcli("eval", text, *at, "--json").json["value"] == 0.0
    assert adcli("eval", text, *at, "--exact", "--json").json["value"] == "2"
    assert adcli("eval", text, *at, "--digits", "10", "--json").json["value"] == "2"


def test_what_leaves_the_exact_numbers_is_named_with_the_way_out(adcli: Run) -> None:
    ran = adcli("grad", "x*sin(x^2)", "--at", "x=2", "--exact")
    assert ran.status == 3
    assert "no exact value: sin(v₁) at v₁ = x² = 4" in ran.err
    assert "sin leaves the exact numbers" in ran.err
    assert "--digits 30" in ran.err
    at = adcli("eval", "x", "--at", "x=sin(1)", "--exact")
    assert at.status == 3
    assert "no exact value: sin(1)" in at.err


@pytest.mark.parametrize(
    ("text", "at"), [("x^100000", "x=3/7"), ("x", "x=(3/7)^100000"), ("gamma(x)", "x=100000")]
)
def test_an_exact_number_with_too_many_digits_is_not_called_large(adcli: Run, text: str, at: str) -> None:
    ran = adcli("eval", text, "--at", at, "--exact")
    assert ran.status == 3
    for words in ("no exact value", "too many digits", "--digits"):
        assert words in ran.err
    assert "overflow" not in ran.err


def test_without_a_point_the_formulas_are_the_same(adcli: Run) -> None:
    for kind in KINDS:
        assert "x·y" in adcli("trace", "x*y", *kind).out


def test_a_kink_and_a_tie_keep_their_notes(adcli: Run) -> None:
    for kind in KINDS:
        ran = adcli("grad", "|x - 1/2| + max(x, y)", "--at", "x=1/2,y=0.5", *kind)
        assert ran.status == 0
        assert "slope from the left -1, from the right 1; 0 is used" in ran.err
        assert "max has a kink" in ran.err
        assert adcli("grad", "|x|", "--at", "x=0", *kind, "--strict").status == 3


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--exact", "--digits", "5"), "--exact and --digits ask for two kinds of numbers"),
        (("--digits", "5", "--round-steps", "3"), "--digits and --round-steps ask for two kinds"),
        (("--exact", "--round-steps", "3"), "--exact and --round-steps ask for two kinds"),
        (("--exact", "--precision", "3"), "--precision has no meaning with --exact"),
        (("--digits", "5", "--precision", "3"), "--precision has no meaning with --digits"),
        (("--digits", "0"), "--digits is a whole number from 1 to 10000"),
        (("--digits", "x"), "--digits is a whole number from 1 to 10000"),
        (("--round-steps", "13"), "--round-steps is a whole number from 1 to 12"),
        (("--digits",), "--digits needs a value"),
    ],
)
def test_options_that_do_not_go_together_are_refused(adcli: Run, args: tuple[str, ...], words: str) -> None:
    ran = adcli("grad", "x", "--at", "x=1", *args)
    assert ran.status == 2
    assert words in ran.err


def test_the_last_point_is_kept_exactly(adcli: Run) -> None:
    adcli("grad", "x*y", "--at", "x=pi/3,y=1/7", "--exact")
    assert adcli("eval", "--exact", "--json").json["value"] == "π/21"
    assert adcli("eval", "--json").json["value"] == pytest.approx(0.14959965017094254)


def test_all_digits_are_there_in_every_form(adcli: Run) -> None:
    digits = "2.0166466694282014083910836124284126455317891830376"
    for form in ("plain", "table", "markdown", "latex", "csv", "json"):
        ran = adcli("grad", GRIEWANK, *AT, "--digits", "50", "--format", form)
        assert digits in ran.out
        assert ran.status == 0


def test_a_pipe_in_ascii_gets_exact_numbers_in_ascii(process: Run) -> None:
    ran = process("eval", "x", "--at", "x=sin(pi/3)", "--exact", env={"PYTHONIOENCODING": "ascii"})
    assert ran.out.decode("ascii").endswith("f = sqrt(3)/2\n")


@pytest.mark.draws
def test_pictures_show_the_same_numbers(adcli: Run, tmp_path: Path) -> None:
    for name in ("g.svg", "g.dot", "g.html", "g.mmd"):
        ran = adcli("graph", "sin(x)*y", "--at", "x=pi/3,y=2", "--mode", "reverse", "--exact", "-o", name)
        assert ran.status == 0, ran.err
        assert "√3" in (tmp_path / name).read_text(encoding="utf-8")


def test_the_book_by_hand(process: Run) -> None:
    out = process("trace", STEPS, *AT, "--round-steps", "5").out.decode()
    assert "v₆ = v₅·v₄ = 1.4924·1.3513 = 2.0167" in out
    assert "= -4.68841 + (-9.03552) = -13.7239" in out


def test_without_the_library_the_install_command_is_named(
    adcli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith("adcli.arithmetic.ball")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "flint", None)
    ran = adcli("grad", "x", "--at", "x=1", "--digits", "5")
    assert ran.status == 2
    assert 'pip install "adcli[num]"' in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("numbers", [(), ("--exact",), ("--digits", "20"), ("--round-steps", "5")])
@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("x*if(x > 1 and y < 3, 2, 3) + 0*y", 2),
        ("x*if(x < 1 or not y < 3, 2, 3) + 0*y", 3),
        ("if not (x > 1) { r = x } else { r = 5x }; r + 0*y", 5),
    ],
)
def test_conditions_are_joined_in_every_kind_of_numbers(
    adcli: Run, text: str, slope: int, numbers: tuple[str, ...]
) -> None:
    """What and, or and not are given is true or false there, not a number."""
    found = adcli("grad", text, "--at", "x=1.5,y=2", *numbers, "--json").json
    assert float(found["gradient"]["x"]) == slope


def test_numbers_by_hand_may_lie_beyond_the_floats(adcli: Run) -> None:
    found = adcli(
        "eval", "1e300*x*1e300, x*1e-300*1e-300", "--at", "x=2", "--round-steps", "5", "--json"
    ).json
    assert found["value"] == ["2e+600", "2e-600"]


@pytest.mark.parametrize("numbers", ["--exact", "--digits=20", "--round-steps=5"])
def test_a_branch_beyond_the_floats_is_decided_without_infinity(adcli: Run, numbers: str) -> None:
    ran = adcli("grad", "if(a*1e300*1e300 > 1, a, 2)", "--at", "a=2", numbers)
    assert ran.status == 0
    assert ran.err == "note: line 1: a*1e300*1e300 > 1 is true\n"


@pytest.mark.parametrize("numbers", [(), ("--exact",), ("--digits", "8"), ("--round-steps", "4")])
def test_a_trace_ends_with_derivatives_in_every_kind_of_numbers(adcli: Run, numbers: tuple[str, ...]) -> None:
    """The seed 1 is the number 1 in any arithmetic; an own seed leaves adjoints."""
    at = ("--at", "x=3,y=2", *numbers)
    assert "∂f/∂y = -" in adcli("trace", "x/(1+y^2)", *at).out
    assert "--wrt y gives the other column" in adcli("trace", "x/(1+y^2)", *at, "--mode", "forward").out
    assert "∂f/∂y" not in adcli("trace", "x/(1+y^2)", *at, "--seed", "f=2").out


@pytest.mark.parametrize("numbers", [(), ("--exact",), ("--digits", "8"), ("--round-steps", "4")])
@pytest.mark.parametrize(
    "text", ["sqrt(x)", "asin(x - 1)", "cbrt(x)", "hypot(x, x)", "x^(1/2)", "atan2(x, x)"]
)
def test_a_missing_slope_is_named_in_every_kind_of_numbers(
    adcli: Run, text: str, numbers: tuple[str, ...]
) -> None:
    for command in ("grad", "jacobian", "trace"):
        ran = adcli(command, text, "--at", "x=0", *numbers)
        assert (ran.status, ran.out) == (3, ""), text
        assert ran.err.startswith(("adcli: not defined here:", "adcli: no derivative"))
