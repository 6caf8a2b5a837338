"""Filled-in tables as plain data, from JSON and YAML: a trace, a list of rows, names with numbers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from adcli.checking.records import Record, column_of, marked
from adcli.errors import UsageError

MOST_CELLS = 200_000
DEEPEST = 8  # levels of JSON and YAML


def from_json(text: str, name: str) -> Iterator[Record]:
    """The rows of a trace's JSON, of a list of objects, or of an object of names and numbers."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"{name} is not valid JSON: {error.msg} ({place})") from error
    except RecursionError as error:
        raise UsageError(f"{name} is nested too deeply for a table") from error
    yield from of_data(found)


def from_yaml(text: str, name: str) -> Iterator[Record]:
    """The same in YAML; scalars stay the texts that stand there."""
    import yaml  # only for such files

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"{name} is not valid YAML: {' '.join(str(error).split())[:200]}") from error
    yield from of_data(Yaml(name, yaml).plain(root, 0))


class Yaml:
    """Turns YAML's nodes into lists, dictionaries and texts, so many and no more."""

    def __init__(self, name: str, library: Any) -> None:
        self.name, self.library, self.left = name, library, MOST_CELLS

    def plain(self, node: Any, depth: int) -> Any:
        """A node as plain data; anchors that unfold without end are refused."""
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise UsageError(f"{self.name} is too large or nested too deeply for a table")
        if isinstance(node, self.library.ScalarNode):
            return node.value
        if isinstance(node, self.library.SequenceNode):
            return [self.plain(item, depth + 1) for item in node.value]
        if isinstance(node, self.library.MappingNode):
            return {str(key.value): self.plain(value, depth + 1) for key, value in node.value}
        return None


def of_data(found: Any) -> Iterator[Record]:
    """The records of plain data."""
    if isinstance(found, dict):
        for key in ("trace", "steps", "rows", "table", "answers"):
            if isinstance(found.get(key), (dict, list)):
                yield from of_data(found[key])
                return
        for name, value in found.items():
            if isinstance(value, dict):
                yield from of_data([{"id": name, **value}])
            elif not isinstance(value, list):
                yield from named_number(str(name), cell_of(value))
    elif isinstance(found, list):
        for place, row in enumerate(found, start=1):
            if isinstance(row, dict):
                yield of_object(row, f"row {place}")


def named_number(name: str, text: str | None) -> Iterator[Record]:
    """A number by its name, as in an answer; what it means is seen later."""
    yield Record(name, name, slope=text or "")


def of_object(row: dict[str, Any], place: str) -> Record:
    """A row as an object."""
    cells: dict[str, str | None] = {}
    partials: list[tuple[str, str, str]] = []
    for key, value in row.items():
        kind = column_of(str(key))
        if kind is not None and kind not in cells:
            cells[kind] = cell_of(value)
        if str(key) == "terms" and isinstance(value, list):
            partials += [
                (cell_of(term.get("via")) or "", cell_of(term.get("slot")) or "", weight)
                for term in value
                if isinstance(term, dict) and (weight := cell_of(term.get("weight")))
            ]
    label, mark = marked(cells.get("label") or "")
    label = cell_of(row.get("id")) or label
    read: dict[Any, str | None] = {
        kind: cells[kind] for kind in ("value", "adjoint", "tangent") if kind in cells
    }
    if mark is not None and mark not in read:
        read = {mark: read.get("value")}
    return Record(label, place, cells.get("formula") or "", partials=tuple(partials), **read)


def cell_of(value: Any) -> str | None:
    """A scalar as text; nothing for null, lists and objects."""
    if value is None or isinstance(value, (list, dict)):
        return "" if value is None else None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
