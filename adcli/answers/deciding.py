"""Asking a question again in more digits, until every number of its answer is decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from adcli.arithmetic import Undecided
from adcli.arithmetic.real import REAL
from adcli.errors import AdcliError, DomainError
from adcli.notation.numerals import json_number

if TYPE_CHECKING:
    from adcli.tracing.trace import Trace

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
ZERO = "--exact tells whether it is 0, where its numbers are exact"


def decided(question: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """The question with a keyword `arithmetic`, asked in finer and finer numbers until they tell everything.

    An arithmetic without finer numbers is asked once. DomainError where the finest tell too little.
    """

    @wraps(question)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        arithmetic: Any = kwargs.get("arithmetic", REAL)
        if not arithmetic.coarse:
            return question(*args, **kwargs)
        while True:
            try:
                return told(question(*args, **kwargs))
            except (AdcliError, Undecided) as error:
                if not undecided(error):
                    raise
                if (finer := arithmetic.finer()) is None:
                    raise final(error) from error
            except OverflowError as error:
                raise DomainError(f"overflow: {error}") from error
            kwargs["arithmetic"] = arithmetic = finer

    return asked


def final(error: AdcliError | Undecided) -> AdcliError:
    """The error for what the finest numbers leave open."""
    if isinstance(error, AdcliError):
        return error
    return DomainError(str(error), hint=ZERO if "from 0" in str(error) else None)


def told(answer: Answer) -> Answer:
    """The answer, after every number that it shows has been written; Undecided where one cannot be."""
    answer.json()  # type: ignore[attr-defined]  # every answer has it
    if (trace := getattr(answer, "trace", None)) is not None:
        write_totals(trace)
    return answer


def write_totals(trace: Trace) -> None:
    """Write the partial sums, which tables show and JSON leaves out."""
    for node in trace.swept:
        for term in trace.terms(node):
            json_number(term.total)


def undecided(error: BaseException | None) -> bool:
    """Whether an error comes from a number that is known too coarsely."""
    while error is not None and not isinstance(error, Undecided):
        error = error.__cause__
    return error is not None
