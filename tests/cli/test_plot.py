"""plot: characters, pictures, every form, the schema and the refusals."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import adcli

Run = Callable[..., Any]
VALIDATOR = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)
CURVE = ("plot", "x^3 - 2x", "--range", "x=-2..2", "--at", "x=1")
HEIGHTS = ("plot", "x^2 - y^2", "--range", "x=-1..1", "--range", "y=-2..2")


@pytest.mark.parametrize("args", [CURVE, HEIGHTS])
def test_the_json_fits_the_schema(process: Run, args: tuple[str, ...]) -> None:
    ran = process(*args, "--json")
    assert (ran.status, ran.err) == (0, b"")
    found = json.loads(ran.out)
    VALIDATOR.validate(found)
    if args is CURVE:
        assert found["tangent"] == {"x": 1.0, "value": -1.0, "slope": 1.0}


@pytest.mark.parametrize("args", [CURVE, HEIGHTS])
@pytest.mark.parametrize("form", ["table", "plain", "markdown", "latex", "csv", "chart"])
def test_every_form_says_something(adcli: Run, args: tuple[str, ...], form: str) -> None:
    ran = adcli(*args, "--format", form)
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out.splitlines()) > 9


@pytest.mark.parametrize("args", [CURVE, HEIGHTS])
def test_a_chart_fits_a_terminal_in_ascii_too(process: Run, args: tuple[str, ...]) -> None:
    for encoding in ("utf-8", "ascii"):
        out = process(*args, "--format", "chart", env={"PYTHONIOENCODING": encoding}).out.decode(encoding)
        assert max(map(len, out.splitlines())) <= 80


def test_pictures_have_the_same_bytes_every_time(twice: Run) -> None:
    pytest.importorskip("matplotlib", reason="the extra `plot` is not installed")
    twice([(*CURVE, "-o", "a.svg"), (*HEIGHTS, "-o", "a.png"), (*CURVE, "-o", "a.pdf")])


@pytest.mark.parametrize("text", ["x", "x=1", "x=1..", "=1..2", "x=2..1", "x=0..oops"])
def test_a_range_that_is_none_is_refused(adcli: Run, text: str) -> None:
    ran = adcli("plot", "x^2", "--range", text)
    assert ran.status == 2
    assert "Traceback" not in ran.err


def test_names_from_the_user_begin_no_formula_in_a_picture(adcli: Run, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra `plot` is not installed")
    (tmp_path / "p.ad").write_text("# $\\frac{ <script> & \x1b[31m\ny = x^2 # $$\ny\n")
    out = tmp_path / "p.svg"
    ran = adcli("plot", "-f", str(tmp_path / "p.ad"), "--range", "x=0..1", "-o", str(out))
    assert ran.status == 0, ran.err
    assert b"<script" not in out.read_bytes()


def test_without_matplotlib_the_way_out_is_told(process: Run, tmp_path: Path) -> None:
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "sitecustomize.py").write_text("import sys\nsys.modules['matplotlib'] = None\n")
    path = f"{tmp_path / 'blocked'}{os.pathsep}{Path(adcli.__file__).parents[1]}"
    ran = process(*CURVE, "-o", str(tmp_path / "p.svg"), env={"PYTHONPATH": path})
    assert ran.status == 2
    assert b'pip install "adcli[plot]"' in ran.err
    assert not (tmp_path / "p.svg").exists()
    assert process(*CURVE, "--format", "chart", env={"PYTHONPATH": path}).status == 0


@pytest.mark.parametrize("ranges", [("x[1]=-1..1",), ("x[1]=-1..1,x[2]=0..1",), ("x[1]=-1..1", "x[2]=0..1")])
def test_entries_of_arrays_have_ranges(adcli: Run, ranges: tuple[str, ...]) -> None:
    pytest.importorskip("numpy", reason="the extra `arrays` is not installed")
    given = [text for each in ranges for text in ("--range", each)]
    found = json.loads(adcli("plot", "sum(x^2)", "--at", "x=[1,2]", *given, "--json").out)
    assert found["at"] == {"x": [1, 2]}
    assert list(found["ranges"]) == ["x[1]", "x[2]"][: len(found["ranges"])]
    if "curves" in found:
        VALIDATOR.validate(found)
        assert found["curves"][0]["y"][0] == 5


def test_an_array_without_a_range_of_an_entry_is_told_the_way(adcli: Run) -> None:
    pytest.importorskip("numpy", reason="the extra `arrays` is not installed")
    ran = adcli("plot", "sum(x^2)", "--at", "x=[1,2]")
    assert ran.status == 2
    assert "--range x[1]=-3..3" in ran.err
