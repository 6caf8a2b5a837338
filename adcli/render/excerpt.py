"""The source line of an error with its place marked below, column by column on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

from adcli.errors import AdcliError
from adcli.render.display import columns, in_ascii, visible, width
from adcli.report import Cell, Row

ROOM = 72
BEFORE = 24  # how much of a long line stands before the place
NEWLINE, TAB = "\n", " " * 4
ONE_WORD = re.compile(r"\w+|.", re.DOTALL)


def excerpt(error: AdcliError, *, unicode: bool = True) -> list[Row]:
    """The line that the error is about and a line of marks below it; nothing without a place.

    A long line is shown as a window around the place. Without `unicode` all of it is ASCII.
    """
    if error.span is None or not error.text or not error.text.strip():
        return []

    def drawn(piece: str) -> str:
        shown = visible(piece.replace("\t", TAB).rstrip("\r"))
        return shown if unicode else in_ascii(shown)

    text, (start, end) = error.text, error.span
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    label = f"    {text.count(NEWLINE, 0, start) + 1} | " if NEWLINE in text.rstrip() else "    "
    first, last = window(text, begin, stop, start, drawn)
    left, right = (drawn("…") if cut else "" for cut in (first > begin, last < stop))
    shown = start
    while first < shown < end and not width(drawn(text[shown])):
        shown -= 1  # a mark has no column of its own
    before, marked = drawn(text[first:shown]), drawn(text[shown : min(end, last)])
    after = drawn(text[max(start, min(end, last)) : last])
    sign = "^" if error.kind != "domain" and ONE_WORD.fullmatch(text[start:end] or " ") else "~"
    marks = sign * max(1, width(marked)) if end > start else "^"
    blank = " " * (len(label) + width(left + before))
    caption = [Cell(f"  {visible(error.caption)}")] if error.caption else []
    return [
        (Cell(f"{label}{left}{before}{marked}{after}{right}"),),
        (Cell(blank), Cell(marks, "alarm"), *caption),
    ]


def window(text: str, begin: int, stop: int, start: int, drawn: Callable[[str], str]) -> tuple[int, int]:
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
