"""Five ways to the same gradient, on random programs: they agree, or none of them has one."""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

import adcli
from adcli import explain
from adcli.arithmetic.ball.balls import of_bits
from adcli.engine import sweep
from adcli.errors import DomainError

sys.path.insert(0, str(Path(__file__).parent))
from random_programs import Drawn, drawn

MANY = 2_000
MORE = 20_000
EPSILON = 2.0**-52
OPEN = ("told from 0", "on which side", "cannot be decided", "has more than 17 digits", "lies too near")
UNDERFLOWS = 1e-300  # below it floats have fewer digits, and a product with them too
ROUNDED_OFF = 1e-30  # x - silu(x) is 1e-105 where floats have 0
ROUNDED = 5e-3  # so many programs of some steps lose digits in floats, which loses_digits proves of each
FINE = of_bits(17, 97, 776)  # as balls(17), which would try longer
WIDTHS = [2.0**-k for k in range(10, 19)]


class Solved(NamedTuple):
    """A program at a point: its gradient in reverse mode, and the sums of absolute path products.

    `run` is the program with its choices made; `turn` is the place of the input whose formula is tried:
    they take turns.
    """

    drawn: Drawn
    program: adcli.Program
    run: adcli.Program
    gradient: list[float]
    scale: list[float]
    turn: int


class Way(NamedTuple):
    """A way to a gradient: the numbers, or None where the way does not tell; `within` times the scale."""

    gradient: Callable[[Solved], Sequence[float] | None]
    within: float
    floor: float = 0.0
    one: bool = False  # does it tell one entry, that of the input whose turn it is?


def forward(solved: Solved) -> list[float]:
    """A sweep per input."""
    return list(adcli.grad(solved.run, solved.drawn.point, mode="forward").values())


def differences(solved: Solved) -> list[float] | None:
    """Central differences, extrapolated from two widths that agree; None where no two do, as near a kink."""
    if "floor" in solved.drawn.text:
        return None  # where its operand is steep, two widths may agree by chance
    try:
        here = adcli.value(solved.program, solved.drawn.point)
    except adcli.AdcliError:
        return None
    found = []
    for place, (name, value) in enumerate(solved.drawn.point.items()):
        before: float | None = None
        for width in WIDTHS:
            try:
                above, below = (
                    adcli.value(solved.program, {**solved.drawn.point, name: value + step})
                    for step in (width, -width)
                )
            except adcli.AdcliError:
                continue
            now = (above - below) / (2 * width)
            allowed = 1e-7 * max(1.0, abs(now))
            if 8 * EPSILON * max(abs(above), abs(below)) > allowed * width:
                break  # what is left of the difference is rounding
            if abs(above - 2 * here + below) > 0.05 * width * max(1.0, abs(now)):
                continue  # a kink or a jump, or still too wide
            if before is not None and abs(now - before) <= allowed:
                found.append(now + (now - before) / 3)
                break
            before = now
        if len(found) == place:
            return None
    return found


def certified(compute: Callable[[], list[float]], solved: Solved) -> list[float] | None:
    """What balls of 17 digits tell; None where they cannot tell a number from 0, or a branch.

    sin(pi) is 0 here, and a number to divide by where floats round it.
    """
    if any(zero in solved.drawn.text for zero in ("sin(pi)", "sinc(pi)", "tan(pi)")):
        return None
    try:
        return compute()
    except DomainError as error:
        if any(words in str(error) for words in OPEN):
            return None
        if rounds_into_its_domain(solved) or on_a_kink(solved):
            return None
        raise AssertionError(solved.drawn) from error


def rounds_into_its_domain(solved: Solved) -> bool:
    """Whether the program has no value without rounding: acos(1/erf(22)), where floats have erf(22) = 1."""
    point = {name: FINE.lift(Fraction(x)) for name, x in solved.drawn.point.items()}
    try:
        sweep.evaluate(solved.run.graph, FINE, point)
    except sweep.Undefined:
        return True
    return False


def on_a_kink(solved: Solved) -> bool:
    """Whether a sweep takes a slope by convention, where a formula has none: abs(u) at u = 0."""
    outputs = list(solved.run.outputs.values())
    lin = sweep.linearize(solved.run.graph, adcli.REAL, solved.drawn.point, None, outputs)
    return bool(explain.kinks(solved.run, lin, outputs, 1))


def formula(solved: Solved) -> list[float] | None:
    """The value of a derivative's formula, without rounding: cos(x)/x - sin(x)/x² loses digits near 0."""
    point = solved.drawn.point
    made = adcli.diff(solved.program, solved.program.inputs[solved.turn], at=point)
    place = {name: point[name] for name in made.inputs}
    return certified(lambda: [float(adcli.value(made, place, arithmetic=FINE))], solved)


