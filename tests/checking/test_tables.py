from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

import adcli
from adcli import answers
from adcli.answers.answer import TraceAnswer
from adcli.checking.answer import CheckAnswer
from adcli.checking.questions import check
from adcli.commands.present import as_json
from adcli.notation.numerals import number
from adcli.render.text import render
from adcli.tracing.labels import ASCII

ENDINGS = {"plain": "txt", "table": "txt", "markdown": "md", "csv": "csv", "json": "json"}
GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
PROGRAMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("x^2*y + 2*y", {"x": 1.5, "y": 2}),
    (GRIEWANK, {"x1": 1.5, "x2": 0.5}),
    ("x*x + sin(x*y) - y/x", {"x": 1.2, "y": -0.7}),
    ("a = x*y; b = exp(a); c = b/(a+z); c", {"x": 0.4, "y": 1.1, "z": 2}),
    ("max(x, y, z)*abs(x - y)", {"x": 3, "y": 1.5, "z": -2}),
    ("θ^2 + θ_1", {"theta": 0.3, "theta_1": 4}),
)


def written(answer: TraceAnswer, form: str) -> str:
    return as_json(answer.json(), to_file=True) if form == "json" else render(answer, form)


def traced(source: str, at: dict[str, Any], mode: Any) -> TraceAnswer:
    return answers.trace(adcli.parse(source, names=at), at, mode=mode)


def verdicts(found: CheckAnswer) -> set[str]:
    return {entry.verdict for entry in found.entries}


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize(("source", "at"), PROGRAMS)
def test_what_trace_prints_is_right(source: str, at: dict[str, Any], form: str, mode: str) -> None:
    answer = traced(source, at, mode)
    found = check(answer.program, at, tables=[(f"mine.{ENDINGS[form]}", written(answer, form))])
    assert found.correct is True, [entry for entry in found.entries if entry.verdict != "right"]
    steps = len(answer.program) + len(answer.program.inputs)
    assert len(found.entries) >= 2 * steps - len(answer.program.inputs)


def test_the_partial_of_an_edge_is_not_called_as_the_derivative() -> None:
    """From q to f = v1/q the edge has one number, and f by q another, through v1 too."""
    answer = traced("v1 = p*q; f = v1/q", {"p": 0.7, "q": -1.3}, "reverse")
    found = check(answer.program, answer.at, tables=[("mine.csv", written(answer, "csv"))])
    partials = {entry.target.label for entry in found.entries if entry.target.kind == "partial"}
    assert partials == {"∂v₁/∂p", "∂v₁/∂q", "∂f/∂v₁", "∂f/∂q of the edge"}


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize(("source", "at"), PROGRAMS)
def test_what_trace_prints_in_ascii_is_right(source: str, at: dict[str, Any], mode: str) -> None:
    answer = traced(source, at, mode)
    for form in ("plain", "table"):
        text = render(answer, form, style=ASCII)
        assert check(answer.program, at, tables=[("mine.txt", text)]).correct is True, text


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize(("source", "at"), PROGRAMS)
def test_a_blank_table_misses_every_number_that_a_sweep_computes(
    source: str, at: dict[str, Any], form: str, mode: str
) -> None:
    answer = replace(traced(source, at, mode), blank=True)
    found = check(answer.program, at, tables=[(f"mine.{ENDINGS[form]}", written(answer, form))])
    assert verdicts(found) == {"right", "missing"}
    assert found.correct is False
    missing = [entry for entry in found.entries if entry.verdict == "missing"]
    assert len([entry for entry in missing if entry.target.kind == "step"]) == len(answer.program)


