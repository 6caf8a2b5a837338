"""After a syntax error: the errors of other statements, where the first one cannot have caused them.

The broken statement is blanked out, which moves no place in the text, and the rest is read again. That is
safe as long as brackets, bars and braces are complete in it and it joins with no neighbour.
"""

from __future__ import annotations

from collections.abc import Callable

from adcli.errors import AdcliError, AdcliSyntaxError

MOST = 5  # further errors that are told
LONGEST = 20_000  # characters; each further error takes another reading of the text
PAIRS = {")": "(", "]": "["}
JOINS = frozenset("+-*/^,=<>·×÷∗⋅∙∕−≤≥≠([|{")  # a line end beside them separates nothing, or may not


def further(text: str, first: AdcliError, read: Callable[[str], object]) -> tuple[AdcliError, ...]:
    """The syntax errors of other statements, at most `MOST` + 1; `read` raises an error of a text."""
    found: list[AdcliError] = []
    error = first
    if len(text) > LONGEST:
        return ()
    while isinstance(error, AdcliSyntaxError) and error.span is not None and len(found) <= MOST:
        start, end = statement_at(text, error.span.start)
        if not complete(text[start:end]) or joined(text, start, end):
            break
        text = text[:start] + " " * (end - start) + text[end:]
        if not text.strip(" \n;"):
            break
        try:
            read(text)
        except AdcliSyntaxError as other:
            if other.span is None or other.span == error.span:
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


def complete(statement: str) -> bool:
    """Whether every bracket and bar is closed, and no block is touched."""
    if "{" in statement or "}" in statement or statement.count("|") % 2:
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
