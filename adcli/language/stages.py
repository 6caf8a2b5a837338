"""The work list of an expression: what is done with a Syntax, and what is wanted of it."""

from __future__ import annotations

# What the work list does with a Syntax: look at it, finish it when its operands are there, take the
# branch that a condition decided, enter a function's body with its arguments, and leave it; differentiate
# what was made, and take the value of a node.
VISIT, FINISH, CHOOSE, ENTER, LEAVE, DIFFERENTIATE, TAKE = range(7)
# What is wanted of it: a node of the graph, or its value, which decides a branch.
NODE, VALUE = range(2)
