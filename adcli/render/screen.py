"""What is known of an output: is it a terminal, how wide, with styles, and which signs does it have."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO

from adcli.render.display import speaks
from adcli.tracing.labels import ASCII, UNICODE, Style

WIDTH = 80


@dataclass(frozen=True, slots=True)
class Screen:
    """An output. `width` is None where nobody looks: there nothing is wrapped and no table is set."""

    width: int | None = None
    styled: bool = False
    unicode: bool = True

    @property
    def style(self) -> Style:
        """The labels that the output can show."""
        return UNICODE if self.unicode else ASCII


def screen_of(
    stream: TextIO, environment: Mapping[str, str] | None = None, *, no_color: bool = False
) -> Screen:
    """The facts of a stream.

    NO_COLOR switches styles off, bold too; FORCE_COLOR treats a pipe as a terminal; TERM=dumb has no
    styles; COLUMNS says how wide it is.
    """
    known = os.environ if environment is None else environment
    forced = known.get("FORCE_COLOR", "") not in ("", "0")
    terminal = stream.isatty() or forced
    quiet = no_color or bool(known.get("NO_COLOR")) or (known.get("TERM") == "dumb" and not forced)
    return Screen(
        width=columns_of(stream, known) if terminal else None,
        styled=terminal and not quiet,
        unicode=speaks(getattr(stream, "encoding", None)),
    )


def columns_of(stream: TextIO, known: Mapping[str, str]) -> int:
    """The width of a terminal: COLUMNS, what the terminal says, or 80."""
    told = known.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):  # a stream without a terminal behind it
        return WIDTH
