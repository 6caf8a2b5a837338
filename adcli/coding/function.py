"""A function to be written: its parameters, statements with comments, and what it returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from adcli.coding.statements import Statement

WIDE = 99


@dataclass(frozen=True)
class Function:
    """`results` has a row per output (of a value: one entry each); `says` are the lines that describe it."""

    name: str
    parameters: Sequence[str]
    says: Sequence[str]
    statements: Sequence[Statement]
    comments: Mapping[int, str]
    tests: Mapping[int, str]
    results: Sequence[Sequence[str]]
    what: str
    unused: Sequence[str] = ()

    @property
    def scalar(self) -> bool:
        """Whether it returns one number."""
        return self.what == "value" and len(self.results) == 1

    def groups(self) -> Iterator[tuple[int, list[Statement]]]:
        """Neighbouring statements under one guard."""
        for guard, group in groupby(self.statements, lambda statement: statement.guard):
            yield guard, list(group)


def remarked(line: str, remark: str | None, sign: str) -> str:
    """A line with its comment behind it, where there is room."""
    if not remark or len(line) + len(remark) + len(sign) + 3 > WIDE:
        return line
    return f"{line}  {sign} {remark}"


def wrapped(start: str, parts: Sequence[str], end: str, indent: str) -> Iterator[str]:
    """A list between two brackets: on one line, or wrapped below each other where it is too long."""
    line = start + ", ".join(parts) + end
    if len(line) <= WIDE or not parts:
        yield line
        return
    if start[-1] in "([{":
        yield start
        row = indent + "    "
    else:
        row = start
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        piece = part if last else f"{part},"
        if len(row) + len(piece) > WIDE and row.strip():
            yield row.rstrip()
            row = indent + "    "
        row += piece if last else f"{piece} "
    if start[-1] in "([{":
        yield row.rstrip()
        yield indent + end
    else:
        yield row.rstrip() + end
