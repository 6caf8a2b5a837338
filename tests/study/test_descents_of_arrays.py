"""Descents whose inputs are vectors and matrices, with data as whole arrays or row by row."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.errors import AdcliError
from adcli.study import array_losses
from adcli.study.array_losses import ArrayLoss, loss_of
from adcli.study.data import Table, matched
from adcli.study.descent import DescentAnswer, descend
from adcli.study.losses import Loss

np = pytest.importorskip("numpy", reason="the extra `arrays` is not installed")
EXAMPLES = Path(__file__).parents[2] / "examples"
ROWS = [(1.0, x, 2.5 * x - 0.7 + 0.3 * (-1) ** i) for i, x in enumerate((-2.0, -0.5, 0.3, 1.1, 2.9))]
TABLE = Table(("x1", "x2", "y"), ROWS, parts={"X": (0, 1), "y": (2,)})
SQUARES = "mean((X@th - y)^2)"


def by_newton(text: str, start: dict[str, Any], **options: Any) -> DescentAnswer:
    return descend(adcli.parse(text), start, method="newton", tol=1e-10, **options)


def test_linear_regression_is_the_closed_form_however_the_data_are_given() -> None:
    X, y = np.array([row[:2] for row in ROWS]), np.array([row[2] for row in ROWS])
    wanted, *_ = np.linalg.lstsq(X, y, rcond=None)
    whole = by_newton(SQUARES, {"th": [0, 0]}, data=TABLE)
    named = by_newton(SQUARES, {"th": [0, 0]}, arrays={"X": X, "y": y})
    fixed = by_newton(SQUARES, {"th": [0, 0], "X": X, "y": y}, wrt=["th"])
    rows = by_newton(
        "(dot(x, th) - y)^2", {"th": [0, 0]},
        data=TABLE._replace(parts={"x": (0, 1), "y": (2,)}), each_row=True,
    )  # fmt: skip
    for found in (whole, named, fixed, rows):
        assert found.last.point == pytest.approx(tuple(wanted), abs=1e-8)
        assert found.last.value == pytest.approx(float(np.mean((X @ wanted - y) ** 2)), abs=1e-12)
    assert whole.moving == ("th[1]", "th[2]")
    assert [found.own()["data"] and found.own()["data"]["mean"] for found in (whole, named, fixed, rows)] == [
        False, False, None, True,
    ]  # fmt: skip


def test_a_step_of_the_small_network_is_the_textbooks() -> None:
    start, after = (
        json.loads((EXAMPLES / f"two_layer{end}.json").read_text(encoding="utf-8")) for end in ("", "_after")
    )
    program = adcli.parse((EXAMPLES / "two_layer.ad").read_text(encoding="utf-8"))
    found = descend(program, start, wrt=["W1", "b1", "W2", "b2"], rate=2, steps=1)
    point = found.own()["point"]
    for name in ("W1", "b1", "W2", "b2"):
        assert np.array(point[name]) == pytest.approx(np.array(after[name]), abs=1e-9)


LOSSES = {
    "softmax": ("-ln(softmax(W@x)[2]) + sum(W^2)", {"W": (3, 2)}, {"x": [0.3, -1.2]}),
    "logsumexp": ("logsumexp(W@x) - (W@x)[1]", {"W": (3, 2)}, {"x": [0.3, -1.2]}),
    "solve": ("sum(solve(A + 3*[[1,0],[0,1]], b)^2)", {"A": (2, 2)}, {"b": [1, 2]}),
    "det": ("det(A)^2 + norm(A) + max(A)", {"A": (3, 3)}, {}),
    "network": (
        "sum((v@tanh(W@x + b) - t)^2)",
        {"W": (3, 2), "b": (3, 1), "v": (1, 3)},
        {"x": [1, 2], "t": 1},
    ),
}


@pytest.mark.parametrize("name", LOSSES)
def test_entries_and_whole_arrays_give_the_same_numbers(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, shapes, still = LOSSES[name]
    source = random.Random(name)
    start = {key: np.array([[source.uniform(-1, 1) for _ in range(c)] for _ in range(r)])
             for key, (r, c) in shapes.items()}  # fmt: skip
    given = {
        key: np.array(value)[:, None] if isinstance(value, list) else value for key, value in still.items()
    }

    def made() -> Loss | ArrayLoss:
        return loss_of(adcli.parse(text), list(shapes), [given], "f", start)

    quick = made()
    monkeypatch.setattr(array_losses, "MOST_ENTRIES", 0)
    whole = made()
    assert isinstance(whole, ArrayLoss)
    assert isinstance(quick, Loss) == (name != "solve")
    size = sum(r * c for r, c in shapes.values())
    for scale in (1, 1, 30, 900):  # far off too, where e^x has no float
        point = tuple(scale * source.uniform(-1, 1) for _ in range(size))
        (value, slopes), (other, others) = quick.call(*point), whole.call(*point)
        assert value == pytest.approx(other, rel=1e-11, abs=1e-13)
        assert slopes == pytest.approx(others, rel=1e-9, abs=1e-11)
    point = tuple(source.uniform(-1, 1) for _ in range(size))
    assert np.array(quick.hessian(point)) == pytest.approx(
        np.array(whole.hessian(point)), rel=1e-9, abs=1e-10
    )


def test_the_same_seed_draws_the_same_arrays_and_a_network_learns_xor() -> None:
    text = "h = tanh(W@x + b); o = sigmoid(dot(v, h) + c); -(t*ln(o) + (1-t)*ln(1-o))"
    rows = [(0.0, 0.0, 0.0), (0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, 0.0)]
    data = Table(("x1", "x2", "t"), rows, parts={"x": (0, 1), "t": (2,)})
    runs = [
        descend(
            adcli.parse(text), {}, data=data, each_row=True, method="adam", seed=seed, steps=300,
            shapes={"W": (3, 2), "b": (3, 1), "v": (3, 1)},
        )
        for seed in (4, 4, 5)
    ]  # fmt: skip
    assert runs[0].path == runs[1].path != runs[2].path
    assert runs[0].last.value < 0.01 < runs[0].path[0].value
    assert np.shape(runs[0].own()["point"]["W"]) == (3, 2)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seed": 1}, "--shape says"),
        ({"seed": 1, "shapes": {"th": (3, 1)}}, "--each-row"),
        ({"seed": 1, "shapes": {"q": (3, 1)}}, 'no input is called "q"'),
        ({"start": {"th": [0, 0], "y": 1}}, "in the data and in the point"),
        ({"start": {"th": [0, 0]}, "arrays": {"y": [1, 2]}}, "in two of the data"),
        ({"start": {"th": [0, 0]}, "arrays": {"z": [1, 2]}}, 'no input is called "z"'),
        ({"start": {"th": [0, 0]}, "output": "r"}, "no output"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_way_out(options: dict[str, Any], words: str) -> None:
    start = options.pop("start", {})
    with pytest.raises(AdcliError) as caught:
        descend(adcli.parse(SQUARES), start, data=TABLE, **options)
    assert words in f"{caught.value.message} {caught.value.hint}"


def test_an_array_has_no_gradient_to_go_down() -> None:
    with pytest.raises(AdcliError, match="a gradient is of one number"):
        descend(adcli.parse("2*x"), {"x": [1, 2]})


@pytest.mark.parametrize(
    ("header", "inputs", "found"),
    [
        (["x", "y"], ["x", "y"], {"x": (0,), "y": (1,)}),
        (["y", "x2", "x1"], ["x", "y"], {"x": (2, 1), "y": (0,)}),
        (["x_1", "x_2"], ["X"], {"X": (0, 1)}),
        (["x[1]", "x[2]"], ["x"], {"x": (0, 1)}),
        (["x1", "x2"], ["x1", "x2"], {"x1": (0,), "x2": (1,)}),
        (["x1", "x3"], ["x"], {}),
        (["x0", "x1"], ["x"], {}),
        (["x1", "X1"], ["x", "X"], {"x": (0,), "X": (1,)}),
    ],
)
def test_columns_are_found_by_name(
    header: list[str], inputs: list[str], found: dict[str, tuple[int, ...]]
) -> None:
    assert matched(header, inputs) == found
