"""The matrix of a linear map that is given as a formula: of p*g - p*(pᵀ@g) it is diag(p) - p@pᵀ."""

from __future__ import annotations

from collections.abc import Callable

from adcli.matrices.algebra import Algebra
from adcli.matrices.terms import CHAIN, SUM, TIMES, TURNED, NoFormula, Term


def matrix_of(algebra: Algebra, formula: Term, variable: Term) -> Term:
    """The matrix K with formula = K@variable, for vectors as columns; NoFormula where none is found."""
    if formula.zero:
        return formula
    depends = {variable.place}
    for place in range(variable.place + 1, formula.place + 1):
        if not depends.isdisjoint(algebra.args[place]):
            depends.add(place)
    found = {variable.place: algebra.eye(variable.size[0])}
    needed = {formula.place}
    for place in range(formula.place, variable.place, -1):
        if place in needed:
            needed.update(arg for arg in algebra.args[place] if arg in depends)
    for place in range(variable.place + 1, formula.place + 1):
        term = Term(algebra, place)
        if place in needed and place in depends:
            if 1 not in term.size or term.op not in STEPS:
                raise NoFormula
            moving = [slot for slot, arg in enumerate(algebra.args[place]) if arg in depends]
            found[place] = STEPS[term.op](algebra, term, moving, found)
    if formula.place not in found:
        return algebra.number(0)
    return found[formula.place]


Found = dict[int, Term]


def of_sum(algebra: Algebra, term: Term, moving: list[int], found: Found) -> Term:
    """The sum of the matrices of its terms."""
    if len(moving) < len(term.args):
        raise NoFormula
    made = []
    for number, arg in zip(term.data, term.args, strict=True):
        matrix = found[arg.place]
        if not arg.shape and term.shape:
            matrix = algebra.matmul(algebra.ones((max(term.shape), 1)), matrix)
        made.append((number, matrix))
    return algebra.total(made)


def of_product(algebra: Algebra, term: Term, moving: list[int], found: Found) -> Term:
    """A diagonal matrix before it, or a column where a number is repeated."""
    coefficient, factors = term.factors()
    if len(moving) != 1 or factors[moving[0]][1] != 1:
        raise NoFormula
    moved, _ = factors.pop(moving[0])
    outside = [(base, power) for base, power in factors if not base.shape]
    inside = [(base, power) for base, power in factors if base.shape]
    matrix = found[moved.place]
    if inside:
        if any(base.shape != term.shape for base, _ in inside) or moved.shape not in ((), term.shape):
            raise NoFormula
        whole = column(algebra, algebra.product(1, inside, term.shape))
        matrix = algebra.matmul(algebra.diagonal(whole) if moved.shape else whole, matrix)
    return algebra.product(coefficient, [*outside, (matrix, 1)])


def of_chain(algebra: Algebra, term: Term, moving: list[int], found: Found) -> Term:
    """What stands before a column, or behind a row turned."""
    if len(moving) != 1:
        raise NoFormula
    place = moving[0]
    moved, matrix = term.args[place], found[term.args[place].place]
    before, behind = term.args[:place], term.args[place + 1 :]
    if moved.size[1] == 1 and not behind:
        for each in reversed(before):
            matrix = algebra.matmul(each, matrix)
        return matrix
    if moved.size[0] == 1 and not before:
        for each in behind:
            matrix = algebra.matmul(algebra.turned(each), matrix)
        return matrix
    raise NoFormula


def of_transposed(_algebra: Algebra, term: Term, _moving: list[int], found: Found) -> Term:
    """A row has the matrix of its column."""
    return found[term.args[0].place]


def of_added(algebra: Algebra, term: Term, _moving: list[int], found: Found) -> Term:
    """A row of ones before it."""
    (inner,) = term.args
    return algebra.matmul(algebra.ones((1, max(inner.size))), found[inner.place])


def of_entry(algebra: Algebra, term: Term, _moving: list[int], found: Found) -> Term:
    """A row of the matrix."""
    (inner,) = term.args
    if len(term.data) != 1 or not isinstance(term.data[0], int):
        raise NoFormula
    unit = algebra.unit(term.data[0], max(inner.size))
    return algebra.matmul(algebra.turned(unit), found[inner.place])


def of_solution(algebra: Algebra, term: Term, moving: list[int], found: Found) -> Term:
    """The solution for the matrix of the right-hand side."""
    if moving != [1] or term.size[1] != 1:
        raise NoFormula
    A, right = term.args
    matrix = found[right.place]
    if matrix.shape == A.shape and matrix.op == "eye":
        return algebra.made("inv", [A], None, A.shape)
    return algebra.matmul(algebra.made("inv", [A], None, A.shape), matrix)


def column(algebra: Algebra, x: Term) -> Term:
    """A vector as a column."""
    return x if x.size[1] == 1 else algebra.turned(x)


STEPS: dict[str, Callable[[Algebra, Term, list[int], Found], Term]] = {
    SUM: of_sum, TIMES: of_product, CHAIN: of_chain, TURNED: of_transposed, "sum": of_added,
    "index": of_entry, "solve": of_solution,
}  # fmt: skip
