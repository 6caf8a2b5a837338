"""A small layered layout for a screen: who stands in which layer, in which order, and in which column.

After Sugiyama, Tagawa and Toda (1981): layers by the longest path, long edges kept in lanes, few
crossings by barycentres, and columns by least squares with fixed gaps between neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP = 3
SWEEPS = 12
MANY_INPUTS = 3


@dataclass(eq=False)
class Stop:
    """A box of some width, or the lane of a long edge, which has no `node` and is one column wide."""

    level: int
    width: int = 1
    node: int | None = None
    left: int = 0
    ins: list[Link] = field(default_factory=list)
    outs: list[Link] = field(default_factory=list)


@dataclass(eq=False)
class Link:
    """A piece of an edge from one layer to the next; `room` is the width of the text beside its end."""

    tail: Stop
    head: Stop
    edge: int
    room: int = 0
    start: int = 0
    end: int = 0


Layers = list[list[Stop]]


def layered(widths: Sequence[int], edges: Sequence[tuple[int, int]], rooms: Sequence[int]) -> Layers:
    """The layers with every box and lane placed, and every piece of an edge with its two columns.

    `widths` are those that the texts of the boxes need. Nodes come in order of evaluation.
    """
    layers = chained(levels(len(widths), edges), widths, edges, rooms)
    as_written(layers)
    untangle(layers)
    for stop in (stop for layer in layers for stop in layer):
        stop.ins.sort(key=lambda link: (layers[stop.level - 1].index(link.tail), link.edge))
        stop.outs.sort(key=lambda link: (layers[stop.level + 1].index(link.head), link.edge))
        if stop.node is not None:
            stop.width = max(stop.width, 2 * len(stop.outs) + 2, offsets(stop)[-1] + 3 if stop.ins else 0)
    place(layers)
    return layers


def levels(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The layer of each node: below all its operands; one of many inputs stands near its users."""
    level = [0] * count
    for tail, head in sorted(edges, key=lambda edge: edge[1]):
        level[head] = max(level[head], level[tail] + 1)
    inputs = set(range(count)) - {head for _, head in edges}
    if len(inputs) > MANY_INPUTS:
        for node in inputs:
            level[node] = min((level[head] - 1 for tail, head in edges if tail == node), default=0)
    return level


def chained(
    level: list[int], widths: Sequence[int], edges: Sequence[tuple[int, int]], rooms: Sequence[int]
) -> Layers:
    """Boxes in their layers, and a chain of links with lanes for every edge."""
    boxes = [Stop(level[node], width, node) for node, width in enumerate(widths)]
    layers: Layers = [[] for _ in range(max(level) + 1)]
    for box in boxes:
        layers[box.level].append(box)
    for number, (tail, head) in enumerate(edges):
        above = boxes[tail]
        for between in range(level[tail] + 1, level[head] + 1):
            last = between == level[head]
            below = boxes[head] if last else Stop(between)
            link = Link(above, below, number, rooms[number] if last else 0)
            above.outs.append(link)
            below.ins.append(link)
            if not last:
                layers[between].append(below)
            above = below
    return layers


def as_written(layers: Layers) -> None:
    """Order every layer as the operands are written, from the results up."""
    rank: dict[Stop, int] = {}
    waiting = [(stop, False) for layer in layers for stop in reversed(layer) if not stop.outs]
    while waiting:
        stop, done = waiting.pop()
        if done:
            rank.setdefault(stop, len(rank))
        elif stop not in rank:
            waiting.append((stop, True))
            waiting += [(link.tail, False) for link in reversed(stop.ins)]
    for layer in layers:
        layer.sort(key=rank.__getitem__)


def untangle(layers: Layers) -> None:
    """Put every layer into the order with the fewest crossings that barycentres and swaps find."""
    best = [list(layer) for layer in layers]
    fewest = crossings(layers)
    for turn in range(SWEEPS):
        down = turn % 2 == 0
        for layer in layers if down else reversed(layers):
            own = {stop: float(at) for at, stop in enumerate(layer)}
            ranks = {stop: at for other in layers for at, stop in enumerate(other)}
            for stop in layer:
                near = [ranks[link.tail if down else link.head] for link in (stop.ins if down else stop.outs)]
                if near:
                    own[stop] = sum(near) / len(near)
            layer.sort(key=own.__getitem__)
        swap(layers)
        if (found := crossings(layers)) < fewest:
            fewest, best = found, [list(layer) for layer in layers]
    layers[:] = best


def swap(layers: Layers) -> None:
    """Exchange neighbours as long as that saves crossings."""
    now = crossings(layers)
    for layer in layers:
        for at in range(len(layer) - 1):
            layer[at : at + 2] = reversed(layer[at : at + 2])
            then = crossings(layers)
            if then < now:
                now = then
            else:
                layer[at : at + 2] = reversed(layer[at : at + 2])


def crossings(layers: Layers) -> int:
    """How many pairs of links cross."""
    count = 0
    for layer, below in pairwise(layers):
        ranks = {stop: at for at, stop in enumerate(below)}
        ends = [sorted(ranks[link.head] for link in stop.outs) for stop in layer]
        flat = [(at, end) for at, group in enumerate(ends) for end in group]
        count += sum(a < c and b > d for i, (a, b) in enumerate(flat) for c, d in flat[i + 1 :])
    return count


