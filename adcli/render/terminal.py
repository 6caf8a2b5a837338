"""Pages and messages in a terminal, with Rich: bold and dim, and red for errors. Nothing is markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.box import Box
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from adcli.render.grid import Grid
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
BLANK = "    \n"


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
    for item in page:
        console.print(table_of(item, rule) if isinstance(item, Grid) else line_of(item), soft_wrap=True)


def line_of(row: Iterable[Cell]) -> Text:
    """Cells side by side."""
    return Text.assemble(*((cell.text, STYLES[cell.weight]) for cell in row))


def table_of(grid: Grid, rule: str) -> Table:
    """A Rich table with one rule under its header; its cells are padded already."""
    only_rule = Box(f"{BLANK}{BLANK} {rule}{rule} \n{BLANK}{BLANK}{BLANK}{BLANK}{BLANK}".rstrip("\n"))
    table = Table(
        box=only_rule, show_edge=False, padding=(0, 1), header_style=STYLES["dim"], border_style=STYLES["dim"]
    )
    for title in grid.titles:
        table.add_column(Text(title), no_wrap=True)
    for row in grid.rows:
        table.add_row(*(Text(cell.text, STYLES[cell.weight]) for cell in row))
    return table
