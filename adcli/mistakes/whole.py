"""Mistakes about the whole question: another entry, another output, another task."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from adcli.mistakes.hypothesis import Example, Hypothesis
from adcli.mistakes.integral import integral
from adcli.mistakes.scene import Asked, Change, Run, Scene

Read = Callable[[Run, Asked], float | None]
DERIVATIVES = ("gradient", "jacobian")
ANGLES = ("sin", "cos", "tan", "sec", "csc", "cot")
TO_ANGLES = ("asin", "acos", "atan", "acot", "atan2")


def whole(
    code: str, reads: Callable[[Scene], Iterator[tuple[Read, str]]], words: str, common: int, example: Example
) -> Hypothesis:
    """An answer that is another number than the one asked for; `reads` yields which, and its sentence."""

    def changes(scene: Scene) -> Iterator[Change]:
        for read, said in reads(scene):
            yield Change(reads=read, words=said)

    return Hypothesis(code, "global", changes, words, common, example)


def swapped_entries(scene: Scene) -> Iterator[tuple[Read, str]]:
    """Two entries of the gradient in each other's place."""
    for one, other in combinations(scene.near, 2):
        turned = {one: other, other: one}

        def read(run: Run, asked: Asked, turned: Mapping[int, int] = turned) -> float | None:
            if asked.kind not in DERIVATIVES or asked.source not in turned:
                return None
            return run.plain(asked._replace(source=turned[asked.source]))

        x, y = map(scene.labels.name, (one, other))
        yield read, f"the entries of {x} and {y} are swapped"


def transposed(scene: Scene) -> Iterator[tuple[Read, str]]:
    """A square Jacobian with rows for columns."""
    outputs = list(scene.program.outputs.values())
    if len(outputs) != len(scene.columns) or len(outputs) < 2:
        return

    def read(run: Run, asked: Asked) -> float | None:
        if asked.kind != "jacobian":
            return None
        row, column = outputs.index(asked.target), list(scene.columns).index(asked.source)
        return run.plain(asked._replace(target=outputs[column], source=scene.columns[row]))

    yield read, "the Jacobian is transposed: a row belongs to an output, a column to an input"


def other_output(scene: Scene) -> Iterator[tuple[Read, str]]:
    """The derivatives of another output."""
    for output, node in scene.program.outputs.items():
        if node != scene.output:

            def read(run: Run, asked: Asked, node: int = node) -> float | None:
                return (
                    run.plain(asked._replace(target=node)) if asked.kind in {"gradient", "adjoint"} else None
                )

            yield read, f"these are derivatives of the output {output}"


def value_for_derivative(scene: Scene) -> Iterator[tuple[Read, str]]:
    """The value where the derivative is asked for: in one entry or in all."""
    one_by_one = [(column,) for column in scene.columns]
    several = [tuple(scene.columns)] if len(scene.columns) > 1 else []
    for chosen in (*several, *one_by_one):

        def read(run: Run, asked: Asked, chosen: Sequence[int] = chosen) -> float | None:
            return run.primals[asked.target] if asked.kind in DERIVATIVES and asked.source in chosen else None

        at = f" by {scene.labels.name(chosen[0])}" if several and len(chosen) == 1 else ""
        yield read, f"this is the value, not the derivative{at}"


def derivative_for_value(scene: Scene) -> Iterator[tuple[Read, str]]:
    """The derivative where the value is asked for."""
    for column in scene.columns:

        def read(run: Run, asked: Asked, column: int = column) -> float | None:
            return run.plain(Asked("gradient", asked.target, column)) if asked.kind == "value" else None

        yield read, f"this is the derivative by {scene.labels.name(column)}, not the value"


def negated(_scene: Scene) -> Iterator[tuple[Read, str]]:
    """All derivatives with the opposite sign."""
    yield (
        lambda run, asked: -run.plain(asked) if asked.derived else None,
        "all signs are turned: this is minus the gradient",
    )


def summed(scene: Scene) -> Iterator[tuple[Read, str]]:
    """Every entry is the sum of all partial derivatives: the other variables were differentiated too."""
    if len(scene.columns) > 1:

        def read(run: Run, asked: Asked) -> float | None:
            if asked.kind not in DERIVATIVES:
                return None
            return math.fsum(run.plain(asked._replace(source=column)) for column in scene.columns)

        yield read, "the other variables were differentiated too: in a partial derivative they are constants"


def normalised(scene: Scene) -> Iterator[tuple[Read, str]]:
    """The gradient divided by its length."""
    if len(scene.columns) > 1:

        def read(run: Run, asked: Asked) -> float | None:
            if asked.kind != "gradient":
                return None
            length = math.hypot(*(run.plain(asked._replace(source=column)) for column in scene.columns))
            return run.plain(asked) / length if length else None

        yield read, "this is the direction of the gradient: it was divided by its length"


