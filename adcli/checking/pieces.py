"""The parts of an answer's text: between separators, between brackets, from name to name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from adcli.checking.figures import figure
from adcli.checking.spelled import COMMA, with_point

LONGEST_NAME = 199  # a bound, so that a long text without an equals sign is looked at once
Part = tuple[int, int]
NAME = r"[∂∇]?[^\W\d][\w\u0304\u0305\u0307]*'?(?:/[∂d]?[^\W\d]\w*)?"
EQUALS = r"(?:=(?![=])|≈|:)"
NAMED = re.compile(rf"\s*(?P<name>[^\s\d=<>!≈:][^=<>!≈:]{{0,{LONGEST_NAME}}}?)\s*{EQUALS}")
NEXT = re.compile(rf"(?<!\s)\s+(?:and\s+|&\s*)?(?={NAME}\s*{EQUALS})")
CHAIN = re.compile(r"(?<![<>=!])[=≈](?!=)")
DIGITS = re.compile(r"\d+\s*")
ANGLED = re.compile(r"(\s*(?:[^=<>⟨]{1,99}=)?\s*)[<⟨]([^<>⟨⟩=]*,[^<>⟨⟩=]*)[>⟩](\s*)")
COLUMN = re.compile(r"([(\[][^()\[\]=]*[,;][^()\[\]=]*[)\]])\s*(?:ᵀ|\^\{?T\}?|\.T)(?!\w)")


def pieces(text: str, signs: str = ",;\n") -> Iterator[tuple[int, int]]:
    """The parts between separators that stand outside brackets."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign in signs and depth <= 0:
            yield start, at
            start = at + 1
    if start < len(text) or start == 0:
        yield start, len(text)


def bracketed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """What stands between the brackets around a part, if they are around all of it."""
    begin, stop = start, end
    while begin < stop and text[begin].isspace():
        begin += 1
    while begin < stop and text[stop - 1].isspace():
        stop -= 1
    if stop - begin < 2 or text[begin] + text[stop - 1] not in ("()", "[]", "{}"):
        return None
    depth = 0
    for at in range(begin, stop):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0 and at < stop - 1:
            return None
    inner = begin + 1, stop - 1
    several = any(text[at] in ",;" for at in range(*inner))
    return inner if several or text[begin] == "[" else None


def pieces_in(text: str, start: int, end: int, signs: str = ",") -> Iterator[tuple[int, int]]:
    """The parts of a part."""
    for begin, stop in pieces(text[start:end], signs):
        yield start + begin, start + stop


def listed(text: str, start: int, end: int, signs: str = ",") -> list[Part]:
    """The entries of a list: between commas, or numbers and rows between blanks as in [12. 6.]."""
    found = list(pieces_in(text, start, end, signs))
    if len(found) != 1:
        return found
    apart = [part for part in pieces_in(text, start, end, " \t\n") if text[slice(*part)].strip()]
    several = all(figure(text[slice(*part)]) is not None or text[part[0]] in "[({" for part in apart)
    return apart if several and len(apart) > 1 else found


def named_pieces(text: str) -> list[Part]:
    """The parts of an answer; after one with a name, a blank before the next name separates too."""
    found: list[Part] = []
    for begin, end in pieces(text):
        start = begin
        if NAMED.match(text, start, end) is not None:
            for gap in NEXT.finditer(text, start + 1, end):
                if (name := NAMED.match(text, start, gap.start())) and text[name.end() : gap.start()].strip():
                    found.append((start, gap.start()))
                    start = gap.end()
        found.append((start, end))
    return found


def last_of_chain(text: str, start: int, end: int) -> int:
    """Where the number begins that x = 2*2*3 = 12 ends in."""
    *_, last = [start, *(found.end() for found in CHAIN.finditer(text, start, end))]
    return last if text[last:end].strip() else start


def with_points(text: str) -> str:
    """A text in which decimal commas are points, where they can be nothing else.

    So they are in "x=2,5; y=3,25" and in "x=2,5, y=3": behind a name, digits on both sides, no blank.
    AdcliSyntaxError for 1,234, which is two numbers in two countries.
    """
    found = named_pieces(text)
    for (start, end), (behind, last) in pairwise(found):
        name = NAMED.match(text, start, end)
        glued = behind == end + 1 and text[end] == "," and DIGITS.fullmatch(text, behind, last)
        if name and glued and COMMA.fullmatch(both := text[name.end() : last]):
            text = text[: name.end()] + (with_point(both) or both) + text[last:]
    return text


def as_vector(text: str) -> str:
    """A text with (4, 3) for <4, 3>, ⟨4, 3⟩, (4, 3)ᵀ and (4, 3)^T."""
    if (angled := ANGLED.fullmatch(text)) is not None:
        return f"{angled[1]}({angled[2]}){angled[3]}"
    return COLUMN.sub(r"\1", text)
