"""Curves have gaps where functions jump, bend sharply, have poles or end, and nowhere else."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

import adcli
from adcli.errors import AdcliError
from adcli.study.plot import plot
from adcli.study.sampling import Curves, curves, derivatives


def drawn(text: str, low: float, high: float, order: int = 1) -> Curves:
    program = adcli.parse(text)
    return curves(derivatives(program, {}, "x", next(iter(program.outputs)), order), low, high, order)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("1/x", [(0, 0, "pole"), (0, 1, "pole")]),
        ("1/(x - 0.3337)", [(0.3337, 0, "pole"), (0.3337, 1, "pole")]),
        ("tan(x)", [(s * math.pi / 2, k, "pole") for k in (0, 1) for s in (-1, 1)]),
        ("abs(x)", [(0, 1, "kink")]),
        ("abs(x - 0.777)", [(0.777, 1, "kink")]),
        ("floor(x/2)", [(x, k, "jump") for k in (0, 1) for x in (-2, 0, 2)]),
        ("sign(x - 1)", [(1, 0, "jump"), (1, 1, "jump")]),
        ("100*x + sign(x - 1.6)*3", [(1.6, 0, "jump"), (1.6, 1, "jump")]),
        ("floor(exp(x))/9", [(math.log(k), o, "jump") for o in (0, 1) for k in range(1, 19)]),
        ("sqrt(x)", [(0, 0, "edge"), (0, 1, "edge")]),
        ("ln(x + 1.2345)", [(-1.2345, 0, "edge"), (-1.2345, 1, "edge")]),
        ("sin(20*x)", []),
        ("exp(3*x)", []),
        ("x^3 - 2*x", []),
        ("tanh(50*x)", []),
    ],
)
def test_gaps_are_where_the_function_breaks(text: str, gaps: list[tuple[float, int, str]]) -> None:
    found = drawn(text, -3, 2.9).gaps
    assert [(gap.order, gap.kind) for gap in found] == [(order, kind) for _, order, kind in gaps]
    assert [gap.x for gap in found] == pytest.approx([x for x, _, _ in gaps], abs=1e-9)


@pytest.mark.parametrize(("text", "kind"), [("1/x^2", "pole"), ("sin(x)/x", "hole"), ("abs(x)/x", "hole")])
def test_a_grid_that_meets_the_place_tells_what_it_is(text: str, kind: str) -> None:
    assert {(gap.x, gap.kind) for gap in drawn(text, -2, 2).gaps} == {(0, kind)}


def test_a_poles_picture_is_not_as_high_as_the_pole() -> None:
    assert max(drawn("1/x", -3, 3, 0).heights[0]) < 30
    assert max(drawn("1/(1 + 1000*x^2)", -3, 3, 0).heights[0]) == 1.0


def test_no_line_joins_the_two_sides_of_a_jump() -> None:
    found = drawn("floor(x)", -2.5, 2.5, 0)
    pairs = zip(found.ys[0], found.ys[0][1:], strict=False)
    assert all(a is None or b is None or a == b for a, b in pairs)


@pytest.mark.parametrize(("text", "place"), [("tan(x)", math.pi / 2), ("1/(x - 0.3337)", 0.3337)])
def test_no_line_joins_the_two_sides_of_a_pole(text: str, place: float) -> None:
    found = drawn(text, -3, 3, 0)
    beside = [
        pair for pair in pairwise(zip(found.xs, found.ys[0], strict=True)) if pair[0][0] < place < pair[1][0]
    ]
    assert all(a is None or b is None or a * b > 0 for (_, a), (_, b) in beside)
    assert not any(
        a is not None and b is not None and a * b < 0 and abs(a) + abs(b) > 10
        for a, b in pairwise(found.ys[0])
    )


@pytest.mark.parametrize(("text", "value"), [("floor(x)", 1), ("ceil(x) - x", 0), ("sign(x - 1)", 0)])
@pytest.mark.parametrize("ends", [(-3, 2.9), (0, 2)])
def test_the_value_at_a_jump_is_there(text: str, value: float, ends: tuple[float, float]) -> None:
    found = drawn(text, *ends, 0)
    assert found.ys[0][found.xs.index(1)] == value
    assert any(abs(x - 1) < 1e-9 and y is None for x, y in zip(found.xs, found.ys[0], strict=True))


def test_a_jump_onto_the_end_of_a_domain_is_no_vertical() -> None:
    found = drawn("floor(x) + sqrt(2 - x)", -3, 2.9, 0)
    place = found.xs.index(2)
    assert found.ys[0][place - 1 : place + 1] == [None, 2]
    assert (2, 0, "edge") in found.gaps


def test_a_slope_that_jumps_a_little_is_a_kink_and_no_pole() -> None:
    assert [gap[1:] for gap in drawn("sign(x - 16.01)*x", 0, 1e6).gaps] == [(1, "kink")]


@pytest.mark.parametrize("scale", [1e-9, 1e9])
def test_gaps_do_not_depend_on_the_size_of_the_range(scale: float) -> None:
    found = drawn(f"floor(x/{scale!r})", -2.5 * scale, 2.4 * scale, 0).gaps
    assert [gap.x / scale for gap in found] == pytest.approx([-2, -1, 0, 1, 2], abs=1e-8)


def test_the_points_are_the_function_and_its_derivatives() -> None:
    found = drawn("sin(x)*exp(x)", -2, 2, 3)
    for x, f, d1, d2, d3 in zip(found.xs, *found.ys, strict=True):
        s, c, e = math.sin(x), math.cos(x), math.exp(x)
        exact = (s * e, (s + c) * e, 2 * c * e, 2 * (c - s) * e)
        assert (f, d1, d2, d3) == pytest.approx(exact, rel=1e-12, abs=1e-12)


def test_a_curve_is_finer_where_it_bends() -> None:
    found = drawn("1/(1 + 1000*x^2)", -3, 3, 0)
    near = sum(abs(x) < 0.3 for x in found.xs)
    assert near > len(found.xs) / 4  # a tenth of the range


def test_heights_have_nothing_where_the_function_has_nothing() -> None:
    found = plot(adcli.parse("ln(x) + y^2"), {"x": (-1, 1), "y": (0, 2)}).heights
    assert found is not None
    for j, y in enumerate(found.ys):
        for i, x in enumerate(found.xs):
            if x <= 0:
                assert found.values[j][i] is None
            else:
                assert found.values[j][i] == pytest.approx(math.log(x) + y * y)
                assert found.gradients[j][i] == pytest.approx((1 / x, 2 * y))


@pytest.mark.parametrize(
    ("text", "ranges", "at", "words"),
    [
        ("x*y*z", {}, {}, "one or two inputs, not 3"),
        ("x*y", {"x": (0, 1)}, {}, "no value for y"),
        ("x", {"x": (1, 1)}, {}, "range of x is empty"),
        ("x", {"q": (0, 1)}, {}, 'no input is called "q"'),
        ("x, 2*x", {"x": (0, 1)}, {}, "2 outputs"),
        ("sqrt(x)", {"x": (-1, 1)}, {"x": -0.5}, "not defined here"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    text: str, ranges: dict[str, tuple[float, float]], at: dict[str, float], words: str
) -> None:
    with pytest.raises(AdcliError, match=words):
        plot(adcli.parse(text), ranges, at)
