"""What the words of a picture own up to: edges that no sweep comes along, outputs without edges, kinks, seeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import adcli
from adcli import answers
from adcli.drawing import Wanted
from adcli.drawing import diagram as drawn
from adcli.errors import DomainError
from adcli.render.dot import dot
from adcli.render.geometry import Layout, Point, Track
from adcli.render.mermaid import mermaid
from adcli.render.palette import LIGHT
from adcli.render.svg import svg
from adcli.render.tikz import tikz

if TYPE_CHECKING:
    from adcli.diagram import Diagram, Mode

TWO = "x*y; x + z; floor(y)"
POINT = {"x": 1, "y": 2.5, "z": 3}


def picture(mode: str, *, at: bool = True, **start: object) -> Diagram:
    answer = answers.graph(adcli.parse(TWO), POINT if at else None, mode=mode, **start)  # type: ignore[arg-type]
    return drawn(answer, Wanted())


def idle(diagram: Diagram) -> set[str]:
    return {f"{edge.tail}>{edge.head}" for edge in diagram.edges if edge.idle}


@pytest.mark.parametrize("at", [True, False])
def test_edges_of_outputs_that_nobody_seeded_are_idle(*, at: bool) -> None:
    assert idle(picture("reverse", at=at)) == {"x>v2", "z>v2", "y>v3"}
    assert idle(picture("reverse", at=at, output="f2")) == {"x>v1", "y>v1", "y>v3"}
    assert idle(picture("none", at=at)) == set()


def test_a_tangent_of_zero_is_a_number_that_comes_along() -> None:
    assert idle(picture("forward", wrt=["z"])) == set()


def test_every_output_is_in_the_picture_by_each_of_its_names() -> None:
    answer = answers.graph(adcli.parse("x, 5, x*y, x*y"), {"x": 1.5, "y": 2})
    boxes = [(node.kind, node.lines[0]) for node in drawn(answer, Wanted()).nodes]
    assert ("input", "f₁ = x = 1.5") in boxes
    assert ("output", "f₂ = 5") in boxes
    assert ("output", "f₃ = f₄ = v₁ = x·y") in boxes


def test_a_picture_without_edges_says_nothing_of_edges() -> None:
    assert drawn(answers.graph(adcli.parse("5")), Wanted()).legend == ()


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
def test_a_slope_at_a_kink_is_called_a_convention(mode: Mode) -> None:
    answer = answers.graph(adcli.parse("|x|*y - max(x, z)"), {"x": 0, "y": 1, "z": 0}, mode=mode)
    assert any(line.startswith("a kink at v₁, v₃: ") for line in drawn(answer, Wanted()).legend)


def test_the_legend_says_what_adjoints_are_slopes_of() -> None:
    def slope(text: str, **seed: float) -> str:
        answer = answers.graph(adcli.parse(text), {"x": 1, "y": 2}, mode="reverse", seed=seed or None)
        return drawn(answer, Wanted()).legend[-1].partition(";")[0]

    assert slope("x*y") == "v̄ = ∂f/∂v"
    assert slope("x*y; x+y", f1=2, f2=-1) == "v̄ = ∂(2·f₁ + (−1)·f₂)/∂v"
    assert slope("v = x*y; w = sin(v); w") == "v̄ᵢ = ∂w/∂vᵢ"  # the reader's v is one node, not any


def test_idle_edges_are_thin_and_grey_in_every_format() -> None:
    diagram = picture("reverse")
    curve = tuple(Point(x, 0.0) for x in (0.0, 1.0, 2.0, 3.0))
    placed = Layout(
        (Point(0, 0),) * len(diagram.nodes), (Track(curve, Point(4, 0), None),) * len(diagram.edges)
    )
    numbers = {node.id: place for place, node in enumerate(diagram.nodes)}
    grey = {f"{numbers[edge.head]}-{edge.slot}" for edge in diagram.edges if edge.idle}
    looks = re.findall(r'<g id="edge-([\d-]+)" class="edge"(.*?)>', svg(diagram, LIGHT, placed))
    assert {name for name, look in looks if f'stroke="{LIGHT.edge}" stroke-width="0.9"' in look} == grey
    assert dot(diagram).count(f'color="{LIGHT.edge}" id=') + dot(diagram).count("penwidth=0.9") == 2 * len(
        grey
    )
    assert tikz(diagram, None, LIGHT, placed).count(r"\draw[idle flow]") == len(grey)
    assert mermaid(diagram).count(f"stroke:{LIGHT.edge},stroke-width:1px") == len(grey)


@pytest.mark.parametrize("mode", ["none", "forward", "reverse"])
def test_a_partial_beyond_the_floats_is_refused_in_every_mode(mode: str) -> None:
    with pytest.raises(DomainError, match=r"gamma|beyond"):
        answers.graph(adcli.parse("gamma(170 + x)"), {"x": 1.5}, mode=mode)  # type: ignore[arg-type]


def test_a_title_has_the_expression_as_long_as_it_is_short() -> None:
    series = "1 + x + x^2/2 + x^3/6 + x^4/24 + x^5/120 + x^6/720"
    assert drawn(answers.graph(adcli.parse(series)), Wanted()).title[0].startswith("f = 1 + x + x²/2")
    newton = "s = a; for k in 1..6 { s = (s + a/s)/2 }; s"
    assert drawn(answers.graph(adcli.parse(newton)), Wanted()).title[0] == "s: a program of 18 steps"
