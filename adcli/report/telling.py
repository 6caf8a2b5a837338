"""Tables of words and numbers, for reports that are lessons: told as lines where nothing else is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from adcli.notation.numerals import number
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.tracing.labels import Style

NAME = "@f"  # stands for the output's name in sentences, where it is written after they are escaped
LARGEST_WHOLE = 10**6
COUNT_DIGITS = 4


class Shown(NamedTuple):
    """A number in so many digits; None is a dash."""

    value: Any
    digits: int


class Ready(NamedTuple):
    """A text that is written already, such as a name."""

    text: str


Entry = str | int | Shown | Ready | None
Entries = tuple[Entry, ...]


def told(
    heading: str, columns: Sequence[str], rows: Sequence[Entries], look: Look, *captions: str, name: str = ""
) -> Section:
    """A section: words are str, counts int, None is an empty cell. `name` is the output's, as it is written.

    As lines each row is "reverse pass: total 8, values 3".
    """
    style = look.style

    def said(text: str) -> str:
        return sentence(style, text, name)

    shown = [tuple(cell(style, entry, name) for entry in row) for row in rows]
    notes = tuple(map(said, captions))
    if look.layout == "lines":
        lines = tuple(f"{first}: {', '.join(titled(columns[1:], rest))}" for first, *rest in shown)
        return Section(said(heading), lines=lines, captions=notes)
    titles = (
        Column(said(columns[0])),
        *(Column(said(title), point=not all(is_word(row[place]) for row in rows))
          for place, title in enumerate(columns[1:], start=1)),
    )  # fmt: skip
    return Section(
        said(heading), Table(titles, tuple(tuple(map(Cell, row)) for row in shown)), captions=notes
    )


def titled(columns: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    """What is there of a row, each behind its title."""
    return (f"{title} {text}" for title, text in zip(columns, texts, strict=True) if text)


def sentence(style: Style, text: str, name: str) -> str:
    """A sentence of ours with the output's name; one that begins with a formula is written already."""
    return text if text.startswith("$") else style.words(text).replace(NAME, style.math(name))


def is_word(entry: Entry) -> bool:
    """Whether a cell holds words, or nothing."""
    return entry is None or isinstance(entry, str | Ready)


def cell(style: Style, entry: Entry, name: str) -> str:
    """The text of a cell."""
    if entry is None:
        return ""
    if isinstance(entry, Ready):
        return entry.text
    if isinstance(entry, Shown):
        return style.number(entry.value, entry.digits)
    if isinstance(entry, int):
        return style.number(entry if entry < LARGEST_WHOLE else float(entry), COUNT_DIGITS)
    return style.prose(entry.replace(NAME, name if not style.latex else "f"))


def whole(amount: int) -> str:
    """A count in a sentence, with all its digits up to a million."""
    return number(amount if amount < LARGEST_WHOLE else float(amount), COUNT_DIGITS)
