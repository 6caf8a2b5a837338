"""The right calculation of another task: another point, degrees for radians, another logarithm."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

from adcli.mistakes.hypothesis import Example, Hypothesis
from adcli.mistakes.scene import Action, Change, Scene
from adcli.mistakes.single import local

ANGLES = ("sin", "cos", "tan", "sec", "csc", "cot")
TO_ANGLES = ("asin", "acos", "atan", "acot", "atan2")


def points(
    code: str,
    others: Callable[[Scene], Iterator[tuple[dict[int, float], str]]],
    words: str,
    common: int,
    example: Example,
) -> Hypothesis:
    """The right derivatives at another point."""

    def changes(scene: Scene) -> Iterator[Change]:
        for point, said in others(scene):
            if any(scene.primals[node] != value for node, value in point.items()):
                yield Change(point=point, words=said)

    return Hypothesis(code, "global", changes, words, common, example)


def swapped_point(scene: Scene) -> Iterator[tuple[dict[int, float], str]]:
    """Two inputs with each other's values."""
    for one, other in combinations(scene.near, 2):
        x, y = map(scene.labels.name, (one, other))
        yield (
            {one: scene.primals[other], other: scene.primals[one]},
            f"the values of {x} and {y} are swapped at the point",
        )


def negated_point(scene: Scene) -> Iterator[tuple[dict[int, float], str]]:
    """One input, or all of them, with the opposite sign."""
    inputs = scene.graph.inputs
    for node in inputs:
        yield (
            {node: -scene.primals[node]},
            f"{scene.labels.name(node)} was taken with the wrong sign",
        )
    if len(inputs) > 1:
        yield {node: -scene.primals[node] for node in inputs}, "all inputs were taken with the wrong sign"


def acting(scene: Scene, ops: Sequence[str], act: Callable[[str], Action], words: str) -> Iterator[Change]:
    """All steps of some operations done otherwise."""
    found = {node: act(scene.graph.op[node]) for node in scene.steps if scene.graph.op[node] in ops}
    if found:
        yield Change(actions=found, words=words)


def in_degrees(op: str, scale: float = 1.0) -> Action:
    """A trigonometric function on a calculator set to degrees, with slopes `scale` times those of radians."""

    def act(operands: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        if op in ANGLES:
            value, slopes = local(op, [math.radians(x) for x in operands], [1] * len(operands))
            return value, tuple(scale * slope for slope in slopes)
        value, slopes = local(op, operands, [1] * len(operands))
        return math.degrees(value), tuple(slope / scale for slope in slopes)

    return act


def as_log10(slope: Callable[[float], float]) -> Action:
    """The decimal logarithm in place of the natural one, with a derivative of its own."""
    return lambda operands: (math.log10(operands[0]), (slope(operands[0]),))


DEGREES = "the angle is in radians: a calculator was set to degrees"
NATURAL = "ln is the natural logarithm, and log10 was taken"


def degrees(scene: Scene) -> Iterator[Change]:
    """Trigonometric functions in degrees: with the derivatives of radians, or with the factor π/180."""
    for scale in (1.0, math.pi / 180):
        yield from acting(scene, (*ANGLES, *TO_ANGLES), partial(in_degrees, scale=scale), DEGREES)


def log10_for_ln(scene: Scene) -> Iterator[Change]:
    """log10 for ln: in the value alone, or in the derivative too."""
    for slope in (lambda x: 1 / x, lambda x: 1 / (x * math.log(10))):
        yield from acting(scene, ("ln",), lambda _op, slope=slope: as_log10(slope), NATURAL)  # type: ignore[misc]


SETTINGS = (
    Hypothesis(
        "degrees", "global", degrees, DEGREES, 9, Example("sin(x)", {"x": 2}, {"x": 0.9993908270190958})
    ),
    Hypothesis(
        "log10-for-ln",
        "global",
        log10_for_ln,
        NATURAL,
        6,
        Example("x*ln(x)", {"x": 2}, {"x": 1.3010299956639813}),
    ),
    points(
        "swapped-point",
        swapped_point,
        "the values of two inputs are swapped",
        7,
        Example("x^2*y + 2*y", {"x": 1, "y": 3}, {"x": 6, "y": 11}),
    ),
    points(
        "negated-point",
        negated_point,
        "an input has the wrong sign",
        6,
        Example("x^2 + x", {"x": 2}, {"x": -3}),
    ),
)
