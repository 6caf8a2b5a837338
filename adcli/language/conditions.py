"""Conditions and numbers do not mix: each is an error where the other should stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adcli.errors import AdcliSyntaxError, Span, UsageError
from adcli.language.syntax import Syntax

COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
CONDITIONS = COMPARISONS | {"and", "or", "not"}


class NeedsPoint(UsageError):
    """A block, an index or a gradient depends on a value or a size, and there is no point."""


def check_kinds(
    text: str, syntax: Syntax, conditions: list[bool], known: Sequence[Any] | None = None
) -> None:
    """Logic takes conditions, everything else takes numbers; a value that is not known (None) passes."""
    if syntax.op in ("and", "or", "not"):
        for arg, is_condition, value in zip(syntax.args, conditions, known or conditions, strict=True):
            if not is_condition and value is not None:
                raise not_a_condition(text, arg)
    elif syntax.op == "select":
        if not conditions[0] and (known is None or known[0] is not None):
            raise not_a_condition(text, syntax.args[0])
        need_numbers(text, conditions[1:], *syntax.args[1:])
    elif any(conditions):
        need_numbers(text, conditions, *syntax.args)


def need_numbers(text: str, conditions: list[bool], *parts: Syntax) -> None:
    """Raise AdcliSyntaxError for a condition where a number should stand."""
    for is_condition, part in zip(conditions, parts, strict=True):
        if is_condition:
            raise AdcliSyntaxError(
                "a condition is not a number",
                span=Span(part.start, part.end),
                text=text,
                hint="to choose between two values write if(condition, value, other value)",
            )


def not_a_condition(text: str, part: Syntax) -> AdcliSyntaxError:
    """The error for a number where a condition should stand."""
    return AdcliSyntaxError(
        "a number is not a condition",
        span=Span(part.start, part.end),
        text=text,
        hint="compare it, as in x != 0",
    )
