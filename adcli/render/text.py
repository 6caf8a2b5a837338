"""Answers as text: the entry for commands and for repr() in Python."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Protocol, TextIO

from adcli.primitives.shapes import MOST_ENTRIES
from adcli.render.display import in_ascii
from adcli.render.page import page_of, texts
from adcli.render.screen import WIDTH, Screen, screen_of
from adcli.report import Answered, Look
from adcli.tracing.labels import UNICODE, Style


class Wishes(Protocol):
    """What a user may ask of an output; `format` is None where nothing was asked."""

    @property
    def precision(self) -> int | None:
        """Significant digits."""

    @property
    def format(self) -> str | None:
        """The form that --format names."""

    @property
    def no_color(self) -> bool:
        """Whether styles are off."""


def as_text(answer: Answered, *, width: int | None = WIDTH) -> str:
    """The answer's tables in Unicode, at most `width` columns wide, without a line end behind."""
    return tables(answer, Look(), width).rstrip("\n")


def render(
    answer: Answered,
    form: str,
    *,
    digits: int | None = None,
    explain: bool = False,
    full: bool = False,
    style: Style = UNICODE,
) -> str:
    """The answer in one of the forms, as a file holds it: not wrapped, nothing left out.

    With `full` large arrays are written out too.
    """
    look = Look(whole(style) if full else style, digits, explain)
    if form == "markdown":
        from adcli.render.markdown import as_markdown

        return as_markdown(answer, look)
    if form == "csv":
        from adcli.render.csv import as_csv

        return as_csv(answer, digits)
    if form == "latex":
        from adcli.render.latex import as_latex

        return as_latex(answer, look)
    if form == "plain":
        from adcli.render.plain import as_plain

        return as_plain(answer, look)
    return tables(answer, look, None).rstrip("\n") + "\n"


def whole(style: Style) -> Style:
    """The style in which arrays of any size are written out."""
    return replace(style, most=MOST_ENTRIES)


def tables(answer: Answered, look: Look, width: int | None) -> str:
    """The answer's tables without styles."""
    return "".join(f"{line}\n" for line in texts(page_of(answer, look, width), rule(look.style)))


def rule(style: Style) -> str:
    """What the line under a table's header is made of."""
    return "─" if style.marks else "-"


def write(
    answer: Answered,
    form: str,
    wishes: Wishes,
    *,
    explain: bool = False,
    full: bool = False,
    stream: TextIO | None = None,
) -> None:
    """Write the answer to standard output; where nobody looks, a table that nobody asked for is lines."""
    stream = stream or sys.stdout
    screen = screen_of(stream, no_color=wishes.no_color)
    if form != "table" or screen.width is None:
        form = "plain" if form == "table" and wishes.format is None else form
        text = render(answer, form, digits=wishes.precision, explain=explain, full=full, style=screen.style)
        put(text, stream, screen)
        return
    look = Look(whole(screen.style) if full else screen.style, wishes.precision, explain)
    if not screen.styled:
        put(tables(answer, look, screen.width), stream, screen)
        return
    from adcli.render.terminal import print_page

    print_page(page_of(answer, look, screen.width), stream, rule(look.style))


def put(text: str, stream: TextIO, screen: Screen) -> None:
    """Write a text in signs that the stream has."""
    stream.write(text if screen.unicode else in_ascii(text))
