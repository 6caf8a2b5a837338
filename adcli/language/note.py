"""What a reader should know of a result beside the result."""

from __future__ import annotations

from typing import NamedTuple

from adcli.errors import Span


class Note(NamedTuple):
    """Something a reader should know of a result: a code of the contract, a sentence, a step, a place."""

    code: str
    message: str
    step: str | None = None
    span: Span | None = None
