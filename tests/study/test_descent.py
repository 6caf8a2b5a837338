"""Descents reach the known minima of classical problems, and say why they stop."""

from __future__ import annotations

import math
import random
import time
from typing import Any

import numpy as np
import pytest

import adcli
from adcli.errors import AdcliError
from adcli.study.data import Table
from adcli.study.descent import descend
from adcli.study.methods import METHODS
from adcli.study.walking import Kept, Record

MCCORMICK = (-math.pi / 3 + 0.5, -math.pi / 3 - 0.5)  # its gradient is 0 there, by hand
PROBLEMS = {
    "rosenbrock": ("(1-x)^2 + 100*(y-x^2)^2", {"x": -1.2, "y": 1}, (1, 1), 0.0),
    "himmelblau": ("(x^2+y-11)^2 + (x+y^2-7)^2", {"x": 4, "y": 3}, (3, 2), 0.0),
    "beale": (
        "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2",
        {"x": 2, "y": 0.1},
        (3, 0.5),
        0.0,
    ),
    "booth": ("(x+2*y-7)^2 + (2*x+y-5)^2", {"x": -4, "y": 9}, (1, 3), 0.0),
    "matyas": ("0.26*(x^2+y^2) - 0.48*x*y", {"x": 7, "y": -3}, (0, 0), 0.0),
    "bowl": ("(x-1)^2 + 4*(y+2)^2 + 9", {"x": 5, "y": 5}, (1, -2), 9.0),
    "mccormick": (
        "sin(x+y) + (x-y)^2 - 1.5*x + 2.5*y + 1",
        {"x": 0, "y": -1},
        MCCORMICK,
        -math.sqrt(3) / 2 - math.pi / 3,
    ),
    "one variable": ("x - ln(x)", {"x": 0.2}, (1,), 1.0),
}
STEPS = {"newton": 200, "adam": 20_000, "line-search": 50_000}
FITTING = {"gradient": 0.02, "momentum": 0.005, "adam": 0.05, "newton": None, "line-search": None}


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize("method", ["newton", "line-search", "adam"])
def test_classical_problems_reach_their_known_minima(name: str, method: str) -> None:
    text, start, minimum, value = PROBLEMS[name]
    found = descend(
        adcli.parse(text), start, method=method, rate=FITTING[method], steps=STEPS[method], tol=1e-10
    )
    assert found.stop.reason in ("converged", "rounding")
    assert found.last.point == pytest.approx(minimum, abs=1e-8)
    assert found.last.value == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_bowls_bottom(method: str) -> None:
    text, start, minimum, _ = PROBLEMS["bowl"]
    found = descend(adcli.parse(text), start, method=method, rate=FITTING[method], steps=10_000, tol=1e-9)
    assert found.last.point == pytest.approx(minimum, abs=1e-8)


def table(seed: int, label: Any) -> Table:
    source = random.Random(seed)
    rows = [(x, label(source, x)) for x in (source.uniform(-2, 3) for _ in range(40))]
    return Table(("x", "y"), rows)


def test_linear_regression_is_the_closed_form() -> None:
    data = table(1, lambda source, x: 2.5 * x - 0.7 + source.gauss(0, 0.3))
    found = descend(
        adcli.parse("(a*x + b - y)^2"), {"a": 0, "b": 0}, data=data, rate=0.2, steps=5000, tol=1e-10
    )
    x, y = np.array(data.rows).T
    (a, b), *_ = np.linalg.lstsq(np.stack([x, np.ones_like(x)], axis=1), y, rcond=None)
    assert found.last.point == pytest.approx((a, b), abs=1e-8)
    assert found.own()["data"] == {"rows": 40, "columns": ["x", "y"], "inputs": ["x", "y"], "mean": True}


def test_logistic_regression_solves_its_score_equations() -> None:
    data = table(2, lambda source, x: float(source.random() < 1 / (1 + math.exp(1 - 2 * x))))
    program = adcli.parse("softplus(a*x + b) - y*(a*x + b)")
    found = descend(program, {"a": 0, "b": 0}, data=data, method="newton", tol=1e-12)
    x, y = np.array(data.rows).T
    a = b = 0.0
    for _ in range(50):  # iteratively reweighted least squares, the textbook's way
        p = 1 / (1 + np.exp(-(a * x + b)))
        design = np.stack([x, np.ones_like(x)], axis=1)
        a, b = np.array([a, b]) + np.linalg.solve((design.T * (p * (1 - p))) @ design, design.T @ (y - p))
    assert found.last.point == pytest.approx((a, b), abs=1e-8)


