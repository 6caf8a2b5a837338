"""Four ways to a derivative agree on random programs: forward, reverse, the formula, finite differences."""

from __future__ import annotations

import math
import random
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import adcli
from adcli.arithmetic.real import REAL
from adcli.deriving import DiffAnswer, diff
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.language.program import Program

sys.path.insert(0, str(Path(__file__).parent))

import drawn

MANY = 300


def derived(seed: int, order: int = 1) -> tuple[Program, DiffAnswer] | None:
    """A random program and its derivatives; None where it cannot be run, or has no derivative anywhere."""
    chance = random.Random(seed)
    try:
        program = adcli.parse(drawn.program(chance, chance.choice((2, 3, 3, 4))))
        if program.blocked is not None or not program.inputs:
            return None
        return program, diff(program, wrt=program.inputs[:1], order=order)
    except adcli.AdcliError as error:
        if error.kind not in ("domain", "usage", "name"):
            raise
        return None


def slope_by_differences(program: Program, point: dict[str, float], name: str) -> tuple[float, float]:
    """The slope by Richardson's extrapolation of central differences, and how far it is trusted."""
    found = []
    for part in (1e-3, 5e-4, 2.5e-4):
        step = part * max(1.0, abs(point[name]))
        above, below = (adcli.value(program, {**point, name: point[name] + sign * step}) for sign in (1, -1))
        found.append((above - below) / (2 * step))
    better = [(4 * fine - coarse) / 3 for coarse, fine in pairwise(found)]
    return better[1], abs(better[1] - better[0])


@pytest.mark.parametrize("block", range(10))
def test_forward_reverse_formula_and_finite_differences_agree(block: int) -> None:
    compared = 0
    for seed in range(block * MANY // 10, (block + 1) * MANY // 10):
        made = derived(seed)
        if made is None:
            continue
        program, answer = made
        (text,) = answer.own()["derivatives"].values()
        formula = adcli.parse(text)
        chance = random.Random(seed)
        name = program.inputs[0]
        for _ in range(6):
            point = {known: chance.uniform(-2, 2) for known in program.inputs}
            try:
                (reverse,) = adcli.grad(program, point, mode="reverse", wrt=[name]).values()
                (forward,) = adcli.grad(program, point, mode="forward", wrt=[name]).values()
                value = adcli.value(formula, {known: point[known] for known in formula.inputs})
                near, doubt = slope_by_differences(program, point, name)
            except adcli.AdcliError:
                continue
            size = max(abs(reverse), 1e-3)
            if size > 1e6 or doubt > 1e-4 * size:
                continue  # too steep, or a kink or a pole is close
            compared += 1
            assert math.isclose(forward, reverse, rel_tol=1e-9, abs_tol=1e-12), (program.source, point)
            assert math.isclose(value, reverse, rel_tol=1e-7, abs_tol=1e-9), (program.source, text, point)
            assert abs(near - reverse) <= 1e-3 * size + 10 * doubt, (program.source, point)
    assert compared > 40


@pytest.mark.parametrize("block", range(4))
def test_the_second_derivative_is_the_derivative_of_the_formula(block: int) -> None:
    compared = 0
    for seed in range(1000 + 25 * block, 1025 + 25 * block):
        made, again = derived(seed), derived(seed, order=2)
        if made is None or again is None:
            continue
        (first,), (second,) = (answer.own()["derivatives"].values() for _, answer in (made, again))
        slope, bend = adcli.parse(first), adcli.parse(second)
        name = made[0].inputs[0]
        chance = random.Random(seed)
        for _ in range(4):
            point = {known: chance.uniform(-2, 2) for known in made[0].inputs}
            try:
                expected = adcli.grad(slope, {known: point[known] for known in slope.inputs}).get(name, 0.0)
                found = adcli.value(bend, {known: point[known] for known in bend.inputs})
            except adcli.AdcliError:
                continue
            compared += 1
            assert math.isclose(found, expected, rel_tol=1e-6, abs_tol=1e-8), (first, second, point)
    assert compared > 5


@pytest.mark.parametrize("seed", range(2000, 2120))
def test_the_text_of_a_formula_is_the_formula(seed: int) -> None:
    """What is printed, read again, has the value of the graph that was checked, to the last bit."""
    made = derived(seed)
    if made is None:
        return
    _, answer = made
    (row,) = answer.formulas.values()
    (formula,) = row.values()
    again = adcli.parse(next(iter(answer.own()["derivatives"].values())))
    (output,) = again.outputs.values()
    chance = random.Random(seed)
    for _ in range(5):
        point = {formula.graph.data[node]: chance.uniform(0.1, 2) for node in formula.graph.inputs}
        try:
            ours = sweep.evaluate(formula.graph, REAL, point)[formula.node]
        except Undefined:
            continue
        decided = again.at(point)
        (output,) = decided.outputs.values()
        assert sweep.evaluate(decided.graph, REAL, point)[output] == ours


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("acos(x)^(x*y)", 3),  # powers of 1 - x² and of x² - 1 in one product
        ("(acos(x)^relu(x) - x)^(1/2)", 3),
        ("x^e", 2),  # e as an exponent
        ("min(x, x)*y", 1),
        ("sqrt(x)*y/min(x, min(y, x))", 1),
        ("max(if(x < y, x, y), x)*y", 1),
        ("1/(1 - x) + 1/(x - 1)^3", 2),
        ("sqrt(1 - x^2)/(x^2 - 1)^2", 2),
        ("|x|^3", 3),
        ("cbrt(x)^4", 2),
        ("relu(x)^gamma(y)", 1),  # 0 to a power has a slope too
        ("min(erf(x), sign(y))", 1),  # equal by rounding
        ("(x^2*y)^1.5", 2),
        ("sqrt(12*x)*sqrt(y/3)", 1),
    ],
)
def test_formulas_that_once_were_wrong_or_might_be(text: str, order: int) -> None:
    program = adcli.parse(text)
    answer = diff(program, wrt=["x"], order=order)  # checks itself at each order
    assert not any(note.code == "unchecked" for note in answer.notes)
    assert answer.own()["derivatives"]["x"]


@pytest.mark.parametrize("seed", range(4000, 4040))
def test_third_derivatives_pass_their_own_check(seed: int) -> None:
    made = derived(seed, order=3)
    assert made is None or made[1].formulas
