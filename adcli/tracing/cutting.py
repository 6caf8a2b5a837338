"""Which part of a graph is shown: what some nodes depend on, or what lies around one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from adcli.errors import NameProblem
from adcli.graph import CONST, INPUT, Graph, cone
from adcli.language.names import DIGITS, canonical, nearest
from adcli.language.program import Program
from adcli.tracing.labels import closed, spellings


class Part(NamedTuple):
    """The nodes that are shown, constants beside their users included, and what they are in words.

    `output` is the output whose operands they are, if they are chosen as such.
    """

    nodes: frozenset[int]
    said: str
    output: str | None = None

    def caption(self, program: Program) -> str:
        """The sentence for a legend: "part of a graph of 40 steps: what f1 depends on"."""
        return f"part of a graph of {len(program)} steps: {self.said}"


def cut(program: Program, only: Sequence[str], around: str | None, radius: int) -> Part | None:
    """What the nodes called `only` depend on, as far as it is within `radius` edges of `around`.

    None when neither is asked for; NameProblem for a name that no node has.
    """
    if not only and around is None:
        return None
    graph, said = program.graph, []
    shown = {node for node, op in enumerate(graph.op) if op != CONST}
    if only:
        flags = cone(graph, [node_called(program, name) for name in only])
        shown = {node for node in shown if flags[node]}
        said.append(f"what {' and '.join(only)} {'depend' if len(only) > 1 else 'depends'} on")
    if around is not None:
        shown &= near(graph, node_called(program, around), radius)
        said.append(f"within {radius} edge{'' if radius == 1 else 's'} of {around}")
    first = canonical(only[0]) if only and around is None else ""
    return Part(
        frozenset(with_constants(graph, shown)), ", ".join(said), first if first in program.outputs else None
    )


def node_called(program: Program, name: str) -> int:
    """The node of an input, a step or an output by its name, as tables and pictures show it."""
    called = {**spellings(program), **program.outputs}
    known = {name: node for name, node in called.items() if program.graph.op[node] != CONST}
    stem, dot, count = name.partition(".")
    for spelling in (name, canonical(stem) + dot + count, name.translate(DIGITS), closed(name)):
        if spelling in known:
            return known[spelling]
    meant = nearest(name, list(known))
    steps = len(program)
    raise NameProblem(
        f'no node of the graph is called "{name}"',
        text=program.source,
        details=(f"its nodes: {listed(list(known))}",) if steps else (),
        hint=f"did you mean {meant}?" if meant else None,
    )


def listed(names: Sequence[str], most: int = 12) -> str:
    """The first names, and how many more there are."""
    more = f", … ({len(names)} in all)" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def near(graph: Graph, start: int, radius: int) -> set[int]:
    """The nodes within so many edges of one, along or against the arrows; constants join nothing."""
    users: dict[int, list[int]] = {}
    for node, args in enumerate(graph.args):
        for arg in args:
            users.setdefault(arg, []).append(node)
    found = edge = {start}
    for _ in range(radius):
        beside = {other for node in edge for other in (*graph.args[node], *users.get(node, ()))}
        edge = {node for node in beside - found if graph.op[node] != CONST}
        if not edge:
            break
        found = found | edge
    return found


def with_constants(graph: Graph, nodes: Iterable[int]) -> set[int]:
    """The nodes, and the constants that they use."""
    found = set(nodes)
    steps = [node for node in found if graph.op[node] != INPUT]
    return found | {arg for node in steps for arg in graph.args[node] if graph.op[arg] == CONST}
