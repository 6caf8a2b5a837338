"""The source line of an error with its place marked below, column by column on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

from adcli.errors import AdcliError
from adcli.render.display import columns, in_ascii, visible, width
from adcli.report import Cell, Row

ROOM, LEAST = 72, 20
BEFORE = 24  # how much of a long line stands before the place
NEWLINE, TAB = "\n", " " * 4
ONE_WORD = re.compile(r"\w+|.", re.DOTALL)


def excerpt(error: AdcliError, *, unicode: bool = True, wide: int | None = None) -> list[Row]:
    """The line that the error is about and a line of marks below it; nothing without a place.

    A long line is shown as a window around the place, in at most so many columns. Without `unicode` all
    of it is ASCII.
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
    room = ROOM if wide is None else max(LEAST, min(ROOM, wide - len(label) - 2))
    first, last = window(text, begin, stop, start, drawn, room)
    left, right = (drawn("…") if cut else "" for cut in (first > begin, last < stop))
    shown = start
    while first < shown < end and not width(drawn(text[shown])):
        shown -= 1  # a mark has no column of its own
    before, marked = drawn(text[first:shown]), drawn(text[shown : min(end, last)])
    after = drawn(text[max(start, min(end, last)) : last])
    sign = "^" if error.kind != "domain" and ONE_WORD.fullmatch(text[start:end] or " ") else "~"
    marks = sign * max(1, width(marked)) if end > start else "^"
    blank = " " * (len(label) + width(left + before))
    shown_line = (Cell(f"{label}{left}{before}{marked}{after}{right}"),)
    caption = f"  {visible(error.caption)}" if error.caption else ""
    if wide is not None and width(blank + marks + caption) > wide:
        return [shown_line, (Cell(blank), Cell(marks, "alarm")), (Cell(f"    {caption.strip()}"),)]
    return [shown_line, (Cell(blank), Cell(marks, "alarm"), Cell(caption))]


def window(
    text: str, begin: int, stop: int, start: int, drawn: Callable[[str], str], room: int
) -> tuple[int, int]:
    """The part of a line to show: all of it, or what stands around the place."""
    if stop - begin <= room and width(drawn(text[begin:stop])) <= room:
        return begin, stop
    first = max(begin, start - min(BEFORE, room // 3))
    while begin < first and not columns(text[first]):
        first -= 1  # a mark belongs to the letter before it
    last, used = first, 0
    while last < stop and used < room:
        used += width(drawn(text[last]))
        last += 1
    return first, last
