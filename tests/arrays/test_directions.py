"""Directions, second derivatives and code of programs with arrays, against numpy and against the entries."""

from __future__ import annotations

import numpy as np
import pytest

import adcli
from adcli.errors import AdcliError

TEXT = "sum((W@x)^3)*x[2]"
W = [[1.0, 2.0], [-0.5, 0.75], [0.25, -1.5]]
X = [0.7, -1.3]
AT = {"W": W, "x": X}


def value(w: np.ndarray, x: np.ndarray) -> float:
    return float(np.sum((w @ x) ** 3) * x[1])


def gradient(w: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    z = w @ x
    by_x = 3 * w.T @ z**2 * x[1]
    by_x[1] += np.sum(z**3)
    return 3 * np.outer(z**2, x) * x[1], by_x


def test_jvp_is_the_gradient_times_the_direction() -> None:
    by_w, by_x = gradient(np.array(W), np.array(X))
    dw, dx = np.array([[0.3, -1.0], [2.0, 0.1], [0.0, 0.4]]), np.array([0.9, -0.2])
    found = adcli.jvp(adcli.parse(TEXT), AT, {"W": dw.tolist(), "x": dx.tolist()})
    assert found == pytest.approx(float(np.sum(by_w * dw) + by_x @ dx), rel=1e-13)


def test_vjp_pulls_an_array_back() -> None:
    seed = np.array([0.5, -2.0, 1.5])
    found = adcli.vjp(adcli.parse("W@x"), AT, {"f": seed.tolist()})
    np.testing.assert_allclose(found["W"], np.outer(seed, X), rtol=1e-14)
    np.testing.assert_allclose(np.ravel(found["x"]), np.array(W).T @ seed, rtol=1e-14)


def test_a_hessian_by_an_array_has_a_row_per_entry() -> None:
    found = np.array(adcli.hessian(adcli.parse(TEXT), AT, wrt=["x"]))
    step = 1e-5
    w, x = np.array(W), np.array(X)
    differences = [
        (gradient(w, x + step * e)[1] - gradient(w, x - step * e)[1]) / (2 * step) for e in np.eye(2)
    ]
    np.testing.assert_allclose(found, differences, rtol=1e-7)


def test_hvp_and_taylor_take_directions_in_the_shapes_of_the_inputs() -> None:
    program, direction = adcli.parse(TEXT), {"x": [0.9, -0.2]}
    full = np.array(adcli.hessian(program, AT))
    product = adcli.hvp(program, AT, direction)
    flat = np.array([0.0] * 6 + [0.9, -0.2])
    assert [np.shape(part) for part in product.values()] == [(3, 2), (2, 1)]  # as the inputs
    np.testing.assert_allclose(
        np.concatenate([np.ravel(part) for part in product.values()]), full @ flat, rtol=1e-12
    )
    coefficients = adcli.taylor(program, AT, 2, tangent=direction)
    assert coefficients[2] == pytest.approx(flat @ full @ flat / 2, rel=1e-12)


def test_code_of_a_program_with_arrays_takes_the_entries() -> None:
    code = adcli.codegen(adcli.parse("sum(x^2)"), at={"x": X})
    scope: dict[str, object] = {}
    exec(compile(code, "generated", "exec"), scope)  # noqa: S102  # our own code is what is tested
    assert scope["f_gradient"](*X) == [2 * x for x in X]  # type: ignore[operator]


def test_a_direction_of_another_shape_is_refused() -> None:
    for ask in (adcli.jvp, adcli.hvp):
        with pytest.raises(AdcliError, match="the seed of x is 3×1, and x is 2×1"):
            ask(adcli.parse(TEXT), AT, {"x": [1, 0, 2]})
    with pytest.raises(AdcliError, match="the seed of f is 3×1, and f is 2×1"):
        adcli.vjp(adcli.parse("x^2"), {"x": X}, {"f": [1, 0, 2]})
