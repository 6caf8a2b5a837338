"""A trace as lines: one per step, from the formula to the number."""

from __future__ import annotations

from adcli.report.sums import Sums
from adcli.report.tables import value_chain


def value_lines(sums: Sums) -> tuple[str, ...]:
    """v₄ = v₁ - v₃ = 3 - 1.64872 = 1.35128"""
    labels, rows = sums.labels, sums.trace.rows
    return tuple(" = ".join(dict.fromkeys([labels.row(node), *value_chain(sums, node)])) for node in rows)


def sweep_lines(sums: Sums, *, explain: bool) -> tuple[str, ...]:
    """v̄₄ = v̄₆·v₅ + v̄₅·1 = 1·1.49240 + 1.35128·1 = 1.49240 + 1.35128 = 2.84368"""
    order = sums.trace.rows if sums.trace.mode == "forward" else reversed(sums.trace.rows)
    return tuple(sweep_line(sums, node, explain=explain) for node in order)


def sweep_line(sums: Sums, node: int, *, explain: bool) -> str:
    """A tangent or adjoint as its sum: in names, in numbers, as flows, and the result."""
    name, kind, start = sums.scribe.carried(node), sums.kind(node), sums.seed(node)
    if kind == "idle":
        return f"{name} = {sums.style.dash}   (not reached)"
    if kind == "seed":
        return f"{name} = {start}   (seed)"
    terms = sums.terms(node)
    begin = [] if start is None else [start]
    chain = [name]
    if explain:
        chain.append(" + ".join([*begin, *(term.slope for term in terms)]))
    chain.append(" + ".join([*begin, *(term.names for term in terms)]))
    if sums.at_point:
        chain.append(" + ".join([*begin, *(term.numbers for term in terms)]))
        if len(begin) + len(terms) > 1:
            chain.append(sums.added([*begin, *(term.flow for term in terms)]))
        number = sums.number(node)
        if chain[-1] != number or not sums.trace.graph.shape[node]:
            chain.append(number)
    rules = dict.fromkeys(term.general for term in terms if term.general)
    return " = ".join(text for text in chain if text) + (
        f"   ({'; '.join(rules)})" if explain and rules else ""
    )