def filled(answer: TraceAnswer, form: str, digits: int) -> str:
    """A blank table, filled in line by line as a person does."""
    blank = written(replace(answer, blank=True), form)
    trace = answer.trace
    texts = [
        ("" if value is None else number(value, digits) for value in (trace.value(node), trace.number(node)))
        for node in trace.rows
    ]
    cells = [tuple(pair) for pair in texts]
    if form == "json":
        made = json.loads(blank)
        for step, (value, carried) in zip(made["trace"]["steps"], cells, strict=True):
            step["value"], step["tangent" if trace.mode == "forward" else "adjoint"] = value, carried
        return json.dumps(made)
    lines = blank.splitlines()
    if form == "csv":
        return "\n".join(
            [
                lines[0],
                *(
                    ",".join([*line.split(",")[:2], *pair])
                    for line, pair in zip(lines[1:], cells, strict=True)
                ),
            ]
        )
    if form == "markdown":
        rows = iter(cells)
        return "\n".join(
            "|".join([*line.split("|")[:3], *next(rows), ""])
            if line.startswith("| ") and "---" not in line and "step" not in line
            else line
            for line in lines
        )
    numbers = [pair[0] for pair in cells]
    carried = [pair[1] for pair in cells]
    if trace.mode == "reverse":
        carried.reverse()
    rest = iter([*numbers, *carried])
    kept = lines[:2]
    for line in lines[2:]:
        value = f" {next(rest)}" if "=" in line and "seed" not in line else ""
        kept.append(line + value if line.endswith("=") else line)
    return "\n".join(kept)


@pytest.mark.parametrize("mode", ["reverse", "forward"])
@pytest.mark.parametrize("form", ["plain", "markdown", "csv", "json"])
@pytest.mark.parametrize("digits", [4, 6])
@pytest.mark.parametrize(("source", "at"), PROGRAMS[:3])
def test_a_blank_table_filled_in_is_right(
    source: str, at: dict[str, Any], form: str, digits: int, mode: str
) -> None:
    answer = traced(source, at, mode)
    text = filled(answer, form, digits)
    found = check(answer.program, at, tables=[(f"mine.{ENDINGS[form]}", text)])
    assert found.correct is True, [text, *(entry for entry in found.entries if entry.verdict != "right")]


SWAPPED = """step,formula,value,adjoint
a,exp(x2),1.6487,-4.3361
b,x1/x2,3,1.5059
c,sin(b),0.1411,1.3513
d,b - a,1.3513,2.8437
e,d + c,1.4924,1.3513
f,e*d,2.0167,1
"""


def test_rows_in_another_order_and_with_own_names_are_matched_by_their_formulas() -> None:
    at = {"x1": 1.5, "x2": 0.5}
    found = check(adcli.parse(GRIEWANK), at, tables=[("mine.csv", SWAPPED)])
    names = [entry.target.name for entry in found.entries if entry.target.kind == "step"]
    assert names == ["v3", "v1", "v2", "v4", "v5", "v6"]
    assert {e.target.name: e.verdict for e in found.entries if e.target.kind == "step"} == dict.fromkeys(
        names, "right"
    )
    assert {e.target.name: e.verdict for e in found.entries}["v1_bar"] == "right"


def test_rows_without_formulas_are_matched_by_their_values() -> None:
    at = {"x1": 1.5, "x2": 0.5}
    table = "step,value\nv1,1.6487\nv2,3\nv3,0.1411\nv4,1.3513\nv5,1.4924\nv6,2.0167\n"
    found = check(adcli.parse(GRIEWANK), at, tables=[("mine.csv", table)])
    assert found.correct is True
    assert [entry.target.name for entry in found.entries] == ["v3", "v1", "v2", "v4", "v5", "v6"]


