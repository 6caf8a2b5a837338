"""After a syntax error: the errors of other statements, where the first one cannot have caused them.

The broken statement is blanked out, which moves no place in the text, and the rest is read again. That is
safe as long as brackets, bars and braces are complete in it and it joins with no neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from adcli.errors import AdcliError, AdcliSyntaxError

MOST = 5  # further errors that are told
LONGEST = 20_000  # characters; each further error takes another reading of the text
PAIRS = {")": "(", "]": "["}
WORD = re.compile(r"\w+")
OPENING = frozenset({"for", "while", "if", "else", "input"})  # what follows may belong to them
JOINS = frozenset("+-*/^,=<>·×÷∗⋅∙∕−≤≥≠([|{")  # a line end beside them separates nothing, or may not


def further(text: str, first: AdcliError, read: Callable[[str], object]) -> tuple[AdcliError, ...]:
    """The syntax errors of other statements, at most `MOST` + 1; `read` raises an error of a text."""
    found: list[AdcliError] = []
    error = first
    if len(text) > LONGEST or any(sign in text for sign in "{}#"):
        return ()  # a block may be broken by either, and a comment may hold what looks like a statement
    given: set[str] = set()
    while isinstance(error, AdcliSyntaxError) and error.span is not None and len(found) <= MOST:
        start, end = statement_at(text, error.span.start)
        words = WORD.findall(text[start:end])
        rest = text[:start] + " " * (end - start) + text[end:]
        if joined(text, start, end) or not complete(text[start:end], words) or not rest.strip(" \n;"):
            break
        if "=" in text[start:end]:
            given.update(words[:1])  # what it was to name or to define is not known in the rest
        text = rest
        try:
            read(text)
        except AdcliSyntaxError as other:
            if other.span is None or other.span == error.span:
                break
            start, end = statement_at(text, other.span.start)
            if given.intersection(WORD.findall(text[start:end])):
                break
            error = other
            found.append(other)
        except AdcliError:
            break  # an unknown name may be what the broken statement was to define
        else:
            break
    return tuple(found)


def statement_at(text: str, place: int) -> tuple[int, int]:
    """Where the statement around a place begins and ends, with its semicolon and without its line end."""
    start = max(text.rfind(mark, 0, place) for mark in ";\n") + 1
    ends = [text.find(mark, place) for mark in ";\n"]
    end = min((end for end in ends if end >= 0), default=len(text))
    return start, end + (text[end : end + 1] == ";")


def complete(statement: str, words: Iterable[str]) -> bool:
    """Whether every bracket and bar is closed, and no word opens a block."""
    if statement.count("|") % 2 or OPENING.intersection(words):
        return False
    opened: list[str] = []
    for sign in statement:
        if sign in "([":
            opened.append(sign)
        elif sign in PAIRS and (not opened or opened.pop() != PAIRS[sign]):
            return False
    return not opened


def joined(text: str, start: int, end: int) -> bool:
    """Whether the statement may go on in its neighbours: an operator or a bracket stands at the border."""
    before, inside, after = text[:start].rstrip(), text[start:end].strip(), text[end:].lstrip()
    return (
        before[-1:] in JOINS
        or (inside[-1:] in JOINS and end < len(text) and inside[-1:] != ";")
        or after[:1] in (JOINS - {"-", "−", "(", "[", "|"})
    ) and bool(before or after)
