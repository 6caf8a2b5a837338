"""Shapes: () for a number, (n, m) for a matrix, (n, 1) for a vector. What fits, and what comes out."""

from __future__ import annotations

from math import prod
from typing import Any

from adcli.graph import Shape

MOST_ENTRIES = 10_000_000  # of one array: 80 MB of floats
SCALAR: Shape = ()


class Unfit(Exception):
    """Shapes that an operation does not take: why, and forms to try, with {0} and {1} for its operands."""

    def __init__(self, why: str, *ways: str) -> None:
        super().__init__(why)
        self.why = why
        self.ways = ways


def words(shape: Shape) -> str:
    """A shape as people write it.

    >>> words((2, 3)), words(())
    ('2×3', 'a scalar')
    """
    return f"{shape[0]}×{shape[1]}" if shape else "a scalar"


def limited(shape: Shape) -> Shape:
    """The shape, unless it has too many entries; looked at before memory is taken."""
    if prod(shape) > MOST_ENTRIES:
        raise Unfit(f"the result has {words(shape)} entries, more than {MOST_ENTRIES}")
    return shape


def filled(shape: Shape) -> Shape:
    """The shape as a matrix: a number is 1×1."""
    return shape or (1, 1)


def is_vector(shape: Shape) -> bool:
    """Whether the shape is a row, a column or a number."""
    return 1 in filled(shape)


def broadcast(*shapes: Shape) -> Shape:
    """The shape of an operation entry by entry: axes of size 1 are repeated."""
    result: Shape = SCALAR
    for shape in shapes:
        if not shape or shape == result:
            continue
        n, m = filled(result)
        rows, columns = shape
        if (n not in (1, rows) and rows != 1) or (m not in (1, columns) and columns != 1):
            ways: tuple[str, ...] = ()
            if len(shapes) == 2 and columns == n and rows == m:
                ways = ("transposed",)
            raise Unfit("entry by entry, sizes must be equal or 1", *ways)
        result = (columns_or(n, rows), columns_or(m, columns))
    return limited(result)


def columns_or(one: int, other: int) -> int:
    """The size of a repeated axis: the one that is not 1."""
    return other if one == 1 else one


def scalars(*shapes: Shape) -> Shape:
    """The shape of a comparison or a choice, which takes numbers alone."""
    if any(shapes):
        raise Unfit("a condition compares scalars, not arrays")
    return SCALAR


def product(left: Shape, right: Shape) -> Shape:
    """The shape of a matrix product; a 1×1 result is a number, and a number stands for a 1×1 matrix."""
    (n, k), (l, m) = filled(left), filled(right)  # noqa: E741  # the letters of a textbook
    if k == l:
        return limited((n, m)) if n * m > 1 else SCALAR
    if not left or not right:
        raise Unfit("a scalar times an array is written with *", "{0}*{1}")
    ways = [
        form
        for form, fits in (
            ("{0}ᵀ@{1}", n == l),
            ("{0}@{1}ᵀ", k == m),
            ("{0}ᵀ@{1}ᵀ", n == m),
            ("{1}@{0}", m == n),
        )
        if fits
    ]
    columns, rows = f"{k} column{'s' * (k != 1)}", f"{l} row{'s' * (l != 1)}"
    raise Unfit(
        f"the {columns} of the left {'do' if k != 1 else 'does'} not match the {rows} of the right", *ways[:1]
    )


def square(shape: Shape) -> int:
    """The size of a square matrix."""
    n, m = filled(shape)
    if n != m:
        raise Unfit("the matrix must be square")
    return n


def number_of(shape: Shape) -> Shape:
    """The shape of a number that belongs to a square matrix."""
    square(shape)
    return SCALAR


def inverse(shape: Shape) -> Shape:
    """The shape of an inverse."""
    square(shape)
    return shape


def reduced(axis: int | None, shape: Shape) -> Shape:
    """The shape of a sum over all entries, over the rows (axis 1) or over the columns (axis 2)."""
    if axis is None or not shape:
        return SCALAR
    return (1, shape[1]) if axis == 1 else (shape[0], 1)


