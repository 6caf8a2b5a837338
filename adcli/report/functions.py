"""The functions of the language: all of them as a table, or one in detail."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from adcli.reference import FunctionEntry, FunctionsAnswer
from adcli.report.document import Cell, Column, Look, Report, Row, Section, Table

DERIVATIVE_ROOM, DOMAIN_ROOM = 32, 24  # so that the table fits into 80 columns


def functions_report(answer: FunctionsAnswer, look: Look) -> Report:
    """A row per function and argument, or everything about the one that was asked for."""
    if answer.single:
        return Report((), tuple(detail(entry) for entry in answer.functions))
    title = (f"the {len(answer.functions)} functions",)
    if look.layout == "lines":
        lines = tuple(f"{call(entry)}: {', '.join(slopes(entry))}" for entry in answer.functions)
        return Report(title, (Section(lines=lines),))
    rows = tuple(row for entry in answer.functions for row in entry_rows(entry, fold=look.layout == "narrow"))
    columns = (Column("function"), Column("derivative"), Column("domain"))
    captions = ("adcli functions NAME shows one of them with its kinks and an example",)
    return Report(title, (Section(table=Table(columns, rows), captions=captions),))


def entry_rows(entry: FunctionEntry, *, fold: bool) -> Iterator[Row]:
    """The rows of one function; in a narrow table long texts go on in the next row."""
    derivative, domain = slopes(entry) or ["no derivative"], [entry.domain]
    if fold:
        derivative = [
            line for text in derivative for line in wrap(text, DERIVATIVE_ROOM, subsequent_indent="  ")
        ]
        domain = wrap(entry.domain, DOMAIN_ROOM)
    for name, slope, place in zip_longest([call(entry)], derivative, domain, fillvalue=""):
        yield Cell(name), Cell(slope), Cell(place)


def call(entry: FunctionEntry) -> str:
    """The function with its arguments: "atan2(y, x)", "max(x, ...)"."""
    args = [arg.replace("...", ", ...") for arg in entry.args]
    return f"{entry.name}({', '.join(args)})"


def slopes(entry: FunctionEntry) -> list[str]:
    """The derivative by each argument that has one, named when there are several arguments."""
    if len(entry.args) == 1 and not entry.args[0].endswith("..."):
        return list(entry.derivative)
    names = [arg.rstrip(".") for arg in entry.args]
    if not entry.args[-1].endswith("..."):
        names = names[-len(entry.derivative) :]  # a condition stands first and has no derivative
    return [f"by {name}: {formula}" for name, formula in zip(names, entry.derivative, strict=False)]


def detail(entry: FunctionEntry) -> Section:
    """Everything about one function, a line per fact."""
    facts = [
        ("domain", [entry.domain]),
        ("derivative", slopes(entry) or ["none"]),
        ("kinks", list(entry.kinks) or ["none"]),
        ("example", [entry.example]),
        *([("also", [", ".join(entry.aliases)])] if entry.aliases else []),
    ]
    lines = tuple(
        f"{name if place == 0 else '':<13}{text}" for name, texts in facts for place, text in enumerate(texts)
    )
    return Section(f"{call(entry)}: {entry.doc}", lines=lines)
