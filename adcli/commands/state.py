"""The last expression and point, kept between runs under the XDG state folder.

A run that cannot write there, or runs with ADCLI_NO_STATE=1, keeps nothing and says nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

from adcli.commands.files import write_whole
from adcli.errors import AdcliError
from adcli.notation import SOURCE
from adcli.notation.numerals import nested

MOST_CHARACTERS = 1_000_000


class Last(NamedTuple):
    """What the last successful run was about. `at` is None when it had no point."""

    source: str
    at: dict[str, Any] | None


def place() -> Path | None:
    """The file of the last expression, or None where state is off."""
    if os.environ.get("ADCLI_NO_STATE"):
        return None
    root = Path(os.environ.get("XDG_STATE_HOME", ""))
    with suppress(RuntimeError):
        folder = root if root.is_absolute() else Path.home() / ".local" / "state"
        return folder / "adcli" / "last.json"
    return None


def store(source: str, at: dict[str, Any] | None) -> None:
    """Remember an expression and its point; quietly nothing where that is not possible."""
    path = place()
    if path is None or len(source) > MOST_CHARACTERS:
        return
    with suppress(OSError, AdcliError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(str(path), json.dumps({"source": source, "at": at}, default=as_text).encode())


def as_text(value: Any) -> Any:
    """A number that is no float as the language writes it, to be read again; an array as lists."""
    if hasattr(value, "shape"):
        return nested(value)
    return value.piece(SOURCE).text if hasattr(value, "piece") else str(value)


def load() -> Last | None:
    """The last expression and point, or None when there is none that can be read."""
    path = place()
    if path is None:
        return None
    try:
        found = json.loads(path.read_bytes())
        at = found["at"]
        numbers = [] if at is None else list(at.values())
        if isinstance(found["source"], str) and all(map(is_value, numbers)):
            return Last(found["source"], at)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return None


def forget() -> bool:
    """Remove the stored expression; whether there was one."""
    path = place()
    if path is None:
        return False
    try:
        path.unlink()
    except OSError:
        return False
    return True


def is_value(value: Any) -> bool:
    """Whether this is what `store` writes for a value: a number, a text, or an array's rows of numbers."""
    if isinstance(value, list):
        rows = [row if isinstance(row, list) else [row] for row in value]
        return all(isinstance(x, float) and isfinite(x) for row in rows for x in row)
    return isinstance(value, str) or (isinstance(value, float) and isfinite(value))
