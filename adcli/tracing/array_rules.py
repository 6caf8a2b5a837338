"""Rules of operations on arrays as formulas: W̄ = Xᵀ@Ȳ, b̄ = sum(Ȳ, axis=1), Z̄ = (diag(p) - p@pᵀ)@p̄.

The maps of the table's rows run on written names instead of numbers: `Writing` is their arithmetic. So a
rule is stated once, and what is shown is what is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adcli.graph import Shape
from adcli.notation import MINUS, PRODUCT, SUM, Notation, Piece, bracket, subscript, write
from adcli.primitives import ROWS, LinearMap, shapes
from adcli.primitives.shapes import Subscript


class Written:
    """A formula of an array, its shape (None: not known), and whether it has what a sweep carries in it."""

    __slots__ = ("carried", "m", "piece", "shape", "turned")

    def __init__(
        self, m: Writing, piece: Piece, shape: Shape | None, *, carried: bool = False, turned: Any = None
    ) -> None:
        self.m = m
        self.piece = piece
        self.shape = shape
        self.carried = carried
        self.turned: Written | None = turned  # what this is the transposed of

    def __mul__(self, other: Any) -> Written:
        return self.m.times(self, other)

    def __rmul__(self, other: Any) -> Written:
        return self.m.times(other, self)

    def __neg__(self) -> Written:
        return self.m.made("neg", [self], self.shape)

    def __sub__(self, other: Written) -> Written:
        return self.m.made("sub", [self, other], self.shape)


class Writing:
    """An arithmetic of formulas in one notation; a function that has no form of its own is called by name."""

    def __init__(self, notation: Notation) -> None:
        self.notation = notation

    def __getattr__(self, name: str) -> Callable[..., Written]:
        return lambda *args: self.made(name, [arg for arg in args if isinstance(arg, Written)], None)

    def value(self, piece: Piece | str, shape: Shape | None, *, carried: bool = False) -> Written:
        """A name or a number of a shape."""
        return Written(self, Piece(piece) if isinstance(piece, str) else piece, shape, carried=carried)

    def made(self, op: str, operands: Sequence[Written], shape: Shape | None, data: Any = None) -> Written:
        """An operation, written."""
        piece = write(op, [x.piece for x in operands], self.notation, data)
        return Written(self, piece, shape, carried=any(x.carried for x in operands))

    def called(self, name: str, *sizes: Any) -> Piece:
        """A function of sizes: ones(2, 3)."""
        inside = ", ".join(map(str, sizes))
        return Piece(rf"\operatorname{{{name}}}({inside})" if self.notation.latex else f"{name}({inside})")

    def times(self, x: Any, y: Any) -> Written:
        """A product entry by entry, what is carried first: ⊙ between arrays, else the product's own sign."""
        x, y = (each if isinstance(each, Written) else self.value(f"{each:g}", ()) for each in (x, y))
        if y.carried and not x.carried:
            x, y = y, x
        sign = self.notation.times
        if x.shape and y.shape:
            sign = {"source": "*", "latex": r" \odot "}.get(self.notation.name, " ⊙ ")
        left = MINUS if "@" in x.piece.text or r"\," in x.piece.text else PRODUCT
        text = bracket(x.piece, left, self.notation) + sign
        text += bracket(y.piece, MINUS, self.notation, follows=True)
        carried = x.carried or y.carried
        return Written(self, Piece(text, PRODUCT), x.shape or y.shape, carried=carried)

    def matmul(self, x: Written, y: Written) -> Written:
        """The product x@y."""
        known = None if x.shape is None or y.shape is None else shapes.product(x.shape, y.shape)
        return self.made("matmul", [x, y], known)

    def transpose(self, x: Written) -> Written:
        """xᵀ; of a transposed array what it was, of a number itself."""
        if x.shape == ():
            return x
        if x.turned is not None:
            return x.turned
        made = self.made("transpose", [x], None if x.shape is None else x.shape[::-1])
        made.turned = x
        return made

    def sum(self, axis: int | None, x: Written) -> Written:
        """The sum, along an axis or of all."""
        if x.shape == ():
            return x
        return self.made("sum", [x], None if x.shape is None else shapes.reduced(axis, x.shape), axis)

    def ones(self, n: int, m: int) -> Written:
        """A matrix of ones."""
        return self.value(self.called("ones", n, m), (n, m))

    def spread(self, g: Written, x: Written) -> Written:
        """G repeated to the shape of x: a product with ones."""
        if x.shape == ():
            return g
        if x.shape is None or g.shape is None:
            return self.times(g, self.value(self.called("ones", x.piece.text), None))
        n, m = x.shape
        if not g.shape:
            return self.times(g, self.ones(n, m))
        if g.shape == x.shape:
            return g
        return self.matmul(self.ones(n, 1), g) if g.shape[0] == 1 else self.matmul(g, self.ones(1, m))

    def share(self, axis: int | None, x: Written) -> Written:
        """1/n of a mean."""
        if not x.shape:
            return self.value(Piece("1/n", PRODUCT), ())
        n, m = x.shape
        count = n * m if axis is None else (n, m)[axis - 1]
        return self.value(Piece(f"1/{count}", PRODUCT), ())

    def like(self, x: Written, y: Written) -> Written:
        """A vector as a row or column, as y is."""
        return self.transpose(x) if x.shape and y.shape and x.shape != y.shape else x

    def column(self, x: Written) -> Written:
        """A vector as a column."""
        return self.transpose(x) if x.shape and x.shape[1] != 1 else x

    def identity(self, A: Written) -> Written:
        """An identity matrix."""
        if A.shape == ():
            return self.value("1", ())
        return self.value(self.called("eye", A.shape[0] if A.shape else "n"), A.shape)

    def outer(self, u: Written, v: Written) -> Written:
        """The outer product."""
        return self.made("outer", [u, v], None)

    def solve(self, A: Written, b: Written) -> Written:
        """The solution of A x = b."""
        return self.made("solve", [A, b], b.shape)

    def norm_slope(self, x: Written) -> Written:
        """What norm has as its gradient: x/norm(x)."""
        return self.made("div", [x, self.made("norm", [x], ())], x.shape)

    def cofactors(self, A: Written, _z: Written) -> Written:
        """The cofactors, which is det(A)*inv(A)ᵀ where A is not singular."""
        return self.made("cofactors", [A], A.shape)

    def softmax(self, axis: int | None, x: Written) -> Written:
        """The shares of e^x."""
        return self.made("softmax", [x], x.shape, axis)

    def tie_shares(self, axis: int | None, x: Written, z: Written) -> Written:
        """The shares [x = z]/sum([x = z]): 1 at the extreme entry, shared by ties."""
        equal = "==" if self.notation.name == "source" else "="
        where = self.value(f"[{x.piece.text} {equal} {z.piece.text}]", x.shape)
        return self.made("div", [where, self.sum(axis, where)], x.shape)

    # Parts. A place is the subscripts that the language would write.

    def place(self, slot: int, axis: int | None, xs: Sequence[Written]) -> tuple[Subscript, ...] | None:
        """Where one of several joined arrays stands; None where a shape is not known."""
        if any(x.shape is None for x in xs):
            return None
        sizes = [shapes.filled(x.shape or ()) for x in xs[: slot + 1]]
        last = sum(size[(axis or 1) - 1] for size in sizes)
        here = (last - sizes[-1][(axis or 1) - 1] + 1, last)
        if axis == 2:
            return ((None, None), here)
        return (here,) if sizes[-1][1] == 1 else (here, (None, None))

    def entry(self, slot: int, shape: Shape) -> tuple[Subscript, ...]:
        """Where an entry of a literal stands."""
        row, column = divmod(slot, shape[1])
        return (row + 1,) if shape[1] == 1 else (row + 1, column + 1)

    def places(self, at: tuple[Subscript, ...], _x: Written) -> tuple[Subscript, ...]:
        """The subscripts of an index."""
        return at

    def index(self, at: tuple[Subscript, ...], x: Written) -> Written:
        """An entry or a part."""
        known = x.shape and shapes.selected(at, x.shape)
        return self.made("index", [x], known, at)

    def part(self, x: Written, at: tuple[Subscript, ...] | None) -> Written:
        """The part of an array at a place."""
        if at is None:
            return self.value(f"its part of {x.piece.text}", None, carried=x.carried)
        return self.index(at, x)

    def padded(self, x: Written, like: Written, at: tuple[Subscript, ...] | None) -> Written:
        """An array that is x at a place, and 0 elsewhere: of a vector a multiple of a unit vector."""
        if at and like.shape and len(at) == 1 and isinstance(at[0], int):
            size = max(like.shape)
            unit = self.value(self.called("onehot", at[0], size), (size, 1))
            return self.times(x, self.like(unit, like))
        where = "its place" if at is None else f"[{', '.join(map(subscript, at))}]"
        word = r"\text{ at }" if self.notation.latex else " at "
        text = bracket(x.piece, SUM, self.notation) + word + where
        return Written(self, Piece(text, SUM), like.shape, carried=x.carried)


