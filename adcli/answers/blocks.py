"""Derivatives of programs with arrays: a gradient in the shapes of its inputs, a Jacobian in blocks.

A Jacobian has a row per entry of the outputs and a column per entry of the inputs, arrays row by row
(numerator layout). A forward sweep gives a column of it, a reverse sweep a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any, Literal

from adcli import engine
from adcli.engine.sweep import Linearization
from adcli.errors import UsageError
from adcli.graph import Shape
from adcli.primitives.shapes import MOST_ENTRIES

Mode = Literal["none", "forward", "reverse"]
Matrix = list[list[float]]


def entries(lin: Linearization, nodes: Sequence[int]) -> int:
    """How many numbers some nodes have together."""
    return sum(prod(lin.graph.shape[node]) for node in nodes)


def units(shape: Shape) -> Iterator[Any]:
    """The seeds of a node: 1 at one entry and 0 elsewhere, row by row."""
    if not shape:
        yield 1.0
        return
    import numpy as np  # there are arrays, so it has been loaded

    for place in range(prod(shape)):
        seed = np.zeros(shape)
        seed.flat[place] = 1.0
        yield seed


def flat(value: Any) -> list[float]:
    """The entries of a value, row by row; never -0.0."""
    return (value.ravel() + 0.0).tolist() if hasattr(value, "shape") else [value + 0.0]


def dense(lin: Linearization, outputs: Sequence[int], columns: Sequence[int], mode: Mode) -> Matrix:
    """The whole Jacobian. UsageError where it has too many entries, before any sweep is made."""
    size = entries(lin, outputs) * entries(lin, columns)
    if size > MOST_ENTRIES:
        raise UsageError(
            f"the Jacobian has {size} entries; the limit is {MOST_ENTRIES}",
            hint="choose inputs with --wrt, or differentiate one number: sum(...)",
        )
    if mode == "reverse":
        return [
            [entry for column in columns for entry in flat(adjoints[column])]
            for output in outputs
            for seed in units(lin.graph.shape[output])
            for adjoints in [engine.reverse(lin, {output: seed}, set(columns))]
        ]
    sent = [
        [entry for output in outputs for entry in flat(tangents[output])]
        for column in columns
        for seed in units(lin.graph.shape[column])
        for tangents in [engine.forward(lin, {column: seed})]
    ]
    return (
        [list(row) for row in zip(*sent, strict=True)] if sent else [[] for _ in range(entries(lin, outputs))]
    )


def gradient(lin: Linearization, output: int, columns: Sequence[int], mode: Mode) -> list[Any]:
    """The gradient of one number: for each input a float, or an array of the input's shape."""
    if mode == "reverse":
        adjoints = engine.reverse(lin, {output: 1.0}, set(columns))
        return [adjoints[column] + 0.0 for column in columns]
    (row,) = dense(lin, [output], columns, mode)
    found: list[Any] = []
    start = 0
    for column in columns:
        shape = lin.graph.shape[column]
        part = row[start : start + prod(shape)]
        start += prod(shape)
        found.append(shaped(part, shape))
    return found


def shaped(numbers: list[float], shape: Shape) -> Any:
    """Some numbers in a shape."""
    if not shape:
        return numbers[0]
    import numpy as np  # as above

    return np.array(numbers).reshape(shape)


def blocks(
    lin: Linearization, matrix: Matrix, outputs: Mapping[str, int], inputs: Mapping[str, int]
) -> dict[str, dict[str, Matrix]]:
    """The Jacobian's parts by output and input."""
    found: dict[str, dict[str, Matrix]] = {}
    top = 0
    for name, output in outputs.items():
        height = prod(lin.graph.shape[output])
        found[name] = {}
        left = 0
        for by, column in inputs.items():
            width = prod(lin.graph.shape[column])
            found[name][by] = [row[left : left + width] for row in matrix[top : top + height]]
            left += width
        top += height
    return found


def transposed(matrix: Matrix) -> Matrix:
    """The matrix of the denominator layout."""
    return [list(column) for column in zip(*matrix, strict=True)]
