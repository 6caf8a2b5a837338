"""A loop whose body is compiled makes the very program that the ordinary way makes."""

from __future__ import annotations

import pytest

from adcli.errors import AdcliError
from adcli.language import run

BODIES = (
    "s = s*x + k*y",
    "s = s*s; t = s - x*k",
    "s = -s + 2*k; t = s*x; u = t + s",
    "s = s + k; s = s*x",
    "s = s*3/k + x",
    "t = x; s = s*t",
    "s = s*x; q = -k + s",
    "h = 0.1; s = s + h*s",
    "s = sin(s)*x + k^2",
    "s = s + x*0 - -x",
    "a = s*x; s = a; s = s + k",
    "s = max(s, x, k) + s",
    "m = k*2; s = s + m",
    "s = s^2*x; w = s^-1",
    "s = 3*4 + s + (2*5)*x",
    "if s < 1 { s = s*x } else { s = s - y }",
    "s = if(s < 1, s*x, s/2)",
    "s = e^s*x",
    "s = s*unknown",
)
LOOPS = (
    "s = x*y\nfor k in 1..7 { %s }\ns, x*y",
    "input x, y, s\nfor k in 0..5 { %s }\ns",
    "s = x\nfor j in 1..3 { for k in 1..5 { %s }\ns = s*j }\ns",
    "s = x; k = 0\nwhile k < 6 { k = k + 1; %s }\ns",
)


def made(text: str) -> object:
    """Everything of the program, or its error."""
    point = {"x": 0.3, "y": 0.7} | ({"s": 0.2} if text.startswith("input") else {})
    try:
        program = run.program(text, point)
    except AdcliError as error:
        return error.kind, error.message, error.span
    return list(program.graph), dict(program.outputs), program.ids, list(program.starts), list(program.ends)


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("body", BODIES)
def test_both_ways_make_the_same_program(body: str, loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = made(loop % body)
    monkeypatch.setattr(run, "straight", lambda *_: None)
    assert made(loop % body) == compiled


def test_a_plain_body_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    ordinary = run.straight

    def spied(*args: object) -> object:
        found = ordinary(*args)  # type: ignore[arg-type]  # passed on as they come
        assert found is not None
        turns.append(len(found.code))
        return found

    monkeypatch.setattr(run, "straight", spied)
    run.program("for k in 1..9 { s = s*x + k }\ns", {"s": 1.0, "x": 2.0})
    assert turns == [3]  # the number k, the product and the sum
