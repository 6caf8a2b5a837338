"""Sums and products of arrays, softmax and its relatives, and linear algebra."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from adcli.arithmetic.tensors.parts import as_matrix
from adcli.graph import Shape

SINGULAR = "the matrix is singular"


def value(x: Any, shape: Shape | None = None) -> Any:
    """A float for a 1×1 or 0-dimensional array when a number is wanted; OverflowError if not finite."""
    if not np.isfinite(x).all():
        raise OverflowError("the result is too large")
    return float(x) if shape == () else x


def along(axis: int | None) -> int | None:
    """Numpy's number of an axis."""
    return None if axis is None else axis - 1


def matmul(A: Any, B: Any) -> Any:
    """The matrix product; 1×1 is a number. A finite product of finite arrays may raise flags in BLAS."""
    try:
        if type(A) is np.ndarray and type(B) is np.ndarray:
            made = A @ B
            # The quick look: no entry is infinite or NaN.
            if made.size > 1 and math.isfinite(np.add.reduce(made, None)):
                return made
    except FloatingPointError:
        pass  # flags are no proof: the entries are
    with np.errstate(all="ignore"):
        made = as_matrix(A) @ as_matrix(B)
    return value(made if made.size > 1 else made[0, 0], None if made.size > 1 else ())


def transpose(x: Any) -> Any:
    """The transposed array, as a view."""
    return x.T if type(x) is np.ndarray else x


def column(x: Any) -> Any:
    """A vector as a column."""
    return as_matrix(x).reshape(-1, 1)


def total(axis: int | None, x: Any) -> Any:
    """The sum of all entries, or along an axis."""
    if type(x) is not np.ndarray:
        return x
    return float(np.add.reduce(x, None)) if axis is None else x.sum(axis=axis - 1, keepdims=True)


def share(axis: int | None, x: Any) -> float:
    """1/n for the n entries of a mean."""
    if type(x) is not np.ndarray:
        return 1.0
    return 1.0 / (x.size if axis is None else x.shape[axis - 1])


def mean(axis: int | None, x: Any) -> Any:
    """The mean of all entries, or along an axis."""
    return total(axis, x) / (1.0 / share(axis, x))


def like(x: Any, y: Any) -> Any:
    """The entries of the vector x in the shape of y."""
    if type(y) is not np.ndarray:
        return x if type(x) is not np.ndarray else float(x[0, 0])
    return x.reshape(y.shape) if type(x) is np.ndarray else np.full(y.shape, x)


def dot(u: Any, v: Any) -> float:
    """The dot product of two vectors, rows or columns."""
    with np.errstate(all="ignore"):
        made = np.dot(as_matrix(u).ravel(), as_matrix(v).ravel())
    return float(value(made, ()))


def norm(x: Any) -> float:
    """The square root of the sum of squares, which may overflow or vanish in between."""
    largest = size(x)
    if not largest:
        return 0.0
    scaled = as_matrix(x) / largest
    return float(value(largest * math.sqrt(float((scaled * scaled).sum())), ()))


def size(x: Any) -> float:
    """The largest absolute value of the entries, as a power of 2 that is not above it."""
    largest = float(np.abs(x).max())
    return math.ldexp(1.0, max(math.frexp(largest)[1] - 1, -1022)) if largest else 0.0


def norm_slope(x: Any) -> Any:
    """x/norm(x), and 0 where all entries are 0."""
    scale = size(x)
    if not scale:
        return 0.0 * x
    scaled = x / scale
    return scaled / math.sqrt(float(np.sum(scaled * scaled)))


def outer(u: Any, v: Any) -> Any:
    """The product of a column and a row."""
    return column(u) * column(v).T


def trace(A: Any) -> float:
    """The sum of the diagonal."""
    return float(np.trace(as_matrix(A)))


def identity(A: Any) -> Any:
    """The identity matrix of the size of A."""
    return np.eye(A.shape[0]) if type(A) is np.ndarray else 1.0