def ball(solved: Solved) -> list[float] | None:
    """The middles of the balls that hold the derivatives."""
    point = solved.drawn.point
    return certified(
        lambda: list(map(float, adcli.grad(solved.program, point, arithmetic=FINE).values())), solved
    )


WAYS = {
    "forward": Way(forward, 1e-13, UNDERFLOWS),
    "differences": Way(differences, 1e-6, 1e-6),
    "formula": Way(formula, 1e-12, ROUNDED_OFF, one=True),
    "ball": Way(ball, 1e-12, ROUNDED_OFF),
}


def solve(made: Drawn) -> Solved | None:
    """The reverse gradient with its scale; None where there is none."""
    try:
        program = adcli.parse(made.text)  # a condition on constants is decided at once
        run = program.at(made.point)
        gradient = list(adcli.grad(run, made.point, mode="reverse").values())
    except DomainError:
        return None
    lin = sweep.linearize(run.graph, adcli.REAL, made.point, None, list(run.outputs.values()))
    positive = lin._replace(weights=[tuple(abs(weight) for weight in weights) for weights in lin.weights])
    sums = sweep.reverse(positive, dict.fromkeys(run.outputs.values(), 1.0))
    scale = [sums[node] for node in run.graph.inputs]
    return Solved(made, program, run, gradient, scale, len(made.text) % len(gradient))


def loses_digits(solved: Solved) -> bool:
    """Whether floats round a value or a slope on the way so far off that the result is another.

    So they do in log2(1 + 1e-15), and in the slope of cos(x) at an x of some thousands near k*pi.
    """
    graph, point, outputs = solved.run.graph, solved.drawn.point, list(solved.run.outputs.values())
    rounded = sweep.linearize(graph, adcli.REAL, point, None, outputs)
    exact = {name: FINE.lift(Fraction(x)) for name, x in point.items()}
    try:
        course = solved.program.at(exact, FINE).graph
        certain = sweep.linearize(graph, FINE, exact, None, outputs)
    except (DomainError, sweep.Undefined):  # floor(normcdf(20)): 1 - 1e-89 is 1 in floats
        return True
    if (course.op, course.args) != (graph.op, graph.args):  # erf(9) < 1 is false in floats
        return True
    pairs = [*zip(rounded.primals, certain.primals, strict=True)]
    for some, others in zip(rounded.weights, certain.weights, strict=True):
        pairs += zip(some, others, strict=True)
    return any(abs(float(right) - found) > 1e-12 * abs(float(right)) for found, right in pairs)


def cases(seed: int, many: int) -> Iterator[Drawn]:
    draw = random.Random(seed)
    for _ in range(many):
        yield drawn(draw)


def held(seed: int, many: int) -> None:
    """Every way agrees with the reverse sweep where it tells; most of the programs are told by all."""
    told: Counter[str] = Counter()
    for made in cases(seed, many):
        solved = solve(made)
        if solved is None:
            told["undefined"] += 1
            with pytest.raises(adcli.AdcliError) as refused:
                adcli.grad(made.text, made.point, mode="forward")
            assert refused.value.kind == "domain", made
            continue
        told["defined"] += 1
        for name, way in WAYS.items():
            found = way.gradient(solved)
            if found is None:
                continue
            told[name] += 1
            entries = slice(solved.turn, solved.turn + 1) if way.one else slice(None)
            for one, right, scale in zip(found, solved.gradient[entries], solved.scale[entries], strict=True):
                bound = way.within * scale + way.floor * max(1.0, abs(right)) + 8 * EPSILON * abs(right)
                if abs(one - right) <= bound:
                    continue
                told["rounded"] += 1
                assert loses_digits(solved), (name, made, one, right, scale)
    assert told["defined"] > 0.5 * many
    assert told["rounded"] <= ROUNDED * many
    assert told["forward"] == told["defined"]
    assert told["differences"] > 0.7 * told["defined"]
    assert min(told["formula"], told["ball"]) > 0.9 * told["defined"]


def test_the_ways_agree_on_two_thousand_programs() -> None:
    held(1, MANY)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 2 + MORE // MANY))
def test_the_ways_agree_on_twenty_thousand_programs(seed: int) -> None:
    held(seed, MANY)


def test_the_programs_reach_every_kind_of_step() -> None:
    solved = filter(None, map(solve, cases(1, 300)))
    ops = {op for one in solved for op in one.program.graph.op}
    assert {"add", "mul", "div", "pow", "select", "max", "sqrt", "exp", "abs", "sinc"} <= ops
    assert math.isfinite(sum(sum(made.point.values()) for made in cases(1, 10)))
