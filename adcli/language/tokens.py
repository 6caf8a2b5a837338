"""Tokens: the terminals of the grammar, and which of them begin or end an operand."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A terminal of the grammar: its type, its text or value, and where it stands.

    The further fields are what Lark asks of the last token at the end of the text; nobody reads them.
    """

    type: str
    value: str
    start: int
    end: int
    line: int = 1
    column: int = 1
    start_pos: int = 0
    end_line: int = 1
    end_column: int = 1
    end_pos: int = 0


ENDS_OPERAND = frozenset({"NUMBER", "NAME", "RPAR", "RBAR"})
STARTS_OPERAND = frozenset({"NUMBER", "NAME", "CALL", "IF", "LOG_BASE", "LPAR", "LBAR"})
# After these a line end does not end the statement.
CONTINUES = frozenset({
    "PLUS", "MINUS", "TIMES", "OVER", "POWER", "LT", "LE", "GT", "GE", "EQ", "NE", "AND", "OR", "NOT",
    "COMMA", "ASSIGN",
})  # fmt: skip