def test_the_first_wrong_row_is_wrong_and_the_rest_is_carried() -> None:
    at = {"x1": 1.5, "x2": 0.5}
    table = """| step | value | adjoint |
| --- | --- | --- |
| v1 | 3 | 1.5059 |
| v2 | 0.1411 | 1.3513 |
| v3 | 1.6487 | -2.8437 |
| v4 | 1.3513 | 2.8437 |
| v5 | 1.4924 | 1.3513 |
| v6 | 2.0167 | 1 |
| x1 | 1.5 | 3.0118 |
| x2 | 0.5 | 4.3475 |
"""
    found = check(adcli.parse(GRIEWANK), at, tables=[("mine.md", table)])
    by_name = {entry.target.name: entry for entry in found.entries if entry.target.kind == "adjoint"}
    assert by_name["x2_bar"].verdict == "wrong"
    assert by_name["x2_bar"].mistakes[0].edge is not None
    assert {entry.verdict for name, entry in by_name.items() if name != "x2_bar"} == {"right"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.yaml", "v1: {value: 2.25, adjoint: 2}\nv2: {value: 4.5, adjoint: 1}\n"),
        ("mine.yaml", "- step: v1\n  value: 2.25\n- step: v2\n  value: 4.5\n"),
        ("mine.yml", "x: 6\ny: 4.25\n"),
        ("mine.json", '{"x": 6, "y": 4.25}'),
        ("mine.json", '[{"id": "v1", "value": 2.25}]'),
        ("mine.csv", "step;value\nv1;2,25\n"),
        ("mine.csv", "name,value\nx,6\ny,4.25\n"),
        ("mine.txt", "v1 = x^2 = 2.25\n∂f/∂x = 6\n"),
        ("mine.txt", "v₁ = 2.25\nv̄₁ = 2\nv4_bar = 1\n"),
        ("-", "v1 = 2.25\n"),
        ("mine.md", "| i | vᵢ = | v̄ᵢ |\n|---|---|---|\n| v1 | 2.25 | 2 |\n"),
        ("mine.md", "| Schritt | value | ∂f/∂vᵢ |\n|---|---|---|\n| v1 | 2.25 | 2 |\n"),
        ("mine.csv", "node,primal,tangent\nv1,2.25,3\nv2,4.5,6\n"),
        ("mine.csv", "step,dv/dx\nv1,3\nv2,6\n"),
        ("mine.json", '{"v1": 2.25, "v1_bar": 2, "df/dx": 6}'),
        ("mine.json", '{"steps": [{"id": "v1", "value": 2.25, "adjoint": 2.0}]}'),
        ("mine.yaml", "v1_bar: 2\nv2_dot: 6\n"),
        ("-", "step,value\nv1,2.25\n"),
    ],
)
def test_forms_of_tables(name: str, text: str) -> None:
    found = check(adcli.parse("x^2*y + 2*y"), {"x": 1.5, "y": 2}, tables=[(name, text)])
    assert found.correct is True, found.entries


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.csv", ""),
        ("mine.csv", "hello\n"),
        ("mine.json", "{"),
        ("mine.json", "[" * 100_000),
        ("mine.yaml", "a: &a [1,2]\nb: [*a, *a"),
        (
            "mine.yaml",
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e]\n",
        ),
        ("mine.md", "no table here\n"),
        ("mine.doc", "x"),
        ("mine.txt", "\x00\x1b[2J"),
        ("mine.csv", "step,value\nv1,2.25\nv1,3\n"),
    ],
)
def test_what_is_no_table_is_an_error_of_its_own(name: str, text: str) -> None:
    with pytest.raises(adcli.AdcliError):
        check(adcli.parse("x^2*y + 2*y"), {"x": 1.5, "y": 2}, tables=[(name, text)])


@pytest.mark.parametrize(
    "cell", ["=1+1|'cmd'", "\x1b[31m", "<script>", "2..5", "x" * 20000, "(" * 5000, "1e99999", "9" * 5000]
)
def test_a_hostile_cell_is_no_right_answer_and_stops_nothing(cell: str) -> None:
    table = json.dumps([{"id": "v1", "value": cell}, {"id": "v2", "value": "4.5"}])
    found = check(adcli.parse("x^2*y + 2*y"), {"x": 1.5, "y": 2}, tables=[("mine.json", table)])
    first, second = found.entries
    assert first.verdict in ("undecided", "wrong")
    assert second.verdict == "right"
    json.dumps(found.json(), allow_nan=False)
