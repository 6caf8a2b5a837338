"""Tables that a student filled in, as records: CSV, Markdown, JSON, YAML, and the text that trace prints.

A record is a row: what it is called, its formula, and the texts that stand for its value, adjoint and
tangent. Nothing is judged here, and a number stays the text that it was written as: its digits matter.
"""

from __future__ import annotations

import csv
import html
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath

from adcli.checking.figures import figure, is_empty, is_no_number
from adcli.checking.objects import MOST_CELLS, from_json, from_yaml
from adcli.checking.records import Record, marked, of_cells
from adcli.errors import UsageError

RULE = re.compile(r"(?=.*[─-]{3})[\s─-]+$")
UNDER_TITLES = re.compile(":?-+:?")
BEHIND = re.compile(r"(?<!\s)\s{2,}\((?:seed|not reached|.*)\)\s*$")
LINE = re.compile(r"^\s*(?:[-*]\s+)?(?P<label>[^\s=<>]+)\s*=(?P<rest>.*)$")


NUMBER = re.compile(r"(?=.*[\dπ])(?:[-+−*·/()^²³√π\d.\s]|pi|sqrt|ln|exp|e(?!\w))+")


def records_in(text: str, name: str) -> list[Record]:
    """The rows of a table by the ending of its name, or by its look; UsageError where there are none."""
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None and suffix:
        raise UsageError(
            f"cannot read a table from {name}", hint=f"the file should end in {', '.join(READERS)}"
        )
    found = joined((reader or by_look(text))(text, name), name)
    if not found:
        raise UsageError(
            f"{name} has no rows of a table", hint="adcli trace ... --blank prints one to fill in"
        )
    return found


def by_look(text: str) -> Callable[[str, str], Iterator[Record]]:
    """The reader of a text without a name."""
    first = text.lstrip()[:1]
    if first in ("{", "["):
        return from_json
    lines = [line for line in text.splitlines() if line.strip()]
    if any(line.lstrip().startswith("|") for line in lines):
        return from_markdown
    return from_csv if lines and re.match(r"\w+\s*[,;]", lines[0]) else from_text


def joined(records: Iterable[Record], name: str) -> list[Record]:
    """One record for all rows of one label: forward and reverse tables, and one line per term."""
    found: dict[str, Record] = {}
    cells = 0
    for record in records:
        cells += 1
        if cells > MOST_CELLS:
            raise UsageError(f"{name} has more than {MOST_CELLS} rows")
        key = record.label or record.place
        before = found.get(key)
        if before is None:
            found[key] = record
            continue
        merged = before._asdict()
        for column in ("formula", "value", "adjoint", "tangent", "slope"):
            here, there = merged[column], getattr(record, column)
            if here and there and here != there and column != "formula":
                raise UsageError(
                    f"{name}: two rows say what {record.label} is: {here} and {there}",
                    hint="keep one of them",
                )
            merged[column] = there if there and not here else there if here is None else here
        merged["partials"] = (*before.partials, *record.partials)
        found[key] = Record(**merged)
    return list(found.values())


def from_csv(text: str, name: str) -> Iterator[Record]:
    """The rows of CSV, or of several tables with blank lines between them; a semicolon may separate too."""
    if len(text) > MOST_CELLS * 50:
        raise UsageError(f"{name} is too long for a table")
    text = text.replace("\x00", "")
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise UsageError(f"{name} is not valid CSV: {error}") from error
    table: list[list[str]] = []
    for row in [*rows, []]:
        if any(cell.strip() for cell in row):
            table.append([with_point(cell) for cell in row] if mark == ";" else row)
        elif table:
            yield from of_cells(table[0], table[1:], "row")
            table = []


def with_point(cell: str) -> str:
    """A number with a decimal comma as it is written with a point."""
    return cell.replace(",", ".") if re.fullmatch(r"\s*[-+−]?\d+,\d+\s*", cell) else cell


