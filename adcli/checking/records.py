"""The rows of a table as records: what a column holds by its title, what a row is called by its label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from adcli.checking.figures import MORE
from adcli.checking.targets import unmarked

LABELS = frozenset({"step", "label", "id", "row", "node", "name", "variable", "v", ""})
COLUMNS = {
    "formula": {"formula", "expression", "operation", "rule", "definition"},
    "value": {"value", "primal", "result", "values", "number", "numeric value"},
    "adjoint": {"adjoint", "bar", "adjoints", "v_bar", "vbar", "derivative", "gradient", "reverse"},
    "tangent": {"tangent", "dot", "tangents", "v_dot", "vdot", "forward"},
    "via": {"user", "arg", "via"},
    "slot": {"slot"},
    "weight": {"weight", "partial"},
}
SLOPE_TITLE = re.compile(r"[∂d](?P<of>\w)[\wᵢ₀-₉]*/[∂d]\w")
PLAIN_INDEX = str.maketrans("", "", "_ᵢ₀₁₂₃₄₅₆₇₈₉")


class Record(NamedTuple):
    """A row of a table: texts, "" where there is none; `partials` are (user or operand, slot, text)."""

    label: str
    place: str
    formula: str = ""
    value: str | None = None
    adjoint: str | None = None
    tangent: str | None = None
    partials: tuple[tuple[str, str, str], ...] = ()
    slope: str | None = None


def of_cells(titles: Sequence[str], rows: Iterable[Sequence[str]], place: str) -> Iterator[Record]:
    """The records of a table with these titles; a row without a label goes on with the one before."""
    known = [column_of(title) for title in titles]
    if "label" not in known and known and known[0] is None:
        known = ["label", *known[1:]]
    if not {"value", "adjoint", "tangent", "weight"}.intersection(filter(None, known)):
        return
    label = ""
    for number, row in enumerate(rows, start=1):
        cells = {kind: cell.strip() for kind, cell in zip(known, row, strict=False) if kind is not None}
        if not any(cells.values()):
            continue
        goes_on = "label" in known and not cells.get("label")
        name = cells.get("label") or (label if goes_on else "")
        label = name
        plain, mark = marked(name)
        read = {kind: cells.get(kind) for kind in ("value", "adjoint", "tangent")}
        grows = {kind for kind, cell in read.items() if cell and MORE.search(cell) and is_partial_sum(cell)}
        read = {kind: None if kind in grows else cell for kind, cell in read.items()}
        # A row called v̄4 whose number stands under "value" has an adjoint.
        if mark is not None and read.get(mark) is None and mark not in grows and mark not in known:
            read[mark], read["value"] = (
                read["value"],
                None,
            )
        if goes_on and not grows:
            read = {kind: cell or None for kind, cell in read.items()}
        weight = cells.get("weight") or ""
        partials = ((cells.get("via") or "", cells.get("slot") or "", weight),) if weight else ()
        formula = cells.get("formula", "") if mark is None and not goes_on else ""
        yield Record(plain, f"{place} {number}", formula, partials=partials, **read)


def marked(label: str) -> tuple[str, str | None]:
    """A row's label without its bar or dot, or _bar or _dot, and which of them it has."""
    plain, mark = unmarked(label)
    for ending, kind in (("_bar", "adjoint"), ("_dot", "tangent")):
        if mark is None and label.endswith(ending):
            plain, mark = label.removesuffix(ending), kind
    return plain, mark


def is_partial_sum(cell: str) -> bool:
    """Whether a cell is a sum that still grows: adcli writes a blank and dots behind it."""
    return bool(re.search(r"\d\s+(?:…|\.\.\.)$", cell))


def column_of(title: str) -> str | None:
    """What a column holds, by its title; None for one that is not read."""
    plain = " ".join(title.strip().strip("*_`").lower().split())
    stem, mark = unmarked(plain)
    if mark is not None and len(stem.translate(PLAIN_INDEX)) <= 2:
        return mark
    if (slope := SLOPE_TITLE.match(plain)) is not None:
        return "tangent" if slope["of"] in ("v", "w") else "adjoint"
    if plain in LABELS:
        return "label"
    return next((kind for kind, titles in COLUMNS.items() if plain in titles), None)
