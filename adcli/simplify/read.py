"""A graph as terms: chains of + and -, and of * and /, are read as one sum and one product each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from adcli.graph import CONST, INPUT, Graph, cone
from adcli.simplify.conditions import Domain
from adcli.simplify.kinds import FUN, PRODUCT, SUM, Number
from adcli.simplify.shorten import Shorten
from adcli.simplify.terms import LONGEST, Terms

SUMS = frozenset({"add", "sub", "neg"})
PRODUCTS = frozenset({"mul", "div"})
OTHER = 3
SIGNS = {"add": (1, 1), "sub": (1, -1), "neg": (-1,), "mul": (1, 1), "div": (1, -1)}


def read(graph: Graph, nodes: Sequence[int], shorten: Shorten, domain: Domain | None = None) -> list[int]:
    """The terms of some nodes of a graph, as short as they are found to be.

    `domain` takes down the conditions under which they are defined.
    """
    terms = shorten.terms
    needed = cone(graph, nodes)
    users, outside = uses(graph, needed, nodes)
    found: dict[int, int] = {}
    for node, op in enumerate(graph.op):
        if not needed[node] or inside_chain(graph, users, node):
            continue
        if op == INPUT:
            found[node] = terms.input(graph.data[node])
        elif op == CONST:
            value = graph.data[node]
            found[node] = terms.atom(value) if isinstance(value, str) else terms.number(value)
        else:
            made = operation(graph, users, node, found, terms, domain)
            if terms.kind[made] == SUM or outside[node]:  # a product in a longer one is shortened with it
                made = shorten.shortest(made)
            found[node] = made
            # What is shared and long is not copied into each of its users.
            if (
                users[node] not in (1, OTHER)
                and terms.kind[made] in (SUM, PRODUCT)
                and len(terms.data[made][1]) > LONGEST
            ):
                terms.closed.add(made)
    return [found[node] for node in nodes]


def uses(graph: Graph, needed: bytearray, nodes: Sequence[int]) -> tuple[list[int], bytearray]:
    """How often each node is used: a use by a node of the same chain counts 1, any other OTHER.

    And a flag per node: is it used by anything but + - * and /?
    """
    count = [0] * len(graph)
    outside = bytearray(len(graph))
    for node in nodes:
        count[node] += OTHER  # an output is no part of a chain
        outside[node] = 1
    for node, args in enumerate(graph.args):
        if needed[node]:
            op = graph.op[node]
            chain = SUMS if op in SUMS else PRODUCTS if op in PRODUCTS else ()
            for arg in args:
                count[arg] += 1 if graph.op[arg] in chain else OTHER
                outside[arg] |= not chain
    return count, outside


def inside_chain(graph: Graph, users: list[int], node: int) -> bool:
    """Whether the only use of a node is by a node of the same chain."""
    return users[node] == 1 and graph.op[node] in SIGNS


def operation(
    graph: Graph,
    users: list[int],
    node: int,
    found: dict[int, int],
    terms: Terms,
    domain: Domain | None,
) -> int:
    """The term of one node, or of the chain that ends in it."""
    op = graph.op[node]
    if op not in SIGNS:
        args = tuple(found[arg] for arg in graph.args[node])
        if domain is not None:
            domain.operation(op, args)
        return applied(op, args, terms)
    parts: list[tuple[int, Number]] = []
    work: list[tuple[int, int]] = [(node, 1)]
    while work:
        at, sign = work.pop()
        if at == node or inside_chain(graph, users, at):
            signs = SIGNS[graph.op[at]]
            work.extend(
                (arg, sign * own) for arg, own in zip(reversed(graph.args[at]), reversed(signs), strict=True)
            )
        else:
            parts.append((found[at], sign))
            if domain is not None and sign < 0 and op in PRODUCTS:
                domain.divisor(found[at])
    if op in SUMS:
        return terms.sum(parts)
    try:
        return terms.product(parts)
    except (ValueError, ZeroDivisionError, OverflowError):
        return undefined(parts, terms)


def applied(op: str, args: tuple[int, ...], terms: Terms) -> int:
    """The term of an operation that is neither + - * nor /."""
    try:
        if op == "pow":
            return terms.power(*args)
        if op == "exp":
            return terms.power(terms.e, args[0])
        if op == "sqrt":
            return terms.product([(args[0], Fraction(1, 2))])
    except (ValueError, ZeroDivisionError, OverflowError):
        return terms.intern(FUN, (op, args))
    return terms.function(op, args)


def undefined(parts: list[tuple[int, Number]], terms: Terms) -> int:
    """A product with a division by 0 or the like, as it stands."""
    made = terms.number(1)
    for term, sign in parts:
        made = terms.intern(FUN, ("mul" if sign == 1 else "div", (made, term)))
    return made
