"""A program entry by entry is the same function: values, gradients, names and limits."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adcli
from adcli.answers.expanding import MOST_STEPS, expanded_at

sys.path.insert(0, str(Path(__file__).parent))
from random_arrays import drawn

PROGRAMS = 500


def gradients(text: str, point: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The gradient by arrays, and the one entry by entry in the same shapes."""
    program = adcli.parse(text)
    whole = adcli.grad(program, point)
    made = expanded_at(program, point)
    entries = adcli.grad(made.program, made.at)
    shaped = {
        name: np.array([entries[part] for part in parts]).reshape(np.shape(whole[name]))
        for name, parts in made.parts.items()
    }
    return whole, shaped


@pytest.mark.parametrize("part", range(4))
def test_random_programs_have_the_same_gradients_entry_by_entry(part: int) -> None:
    compared = 0
    for seed in range(part, PROGRAMS, 4):
        text, _, point = drawn(random.Random(seed))
        whole, entries = gradients(text, point)
        scale = max(1.0, *(float(np.abs(slope).max()) for slope in whole.values()))
        for name, slope in whole.items():
            assert np.allclose(entries[name], slope, rtol=1e-12, atol=1e-12 * scale), (seed, name, text)
        compared += 1
    assert compared == PROGRAMS // 4


EVERY = {
    "sum(softmax(x)^2) + logsumexp(x) + max(x) + min(x)": {"x": [1.0, -2.0, 0.5]},
    "sum(softmax(X, axis=1)^2) + sum(logsumexp(X, axis=2)) + sum(max(X, axis=1)^3)": {
        "X": [[1.0, 2.0, -1.0], [0.5, -0.25, 3.0]]
    },
    "norm(x) + dot(x, y) + sum(outer(x, y)^2)": {"x": [3.0, 4.0], "y": [1.0, -2.0]},
    "det(A) + trace(inv(A)) + sum(solve(A, b)^2)": {
        "A": [[2.0, 1.0, 0.0], [0.5, 3.0, -1.0], [1.0, 0.0, 4.0]], "b": [1.0, 2.0, 3.0],
    },
    "sum(concat(x, [a, 2*a])[2:3]^2) + sum(Wᵀ@x*mean(W, axis=1)ᵀ)": {
        "x": [1.0, 2.0], "a": 3.0, "W": [[1.0, -1.0], [0.5, 2.0]],
    },
    "logsumexp(x) + softmax(x)[1]": {"x": [1000.0, 999.0]},
    "inv(A)[1, 2] + inv(A)[2, 2]": {"A": [[0.0, 2.0], [3.0, 1.0]]},
    "sum(A*b + relu(A)@b)": {"A": [[1.0, -2.0], [3.0, 4.0]], "b": [1.0, -1.0]},
}  # fmt: skip


@pytest.mark.parametrize("text", EVERY)
def test_every_operation_has_the_same_gradient_entry_by_entry(text: str) -> None:
    whole, entries = gradients(text, EVERY[text])
    for name, slope in whole.items():
        assert np.allclose(entries[name], slope, rtol=1e-12, atol=1e-12), name


def test_entries_are_called_by_their_places() -> None:
    made = expanded_at(adcli.parse("Z = W@x + b; Z"), {"W": [[1, 2], [3, 4]], "x": [5, 6], "b": [7, 8]})
    assert made.program.inputs == ("W11", "W12", "W21", "W22", "x1", "x2", "b1", "b2")
    assert list(made.program.outputs) == ["Z1", "Z2"]
    assert adcli.value(made.program, made.at) == [24.0, 47.0]


def test_a_name_that_ends_with_a_digit_keeps_it_apart() -> None:
    made = expanded_at(adcli.parse("sum(W1@x) + x_1"), {"W1": [[1, 2]], "x": [5, 6], "x_1": 1})
    assert made.parts["W1"] == ["W1_11", "W1_12"]
    assert len(set(made.program.inputs)) == 5
    assert made.parts["x_1"] == ["x_1"]


def test_a_reading_entry_by_entry_is_the_same_program() -> None:
    made = expanded_at(adcli.parse("sum(softmax(W@x)^2)"), {"W": [[1, 2], [3, 4]], "x": [5, 6]})
    again = adcli.parse(made.program.reading)
    assert adcli.value(again, made.at) == adcli.value(made.program, made.at)


def test_a_program_of_numbers_stays_as_it_is() -> None:
    program = adcli.parse("x*y")
    assert expanded_at(program, {"x": 1, "y": 2}).program is program


def test_without_a_point_the_shapes_are_missing() -> None:
    with pytest.raises(adcli.AdcliError, match="point"):
        expanded_at(adcli.parse("sum(x)"), None)


def test_a_program_that_would_have_too_many_steps_is_refused() -> None:
    side = round(MOST_STEPS ** (1 / 3)) + 5
    with pytest.raises(adcli.AdcliError, match="steps"):
        expanded_at(adcli.parse("sum(A@A)"), {"A": np.ones((side, side))})
