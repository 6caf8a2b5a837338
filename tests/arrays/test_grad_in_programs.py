"""grad(expression, w) inside a program, where w is a vector or a matrix: the gradient in w's shape."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import adcli

POINT: dict[str, Any] = {
    "w": [[0.3], [-1.2], [0.7]],
    "v": [[0.4], [0.9], [-0.2]],
    "r": [[0.5, 1.5, -0.4]],
    "y": [[1.0], [-0.5], [2.0], [0.3]],
    "x": [[1.0, 2.0, -1.0], [0.5, -2.0, 1.5], [2.0, 1.0, 1.0], [0.2, 0.1, -0.7]],
    "M": [[2.0, 0.5, 1.0], [0.3, -3.0, 0.2], [1.0, 1.0, 4.0]],
    "s": 1.3,
}
NUMBERS = [
    ("w", "sum(w^2)", "norm(w)", "dot(w, v)", "dot(w, r)", "sum(outer(w, v)*M)", "w[2]^3 + w[1]"),
    ("w", "sum(w[2:3]^3)", "sum(concat(M, w, axis=2)^3)", "logsumexp(w)", "sum(softmax(w)^2)", "max(w)^2"),
    ("w", "sum(w*r)", "sum(tanh(x@w))", "sum(relu(w))", "sum(elu(w))", "sum(max(w, v))", "sum(min(w, 0.5))"),
    (
        "w",
        "sum(exp(-w^2))",
        "sum(2^w)",
        "-sum(onehot(2, 3)*ln(softmax(w)))",
        "w.T @ M @ w",
        "hypot(w[1], w[2])",
    ),
    ("w", "sum(w^3)/sum(w^2)", "sum(gelu(w) + silu(w))", "sum((x@w - y)^2)", "sum(solve(M, w)^2)"),
    ("v", "sum(outer(w, v)*M)", "sum(w/v)", "sum(max(w, v, r.T))", "sum(concat(w, v)^3)", "sum(w)"),
    ("x", "norm(x)", "x[2,3]*x[1,1]", "sum(x[2:3,:]^2)", "sum(x[:,2]^3)", "sum(concat(x, M)^3)", "min(x)^2"),
    (
        "x",
        "logsumexp(x)",
        "sum(logsumexp(x, axis=1)^2)",
        "sum(softmax(x, axis=2)^2)",
        "sum(max(x, axis=1)^2)",
    ),
    ("x", "sum(mean(x, axis=1)^3)", "sum(sum(x, axis=2)*y)", "sum(abs(x))", "sum((x@w - y)^2)"),
    ("M", "trace(M@M)", "det(M)", "sum(inv(M))", "sum(solve(M, w)^2)", "sum(M.T@w)", "sum(sigmoid(M@w)*w)"),
    ("s", "sum(s*w)", "sum(s*w + r)", "sum((w + s)^2)", "sum([s, s^2, 3]^2)", "sum([[s, 1], [2, s]]^2)"),
    ("y", "mean((x@w - y)^2)"),
    ("r", "dot(w, r)", "sum(w*r)"),
]
CASES = [(text, by) for by, *texts in NUMBERS for text in texts]


def point(text: str, by: str) -> dict[str, Any]:
    names = {name for name in POINT if re.search(rf"\b{name}\b", text)} | {by}
    return {
        name: np.array(value) if isinstance(value, list) else value
        for name, value in POINT.items()
        if name in names
    }


def slope(text: str, by: str, at: dict[str, Any]) -> Any:
    if by not in text:
        return np.zeros(np.shape(at[by]))
    return np.array(adcli.grad(adcli.parse(text, names=at), at)[by]).reshape(np.shape(at[by]))


@pytest.mark.parametrize(("text", "by"), CASES)
def test_it_is_the_gradient_of_the_sweep_and_has_its_shape(text: str, by: str) -> None:
    at = point(text, by)
    found = np.array(adcli.value(adcli.parse(f"grad({text}, {by})", names=at), at))
    assert found.shape == np.shape(at[by])
    assert np.allclose(found, slope(text, by, at), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize(("text", "by"), CASES)
def test_it_can_be_differentiated_again(text: str, by: str) -> None:
    """The gradient of its sum of squares in one direction, against central differences."""
    at = point(text, by)
    direction = np.cos(np.arange(1, 1 + np.size(at[by]))).reshape(np.shape(at[by]))
    found = np.sum(slope(f"sum(grad({text}, {by})^2)", by, at) * direction)
    high, low = (
        np.sum(slope(text, by, {**at, by: at[by] + step * direction}) ** 2) for step in (1e-6, -1e-6)
    )
    assert found == pytest.approx((high - low) / 2e-6, rel=1e-6, abs=1e-7)


def test_descent_in_the_language_fits_a_line() -> None:
    X, y = np.array([[1, 0.5], [1, 1.5], [1, 2.5], [1, 4]]), np.array([1, 3, 4.8, 8.2])
    text = "w = [0, 0]; for k in 1..1000 { L = mean((X@w - y)^2); w = w - 0.1*grad(L, w) }; w"
    at = {"X": X, "y": y}
    found = adcli.value(adcli.parse(text, names=at), at)
    assert np.ravel(found) == pytest.approx(np.linalg.lstsq(X, y, rcond=None)[0], abs=1e-5)


def test_a_loop_may_wait_for_a_small_gradient() -> None:
    text = (
        "w = [1, 2]; while norm(grad(sum((w - 3)^2), w)) > 1e-6 { w = w - 0.25*grad(sum((w - 3)^2), w) }; w"
    )
    assert np.ravel(adcli.value(text, {})) == pytest.approx([3, 3], abs=1e-6)


def test_a_parameter_of_a_function_may_be_an_array() -> None:
    text = "f(w) = sum(w^3); g(w) = grad(f(w), w); g(v)"
    assert np.ravel(adcli.value(text, {"v": np.array([1.0, 2.0])})) == pytest.approx([3, 12])


def test_the_same_text_takes_numbers_and_arrays() -> None:
    program = adcli.parse("f = sum(a*w^2); grad(f, a)")
    assert adcli.value(program, {"a": 3.0, "w": 2.0}) == 4.0
    assert adcli.value(program, {"a": 3.0, "w": np.array([1.0, 2.0])}) == 5.0


@pytest.mark.parametrize(
    ("text", "at", "kind", "words"),
    [
        ("grad(w^2, w)", {"w": [1.0, 2.0]}, "shape", "grad differentiates one number, and this is 2×1"),
        ("grad(a*w, a)", {"w": [1.0, 2.0], "a": 2.0}, "shape", "grad differentiates one number"),
        ("grad(dot(w, [1, 2, 3]), w)", {"w": [1.0, 2.0]}, "shape", "the vectors have 2 and 3 entries"),
    ],
)
def test_what_has_no_gradient_is_said(text: str, at: dict[str, Any], kind: str, words: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value(text, {name: np.array(value) for name, value in at.items()})
    assert caught.value.kind == kind
    assert words in caught.value.message


def test_without_a_point_it_waits_for_the_sizes() -> None:
    with pytest.raises(adcli.AdcliError, match="grad of arrays waits for their sizes"):
        adcli.diff("grad(sum(w^2), w)", "w")
