"""The textbooks' examples with vectors and matrices, to 1e-12, in both modes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adcli
from adcli import answers

ENTRIES = json.loads(
    (Path(__file__).parents[1] / "data" / "worked_examples.json").read_text(encoding="utf-8")
)
VECTOR = {entry["id"]: entry for entry in ENTRIES if entry.get("kind") == "vector"}
MODES = ("forward", "reverse")


def close(found: Any, wanted: Any) -> bool:
    found, wanted = np.asarray(found), np.asarray(wanted)
    if found.shape != wanted.shape:
        wanted = wanted.reshape(found.shape)
    return bool(np.allclose(found, wanted, rtol=1e-12, atol=1e-12))


def point_of(entry: dict[str, Any]) -> dict[str, Any]:
    if entry["id"] == "softmax-jacobian-123":  # the expression names the entries of z
        return {f"z{k}": value for k, value in enumerate(entry["point"]["z"], 1)}
    return dict(entry["point"])


@pytest.mark.parametrize("name", VECTOR)
@pytest.mark.parametrize("mode", MODES)
def test_an_example_has_the_value_and_the_gradient_of_its_source(name: str, mode: Any) -> None:
    entry, verified = VECTOR[name], VECTOR[name]["verified"]
    at = point_of(entry)
    assert close(adcli.value(entry["expression"], at), verified["value"])
    wanted = {key: value for key, value in verified.get("gradient", {}).items() if key in entry["inputs"]}
    if wanted:
        found = adcli.grad(entry["expression"], at, mode=mode, wrt=list(wanted))
        assert all(close(found[key], value) for key, value in wanted.items())
        assert all(np.shape(found[key]) == (*np.shape(at[key]), 1)[:2] for key in wanted)


@pytest.mark.parametrize("name", [name for name in VECTOR if "intermediates" in VECTOR[name]["verified"]])
def test_every_named_step_has_the_value_and_adjoint_of_the_source(name: str) -> None:
    entry, verified = VECTOR[name], VECTOR[name]["verified"]
    lin = adcli.linearize(entry["expression"], point_of(entry))
    steps = adcli.reverse(lin, dict.fromkeys(lin.program.outputs, 1.0)).steps
    for step, value in verified["intermediates"].items():
        if step in lin.primals:
            assert close(lin.primals[step], value)
        if f"dL_d{step}" in verified["intermediates"]:
            assert close(steps[step], verified["intermediates"][f"dL_d{step}"])
    for step, value in verified.get("adjoints", {}).items():
        assert close(steps[step], value)


@pytest.mark.parametrize("mode", MODES)
def test_the_jacobian_of_softmax(mode: Any) -> None:
    entry = VECTOR["softmax-jacobian-123"]
    assert close(
        adcli.jacobian(entry["expression"], point_of(entry), mode=mode), entry["verified"]["jacobian"]
    )
    assert close(adcli.jacobian("softmax(z)", entry["point"], mode=mode), entry["verified"]["jacobian"])


@pytest.mark.parametrize("mode", MODES)
def test_the_jacobian_of_a_skip_connection_has_a_block_for_every_input(mode: Any) -> None:
    entry = VECTOR["relu-skip"]
    at = {name: entry["point"][name] for name in ("x", "W1", "W2")}
    p = adcli.parse("z=W1@x; a=relu(z); y=W2@a+x")
    made = answers.jacobian(p, at, mode=mode)
    assert made.blocks is not None
    assert close(made.blocks["y"]["x"], entry["verified"]["jacobian_dy_dx"])
    assert {name: np.shape(block) for name, block in made.blocks["y"].items()} == {
        "W1": (2, 6),
        "x": (2, 2),
        "W2": (2, 6),
    }
    turned = answers.jacobian(p, at, mode=mode, layout="denominator")
    assert turned.blocks is not None
    assert all(
        np.array_equal(np.transpose(made.blocks["y"][name]), block)
        for name, block in turned.blocks["y"].items()
    )


def test_the_gradient_of_a_broadcast_bias_is_the_sum_over_the_rows() -> None:
    entry = VECTOR["linear-layer-2x2"]
    at = {**entry["point"], "B": [[0.1, -0.2]]}
    found = adcli.grad(entry["expression"], at, wrt=["B"])["B"]
    assert close(found, [entry["verified"]["gradient"]["b_as_row_vector_broadcast"]])
    assert found.shape == (1, 2)


def test_gradient_descent_on_a_linear_regression() -> None:
    entry = next(entry for entry in ENTRIES if entry["id"] == "gd-linear-regression")
    p = adcli.parse("r=X@th-y; L=sum(r^2)")
    at = dict(entry["point"])
    rate = at.pop("lr")
    for step in entry["verified"]["trace"]:
        slope = adcli.grad(p, at, wrt=["th"])["th"]
        assert close(at["th"], step["theta"])
        assert close(adcli.value(p, at), step["loss"])
        assert close(slope, step["gradient"])
        at["th"] = np.reshape(at["th"], (2, 1)) - rate * slope
    assert close(at["th"], entry["verified"]["final_theta"])


def test_gradient_descent_written_in_the_language_goes_the_same_way() -> None:
    entry = next(entry for entry in ENTRIES if entry["id"] == "gd-linear-regression")
    at = {name: value for name, value in entry["point"].items() if name != "lr"}
    turns = len(entry["verified"]["trace"]) - 1
    for count, step in ((1, entry["verified"]["trace"][1]), (turns, entry["verified"]["trace"][-1])):
        text = f"for k in 1..{count} {{ {entry['expression']} }}; th"
        assert close(adcli.value(adcli.parse(text), at), step["theta"])


def test_the_training_step_of_the_example_is_one_step_of_gradient_descent() -> None:
    folder = Path(__file__).parents[2] / "examples"
    text = (folder / "two_layer.ad").read_text(encoding="utf-8")
    before, after = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("two_layer", "two_layer_after")
    )
    slopes = adcli.grad(text, before, wrt=["W1", "b1", "W2", "b2"])
    for name, slope in slopes.items():
        assert close(np.reshape(before[name], slope.shape) - 2 * slope, np.reshape(after[name], slope.shape))
    assert before["x"] == after["x"]
    assert before["t"] == after["t"]
    assert adcli.value(text, after) < adcli.value(text, before)
