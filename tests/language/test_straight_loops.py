"""A loop whose body is compiled makes the very program that the ordinary way makes."""

from __future__ import annotations

import pytest

from adcli.errors import AdcliError, UsageError
from adcli.language import loops, run
from adcli.language.straight import Straight
from adcli.language.turns import Turn

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
    "u = s*s; s = s*x + k; v = s*s",
    "t = x*y; s = s + t",
    "t = k*y; s = s*x + t; u = t*t",
    "p = s*x; q = p*y; s = q*s",
    "s = 12*s + 20*k",
    "t = x*y",
)
LOOPS = (
    "s = x*y\nfor k in 1..7 { %s }\ns, x*y",
    "input x, y, s\nfor k in 0..5 { %s }\ns",
    "s = x\nfor j in 1..3 { for k in 1..5 { %s }\ns = s*j }\ns",
    "s = x; k = 0\nwhile k < 6 { k = k + 1; %s }\ns",
    "s = x\nfor k in 1..40 { %s }\ns = s*x; s, 3*y, 31*y + 17, x*x*x",
    "s = x\nfor k in 1..30 { %s }\nt = s; s = x\nfor k in 1..35 { %s }\ns*t*k",
    "s = x\nfor j in 1..4 { for k in 5*j..30 { %s }\ns = s*j }\ns, k",
)


def made(text: str) -> object:
    """Everything of the program, or its error."""
    point = {"x": 0.3, "y": 0.7} | ({"s": 0.2} if text.startswith("input") else {})
    try:
        program = run.program(text, point)
    except AdcliError as error:
        return error.kind, error.message, error.span
    places = list(program.starts), list(program.ends)
    variable, ids = bytes(program.graph.variable), program.ids
    return list(program.graph), variable, dict(program.outputs), ids, places, program.loops


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("body", BODIES)
def test_both_ways_make_the_same_program(body: str, loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = loop.replace("%s", body)
    compiled = made(text)
    monkeypatch.setattr(loops, "straight", lambda *_: None)
    assert made(text) == compiled


def test_turns_alike_are_laid_out_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []
    ordinary = Straight.repeat

    def spied(self: Straight, turn: Turn, numbers: range) -> None:
        counts.append(len(numbers))
        ordinary(self, turn, numbers)

    monkeypatch.setattr(Straight, "repeat", spied)
    run.program("for k in 1..1000 { s = s*x + k }\ns", {"s": 1.0, "x": 2.0})
    assert counts == [995]
    counts.clear()
    run.program("t = 500*x\nfor k in 1..1000 { s = s*t + k }\ns", {"s": 1.0, "x": 2.0})
    assert counts == [494, 497]  # the turn with 500, which is a node already, is run by itself


@pytest.mark.parametrize("most", range(20, 60))
def test_the_limit_on_steps_holds_for_turns_alike(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def ends() -> bool:
        try:
            run.program("for k in 1..12 { s = s*x + k }\ns", {"s": 1.0, "x": 2.0}, most_steps=most)
        except UsageError:
            return False
        return True

    quick = ends()
    monkeypatch.setattr(loops, "straight", lambda *_: None)
    assert ends() == quick


def test_a_loop_to_a_number_beyond_all_machines_meets_the_limit() -> None:
    with pytest.raises(UsageError, match="more than 1000 steps"):
        run.program("for k in 1..10^30 { s = s*x }\ns", {"s": 1.0, "x": 2.0}, most_steps=1000)


def test_calls_that_double_with_every_level_meet_the_limit() -> None:
    with pytest.raises(UsageError, match="calls functions more than 1000 times"):
        run.program("f(n) = if(n < 1, 1, f(n-1) + f(n-1)); f(40)", most_steps=1000)


def test_a_plain_body_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[int] = []
    ordinary = loops.straight

    def spied(*args: object) -> object:
        found = ordinary(*args)  # type: ignore[arg-type]  # passed on as they come
        assert found is not None
        turns.append(len(found.code))
        return found

    monkeypatch.setattr(loops, "straight", spied)
    run.program("for k in 1..9 { s = s*x + k }\ns", {"s": 1.0, "x": 2.0})
    assert turns == [3]  # the number k, the product and the sum
