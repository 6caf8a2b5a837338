"""Pages and messages in a terminal, with Rich: bold and dim, and red for errors. Nothing is markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from adcli.render.grid import GAP, Grid
from adcli.report import Cell, Row

STYLES = {
    "plain": Style(),
    "bold": Style(bold=True),
    "dim": Style(dim=True),
    "alarm": Style(bold=True, color="red"),
    "good": Style(color="green"),
    "doubt": Style(color="magenta"),
}
NOWHERE = 1_000_000  # Rich cuts at its width without a mark; we have measured, so it must never come to that


def print_page(page: Iterable[Row | Grid], stream: TextIO, rule: str) -> None:
    """Write lines and tables to a terminal that takes styles."""
    console = Console(
        file=stream,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        width=NOWHERE,
        highlight=False,
        markup=False,
        emoji=False,
    )
    found = [
        part for item in page for part in (grid_of(item, rule) if isinstance(item, Grid) else line_of(item))
    ]
    console.print(Segments(found), end="", soft_wrap=True)


def line_of(row: Iterable[Cell], gap: str = "") -> Iterator[Segment]:
    """Cells side by side."""
    for place, cell in enumerate(row):
        if place:
            yield Segment(gap)
        yield Segment(cell.text, STYLES[cell.weight])
    yield Segment.line()


def grid_of(grid: Grid, rule: str) -> Iterator[Segment]:
    """A table's lines: titles, one rule, rows. A table of Rich's own would measure what is padded already."""
    gap, edge = " " * GAP, Segment(" ")
    yield edge
    yield from line_of((Cell(title, "dim") for title in grid.titles), gap)
    yield from line_of([Cell(rule * grid.width, "dim")])
    for row in grid.rows:
        yield edge
        yield from line_of(row, gap)
