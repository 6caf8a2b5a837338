"""Every rule on arrays: push and pull belong together, and give what differences and JAX give."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from adcli.arithmetic.tensor import TENSOR
from adcli.engine import operation_on, shape_of
from adcli.engine.sweep_arrays import (
    along,
    fit,
    forward,
    linearize,
    reverse,
    slope_of,
    stretch,
    value_of,
    watchful,
)
from adcli.graph import Graph
from adcli.primitives import ARRAYS, TABLE, LinearMap
from adcli.primitives.shapes import of_value

Cases = list[tuple[Any, tuple[tuple[int, ...], ...]]]
VECTORS: Cases = [(None, ((3, 1),)), (None, ((1, 4),)), (None, ((1, 1),)), (None, ((),))]
ALONG: Cases = [*VECTORS, (None, ((2, 3),)), (1, ((2, 3),)), (2, ((2, 3),)), (1, ((4, 1),)), (2, ((4, 1),))]
PAIRS: Cases = [(None, ((3, 1), (3, 1))), (None, ((1, 3), (3, 1))), (None, ((1, 1), ())), (None, ((), ()))]
CASES: dict[str, Cases] = {
    "matmul": [
        (None, pair)
        for pair in [((2, 3), (3, 4)), ((2, 3), (3, 1)), ((1, 3), (3, 1)), ((3, 1), (1, 2)), ((1, 1), (1, 1)),
                     ((), (1, 3)), ((3, 1), ()), ((1, 1), (1, 3))]
    ],
    "transpose": [(None, ((2, 3),)), (None, ((3, 1),)), (None, ((),))],
    "sum": ALONG, "mean": ALONG, "logsumexp": ALONG, "max_entry": ALONG, "min_entry": ALONG,
    "softmax": [*VECTORS, (1, ((2, 3),)), (2, ((2, 3),))],
    "dot": PAIRS, "norm": [*VECTORS, (None, ((2, 3),))],
    "outer": [(None, ((3, 1), (2, 1))), (None, ((1, 3), (2, 1))), (None, ((1, 1), (4, 1))), (None, ((), (2, 1)))],
    "trace": [(None, ((3, 3),)), (None, ((),))], "det": [(None, ((n, n),)) for n in (1, 2, 3, 5)],
    "inv": [(None, ((n, n),)) for n in (1, 2, 3)],
    "solve": [(None, ((3, 3), (3, 1))), (None, ((3, 3), (3, 2))), (None, ((1, 1), ())), (None, ((2, 2), (2, 1)))],
    "concat": [(None, ((2, 3), (1, 3))), (2, ((2, 3), (2, 1))), (None, ((2, 1), (), (3, 1))), (1, ((), ()))],
    "array": [((3, 1), ((),) * 3), ((2, 2), ((),) * 4)],
    "index": [((2,), ((3, 1),)), ((2,), ((1, 3),)), (((2, 3),), ((4, 1),)), ((1, 2), ((2, 3),)),
              ((1, (None, None)), ((2, 3),)), (((None, None), 2), ((2, 3),)), (((1, 2), (2, 3)), ((2, 3),))],
}  # fmt: skip
EVERY = [
    pytest.param(op, data, shapes, id=f"{op}-{data}-{shapes}")
    for op, rows in CASES.items()
    for data, shapes in rows
]


def drawn(rng: random.Random, shape: tuple[int, ...]) -> Any:
    made = np.array([rng.uniform(0.3, 2.0) * rng.choice((-1, 1)) for _ in range(int(np.prod(shape)))])
    return made.reshape(shape) if shape else float(made[0])


def inner(x: Any, y: Any) -> float:
    assert of_value(x) == of_value(y)
    return float(np.sum(np.asarray(x) * np.asarray(y)))


def test_every_row_has_cases() -> None:
    assert set(CASES) == set(ARRAYS) - {"onehot", "ones", "eye"}


@pytest.mark.parametrize(("op", "data", "shapes"), EVERY)
def test_push_and_pull_are_adjoint_and_agree_with_differences(op: str, data: Any, shapes: Any) -> None:
    rng = random.Random(f"{op}{data}{shapes}")
    args = [drawn(rng, shape) for shape in shapes]
    shape = shape_of(op, data, shapes)
    z = value_of(0, op, data, shape, args)
    assert of_value(z) == shape
    for slot, own in enumerate(shapes):
        weight = slope_of(0, op, data, slot, z, args)
        assert isinstance(weight, LinearMap)
        tangent, adjoint = drawn(rng, own), drawn(rng, shape)
        with watchful():
            pushed = stretch(along(weight, tangent, "push"), shape)
            pulled = fit(along(weight, adjoint, "pull"), own)
        assert inner(adjoint, pushed) == pytest.approx(inner(pulled, tangent), rel=1e-12, abs=1e-12)
        step = 1e-6
        ends = [
            value_of(
                0,
                op,
                data,
                shape,
                [x + sign * step * tangent if k == slot else x for k, x in enumerate(args)],
            )
            for sign in (1, -1)
        ]
        slope = (np.asarray(ends[0]) - np.asarray(ends[1])) / (2 * step)
        assert np.asarray(pushed) == pytest.approx(slope, rel=2e-7, abs=2e-7)
        if weight.weight is not None:
            assert np.sum(np.asarray(weight.weight) * np.asarray(tangent)) == pytest.approx(pushed, rel=1e-12)


BROADCAST = [
    ((2, 3), ()),
    ((), (2, 3)),
    ((2, 3), (1, 3)),
    ((2, 1), (2, 3)),
    ((2, 1), (1, 3)),
    ((1, 1), (2, 3)),
    ((3, 1), (3, 1)),
]


# Of conditions, or of whole numbers.
NOT_OF_NUMBERS = ("select", "and", "or", "not", "polygamma", "lt", "le", "gt", "ge", "eq", "ne")
OF_NUMBERS = [
    op for op, row in TABLE.items() if not row.helper and None not in row.d and op not in NOT_OF_NUMBERS
]


@pytest.mark.parametrize("op", OF_NUMBERS)
def test_a_function_of_numbers_acts_entry_by_entry_with_the_same_slopes(op: str) -> None:
    row = TABLE[op]
    rng = random.Random(op)
    arity = 2 if row.variadic else len(row.args)
    ranges = [row.ranges[min(slot, len(row.ranges) - 1)] for slot in range(arity)]
    for shapes in BROADCAST if arity == 2 else [((2, 3),) * arity]:
        graph = Graph()
        nodes = [graph.add("input", (), f"x{k}") for k in range(arity)]
        out = graph.add(op, tuple(nodes))
        shape = shape_of(op, None, shapes)
        shaped = graph.shaped(list(graph.op), [*shapes, shape])
        point = {
            f"x{k}": np.array([[rng.uniform(*ranges[k]) for _ in range(s[1])] for _ in range(s[0])])
            if s else rng.uniform(*ranges[k]) for k, s in enumerate(shapes)
        }  # fmt: skip
        lin = linearize(shaped, point)
        real = TENSOR.function(op)
        for place in np.ndindex(*shape):
            numbers = [float(stretch(point[f"x{k}"], shape)[place]) for k in range(arity)]
            assert lin.primals[out][place] == pytest.approx(real(*numbers), rel=2e-15, abs=1e-300)
        adjoint = np.array([[rng.uniform(0.5, 1.5) for _ in range(shape[1])] for _ in range(shape[0])])
        adjoints = reverse(lin, {out: adjoint})
        for k, own in enumerate(shapes):
            tangent = drawn(rng, own)
            tangents = forward(lin, {k: tangent})
            assert inner(adjoint, tangents[out]) == pytest.approx(
                inner(adjoints[k], tangent), rel=1e-12, abs=1e-12
            )


def test_max_of_one_array_is_its_largest_entry() -> None:
    assert operation_on("max", [(3, 1)]) == "max_entry"
    assert operation_on("max", [()]) == "max"
    assert operation_on("max", [(3, 1), (3, 1)]) == "max"


@pytest.mark.parametrize("top", [0.0, 700.0, 1e5, 1e300, -1e300])
def test_softmax_and_logsumexp_are_stable_over_the_whole_range(top: float) -> None:
    x = np.array([[top], [top - 1.0], [top - 40.0], [top]])
    with watchful():
        p, total = TENSOR.softmax(None, x), TENSOR.logsumexp(None, x)
    assert float(p.sum()) == pytest.approx(1.0, rel=1e-15)
    assert total >= top
    assert total <= top + 1.5 or abs(top) > 1e15


def test_the_slope_of_a_determinant_exists_where_the_matrix_is_singular() -> None:
    A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    with watchful():
        found = TENSOR.cofactors(A, TENSOR.det(A))
    assert found == pytest.approx(
        np.array([[-3.0, 6.0, -3.0], [6.0, -12.0, 6.0], [-3.0, 6.0, -3.0]]), abs=1e-12
    )


@pytest.mark.parametrize("op", ["inv", "solve"])
def test_a_matrix_that_is_singular_to_working_precision_is_refused(op: str) -> None:
    A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    with pytest.raises(ValueError, match="singular"):
        TENSOR.function(op)(A, *([np.ones((3, 1))] if op == "solve" else []))
