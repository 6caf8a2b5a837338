"""Pictures of curves, contours and descents: whatever the numbers are, they can be read."""

from __future__ import annotations

import io
import math
import warnings
from typing import TYPE_CHECKING, Any

import pytest

import adcli
from adcli.render.canvas import sketch
from adcli.render.figures import figure_of
from adcli.study.descent import descend
from adcli.study.plot import plot

if TYPE_CHECKING:
    from matplotlib.figure import Figure

pytest.importorskip("matplotlib", reason="the extra `plot` is not installed")


def drawn(answer: Any, what: str | None = None) -> Figure:
    """The figure, drawn once: nothing of it may overflow."""
    figure = figure_of(answer, what)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        figure.savefig(io.BytesIO(), format="png", dpi=30)
    return figure


@pytest.mark.parametrize(
    ("text", "ends", "panels"),
    [
        ("abs(x) - 1", (-2, 2), 1),
        ("0*x + 7", (-2, 2), 1),
        ("floor(x)", (-2, 2), 1),
        ("tan(x)", (-3, 3), 2),
        ("x^2", (1e6, 1e6 + 0.01), 2),
        ("x^3", (-1e100, 1e100), 2),
        ("ln(-1 - x^2)", (-1, 1), 1),
    ],
)
def test_no_curve_is_flat_beside_another(text: str, ends: tuple[float, float], panels: int) -> None:
    answer = plot(adcli.parse(text), {"x": ends})
    figure = drawn(answer) if ends[1] > 1e99 else figure_of(answer, None)
    assert len(figure.axes) == panels
    for axes in figure.axes:
        low, high = axes.get_ylim()
        assert low < high
        for line in axes.get_lines():
            ys = [y for y in line.get_ydata() if not math.isnan(y) and low <= y <= high]
            assert not ys or min(ys) == max(ys) or max(ys) - min(ys) > 0.1 * (high - low)


def test_a_curve_goes_on_to_the_end_of_its_domain() -> None:
    figure = figure_of(plot(adcli.parse("sqrt(x)*ln(x)"), {"x": (-2, 2)}, order=0), None)
    points = zip(
        figure.axes[0].get_lines()[0].get_xdata(), figure.axes[0].get_lines()[0].get_ydata(), strict=True
    )
    x, y = next((x, y) for x, y in points if not math.isnan(y))
    assert 0 < x < 1e-6
    assert -0.02 < y < 0


@pytest.mark.parametrize(
    ("text", "words"), [("0*x*y + 1", "1 everywhere"), ("ln(-1 - x^2 - y^2)", "no value in this range")]
)
def test_heights_without_contours_say_so(text: str, words: str) -> None:
    figure = figure_of(plot(adcli.parse(text), {"x": (0, 1), "y": (0, 1)}), None)
    assert [label.get_text() for label in figure.axes[0].texts] == [words]


def test_gradients_stand_upright_on_contours() -> None:
    figure = figure_of(plot(adcli.parse("x^2 + 3*y^2"), {"x": (-2, 2), "y": (-1, 1)}), None)
    assert figure.axes[0].get_aspect() == 1


@pytest.mark.parametrize(
    ("text", "start", "rate", "what"),
    [
        ("x^4", {"x": 4}, 1, "loss"),
        ("x^4 + y^4", {"x": 4, "y": 1}, 1, "path"),
        ("x^4 + y^4", {"x": 4, "y": 1}, 1e-300, "path"),
        ("x^2 + 1", {"x": 0}, 1, "loss"),
        ("ln(x) + y^2", {"x": 1, "y": 1}, 0.5, "path"),
    ],
)
def test_a_descent_is_drawn_however_it_ended(
    text: str, start: dict[str, float], rate: float, what: str
) -> None:
    (axes,) = drawn(descend(adcli.parse(text), start, rate=rate, steps=50), what).axes
    assert text.replace("*", "") in axes.get_title().replace("*", "")


def test_a_chart_has_the_tangent_and_each_gap_once() -> None:
    chart = sketch(plot(adcli.parse("x^2/4 - 1"), {"x": (-2, 2)}, {"x": 0}), 40, unicode=False)
    panel = [line[12:] for line in chart.splitlines()[1:13]]
    assert panel[-1].startswith("* * * *")
    near = plot(adcli.parse("floor(1000*x)"), {"x": (16, 16.02)})
    for width in (80, 33, 20):
        title = sketch(near, width, unicode=False).splitlines()[0].strip()
        places = title[title.find("(") + 1 : -1].split(", ") if "(" in title else []
        assert len(set(places)) == len(places)
        assert title == "f" or title.endswith(", ...)")


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize(
    ("text", "start", "what", "first"),
    [
        ("x^2 + 3*y^2", {"x": 4, "y": 2}, "path", "f over x (right) and y (up)"),
        ("x^2 + 3*y^2", {"x": 4, "y": 2}, "loss", "f (logarithmic)"),
        ("ln(x) + 1/x + y^2", {"x": 0.3, "y": 1}, "path", "f over x (right) and y (up)"),
        ("x^2 - 9", {"x": 4}, None, "f"),
    ],
)
def test_a_descent_in_characters_fits_the_terminal(
    text: str, start: dict[str, float], what: str | None, first: str, *, unicode: bool
) -> None:
    found = descend(adcli.parse(text), start, steps=40)
    lines = sketch(found, 80, what, unicode=unicode).splitlines()
    assert lines[0].strip() == first
    assert max(map(len, lines)) <= 80
    assert lines[-1] == found.stop.message
    if what == "path":
        signs = "○●" if unicode else "o@"
        assert all(sum(line[12:].count(sign) for line in lines[1:22]) == 1 for sign in signs)
    if not unicode:
        assert "".join(lines).isascii()
