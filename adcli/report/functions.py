"""The functions of the language: all of them as a table, or one in detail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from adcli.notation import latex
from adcli.reference import FunctionEntry, FunctionsAnswer, in_latex
from adcli.report.document import Cell, Column, Look, Report, Row, Section, Table
from adcli.tracing.labels import Style

DERIVATIVE_ROOM, DOMAIN_ROOM = 32, 24  # so that the table fits into 80 columns


def functions_report(answer: FunctionsAnswer, look: Look) -> Report:
    """A row per function and argument, or everything about the one that was asked for."""
    if look.style.latex:
        return printed(answer, look.style)
    if answer.single:
        return Report((), tuple(detail(entry) for entry in answer.functions))
    title = (f"the {len(answer.functions)} functions",)
    if look.layout == "lines":
        lines = tuple(
            f"{call(entry)}: {', '.join(slopes(entry)) or 'no derivative'}" for entry in answer.functions
        )
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
    return [f"by {name}: {formula}" if name else formula for name, formula in named(entry, entry.derivative)]


def named(entry: FunctionEntry, derivative: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The argument of each derivative, empty where there is only one, and the formula."""
    if len(entry.args) == 1 and not entry.args[0].endswith("..."):
        yield from (("", formula) for formula in derivative)
        return
    names = [arg.rstrip(".") for arg in entry.args]
    if not entry.args[-1].endswith("..."):
        names = names[-len(derivative) :]  # a condition stands first and has no derivative
    yield from zip(names, derivative, strict=False)


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


def printed(answer: FunctionsAnswer, style: Style) -> Report:
    """The functions in LaTeX."""
    if answer.single:
        return Report((), tuple(printed_detail(entry, style) for entry in answer.functions))
    rows = tuple(row for entry in answer.functions for row in printed_rows(entry, style))
    columns = (Column("name"), Column("function"), Column("derivative"), Column("domain", room=22))
    return Report((), (Section(table=Table(columns, rows)),))


def printed_rows(entry: FunctionEntry, style: Style) -> Iterator[Row]:
    """A row per argument with a derivative."""
    function, derivative = in_latex(entry.name)
    slopes = [by(name, style) + formula for name, formula in named(entry, derivative)]
    first = [typed(entry.name)], [function], [words(entry, entry.domain)]
    for name, written, place, slope in zip_longest(*first, slopes or [style.prose("none")], fillvalue=""):
        yield Cell(name), Cell(written), Cell(slope), Cell(place)


def printed_detail(entry: FunctionEntry, style: Style) -> Section:
    """Everything about one function in LaTeX."""
    function, derivative = in_latex(entry.name)
    slopes = [by(name, style) + formula for name, formula in named(entry, derivative)]
    facts = [
        ("function", [style.math(function)]),
        ("domain", [words(entry, entry.domain)]),
        ("derivative", [style.math(rf"\displaystyle {slope}") for slope in slopes] or ["none"]),
        ("kinks", [words(entry, kink) for kink in entry.kinks] or ["none"]),
        ("example", [typed(entry.example)]),
        *([("also", [", ".join(map(typed, entry.aliases))])] if entry.aliases else []),
    ]
    rows = tuple(
        (Cell(name if place == 0 else ""), Cell(text))
        for name, texts in facts
        for place, text in enumerate(texts)
    )
    heading = f"{typed(call(entry))}: {words(entry, entry.doc)}"
    return Section(heading, Table((Column("", room=15), Column("", room=70)), rows))


def by(name: str, style: Style) -> str:
    """The argument that a derivative belongs to."""
    return rf"{style.prose('by ')}{latex.name(name)}\colon\ " if name else ""


def typed(text: str) -> str:
    """A text as one types it."""
    return rf"\texttt{{{latex.escaped(text)}}}"


def words(entry: FunctionEntry, text: str) -> str:
    """A sentence about a function, its arguments as variables."""
    names = frozenset({"k", "n", *(arg.rstrip(".") for arg in entry.args)})
    return latex.escaped(re.sub(r"-(?=\d)", "−", text), names)
