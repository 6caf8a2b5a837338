"""Diagram -> SVG, drawn by us from the places that `layout` found.

Every text goes through `said`, so nothing that a user typed becomes markup. Ids carry the operand's
slot (`edge-5-1` is the second operand of node 5), so that the two edges of `x*x` stay two.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from adcli.diagram import silent
from adcli.render.arrangement import with_own_constants
from adcli.render.fonts import FAMILY
from adcli.render.geometry import Point
from adcli.render.layout import layout
from adcli.render.lettering import escaped, visible_lines
from adcli.render.palette import LIGHT, Palette
from adcli.render.sheet import sheet
from adcli.render.sizes import (
    CONSTANT_PEN,
    EDGE_FONT,
    EDGE_PEN,
    EDGE_PITCH,
    FOLDED_PEN,
    IDLE_PEN,
    LEGEND_FONT,
    NODE_FONT,
    NODE_PEN,
    NODE_PITCH,
    NOW_PEN,
    OUTPUT_PEN,
    RIM,
    TITLE_FONT,
    Size,
    edge_lines,
    legend_size,
    node_lines,
    node_size,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from adcli.diagram import Diagram, DiagramEdge, DiagramNode, Kind, Mode
    from adcli.render.geometry import Layout, Track
    from adcli.render.sheet import Line, Sheet
    from adcli.stepping import Edge, Progress

FONTS = f"'{FAMILY}', Verdana, sans-serif"
_BASELINE = 0.36  # from the middle of a line of text down to its baseline, in ems
_ARROW = 0.4  # half the width of an arrow's head, as a part of its length
CORNER = 11.0
"""The radius of a step's corners."""
_HALO = 3.0
DASHES = ' stroke-dasharray="5 2"'
WRONG_DASHES = ' stroke-dasharray="8 4"'


def svg(diagram: Diagram, palette: Palette = LIGHT, placed: Layout | None = None) -> str:
    """The picture as an SVG document; `placed` saves the layout when it is known."""
    diagram = with_own_constants(diagram)
    placed = placed or layout(diagram)
    return "\n".join(document(diagram, placed, sheet(diagram, placed), palette)) + "\n"


def said(text: str) -> str:
    """The text, line by line visible, as XML character data."""
    return escaped(visible_lines(text))


def document(
    diagram: Diagram, placed: Layout, page: Sheet, palette: Palette, progress: Progress | None = None
) -> Iterator[str]:
    """The lines of the picture on its page; `progress` leaves blank what its sweep has not come to."""
    w, h = pt(page.width), pt(page.height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}"'
        f' role="img" aria-labelledby="picture-title picture-desc" font-family="{FONTS}">'
    )
    yield f'<title id="picture-title">{said(", ".join(diagram.title))}</title>'
    yield f'<desc id="picture-desc">{said(diagram.description)}</desc>'
    yield f'<rect class="background" width="{w}" height="{h}" fill="{palette.background}"/>'
    yield from _paragraph("title", page.title, page.width / 2, TITLE_FONT, palette)
    yield f'<g class="drawing" transform="translate({pt(page.shift.x)} {pt(page.shift.y)})">'
    yield from _edges(diagram, placed, palette, progress)
    yield f'<g class="nodes" font-size="{NODE_FONT:g}" text-anchor="middle" fill="{palette.ink}">'
    for place, (node, centre) in enumerate(zip(diagram.nodes, placed.nodes, strict=True)):
        yield from node_group(place, node, centre, palette, palette.flow(diagram.mode), progress)
    yield "</g>"
    yield from label_groups(diagram, placed, palette, progress)
    yield "</g>"
    yield f'<g class="kinds" font-size="{LEGEND_FONT:g}" text-anchor="middle" fill="{palette.secondary}">'
    for kind, centre in page.samples:
        yield _shape(kind, centre, legend_size(kind), palette)
        yield _text(kind, centre.x, centre.y + _BASELINE * LEGEND_FONT)
    yield "</g>"
    yield from _paragraph("legend", page.legend, page.width / 2, LEGEND_FONT, palette)
    yield "</svg>"


