"""What a command was given: the expression and the point, from arguments, files, pipes or the last run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.commands import files, point_files, state
from adcli.commands.progress import turns
from adcli.errors import AdcliError, UsageError
from adcli.language.constants import Constant
from adcli.language.names import canonical
from adcli.language.note import Note
from adcli.language.points import from_mapping, from_text, is_assignment_list, parts
from adcli.language.program import Program
from adcli.language.run import MOST_STEPS, program
from adcli.notation.numerals import ANSWER_DIGITS, number

if TYPE_CHECKING:
    from adcli.commands.options import Source

LONGEST = 10**6  # a denominator that is read: a stored float has a longer one


class Given(NamedTuple):
    """The program, its point (None without one) and a note when either came from the last run."""

    program: Program
    at: dict[str, Any] | None
    notes: tuple[Note, ...]


def given(source: Source, *, exact: bool = False, quiet: bool = True) -> Given:
    """Read the expression and the point; with `exact` its values stay expressions, for another arithmetic.

    Unless it is `quiet`, a terminal is told of a loop that runs for long.
    Raises UsageError when there is no expression, or when standard input is asked for twice.
    """
    expression, file, at = source.expression, source.file, source.at or []
    if expression is not None and file is not None:
        raise UsageError("an expression and -f are given", hint="give one of the two")
    if at.count("-") + (expression == "-") + (file == "-") > 1:
        raise UsageError(
            "standard input can be read once", hint="give the expression or the point in another way"
        )
    text = text_of(expression, file, piped="-" not in at)
    if text is not None and any("\ud800" <= sign <= "\udfff" for sign in text):
        raise UsageError("the expression is not UTF-8 text", hint="check the encoding of the terminal")
    notes: list[Note] = []
    point = point_of(at, notes, exact=exact) if at else None
    if text is None:
        last = state.load()
        if last is None:
            raise UsageError(
                "no expression is given", hint='write one, as in adcli grad "x^2*y" --at x=1,y=2'
            )
        text = last.source
        if not at and last.at is not None:
            point = from_mapping(last.at, "the last point", exact=exact)
        said = f"the last expression is used: {files.shortened(text)}{where(point)}"
        notes.append(Note("stored", said))
    most = source.max_steps or MOST_STEPS
    watch = turns(most, quiet=quiet)
    try:
        made = program(
            text,
            None if exact else point,
            names=point or (),
            share=not source.no_share,
            outputs=[canonical(name) for name in names(source.outputs, "--outputs a,b") or []] or None,
            explicit=source.explicit,
            most_steps=most,
            watch=watch,
        )
    except AdcliError as error:
        for one in (error, *error.others):
            one.file = None if file == "-" else file
        raise
    finally:
        if watch is not None:
            watch.wipe()
    return Given(made, point, tuple(notes))


def text_of(expression: str | None, file: str | None, *, piped: bool) -> str | None:
    """The program's text, or None when none is given."""
    if file is not None:
        return files.read_stdin() if file == "-" else files.read_text(file)
    if expression == "-":
        return files.read_stdin()
    if expression is None and piped and files.stdin_is_given():
        return files.read_stdin() or None
    return expression


def point_of(at: Sequence[str], notes: list[Note], *, exact: bool) -> dict[str, Any]:
    """The point of all --at options together; a name may be given once. Adds notes of what was read as 0."""
    point: dict[str, Any] = {}
    for given_at in at:
        text = given_at
        if text == "-":
            text = files.read_stdin()
            found = from_mapping(point_files.from_json(text, files.STDIN), files.STDIN, exact=exact)
        elif is_assignment_list(text) or ("=" in text and not point_files.is_point_file(text)):
            found = from_text(text, point_files.array_in, exact=exact)
        elif text.strip():
            text = point_files.point_file(given_at)
            found = point_files.point_in(text, given_at, exact=exact)
        else:
            found = {}
        notes.extend(
            Note("underflow", f"{literal} is smaller than any number here and is read as 0")
            for literal in filter(read_as_zero, NUMBER.findall(text))
        )
        if doubled := next((name for name in found if name in point), None):
            raise UsageError(f'"{doubled}" is given twice', hint="give each name once")
        point.update(found)
    return point


NUMBER = re.compile(r"(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)


def read_as_zero(literal: str) -> bool:
    """Whether a number is too small for a float, and not 0."""
    return float(literal) == 0 and re.search("[1-9]", re.split("[eE]", literal)[0]) is not None


def where(point: Mapping[str, Any] | None) -> str:
    """A point in words: " at x = 1, y = 2"; nothing without one."""
    written = ", ".join(f"{name} = {said(value)}" for name, value in (point or {}).items())
    return f" at {written}" if written else ""


def said(value: Any) -> str:
    """A value of a point: a number, or the expression that it is."""
    if isinstance(value, Constant):
        return value.program.source
    if isinstance(value, Fraction) and value.denominator > LONGEST:
        value = float(value)
    return number(value, ANSWER_DIGITS)


def names(text: str | None, example: str) -> list[str] | None:
    """The names of a list such as x,y; None when no list is given."""
    if text is None:
        return None
    pieces = (text[start:end].strip() for start, end in parts(text))  # W[1,2] is one name
    found = [name for name in pieces if name]
    if not found:
        raise UsageError("the list of names is empty", hint=f"write it as in {example}")
    return found
