"""Diagram -> where everything is.

The graph that Graphviz gets has boxes of our sizes without text, and edge labels of `x` in a font
of fixed width that take the room of the real ones: so both engines leave the same room, no text of
the user's reaches them, and texts are set by `svg` from our own measures.

Graphviz bends lines around boxes so closely that they touch. So it gets boxes with some air around
them, and each line is led on from there to the box that is drawn.
"""

from __future__ import annotations

from math import ceil, dist
from typing import TYPE_CHECKING, Any

from adcli.diagram import silent
from adcli.errors import UsageError
from adcli.render.arrangement import (
    by_user,
    in_order,
    reach,
    side_by_side,
    spacing,
    tangled,
    with_own_constants,
)
from adcli.render.engines import PATIENCE, TIME_LIMIT, places
from adcli.render.geometry import Layout, Point, Rect, Track
from adcli.render.labels import settle
from adcli.render.sizes import EDGE_PITCH, LABEL_PAD, Size, label_size, node_size, outer

if TYPE_CHECKING:
    from adcli.diagram import Diagram, DiagramEdge

MOST_NODES = 2000
MOST_REACH = 10_000
"""At these Graphviz takes 5 to 10 seconds, at ten times as much minutes, and nobody can read the picture."""

LABELLED_REACH = 1000  # up to here texts take part in the layout, which doubles the ranks
_AIR = 4.0  # around each box
_STIFF = 30.0
_LETTER = 6.0  # the width of a Courier letter of size 10
_WAY_OUT = (
    "draw a part with --only or --around, write the graph itself with -o graph.dot or -o graph.json, "
    "or draw a picture all the same with --force"
)


def layout(diagram: Diagram, *, force: bool = False) -> Layout:
    """The places of a diagram's nodes, edges and edge texts, each constant in its own place per use.

    UsageError when the graph is too large or too intricate, unless `force` tries all the same with more
    time; FileProblem when there is no Graphviz.
    """
    diagram = with_own_constants(diagram)
    if len(diagram.nodes) > MOST_NODES and not force:
        raise UsageError(
            f"the graph has {len(diagram.nodes)} nodes; a picture shows at most {MOST_NODES}", hint=_WAY_OUT
        )
    if not diagram.nodes:
        return Layout((), ())
    if (far := reach(diagram)) > MOST_REACH and not force:
        raise UsageError(
            f"the graph is too intricate for a picture: its edges cross {far} ranks, and"
            f" at most {MOST_REACH} can be laid out",
            hint=_WAY_OUT,
        )
    patience = PATIENCE if force else TIME_LIMIT
    answer, top, nodes = _placed(diagram, skeleton(diagram, labelled=far <= LABELLED_REACH), patience)
    if free := tangled(diagram, nodes):
        answer, top, nodes = _placed(diagram, skeleton(diagram, free=free), patience)
    ways = {item["id"]: _track(item, top) for item in answer.get("edges", ())}
    drawn = boxes(diagram, nodes)
    rooms = {node.id: box for node, box in zip(diagram.nodes, drawn, strict=True)}
    tracks = [
        _led_on(_with_corner(edge, ways[str(index)], diagram), rooms[edge.tail], rooms[edge.head])
        for index, edge in enumerate(diagram.edges)
    ]
    return Layout(nodes, settle(diagram, drawn, tracks))


def _placed(diagram: Diagram, asked: str, patience: float) -> tuple[dict[str, Any], float, tuple[Point, ...]]:
    """What Graphviz answers, the height of its page, and the nodes' places."""
    answer = places(asked, patience)
    top = float(answer["bb"].split(",")[3])
    found = {item["name"]: _point(item["pos"], top) for item in answer["objects"] if "pos" in item}
    return answer, top, tuple(found[str(place)] for place in range(len(diagram.nodes)))


def boxes(diagram: Diagram, nodes: tuple[Point, ...]) -> list[Rect]:
    """The room of each node, outer border included."""
    rects = []
    for node, (x, y) in zip(diagram.nodes, nodes, strict=True):
        w, h = outer(node.kind, node_size(node))
        rects.append(Rect(x - w / 2, y - h / 2, x + w / 2, y + h / 2))
    return rects


