"""Students with random programs, each of whom makes one mistake of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import adcli
from adcli.answers.running import sweep_once
from adcli.engine.undefined import Undefined
from adcli.errors import AdcliError
from adcli.language.program import Program
from adcli.mistakes import CATALOGUE, Claim
from adcli.mistakes.hypothesis import Hypothesis
from adcli.mistakes.scene import Asked, Change, Scene
from adcli.mistakes.slips import TEXTS, written
from adcli.mistakes.staging import staged

if TYPE_CHECKING:
    import random

DIGITS = 6
BINARY = ("{} + {}", "{} - {}", "{}*{}", "{}*{}", "{}/{}")
UNARY = (
    "sin({})", "cos({})", "tan({})", "exp({})", "ln({})", "sqrt({})", "{}^2", "{}^3", "-{}", "1/{}", "{} + 2",
    "3*{}", "5 - {}", "atan({})", "tanh({})", "sigmoid({})", "2^{}", "log10({})", "asin({})", "cosh({})",
)  # fmt: skip


class Homework(NamedTuple):
    """A program at a point."""

    program: Program
    at: dict[str, float]


class Case(NamedTuple):
    """A student's numbers, and what was done wrong where."""

    homework: Homework
    level: str
    mode: str
    claims: list[Claim]
    hypothesis: Hypothesis
    change: Change
    places: frozenset[int]  # of a table, the rows of `claims` in which the mistake is


def homework(rng: random.Random) -> Homework:
    """A random program at a point where all of its numbers have a readable size."""
    while True:
        names = ["x", "y", "w"][: rng.randint(1, 3)]
        at = {name: round(rng.uniform(0.3, 2.5), 2) for name in names}
        steps, free = list(names), list(names)
        lines = []
        for i in range(rng.randint(3, 12)):
            form = rng.choice(BINARY if rng.random() < 0.5 else UNARY)
            taken = [
                free.pop(rng.randrange(len(free))) if free and rng.random() < 0.7 else rng.choice(steps)
                for _ in range(form.count("{}"))
            ]
            lines.append(f"s{i} = {form.format(*taken)}")
            steps.append(f"s{i}")
            free.append(f"s{i}")
        rest = free[:-1]
        lines.append(f"s{len(lines)} = {' + '.join([free[-1], *rest])}")
        try:
            program = adcli.parse("\n".join([f"input {', '.join(names)}", *lines]))
            trace = sweep_once(program, at, "reverse", None, None, None, strict=False)[0]
        except AdcliError:
            continue
        numbers = [abs(trace.value(node)) for node in trace.rows] + [
            abs(trace.number(node) or 0.0) for node in trace.swept
        ]
        if max(numbers) < 1e4 and all(trace.number(node) for node in program.graph.inputs):
            return Homework(program, at)


def claim(asked: Asked, value: float, ids: Sequence[str]) -> Claim:
    """A number as it is written down, with a unit of its last digit as slack."""
    text = f"{value:.{DIGITS - 1}e}"
    slack = 10.0 ** (int(text.partition("e")[2]) + 1 - DIGITS) if value else 1e-9
    name = ids[asked.source if asked.kind in {"adjoint", "gradient"} else asked.target]
    return Claim(asked.kind, name, float(text), slack)


def asked_of(given: Homework, level: str, mode: str) -> list[Asked]:
    """What a student hands in."""
    program = given.program
    end = next(iter(program.outputs.values()))
    trace = sweep_once(program, given.at, mode, None, None, None, strict=False)[0]
    gradient = [Asked("gradient", end, node) for node in program.graph.inputs]
    if level == "gradient":
        return gradient
    sweep = [
        Asked("adjoint", end, node) if mode == "reverse" else Asked("tangent", node, 0)
        for node in trace.swept
    ]
    if level == "adjoints":
        return sweep
    return [Asked("step", node) for node in trace.rows] + sweep


def student(given: Homework, level: str, rng: random.Random) -> Case | None:
    """One student's numbers with one mistake; None when a draw changes no number or has none."""
    hypothesis = rng.choice(CATALOGUE)
    forward = hypothesis.code in {
        "outer-at-inner-derivative",
        "product-of-derivatives",
        "quotient-of-derivatives",
        "constant-kept",
        "constant-as-one",
    }
    if forward and level == "adjoints":
        return None
    mode = "forward" if forward else "reverse"
    asked = asked_of(given, level, mode)
    ids = given.program.ids
    right = [claim(one, 1.0, ids) for one in asked]
    scene, _ = staged(given.program, given.at, right, None, None, mode)
    change = drawn(hypothesis, scene, asked, rng)
    run = scene.rerun(change) if change is not None else None
    if change is None or run is None:
        return None
    try:
        claims = [claim(one, run.number(one), ids) for one in asked]
    except (Undefined, OverflowError, ValueError):
        return None
    expected = [scene.right.number(one) for one in asked]
    differ = [
        i for i, (one, number) in enumerate(zip(claims, expected, strict=True)) if not one.meets(number)
    ]
    if not differ:
        return None
    places = (
        frozenset(i for i in acted(change, scene, asked) if level == "table")
        if change.reads is None
        else frozenset(differ)
    )
    if level == "table" and not places & set(differ):
        return None
    return Case(given, level, mode, claims, hypothesis, change, places)


def drawn(hypothesis: Hypothesis, scene: Scene, asked: Sequence[Asked], rng: random.Random) -> Change | None:
    """One of the changes of an entry; a slip is made in one of the numbers."""
    if hypothesis.scope == "slip":
        one = rng.choice(asked)
        right = float(f"{scene.right.number(one):.{DIGITS - 1}e}")
        texts = list(TEXTS[hypothesis.code](repr(right))) if "e" not in repr(right) else []
        return written(one, float(rng.choice(texts))) if texts else None
    changes = list(hypothesis.changes(scene))
    return rng.choice(changes) if changes else None


def acted(change: Change, scene: Scene, asked: Sequence[Asked]) -> Iterator[int]:
    """The rows in which a mistake is made."""
    graph = scene.graph
    steps = {*change.values, *change.actions, *change.point}
    sums = {*change.adjoints, *change.tangent_numbers, *change.tangents}
    sums |= {arg for node in change.actions for arg in graph.args[node]}  # it had another slope, too
    sums |= {user if scene.mode == "forward" else graph.args[user][slot] for user, slot in change.weights}
    for i, one in enumerate(asked):
        if (
            (one.kind == "step" and one.target in steps)
            or (one.kind == "adjoint" and one.source in sums)
            or (one.kind == "tangent" and one.target in sums)
        ):
            yield i