def seeded_by_value(_scene: Scene) -> Iterator[tuple[Read, str]]:
    """A sweep that starts with the value of the output, or of the input, and not with 1."""

    def read(run: Run, asked: Asked) -> float | None:
        if not asked.derived:
            return None
        start = asked.source if asked.kind == "tangent" else asked.target
        return run.plain(asked) * run.primals[start]

    yield read, "the sweep starts with 1, not with a value"


def tangents_for_adjoints(scene: Scene) -> Iterator[tuple[Read, str]]:
    """Tangents where adjoints are asked for, and the other way round."""
    for column in scene.columns:

        def read(run: Run, asked: Asked, column: int = column) -> float | None:
            return run.tangents(column)[asked.source] if asked.kind == "adjoint" else None

        yield read, f"these are the tangents by {scene.labels.name(column)}, not the adjoints"

    def other(run: Run, asked: Asked) -> float | None:
        return run.adjoints(scene.output)[asked.target] if asked.kind == "tangent" else None

    yield other, "these are the adjoints, not the tangents"


def values_for_adjoints(_scene: Scene) -> Iterator[tuple[Read, str]]:
    """The steps' values where adjoints or tangents are asked for."""

    def read(run: Run, asked: Asked) -> float | None:
        if asked.kind == "adjoint":
            return run.primals[asked.source]
        return run.primals[asked.target] if asked.kind == "tangent" else None

    yield read, "these are the values of the steps, not their derivatives"


def integrated(scene: Scene) -> Iterator[tuple[Read, str]]:
    """The antiderivative where the derivative is asked for."""

    def read(run: Run, asked: Asked) -> float | None:
        if asked.kind not in DERIVATIVES:
            return None
        known = integral(scene.graph, run.primals, scene.depends(asked.source), asked.target, asked.source)
        return math.nan if known is None else known

    if scene.columns:
        yield read, "this was integrated, not differentiated"


WHOLE = (
    whole(
        "swapped-entries",
        swapped_entries,
        "two entries of the gradient are swapped",
        9,
        Example("x^2*y + 2*y", {"x": 1, "y": 2}, {"x": 3, "y": 4}),
    ),
    whole(
        "transposed-jacobian",
        transposed,
        "the Jacobian is transposed",
        8,
        Example("x^2, x*y", {"x": 2, "y": 5}, {"f1/x": 4, "f1/y": 5, "f2/x": 0, "f2/y": 2}, kind="jacobian"),
    ),
    whole(
        "integrated",
        integrated,
        "this was integrated, not differentiated",
        7,
        Example("3*x^2 + sin(2*x)", {"x": 2}, {"x": 8.326821810431806}),
    ),
    whole(
        "value-for-derivative",
        value_for_derivative,
        "this is the value, not the derivative",
        6,
        Example("x^3 + x", {"x": 2}, {"x": 10}),
    ),
    whole(
        "derivative-for-value",
        derivative_for_value,
        "this is the derivative, not the value",
        5,
        Example("x^3 + x", {"x": 2}, {"f": 13}, kind="value"),
    ),
    whole(
        "negated", negated, "all signs are turned", 6, Example("x^2*y", {"x": 1, "y": 3}, {"x": -6, "y": -1})
    ),
    whole(
        "other-variables-too",
        summed,
        "the other variables were differentiated too",
        5,
        Example("x^2*y", {"x": 1, "y": 3}, {"x": 7, "y": 7}),
    ),
    whole(
        "normalised",
        normalised,
        "the gradient was divided by its length",
        3,
        Example("3*x + 4*y", {"x": 1, "y": 3}, {"x": 0.6, "y": 0.8}),
    ),
    whole(
        "seeded-by-value",
        seeded_by_value,
        "the sweep starts with 1",
        4,
        Example("x^2*y", {"x": 1, "y": 3}, {"x": 18, "y": 3}),
    ),
    whole(
        "other-output",
        other_output,
        "these are derivatives of another output",
        5,
        Example("x^2*y, x + y", {"x": 1, "y": 3}, {"x": 1, "y": 1}),
    ),
    whole(
        "tangents-for-adjoints",
        tangents_for_adjoints,
        "tangents and adjoints are exchanged",
        4,
        Example("x^2*y", {"x": 2, "y": 3}, {"v1": 4, "x": 1, "y": 0}, kind="adjoint"),
    ),
    whole(
        "values-for-adjoints",
        values_for_adjoints,
        "these are the values of the steps",
        4,
        Example("x^2*y", {"x": 2, "y": 3}, {"v1": 4, "x": 2, "y": 3}, kind="adjoint"),
    ),
)
