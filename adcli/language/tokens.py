"""Tokens: the terminals of the grammar, and which of them begin or end an operand."""

from __future__ import annotations

from typing import ClassVar, NamedTuple


class Token(NamedTuple):
    """A terminal of the grammar: its type, its text or value, and where it stands.

    Lark reads `type`; the class attributes are what it asks of the last token at the end of the text.
    """

    type: str
    value: str
    start: int
    end: int

    line: ClassVar[int] = 1
    column: ClassVar[int] = 1
    start_pos: ClassVar[int] = 0
    end_line: ClassVar[int] = 1
    end_column: ClassVar[int] = 1
    end_pos: ClassVar[int] = 0


ENDS_OPERAND = frozenset({"NUMBER", "NAME", "RPAR", "RBAR"})
STARTS_OPERAND = frozenset({"NUMBER", "NAME", "CALL", "IF", "LOG_BASE", "LPAR", "LBAR"})
# After these a line end does not end the statement.
CONTINUES = frozenset({
    "PLUS", "MINUS", "TIMES", "OVER", "POWER", "LT", "LE", "GT", "GE", "EQ", "NE", "AND", "OR", "NOT", "COMMA", "ASSIGN",
})  # fmt: skip
