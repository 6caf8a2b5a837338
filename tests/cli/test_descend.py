"""descend: every form, every refusal, the schema, the pictures and the exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Any]
SCHEMA = json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
BOWL = ("descend", "(x-1)^2 + 4(y+2)^2", "--at", "x=5,y=5")


def test_the_json_has_the_path_and_the_stop(process: Run) -> None:
    ran = process(*BOWL, "--json")
    assert (ran.status, ran.err) == (0, b"")
    found = json.loads(ran.out)
    Draft202012Validator(SCHEMA).validate(found)
    assert found["stop"]["reason"] == "converged"
    assert found["point"]["y"] == pytest.approx(-2, abs=1e-8)
    assert found["steps"][0] == {
        "step": 0,
        "value": 212.0,
        "slope": pytest.approx(56.568542),
        "point": found["at"],
    }


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "latex", "csv"])
def test_every_form_has_the_first_and_the_last_step(adcli: Run, form: str) -> None:
    ran = adcli(*BOWL, "--format", form)
    assert ran.status == 0
    assert "212" in ran.out
    assert "92" in ran.out


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("x^2", "--at", "x=1", "--rate", "3"), 3, "diverged at step"),
        (("sqrt(x)", "--at", "x=0.2", "--rate", "1"), 3, "left the domain at step 1"),
        (("x^2", "--at", "x=1", "--steps", "2"), 0, "the limit"),
    ],
)
def test_the_exit_status_tells_how_it_ended(
    process: Run, args: tuple[str, ...], status: int, words: str
) -> None:
    ran = process("descend", *args)
    assert ran.status == status
    assert words in ran.out.decode()


def test_data_make_a_regression(adcli: Run, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("x,y,note\n0,1,7\n1,3,8\n2,5,9\n")
    ran = adcli(
        "descend", "(a*x+b-y)^2", "--at", "a=0,b=0", "--data", str(tmp_path / "d.csv"), "--method", "newton"
    )
    out = ran.out
    assert "at a = 2, b = 1" in out.replace("2.000000000", "2").replace("1.000000000", "1")
    assert "f is the mean over three rows of x and y; not used: note" in out


def test_arrays_get_data_and_csv_says_what_json_says(adcli: Run, tmp_path: Path) -> None:
    pytest.importorskip("numpy", reason="the extra `arrays` is not installed")
    (tmp_path / "d.csv").write_text("x1,x2,t,note\n0,0,0,a\n0,1,1,b\n1,0,1,c\n")
    (tmp_path / "V.csv").write_text("1,2\n")
    args = (
        "descend", "sum((V@relu(W@x) - t)^2) + sum(W^2)/100", "--seed", "3", "--shape", "W=2x2", "--each-row",
        "--data", str(tmp_path / "d.csv"), "--data", f"V={tmp_path / 'V.csv'}", "--steps", "9", "--output", "f",
    )  # fmt: skip
    found = json.loads(adcli(*args, "--json").out)
    Draft202012Validator(SCHEMA).validate(found)
    assert found["data"] == {"rows": 3, "columns": ["x1", "x2", "t"], "inputs": ["x", "t", "V"], "mean": True}
    lines = adcli(*args, "--format", "csv").out.splitlines()
    assert lines[0] == 'step,f,slope,"W[1,1]","W[1,2]","W[2,1]","W[2,2]"'
    for line, step in zip(lines[1:], found["steps"], strict=True):
        flat = [x for row in step["point"]["W"] for x in row]
        assert [float(cell) for cell in line.split(",")] == [
            step["step"],
            step["value"],
            step["slope"],
            *flat,
        ]
    assert "W[1,1]" in adcli(*args, "--format", "table").out


@pytest.mark.parametrize(
    "args",
    [
        ("--shape", "W"),
        ("--shape", "W=0x2"),
        ("--shape", "W=2x3x4"),
        ("--shape", "W=999999999999x99"),
        ("--shape", "W=2,W=3"),
        ("--data", "X=missing.csv"),
        ("--data", "X=[1,2],X=3"),
        ("--each-row",),
    ],
)
def test_what_is_no_shape_and_no_data_is_refused(adcli: Run, args: tuple[str, ...]) -> None:
    ran = adcli("descend", "sum((X@W)^2)", "--seed", "1", *args)
    assert ran.status == 2
    assert "adcli: " in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("u,v\n1,2\n", "no column is called as an input"),
        ("x,y\n", "names and no numbers"),
        ("x,y\n1\n", "row 2: 1 cells"),
        ("x,y\n1,nan\n", '"nan" in y is not a finite number'),
        ("x,x\n1,2\n", '"x" is there twice'),
    ],
)
def test_bad_data_are_refused(adcli: Run, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "d.csv").write_text(text)
    ran = adcli("descend", "(a*x+b-y)^2", "--at", "a=0,b=0", "--data", str(tmp_path / "d.csv"))
    assert ran.status == 2
    assert words in ran.err


def test_pictures_have_the_same_bytes_every_time(twice: Run) -> None:
    pytest.importorskip("matplotlib", reason="the extra `plot` is not installed")
    pictures = (("path", "svg"), ("loss", "png"), ("path", "pdf"))
    svg, png, pdf = twice([(*BOWL, "--picture", what, "-o", f"a.{form}") for what, form in pictures])
    assert (svg[:4], png[:4], pdf[:4]) == (b"<?xm", b"\x89PNG", b"%PDF")


def test_a_path_needs_two_inputs(adcli: Run, tmp_path: Path) -> None:
    ran = adcli("descend", "x^2", "--at", "x=1", "--picture", "path", "-o", str(tmp_path / "p.svg"))
    assert ran.status == 2
    assert "two inputs" in ran.err


# A shell that starts the tests in the background lets them ignore interrupts.
INTERRUPTIBLE = """
import os, runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGPROF, lambda *_: os.kill(os.getpid(), signal.SIGINT))
signal.setitimer(signal.ITIMER_PROF, 1.5)  # by then it descends, however busy the machine is
runpy.run_module("adcli", run_name="__main__", alter_sys=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_an_interrupt_shows_what_was_reached() -> None:
    args = [
        "descend",
        "(x-1)^2 + y^2",
        "--at",
        "x=5,y=5",
        "--rate",
        "1e-12",
        "--steps",
        "1000000000",
        "--quiet",
    ]
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTIBLE, *args], stdout=subprocess.PIPE, check=False, timeout=60
    )
    assert ran.returncode == 130
    assert b"interrupted after step" in ran.stdout
    assert b"step 0: f = 41" in ran.stdout
