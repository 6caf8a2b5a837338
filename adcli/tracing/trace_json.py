"""A trace and a graph as JSON: every step with its formula, its partials, its number and the terms of it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from adcli.graph import CONST, INPUT
from adcli.notation.numerals import TABLE_DIGITS, json_number
from adcli.tracing.labels import ASCII, UNICODE, Labels
from adcli.tracing.trace import CARRIED, Scribe, Trace


def trace_json(trace: Trace) -> dict[str, Any]:
    """The steps in order of evaluation, inputs included."""
    labels = Labels(trace.program, UNICODE)
    scribe = Scribe(trace, ASCII, TABLE_DIGITS, canonical=True)
    return {
        "mode": trace.mode,
        "seed": seed_json(trace),
        "steps": [step_json(trace, node, labels, scribe) for node in trace.rows],
    }


def blank_json(trace: Trace) -> dict[str, Any]:
    """The steps with their formulas and no numbers but those that are given: the inputs' and the seed."""
    found = trace_json(Trace(trace.program, trace.mode, trace.seed))
    carried, ids = CARRIED[trace.mode], trace.program.ids
    given = {ids[node]: json_number(value) for node, value in trace.seed.items()}
    values = {ids[node]: json_number(trace.value(node)) for node in trace.graph.inputs}
    for step in found["steps"]:
        step["value"] = values.get(step["id"])
        step[carried] = given.get(step["id"])
        step["terms"] = []
    return found


def seed_json(trace: Trace) -> dict[str, Any]:
    """The numbers that a sweep starts from, by id."""
    ids = trace.program.ids
    return {ids[node]: json_number(value) for node, value in trace.seed.items()}


def step_json(trace: Trace, node: int, labels: Labels, scribe: Scribe) -> dict[str, Any]:
    """One row."""
    ids, graph = labels.ids, trace.graph
    return {
        "id": ids[node],
        "label": labels.row(node),
        "op": graph.op[node],
        "args": [ids[arg] for arg in graph.args[node]],
        "formula": scribe.formula(node),
        "value": json_number(trace.value(node)),
        "partials": [
            {
                "arg": ids[use.arg],
                "slot": use.slot,
                "formula": scribe.partial(use).text,
                "value": json_number(trace.weight(use)),
            }
            for use in trace.uses(node)
        ],
        CARRIED[trace.mode]: json_number(trace.number(node)),
        "terms": [
            {
                "via": ids[trace.source(term.use)],
                "slot": term.use.slot,
                "weight": json_number(term.weight),
                "inflow": json_number(term.inflow),
                "flow": json_number(term.flow),
            }
            for term in trace.terms(node)
        ],
    }


def graph_json(trace: Trace, shown: Container[int] | None = None) -> dict[str, Any]:
    """The nodes in order of evaluation, constants included, and an edge for every use with a derivative.

    With `shown`, only these nodes and the edges between them.
    """
    graph = trace.graph
    scribe = Scribe(trace, ASCII, TABLE_DIGITS, canonical=True)
    ids = scribe.labels.ids
    labels = Labels(trace.program, UNICODE)
    outputs = set(trace.program.outputs.values())
    nodes = []
    for node, op in enumerate(graph.op):
        if shown is not None and node not in shown:
            continue
        kind = op if op == INPUT else "constant" if op == CONST else "output" if node in outputs else "step"
        entry = {
            "id": ids[node],
            "label": labels.name(node),
            "kind": kind,
            "op": op,
            "formula": scribe.formula(node),
            "value": json_number(trace.value(node)),
        }
        if trace.mode in CARRIED:
            entry[CARRIED[trace.mode]] = json_number(trace.number(node))
        nodes.append(entry)
    edges = [
        {
            "from": ids[use.arg],
            "to": ids[use.user],
            "slot": use.slot,
            "formula": scribe.partial(use).text,
            "value": json_number(trace.weight(use)),
            "flow": json_number(trace.flow(use)),
        }
        for user in range(len(graph))
        for use in trace.uses(user)
        if shown is None or (use.user in shown and use.arg in shown)
    ]
    return {"nodes": nodes, "edges": edges}
