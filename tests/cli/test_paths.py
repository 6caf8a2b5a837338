"""--paths on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from importlib.resources import files
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

Run = Callable[..., Any]
VALIDATOR = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)


@pytest.mark.parametrize("command", ["graph", "trace"])
@pytest.mark.parametrize("point", [("--at", "x=3,y=2"), ()])
def test_json_has_the_paths_only_when_asked(adcli: Run, command: str, point: tuple[str, ...]) -> None:
    found = adcli(command, "x*x*y", *point, "--paths", "x", "--json").json
    VALIDATOR.validate(found)
    paths = found["paths"]
    assert (paths["input"], paths["output"], paths["count"], paths["listed"]) == ("x", "f", 2, 2)
    assert [path["nodes"] for path in paths["paths"]] == [["x", "v1", "v2"]] * 2
    assert [path["slots"] for path in paths["paths"]] == [[0, 0], [1, 0]]
    assert paths["sum"] == (12 if point else None)
    assert "paths" not in adcli(command, "x*x*y", *point, "--json").json


def test_a_count_beyond_integers_follows_the_schema(adcli: Run) -> None:
    steps = "; ".join(["a0 = x", *(f"a{n} = a{n - 1}*a{n - 1}" for n in range(1, 1001)), "a1000"])
    at = adcli("graph", steps, "--at", "x=1", "--paths", "x", "--json").json
    assert at["paths"]["sum"] == 2.0**1000
    found = adcli("graph", steps, "--paths", "x", "--json")
    VALIDATOR.validate(found.json)
    assert found.json["paths"]["count"] == "about 10^301"


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
def test_output_says_where_the_paths_end(adcli: Run, mode: str) -> None:
    found = adcli(
        "graph", "x*y, x^3", "--at", "x=2,y=5", "--mode", mode, "--paths", "x", "--output", "f2", "--json"
    ).json
    assert (found["paths"]["output"], found["paths"]["sum"]) == ("f2", 12)


@pytest.mark.draws
@pytest.mark.parametrize(
    ("form", "mark"),
    [
        ("svg", 'class="edge path" stroke-width="2.25"'),
        ("dot", "penwidth=2.25"),
        ("mermaid", " ==>"),
        ("tikz", r"\draw[on a path]"),
    ],
)
def test_a_picture_marks_the_edges_of_the_paths(adcli: Run, form: str, mark: str) -> None:
    asked = ("graph", "sin(x)*y + x", "--at", "x=1,y=2", "--format", form, "-o", "-")
    assert mark not in adcli(*asked).out
    found = adcli(*asked, "--paths", "x")
    assert found.out.count(mark) == 4  # all edges but the one from y
    if form == "svg":
        assert "thick: on a path from x to f; the paths' products add up to ∂f/∂x = 2.081" in unescape(
            found.out
        )


@pytest.mark.parametrize("more", [["--format", "html", "-o", "-"], ["--format", "boxes"], ["--frames", "f"]])
def test_pictures_that_move_and_boxes_have_no_paths(adcli: Run, more: list[str]) -> None:
    found = adcli("graph", "x*y", "--at", "x=1,y=2", "--paths", "x", *more)
    assert found.status == 2
    assert "do not go together" in found.err


@pytest.mark.parametrize(("option", "value"), [("--paths", "q"), ("--output", "q")])
def test_an_unknown_name_is_an_error_that_lists_the_known(adcli: Run, option: str, value: str) -> None:
    options: dict[str, Any] = {"--paths": "x", option: value}
    found = adcli("graph", "x*y", *(word for pair in options.items() for word in pair))
    assert found.status == 2
    assert 'called "q"' in found.err
