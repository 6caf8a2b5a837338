"""Answers as Markdown: a table per section, for notes, issues and Jupyter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from adcli.render.display import visible
from adcli.report import Answered, Cell, Look, Section, Table, report

MARKUP = re.compile(r"[\\`*_\[\]<>|~$&]")
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
PLAIN_LOOK = Look()


def as_markdown(answer: Answered, look: Look = PLAIN_LOOK) -> str:
    """The answer as Markdown; what could be markup in names and formulas is escaped."""
    found = report(answer, replace(look, layout="wide"))
    parts: list[str] = []
    if found.title:
        first, *more = found.title
        if found.own:
            parts += [f"# {escaped(first)}", *map(escaped, more)]
        else:
            parts.append(" ".join([code(first), *map(escaped, more)]))
    for section in found.sections:
        parts += section_parts(section)
    return "\n\n".join(parts) + "\n"


def section_parts(section: Section) -> Iterator[str]:
    """The paragraphs of a section."""
    if section.part:
        yield f"## {escaped(section.part)}"
    if section.heading:
        yield escaped(section.heading)
    if section.table is not None:
        yield "\n".join(table_lines(section.table))
    if section.lines:
        yield "\n".join(f"- {escaped(line)}" for line in section.lines)
    if section.figure:
        yield "\n".join(f"    {visible(line)}" for line in section.figure)
    if section.legend:
        yield f"*{escaped(section.legend)}*"
    if section.answer:
        yield ", ".join(f"**{escaped(text)}**" for text in section.answer)
    for caption in section.captions:
        yield f"*{escaped(caption)}*"


def table_lines(table: Table) -> Iterator[str]:
    """A table as GitHub and Jupyter read it; columns of numbers stand to the right."""
    yield joined(escaped(column.title) for column in table.columns)
    yield joined("---:" if column.point else "---" for column in table.columns)
    for row in table.rows:
        if row:
            yield joined(map(in_table, row))


def in_table(cell: Cell) -> str:
    """A cell's text; results are bold."""
    text = escaped(cell.text)
    return f"**{text}**" if text and cell.weight == "bold" else text


def joined(cells: Iterable[str]) -> str:
    """A row between bars."""
    return f"| {' | '.join(cells)} |"


def code(text: str) -> str:
    """A text as code, between more backticks than it has."""
    text = visible(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"`{text}`"


def escaped(text: str) -> str:
    r"""A text that Markdown shows as it is.

    >>> print(escaped("|v₁| < x_1*y"))
    \|v₁\| &lt; x\_1\*y
    """
    return MARKUP.sub(lambda sign: ENTITIES.get(sign[0], f"\\{sign[0]}"), visible(text.strip()))
