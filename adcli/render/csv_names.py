"""The names that a reader wants in a CSV: JSON keeps its ids whatever steps are called."""

from __future__ import annotations

from typing import Any

from adcli.notation.numerals import TABLE_DIGITS
from adcli.tracing.labels import ASCII, closed
from adcli.tracing.trace import Scribe, Trace


def rename(found: dict[str, Any], trace: Trace) -> None:
    """Put the shown names in the place of ids into an answer's trace, graph and paths."""
    scribe = Scribe(trace, ASCII, TABLE_DIGITS)
    labels = scribe.labels
    names = {
        own: closed(labels.formulas[node].text) if node in labels.formulas else labels.called[node]
        for node, own in enumerate(labels.ids)
    }
    nodes = {own: node for node, own in enumerate(labels.ids)}
    steps = (found.get("trace") or {}).get("steps", ())
    for step in steps:
        step["formula"] = scribe.formula(nodes[step["id"]])
        step["id"] = names[step["id"]]
        for term in step["terms"]:
            term["via"] = names[term["via"]]
    slopes = {(use.user, use.slot): use for user in trace.rows for use in trace.uses(user)}
    for edge in (found.get("graph") or {}).get("edges", ()):
        edge["formula"] = scribe.partial(slopes[nodes[edge["to"]], edge["slot"]]).text
        edge["from"], edge["to"] = names[edge["from"]], names[edge["to"]]
    for path in (found.get("paths") or {}).get("paths", ()):
        path["nodes"] = [names[own] for own in path["nodes"]]
