"""Syntax: what the parser makes of the text, before any value or shape is known.

Nested tuples with spans. They can be as deep as the text, so everything walks them with a stack.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# Operations that are not primitives: a literal, a name, and the three kinds of statement.
NUMBER, NAME, ASSIGN, INPUTS, OUTPUTS = "number", "name", "assign", "inputs", "outputs"


class Syntax(NamedTuple):
    """`op` is a primitive's name or one of the five above; `args` are Syntax, or a literal's value or a name.

    `start` and `end` are code points of the source, half-open.
    """

    op: str
    args: tuple[Any, ...]
    start: int
    end: int
