"""A report as a page of text: lines and grids from top to bottom, fitted to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from adcli.render.breaking import words
from adcli.render.display import in_ascii, visible, width
from adcli.render.grid import GAP, Grid, fitted
from adcli.render.stacked import has_matrix, stacked
from adcli.render.stacked import lines as lines_of_text
from adcli.report import Answered, Cell, Layout, Look, Report, Row, Section, Table, Weight, report

WIDE = 110
BREAKS = (re.compile(" "), re.compile("(?<=,) "))  # a line breaks between words, the point between names
Page = list[Row | Grid]


def page_of(answer: Answered, look: Look, room: int | None) -> Page:
    """The page of an answer, each of its tables in the best form that fits into `room` columns.

    The wide form comes first, then the narrow one with columns left out, then lines.
    """
    narrow: tuple[Layout, ...] = ("narrow", "lines")
    layouts = ("wide", *narrow) if room is None or room >= WIDE else narrow
    reports = (written(answer, replace(look, layout=layout)) for layout in layouts)
    best = next(reports)
    chosen = [body(section, room, whole=layouts[0] == "wide") for section in best.sections]
    while None in chosen:
        best = next(reports)
        chosen = [
            body(section, room) if block is None else block
            for block, section in zip(chosen, best.sections, strict=True)
        ]
    page: Page = list(head(best, room))
    for block in chosen:
        page += block or []
    return [*page[page[:1] == [()] :], ()]


def written(answer: Answered, look: Look) -> Report:
    """The report of an answer in the signs of its style: nothing but ASCII where that is asked for."""
    found = report(answer, look)
    sections = (
        replace(section, table=section.table and stacked(section.table)) for section in found.sections
    )
    found = replace(found, sections=tuple(sections))
    return found if look.style.marks else in_ascii_only(found)


def in_ascii_only(found: Report) -> Report:
    """The report with every text in ASCII, so that tables are measured as they will be read."""

    def table(made: Table) -> Table:
        columns = (column._replace(title=in_ascii(column.title)) for column in made.columns)
        rows = (tuple(Cell(in_ascii(cell.text), cell.weight) for cell in row) for row in made.rows)
        return replace(made, columns=tuple(columns), rows=tuple(rows))

    def texts_of(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(in_ascii, lines))

    sections = (
        Section(
            in_ascii(section.heading),
            section.table and table(section.table),
            texts_of(section.lines),
            in_ascii(section.legend),
            texts_of(section.answer),
            texts_of(section.captions),
            texts_of(section.figure),
            in_ascii(section.part),
        )
        for section in found.sections
    )
    return Report(texts_of(found.title), tuple(sections))


def head(found: Report, room: int | None) -> Iterator[Row]:
    """The title lines: the expression in bold, the point dim."""
    for place, text in enumerate(found.title):
        yield from paragraph(words(text, BREAKS[bool(place)]), " ", room, "dim" if place else "bold")


def body(section: Section, room: int | None, *, whole: bool = False) -> Page | None:
    """A section, or None when its table does not fit; with `whole` it must fit with all its columns."""
    page: Page = [(), (Cell(f" {visible(section.part)}", "bold"),)] if section.part else []
    if section.heading:
        page += [(), *paragraph(section.heading.split(" "), " ", room)]
    if section.table is not None:
        grids = fitted(section.table, room, whole=whole)
        if grids is None:
            return None
        for grid in grids:
            page += [(), grid]
    for lines in filter(None, (section.lines, section.figure)):
        page += [(), *((Cell(" " + visible(line)),) for line in lines)]
    if section.legend:
        page += [(), *paragraph(section.legend.split(" "), " ", room, "dim")]
    if section.answer or section.captions:
        page += [(), *answered(section.answer, room)]
        for caption in section.captions:
            page += paragraph(caption.split(" "), " ", room, "dim")
    return page


def answered(pieces: Sequence[str], room: int | None) -> Iterator[Row]:
    """The answer's pieces side by side; one with a matrix has lines of its own.

    One that is wider than a line breaks between the terms of its sum.
    """
    for high, group in groupby(pieces, key=has_matrix):
        found = list(group)
        if high:
            for piece in found:
                for line in lines_of_text(visible(piece), ascii_only=piece.isascii()):
                    yield (Cell(f" {line}", "bold"),)
        elif room is None or all(width(visible(piece)) < room for piece in found):
            yield from paragraph(found, " " * GAP, room, "bold")
        else:
            for piece in found:
                yield from paragraph(summands(piece), " ", room, "bold")


def summands(text: str) -> Iterator[str]:
    """The terms of a sum, each with the sign before it; brackets stay whole.

    >>> list(summands("f(1 + t) ≈ 2 + 3·t - (t - 1)"))
    ['f(1 + t) ≈ 2', '+ 3·t', '- (t - 1)']
    """
    depth = start = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth and text[place : place + 3] in (" + ", " - ", " − "):
            yield text[start:place]
            start = place + 1
    yield text[start:]


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