def test_a_small_network_learns_and_the_same_seed_gives_the_same_numbers() -> None:
    data = Table(("x", "y", "t"), [(0, 0, 0.0), (0, 1, 1.0), (1, 0, 1.0), (1, 1, 0.0)])
    text = (
        "h = tanh(a*x + b*y + c); g = tanh(d*x + k*y + l); o = sigmoid(p*h + q*g + r);"
        "-(t*ln(o) + (1-t)*ln(1-o))"
    )
    program = adcli.parse(text)
    runs = [descend(program, {}, data=data, method="adam", rate=0.1, steps=2000, seed=s) for s in (4, 4, 5)]
    assert runs[0].path == runs[1].path != runs[2].path
    assert runs[0].at == runs[1].at
    assert all(-1 <= value <= 1 for value in runs[0].at.values())
    assert runs[0].last.value < 0.01 < runs[0].path[0].value


@pytest.mark.parametrize(
    ("text", "at", "options", "reason", "words"),
    [
        ("x^2", {"x": 1}, {}, "converged", "the gradient is below 1e-08"),
        ("x^2 - y^2", {"x": 1, "y": 0}, {}, "converged", "this is no minimum: f falls on some sides"),
        ("cos(x)", {"x": 0}, {}, "converged", "f has a maximum here: it falls on every side"),
        ("1e300*x^2", {"x": 1}, {}, "diverged", "no step was made: f = 1e+300 at the start is beyond 1e+100"),
        ("x^2", {"x": 1}, {"steps": 3}, "limit", "stopped at step 3, the limit"),
        ("x^2", {"x": 1}, {"rate": 3}, "diverged", "a smaller rate may help"),
        ("-x^2", {"x": 1}, {"rate": 3}, "diverged", "falls to"),
        ("exp(x^2)", {"x": 2}, {"rate": 3}, "diverged", "overflow: exp(v₁)"),
        (
            "sqrt(x)",
            {"x": 0.2},
            {"rate": 1},
            "domain",
            "left the domain at step 1: not defined here: sqrt(x)",
        ),
        ("x + 1e9", {"x": 1}, {"rate": 1e-20}, "rounding", "no longer changes the point"),
        ("ln(x)", {"x": 5}, {"method": "newton"}, "diverged", "grew"),
    ],
)
def test_the_reason_to_stop_is_told(
    text: str, at: dict[str, float], options: dict[str, Any], reason: str, words: str
) -> None:
    found = descend(adcli.parse(text), at, **options)
    assert found.stop.reason == reason
    assert words in found.stop.message
    assert found.last.step <= found.stop.step


@pytest.mark.parametrize(("text", "x"), [("sigmoid(x)", 30), ("atan(x)", 1e6), ("tanh(x)", 20)])
def test_a_plateau_is_called_no_maximum(text: str, x: float) -> None:
    stop = descend(adcli.parse(text), {"x": x}).stop
    assert (stop.reason, stop.step) == ("converged", 0)
    assert "maximum" not in stop.message


def test_a_program_with_branches_is_run_at_every_step() -> None:
    program = adcli.parse("if x > 0 { y = x^2 } else { y = -3*x }; y")
    assert descend(program, {"x": -2}).last.point == pytest.approx([0], abs=1e-8)


def test_inputs_that_stand_still_keep_their_numbers() -> None:
    found = descend(adcli.parse("(x - a)^2 + a"), {"x": 0, "a": 4}, wrt=["x"])
    assert found.last.point == pytest.approx([4], abs=1e-8)
    assert found.moving == ("x",)


