"""Sentences on a terminal that is narrower than they are: a line ends between words, not inside of one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adcli.render.display import width
from adcli.report import Cell, Row

WORD = re.compile(r"[^ ]+ *|^ +")
LEAST = 20  # columns; below, the terminal breaks lines as it likes


def wrapped(row: Row, columns: int | None, indent: str) -> Iterator[Row]:
    """The row in lines of at most so many columns, all but the first indented; None is any width.

    A word that is longer than a line stays whole.
    """
    if columns is None or columns < LEAST or width("".join(cell.text for cell in row)) <= columns:
        yield row
        return
    line: list[Cell] = []
    used, joined = 0, True  # whether the next word goes on with what stands there
    for cell in row:
        for text in WORD.findall(cell.text):
            if not joined and used + width(text.rstrip(" ")) > columns:
                yield (*line[:-1], line[-1]._replace(text=line[-1].text.rstrip(" ")))
                line, used = [Cell(indent)], len(indent)
            line.append(Cell(text, cell.weight))
            used += width(text)
            joined = not text.endswith(" ")
    yield tuple(line)
