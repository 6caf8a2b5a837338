"""Tables with matrices: what a cell writes as [[1, 2], [3, 4]] stands there as a matrix, a line per row."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from adcli.render.display import width
from adcli.report import Cell, Row, Table

MATRIX = re.compile(r"\[\[[^\[\]]*\](?:, \[[^\[\]]*\])+\]")  # of two rows and more
WHOLE = re.compile(r"[-−]?\d+|.?")
BLANK = Cell("")


def stacked(table: Table) -> Table:
    """The table with every matrix in it as lines below each other; one without matrices as it is."""
    if not any(has_matrix(cell.text) for row in table.rows for cell in row):
        return table
    rows: list[Row] = []
    for row in table.rows:
        rows += lines_of(row)
    return replace(table, rows=tuple(rows))


def has_matrix(text: str) -> bool:
    """Whether a text has a matrix in it."""
    return MATRIX.search(text) is not None


def lines_of(row: Row) -> list[Row]:
    """A row as the lines that its highest matrix has."""
    parts = [[Cell(text, cell.weight) for text in lines(cell.text)] for cell in row]
    return [tuple(line) for line in zip_longest(*parts, fillvalue=BLANK)] if row else [row]


def lines(text: str, *, ascii_only: bool = False) -> list[str]:
    """A text line by line; what is not a matrix stands on the first line."""
    made = [""]
    end = 0
    for found in [*MATRIX.finditer(text), None]:
        made = beside(made, [text[end : found.start() if found else len(text)]])
        if found:
            end = found.end()
            made = beside(made, matrix(found[0], ascii_only=ascii_only))
    return [line.rstrip() for line in made]


def beside(left: list[str], right: list[str]) -> list[str]:
    """Two blocks of lines side by side."""
    wide = max(map(width, left))
    return [a + " " * (wide - width(a)) + b if b else a for a, b in zip_longest(left, right, fillvalue="")]


def matrix(text: str, *, ascii_only: bool) -> list[str]:
    """The lines of a matrix, its columns aligned on the decimal point."""
    rows = [part.split(", ") for part in text[2:-2].split("], [")]
    columns = [aligned([row[place] for row in rows]) for place in range(len(rows[0]))]
    between = len(rows) - 2
    left, right = (
        (top + side * between + foot)
        for top, side, foot in (("[[[" if ascii_only else "⎡⎢⎣"), ("]]]" if ascii_only else "⎤⎥⎦"))
    )
    return [
        open_ + " ".join(column[k] for column in columns) + close
        for k, (open_, close) in enumerate(zip(left, right, strict=True))
    ]


def aligned(texts: list[str]) -> list[str]:
    """Numbers with their points below each other, padded to equal width."""
    heads = [width(WHOLE.match(text)[0]) for text in texts]  # type: ignore[index]  # it matches every text
    shifted = [" " * (max(heads) - head) + text for head, text in zip(heads, texts, strict=True)]
    wide = max(map(width, shifted))
    return [text + " " * (wide - width(text)) for text in shifted]
