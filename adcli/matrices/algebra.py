"""The algebra of matrix formulas: products of matrices and transposed terms, simplified as they are made."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from adcli.graph import Shape
from adcli.matrices.entrywise import Entrywise
from adcli.matrices.terms import CHAIN, DIAG, EYE, ONES, SUM, TIMES, TURNED, UNIT, Factor, Term, turns
from adcli.primitives import shapes


class Algebra(Entrywise):
    """All operations on terms."""

    def matmul(self, x: Term, y: Term) -> Term:
        """The matrix product, numbers before it."""
        if not x.shape or not y.shape:
            return x * y
        coefficient = Fraction(1)
        outside: list[Factor] = []
        chain: list[Term] = []
        for side in (x, y):
            number, factors = side.factors()
            coefficient *= number
            outside += [(base, power) for base, power in factors if not base.shape]
            whole = self.product(1, [(base, power) for base, power in factors if base.shape], side.shape)
            chain += whole.args if whole.op == CHAIN else [whole]
        return self.product(
            coefficient, [*outside, (self.chained(chain), 1)], shapes.product(x.shape, y.shape)
        )

    def chained(self, chain: list[Term]) -> Term:
        """A matrix product of some factors without numbers."""
        shape = shapes.product((chain[0].size[0], 1), (1, chain[-1].size[1]))
        chain = [each for each in chain if each.op != EYE] or chain[:1]
        for place, (left, right) in enumerate(pairwise(chain)):
            if (joined := self.joined(left, right)) is not None:
                rest = [*chain[:place], joined, *chain[place + 2 :]]
                return self.multiplied(rest, shape)
        if (inner := self.number_inside(chain)) is not None:
            first, last = inner
            number = self.chained(chain[first:last])
            return self.product(
                1, [(number, 1), (self.multiplied([*chain[:first], *chain[last:]], shape), 1)]
            )
        if len(chain) == 1:
            return chain[0]
        if not shape:
            turned = [self.turned(each) for each in reversed(chain)]
            chain = min(chain, turned, key=lambda each: (turns(each), [term.place for term in each]))
        return self.made(CHAIN, chain, None, shape)

    def multiplied(self, factors: Sequence[Term], shape: Shape) -> Term:
        """Some factors one after the other; none of them make 1."""
        found = factors[0]
        for each in factors[1:]:
            found = self.matmul(found, each)
        return found if found.shape == shape or found.zero else self.product(1, [(found, 1)], shape)

    def number_inside(self, chain: Sequence[Term]) -> tuple[int, int] | None:
        """Where a product of fewer factors is a number: a row, and the next column behind it."""
        start = None
        for place, each in enumerate(chain):
            if each.size[0] == 1:
                start = place
            if each.size[1] == 1 and start is not None:
                return (start, place + 1) if place + 1 - start < len(chain) else None
        return None

    def joined(self, x: Term, y: Term) -> Term | None:
        """The product of two neighbours where it is something simpler."""
        if x.op == DIAG and (y.op == DIAG or y.size[1] == 1):
            made = self.product(1, [(x.args[0], 1), (y.args[0] if y.op == DIAG else y, 1)])
            return self.diagonal(made) if y.op == DIAG else made
        if y.op == DIAG and x.size[0] == 1:
            return self.product(1, [(x, 1), (self.turned(y.args[0]), 1)])
        if ONES in (x.op, y.op):
            if x.op == ONES and x.size[0] == 1 and y.op != CHAIN:
                return self.added(1, y)
            if y.op == ONES and y.size[1] == 1 and x.op != CHAIN:
                return self.added(2, x)
        if y.op == UNIT and x.op == TURNED and x.args[0].size[1] == 1:
            return self.entry(x.args[0], y.data[0])
        if x.op == TURNED and x.args[0].op == UNIT and y.size[1] == 1:
            return self.entry(y, x.args[0].data[0])
        if (x.op == "inv" and x.args[0] == y) or (y.op == "inv" and y.args[0] == x):
            return self.eye(x.size[0])
        return None

    def diagonal(self, x: Term) -> Term:
        """The diagonal matrix of a column; of numbers times ones a multiple of the identity."""
        coefficient, factors = x.factors()
        outside = [(base, power) for base, power in factors if not base.shape]
        inside = self.product(1, [(base, power) for base, power in factors if base.shape], x.shape)
        n = x.size[0]
        made = self.eye(n) if inside.op == ONES else self.made(DIAG, [inside], None, (n, n))
        return self.product(coefficient, [*outside, (made, 1)])

    def turned(self, x: Term) -> Term:
        """The transposed term, with the sign at names and sums."""
        if not x.shape or x.zero or x.op in (EYE, DIAG):
            return x
        turned_shape = x.shape[::-1]
        if x.op == TURNED:
            return x.args[0]
        if x.op == ONES:
            return self.ones(turned_shape)
        if x.op == "inv" and x.args[0].op == TURNED:
            return self.made("inv", [x.args[0].args[0]], None, turned_shape)
        if x.op == CHAIN:
            return self.chained([self.turned(each) for each in reversed(x.args)])
        if x.op == TIMES:
            coefficient, factors = x.factors()
            return self.product(
                coefficient, [(self.turned(base), power) for base, power in factors], turned_shape
            )
        whole = self.made(TURNED, [x], None, turned_shape)
        if x.op == SUM:
            each = self.total([(number, self.turned(term)) for number, term in x.terms()], turned_shape)
            own = turns([term for _, term in x.terms()])
            return each if turns([term for _, term in each.terms()]) <= own + 1 else whole
        return whole
