"""Reading programs and points from files and standard input, and writing files as a whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from adcli.errors import FileProblem, UsageError
from adcli.language.points import from_mapping

MOST_BYTES = 256 * 1024 * 1024


def read_text(name: str) -> str:
    """The text of a file; FileProblem when it is missing, a folder, too large or not UTF-8."""
    try:
        path = Path(name)
        if path.stat().st_size > MOST_BYTES:
            raise FileProblem(f"{name} is larger than {MOST_BYTES >> 20} MiB")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem(
            f"{name} is not UTF-8 text (byte {error.start})", hint="save it as UTF-8"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"cannot read {name}: {reason}") from error


def read_stdin() -> str:
    """All of standard input as UTF-8 text; FileProblem when it is something else."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem(f"standard input is not UTF-8 text (byte {error.start})") from error
    except (OSError, ValueError, AttributeError) as error:
        raise FileProblem("standard input cannot be read") from error


def stdin_is_given() -> bool:
    """Whether standard input is a pipe or a file, so that somebody meant to send something."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def read_point(name: str) -> dict[str, float]:
    """The point of a file, by its suffix: .json, .toml, .yaml, .yml or .csv."""
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        raise UsageError(
            f"cannot read a point from {name}",
            hint=f"write NAME=VALUE, or a file that ends in {', '.join(READERS)}",
        )
    return from_mapping(READERS[suffix](read_text(name), name), name)


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

    try:
        return mapping(json.loads(text, object_pairs_hook=once, parse_constant=refuse), name)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{name} is not valid JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        ) from error
    except RecursionError as error:
        raise UsageError(f"{name}: a point is one object of names and numbers") from error


def from_toml(text: str, name: str) -> dict[str, Any]:
    """The names and values of a TOML document."""
    import tomllib  # only for such files

    try:
        return mapping(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not valid TOML: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{name}: a point is one table of names and numbers") from error


def from_yaml(text: str, name: str) -> dict[str, Any]:
    """The names and values of a YAML mapping, each value as the text that stands there."""
    import yaml  # only for such files

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"{name} is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(root, yaml.MappingNode):
        raise UsageError(f"{name}: a point is a mapping of names to numbers")
    found: dict[str, Any] = {}
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
            raise UsageError(f"{name}: {getattr(key, 'value', 'a key')} is not a number")
        if key.value in found:
            raise UsageError(f'{name}: "{key.value}" is given twice')
        found[key.value] = value.value
    return found


def from_csv(text: str, name: str) -> dict[str, Any]:
    """The names of a CSV header and the values of its one row."""
    rows = [row for row in csv.reader(text.splitlines()) if row]
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


def write_whole(name: str, data: bytes) -> None:
    """Write a file aside and rename it, so that it is there as a whole or not at all."""
    path = Path(name)
    aside: Path | None = None
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device such as /dev/stdout has no beside
            return
        path = path.resolve()
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=".adcli-", suffix=path.suffix)
        aside = Path(made)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        aside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask())
        aside.replace(path)
    except (OSError, ValueError) as error:
        if aside is not None:
            with suppress(OSError):
                aside.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"cannot write {name}: {reason}") from error


def umask() -> int:
    """The process's file mode mask."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
