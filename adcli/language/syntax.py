"""Syntax: what the parser makes of the text, before any value or shape is known.

Nested tuples with spans. They can be as deep as the text, so everything walks them with a stack.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# Operations that are not primitives: a literal, a name, a call of the program's own function,
NUMBER, NAME, INVOKE = "number", "name", "invoke"
# parts of operations on arrays,
ARRAY, INDEX, SLICE, AXIS = "array", "index", "slice", "axis"
# the derivative of an expression by a name,
GRAD = "grad"
# and the statements.
ASSIGN, DEFINE, INPUTS, OUTPUTS = "assign", "define", "inputs", "outputs"
LOOP, REPEAT, BRANCH, BLOCK = "for", "while", "if", "block"


class Syntax(NamedTuple):
    """`op` is a primitive's name or one of those above; `args` are Syntax, a literal's value, or a name.

    A definition has its name, the tuple of its parameters and its body; a for loop its variable, first and
    last value and block; a branch its condition, block, and the block of its else or None.

    `start` and `end` are code points of the source, half-open. `data` is what an operation on arrays has
    beside its operands: the shape of a literal, the axis of a sum, the kinds of subscripts.
    """

    op: str
    args: tuple[Any, ...]
    start: int
    end: int
    data: Any = None
