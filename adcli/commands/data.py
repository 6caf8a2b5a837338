"""Tables of numbers from CSV files: a header of names, and a row of numbers for each example."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence

from adcli.commands.files import read_stdin, read_text
from adcli.errors import UsageError
from adcli.language.names import canonical
from adcli.study.descent import Table


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
    places = [place for place, key in enumerate(header) if key in inputs]
    if not places:
        raise UsageError(
            f"{name}: no column is called as an input",
            hint=f"the first line names columns: {', '.join(inputs)}",
        )
    if len(lines) == 1:
        raise UsageError(f"{name} has names and no numbers")
    rows = []
    for line, row in enumerate(lines[1:], 2):
        if len(row) != len(header):
            raise UsageError(f"{name}, row {line}: {len(row)} cells, and the header has {len(header)}")
        rows.append(tuple(cell(row[place], name, line, header[place]) for place in places))
    unused = tuple(key for key in header if key not in inputs)
    return Table(tuple(header[place] for place in places), rows, name, unused)


def cell(text: str, name: str, line: int, column: str) -> float:
    """The number in a cell."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or "_" in text:
        raise UsageError(f'{name}, row {line}: "{text.strip()[:40]}" in {column} is not a finite number')
    return found