def _paragraph(name: str, lines: list[Line], middle: float, size: float, palette: Palette) -> Iterator[str]:
    """Centred lines: the first line of a title in ink, the others grey."""
    yield f'<g class="{name}" font-size="{size:g}" text-anchor="middle" fill="{palette.secondary}">'
    for line in lines:
        colour = f' fill="{palette.ink}"' if line.first else ""
        yield _text(line.text, middle, line.y + _BASELINE * size, colour)
    yield "</g>"


def _edges(diagram: Diagram, placed: Layout, palette: Palette, progress: Progress | None) -> Iterator[str]:
    """The lines and arrows of all edges, under everything else; grey where no sweep has come."""
    flow = palette.flow(diagram.mode)
    yield f'<g class="edges" fill="none" stroke="{flow}" stroke-width="{EDGE_PEN}">'
    for name, edge, track, constant in named(diagram, placed):
        kind, look, colour = _pen(edge, palette, flow, progress)
        kind = " constant" if constant else kind
        yield f'<g id="edge-{name}" class="edge{kind}"{look}>'
        yield f"<title>{said(hint(edge))}</title>"
        dashed = f' stroke="{palette.kinds["constant"].border}" stroke-width="{CONSTANT_PEN}"{DASHES}'
        yield f'<path d="{path_of(track.curve)}"{dashed if constant else ""}/>'
        if track.tip:
            yield arrow_head(track.curve[0 if diagram.backwards else -1], track.tip, colour)
        yield "</g>"
    yield "</g>"


def _pen(edge: DiagramEdge, palette: Palette, flow: str, progress: Progress | None) -> tuple[str, str, str]:
    """An edge's class, the look of its line, and the colour of its arrow."""
    use = edge.head, edge.slot
    if edge.wrong:
        wrong = f' stroke="{palette.wrong}" stroke-width="{NOW_PEN:g}"{WRONG_DASHES}'
        return " wrong", wrong, palette.wrong
    if progress is not None and use == progress.edge:
        return " now", f' stroke-width="{NOW_PEN:g}"', flow
    kind = " path" if edge.marked else ""
    if edge.idle:
        return kind, f' stroke="{palette.edge}" stroke-width="{IDLE_PEN}"', palette.edge
    if progress is not None and use not in progress.done:
        return kind, f' stroke="{palette.edge}"', palette.edge
    return kind, f' stroke-width="{NOW_PEN:g}"' if edge.marked else "", flow


def label_groups(
    diagram: Diagram,
    placed: Layout,
    palette: Palette,
    progress: Progress | None = None,
    maps: Mapping[Mode, Mapping[Edge, str]] | None = None,
) -> Iterator[str]:
    """The texts of all edges, above everything else and with a halo where a foreign line passes.

    `maps` has the first lines that differ by the sweep, in a class of its name.
    """
    yield (
        f'<g class="labels" font-size="{EDGE_FONT:g}" fill="{palette.ink}" stroke="{palette.background}"'
        f' stroke-width="{_HALO:g}" stroke-linejoin="round" paint-order="stroke">'
    )
    for name, edge, track, _ in named(diagram, placed):
        if track.label is None:
            continue
        paint = f' fill="{palette.wrong}"' if edge.wrong else ""
        yield f'<g id="label-{name}" class="label"{paint}>'
        yield f"<title>{said(hint(edge))}</title>"
        for at, line in enumerate(edge_lines(edge)):
            y = track.label.y + EDGE_PITCH * (at + 0.5) + _BASELINE * EDGE_FONT
            accented = at == edge.accent
            shown = progress.flows.get((edge.head, edge.slot), "") if accented and progress else line
            accent = _accent(accented and not edge.wrong, palette.flow(diagram.mode))
            own = {} if at else {mode: one.get((edge.head, edge.slot)) for mode, one in (maps or {}).items()}
            if any(own.values()):
                for mode, text in own.items():
                    (fit,) = edge_lines(edge._replace(lines=(text or "",)))
                    yield _text(fit, track.label.x, y, f' class="{mode}"')
                continue
            yield _text(shown, track.label.x, y, accent)
        yield "</g>"
    yield "</g>"


