"""What a command was given: the expression and the point, from arguments, files, pipes or the last run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from adcli.commands import files, state
from adcli.errors import UsageError
from adcli.language.names import canonical
from adcli.language.points import from_mapping, from_text, is_assignment_list
from adcli.language.program import Note, Program
from adcli.language.run import program


class Given(NamedTuple):
    """The program, its point (None without one) and a note when either came from the last run."""

    program: Program
    at: dict[str, float] | None
    notes: tuple[Note, ...]


def given(
    expression: str | None,
    file: str | None,
    at: Sequence[str],
    outputs: str | None = None,
    *,
    share: bool = True,
) -> Given:
    """Read the expression and the point.

    Raises UsageError when there is no expression, or when standard input is asked for twice.
    """
    if expression is not None and file is not None:
        raise UsageError("an expression and -f are given", hint="give one of the two")
    if at.count("-") + (expression == "-") + (file == "-") > 1:
        raise UsageError(
            "standard input can be read once", hint="give the expression or the point in another way"
        )
    source = source_of(expression, file, piped="-" not in at)
    point = point_of(at) if at else None
    notes: tuple[Note, ...] = ()
    if source is None:
        last = state.load()
        if last is None:
            raise UsageError(
                "no expression is given", hint='write one, as in adcli grad "x^2*y" --at x=1,y=2'
            )
        source, point = last.source, point if at else last.at
        where = (
            "" if point is None else f" at {', '.join(f'{name}={value:g}' for name, value in point.items())}"
        )
        notes = (Note("stored", f"the last expression is used: {shortened(source)}{where}"),)
    chosen = None if outputs is None else [canonical(name.strip()) for name in outputs.split(",")]
    return Given(program(source, point, share=share, outputs=chosen), point, notes)


def source_of(expression: str | None, file: str | None, *, piped: bool) -> str | None:
    """The program's text, or None when none is given."""
    if file is not None:
        return files.read_stdin() if file == "-" else files.read_text(file)
    if expression == "-":
        return files.read_stdin()
    if expression is None and piped and files.stdin_is_given():
        return files.read_stdin() or None
    return expression


def point_of(at: Sequence[str]) -> dict[str, float]:
    """The point of all --at options together; a name may be given once."""
    point: dict[str, float] = {}
    for text in at:
        if text == "-":
            found = from_mapping(files.from_json(files.read_stdin(), "standard input"), "standard input")
        elif is_assignment_list(text):
            found = from_text(text)
        elif text.strip():
            found = files.read_point(text)
        else:
            found = {}
        if doubled := next((name for name in found if name in point), None):
            raise UsageError(f'"{doubled}" is given twice', hint="give each name once")
        point.update(found)
    return point


def shortened(source: str, most: int = 60) -> str:
    """A source in one short line."""
    line = " ".join(source.split())
    return line if len(line) <= most else line[: most - 1] + "…"
