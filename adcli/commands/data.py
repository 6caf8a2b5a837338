"""Tables of numbers from CSV files: a header of names, and a row of numbers for each example."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from adcli.commands.files import read_stdin, read_text
from adcli.commands.point_files import array_in
from adcli.errors import UsageError
from adcli.language.names import WORD, canonical
from adcli.language.points import from_text, is_assignment_list
from adcli.study.data import Table, matched

if TYPE_CHECKING:
    from adcli.graph import Shape

MOST_DRAWN = 10**6


def data_of(given: Sequence[str], inputs: Sequence[str]) -> tuple[Table | None, dict[str, Any]]:
    """The table and the whole arrays of all --data options: FILE, or NAME=FILE."""
    found: Table | None = None
    arrays: dict[str, Any] = {}
    for text in given:
        if not is_assignment_list(text):
            if found is not None:
                raise UsageError("--data gives two tables", hint="give arrays by name, as in --data X=x.csv")
            found = table(text, inputs)
            continue
        for name, value in from_text(text, array_in).items():
            if name in arrays:
                raise UsageError(f'--data: "{name}" is given twice', hint="give each name once")
            arrays[name] = value
    return found, arrays


def table(name: str, inputs: Sequence[str]) -> Table:
    """The columns of a CSV file that inputs are called by.

    Raises UsageError for a file without a header, without such columns or rows, or with a cell that is no
    finite number.
    """
    text = read_stdin() if name == "-" else read_text(name)
    try:
        lines = [
            row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise UsageError(f"{name} is not valid CSV: {error}") from error
    if not lines:
        raise UsageError(
            f"{name} is empty", hint="write a line of names, then a line of numbers for each example"
        )
    header = [canonical(cell.strip()) for cell in lines[0]]
    if doubled := next((key for key in header if header.count(key) > 1), None):
        raise UsageError(f'{name}: the column "{doubled}" is there twice')
    parts = matched(header, inputs)
    if not parts:
        raise UsageError(
            f"{name}: no column is called as an input",
            hint=f"the first line names columns: {', '.join(inputs)}, or x1, x2, ... for an array x",
        )
    places = [place for taken in parts.values() for place in taken]
    if len(lines) == 1:
        raise UsageError(f"{name} has names and no numbers")
    rows = []
    for line, row in enumerate(lines[1:], 2):
        if len(row) != len(header):
            raise UsageError(f"{name}, row {line}: {len(row)} cells, and the header has {len(header)}")
        rows.append(tuple(cell(row[place], name, line, header[place]) for place in places))
    unused = tuple(key for place, key in enumerate(header) if place not in places)
    taken = iter(range(len(places)))
    own = {key: tuple(next(taken) for _ in columns) for key, columns in parts.items()}
    return Table(tuple(header[place] for place in places), rows, name, unused, own)


def cell(text: str, name: str, line: int, column: str) -> float:
    """The number in a cell."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or "_" in text:
        raise UsageError(f'{name}, row {line}: "{text.strip()[:40]}" in {column} is not a finite number')
    return found


SHAPE = re.compile(rf"\s*({WORD})\s*=\s*([1-9]\d*)\s*(?:[x×]\s*([1-9]\d*)\s*)?", re.ASCII)


def shapes_of(given: Sequence[str]) -> dict[str, Shape]:
    """The shapes of --shape W=2x3,b=2: a matrix of two rows and three columns, and a vector of two."""
    found: dict[str, Shape] = {}
    for piece in (piece for text in given for piece in text.split(",")):
        match = SHAPE.fullmatch(piece)
        if match is None:
            raise UsageError(
                f'--shape is NAME=ROWSxCOLUMNS, not "{piece[:60]}"', hint="as in --shape W=2x3,b=2"
            )
        name, rows, columns = canonical(match[1]), int(match[2]), int(match[3] or 1)
        if name in found:
            raise UsageError(f'--shape: "{match[1]}" is given twice', hint="give each name once")
        if rows * columns > MOST_DRAWN:
            raise UsageError(f"--shape {piece.strip()[:60]}: at most {MOST_DRAWN} numbers are drawn")
        found[name] = rows, columns
    return found
