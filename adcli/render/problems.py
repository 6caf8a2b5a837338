"""Errors and notes: as lines for people, with the place in the source, and as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from adcli.errors import AdcliError
from adcli.language.note import Note
from adcli.render.display import in_ascii, visible
from adcli.render.excerpt import excerpt
from adcli.render.screen import Screen, screen_of
from adcli.render.wrapping import wrapped
from adcli.report import Cell, Row
from adcli.report.title import shortened
from adcli.tracing.labels import UNICODE

HEAD = re.compile(r'.*?(?= *:| *"| at |$)')  # what went wrong; behind it stand what and where
WORD = 40  # letters of a word that is longer than twice as many
LONG = re.compile(rf"\w{{{2 * WORD},}}")
INDENT = " " * 4
SHOWN = 5  # errors of one text; the JSON has them all


def error_json(error: AdcliError) -> dict[str, Any]:
    """The error as `--json` shows it."""
    from adcli.answers.answer import SCHEMA

    others = [fields(other) for other in error.others]
    return {"schema": SCHEMA, "error": {**fields(error), **({"others": others} if others else {})}}


def fields(error: AdcliError) -> dict[str, Any]:
    """One error's fields in JSON."""
    return {
        "code": error.kind,
        "message": error.message,
        "span": None if error.span is None else list(error.span),
        "where": error.where if error.span is not None or error.where != "source" else None,
        "hint": error.hint,
    }


def error_lines(error: AdcliError, screen: Screen) -> list[Row]:
    """The error for people, with the first of the other mistakes of its text and how many there are."""
    every = (error, *error.others)
    lines = [line for one in every[:SHOWN] for line in ((), *one_error(one, screen))][1:]
    if len(every) > 1:
        more = f", {SHOWN} of them above" if len(every) > SHOWN else ""
        lines += [(), (Cell(f"{len(every)} errors{more}", "bold"),)]
    return lines


def one_error(error: AdcliError, screen: Screen) -> list[Row]:
    """What and where, the place in the source, what was expected, the way out."""
    first, *more = cut(error.message).split("\n")
    shown = excerpt(error, unicode=screen.unicode, wide=screen.width)
    details = [
        (Cell(INDENT + shortened(visible(text), UNICODE), "dim" if text.startswith("at ") else "plain"),)
        for text in (*more, *error.details)
    ]
    hint = [(Cell(f"{INDENT}fix: {visible(cut(error.hint))}", "dim"),)] if error.hint else []
    head = wrapped(headline(error, first), screen.width, INDENT)
    below = [line for row in (*details, *hint) for line in wrapped(row, screen.width, INDENT + "  ")]
    return [*head, *([()] if shown or details else []), *shown, *below]


def cut(text: str) -> str:
    """A sentence with its longest words cut: a name may have a million letters."""
    return LONG.sub(lambda word: f"{word[0][:WORD]}…", text)


def headline(error: AdcliError, message: str) -> Row:
    """The first line: the kind in red, what and where in bold."""
    place, message = where(error), visible(message)
    if error.kind == "syntax":
        return Cell("adcli: "), Cell("syntax error", "alarm"), Cell(f"{place}: {message}", "bold")
    if error.kind == "name" and message.endswith('"'):
        message += place
    kind = HEAD.match(message)[0]  # type: ignore[index]  # it matches every text
    return Cell("adcli: "), Cell(kind, "alarm"), Cell(message[len(kind) :], "bold")


def where(error: AdcliError) -> str:
    """The place in words, counted from 1: " at column 11", " at line 2, column 3 of the point"."""
    if error.span is None or error.text is None:
        return ""
    before = error.text[: error.span.start]
    line, column = before.count("\n"), len(before) - before.rfind("\n")
    at = f" at line {line + 1}, column {column}" if "\n" in error.text.rstrip() else f" at column {column}"
    if error.where == "at":
        return f"{at} of the point"
    if error.where == "answer":
        return f"{at} of the answer"
    return f"{at} of {visible(error.file)}" if error.file else at


def note_lines(notes: Iterable[Note], columns: int | None = None) -> list[Row]:
    """The notes for people, each once: the sentence after `note:`, further lines below it."""
    lines: list[Row] = []
    indent = " " * len("note: ")
    for message in dict.fromkeys(note.message for note in notes):
        first, *more = message.split("\n")
        lines.append((Cell("note:", "bold"), Cell(f" {visible(first)}")))
        lines += [(Cell(f"{indent}{visible(text)}"),) for text in more]
    return [line for row in lines for line in wrapped(row, columns, indent)]


def print_error(
    error: AdcliError, *, as_json: bool = False, no_color: bool = False, stream: TextIO | None = None
) -> None:
    """Write an error to standard error, for people or as one JSON object."""
    stream = stream or sys.stderr
    if as_json:
        stream.write(json.dumps(error_json(error)) + "\n")
        return
    screen = screen_of(stream, no_color=no_color)
    put_lines(error_lines(error, screen), stream, screen)


def print_notes(notes: Sequence[Note], *, no_color: bool = False, stream: TextIO | None = None) -> None:
    """Write notes to standard error."""
    stream = stream or sys.stderr
    screen = screen_of(stream, no_color=no_color)
    put_lines(note_lines(notes, screen.width), stream, screen)


def put_lines(lines: Iterable[Row], stream: TextIO, screen: Screen) -> None:
    """Write lines with styles where the stream has them, in ASCII where it has no other signs."""
    if not screen.unicode:
        lines = [tuple(Cell(in_ascii(cell.text), cell.weight) for cell in line) for line in lines]
    if screen.styled:
        from adcli.render.terminal import print_page

        print_page(lines, stream, "-")
        return
    stream.write("".join("".join(cell.text for cell in line).rstrip() + "\n" for line in lines))
