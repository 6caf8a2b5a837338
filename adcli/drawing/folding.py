"""Which steps of a large graph become one box: those of a loop, and the values of a re-assigned name."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from adcli.diagram import Diagram, DiagramEdge, DiagramNode
from adcli.graph import Graph
from adcli.language.program import Program

FEWEST_VALUES = 3
"""A name that is assigned again this often makes a box."""

_LONGEST = 40
_HINTS = 12


class Fold(NamedTuple):
    """Steps that are drawn as one box, by their nodes, and what it says."""

    nodes: tuple[int, ...]
    lines: tuple[str, ...]


class Stretch(NamedTuple):
    """Nodes that were made one after the other, from `first` up to `end`, and what made them."""

    first: int
    end: int
    said: str


def folds(program: Program, shown: Container[int] | None = None) -> tuple[Fold, ...]:
    """The boxes of a program, in order; of a part of it, as far as that is shown.

    Outputs stay outside. A stretch holds whole runs of a loop, so no path leaves a box and comes back;
    where a later step of it uses an output, there are two boxes.
    """
    graph, outputs = program.graph, set(program.outputs.values())
    found = []
    for stretch in stretches(program):
        for run in runs(graph, stretch, outputs):
            steps = tuple(node for node in run if graph.args[node] and (shown is None or node in shown))
            if len(steps) > 1:
                found.append(Fold(steps, (stretch.said, f"{len(steps)} steps")))
    return tuple(found)


def stretches(program: Program) -> list[Stretch]:
    """Loops, and the values of names outside loops; what overlaps is one stretch."""
    loops = [Stretch(loop.first, loop.end, shortened(loop.said)) for loop in program.loops]
    inside = {node for loop in loops for node in range(loop.first, loop.end)}
    values: dict[str, list[int]] = {}
    for node, name in program.named.items():
        if node not in inside:
            values.setdefault(name.partition(".")[0], []).append(node)
    again = [
        Stretch(min(nodes), max(nodes) + 1, f"{name} is assigned {len(nodes)} times")
        for name, nodes in values.items()
        if len(nodes) >= FEWEST_VALUES and inside.isdisjoint(range(min(nodes), max(nodes)))
    ]
    merged: list[Stretch] = []
    for stretch in sorted([*loops, *again]):
        if merged and stretch.first < merged[-1].end:
            last = merged.pop()
            said = shortened(f"{last.said}, {stretch.said}")
            merged.append(Stretch(last.first, max(last.end, stretch.end), said))
        else:
            merged.append(stretch)
    return merged


def runs(graph: Graph, stretch: Stretch, outputs: Container[int]) -> Iterator[list[int]]:
    """The nodes of a stretch without outputs; a new run begins behind an output that the stretch uses."""
    nodes = range(stretch.first, stretch.end)
    used = {arg for node in nodes for arg in graph.args[node]}
    run: list[int] = []
    for node in nodes:
        if node not in outputs:
            run.append(node)
        elif node in used:
            yield run
            run = []
    yield run


def shortened(text: str) -> str:
    """The text in one line of moderate length."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def folded(
    diagram: Diagram,
    boxes: Sequence[tuple[Sequence[str], Sequence[str]]],
    prose: Callable[[str], str] = str,
) -> Diagram:
    """The diagram with one box for the nodes of each of `boxes`, (ids, lines), and the edges in and out.

    Edges that then join the same two nodes become one, which tells how many they are, in `prose`. Constants
    of folded steps go with them.
    """
    home = homes(diagram, boxes)
    lines = {f"{place} folded": tuple(said) for place, (_, said) in enumerate(boxes)}
    nodes: dict[str, DiagramNode] = {}
    for node in diagram.nodes:
        name = home.get(node.id, node.id)
        if name in lines:
            said = lines[name]
            nodes.setdefault(name, DiagramNode(name, "folded", said, None, "\n".join(said)))
        elif name not in nodes:
            nodes[name] = node if name == node.id else DiagramNode(name, "cut", node.lines)
    joined: dict[tuple[str, str], list[DiagramEdge]] = {}
    plain = []
    for edge in diagram.edges:
        ends = home.get(edge.tail, edge.tail), home.get(edge.head, edge.head)
        if ends == (edge.tail, edge.head):
            plain.append(edge)
        elif ends[0] != ends[1]:
            joined.setdefault(ends, []).append(edge)
    slots: dict[str, int] = {}
    for (tail, head), edges in joined.items():
        slot = slots[head] = slots.get(head, -1) + 1
        plain.append(together(tail, head, slot if head in lines else edges[0].slot, edges, prose))
    return _in_order(diagram, list(nodes.values()), plain)


def homes(diagram: Diagram, boxes: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, str]:
    """The box that each folded node goes into, by ids; what is cut away beside a box has one mark."""
    home = {name: f"{place} folded" for place, (names, _) in enumerate(boxes) for name in names}
    kinds = {node.id: node.kind for node in diagram.nodes}
    marks = {}
    for tail, head in ((edge.tail, edge.head) for edge in diagram.edges):
        if kinds[tail] == "constant" and head in home:
            marks[tail] = home[head]
        elif kinds[tail] == "cut" and head in home:
            marks[tail] = f"{home[head]} from"
        elif kinds[head] == "cut" and tail in home:
            marks[head] = f"{home[tail]} to"
    return home | marks


def together(
    tail: str, head: str, slot: int, edges: Sequence[DiagramEdge], prose: Callable[[str], str]
) -> DiagramEdge:
    """One edge for several; a single one keeps its text."""
    if len(edges) == 1:
        (edge,) = edges
        return edge._replace(tail=tail, head=head, slot=slot)
    hints = [edge.tooltip.partition("\n")[0] for edge in edges if edge.tooltip]
    more = [f"and {len(hints) - _HINTS} more"] if len(hints) > _HINTS else []
    said = (prose(f"{len(edges)} edges"),) if any(edge.lines for edge in edges) else ()
    marked, idle = any(edge.marked for edge in edges), all(edge.idle for edge in edges)
    return DiagramEdge(tail, head, slot, said, None, "\n".join([*hints[:_HINTS], *more]), marked, idle=idle)


def _in_order(diagram: Diagram, nodes: Sequence[DiagramNode], edges: Sequence[DiagramEdge]) -> Diagram:
    """The diagram of these nodes, each behind its operands and else as they come, edges by their users."""
    place = {node.id: number for number, node in enumerate(nodes)}
    waits = dict.fromkeys(place, 0)
    users: dict[str, list[str]] = {}
    for edge in edges:
        waits[edge.head] += 1
        users.setdefault(edge.tail, []).append(edge.head)
    ready = [number for number, node in enumerate(nodes) if not waits[node.id]]
    order: dict[str, int] = {}
    while ready:
        node = nodes[heappop(ready)]
        order[node.id] = len(order)
        for user in users.get(node.id, ()):
            waits[user] -= 1
            if not waits[user]:
                heappush(ready, place[user])
    return diagram._replace(
        nodes=tuple(sorted(nodes, key=lambda node: order[node.id])),
        edges=tuple(sorted(edges, key=lambda edge: (order[edge.head], edge.slot))),
    )
