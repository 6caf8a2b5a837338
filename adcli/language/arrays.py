"""Literals and subscripts of arrays, from the parser to the graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from adcli.errors import AdcliSyntaxError, ShapeError, Span
from adcli.graph import Shape
from adcli.language.syntax import ARRAY, INDEX, SLICE, Syntax
from adcli.primitives.shapes import MOST_ENTRIES, Subscript

if TYPE_CHECKING:
    from adcli.language.tokens import Token

PLACE, FROM, TO, BETWEEN, ALL = "place", "from", "to", "between", "all"  # kinds of subscripts
ONE_HOT = "onehot"
OF_SIZES = (ONE_HOT, "ones", "eye")  # arrays that are made of sizes and places alone
VECTOR, MATRIX = 1, 2  # how deep the brackets of a literal are


def literal(entries: list[Syntax], span: Span) -> Syntax:
    """A literal by its entries; entries that are literals themselves are rows. ShapeError for ragged rows."""
    rows = [entry for entry in entries if entry.op == ARRAY]
    if not rows:
        return Syntax(ARRAY, tuple(entries), *span, (len(entries), 1, VECTOR))
    if len(rows) < len(entries):
        odd = next(entry for entry in entries if entry.op != ARRAY)
        raise ShapeError(
            "a row of a matrix stands in brackets", span=Span(odd.start, odd.end),
            hint="write [[1, 2], [3, 4]] for a matrix, [1, 2, 3] for a vector",
        )  # fmt: skip
    if deep := next((row for row in rows if row.data[2] != VECTOR), None):
        raise ShapeError(
            "brackets three deep", span=Span(deep.start, deep.end), hint="a matrix has rows: [[1, 2], [3, 4]]"
        )
    first = rows[0].data[0]
    place = next((place for place, row in enumerate(rows, 1) if row.data[0] != first), None)
    if place is not None:
        raise ShapeError(
            f"row 1 has {entries_in(first)}, row {place} has {entries_in(rows[place - 1].data[0])}",
            span=span,
            hint="give all rows of a matrix the same length",
        )  # fmt: skip
    flat = tuple(entry for row in rows for entry in row.args)
    return Syntax(ARRAY, flat, *span, (len(rows), first, MATRIX))


def entries_in(count: int) -> str:
    """A number of entries in words."""
    return f"{count} entr{'y' if count == 1 else 'ies'}"


def slice_of(children: list[Any]) -> Syntax:
    """A slice from what stands around its colon."""
    at = next(place for place, child in enumerate(children) if not isinstance(child, Syntax))
    colon: Token = children[at]
    ends = [child for child in children if isinstance(child, Syntax)]
    kind = {(0, 0): ALL, (1, 0): FROM, (0, 1): TO, (1, 1): BETWEEN}[at, len(children) - at - 1]
    start = ends[0].start if at else colon.start
    return Syntax(SLICE, tuple(ends), start, ends[-1].end if at < len(children) - 1 else colon.end, kind)


def indexed(whole: Syntax, subscripts: list[Syntax], end: int) -> Syntax:
    """An index: the array and its subscripts' expressions; `data` says which of them make a slice."""
    if len(subscripts) > 2:
        raise AdcliSyntaxError(
            "an array has at most two indices", span=Span(subscripts[2].start, subscripts[2].end),
            hint="write W[1, 2]: row 1, column 2",
        )  # fmt: skip
    kinds = tuple(each.data if each.op == SLICE else PLACE for each in subscripts)
    parts = (part for each in subscripts for part in (each.args if each.op == SLICE else (each,)))
    return Syntax(INDEX, (whole, *parts), whole.start, end, kinds)


def places(text: str, syntax: Syntax, values: Sequence[Any]) -> tuple[Subscript, ...]:
    """The subscripts of an index by the values of their expressions. ShapeError unless they are whole."""
    found = iter([whole(text, part, value) for part, value in zip(syntax.args[1:], values, strict=True)])
    return tuple(subscript(kind, found) for kind in syntax.data)


def subscript(kind: str, values: Iterator[int]) -> Subscript:
    """One subscript, which takes as many values as its kind has."""
    if kind == PLACE:
        return next(values)
    if kind == ALL:
        return (None, None)
    if kind == TO:
        return (None, next(values))
    first = next(values)
    return (first, None if kind == FROM else next(values))


def whole(text: str, part: Syntax, value: Any, *, size: bool = False) -> int:
    """A whole number from 1, an index or a size; ShapeError for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or value < 1:
        said = f", not {value:g}" if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
        raise ShapeError(
            f"{'a size' if size else 'an index'} is a whole number from 1{said}",
            span=Span(part.start, part.end), text=text,
            hint=None if size else counted(value),
        )  # fmt: skip
    return int(value)


def counted(value: Any) -> str:
    """What to write instead of a wrong index."""
    if isinstance(value, (int, float)) and value < 0:
        return "indices count from 1, and never from the end"
    return "indices count from 1: x[1] is the first entry"


def made_of_sizes(text: str, syntax: Syntax, values: Sequence[Any]) -> tuple[Shape, list[int]]:
    """The shape and the entries, 0 and 1, of onehot(k, n), ones(n, m) or eye(n).

    ShapeError where there is no such array, or too large a one.
    """
    sized = [syntax.op != ONE_HOT or place == 1 for place in range(len(values))]
    given = zip(syntax.args, values, sized, strict=True)
    numbers = [whole(text, part, value, size=size) for part, value, size in given]
    span = Span(syntax.start, syntax.end)
    shape = {ONE_HOT: (numbers[-1], 1), "ones": (numbers[0], numbers[-1])}.get(syntax.op, (numbers[0],) * 2)
    n, m = shape
    if syntax.op == ONE_HOT and numbers[0] > n:
        raise ShapeError(f"place {numbers[0]} of a vector of length {n}", span=span, text=text)
    if n * m > MOST_ENTRIES:
        kind = f"a vector of {n}" if m == 1 else f"a matrix of {n}×{m}"
        raise ShapeError(f"{kind} entries; the limit is {MOST_ENTRIES}", span=span, text=text)
    if syntax.op == ONE_HOT:
        return shape, [int(k == numbers[0]) for k in range(1, n + 1)]
    if syntax.op == "ones":
        return shape, [1] * (n * m)
    return shape, [int(place % (n + 1) == 0) for place in range(n * m)]