def singular(solve: Callable[..., Any]) -> Callable[..., Any]:
    """A function that raises ValueError where its matrix is singular, to working precision."""

    @wraps(solve)
    def checked(A: Any, *rest: Any) -> Any:
        if type(A) is not np.ndarray:
            A = as_matrix(A)
            made = checked(A, *rest)
            return float(made[0, 0]) if type(made) is np.ndarray and made.size == 1 else made
        try:
            with np.errstate(all="ignore"):
                made = solve(A, *rest)
                if not 1 / np.linalg.cond(A, 1) > len(A) * np.finfo(float).eps:
                    raise ValueError(SINGULAR)
        except np.linalg.LinAlgError as error:
            raise ValueError(SINGULAR) from error
        return value(made)

    return checked


@singular
def inv(A: Any) -> Any:
    """The inverse; of a 2×2 matrix as the textbook has it."""
    if len(A) == 2 and (size := determinant(A)):
        (a, b), (c, d) = A
        return np.array([[d, -b], [-c, a]]) / size
    return np.linalg.inv(A)


@singular
def solve(A: Any, b: Any) -> Any:
    """The solution of A x = b; a number on the right gives a number."""
    made = np.linalg.solve(A, as_matrix(b))
    return made if type(b) is np.ndarray else float(made[0, 0])


def det(A: Any) -> float:
    """The determinant."""
    with np.errstate(all="ignore"):
        return float(value(determinant(as_matrix(A)), ()))


def determinant(A: Any) -> Any:
    """The determinant; of a 2×2 matrix a*d - b*c."""
    if len(A) != 2:
        return np.linalg.det(A)
    (a, b), (c, d) = A
    return a * d - b * c


def cofactors(A: Any, z: float) -> Any:
    """The gradient of det, the cofactors: z inv(A)ᵀ, and by singular values where A has no inverse.

    With A = U S Vᵀ it is det(U) det(V) U diag(∏ of the other singular values) Vᵀ.
    """
    if type(A) is not np.ndarray:
        return 1.0
    try:
        return z * inv(A).T
    except (ValueError, OverflowError):
        with np.errstate(all="ignore"):
            U, s, Vt = np.linalg.svd(A)
            others = np.array([np.prod(np.delete(s, i)) for i in range(len(s))])
            return value(np.linalg.det(U) * np.linalg.det(Vt) * (U * others) @ Vt)


def softmax(axis: int | None, x: Any) -> Any:
    """e^x over its sum, by differences from the largest entry."""
    if type(x) is not np.ndarray:
        return 1.0
    rising = np.exp(x - x.max(axis=along(axis), keepdims=True))
    return rising / rising.sum(axis=along(axis), keepdims=True)


def logsumexp(axis: int | None, x: Any) -> Any:
    """Ln of the sum of e^x: the largest entry, and log1p of what the others add to it."""
    if type(x) is not np.ndarray:
        return x
    flat = x.reshape(-1, 1) if axis is None else x
    over = 0 if axis is None else axis - 1
    first = np.expand_dims(flat.argmax(axis=over), over)
    largest = np.take_along_axis(flat, first, over)
    rising = np.exp(flat - largest)
    np.put_along_axis(rising, first, 0.0, over)
    made = largest + np.log1p(rising.sum(axis=over, keepdims=True))
    return float(made[0, 0]) if axis is None else made


def extreme(name: str) -> Callable[..., Any]:
    """The largest or smallest entry, or those along an axis."""

    def pick(axis: int | None, x: Any) -> Any:
        if type(x) is not np.ndarray:
            return x
        made = getattr(x, name)(axis=along(axis), keepdims=axis is not None)
        return float(made) if axis is None else made

    return pick


def tie_shares(axis: int | None, x: Any, z: Any) -> Any:
    """1/k at each of the k entries that equal the extreme one, else 0."""
    if type(x) is not np.ndarray:
        return 1.0
    hit = (x == z).astype(float)
    return hit / hit.sum(axis=along(axis), keepdims=True)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "matmul": matmul, "transpose": transpose, "column": column, "sum": total, "share": share, "mean": mean,
    "like": like, "dot": dot, "norm": norm, "norm_slope": norm_slope, "outer": outer, "trace": trace,
    "identity": identity, "inv": inv, "solve": solve, "det": det, "cofactors": cofactors,
    "softmax": softmax, "logsumexp": logsumexp, "max_entry": extreme("max"), "min_entry": extreme("min"),
    "tie_shares": tie_shares,
}  # fmt: skip