@pytest.mark.parametrize(
    ("text", "at", "options", "words"),
    [
        ("x*y", {"x": 1}, {}, "no start for y"),
        ("x", {"x": 1, "z": 1}, {}, 'no input is called "z"'),
        ("x, y", {"x": 1, "y": 1}, {}, "2 outputs"),
        ("x", {"x": 1}, {"rate": 0}, "the rate"),
        ("x", {"x": 1}, {"rate": math.nan}, "the rate"),
        ("x", {"x": 1}, {"tol": -1}, "the tolerance"),
        ("x", {"x": 1}, {"method": "magic"}, "no method"),
        ("3", {}, {}, "no input"),
        ("ln(x)", {"x": -1}, {}, "not defined here"),
        ("x*y", {"x": 1}, {"data": Table(("x", "y"), [(1.0, 2.0)])}, "in the data and in the point"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    text: str, at: dict[str, float], options: dict[str, Any], words: str
) -> None:
    with pytest.raises(AdcliError, match=words):
        descend(adcli.parse(text), at, **options)


def test_few_of_many_steps_are_kept_and_the_round_ones_are_among_them() -> None:
    kept, step = Kept(), 0
    while step <= 10**6:
        step = kept.keep(Record(step, (), 0.0, (), 0.0))
    steps = [record.step for record in kept.records]
    assert len(steps) <= 1100
    assert steps == sorted(set(steps))
    assert {0, 1, 2, 5, 10, 500, 20_000, 10**6} <= set(steps)


def test_an_interrupt_keeps_what_was_reached() -> None:
    def watch(step: int, _value: float, _slope: float) -> None:
        if step == 7:
            raise KeyboardInterrupt

    found = descend(adcli.parse("x^2"), {"x": 1}, watch=watch)
    assert (found.stop.reason, found.stop.step, found.last.step) == ("interrupted", 7, 7)


def by_hand(steps: int, rate: float) -> tuple[float, float]:
    """The same loop on Rosenbrock's function, its gradient derived by hand."""
    x, y = -1.2, 1.0
    old, losses = math.inf, []
    for step in range(steps):
        loss = (1 - x) ** 2 + 100 * (y - x**2) ** 2
        slopes = (-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2))
        if math.hypot(*slopes) <= 0 or loss == old:
            break
        if step % 100 == 0:
            losses.append(loss)
        old = loss
        x, y = x - rate * slopes[0], y - rate * slopes[1]
    return x, y


def test_a_hundred_thousand_steps_take_at_most_four_times_the_hand_written_loop() -> None:
    program = adcli.parse(PROBLEMS["rosenbrock"][0])
    ratios = []
    for _ in range(5):
        begin = time.process_time()
        x, y = by_hand(100_000, 5e-4)
        middle = time.process_time()
        found = descend(program, {"x": -1.2, "y": 1}, rate=5e-4, steps=100_000, tol=0)
        ratios.append((time.process_time() - middle) / (middle - begin))
        assert found.last.point == pytest.approx((x, y), abs=1e-9)
    assert min(ratios) <= 4


@pytest.mark.parametrize(
    ("text", "start", "rate", "steps", "reason"),
    [
        ("(1-x)^2 + 100*(y-x^2)^2", {"x": -1.2, "y": 1}, 5e-4, 20_000, "limit"),
        ("x^2 + 3*y^2", {"x": 4, "y": 2}, 1e-3, 20_000, "converged"),
        ("x^2 - y^2", {"x": 1, "y": 1}, 0.01, 20_000, "diverged"),
        ("sqrt(x) + y^2", {"x": 1, "y": 1}, 1e-4, 20_000, "domain"),
        ("x^2 + 1e9 + ln(y + 3)^2", {"x": 1, "y": 1}, 5e-3, 10**6, "rounding"),
        ("exp(-x) + 0*y", {"x": 1, "y": 1}, 1e-3, 5000, "limit"),
    ],
)
def test_steps_made_in_one_go_are_those_made_one_by_one(
    text: str, start: dict[str, float], rate: float, steps: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tol = 0 if reason == "rounding" else 1e-8
    quick = descend(adcli.parse(text), start, rate=rate, steps=steps, tol=tol)
    monkeypatch.setattr("adcli.study.descent.leap_of", lambda *_: None)
    slow = descend(adcli.parse(text), start, rate=rate, steps=steps, tol=tol)
    assert (quick.path, quick.stop) == (slow.path, slow.stop)
    assert quick.stop.reason == reason
    assert quick.stop.step > 2000
