"""Syntax errors by example: each kind has broken samples, what is wrong with them, and the way out.

A text that stops the parser in the same state at the same kind of token as a sample made the same
mistake. A new kind is one entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from adcli.errors import AdcliError
from adcli.language.automaton import Unexpected
from adcli.language.tokens import Token


class Mistake(NamedTuple):
    """A kind of mistake. `{found}` and `{before}` in its sentences are the tokens at the place."""

    name: str
    message: str
    hint: str
    samples: tuple[str, ...]


MISTAKES = (
    Mistake(
        "missing operand", 'unexpected "{found}"', 'write a number or a name before "{found}"',
        ("*x", "/x", "^2", "2*/3", "2*^x", "x-*y", "x+/y", "x^*2", "x^/2", "(*x)", "(^2)", "|*x|", "sin(*x)", "x<*y",
         "y=*x", "x and *y", "not *x", "-*x", "x,*y", "max(x,*y)", "x***2", "x<^y", "x=/y"),
    ),
    Mistake(
        "missing value of a name", "{before} lacks its value", "write it as in y = 2*x", ("y =", "y = ; x", "x; y =\n"),
    ),
    Mistake(
        "missing last operand", '"{before}" lacks what should follow it', 'complete it, or remove "{before}"',
        ("x+", "x*", "x/", "x^", "-", "x-", "not", "x and", "x or", "x <", "x ==", "(x+1)*", "x,", "x^-", "2*-"),
    ),
    Mistake(
        "empty brackets", "nothing stands between the brackets", "write an expression, as in (x + 1)", ("()", "2*()", "x+()"),
    ),
    Mistake(
        "unfinished brackets", 'unexpected ")" after "{before}"', 'write what follows "{before}", or remove it',
        ("(x+)", "(x*)", "sin(x-)", "(x^)", "(-)", "(x<)", "max(x,)", "(not)", "(x and)", "sin(-)"),
    ),
    Mistake(
        "comma in brackets", "a comma inside round brackets", "only a function takes several values, as in max(x, y)",
        ("(x, y)", "2*(x, y)", "sin((x, y))", "(x+1, 2)"),
    ),
    Mistake(
        "assignment inside an expression", 'unexpected "="',
        "= gives a name its value and stands alone; to compare, write ==",
        ("if(x = 0, 1, 2)", "if x = 0 { y = 1 }", "(x = 1)", "sin(x = 1)", "y = x = 2", "while x = 1 { }", "x + y = 2",
         "if(x + 1 = 0, 1, 2)", "2*x = 4", "x*y = 2", "-x = 2", "x^2 = 4", "2 = x", "|x| = 2", "x^2 = "),
    ),
    Mistake(
        "assignment without a name", 'unexpected "="', "write the name first, as in y = x^2", ("=x^2", "x; = 2"),
    ),
    Mistake(
        "two assignments", 'unexpected ","', "write ; between two assignments", ("x = 3, y = 4", "x = 1, 2"),
    ),
    Mistake(
        "chained comparison", "two comparisons in a row", "write a < b and b < c",
        ("a < b < c", "if(0 < x < 1, x, 0)", "a == b == c", "a < b <= c", "if x < y < 2 { z = 1 }"),
    ),
    Mistake(
        "comparison without a left side", 'unexpected "{found}"', "write what is compared on both sides",
        ("< x", "(< x)", "if(< x, 1, 2)", "x and < y", "== x"),
    ),
    Mistake(
        "logic without a left side", 'unexpected "{found}"', "and, or stand between two conditions",
        ("and x < 1", "(or x < 1)", "if(and x < 1, 1, 2)"),
    ),
    Mistake(
        "loop without in", 'unexpected "{found}"', "write it as in for k in 1..6 { ... }",
        ("for k = 1..3 { y = k }", "for k, j in 1..3 { y = k }"),
    ),
    Mistake(
        "loop without a name", 'unexpected "{found}"', "write it as in for k in 1..6 { ... }",
        ("for 3 in 1..3 { y = 1 }", "for in 1..3 { y = 1 }", "for (k) in 1..3 { y = 1 }"),
    ),
    Mistake(
        "loop without a range", "the loop has no range", "write it as in for k in 1..6 { ... }",
        ("for k in 3 { y = k }", "for k in n { y = k }", "for k in 3; y", "for k in 3*n { y = k }"),
    ),
    Mistake(
        "missing block", 'a block is missing before "{found}"', "open a block with { and close it with }",
        ("for k in 1..3; y = k", "while x < 1; y = 2", "if x < 0 { r = 1 } else r = 2"),
    ),
    Mistake(
        "unfinished loop", '"{before}" lacks what should follow it', "write it as in for k in 1..6 { ... }",
        ("for", "for k", "for k in", "for k in 1..", "for k in 1..2*"),
    ),
    Mistake(
        "unfinished condition of a loop", '"{before}" lacks what should follow it', "write it as in while s < 1 { s = 2*s }",
        ("while",),
    ),
    Mistake(
        "loop without a block", "the loop has no block", "open a block with { and close it with }",
        ("for k in 1..3", "for k in 1..n+1", "for k in 1..2*n", "while x < 1", "while x", "while x < 1 and y < 2"),
    ),
    Mistake(
        "input without a name", "input needs names", "write it as in input x, y", ("input 3", "input", "input x, 3", "input (x)"),
    ),
    Mistake(
        "unfinished block", 'unexpected "}" after "{before}"', "complete the statement before the }",
        ("while x < 1 { y = }", "for k in 1..3 { y = k + }", "if x < 1 { y = 2* }"),
    ),
)  # fmt: skip


@cache
def by_place(parse: Callable[[str], object]) -> dict[tuple[object, str], Mistake]:
    """The mistakes by the parser's state and the kind of token that stopped it; `parse` reads the samples."""
    found: dict[tuple[object, str], Mistake] = {}
    for mistake in MISTAKES:
        for sample in mistake.samples:
            try:
                parse(sample)
            except Unexpected as error:
                found.setdefault(error.place, mistake)
            except AdcliError:  # the scanner has a name for this one already
                continue
    return found


def named(error: Unexpected, parse: Callable[[str], object]) -> Mistake | None:
    """The mistake that a text made, if a sample makes the same."""
    return by_place(parse).get(error.place)


def sentence(pattern: str, before: Token | None, found: Token | None) -> str:
    """A mistake's sentence with the tokens of this text."""

    def value(token: Token | None) -> str:
        return "the end" if token is None else "line end" if token.value == "\n" else token.value

    start = "the beginning" if before is None else value(before)
    return pattern.replace("{found}", value(found)).replace("{before}", start)
