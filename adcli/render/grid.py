"""A table as cells of equal width: measured, aligned on the decimal point, fitted to a width.

Nothing is ever cut: what does not fit loses columns that may go, is set in blocks, or is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adcli.render.display import visible, width
from adcli.report import Cell, Column, Row, Table

GAP = 3
WHOLE = re.compile(
    r"[-−]?\d+|.?"
)  # a number's digits before the point; a sign for "not computed" stands there too
FORMULA = re.compile(r"[√∛π(^]|\bpi\b|(?<![\w.])e(?![A-Za-z])")  # an exact number: it has no decimal point


@dataclass(frozen=True, slots=True)
class Grid:
    """Titles and rows, padded so that every cell of a column has its width in `widths`."""

    titles: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        """How many columns of the screen it takes, with a blank at both ends."""
        return sum(self.widths) + GAP * (len(self.widths) - 1) + 2


def fitted(table: Table, room: int | None, *, whole: bool = False) -> list[Grid] | None:
    """The table in at most `room` columns, as one grid or in blocks; None when it cannot be.

    With `room` None, or with `whole`, nothing is left out.
    """
    grid = grid_of(table)
    if room is None or grid.width <= room:
        return [grid]
    for least in () if whole else (1, 2):
        kept = [place for place, column in enumerate(table.columns) if not 0 < column.drop <= least]
        if len(kept) < len(table.columns):
            grid = grid_of(chosen(table, kept))
            if grid.width <= room:
                return [grid]
    if not table.blocks:
        return None
    blocks = [grid_of(chosen(table, places)) for places in blocks_of(grid.widths, room)]
    return blocks if all(block.width <= room for block in blocks) else None


def chosen(table: Table, places: Sequence[int]) -> Table:
    """The table with some of its columns."""
    rows = tuple(
        tuple(row[place] for place in places) if row else ()
        for row in table.rows
        if not row or any(row[place].text for place in places)  # a matrix that was left out leaves no lines
    )
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def blocks_of(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    """The columns of each block: the first one, then as many as there is room for."""
    block, used = [0], widths[0] + 2
    for place, needed in enumerate(widths[1:], 1):
        if used + GAP + needed > room and len(block) > 1:
            yield block
            block, used = [0], widths[0] + 2
        block.append(place)
        used += GAP + needed
    yield block


def grid_of(table: Table) -> Grid:
    """The table, measured and padded."""
    rows = [tuple(Cell(visible(cell.text), cell.weight) for cell in row) for row in table.rows]
    columns = [
        aligned(column, [row[place] if row else Cell("") for row in rows])
        for place, column in enumerate(table.columns)
    ]
    widths = tuple(
        max([width(visible(column.title)), *(width(cell.text) for cell in cells)])
        for column, cells in zip(table.columns, columns, strict=True)
    )
    padded = [
        [Cell(filled(cell.text, wide), cell.weight) for cell in cells]
        for cells, wide in zip(columns, widths, strict=True)
    ]
    titles = tuple(
        filled(visible(column.title), wide) for column, wide in zip(table.columns, widths, strict=True)
    )
    return Grid(titles, widths, tuple(zip(*padded, strict=True)))


def aligned(column: Column, cells: list[Cell]) -> list[Cell]:
    """The cells of a column; numbers begin so that their points stand below each other."""
    if not column.point or any(FORMULA.search(cell.text) for cell in cells):
        return cells
    heads = [width(WHOLE.match(cell.text)[0]) for cell in cells]  # type: ignore[index]  # it matches every text
    most = max(heads, default=0)
    return [
        Cell(" " * (most - head) + cell.text, cell.weight) for cell, head in zip(cells, heads, strict=True)
    ]


def filled(text: str, wide: int) -> str:
    """The text with blanks up to a width on the screen."""
    return text + " " * (wide - width(text))
