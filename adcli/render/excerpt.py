"""The source line of an error with its place marked below, column by column on the screen."""

from __future__ import annotations

import re

from adcli.errors import AdcliError
from adcli.render.display import columns, visible, width
from adcli.report import Cell, Row

ROOM = 72
BEFORE = 24  # how much of a long line stands before the place
TAB = " " * 4
ONE_WORD = re.compile(r"\w+|.", re.DOTALL)


def excerpt(error: AdcliError) -> list[Row]:
    """The line that the error is about and a line of marks below it; nothing without a place.

    A long line is shown as a window around the place.
    """
    if error.text is None or error.span is None:
        return []
    text, (start, end) = error.text, error.span
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    label = f"    {text.count(chr(10), 0, start) + 1} | " if "\n" in text.rstrip() else "    "
    first, last = window(text, begin, stop, start)
    left, right = "…" * (first > begin), "…" * (last < stop)
    before, marked = drawn(text[first:start]), drawn(text[start : min(end, last)])
    after = drawn(text[max(start, min(end, last)) : last])
    sign = "^" if error.kind != "domain" and ONE_WORD.fullmatch(text[start:end] or " ") else "~"
    marks = sign * max(1, width(marked)) if end > start else "^"
    blank = " " * (len(label) + width(left + before))
    caption = [Cell(f"  {visible(error.caption)}")] if error.caption else []
    return [
        (Cell(f"{label}{left}{before}{marked}{after}{right}"),),
        (Cell(blank), Cell(marks, "alarm"), *caption),
    ]


def window(text: str, begin: int, stop: int, start: int) -> tuple[int, int]:
    """The part of a line to show: all of it, or what stands around the place."""
    if stop - begin <= ROOM and width(drawn(text[begin:stop])) <= ROOM:
        return begin, stop
    first = max(begin, start - BEFORE)
    while begin < first and not columns(text[first]):
        first -= 1  # a mark belongs to the letter before it
    last, used = first, 0
    while last < stop and used < ROOM:
        used += width(drawn(text[last]))
        last += 1
    return first, last


def drawn(text: str) -> str:
    """A piece of source as it is shown: tabs as blanks, other controls escaped."""
    return visible(text.replace("\t", TAB).rstrip("\r"))
