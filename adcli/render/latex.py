r"""Answers as LaTeX, to be read by \input into a document of one's own: equations, and tables of formulas.

A sheet of exercises is a document itself. The report's texts are LaTeX already: here they only get their
places. Plain pdflatex with amsmath reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from adcli.report import Answered, Column, Look, Row, Section, Table, report
from adcli.report.tables import NO_PLUS, PLUS
from adcli.tracing.labels import TYPESET

PREAMBLE = r"% LaTeX of adcli {}; it needs \usepackage{{amsmath}}"
OWN = (
    r"\documentclass[11pt]{article}", r"\usepackage{amsmath}", r"\usepackage[margin=25mm]{geometry}",
    r"\pagestyle{empty}", r"\begin{document}",
)  # fmt: skip
ROOM, TALL_ROW = 36, 2  # how many rows a page has, and how many of them a row with a fraction takes
TALL = re.compile(r"\\frac|\\begin")
MOST_COLUMNS = 10  # of a matrix, unless LaTeX is told otherwise
WHOLE = re.compile(r"-?\d+")
QUOTED = re.compile('"([^"]*)"')


def as_latex(answer: Answered, look: Look) -> str:
    """The answer's sections in LaTeX, all in ASCII."""
    found = report(answer, replace(look, style=TYPESET, layout="narrow"))
    parts = [PREAMBLE.format(answer.command), *map(paragraph, found.title)]
    if found.own:
        first, *more = found.title
        parts = [*OWN, rf"\section*{{{sentence(first)}}}", *map(paragraph, more)]
    for section in found.sections:
        parts += section_parts(section)
    return "\n".join([*parts, r"\end{document}" if found.own else r"\par"]) + "\n"


def section_parts(section: Section) -> Iterator[str]:
    """The heading, the table, the equations and what explains them."""
    if section.part:
        yield rf"\subsection*{{{sentence(section.part)}}}"
    if section.table is not None:
        yield "\n".join(tabulars(section.heading, section.table))
    elif section.heading:
        yield paragraph(section.heading)
    if section.lines:
        yield "\n".join(equations(section.lines))
    if section.figure:
        yield "\n".join([r"\begin{verbatim}", *section.figure, r"\end{verbatim}"])
    if section.legend:
        yield paragraph(section.legend)
    if section.answer:
        yield "\n".join(equations(section.answer))
    yield from map(paragraph, section.captions)


def paragraph(text: str) -> str:
    """A sentence that begins a line."""
    return rf"\par\medskip\noindent {sentence(text)}"


def sentence(text: str) -> str:
    """The text with a capital and with the quotes of print."""
    return QUOTED.sub(r"``\1''", text[0].upper() + text[1:])


def equations(lines: Sequence[str]) -> Iterator[str]:
    """Equations below each other, aligned at their first equals sign."""
    columns = max(line.count("&") // (1 + line.count(r"\\")) + 1 for line in lines)
    if columns > MOST_COLUMNS:
        yield rf"\setcounter{{MaxMatrixCols}}{{{columns}}}"
    yield r"\begin{align*}"
    for place, line in enumerate(lines):
        end = r" \\" if place < len(lines) - 1 else ""
        yield f"  {line.replace(' = ', ' &= ', 1)}{end}"
    yield r"\end{align*}"


def tabulars(heading: str, table: Table) -> Iterator[str]:
    """The table below its heading, as several where it is longer than a page."""
    texts = [[row[place].text for row in table.rows if row] for place in range(len(table.columns))]
    kinds = [Kind.of(*column) for column in zip(table.columns, texts, strict=True)]
    yield r"\begin{center}\small\setlength{\tabcolsep}{4pt}\renewcommand{\arraystretch}{1.4}"
    if heading:
        yield rf"{sentence(heading)}\\*[1ex]"
    for place, rows in enumerate(pages(table.rows)):
        if place:
            yield r"\par\medskip"
        yield rf"\begin{{tabular}}{{{''.join(kind.letters for kind in kinds)}}}"
        if any(column.title for column in table.columns):
            yield f"  {' & '.join(kind.title for kind in kinds)} \\\\ \\hline"
        for row in rows:
            yield f"  {line(kinds, row)}" if row else r"  \noalign{\medskip}"
        yield r"\end{tabular}"
    yield r"\end{center}"


def line(kinds: Sequence[Kind], row: Row) -> str:
    """A row; one with fractions is as high as they are."""
    cells = [kind.cell(cell.text) for kind, cell in zip(kinds, row, strict=True)]
    lines = max(text.count(r"\\") + 1 for text in cells)
    height = max(5.8, 3.7 * lines)  # in the height of an x
    strut = rf"\rule[-{0.38 * height:.1f}ex]{{0pt}}{{{height:.1f}ex}}"
    return f"{strut if any(map(TALL.search, cells)) else ''}{' & '.join(cells)} \\\\"


def pages(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows of each page; a new one begins with a row that has a first cell."""
    begin, used = 0, 0.0
    for place, row in enumerate(rows):
        if used >= ROOM and row and row[0].text:
            yield rows[begin:place]
            begin, used = place, 0.0
        used += TALL_ROW if any(TALL.search(cell.text) for cell in row) else bool(row) + 1 / 3
    yield rows[begin:]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a column is set: its letters in the preamble, its title, and whether a sign stands before terms."""

    column: Column
    letters: str
    title: str
    signed: bool = False

    @classmethod
    def of(cls, column: Column, texts: Sequence[str]) -> Kind:
        """Numbers are two columns that meet at the decimal point, sums two that meet behind the plus."""
        if column.room:
            return cls(column, "l", column.title)
        if column.point:
            return cls(column, "r@{}l", rf"\multicolumn{{2}}{{c}}{{{column.title}}}")
        if any(text.startswith(PLUS) for text in texts):
            return cls(column, r"r@{\ }l", rf"\multicolumn{{2}}{{l}}{{{column.title}}}", signed=True)
        return cls(column, "l", column.title)

    def cell(self, text: str) -> str:
        """A formula, a term behind its sign, a number in two halves, or prose."""
        if not text:
            return "&" if self.column.point or self.signed else ""
        if self.column.room:
            return rf"\parbox[t]{{0.{self.column.room:02}\linewidth}}{{\raggedright {text}\strut}}"
        if self.column.point:
            found = WHOLE.match(text)
            whole, rest = (text[: found.end()], text[found.end() :]) if found else (text, "")
            return f"{math(whole)} & {math(rest if rest[:1] in ('', '.') else f'{{}}{rest}')}"
        if self.signed and text[:2] in (PLUS, NO_PLUS):
            return f"{math(text[:2].strip())} & {math(text[2:])}"
        return rf"\multicolumn{{2}}{{l}}{{{math(text)}}}" if self.signed else math(text.strip())


def math(text: str) -> str:
    """A formula in a line of text, in full size."""
    return "" if not text else rf"$\displaystyle {text}$" if TALL.search(text) else f"${text}$"
