"""The cost of a program in moves, sums, products and nonlinear operations, and what derivatives add to it.

After Griewank and Walther, Evaluating Derivatives, 2nd edition, chapter 4: every program is a sequence
of four kinds of elementals, a constant or input c, a sum ±, a product ×, a function of one argument ψ.
Reading an operand, writing a result and setting an adjoint back to 0 are a move each, so of v = u·w

    the value       reads u, w, writes v                                    3 moves, 1 product
    a forward pass  also reads u̇, ẇ, writes v̇ = u̇·w + u·ẇ                  6 moves, 1 sum, 3 products
    a reverse pass  later reads u, w, v̄, ū, w̄, writes ū, w̄, and v̄ = 0      11 moves, 2 sums, 3 products

and the others likewise. A move, a sum, a product and a nonlinear operation weigh μ, 1, π, ν, where
μ ≥ π ≥ 1 and ν ≥ 2π. The worst elemental of a reverse pass is the product: 11μ + 2 + 3π ≤ 4·(3μ + π),
because 2 ≤ μ + π. That of a forward pass is the product too: 6μ + 1 + 3π ≤ 5/2·(3μ + π). So no program
costs more than 4 times its value in reverse mode, or 5/2 times in forward mode.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from adcli.graph import CONST, Graph, cone

BOUND = {"forward": 2.5, "reverse": 4.0}


class Work(NamedTuple):
    """Moves, sums, products and nonlinear operations; of weights, what one of each costs."""

    moves: int
    adds: int
    mults: int
    nonlinear: int


class Elementals(NamedTuple):
    """How many of each kind there are."""

    constants: int = 0
    sums: int = 0
    products: int = 0
    functions: int = 0

    def plus(self, other: Elementals) -> Elementals:
        """Both together."""
        return Elementals(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def times(self, amount: int) -> Elementals:
        """So many of them."""
        return Elementals(*(amount * each for each in self))


WEIGHTS = Work(1, 1, 1, 2)
WORK = {  # of c, ±, × and ψ
    "f": (Work(1, 0, 0, 0), Work(3, 1, 0, 0), Work(3, 0, 1, 0), Work(2, 0, 0, 1)),
    "forward": (Work(2, 0, 0, 0), Work(6, 2, 0, 0), Work(6, 1, 3, 0), Work(4, 0, 1, 2)),
    "reverse": (Work(2, 0, 0, 0), Work(9, 3, 0, 0), Work(11, 2, 3, 0), Work(7, 1, 1, 2)),
}
LEAF, SUM, PRODUCT, FUNCTION = (
    Elementals(1), Elementals(sums=1), Elementals(products=1), Elementals(functions=1)
)  # fmt: skip
QUOTIENT = FUNCTION.plus(PRODUCT)  # 1/y, and a product
CHOSEN = Elementals(sums=2, functions=1)  # max(x, y) = x + relu(y - x)
OPERATIONS = {
    "add": SUM,
    "sub": SUM,
    "neg": SUM,
    "mul": PRODUCT,
    "and": PRODUCT,
    "or": SUM,
    "not": SUM,
    "div": QUOTIENT,
    "pow": Elementals(products=1, functions=2),  # exp(y·ln(x))
    "log": FUNCTION.times(2).plus(QUOTIENT),
    "atan2": FUNCTION.plus(QUOTIENT),
    "logaddexp": CHOSEN,  # x + softplus(y - x)
    "select": Elementals(sums=2, products=1),  # y + c·(x - y)
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne"), SUM.plus(FUNCTION)),
}
ONE_BY_CONSTANT = ("pow", "log", "atan2", "polygamma")  # with a constant operand, a function of the other


def elementals(graph: Graph, outputs: Sequence[int]) -> Elementals:
    """The elementals that a graph consists of, as far as `outputs` need it."""
    kinds = Counter(
        (op, len(args), op in ONE_BY_CONSTANT and any(graph.op[arg] == CONST for arg in args))
        for op, args, on in zip(graph.op, graph.args, cone(graph, outputs), strict=True)
        if on
    )
    total = Elementals()
    for kind, times in kinds.items():
        total = total.plus(of(*kind).times(times))
    return total


def of(op: str, amount: int, by_constant: bool) -> Elementals:  # noqa: FBT001  # one of a key's fields
    """The elementals of one operation on so many operands; `by_constant`: one of two is a constant."""
    if not amount:
        return LEAF
    if by_constant:
        return FUNCTION
    if op in OPERATIONS:
        return OPERATIONS[op]
    if op in ("max", "min"):
        return CHOSEN.times(max(1, amount - 1))
    if op == "hypot":
        return Elementals(sums=amount - 1, products=amount, functions=1)
    return FUNCTION if amount == 1 else Elementals(sums=amount - 1, functions=amount)


def cost(found: Elementals, what: str, weights: Work = WEIGHTS) -> int:
    """What elementals cost: their value ("f"), or with it a forward or a reverse sweep."""
    return sum(
        amount * sum(weight * part for weight, part in zip(weights, work, strict=True))
        for amount, work in zip(found, WORK[what], strict=True)
    )
