"""Data of a descent: what inputs are given, as whole arrays or example by example."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from adcli import engine
from adcli.errors import UsageError
from adcli.language.program import Program

NUMBERED = re.compile(r"(.+?)(?:_?(\d+)|\[(\d+)\])")
Parts = Mapping[str, tuple[int, ...]]


class Table(NamedTuple):
    """Rows of numbers under names, from a file; `unused` are columns that no input is called by.

    `parts` has the places of the columns that an input takes: one, or several that stand side by side.
    """

    names: tuple[str, ...]
    rows: list[tuple[float, ...]]
    file: str = ""
    unused: tuple[str, ...] = ()
    parts: Parts | None = None

    @property
    def inputs(self) -> Parts:
        """The inputs and their columns."""
        return {name: (place,) for place, name in enumerate(self.names)} if self.parts is None else self.parts


class Data(NamedTuple):
    """The values of inputs that stand still, for every example.

    With `mean` the output is the mean over the examples.
    """

    names: tuple[str, ...]
    examples: list[dict[str, Any]]
    table: Table | None
    mean: bool

    def json(self) -> dict[str, Any]:
        """What an answer says of them."""
        table = self.table
        return {
            "rows": None if table is None else len(table.rows),
            "columns": [] if table is None else list(table.names),
            "inputs": list(self.names),
            "mean": self.mean,
        }


def matched(header: Sequence[str], inputs: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The places of the columns of each input: x, or x1, x2, … (x_1, x[1]) for an array; X takes x1, x2 too.

    >>> matched(["x1", "x2", "y", "note"], ["X", "w", "y"])
    {'X': (0, 1), 'y': (2,)}
    """
    found: dict[str, tuple[int, ...]] = {}
    for name in inputs:
        if name in header:
            found[name] = (header.index(name),)
        elif places := numbered(header, name, inputs):
            found[name] = places
    return found


def numbered(header: Sequence[str], name: str, inputs: Sequence[str]) -> tuple[int, ...]:
    """The places of name1, name2, … as far as they go; the name's case does not matter."""
    places: dict[int, int] = {}
    for place, column in enumerate(header):
        match = NUMBERED.fullmatch(column)
        if match is None or column in inputs:
            continue
        base, number = match[1], int(match[2] or match[3])
        if base == name or (base.lower() == name.lower() and base not in inputs):
            places[number] = place
    return (
        tuple(places[number] for number in range(1, len(places) + 1))
        if set(places) == set(range(1, len(places) + 1))
        else ()
    )


def data_of(
    program: Program,
    at: Mapping[str, Any],
    table: Table | None,
    arrays: Mapping[str, Any],
    *,
    each_row: bool,
) -> Data:
    """What the data give to a program.

    The columns of a table are whole arrays where the program works with arrays, and else, or with
    `each_row`, each row is an example. `arrays` are whole. UsageError where a name is given twice.
    """
    names = (*(() if table is None else table.inputs), *arrays)
    for place, name in enumerate(names):
        if name in at:
            raise UsageError(f'"{name}" is in the data and in the point', hint="give it once")
        if name in names[:place]:
            raise UsageError(f'"{name}" is in two of the data', hint="give it once")
        if name not in program.inputs:
            raise UsageError(f'no input is called "{name}"', hint=f"inputs: {', '.join(program.inputs)}")
    whole = (
        table is not None
        and not each_row
        and engine.has_arrays(program.graph, [*at.values(), *arrays.values()])
    )
    if table is None:
        return Data(names, [dict(arrays)], None, mean=False)
    if whole:
        given = {name: columns(table.rows, places) for name, places in table.inputs.items()}
        return Data(names, [{**given, **arrays}], table, mean=False)
    examples = [
        {**{name: entry(row, places) for name, places in table.inputs.items()}, **arrays}
        for row in table.rows
    ]
    return Data(names, examples, table, mean=True)


def columns(rows: Sequence[Sequence[float]], places: Sequence[int]) -> Any:
    """Columns side by side as an array."""
    engine.arrays()  # says so where numpy is missing
    import numpy as np

    return np.array([[row[place] for place in places] for row in rows])


def entry(row: Sequence[float], places: Sequence[int]) -> Any:
    """A number of a row, or several as a vector."""
    return row[places[0]] if len(places) == 1 else columns([(row[place],) for place in places], [0])
