"""Edges that a sweep does not come along are told from those that it does; numbers that overflow are not drawn."""

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
    from adcli.diagram import Diagram

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
