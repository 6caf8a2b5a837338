"""What can go wrong, as data: the kind, where in the text, and the way out.

An `AdcliError` carries everything a front end needs to show it; nothing here prints.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, Literal, NamedTuple

Where = Literal["source", "at", "answer"]


class ExitStatus(IntEnum):
    """The exit codes of the command line, one per outcome."""

    DONE = 0
    WRONG = 1  # `check` found something that is not right
    NOT_UNDERSTOOD = 2
    NOT_DEFINED = 3
    NOT_ALL_READ = 4  # of a folder of submissions
    FAULT = 70
    INTERRUPTED = 130


class Span(NamedTuple):
    """A half-open range of code points in the text it was read from."""

    start: int
    end: int


class AdcliError(Exception):
    """An input that adcli cannot answer.

    `message` is one sentence; `span` counts code points in `text`, which is the program (`where` =
    "source"), the point ("at") or a student's "answer", read from `file` if it has a name; `caption`
    stands beside the underlined place; `details` are further lines; `hint` is the way out; `others` are
    further errors of the same text that this one did not cause. `kind` is the error's code in JSON.
    """

    kind: ClassVar[str] = "internal"
    status: ClassVar[ExitStatus] = ExitStatus.FAULT

    def __init__(
        self,
        message: str,
        *,
        span: Span | None = None,
        where: Where = "source",
        text: str | None = None,
        caption: str = "",
        details: tuple[str, ...] = (),
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.where = where
        self.text = text
        self.caption = caption
        self.details = details
        self.hint = hint
        self.file: str | None = None
        self.others: tuple[AdcliError, ...] = ()


class AdcliSyntaxError(AdcliError):
    """The text does not follow the grammar, or a function has the wrong number of arguments."""

    kind = "syntax"
    status = ExitStatus.NOT_UNDERSTOOD


class NameProblem(AdcliError):
    """A name is unknown, or the point lacks it."""

    kind = "name"
    status = ExitStatus.NOT_UNDERSTOOD


class ShapeError(AdcliError):
    """An operation does not fit the shapes of its operands."""

    kind = "shape"
    status = ExitStatus.NOT_UNDERSTOOD


class UsageError(AdcliError):
    """Options, points or outputs that do not go together."""

    kind = "usage"
    status = ExitStatus.NOT_UNDERSTOOD


class FileProblem(AdcliError):
    """A file or stream cannot be read or written, or a program on the machine is missing."""

    kind = "io"
    status = ExitStatus.NOT_UNDERSTOOD


class DomainError(AdcliError):
    """The mathematics is not defined at this point: a domain, a pole, no derivative, or overflow."""

    kind = "domain"
    status = ExitStatus.NOT_DEFINED
