"""Operations on whole arrays: products, sums, parts and joins, softmax, and linear algebra.

Each partial is a LinearMap. The adjoint rules are those of M. Giles, Collected matrix derivative results for
forward and reverse mode algorithmic differentiation (2008), sections 2.1 to 2.3; the gradients of det and
trace also in Petersen and Pedersen, The Matrix Cookbook, sections 2.1 and 2.5.
"""

from __future__ import annotations

from typing import Any

from adcli.primitives import shapes
from adcli.primitives.primitive import Kink, LinearMap, Primitive


def gradient(m: Any, weight: Any) -> LinearMap:
    """The map of a function with one number as its result, by its gradient."""
    return LinearMap(lambda t: m.sum(None, weight * t), lambda g: weight * g, weight)


def weighted(m: Any, axis: int | None, weight: Any) -> LinearMap:
    """The map of a function along an axis: the sum over it of weight times tangent."""
    return LinearMap(
        lambda t: m.sum(axis, weight * t), lambda g: weight * g, weight if axis is None else None
    )


def summed(m: Any, axis: int | None, x: Any) -> LinearMap:
    """The map of a sum: it gives its adjoint to every entry."""
    return LinearMap(lambda t: m.sum(axis, t), lambda g: m.spread(g, x))


def averaged(m: Any, axis: int | None, x: Any) -> LinearMap:
    """The map of a mean."""
    share = m.share(axis, x)
    return LinearMap(lambda t: share * m.sum(axis, t), lambda g: m.spread(share * g, x))


def softmax_map(m: Any, z: Any, axis: int | None) -> LinearMap:
    """diag(p) - p pᵀ, which is symmetric, along an axis."""

    def apply(t: Any) -> Any:
        part = z * t
        return part - z * m.sum(axis, part)

    return LinearMap(apply, apply)


def outer_by_left(m: Any, u: Any, v: Any) -> LinearMap:
    """The map from u to u vᵀ."""
    column = m.column(v)
    return LinearMap(lambda t: m.outer(t, v), lambda g: m.like(m.matmul(g, column), u))


def outer_by_right(m: Any, u: Any, v: Any) -> LinearMap:
    """The map from v to u vᵀ."""
    row = m.transpose(m.column(u))
    return LinearMap(lambda t: m.outer(u, t), lambda g: m.like(m.matmul(row, g), v))


def inverse_map(m: Any, z: Any) -> LinearMap:
    """The map of dA to -A⁻¹ dA A⁻¹."""
    turned = m.transpose(z)
    return LinearMap(lambda t: -m.matmul(m.matmul(z, t), z), lambda g: -m.matmul(m.matmul(turned, g), turned))


def solve_by_matrix(m: Any, z: Any, A: Any) -> LinearMap:
    """The map of dA to -A⁻¹ dA x."""
    turned = m.transpose(A)
    return LinearMap(
        lambda t: -m.solve(A, m.matmul(t, z)), lambda g: -m.matmul(m.solve(turned, g), m.transpose(z))
    )


def norm_kink(x: Any) -> bool:
    """Whether all entries are 0."""
    return not (x.any() if hasattr(x, "any") else x)


