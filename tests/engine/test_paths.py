"""The paths of a graph: their sum is the derivative, their number is counted and not enumerated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import adcli
from adcli import answers
from adcli.errors import AdcliError, DomainError
from adcli.render.text import render
from adcli.tracing.paths import MOST_PATHS, Paths

OPERATIONS = ("{}*{}", "{} + {}", "{} - {}", "{}/(2 + {}^2)", "sin({})*cos({})", "atan({} - {})")


@st.composite
def programs(draw: Callable[..., Any]) -> str:
    """A program of up to seven named steps on x and y, each on two earlier names; the last is the output."""
    names = ["x", "y"]
    steps = []
    for place in range(draw(st.integers(1, 7))):
        operation = draw(st.sampled_from(OPERATIONS))
        operands = [draw(st.sampled_from(names)) for _ in range(2)]
        steps.append(f"s{place} = {operation.format(*operands)}")
        names.append(f"s{place}")
    return "; ".join([*steps, f"x*0 + y*0 + {names[-1]}"])


def paths(text: str, at: dict[str, Any] | None = None, by: str = "x", output: str | None = None) -> Paths:
    """The paths of a text."""
    found = answers.graph(adcli.parse(text), at, paths=(by, output)).paths
    assert found is not None
    return found


@given(programs(), st.floats(-2, 2), st.floats(-2, 2), st.sampled_from("xy"))
@settings(deadline=None, max_examples=150)
def test_the_sum_over_the_paths_is_the_derivative(text: str, x: float, y: float, by: str) -> None:
    at = {"x": x, "y": y}
    try:
        gradient = answers.gradient(adcli.parse(text), at, mode="reverse").gradient[by]
    except AdcliError:
        assume(False)  # noqa: FBT003  # hypothesis's way of saying so
    found = paths(text, at, by)
    assert len(found.listed) == min(found.count or MOST_PATHS, MOST_PATHS)
    assert len({path.uses for path in found.listed}) == len(found.listed)
    for path in found.listed:
        ends = [use.arg for use in path.uses] + [found.target]
        assert ends == found.nodes(path)
    if found.complete:
        scale = sum(abs(path.product) for path in found.listed)
        assert abs(sum(path.product for path in found.listed) - gradient) <= 1e-13 * scale
    assert found.total == pytest.approx(gradient, rel=1e-11, abs=1e-11)


def test_the_two_edges_of_a_square_are_two_paths() -> None:
    found = paths("x*x", {"x": 3})
    assert [path.product for path in found.listed] == [3, 3]
    assert [path.uses[0].slot for path in found.listed] == [0, 1]
    assert found.total == 6


def test_paths_come_in_order_of_evaluation() -> None:
    found = paths("a = x*y; b = x + y; c = a*b; c - x", {"x": 2, "y": 5})
    visited = [found.nodes(path) for path in found.listed]
    assert visited == sorted(visited)
    assert found.total == 2 * 2 * 5 + 5**2 - 1  # d/dx of x²y + xy² - x


def test_an_input_that_is_the_output_has_one_path_without_edges() -> None:
    found = paths("x", {"x": 7})
    assert (found.count, found.total, found.listed[0].uses) == (1, 1, ())


def test_an_input_that_has_no_influence_has_no_path() -> None:
    found = paths("x*y, y^2", {"x": 2, "y": 3}, "x", "f2")
    assert (found.count, found.listed, found.total) == (0, (), 0)


def test_a_condition_is_on_no_path() -> None:
    found = paths("if(x > 0, x^2, y)", {"x": 3, "y": 1})
    assert (found.count, found.total) == (1, 6)


def doubled(steps: int) -> str:
    """A program whose output is x^(2^steps), with 2^steps paths."""
    return "; ".join(["a0 = x", *(f"a{n} = a{n - 1}*a{n - 1}" for n in range(1, steps + 1)), f"a{steps}"])


def test_many_paths_are_counted_and_the_sum_is_still_the_derivative() -> None:
    found = paths(doubled(10), {"x": 1.001})
    assert (found.count, len(found.listed)) == (2**10, MOST_PATHS)
    assert found.total == pytest.approx(2**10 * 1.001 ** (2**10 - 1), rel=1e-12)
    assert len(found.edges) == 20


def test_astronomically_many_paths_are_counted_in_powers_of_ten() -> None:
    found = paths(doubled(1000), {"x": 1})
    assert found.count is None
    assert found.power == pytest.approx(1000 * 0.30102999566398120, rel=1e-12)


def test_a_path_longer_than_a_page_is_counted_and_not_listed() -> None:
    chain = "; ".join(["a0 = x", *(f"a{n} = sin(a{n - 1})" for n in range(1, 6002)), "a6001"])
    found = answers.graph(adcli.parse(chain), None, paths=("x", None))
    assert found.paths is not None
    assert (found.paths.count, found.paths.listed) == (1, ())
    assert "too long to be listed" in render(found, "plain")


def test_a_path_whose_product_overflows_is_an_error() -> None:
    with pytest.raises(DomainError):
        paths("1e200*(1e200*(x*y))", {"x": 1, "y": 1e-150 * 1e160})


def test_without_a_point_there_are_formulas_and_no_numbers() -> None:
    found = answers.graph(adcli.parse("x^2*y"), None, paths=("x", None))
    assert found.json()["paths"]["sum"] is None
    assert found.json()["paths"]["paths"][0]["weights"] == [None, None]
    assert "= (2·x)·y" in render(found, "plain") or "= 2·x·y" in render(found, "plain")


def test_a_kink_on_the_way_is_noted_without_a_sweep() -> None:
    found = answers.graph(adcli.parse("|x|"), {"x": 0}, paths=("x", None))
    assert [note.code for note in found.notes] == ["kink"]


@pytest.mark.parametrize("form", ["plain", "table", "markdown", "latex", "csv"])
def test_every_form_has_the_sum(form: str) -> None:
    found = answers.trace(adcli.parse("x^2*y + 2*y"), {"x": 1.5, "y": 2}, paths=("y", None))
    assert "4.25" in render(found, form).splitlines()[-1 if form != "latex" else -3]
