"""Tokens: the terminals of the grammar, and which of them begin or end an operand."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A terminal of the grammar: its type, its text or value, and where it stands."""

    type: str
    value: str
    start: int
    end: int


ENDS_OPERAND = frozenset({"NUMBER", "NAME", "RPAR", "RBAR", "RSQUARE", "TRANSPOSED"})
STARTS_OPERAND = frozenset({"NUMBER", "NAME", "CALL", "DEFINED", "IF", "LOG_BASE", "LPAR", "LBAR", "LSQUARE"})
BINARY = frozenset({
    "PLUS", "MINUS", "TIMES", "OVER", "AT", "POWER", "LT", "LE", "GT", "GE", "EQ", "NE", "AND", "OR",
    "COMMA", "ASSIGN",
})  # fmt: skip
# After these a line end does not end the statement.
CONTINUES = BINARY | {"NOT", "RANGE", "IN"}
# After these a statement begins.
BEGINS_STATEMENT = frozenset({"SEP", "LBRACE"})
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")  # raised digits as plain ones
