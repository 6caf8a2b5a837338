"""Generated code runs and gives adcli's numbers: worked examples, random programs, every primitive, kinks."""

from __future__ import annotations

import json
import math
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.graph import cone
from adcli.notation import Piece, write
from adcli.primitives import TABLE

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "laws"))
from generated import Case, far, flat, run_c, run_python, wanted
from random_programs import drawn

needs_cc = pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler that is called cc")
LANGUAGES = [
    pytest.param("python"),
    pytest.param("numpy"),
    pytest.param("c", marks=(pytest.mark.cc, needs_cc)),
]
DATA = Path(__file__).parents[1] / "data"
EXAMPLES = [
    entry
    for entry in json.loads((DATA / "worked_examples.json").read_text(encoding="utf-8"))
    if "program" in entry and "needs" not in entry
]
NUMBERS = 1e-13
NEAR_ZERO = 2e-15  # what a function of the C library may miss at a zero


def run(cases: list[Case], to: str, folder: Path) -> list[list[Any]]:
    return run_c(cases, folder) if to == "c" else run_python(cases, to)


def check(cases: list[Case], to: str, folder: Path, within: float = NUMBERS) -> int:
    """Hold every number against adcli's; how many points were defined."""
    told = 0
    for case, found in zip(cases, run(cases, to, folder), strict=True):
        for point, value in zip(case.points, found, strict=True):
            right = wanted(case, point)
            numbers = [] if isinstance(value, str) else flat(value)
            fine = bool(numbers) and all(map(math.isfinite, numbers))
            if right is None:
                assert not fine or may_be_given(case, point), (to, case, point, value)
                continue
            told += 1
            assert fine, (to, case, point, value, right)
            close = all(abs(one - other) <= NEAR_ZERO for one, other in zip(numbers, right, strict=True))
            bound = within * shaken(case, point, right)
            assert close or far(numbers, right) <= bound, (to, case, point, numbers, right)
    return told


def shaken(case: Case, point: dict[str, float], right: list[float]) -> float:
    """How much more than an input the answer moves, both relatively; at least 1."""
    moved = wanted(case, {name: value * (1 + 2.0**-40) for name, value in point.items()})
    return 1.0 if moved is None else max(1.0, far(moved, right) * 2.0**40)


def may_be_given(case: Case, point: dict[str, float]) -> bool:
    """Whether code may have a number where adcli has none.

    The undefined step may be one that no output needs, which code leaves out; or the value exists and a
    slope is infinite or one of two.
    """
    try:
        run = adcli.parse(case.program).at(point)
    except adcli.AdcliError:
        return True  # a condition without a value, which may decide what nobody needs
    needed = cone(run.graph, run.outputs.values())
    values: dict[int, float] = {}
    try:
        for node, (op, args, data, _) in enumerate(run.graph):
            if op == "input":
                values[node] = point[data]
            elif needed[node]:
                values[node] = (
                    adcli.REAL.function(op)(*[values[arg] for arg in args]) if args else adcli.REAL.lift(data)
                )
                if not math.isfinite(values[node]):
                    return False
    except (ValueError, ZeroDivisionError, OverflowError):
        return False
    return True


@pytest.mark.parametrize("to", LANGUAGES)
def test_worked_examples(to: str, tmp_path: Path) -> None:
    cases = []
    for entry in EXAMPLES:
        text = entry["program"]
        program = adcli.parse(text)
        point = {name: float(entry["point"][name]) for name in program.inputs}
        cases += [Case(text, what, [point]) for what in ("value", "gradient", "jacobian")]
    assert check(cases, to, tmp_path) == len(cases) > 90


def test_values_of_worked_examples_are_equal_in_every_bit() -> None:
    cases = []
    for entry in EXAMPLES:
        program = adcli.parse(entry["program"])
        if {TABLE[op].family for op in program.graph.op if op in TABLE} <= {
            "arithmetic",
            "trigonometric",
            "elementary",
        }:
            cases.append(
                Case(entry["program"], "value", [{n: float(entry["point"][n]) for n in program.inputs}])
            )
    assert len(cases) > 20
    for case, found in zip(cases, run_python(cases), strict=True):
        assert flat(found) == wanted(case, case.points[0]), case


GRADIENTS = (
    "x*y + sin(x)*exp(y)",
    "x^2*y + 2*y",
    "exp(x)*cos(y) - x*y*x",
    "ln(x)*y + sqrt(y)",
    "atan(x*y)*x",
)


def test_gradients_of_the_same_operations_are_equal_in_every_bit() -> None:
    draw = random.Random(5)
    points = [{"x": draw.uniform(0.1, 3), "y": draw.uniform(0.1, 3)} for _ in range(50)]
    cases = [Case(text, "gradient", points) for text in GRADIENTS[:3]]
    for case, found in zip(cases, run_python(cases), strict=True):
        for point, numbers in zip(points, found, strict=True):
            assert numbers == wanted(case, point), (case.program, point)


def of_primitive(op: str) -> Case | None:
    """A call of a primitive at its special points and at random ones; None for what has no value of its own."""
    row = TABLE[op]
    if row.helper or op in ("lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"):
        return None
    names = ["x", "y", "z"][: len(row.args) + row.variadic]
    ranges = [row.ranges[min(place, len(row.ranges) - 1)] for place in range(len(names))]
    special: list[dict[str, float]] = [
        dict(zip(names, map(float, point), strict=True)) for point in row.points if len(point) == len(names)
    ]
    text = write(op, [Piece(name) for name in names]).text
    if op == "select":
        text = "if(x > 0, y, z)"
    if op == "polygamma":
        text, names, ranges, special = "polygamma(3, x)", ["x"], ranges[1:], [{"x": -1.5}, {"x": -41.25}]
    draw = random.Random(op)
    usual = [{name: draw.uniform(*one) for name, one in zip(names, ranges, strict=True)} for _ in range(8)]
    return Case(text, "value", usual + [point for point in special if tuple(point.values()) not in EXTREME])


# Here adcli takes the power apart; y*x^(y - 1) overflows on the way to 1e305.
EXTREME = {(1e-310, 1e-05)}


@pytest.mark.parametrize("to", LANGUAGES)
@pytest.mark.parametrize("what", ["value", "gradient"])
def test_every_primitive(to: str, what: str, tmp_path: Path) -> None:
    cases = [case._replace(what=what) for op in TABLE if (case := of_primitive(op))]
    assert len(cases) > 55
    check(cases, to, tmp_path)


@pytest.mark.parametrize("to", LANGUAGES)
def test_random_programs(to: str, tmp_path: Path) -> None:
    draw = random.Random(11)
    cases: list[Case] = []
    while len(cases) < 80:
        made = drawn(draw)
        try:
            program = adcli.parse(made.text)
        except adcli.AdcliError:
            continue  # a condition on constants that has no value
        if program.blocked is None:
            points = [made.point] + [
                {name: round(draw.uniform(-2.5, 2.5), 2) for name in made.point} for _ in range(3)
            ]
            cases.append(Case(made.text, draw.choice(["value", "gradient"]), points))
    assert check(cases, to, tmp_path, within=1e-12) > 150