def from_markdown(text: str, _name: str) -> Iterator[Record]:
    """The rows of all tables in Markdown, and the lines NAME = NUMBER between them."""
    table: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.lstrip().startswith("|") or (table and "|" in line):
            table.append(cells_of(line))
            continue
        if len(table) > 1:
            rows = [row for row in table[1:] if not all(map(UNDER_TITLES.fullmatch, filter(None, row)))]
            yield from of_cells(table[0], rows, "row")
        table = []
        for part in re.findall(r"\*\*(.+?)\*\*", line):
            yield from of_line(plain_markdown(part), "line")


def cells_of(line: str) -> list[str]:
    """The cells of a row between bars; a bar behind a backslash is part of a cell."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [plain_markdown(cell) for cell in re.split(r"(?<!\\)\|", inner)]


def plain_markdown(cell: str) -> str:
    """A cell without markup."""
    text = re.sub(r"^(\*\*|__|`)(.*)\1$", r"\2", cell.strip())
    return html.unescape(re.sub(r"\\([\\`*_\[\]<>|~$&])", r"\1", text)).strip()


def from_text(text: str, _name: str) -> Iterator[Record]:
    """The lines v₁ = x·y = 2·3 = 6, and tables with a rule under their titles."""
    lines = text.splitlines()
    place = 0
    while place < len(lines):
        if place + 1 < len(lines) and RULE.match(lines[place + 1]) and lines[place].strip():
            end = place + 2
            while end < len(lines) and lines[end].strip():
                end += 1
            starts = begins(lines[place])
            rows = [cut_at(line, starts) for line in lines[place:end] if not RULE.match(line)]
            yield from of_cells(rows[0], rows[1:], "row")
            place = end
            continue
        for part in re.split(r"(?<!\s)\s{3,}(?=∂|d\w+/d)", lines[place]):
            yield from of_line(part, f"line {place + 1}")
        place += 1


def begins(titles: str) -> list[int]:
    """The columns of the screen at which titles begin; two blanks separate them."""
    return [columns(titles[: found.start()]) for found in re.finditer(r"(?:(?<=\s\s)|^\s*)\S", titles)]


def columns(text: str) -> int:
    """How many columns of a screen a text takes; marks over letters take none."""
    return sum(1 for sign in text if not unicodedata.combining(sign))


def cut_at(line: str, starts: Sequence[int]) -> list[str]:
    """The cells of a line that begin at these columns."""
    cells = [""] * len(starts)
    column = -1
    for sign in line:
        column += not unicodedata.combining(sign)
        cell = max((i for i, start in enumerate(starts) if start <= max(column, starts[0])), default=0)
        cells[cell] += sign
    return [cell.strip() for cell in cells]


def of_line(line: str, place: str) -> Iterator[Record]:
    """A line NAME = … = NUMBER; a line that ends in no number says nothing."""
    found = LINE.match(BEHIND.sub("", line))
    if found is None:
        return
    parts = [part.strip() for part in found["rest"].split("=")]
    last = parts[-1]
    label = found["label"]
    if ";" in line or not (is_empty(last) or is_no_number(last) or NUMBER.fullmatch(last) or figure(last)):
        return
    if "/" in label:
        yield Record(label, place, slope=last)
        return
    plain, mark = marked(label)
    formula = parts[0] if mark is None and len(parts) > 1 else ""
    if mark == "adjoint":
        yield Record(plain, place, adjoint=last)
    elif mark == "tangent":
        yield Record(plain, place, tangent=last)
    else:
        yield Record(plain, place, formula, value=last)


READERS: dict[str, Callable[[str, str], Iterator[Record]]] = {
    ".csv": from_csv,
    ".md": from_markdown,
    ".markdown": from_markdown,
    ".json": from_json,
    ".yaml": from_yaml,
    ".yml": from_yaml,
    ".txt": from_text,
}
