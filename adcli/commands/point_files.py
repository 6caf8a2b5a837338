"""Points and arrays in files: JSON, TOML, YAML, CSV and NPY as names and values."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from math import isinf, prod
from pathlib import Path
from typing import Any

from adcli.commands.files import read_text, reason, shortened
from adcli.commands.refused import one_line
from adcli.errors import DomainError, FileProblem, UsageError
from adcli.language import nested
from adcli.language.points import from_mapping
from adcli.notation.numerals import LARGEST

MOST_DIGITS = 4000  # of a whole number; beyond them it is beyond the floats by far


def point_in(text: str, name: str, *, exact: bool = False) -> dict[str, Any]:
    """The point that a file's text holds, read by its suffix: .json, .toml, .yaml, .yml or .csv."""
    return from_mapping(READERS[Path(name).suffix.lower()](text, name), name, exact=exact)


def point_file(name: str) -> str:
    """The text of a point's file; UsageError when its suffix is none of ours."""
    if not is_point_file(name):
        raise UsageError(
            f"cannot read a point from {name}",
            hint=f"write NAME=VALUE, or a file that ends in {', '.join(READERS)}",
        )
    return read_text(name)


def is_point_file(name: str) -> bool:
    """Whether a name ends as a point's file does."""
    return Path(name).suffix.lower() in READERS


def from_json(text: str, name: str) -> dict[str, Any]:
    """The names and values of a JSON object."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            doubled = next(key for place, (key, _) in enumerate(pairs) if key in dict(pairs[:place]))
            raise UsageError(f'{name}: "{doubled}" is given twice')
        return found

    def refuse(constant: str) -> float:
        raise UsageError(f"{name}: {constant} is not a finite number")

    def whole(digits: str) -> Decimal | int:
        return real(digits) if len(digits) > MOST_DIGITS else int(digits)

    def real(digits: str) -> Decimal:
        if isinf(float(digits)):
            raise DomainError(f"overflow: {name}: {shortened(digits)} is beyond {LARGEST}")
        return Decimal(digits)

    try:
        found = json.loads(
            text, object_pairs_hook=once, parse_constant=refuse, parse_int=whole, parse_float=real
        )
        return mapping(found, name)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UsageError(f"{name} is not valid JSON: {one_line(error.msg)} ({place})") from error
    except RecursionError as error:
        raise UsageError(f"{name}: a point is one object of names and numbers") from error


def from_toml(text: str, name: str) -> dict[str, Any]:
    """The names and values of a TOML document."""
    import tomllib  # only for such files

    try:
        return mapping(tomllib.loads(text, parse_float=Decimal), name)
    except ValueError as error:  # a TOMLDecodeError, or a number with too many digits
        raise UsageError(f"{name} is not valid TOML: {one_line(str(error))}") from error
    except RecursionError as error:
        raise UsageError(f"{name}: a point is one table of names and numbers") from error


def from_yaml(text: str, name: str) -> dict[str, Any]:
    """The names and values of a YAML mapping, each value as the text that stands there."""
    import yaml  # only for such files

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"{name} is not valid YAML: {one_line(str(error))}") from error
    if not isinstance(root, yaml.MappingNode):
        raise UsageError(f"{name}: a point is a mapping of names to numbers")
    found: dict[str, Any] = {}
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(
            value, (yaml.ScalarNode, yaml.SequenceNode)
        ):
            raise UsageError(f"{name}: {getattr(key, 'value', 'a key')} is not a number")
        if key.value in found:
            raise UsageError(f'{name}: "{key.value}" is given twice')
        found[key.value] = in_yaml(value, f"{name}: {key.value}")
    return found


def in_yaml(node: Any, said: str) -> Any:
    """A value as the text that stands there, or rows of them."""
    if isinstance(node.value, str):
        return node.value
    plain = node.tag == "tag:yaml.org,2002:seq"
    rows = [entry.value for entry in node.value if plain]
    if plain and all(isinstance(row, (str, list)) for row in rows):
        entries = [
            [getattr(entry, "value", None) for entry in row] if isinstance(row, list) else row for row in rows
        ]
        if all(isinstance(row, str) or all(isinstance(entry, str) for entry in row) for row in entries):
            return entries
    raise UsageError(f"{said} is not a number, a list of numbers or a list of rows")


def from_csv(text: str, name: str) -> dict[str, Any]:
    """The names of a CSV header and the values of its one row."""
    import csv

    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise UsageError(f"{name} is not valid CSV: {error}") from error
    if len(rows) != 2:  # a header and a row
        raise UsageError(
            f"{name}: a point is a header and one row; this file has {max(len(rows) - 1, 0)} rows",
            hint="keep one row; a batch of points is not read",
        )
    header, values = ([cell.strip() for cell in row] for row in rows)
    if len(header) != len(values):
        raise UsageError(f"{name}: the header has {len(header)} names and the row {len(values)} values")
    if doubled := next((key for key in header if header.count(key) > 1), None):
        raise UsageError(f'{name}: "{doubled}" is given twice')
    return dict(zip(header, values, strict=True))


def array_in(name: str) -> Any:
    """The array that a file holds: .npy as numpy saves it (never pickled), .csv as rows of numbers."""
    from adcli import engine

    engine.arrays()
    return from_npy(name) if name.lower().endswith(".npy") else matrix_of(read_text(name), name)


def from_npy(name: str) -> Any:
    """The array of a .npy file; its header is read first, so that no memory is taken for too large a one."""
    import numpy as np

    try:
        with Path(name).open("rb") as file:
            version = np.lib.format.read_magic(file)
            read = {(1, 0): np.lib.format.read_array_header_1_0}.get(
                version, np.lib.format.read_array_header_2_0
            )
            shape, _, dtype = read(file)
            if dtype.hasobject:
                raise UsageError(f"{name} holds Python objects, which are not read", hint="save it as floats")
            nested.limited(prod(shape), name)
            file.seek(0)
            found = np.load(file, allow_pickle=False)
    except OSError as error:
        raise FileProblem(f"cannot read {name}: {reason(error)}") from error
    except (ValueError, EOFError, SyntaxError, TypeError, MemoryError, OverflowError) as error:
        raise UsageError(f"{name} is no .npy file of numbers: {one_line(str(error))}") from error
    return float(nested.checked(found.reshape(1), name)[0]) if found.ndim == 0 else nested.array(found, name)


def matrix_of(text: str, name: str) -> Any:
    """The array of a CSV file of numbers, a row a line; a first line of words is a header."""
    import csv

    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise UsageError(f"{name} is not valid CSV: {error}") from error
    if rows and not any(map(is_number, rows[0])):
        del rows[0]
    numbers = [
        [cell_of(cell, f"{name}: row {i}, column {j}") for j, cell in enumerate(row, 1)]
        for i, row in enumerate(rows, 1)
    ]
    return nested.array(numbers, name)


def is_number(cell: str) -> bool:
    """Whether a cell of a CSV file is a number."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def cell_of(cell: str, said: str) -> float:
    """The number in a cell of a CSV file."""
    if not is_number(cell):
        raise UsageError(f"{said} is not a number: {shortened(cell) or 'empty'}")
    return float(cell)


def mapping(found: Any, name: str) -> dict[str, Any]:
    """`found` if it is an object of names."""
    if not isinstance(found, dict):
        raise UsageError(f"{name}: a point is an object of names and numbers")
    return found


READERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    ".json": from_json,
    ".toml": from_toml,
    ".yaml": from_yaml,
    ".yml": from_yaml,
    ".csv": from_csv,
}