def skeleton(diagram: Diagram, *, labelled: bool = True, free: frozenset[str] = frozenset()) -> str:
    """The DOT text that is laid out: numbers, sizes and room for labels, nothing else.

    Operands of `free` users may stand in any order.
    """
    nodesep, ranksep = spacing(diagram)
    ranksep -= 2 * _AIR / 72  # texts need all of the other gap
    numbers = {node.id: place for place, node in enumerate(diagram.nodes)}
    fixed = in_order(diagram) - free
    rows = [
        f"graph [rankdir={diagram.direction.upper()} nodesep={nodesep} ranksep={ranksep:.4f}]",
        'node [shape=box fixedsize=true label=""]',
        f"edge [fontname=Courier fontsize=10 arrowsize=0.75{' dir=back' if diagram.backwards else ''}]",
    ]
    if not labelled:
        rows.append("graph [nslimit=2]")
    for place, node in enumerate(diagram.nodes):
        w, h = (length + 2 * _AIR for length in outer(node.kind, node_size(node)))
        shape = " shape=ellipse" if node.kind == "input" else ""
        order = " ordering=in" if node.id in fixed else ""
        rows.append(f"{place} [width={w / 72:.4f} height={h / 72:.4f}{shape}{order}]")
    if row := side_by_side(diagram):
        rows.append("{rank=same; " + "; ".join(map(str, row)) + "}")
    for index, edge in by_user(diagram):
        tail, head = numbers[edge.tail], numbers[edge.head]
        plain = " dir=none" if silent(diagram.nodes[tail].kind, diagram.nodes[head].kind) else ""
        room = _letters(edge, diagram) if labelled and edge.lines else ""
        rows.append(f"{tail} -> {head} [id={index}{plain}{room}]")
    return "digraph {\n" + "\n".join(rows) + "\n}\n"


def _room(edge: DiagramEdge, diagram: Diagram) -> Size:
    """What Graphviz is asked to leave for a text: whole letters, and air towards its own line."""
    w, h = label_size(edge)
    if diagram.direction in {"lr", "rl"}:
        h += EDGE_PITCH
    return Size(ceil((w + 2 * LABEL_PAD) / _LETTER) * _LETTER, h)


def _letters(edge: DiagramEdge, diagram: Diagram) -> str:
    w, h = _room(edge, diagram)
    lines = ["x" * round(w / _LETTER)] + ["x"] * round(h / EDGE_PITCH - 1)
    return ' label="' + r"\n".join(lines) + '"'


def _with_corner(edge: DiagramEdge, track: Track, diagram: Diagram) -> Track:
    """The track with the text's corner where Graphviz said its centre."""
    if track.label is None:
        return track
    room, size = _room(edge, diagram), label_size(edge)
    corner = Point(track.label.x - room.w / 2 + LABEL_PAD, track.label.y - size.h / 2)
    return track._replace(label=corner)


def _led_on(track: Track, tail: Rect, head: Rect) -> Track:
    """The track between the drawn boxes; its arrow aims at the border from where its line ended."""
    curve, tip = list(track.curve), track.tip
    arrow = min((0, -1), key=lambda end: dist(track.tip or (0, 0), curve[end]))
    for box, end, handle in ((tail, 0, 1), (head, -1, -2)):
        came = curve[end]
        if tip and arrow == end:
            length = dist(tip, came)
            tip = _onto(box, tip)
            share = length / (dist(tip, came) or 1)
            curve[end] = Point(tip.x + share * (came.x - tip.x), tip.y + share * (came.y - tip.y))
        else:
            curve[end] = _onto(box, came)
        # A long handle hardly turns; if it moved too, a flat line would come close to the next box.
        share = max(0.0, 1 - dist(came, curve[handle]) / _STIFF)
        dx, dy = curve[end].x - came.x, curve[end].y - came.y
        curve[handle] = Point(curve[handle].x + share * dx, curve[handle].y + share * dy)
    return track._replace(curve=tuple(curve), tip=tip)


def _onto(box: Rect, point: Point) -> Point:
    """A point on the border of a box, or ellipse, with air around it, moved to that of the box itself."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    w, h = box.right - box.left, box.bottom - box.top
    return Point(x + (point.x - x) * w / (w + 2 * _AIR), y + (point.y - y) * h / (h + 2 * _AIR))


def _point(pair: str, top: float) -> Point:
    x, y = pair.split(",")
    return Point(float(x), top - float(y))


def _track(item: dict[str, Any], top: float) -> Track:
    """The way of an edge from "s,x,y e,x,y x,y x,y …": marked points are tips of arrows."""
    tip, curve = None, []
    for part in item["pos"].split(";")[0].split():
        if part[0] in "se":
            tip = _point(part[2:], top)
        else:
            curve.append(_point(part, top))
    return Track(tuple(curve), tip, _point(item["lp"], top) if "lp" in item else None)
