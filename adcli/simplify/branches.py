"""Conditions that a formula asks for in a branch only: if(x > 0, sqrt(x), 0) has a value at x = -1."""

from __future__ import annotations

from adcli.graph import CONST, Graph, always
from adcli.simplify.conditions import LEAST, MOST, Domain
from adcli.simplify.read import read
from adcli.simplify.shorten import Shorten


class Branches:
    """What is asked in branches only, and what the tests of the choices compare."""

    def __init__(self, graph: Graph, output: int, shorten: Shorten, given: Domain) -> None:
        outside = Domain(given.terms, smooth=False)
        read(*without_branches(graph, output), shorten, outside)
        tests = Domain(given.terms, smooth=True)
        read(graph, [args[0] for op, args in zip(graph.op, graph.args, strict=True) if op == "select"],
             shorten, tests)  # fmt: skip
        self.outside = outside.found
        self.within = given.found.keys() - outside.found.keys()
        self.compared = tests.found.keys() - tests.firm

    def given(self, given: Domain) -> Domain:
        """What the formula itself asks for; not at the place where a choice changes over."""
        made = self.weaker(given)
        made.found.update(self.outside)
        for term in self.within & self.compared:
            made.found.pop(term, None)
        return made

    def weaker(self, domain: Domain) -> Domain:
        """Conditions, without the signs that are asked for in a branch only."""
        made = Domain(domain.terms, smooth=domain.smooth)
        for term, flags in domain.found.items():
            left = flags & ~(LEAST | MOST) if term in self.within else flags
            if left:
                made.found[term] = left
        return made


def without_branches(graph: Graph, output: int) -> tuple[Graph, list[int]]:
    """What is evaluated in any case: a graph with 0 in the place of each choice, and its roots."""
    reached = always(graph, output)
    made = Graph()
    places: dict[int, int] = {}
    roots: dict[int, None] = {}
    for node, (op, args, data, shape) in enumerate(graph):
        if not reached[node]:
            continue
        if op == "select":
            roots[places[args[0]]] = None
            places[node] = made.add(CONST, data=0)
        else:
            places[node] = made.add(op, tuple(places[arg] for arg in args), data, shape)
    roots[places[output]] = None
    return made, list(roots)
