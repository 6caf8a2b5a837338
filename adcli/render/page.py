"""A report as a page of text: lines and grids from top to bottom, fitted to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from adcli.answers import Answer
from adcli.render.display import visible, width
from adcli.render.grid import GAP, Grid, fitted
from adcli.report import Cell, Look, Report, Row, Section, Weight, report

WIDE = 110
BREAKS = (re.compile(" "), re.compile("(?<=,) "))  # a line breaks between words, the point between names
Page = list[Row | Grid]


def page_of(answer: Answer, look: Look, room: int | None) -> Page:
    """The page of an answer, each of its tables in the best form that fits into `room` columns.

    The wide form comes first, then the narrow one with columns left out, then lines.
    """
    layouts = ("wide", "narrow", "lines") if room is None or room >= WIDE else ("narrow", "lines")
    reports = (report(answer, replace(look, layout=layout)) for layout in layouts)
    best = next(reports)
    chosen = list(map(body, best.sections, [room] * len(best.sections)))
    while None in chosen:
        best = next(reports)
        chosen = [
            body(section, room) if block is None else block
            for block, section in zip(chosen, best.sections, strict=True)
        ]
    page: Page = list(head(best, room))
    for block in chosen:
        page += block or []
    return [*page, ()]


def head(found: Report, room: int | None) -> Iterator[Row]:
    """The title lines: the expression in bold, the point dim."""
    for place, text in enumerate(found.title):
        yield from paragraph(BREAKS[bool(place)].split(text), " ", room, "dim" if place else "bold")


def body(section: Section, room: int | None) -> Page | None:
    """A section, or None when its table does not fit."""
    page: Page = []
    if section.heading:
        page += [(), *paragraph(section.heading.split(" "), " ", room)]
    if section.table is not None:
        grids = fitted(section.table, room)
        if grids is None:
            return None
        for grid in grids:
            page += [(), grid]
    if section.lines:
        page += [(), *((Cell(" " + visible(line)),) for line in section.lines)]
    if section.legend:
        page += [(), *paragraph(section.legend.split(" "), " ", room, "dim")]
    if section.answer or section.captions:
        page += [(), *paragraph(section.answer, " " * GAP, room, "bold")]
        for caption in section.captions:
            page += paragraph(caption.split(" "), " ", room, "dim")
    return page


def paragraph(pieces: Iterable[str], gap: str, room: int | None, weight: Weight = "plain") -> Iterator[Row]:
    """Pieces side by side, on a new line where there is no more room; a piece is never broken."""
    line = ""
    for piece in map(visible, pieces):
        longer = f"{line}{gap}{piece}" if line else f" {piece}"
        if line and room is not None and width(longer) > room:
            yield (Cell(line, weight),)
            longer = f"   {piece}"
        line = longer
    if line:
        yield (Cell(line, weight),)


def texts(page: Page, rule: str) -> Iterator[str]:
    """The page's lines as they read without styles."""
    for item in page:
        if isinstance(item, Grid):
            yield from grid_lines(item, rule)
        else:
            yield "".join(cell.text for cell in item).rstrip()


def grid_lines(grid: Grid, rule: str) -> Iterator[str]:
    """The titles, one rule, and the rows."""
    gap = " " * GAP
    yield f" {gap.join(grid.titles)}".rstrip()
    yield rule * grid.width
    for row in grid.rows:
        yield f" {gap.join(cell.text for cell in row)}".rstrip()
