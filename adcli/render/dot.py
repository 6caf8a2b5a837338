"""Diagram -> DOT, to be drawn by any Graphviz without adcli.

Names in the file are ours (`n0`, `n1`, …); texts go through one function, `dot_text`, so nothing
that a user typed can become a DOT escape, an entity or an HTML-like label.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from adcli.diagram import silent
from adcli.render.arrangement import (
    by_user,
    depths,
    in_order,
    side_by_side,
    spacing,
    with_own_constants,
)
from adcli.render.fonts import FAMILY
from adcli.render.lettering import NO_BREAK_SPACE, visible, wrapped
from adcli.render.palette import LIGHT, Palette
from adcli.render.sizes import (
    CONSTANT_PEN,
    EDGE_FONT,
    EDGE_PEN,
    FOLDED_PEN,
    IDLE_PEN,
    LEGEND_FONT,
    NODE_FONT,
    NODE_PEN,
    NOW_PEN,
    OUTPUT_PEN,
    TITLE_FONT,
    Size,
    edge_lines,
    kinds_shown,
    legend_size,
    node_lines,
    node_size,
)

if TYPE_CHECKING:
    from graphviz import Digraph

    from adcli.diagram import Diagram, DiagramEdge, DiagramNode, Kind

_STYLES: dict[Kind, dict[str, str]] = {
    "input": {"shape": "ellipse", "style": "filled"},
    "constant": {"shape": "box", "style": "filled,dashed"},
    "step": {"shape": "box", "style": "filled,rounded"},
    "output": {"shape": "box", "style": "filled", "peripheries": "2", "penwidth": f"{OUTPUT_PEN}"},
    "folded": {"shape": "box", "style": "filled,rounded", "penwidth": f"{FOLDED_PEN}"},
    "cut": {"shape": "plaintext"},
}
_TITLE_ROOM = 640.0
_TITLE_LINES = 4


def dot_text(lines: list[str], end: str = "") -> str:
    """The lines as one DOT string that shows exactly these characters.

    `end` is "l" for lines that each close with a left-aligned break, "" for centred ones. An
    ampersand is doubled into an entity because Graphviz decodes entities in plain labels too.
    """
    from graphviz import escape, nohtml

    safe = [escape(visible(line)).replace("&", "&amp;") for line in lines]
    text: str = nohtml("".join(f"{line}\\{end}" for line in safe) if end else "\\n".join(safe))
    return text


def _hint(text: str) -> str:
    """A tooltip as a DOT string; Graphviz decodes the backslashes of a tooltip twice."""
    return dot_text(text.replace("\\", "\\\\").split("\n"))


def dot(diagram: Diagram, palette: Palette = LIGHT) -> str:
    """The DOT text of a picture."""
    from graphviz import Digraph

    diagram = with_own_constants(diagram)
    graph = Digraph("adcli")
    nodesep, ranksep = spacing(diagram)
    graph.attr("graph", bgcolor=palette.background, rankdir=diagram.direction.upper(), pad="0.2")
    graph.attr("graph", nodesep=f"{nodesep}", ranksep=f"{ranksep}", splines="true")
    graph.attr("graph", outputorder="edgesfirst", labelloc="t", labeljust="c")
    graph.attr("graph", fontname=FAMILY, fontsize=f"{TITLE_FONT:g}", fontcolor=palette.ink)
    title = [part for line in diagram.title for part in wrapped(line, TITLE_FONT, _TITLE_ROOM, _TITLE_LINES)]
    graph.attr("graph", label=dot_text([*title, NO_BREAK_SPACE]) if title else "", tooltip=NO_BREAK_SPACE)
    graph.attr("node", fontname=FAMILY, fontsize=f"{NODE_FONT:g}", fontcolor=palette.ink)
    graph.attr("node", penwidth=f"{NODE_PEN}", fixedsize="true")
    graph.attr("edge", fontname=FAMILY, fontsize=f"{EDGE_FONT:g}", fontcolor=palette.ink)
    graph.attr("edge", color=palette.flow(diagram.mode), penwidth=f"{EDGE_PEN}", arrowsize="0.75")
    if diagram.backwards:
        graph.attr("edge", dir="back")
    fixed = in_order(diagram)
    numbers = {node.id: place for place, node in enumerate(diagram.nodes)}
    for place, node in enumerate(diagram.nodes):
        order = {"ordering": "in"} if node.id in fixed else {}
        _node(graph, f"n{place}", node, _look(node.kind, palette) | order)
    if row := side_by_side(diagram):
        graph.body.append("\t{rank=same; " + "; ".join(f"n{place}" for place in row) + "}\n")
    for _, edge in by_user(diagram):
        quiet = silent(diagram.nodes[numbers[edge.tail]].kind, diagram.nodes[numbers[edge.head]].kind)
        paint = wrong_paint(palette) if edge.wrong else idle_paint(palette) if edge.idle else {}
        _edge(graph, numbers[edge.tail], numbers[edge.head], edge, palette if quiet else None, paint)
    _legend(graph, diagram, palette)
    return str(graph.source)


def _inches(size: Size) -> dict[str, str]:
    return {"width": f"{size.w / 72:.3f}", "height": f"{size.h / 72:.3f}"}


def _look(kind: Kind, palette: Palette) -> dict[str, str]:
    paint = palette.kinds[kind]
    return _STYLES[kind] | {"fillcolor": paint.fill, "color": paint.border}


def _node(graph: Digraph, name: str, node: DiagramNode, look: dict[str, str]) -> None:
    attributes = look | _inches(node_size(node)) | {"tooltip": _hint(node.tooltip)}
    graph.node(name, dot_text(node_lines(node)), **attributes)


def wrong_paint(palette: Palette) -> dict[str, str]:
    """How a wrong edge is drawn."""
    return {"color": palette.wrong, "fontcolor": palette.wrong, "style": "dashed", "penwidth": f"{NOW_PEN:g}"}


def idle_paint(palette: Palette) -> dict[str, str]:
    """How an edge is drawn that the sweep does not come along."""
    return {"color": palette.edge, "penwidth": f"{IDLE_PEN}"}


def _edge(
    graph: Digraph, tail: int, head: int, edge: DiagramEdge, dashed: Palette | None, paint: dict[str, str]
) -> None:
    """One edge; `dashed` is the palette if nothing flows along it, `paint` how a wrong or idle one looks."""
    attributes = {"id": f"edge-{head}-{edge.slot}", **paint}
    if edge.tooltip:
        hint = _hint(edge.tooltip)
        attributes |= {"tooltip": hint, "labeltooltip": hint}
    if dashed:
        attributes |= {"color": dashed.kinds["constant"].border, "style": "dashed"}
        attributes |= {"penwidth": f"{CONSTANT_PEN}", "dir": "none"}
    elif edge.marked:
        attributes["penwidth"] = f"{NOW_PEN}"
    if edge.lines and not dashed:
        gap = 2 * NO_BREAK_SPACE
        attributes["label"] = dot_text([gap + line + gap for line in edge_lines(edge)], end="l")
    graph.edge(f"n{tail}", f"n{head}", **attributes)


def _legend(graph: Digraph, diagram: Diagram, palette: Palette) -> None:
    """A row of the kinds and the legend's lines, tied below the lowest node by invisible edges.

    They are free nodes: a cluster would switch `ordering=in` off.
    """
    if not diagram.nodes:
        return
    above = [f"n{_lowest(diagram)}"]
    small = {"fontsize": f"{LEGEND_FONT:g}", "fontcolor": palette.secondary}
    row = [f"legend_{kind}" for kind in kinds_shown(diagram)]
    for name, kind in zip(row, kinds_shown(diagram), strict=True):
        graph.node(name, kind, **(_look(kind, palette) | _inches(legend_size(kind)) | small))
    graph.body.append("\t{rank=same; " + "; ".join(row) + "}\n")
    rows = [above, row]
    if diagram.legend:
        text = dot_text(list(diagram.legend))
        tight = {"fixedsize": "false", "margin": "0", "height": "0.1"}
        graph.node("legend_text", text, shape="plaintext", **tight, **small)
        rows.append(["legend_text"])
    for upper, lower in pairwise(rows):
        for tail in upper:
            for head in lower:
                graph.edge(tail, head, style="invis")


def _lowest(diagram: Diagram) -> int:
    """The index of a node at the end of a longest path, the last one in doubt."""
    depth = depths(diagram)
    return max(range(len(diagram.nodes)), key=lambda place: (depth[diagram.nodes[place].id], place))