def linear_map(
    m: Writing, op: str, data: Any, slot: int, z: Written, operands: Sequence[Written]
) -> LinearMap | None:
    """The map of an operation on whole arrays, in formulas; None where there is no derivative."""
    row = ROWS[op]
    partial = row.partial(slot)
    if not callable(partial):
        return None
    before = (*((slot,) if row.variadic else ()), *((data,) if row.parameter else ()))
    made = partial(m, z, *before, *operands)
    if op == "softmax" and not (z.shape and (z.shape[1] != 1 or data == 2)):
        made = softmax_of_a_vector(m, z)
    assert isinstance(made, LinearMap)  # noqa: S101  # for the type checker: rows of arrays have maps
    return made


def softmax_of_a_vector(m: Writing, p: Written) -> LinearMap:
    """The map of softmax as a matrix, which is how textbooks write it."""
    turned = m.transpose(p)
    text = m.made("sub", [m.made("diag", [p], None), m.matmul(p, turned)], None)
    return LinearMap(lambda t: m.matmul(text, t), lambda g: m.matmul(text, g))


def fitted(m: Writing, x: Written, shape: Shape) -> Written:
    """What goes back to an argument of this shape: a sum over the axes along which it was repeated."""
    if not x.shape or x.shape == shape:
        return x
    if not shape or shape == (1, 1):
        return m.sum(None, x)
    return m.sum(1 if shape[0] == 1 < x.shape[0] else 2, x)
