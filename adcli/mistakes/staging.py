"""From a student's claims to nodes: the scene of a program at a point, and what is asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from adcli.answers.choosing import input_node, output_name
from adcli.answers.running import linearized
from adcli.errors import DomainError, NameProblem
from adcli.graph import active, cone
from adcli.language.names import canonical, nearest
from adcli.language.program import Program
from adcli.mistakes.claim import Claim
from adcli.mistakes.scene import Asked, Scene
from adcli.tracing.trace import Trace


def staged(
    program: Program,
    point: Mapping[str, Any],
    claims: Sequence[Claim],
    wrt: str | None,
    output: str | None,
    mode: str,
) -> tuple[Scene, list[Asked]]:
    """The scene of a program that was run at a point, and the claims by nodes."""
    end = program.outputs[output_name(program, output) if output else next(iter(program.outputs))]
    start = input_node(program, wrt) if wrt else 0
    asked = resolved(program, claims, start, end)
    try:
        lin = linearized(program, point)
    except DomainError:  # of another output, perhaps
        lin = linearized(program, point, outputs=[one.target for one in asked] or [end])
    targets = {one.target for one in asked if one.derived}
    sources = {one.source for one in asked if one.derived}
    between = bytes(map(min, cone(program.graph, targets), active(program.graph, sources)))
    trace = Trace(program, "none", {}, lin)
    edges = [use for user, on in enumerate(between) if on for use in trace.uses(user) if between[use.arg]]
    columns = [node for node in program.graph.inputs if lin.live[node]]
    steps = [node for node, args in enumerate(program.graph.args) if args and program.graph.variable[node]]
    numbers = (lin.primals, lin.weights, lin.live)
    return Scene(program, *numbers, mode, end, start, edges, steps, columns), asked


def resolved(program: Program, claims: Sequence[Claim], start: int, end: int) -> list[Asked]:
    """The claims by nodes; `start` is the input of a forward sweep, `end` the output of a reverse one."""
    nodes = {**program.outputs, **{name: node for node, name in enumerate(program.ids)}}
    return [resolve(program, claim, nodes, start, end) for claim in claims]


def resolve(program: Program, claim: Claim, nodes: Mapping[str, int], start: int, end: int) -> Asked:
    """One claim by nodes."""
    if claim.kind == "value":
        return Asked("value", program.outputs[output_name(program, claim.name)])
    if claim.kind == "gradient":
        return Asked("gradient", end, input_node(program, claim.name))
    if claim.kind == "jacobian":
        target = program.outputs[output_name(program, claim.of or next(iter(program.outputs)))]
        return Asked("jacobian", target, input_node(program, claim.name))
    node = node_of(program, claim.name, nodes)
    if claim.kind == "step":
        return Asked("step", node)
    if claim.kind == "adjoint":
        return Asked("adjoint", end, node)
    if claim.kind == "tangent":
        return Asked("tangent", node, start)
    user = node_of(program, claim.of or "", nodes)
    args = program.graph.args[user]
    if node not in args:
        raise NameProblem(f"{claim.of} does not use {claim.name}", text=program.source)
    slot = claim.slot
    if slot is None or args[slot : slot + 1] != (node,):
        slot = args.index(node)
    return Asked("partial", user, node, slot)


def node_of(program: Program, name: str, nodes: Mapping[str, int]) -> int:
    """The node of a step, an input or an output by its id."""
    for known in (name, canonical(name)):
        if known in nodes:
            return nodes[known]
    meant = nearest(name, list(nodes))
    raise NameProblem(
        f'no step is called "{name}"', text=program.source, hint=f"did you mean {meant}?" if meant else None
    )
