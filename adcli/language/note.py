"""What a reader should know of a result beside the result."""

from __future__ import annotations

from dataclasses import dataclass

from adcli.errors import Span


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader should know of a result: a code of the contract, a sentence, a step, a place."""

    code: str
    message: str
    step: str | None = None
    span: Span | None = None
