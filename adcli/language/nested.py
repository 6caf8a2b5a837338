"""Nested lists as arrays: a flat list is a column, a list of rows a matrix; sizes are looked at first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from adcli import engine
from adcli.errors import ShapeError, UsageError
from adcli.primitives.shapes import MOST_ENTRIES

PLAIN = re.compile(r"[\[\]0-9+\-.,eE\s]*")


def plain_lists(text: str) -> list[Any] | None:
    """The lists that a text of brackets and numbers holds; None where it is more than that."""
    if PLAIN.fullmatch(text) is None:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    deep = isinstance(found, list) and any(
        isinstance(entry, list) for row in found if isinstance(row, list) for entry in row
    )
    return found if isinstance(found, list) and found and not deep else None


def each(lists: list[Any], read: Callable[[Any], Any]) -> list[Any]:
    """The lists with every entry read, unless all of them are floats already."""

    def row(entries: list[Any]) -> list[Any]:
        return [entry if type(entry) is float else read(entry) for entry in entries]

    return [row(entry) if isinstance(entry, list) else row([entry])[0] for entry in lists]


def array(raw: Any, said: str) -> Any:  # noqa: C901  # a case for each thing that can be wrong
    """The array of nested lists, tuples, or of an array of another library; `said` names it in messages.

    Raises ShapeError for ragged rows, more than two axes, none or too many entries, and UsageError for
    entries that are no finite numbers, with their place.
    """
    engine.arrays()  # says how to install numpy where it is missing
    import numpy as np

    if hasattr(raw, "__array__") and hasattr(raw, "dtype"):
        whole = checked(raw, said)
        return whole.reshape(-1, 1) if whole.ndim == 1 else whole
    rows = [list(row) if is_list(row) else row for row in raw]
    if not rows:
        raise ShapeError(f"{said} is an empty list", hint="write at least one number, as in [1]")
    lists = [is_list(row) for row in rows]
    if not all(lists) and any(lists):
        place = lists.index(not lists[0]) + 1
        raise ShapeError(f"{said} mixes numbers and rows (entry {place})", hint="write all rows in brackets")
    if not lists[0]:
        rows = [[entry] for entry in rows]
    widths = [len(row) for row in rows]
    if len(set(widths)) > 1:
        odd = next(place for place, width in enumerate(widths) if width != widths[0])
        raise ShapeError(
            f"{said} is ragged: row 1 has {count(widths[0])}, row {odd + 1} has {count(widths[odd])}",
            hint="give all rows the same length",
        )
    if not widths[0]:
        raise ShapeError(f"{said} has empty rows", hint="write at least one number a row")
    limited(len(rows) * widths[0], said)
    for i, row in enumerate(rows, 1):
        for j, entry in enumerate(row, 1):
            if type(entry) not in (float, int) and not is_number(entry):
                at = f"[{i}]" if not lists[0] else f"[{i}, {j}]"
                if is_list(entry):
                    raise ShapeError(
                        f"{said} has brackets three deep at {at}",
                        hint="a matrix has rows: [[1, 2], [3, 4]]",
                    )
                raise UsageError(f"{said} has no number at {at}: {entry!r}")
    try:
        made = np.array(rows, dtype=float)
    except OverflowError:
        raise UsageError(f"{said} has an entry beyond the largest number") from None
    return finite(made, said)


def is_list(value: Any) -> bool:
    """Whether a value has entries."""
    return (
        hasattr(value, "__len__")
        and not isinstance(value, (str, bytes))
        and getattr(value, "shape", True) != ()
    )


def is_number(value: Any) -> bool:
    """Whether a value is a real number, also one of another library."""
    return hasattr(value, "__float__") and not isinstance(value, (bool, str, complex))


def count(entries: int) -> str:
    """A number of entries in words."""
    return f"{entries} entr{'y' if entries == 1 else 'ies'}"


def limited(size: int, said: str) -> None:
    """Raise ShapeError for too many entries."""
    if size > MOST_ENTRIES:
        raise ShapeError(f"{said} has {size} entries; the limit is {MOST_ENTRIES}")


def checked(found: Any, said: str) -> Any:
    """An array of another library, as floats."""
    import numpy as np

    limited(int(np.prod(found.shape, dtype=object)), said)
    if len(found.shape) not in (1, 2) or 0 in found.shape:
        axes = "×".join(map(str, found.shape))
        raise ShapeError(
            f"{said} has the shape {axes or 'of a number'}",
            hint="an array here has one or two axes, none of them empty",
        )
    made = np.asarray(found)
    if made.dtype.kind not in "iuf":
        raise UsageError(f"{said} has entries of the kind {made.dtype}, which are no real numbers")
    return finite(made.astype(float), said)


def finite(made: Any, said: str) -> Any:
    """The array, unless an entry is not finite."""
    import numpy as np

    bad = np.argwhere(~np.isfinite(made))
    if len(bad):
        place = [int(k) + 1 for k in bad[0]]
        if made.ndim == 2 and made.shape[1] == 1:
            place = place[:1]
        raise UsageError(f"{said} is not finite at {place}")
    return made