AXIS = "one number, or one per column (axis=1) or row (axis=2)"
ROWS = (
    Primitive(
        "matmul", "arrays", ("A", "B"),
        (
            lambda m, z, A, B: LinearMap(
                lambda t: m.matmul(t, B), lambda g: m.matmul(g, m.transpose(B))
            ),
            lambda m, z, A, B: LinearMap(
                lambda t: m.matmul(A, t), lambda g: m.matmul(m.transpose(A), g)
            ),
        ),
        "the matrix product A@B; a 1×1 result is a number",
        domain="as many columns of A as rows of B", shape=lambda data, A, B: shapes.product(A, B),
        formulas=("z̄@Bᵀ", "Aᵀ@z̄"), example="[[1, 2], [3, 4]]@[5, 6] = [17, 39]",
    ),
    Primitive(
        "transpose", "arrays", ("A",),
        (lambda m, z, A: LinearMap(m.transpose, m.transpose),),
        "the transposed matrix, also written Aᵀ or A.T", domain="all arrays",
        shape=lambda data, A: A[::-1],
        formulas=("z̄ᵀ",), example="transpose([[1, 2], [3, 4]]) = [[1, 3], [2, 4]]",
    ),
    Primitive(
        "sum", "arrays", ("x",), (lambda m, z, axis, x: summed(m, axis, x),),
        f"the sum of the entries: {AXIS}", domain="all arrays",
        shape=shapes.reduced, parameter=True, axis=True,
        formulas=("z̄ in every entry",), example="sum([1, 2, 3]) = 6",
    ),
    Primitive(
        "mean", "arrays", ("x",), (lambda m, z, axis, x: averaged(m, axis, x),),
        f"the mean of the entries: {AXIS}", domain="all arrays",
        shape=shapes.reduced, parameter=True, axis=True,
        formulas=("z̄/n in every entry",), example="mean([1, 2, 3]) = 2",
    ),
    Primitive(
        "dot", "arrays", ("u", "v"),
        (lambda m, z, u, v: gradient(m, m.like(v, u)), lambda m, z, u, v: gradient(m, m.like(u, v))),
        "the dot product of two vectors", domain="vectors of equal length",
        shape=lambda data, u, v: shapes.same_length(u, v),
        formulas=("z̄*v", "z̄*u"), example="dot([1, 2], [3, 4]) = 11",
    ),
    Primitive(
        "norm", "arrays", ("x",), (lambda m, z, x: gradient(m, m.norm_slope(x)),),
        "the length of a vector, the Frobenius norm of a matrix; slope 0 where all entries are 0",
        domain="all arrays", shape=lambda data, x: (),
        kinks=(Kink(norm_kink, None, "all entries 0"),),
        formulas=("z̄*x/z",), example="norm([3, 4]) = 5",
    ),
    Primitive(
        "outer", "arrays", ("u", "v"),
        (lambda m, z, u, v: outer_by_left(m, u, v), lambda m, z, u, v: outer_by_right(m, u, v)),
        "the outer product u@vᵀ of two vectors", domain="vectors",
        shape=lambda data, u, v: shapes.limited((shapes.vector(u), shapes.vector(v))),
        formulas=("z̄@v", "z̄ᵀ@u"), example="outer([1, 2], [3, 4]) = [[3, 4], [6, 8]]",
    ),
    Primitive(
        "trace", "arrays", ("A",), (lambda m, z, A: gradient(m, m.identity(A)),),
        "the sum of the diagonal", domain="square matrices",
        shape=lambda data, A: shapes.number_of(A),
        formulas=("z̄*I",), example="trace([[1, 2], [3, 4]]) = 5",
    ),
    Primitive(
        "det", "arrays", ("A",), (lambda m, z, A: gradient(m, m.cofactors(A, z)),),
        "the determinant", domain="square matrices", shape=lambda data, A: shapes.number_of(A),
        formulas=("z̄*z*inv(A)ᵀ",), example="det([[1, 2], [3, 4]]) = -2",
    ),
    Primitive(
        "inv", "arrays", ("A",), (lambda m, z, A: inverse_map(m, z),),
        "the inverse matrix", domain="square matrices that are not singular",
        needs="a matrix that is not singular", shape=lambda data, A: shapes.inverse(A),
        formulas=("-zᵀ@z̄@zᵀ",), example="inv([[1, 2], [3, 4]]) = [[-2, 1], [1.5, -0.5]]",
    ),
    Primitive(
        "solve", "arrays", ("A", "b"),
        (
            lambda m, z, A, b: solve_by_matrix(m, z, A),
            lambda m, z, A, b: LinearMap(
                lambda t: m.solve(A, t), lambda g: m.solve(m.transpose(A), g)
            ),
        ),
        "the solution x of A@x = b", domain="square A that is not singular",
        needs="a matrix that is not singular", shape=lambda data, A, b: shapes.system(A, b),
        formulas=("-solve(Aᵀ, z̄)@zᵀ", "solve(Aᵀ, z̄)"), example="solve([[2, 0], [0, 4]], [2, 2]) = [1, 0.5]",
    ),
    Primitive(
        "concat", "arrays", ("x...",),
        (
            lambda m, z, slot, axis, *xs: LinearMap(
                lambda t: m.padded(t, z, m.place(slot, axis, xs)),
                lambda g: m.part(g, m.place(slot, axis, xs)),
            ),
        ),
        "arrays one below the other, or side by side (axis=2)", domain="arrays of equal width (or height)",
        shape=lambda axis, *xs: shapes.joined(axis or 1, *xs), parameter=True, axis=True,
        formulas=("its rows of z̄",), example="concat([1, 2], [3]) = [1, 2, 3]",
    ),
    Primitive(
        "softmax", "arrays", ("x",), (lambda m, z, axis, x: softmax_map(m, z, axis),),
        "e^x divided by its sum: of a vector, or along an axis of a matrix", domain="all vectors",
        shape=shapes.distribution, parameter=True, axis=True,
        formulas=("(diag(z) - z@zᵀ)@z̄",), example="softmax([0, 0]) = [0.5, 0.5]",
    ),
    Primitive(
        "logsumexp", "arrays", ("x",),
        (lambda m, z, axis, x: weighted(m, axis, m.softmax(axis, x)),),
        f"ln of the sum of e^x: {AXIS}", domain="all arrays",
        shape=shapes.reduced, parameter=True, axis=True,
        formulas=("z̄*softmax(x)",), example="logsumexp([0]) = 0",
    ),
    Primitive(
        "onehot", "arrays", ("k", "n"), (None, None),
        "the k-th unit vector of length n", domain="whole numbers 1 ≤ k ≤ n",
        shape=lambda data, k, n: (), formulas=(), example="onehot(2, 3) = [0, 1, 0]",
    ),
    Primitive(
        "ones", "arrays", ("n", "m"), (None, None),
        "the n×m matrix of ones; ones(n, 1) is a column", domain="whole numbers from 1",
        shape=lambda data, n, m: (), formulas=(), example="ones(2, 1) = [1, 1]",
    ),
    Primitive(
        "eye", "arrays", ("n",), (None,),
        "the n×n identity matrix", domain="whole numbers from 1",
        shape=lambda data, n: (), formulas=(), example="eye(2) = [[1, 0], [0, 1]]",
    ),
    # What the language writes with brackets, and max and min of one array.
    Primitive(
        "array", "arrays", ("x...",),
        (
            lambda m, z, slot, shape, *xs: LinearMap(
                lambda t: m.padded(t, z, m.entry(slot, shape)), lambda g: m.part(g, m.entry(slot, shape))
            ),
        ),
        "a literal [a, b] or [[a, b], [c, d]]", shape=shapes.literal, parameter=True, callable=False,
        formulas=("its entry of z̄",),
    ),
    Primitive(
        "index", "arrays", ("x",),
        (
            lambda m, z, at, x: LinearMap(
                lambda t: m.index(at, t), lambda g: m.padded(g, x, m.places(at, x))
            ),
        ),
        "an entry x[1], or a part x[1:3]", shape=shapes.selected, parameter=True, callable=False,
        formulas=("z̄ at that place, else 0",),
    ),
    *(
        Primitive(
            f"{name}_entry", "arrays", ("x",),
            (lambda m, z, axis, x: weighted(m, axis, m.tie_shares(axis, x, z)),),
            f"the {word} entry; k equal ones have the slope 1/k each", shape=shapes.reduced,
            parameter=True, axis=True, callable=False,
            kinks=(Kink(lambda x: False, None, f"two or more entries share the {word} value"),),
            formulas=("z̄ where x is z, shared by ties",),
        )
        for name, word in (("max", "largest"), ("min", "smallest"))
    ),
)  # fmt: skip
OF_ONE_ARRAY = {"max": "max_entry", "min": "min_entry"}  # what they are when they get one array