def distribution(axis: int | None, shape: Shape) -> Shape:
    """The shape of softmax; for a matrix the axis must be said."""
    if axis is None and not is_vector(shape):
        raise Unfit(
            "for a matrix say which entries add up to 1",
            "softmax({0}, axis=1) for each column, axis=2 for each row",
        )
    return shape


def same_length(left: Shape, right: Shape) -> Shape:
    """The shape of a dot product of two vectors."""
    for shape in (left, right):
        vector(shape)
    if prod(left) != prod(right):
        raise Unfit(f"the vectors have {prod(left)} and {prod(right)} entries")
    return SCALAR


def vector(shape: Shape) -> int:
    """The length of a row or column."""
    if not is_vector(shape):
        raise Unfit(f"it takes vectors, not a matrix of {words(shape)}")
    return prod(shape)


def system(matrix: Shape, right: Shape) -> Shape:
    """The shape of the solution of a linear system."""
    n = square(matrix)
    if filled(right)[0] != n:
        raise Unfit(f"the matrix has {n} rows and the right-hand side {filled(right)[0]}")
    return right


def joined(axis: int, *shapes: Shape) -> Shape:
    """The shape of arrays one below the other (axis 1) or side by side (axis 2)."""
    full = [filled(shape) for shape in shapes]
    across = 2 - axis
    if len({shape[across] for shape in full}) > 1:
        name = ("rows", "columns")[across]
        raise Unfit(f"they need equally many {name}, and have {', '.join(words(shape) for shape in shapes)}")
    along = sum(shape[axis - 1] for shape in full)
    return limited((along, full[0][1]) if axis == 1 else (full[0][0], along))


Subscript = int | tuple[int | None, int | None]  # from 1; a slice has its first and last place


def selected(subscripts: tuple[Subscript, ...], shape: Shape) -> Shape:
    """The shape of an index or slice: a number, a vector (one place and one slice), or a matrix."""
    if not shape:
        raise Unfit("a scalar has no entries to index")
    if len(subscripts) == 1:
        if not is_vector(shape):
            first = subscripts[0] if isinstance(subscripts[0], int) else 1
            raise Unfit(f"a matrix of {words(shape)} takes two indices", f"{{0}}[{first},:]", "{0}[1,1]")
        size = taken(subscripts[0], prod(shape), "entries")
        if isinstance(subscripts[0], int):
            return SCALAR
        return (size, 1) if shape[1] == 1 else (1, size)
    n, m = (
        taken(subscript, size, name)
        for subscript, size, name in zip(subscripts, shape, ("rows", "columns"), strict=True)
    )
    places = [isinstance(subscript, int) for subscript in subscripts]
    return SCALAR if all(places) else (n * m, 1) if any(places) else (n, m)


def taken(subscript: Subscript, size: int, name: str) -> int:
    """How many places a subscript takes; Unfit where it leaves the array."""
    first, last = (subscript, subscript) if isinstance(subscript, int) else subscript
    first, last = 1 if first is None else first, size if last is None else last
    if first < 1 or last > size or first > last:
        outside = first if first < 1 or first > size else last
        if 1 <= outside <= size:
            raise Unfit(f"the slice {first}:{last} is empty")
        counted = name if size != 1 else {"entries": "entry"}.get(name, name[:-1])
        raise Unfit(
            f"index {outside} is out of range: there {'is' if size == 1 else 'are'} {size} {counted}, from 1"
        )
    return last - first + 1


def literal(shape: Shape, *entries: Shape) -> Shape:
    """The shape of a literal, whose entries are numbers."""
    if any(entries):
        raise Unfit(
            "the entries of [...] are scalars", "concat({0}, {1})" if len(entries) == 2 else "concat(...)"
        )
    return shape


def of_value(value: Any) -> Shape:
    """The shape of a value: an array's own, () for any number."""
    return getattr(value, "shape", SCALAR)
