"""What Graphviz is asked for: the order of edges, who stands beside whom, and how far apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adcli.diagram import Diagram, DiagramEdge, DiagramNode
    from adcli.render.geometry import Point

MANY_NODES = 20
MANY_INPUTS = 3
MANY_USERS = 3
MOST_TWICE = 60
"""A graph with more nodes is laid out once, whatever its edges do."""


def with_own_constants(diagram: Diagram) -> Diagram:
    """The diagram with a constant drawn once per use, in front of its user.

    A shared constant would send a dashed line across half the picture for each of its users.
    """
    constants = {node.id: node for node in diagram.nodes if node.kind == "constant"}
    used = {edge.tail for edge in diagram.edges}
    places = {node.id: place for place, node in enumerate(diagram.nodes)}
    brought: dict[str, list[DiagramNode]] = {}
    edges = []
    for edge in diagram.edges:
        constant = constants.get(edge.tail)
        if constant is None:
            edges.append(edge)
            continue
        own = constant._replace(id=f"{places[edge.tail]} in {places[edge.head]}:{edge.slot}")
        brought.setdefault(edge.head, []).append(own)
        edges.append(edge._replace(tail=own.id))
    nodes: list[DiagramNode] = []
    for node in diagram.nodes:
        if node.kind == "constant" and node.id in used:
            continue
        nodes += [*brought.get(node.id, ()), node]
    return diagram._replace(nodes=tuple(nodes), edges=tuple(edges))


def by_user(diagram: Diagram) -> list[tuple[int, DiagramEdge]]:
    """The edges with their index, user by user, operands as written and constants last.

    Graphviz keeps this order from left to right; a constant in front would send its dashed line
    across a label.
    """
    order = {node.id: place for place, node in enumerate(diagram.nodes)}
    constants = {node.id for node in diagram.nodes if node.kind == "constant"}
    return sorted(
        enumerate(diagram.edges),
        key=lambda item: (order[item[1].head], item[1].tail in constants, item[1].slot),
    )


def dense(diagram: Diagram) -> bool:
    """Whether there are so many nodes that they move closer together."""
    return len(diagram.nodes) > MANY_NODES


def spacing(diagram: Diagram) -> tuple[float, float]:
    """The gaps in inches between nodes of a rank and between ranks."""
    return (0.18, 0.4) if dense(diagram) else (0.35, 0.45)


def side_by_side(diagram: Diagram) -> list[int]:
    """The inputs that share a rank: all of them, or none when there are many, which stay near their users."""
    inputs = [place for place, node in enumerate(diagram.nodes) if node.kind == "input"]
    return inputs if len(inputs) <= MANY_INPUTS else []


def in_order(diagram: Diagram) -> set[str]:
    """The ids of the users whose operands must stand from left to right as written.

    In a small graph these are all. In a dense one a user of an operand that many share is free:
    else the shared operand's edges run back across the picture to come in from the right side.
    """
    users = {node.id for node in diagram.nodes}
    if not dense(diagram):
        return users
    counts = Counter(edge.tail for edge in diagram.edges)
    return users - {edge.head for edge in diagram.edges if counts[edge.tail] >= MANY_USERS}


def tangled(diagram: Diagram, places: Sequence[Point]) -> frozenset[str]:
    """The users whose operands must stand as written and do not, so that their edges cross.

    Graphviz keeps the order of the edges at the user alone. Where an operand was drawn to another side
    by its other users, its edge comes around the box beside it; without the order both are straight.
    """
    if len(diagram.nodes) > MOST_TWICE:
        return frozenset()
    across = 0 if diagram.direction in ("tb", "bt") else 1
    at = {node.id: place[across] for node, place in zip(diagram.nodes, places, strict=True)}
    constants = {node.id for node in diagram.nodes if node.kind == "constant"}
    rows: dict[str, list[float]] = {}
    for _, edge in by_user(diagram):
        if edge.tail not in constants:
            rows.setdefault(edge.head, []).append(at[edge.tail])
    fixed = in_order(diagram)
    return frozenset(user for user, row in rows.items() if user in fixed and row != sorted(row))


def depths(diagram: Diagram) -> dict[str, int]:
    """The length of the longest path that leads to each node, which is about its rank."""
    depth = {node.id: 0 for node in diagram.nodes}
    for _, edge in by_user(diagram):
        depth[edge.head] = max(depth[edge.head], depth[edge.tail] + 1)
    return depth


def reach(diagram: Diagram) -> int:
    """The sum of the ranks that all edges cross: what the time of a layout depends on."""
    depth = depths(diagram)
    constants = {node.id for node in diagram.nodes if node.kind == "constant"}
    return sum(depth[edge.head] - depth[edge.tail] for edge in diagram.edges if edge.tail not in constants)
