"""A report: what an answer says, as plain data, before anybody decides how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from adcli.tracing.labels import UNICODE, Style

Weight = Literal["plain", "bold", "dim", "alarm", "good", "doubt"]
Layout = Literal["lines", "narrow", "wide"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is written: labels, digits (None: what suits the answer), and how much room there is.

    "lines" has one sentence per step and no tables, "wide" has tables for 110 columns and more.
    """

    style: Style = UNICODE
    digits: int | None = None
    explain: bool = False
    layout: Layout = "narrow"


class Cell(NamedTuple):
    """A text and its weight: bold for results, dim for what is unfinished or explains.

    Verdicts are "good", "alarm" or, where neither is said, "doubt"; each is a word too.
    """

    text: str
    weight: Weight = "plain"


class Column(NamedTuple):
    """A column's title, whether its numbers stand on the decimal point, and when it may be left out.

    Where a table is too wide, the columns with `drop` 1 go first, then those with 2; 0 never goes.
    In LaTeX `room` makes it a column of prose, so many hundredths of a line wide.
    """

    title: str
    point: bool = False
    drop: int = 0
    room: int = 0


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; a row without cells is a blank line.

    With `blocks` a table that is too wide may be set as several, the first column repeated in each.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a table or lines, its legend, the answer, and captions that explain; each may be empty.

    A `figure` is a picture of characters, whose lines stay as they are. `part` is the title of a part that
    begins here, as an exercise of a sheet.
    """

    heading: str = ""
    table: Table | None = None
    lines: tuple[str, ...] = ()
    legend: str = ""
    answer: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    figure: tuple[str, ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Title lines (the first one is the expression) and sections.

    An `own` page has a title in words, and is a document of its own where it is LaTeX.
    """

    title: tuple[str, ...]
    sections: tuple[Section, ...]
    own: bool = False
