"""What a line of text becomes on its way into a picture: visible characters only, short enough to fit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from adcli.render.breaking import words
from adcli.render.fonts import width

ELLIPSIS = "…"
NO_BREAK_SPACE = "\u00a0"
BREAK = re.compile(r"(?<!=) (?!=)")
DIGITS = re.compile(r"(?<![\w.])([-−]|[-−]?[0-9][0-9.]*(·[0-9⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*)?)$")
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_REPLACEMENT = "\ufffd"
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escaped(text: str) -> str:
    """The text as XML or HTML, in elements and attributes.

    The module `html` does the same, but brings a table of 2,231 entities that every picture would wait for.
    """
    return text.translate(_MARKUP)


def visible(text: str) -> str:
    """The text with `�` for what a reader cannot see, and with runs of spaces that no format collapses.

    Not seen are controls, line ends, marks that turn the direction of writing, and surrogates.
    """
    if text.isprintable() and "  " not in text:
        return text
    shown = "".join(_REPLACEMENT if unicodedata.category(char) in _HIDDEN else char for char in text)
    return shown.replace("  ", NO_BREAK_SPACE + " ").replace("  ", " " + NO_BREAK_SPACE)


def visible_lines(text: str) -> str:
    """A text of several lines, each made visible."""
    return "\n".join(visible(line) for line in text.split("\n"))


@lru_cache(maxsize=8192)  # sizes are asked for by the layout, the page and every writer
def fitting(text: str, size: float, room: float) -> str:
    """The text as it is drawn: visible, and not too long; of a long equation its result stays whole.

    >>> print(fitting("∂v₁/∂x = (x == v₁)/((x == v₁) + (y == v₁)) = 0.5", 10, 160))
    ∂v₁/∂x = (x == v₁)/((x… = 0.5
    """
    text = visible(text)
    left, sign, right = text.rpartition(" = ")
    rest = room - width(sign + right, size)
    if sign and width(text, size) > room and rest >= room / 4:
        return shorten(left, size, rest) + sign + right
    return shorten(text, size, room)


def shorten(text: str, size: float, room: float) -> str:
    """The text, or the longest beginning of it that fits into `room` with an ellipsis behind it."""
    if width(text, size) <= room:
        return text
    room -= width(ELLIPSIS, size)
    end = 0
    while end < len(text) and (used := width(text[end], size)) <= room:
        room -= used
        end += 1
    while 0 < end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    # Digits before the mark would read as a number with more of them behind it.
    if digits := DIGITS.search(text[:end]):
        end = digits.start()
    return text[:end].rstrip() + ELLIPSIS


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """The text broken at spaces into at most `most` lines of width `room`; the last line is shortened.

    No line ends or begins with a sign =, so that a name and its value stay together, and none ends inside
    of a short array that fits into it.
    """
    lines = [""]
    whole = words(text, BREAK)
    for word in (
        part for each in whole for part in ([each] if width(each, size) <= room else BREAK.split(each))
    ):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if not lines[-1] or len(lines) == most or width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [shorten(line, size, room) for line in lines]