def offsets(stop: Stop) -> list[int]:
    """Where arrows come in when they stand as close as their texts allow: columns from the box's left."""
    if stop.node is None:
        return [0] * len(stop.ins)
    if len(stop.ins) == 1:
        return [max(2, min(stop.width // 2, stop.width - 2 - stop.ins[0].room))]
    found = [2]
    for link in stop.ins[:-1]:
        found.append(found[-1] + link.room + 3)
    return found


def spread(stop: Stop, count: int) -> list[int]:
    """So many places side by side, evenly, as columns from the box's left."""
    return [stop.width * (at + 1) // (count + 1) for at in range(count)]


def apart(a: Stop, b: Stop) -> int:
    """The least distance between the left ends of two neighbours, for borders and for texts of arrows."""
    told = offsets(a)[-1] + a.ins[-1].room + 3 if a.ins and a.ins[-1].room else 0
    return max(a.width + GAP, told - (offsets(b)[0] if b.ins else 0))


def place(layers: Layers) -> None:
    """Give every stop its column: near the middle of its neighbours, down and up until it is calm."""
    ideal: dict[Stop, float] = {}
    for layer in layers:
        at = 0
        for stop, after in zip(layer, [*layer[1:], None], strict=True):
            ideal[stop] = at
            at += apart(stop, after) if after else 0
    for turn in range(2 * SWEEPS):
        for layer in layers if turn % 2 == 0 else reversed(layers):
            settle(layer, ideal)
    first = min(ideal.values())
    for layer in layers:
        end = 1
        for stop, after in zip(layer, [*layer[1:], None], strict=True):
            stop.left = max(end, round(ideal[stop] - first) + 1)
            end = stop.left + apart(stop, after) if after else 0
    for layer, below in pairwise(layers):
        for stop in layer:
            for link, at in zip(stop.outs, spread(stop, len(stop.outs)), strict=True):
                link.start = stop.left + at
        straighten(below)
        arrive(below, {link.start for stop in layer for link in stop.outs})
        depart(layer)
        loosen([link for stop in layer for link in stop.outs])


def settle(layer: list[Stop], ideal: dict[Stop, float]) -> None:
    """Move a layer to where its links pull it, its order and gaps kept: regression by pooled neighbours."""
    gaps = [0]
    for a, b in pairwise(layer):
        gaps.append(gaps[-1] + apart(a, b))
    pools: list[tuple[float, float, int]] = []  # middle, weight, how many stops
    for stop, gap in zip(layer, gaps, strict=True):
        pulls = [
            (ideal[link.tail] + at - own, link)
            for link, own in zip(stop.ins, spread(stop, len(stop.ins)), strict=True)
            for at in (spread(link.tail, len(link.tail.outs))[link.tail.outs.index(link)],)
        ] + [
            (ideal[link.head] + at - own, link)
            for link, own in zip(stop.outs, spread(stop, len(stop.outs)), strict=True)
            for at in (spread(link.head, len(link.head.ins))[link.head.ins.index(link)],)
        ]
        weights = [3.0 if None in (link.tail.node, link.head.node) else 1.0 for _, link in pulls]
        weight = sum(weights)
        middle = sum(w * pull for w, (pull, _) in zip(weights, pulls, strict=True)) / (weight or 1)
        pool = (middle - gap, weight, 1) if pulls else (ideal[stop] - gap, 0.01, 1)
        while pools and pools[-1][0] > pool[0]:
            other, heavy, count = pools.pop()
            total = heavy + pool[1]
            pool = ((other * heavy + pool[0] * pool[1]) / total, total, count + pool[2])
        pools.append(pool)
    middles = [middle for middle, _, count in pools for _ in range(count)]
    for stop, middle, gap in zip(layer, middles, gaps, strict=True):
        ideal[stop] = middle + gap


def straighten(layer: list[Stop]) -> None:
    """Move lanes below their beginnings where their neighbours leave room."""
    for at, stop in enumerate(layer):
        if stop.node is None:
            least = layer[at - 1].left + apart(layer[at - 1], stop) if at else 1
            most = layer[at + 1].left - apart(stop, layer[at + 1]) if at + 1 < len(layer) else None
            wanted = max(least, stop.ins[0].start)
            stop.left = wanted if most is None else min(wanted, most)


def arrive(layer: list[Stop], starts: set[int]) -> None:
    """Give the links into a layer their ends: straight below their starts, or as near as texts allow."""
    limit: int | None = None
    most: dict[Link, int] = {}
    for stop in reversed(layer):
        end = stop.left + stop.width - 2
        for link in reversed(stop.ins):
            most[link] = stop.left if stop.node is None else end
            if limit is not None:
                most[link] = min(most[link], limit - link.room - 3)
            limit = most[link]
            end = limit - link.room - 3
    taken = 0
    for stop in layer:
        for link in stop.ins:
            least = max(taken, stop.left + (stop.node is not None))
            places = range(least, max(least, most[link]) + 1)
            free = [at for at in places if at == link.start or at not in starts] or list(places)
            link.end = min(free, key=lambda at: abs(at - link.start))
            taken = link.end + link.room + 3


def depart(layer: list[Stop]) -> None:
    """Move the beginnings of links above their ends where their box is wide enough."""
    for stop in layer:
        for at, link in enumerate(stop.outs if stop.node is not None else ()):
            least = stop.outs[at - 1].start + 2 if at else stop.left + 1
            last = at + 1 == len(stop.outs)
            most = stop.left + stop.width - 2 if last else stop.outs[at + 1].start - 2
            if least <= link.end <= most:
                link.start = link.end


def loosen(links: list[Link]) -> None:
    """Move the start of a bent link by a column where another link ends, so that neither is in the way."""
    taken = {link.start for link in links} | {link.end for link in links}
    for a in links:
        for b in links:
            if a is b or a.end != b.start or b.start == b.end:
                continue
            box = b.tail if b.tail.node is not None else None
            places = [at for at in (b.start - 1, b.start + 1) if at not in taken]
            inside = [at for at in places if box and box.left < at < box.left + box.width - 1]
            if inside:
                b.start = inside[0]
            elif places and a.head.node is None:
                a.head.left = a.end = places[0]
            taken |= {a.end, b.start}
