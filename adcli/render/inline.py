"""The picture inside a page: its colours are the page's, and every edge has its arrow in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from adcli.diagram import Kind
from adcli.render.geometry import Layout, Point, Track
from adcli.render.palette import Paint, Palette
from adcli.render.sheet import extent
from adcli.render.sizes import CONSTANT_PEN, EDGE_PEN, NODE_FONT
from adcli.render.svg import (
    DASHES,
    FONTS,
    arrow_head,
    hint,
    label_groups,
    named,
    node_group,
    path_of,
    pt,
    said,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adcli.diagram import Diagram, Mode
    from adcli.stepping import Edge, Progress

_MARGIN = 8.0

VARIABLES = Palette(
    background="var(--background)",
    ink="var(--ink)",
    secondary="var(--secondary)",
    edge="var(--edge)",
    tangent="var(--accent)",
    adjoint="var(--accent)",
    kinds={kind: Paint(f"var(--{kind})", f"var(--{kind}-border)") for kind in get_args(Kind)},
)
"""The page's own variables, which follow the reader's light or dark."""


def over(first: Layout, second: Layout) -> Layout:
    """The second layout, moved so that its nodes stand on those of the first: arrows shift them."""
    if not first.nodes:
        return second
    dx, dy = first.nodes[0].x - second.nodes[0].x, first.nodes[0].y - second.nodes[0].y

    def moved(point: Point) -> Point:
        return Point(point.x + dx, point.y + dy)

    return Layout(
        tuple(map(moved, second.nodes)),
        tuple(
            Track(
                tuple(map(moved, track.curve)),
                track.tip and moved(track.tip),
                track.label and moved(track.label),
            )
            for track in second.edges
        ),
    )


def inline(
    diagram: Diagram,
    ways: dict[str, tuple[Layout, bool]],
    progress: Progress,
    maps: Mapping[Mode, Mapping[Edge, str]],
) -> Iterator[str]:
    """The lines of an SVG element; `ways` has a layout by sweep and whether its arrows run backwards.

    The layouts differ in nothing but their arrows. `maps` has, by sweep, the texts of edges that the two
    do not read alike. Ids are those of `svg`: node-3, edge-3-0, label-3-0.
    """
    placed, _ = next(iter(ways.values()))
    left, top, right, bottom = extent(diagram, placed)
    w, h = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    yield (
        f'<svg id="picture" width="{pt(w * 4 / 3)}" height="{pt(h * 4 / 3)}" viewBox="{pt(left - _MARGIN)}'
        f' {pt(top - _MARGIN)} {pt(w)} {pt(h)}" role="img" aria-labelledby="picture-desc"'
        f' font-family="{FONTS}">'
    )
    yield f'<desc id="picture-desc">{said(diagram.description)}</desc>'
    yield f'<g fill="none" stroke-width="{EDGE_PEN}">'
    known = progress._replace(node=None)  # where the sweep is, the page's classes say
    tracks = {mode: list(named(diagram, way)) for mode, (way, _) in ways.items()}
    for place, (name, edge, _, constant) in enumerate(named(diagram, placed)):
        kind = " constant" if constant else " done" if (edge.head, edge.slot) in progress.done else ""
        yield f'<g id="edge-{name}" class="edge{kind}">'
        yield f"<title>{said(hint(edge))}</title>"
        dashed = f' stroke-width="{CONSTANT_PEN}"{DASHES}' if constant else ""
        for mode, (_, backwards) in ways.items():
            track = tracks[mode][place][2]
            yield f'<g class="{mode}"><path d="{path_of(track.curve)}"{dashed}/>'
            if track.tip:
                yield arrow_head(track.curve[0 if backwards else -1], track.tip, "currentColor")
            yield "</g>"
        yield "</g>"
    yield "</g>"
    yield f'<g font-size="{NODE_FONT:g}" text-anchor="middle" fill="{VARIABLES.ink}">'
    for place, (node, centre) in enumerate(zip(diagram.nodes, placed.nodes, strict=True)):
        yield from node_group(place, node, centre, VARIABLES, "var(--accent)", known)
    yield "</g>"
    yield from label_groups(diagram, placed, VARIABLES, progress, maps)
    yield "</svg>"
