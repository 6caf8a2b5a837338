"""The derivative of an output by an input as a matrix formula, by the sweeps of the engine on terms."""

from __future__ import annotations

from fractions import Fraction

from adcli.graph import Graph, active, cone
from adcli.matrices.algebra import Algebra
from adcli.matrices.linear import matrix_of
from adcli.matrices.rules import Reader, fitted
from adcli.matrices.terms import CHAIN, INPUT, SUM, TURNED, NoFormula, Term, turns

COTANGENT = "an adjoint of the output"  # no name of a program: it has spaces


def derivative(reader: Reader, output: int, by: int) -> Term:
    """The derivative in numerator layout: a row per entry of the output, a column per entry of the input.

    Of a number by a matrix it has the shape of the matrix transposed, of an array by a number the array's.
    NoFormula where it is no matrix formula: a matrix by a vector or a matrix, and what has no form.
    """
    graph, algebra = reader.graph, reader.algebra
    if not graph.shape[by]:
        return tidied(forward(reader, output, by))
    if not graph.shape[output]:
        return tidied(algebra.turned(reverse(reader, output, by, algebra.number(1))))
    if 1 not in graph.shape[output] or 1 not in graph.shape[by]:
        raise NoFormula
    start = algebra.made(INPUT, (), COTANGENT, graph.shape[output])
    pulled = reverse(reader, output, by, start)
    return tidied(algebra.turned(matrix_of(algebra, pulled, start)))


def between(graph: Graph, output: int, by: int) -> list[bool]:
    """A flag per node: does it lie between an input and an output?"""
    return [bool(a and b) for a, b in zip(active(graph, [by]), cone(graph, [output]), strict=True)]


def reverse(reader: Reader, output: int, by: int, start: Term) -> Term:
    """The adjoint of an input for one of the output."""
    graph, algebra = reader.graph, reader.algebra
    live = between(graph, output, by)
    adjoints: dict[int, Term] = {output: start}
    for node in range(output, by, -1):
        carried = adjoints.pop(node, None)
        if carried is None or carried.zero or not live[node]:
            continue
        for slot, arg in enumerate(graph.args[node]):
            if live[arg]:
                share = fitted(algebra, reader.map(node, slot).pull(carried), graph.shape[arg])
                known = adjoints.get(arg)
                adjoints[arg] = share if known is None else known + share
    found = adjoints.get(by, algebra.number(0))
    return found if found.zero else algebra.product(1, [(found, 1)], graph.shape[by])


def forward(reader: Reader, output: int, by: int) -> Term:
    """The tangent of an output for a number as input, whose own is 1."""
    graph, algebra = reader.graph, reader.algebra
    live = between(graph, output, by)
    tangents: dict[int, Term] = {by: algebra.number(1)}
    for node in range(by + 1, output + 1):
        if not live[node]:
            continue
        terms = [
            (Fraction(1), reader.map(node, slot).push(tangents[arg]))
            for slot, arg in enumerate(graph.args[node])
            if arg in tangents and live[arg]
        ]
        tangents[node] = algebra.total(terms, graph.shape[node] if terms else ())
    found = tangents.get(output, algebra.number(0))
    return found if found.zero else algebra.product(1, [(found, 1)], graph.shape[output])


def tidied(formula: Term) -> Term:
    """A sum of products that begin or end alike as one product: xᵀ@A + xᵀ@Aᵀ is xᵀ@(A + Aᵀ)."""
    coefficient, factors = formula.factors()
    if len([1 for base, _ in factors if base.shape]) > 1 or not factors:
        return formula
    whole = [base for base, _ in factors if base.shape] or [base for base, _ in factors]
    if whole[0].op == TURNED and whole[0].args[0].op == SUM:
        inner = whole[0].args[0]
        made = factored(inner)
        return formula if made == inner else formula.algebra.turned(tidied(formula.algebra.turned(formula)))
    if whole[0].op != SUM or (len(factors) > 1 and whole[0].shape == ()):
        return formula
    outside = [(base, power) for base, power in factors if base != whole[0]]
    return formula.algebra.product(coefficient, [*outside, (factored(whole[0]), 1)], formula.shape)


def factored(formula: Term) -> Term:
    """A sum with the factors that some of its terms share taken out of them."""
    algebra = formula.algebra
    for end in (0, -1):
        groups: dict[int, list[tuple[Fraction, Term]]] = {}
        for number, term in formula.terms():
            if term.op == CHAIN and term.shape:
                groups.setdefault(term.args[end].place, []).append((number, term))
        for place, terms in groups.items():
            if len(terms) > 1:
                shared = Term(algebra, place)
                rest = sorted(
                    ((number, cut(algebra, term, end)) for number, term in terms),
                    key=lambda each: (each[0] < 0, turns([each[1]])),
                )
                inner = algebra.total(rest)
                joined = algebra.matmul(shared, inner) if end == 0 else algebra.matmul(inner, shared)
                others = [each for each in formula.terms() if each not in terms]
                return tidied(algebra.total([*others, (Fraction(1), joined)], formula.shape))
    return formula


def cut(algebra: Algebra, term: Term, end: int) -> Term:
    """A product without its first or last factor."""
    rest = term.args[1:] if end == 0 else term.args[:-1]
    return algebra.chained(list(rest))
