"""Programs that run: loops, branches and functions, held against the corpus and against closed forms."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.language.run import program

CORPUS = json.loads((Path(__file__).parents[1] / "data" / "programs.json").read_text(encoding="utf-8"))


def close(found: float, wanted: float) -> bool:
    return abs(found - wanted) <= 1e-12 * max(1.0, abs(wanted))


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: ascii(entry["text"])[1:60])
def test_a_program_of_the_corpus_has_its_outputs_and_its_jacobian(entry: dict[str, Any]) -> None:
    made = program(entry["text"], entry["point"])
    assert list(made.inputs) == entry["inputs"]
    value = adcli.value(made, entry["point"])
    found = value if isinstance(value, list) else [value]
    assert all(map(close, found, entry["outputs"]))
    for mode in ("forward", "reverse"):
        rows = adcli.jacobian(made, entry["point"], mode=mode)
        assert all(
            close(*pair)
            for row in zip(rows, entry["jacobian"], strict=True)
            for pair in zip(*row, strict=True)
        )


@pytest.mark.parametrize("entry", CORPUS, ids=lambda entry: ascii(entry["text"])[1:60])
def test_the_reading_of_a_run_makes_the_same_graph(entry: dict[str, Any]) -> None:
    made = program(entry["text"], entry["point"])
    assert program(made.reading, entry["point"]).graph == made.graph


MICROGRAD = """
c = a + b; d = a*b + b^3
c = c + c + 1; c = c + 1 + c + (-a)
d = d + d*2 + relu(b + a); d = d + 3*d + relu(b - a)
e = c - d; f = e^2; g = f/2; g = g + 10/f
g
"""


def test_the_readme_of_micrograd_with_its_names_assigned_again() -> None:
    at = {"a": -4, "b": 2}
    assert f"{adcli.value(MICROGRAD, at):.4f}" == "24.7041"
    gradient = adcli.grad(MICROGRAD, at)
    assert {name: f"{slope:.4f}" for name, slope in gradient.items()} == {"a": "138.8338", "b": "645.5773"}
    named = [name for name in program(MICROGRAD, at).ids if name[0] in "cdg"]
    assert [name for name in named if name in {"c.1", "c.2", "c", "d.1", "d.2", "d", "g.1", "g"}] == [
        "c.1", "d.1", "c.2", "c", "d.2", "d", "g.1", "g",
    ]  # fmt: skip


SQUARE_ROOT = (
    "s = a; for k in 1..6 { s = (s + a/s)/2 }; s",
    "s = a; while abs(s*s - a) > 1e-14*a { s = (s + a/s)/2 }; s",
    "root(s, n) = if(n == 0, s, root((s + a/s)/2, n - 1)); root(a, 6)",
)


@pytest.mark.parametrize("text", SQUARE_ROOT)
def test_the_square_root_of_newton_has_the_derivative_of_the_square_root(text: str) -> None:
    a = 2.7
    assert abs(adcli.value(text, {"a": a}) / math.sqrt(a) - 1) < 1e-15
    assert abs(adcli.grad(text, {"a": a})["a"] * 2 * math.sqrt(a) - 1) < 1e-13


def test_a_series_that_runs_until_its_terms_vanish() -> None:
    text = "t = 1; s = 1; k = 0; while abs(t) > 1e-17 { k = k + 1; t = t*x/k; s = s + t }; s"
    at = {"x": 0.75}
    assert abs(adcli.value(text, at) / math.exp(0.75) - 1) < 1e-15
    assert abs(adcli.grad(text, at)["x"] / math.exp(0.75) - 1) < 1e-15


def notes(text: str, at: dict[str, float], code: str = "branch") -> list[str]:
    return [note.message for note in program(text, at).notes if note.code == code]


def test_a_branch_that_a_value_decides_leaves_a_note() -> None:
    text = "y = 0\nif x < 1 { y = x^2 } else { y = 2x - 1 }\ny"
    assert notes(text, {"x": 0.75}) == ["line 2: x < 1 is true, 0.25 away from flipping"]
    assert notes(text, {"x": 3.0}) == ["line 2: x < 1 is false, 2 away from flipping"]
    assert notes("if 1 < 2 { y = x } else { y = 2x }; y", {"x": 3.0}) == []


def test_a_condition_that_is_asked_often_leaves_one_note() -> None:
    assert notes("y = x; while y < 100 { y = y^2 }; y", {"x": 1.5}) == [
        "line 1: y < 100 is true 4 times and false 1 time, at the closest 74.3711 away from flipping"
    ]


def test_a_loop_over_nothing_runs_zero_times() -> None:
    assert adcli.value("s = x; for k in 3..1 { s = 2s }; s", {"x": 1.5}) == 1.5


def test_the_variable_of_a_loop_is_a_constant_in_each_turn() -> None:
    made = program("s = 0; for k in 1..3 { s = s + x^k }; s", {"x": 2.0})
    constants = [made.graph.data[node] for node, op in enumerate(made.graph.op) if op == "const"]
    assert sorted(constants) == [0, 1, 2, 3]


def test_parameters_shadow_names_of_the_program() -> None:
    assert adcli.value("x = 2*a; f(x) = x^2; f(3) + x", {"a": 5}) == 19


def test_a_header_orders_the_inputs_and_names_the_output() -> None:
    made = program("h(x, y) = a*y + x")
    assert (made.inputs, list(made.outputs)) == (("x", "y", "a"), ["h"])


def test_a_function_reads_a_name_that_is_assigned_before_it_is_called() -> None:
    made = program("f(u) = k*u; k = 3; f(x)")
    assert made.inputs == ("x",)
    assert adcli.grad(made, {"x": 7}) == {"x": 3.0}


WRONG = [
    ("while 1 < 2 { y = x }; y", "usage", "runs more than", {"most_steps": 500}),
    ("for k in 1..1000 { y = x*k }; y", "usage", "--max-steps", {"most_steps": 500}),
    ("f(n) = f(n + 1); f(x)", "usage", "1000 times deep", {}),
    ("f(x) = x^2; f(x, y)", "syntax", "1 argument", {}),
    ("y = g(x); g(u) = u", "syntax", "before its definition", {}),
    ("sin(u) = u; sin(x)", "syntax", "function of the language", {}),
    ("for k in 1..x { y = k }; y", "usage", "whole numbers", {}),
    ("for k in 1..3 { k }", "syntax", "alone in a block", {}),
    ("for k in 1..3 { f(u) = u }; x", "syntax", "inside a block", {}),
    ("if x { y = 1 }; y", "syntax", "not a condition", {}),
    ("for k in (x < 1)..3 { y = k }; y", "syntax", "not a number", {}),
    ("if sqrt(-x) < 1 { y = 1 } else { y = 2 }; y", "domain", "decides a branch", {}),
    ("f(2) = 3", "syntax", "lists its parameters", {}),
]


@pytest.mark.parametrize(("text", "kind", "says", "limits"), WRONG)
def test_a_program_that_cannot_run_says_why(text: str, kind: str, says: str, limits: dict[str, int]) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value(program(text, {"x": 1.5, "y": 0.5}, **limits), {"x": 1.5})
    error = caught.value
    assert error.kind == kind
    assert says in f"{error.message} {error.hint}"
    assert error.span is not None
    assert 0 <= error.span.start <= error.span.end <= len(text)


def test_control_flow_that_needs_values_says_so_without_a_point() -> None:
    made = adcli.parse("if x < 1 { y = x^2 } else { y = 2x }; y")
    assert made.inputs == ("x",)
    assert adcli.grad(made, {"x": 0.5}) == {"x": 1.0}
    assert adcli.grad(made, {"x": 4}) == {"x": 2.0}
    with pytest.raises(adcli.AdcliError, match="without a point") as caught:
        adcli.trace(made)
    assert caught.value.kind == "usage"


def test_a_hundred_thousand_turns_of_a_loop_have_the_right_gradient() -> None:
    gradient = adcli.grad("s = x; for k in 1..100000 { s = s*0.5 + x }; s", {"x": 1.5})
    assert gradient == {"x": 2.0}


def test_blocks_may_be_nested_deeply() -> None:
    depth = 2000
    text = "if x > 0 { " * depth + "y = x^2" + " }" * depth + "; y"
    assert adcli.grad(text, {"x": 1.5}) == {"x": 3.0}


def test_a_long_loop_tells_how_often_it_has_run() -> None:
    told: list[int] = []
    program("s = x; while s < 3500 { s = s + 1 }; s", {"x": 0.0}, watch=told.append)
    assert told == [1000, 2000, 3000]