def named(diagram: Diagram, placed: Layout) -> Iterator[tuple[str, DiagramEdge, Track, bool]]:
    """Each edge with the number of its user and its slot, its way, and whether it is a silent one."""
    numbers = {node.id: place for place, node in enumerate(diagram.nodes)}
    for edge, track in zip(diagram.edges, placed.edges, strict=True):
        quiet = silent(diagram.nodes[numbers[edge.tail]].kind, diagram.nodes[numbers[edge.head]].kind)
        yield f"{numbers[edge.head]}-{edge.slot}", edge, track, quiet


def node_group(
    place: int,
    node: DiagramNode,
    centre: Point,
    palette: Palette,
    flow: str,
    progress: Progress | None = None,
) -> Iterator[str]:
    """A node's shape and lines; the node that a sweep is at has a thick border."""
    now = progress is not None and node.id == progress.node
    yield f'<g id="node-{place}" class="node {node.kind}{" now" if now else ""}">'
    yield f"<title>{said(hint(node))}</title>"
    yield _shape(node.kind, centre, node_size(node), palette, flow if now else None)
    lines = node_lines(node)
    for at, line in enumerate(lines):
        y = centre.y + (at - (len(lines) - 1) / 2) * NODE_PITCH + _BASELINE * NODE_FONT
        accented = at == node.accent
        shown = progress.sums.get(node.id, "") if accented and progress else line
        yield _text(shown, centre.x, y, _accent(accented, flow))
    yield "</g>"


def _shape(kind: Kind, centre: Point, size: Size, palette: Palette, now: str | None = None) -> str:
    """The outline that tells a kind without its colour: ellipse, dashed, round, thick or double box."""
    fill, border = palette.kinds[kind]
    if kind == "cut":
        return ""
    pen = {"output": OUTPUT_PEN, "folded": FOLDED_PEN}.get(kind, NODE_PEN)
    if now:
        border, pen = now, NOW_PEN
    paint = f'fill="{fill}" stroke="{border}" stroke-width="{pen}"'
    if kind == "input":
        return (
            f'<ellipse cx="{pt(centre.x)}" cy="{pt(centre.y)}"'
            f' rx="{pt(size.w / 2)}" ry="{pt(size.h / 2)}" {paint}/>'
        )
    if kind == "output":
        rim = Size(size.w + 2 * RIM, size.h + 2 * RIM)
        around = f'fill="{palette.background}" stroke="{border}" stroke-width="{pen}"'
        return _box(centre, rim, around) + _box(centre, size, paint)
    if kind in ("step", "folded"):
        return _box(centre, size, f'rx="{pt(min(CORNER, size.h / 3))}" {paint}')
    return _box(centre, size, paint + DASHES)


def _box(centre: Point, size: Size, attributes: str) -> str:
    x, y = pt(centre.x - size.w / 2), pt(centre.y - size.h / 2)
    return f'<rect x="{x}" y="{y}" width="{pt(size.w)}" height="{pt(size.h)}" {attributes}/>'


def path_of(curve: tuple[Point, ...]) -> str:
    """The line along Bézier points."""
    start, *bends = (f"{pt(point.x)} {pt(point.y)}" for point in curve)
    return f"M{start}C{' '.join(bends)}"


def arrow_head(base: Point, tip: Point, flow: str) -> str:
    """A head from the end of the line to the tip."""
    points = " ".join(f"{pt(x)},{pt(y)}" for x, y in arrow_corners(base, tip))
    return f'<polygon points="{points}" fill="{flow}" stroke="none"/>'


def arrow_corners(base: Point, tip: Point) -> tuple[Point, Point, Point]:
    """The three corners of a head."""
    side = _ARROW * 7.5 / (hypot(tip.x - base.x, tip.y - base.y) or 1)
    dx, dy = side * (tip.y - base.y), side * (base.x - tip.x)
    return Point(base.x + dx, base.y + dy), tip, Point(base.x - dx, base.y - dy)


def _text(line: str, x: float, y: float, attributes: str = "") -> str:
    return f'<text x="{pt(x)}" y="{pt(y)}"{attributes}>{said(line)}</text>'


def _accent(accented: bool, flow: str) -> str:  # noqa: FBT001 - a question put to the one line
    return f' class="flow" fill="{flow}"' if accented else ""


def hint(part: DiagramNode | DiagramEdge) -> str:
    """The tooltip, which says in full what a label had to shorten."""
    return part.tooltip or "\n".join(part.lines)


def pt(value: float) -> str:
    """A length with two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
