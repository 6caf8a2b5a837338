"""Syntax errors in words: what stands there, what was expected, and the way out."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from itertools import takewhile

from adcli.errors import AdcliSyntaxError, Span
from adcli.language.mistakes import Mistake, sentence
from adcli.language.names import CALLED_ELSEWHERE, FUNCTIONS
from adcli.language.tokens import BEGINS_STATEMENT, ENDS_OPERAND, STARTS_OPERAND, Token
from adcli.primitives import ROWS

TWO_SIGNS = {  # operators of other languages, and what is written instead
    "//": "write floor({name}/...) for the whole part of a quotient; # begins a comment",
    "/*": "# begins a comment",
    "=>": "define a function as in f(x) = x^2; at least is >=",
    "=<": "write <=",
    "<>": "write !=",
    "===": "write ==",
    "!==": "write !=",
}
ONE_MORE = {  # what people mean who give a function more arguments than it takes
    "if": "write if(x < 0, -x, x); a block is if x < 0 { y = 1 }",
    "atan": "atan2(y, x) takes two",
    "sqrt": "the n-th root is x^(1/n)",
    "log": "write ln(x), or log(x, b) with the base b",
    "ln": "write ln(x), or log(x, b) with the base b",
    "round": "write round(100*x)/100 for two places",
}
OPERATOR_SIGNS = {"PLUS", "TIMES", "OVER", "POWER"}
OPERAND = 'a number, a name, a function or "("'


def expected_words(terminals: AbstractSet[str]) -> str:
    """The terminals that would fit, in words."""
    words = []
    if terminals & {"NUMBER", "LPAR"}:
        words.append(OPERAND)
    elif terminals & OPERATOR_SIGNS:
        words.append("an operator")
    words += [
        word
        for name, word in (
            ("RPAR", '")"'),
            ("RBAR", '"|"'),
            ("COMMA", '","'),
            ("LBRACE", '"{"'),
            ("IN", '"in"'),
            ("RANGE", '".."'),
        )
        if name in terminals
    ]
    if "$END" in terminals:
        words.append("the end")
    if not words:
        words = ["a name"] if "NAME" in terminals else sorted(terminals)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def unexpected(
    text: str,
    tokens: list[Token],
    found: Token | None,
    terminals: AbstractSet[str],
    mistake: Mistake | None = None,
) -> AdcliSyntaxError:
    """The error for a token (None: the end of the text) that the grammar does not allow there.

    A known mistake says what is wrong; without one, the token is named and what was expected.
    """
    expected = (f"expected {expected_words(terminals)}",)
    at = len(tokens) if found is None else tokens.index(found)
    before = tokens[at - 1] if at else None
    span = Span(tokens[-1].end, tokens[-1].end) if found is None else Span(found.start, found.end)
    for place in (at, at + 1):
        compound = two_signs(tokens, place) if found is not None else None
        if compound is not None:
            sign, hint = compound
            span = Span(tokens[place - 1].start, tokens[place].end)
            return AdcliSyntaxError(f'unexpected "{sign}"', span=span, text=text, hint=hint)
    if mistake is not None:
        message = sentence(mistake.message, before, found)
        hint = sentence(mistake.hint, before, found)
    elif found is None:
        message, hint = (
            f'"{tokens[-1].value}" lacks what should follow it',
            f'complete it, or remove "{tokens[-1].value}"',
        )
    else:
        message = "unexpected line end" if found.value == "\n" else f'unexpected "{found.value}"'
        hint = way_out(before, found)
    return AdcliSyntaxError(message, span=span, text=text, details=expected, hint=hint)


def wrong_count(
    name: str, takes: int, given: int, span: Span, *, or_more: bool = False, text: str | None = None
) -> AdcliSyntaxError:
    """The error for a call with too few or too many arguments."""
    wanted = f"{'at least ' if or_more else ''}{takes} argument{'' if takes == 1 else 's'}"
    found = f"{given or 'none'} {'are' if given > 1 else 'is'} given"
    row = ROWS.get(name)
    hint = ONE_MORE.get(name) if given > takes or name == "if" else None
    if row is not None and row.axis and given == 2:
        hint = f"write {name}(..., axis=1) or axis=2"
    elif hint is None and takes == 1 and given > 1:
        hint = f"write {name}(x); the decimal point is a dot, as in 0.5"
    elif hint is None:
        letters = [*"xyzuvw"[:takes], *(["..."] if or_more or takes > 6 else [])]
        hint = f"write {name}({', '.join(letters)})"
    return AdcliSyntaxError(f"{name} takes {wanted}, {found}", span=span, text=text, hint=hint)


def two_signs(tokens: list[Token], at: int) -> tuple[str, str] | None:
    """An operator of other languages that is read as two signs: x += 1, x//y; with what to write instead."""
    if not 0 < at < len(tokens) or tokens[at - 1].end != tokens[at].start:
        return None
    before, found = tokens[at - 1], tokens[at]
    name = tokens[at - 2].value if at > 1 and tokens[at - 2].type == "NAME" else "x"
    if found.type == "ASSIGN" and before.type in {"PLUS", "MINUS", "TIMES", "OVER", "POWER"}:
        value = list(takewhile(lambda token: token.type not in BEGINS_STATEMENT, tokens[at + 1 :]))
        after = "(...)" if len(value) > 1 else value[0].value if value else "1"
        return before.value + found.value, f"write {name} = {name} {before.value} {after}"
    hint = TWO_SIGNS.get(before.value + found.value)
    return None if hint is None else (before.value + found.value, hint.format(name=name))


def way_out(before: Token | None, found: Token) -> str:
    """What to do about a token that is in the way."""
    if found.type == "RPAR" and before is not None and before.type not in ENDS_OPERAND:
        return f'remove ")", or write what follows "{before.value}", as in 2*y'
    if found.type in STARTS_OPERAND:
        return "write an operator between the two"
    return "complete the statement" if found.value == "\n" else f'remove "{found.value}"'


def juxtaposed(text: str, before: Token, found: Token) -> tuple[str, str]:
    """The message and the way out for two operands side by side."""
    left, right = text[before.start : before.end], text[found.start : found.end]
    left = {")": "(...)", "|": "|...|"}.get(left, left)
    gap = " " if before.end < found.start else ""
    if before.type == found.type == "NUMBER":
        if mixed := re.match(r"[ \t]*/[ \t]*\d+", text[found.end :]):
            return "two numbers side by side", f"write {left} + {right}{mixed[0]} for the mixed number"
        if text.rfind("[", 0, before.start) > text.rfind("]", 0, before.start):
            return "two numbers side by side", f"write {left}, {right}: entries have commas between them"
        return (
            "two numbers side by side",
            f"write {left}*{right} for the product, {left}{right} for one number",
        )
    function = CALLED_ELSEWHERE.get(left, left)
    if found.type == "NUMBER" and before.type == "NAME" and function in FUNCTIONS:
        return (
            f'a number after "{left}"',
            f"write {function}({right}) for the function, {left}*{right} for the product",
        )
    if found.type == "NUMBER":
        return (
            f'a number after "{text[before.start : before.end]}"',
            f"write {left}*{right}, or {left}^{right} for a power",
        )
    if found.type == "LPAR" and before.type == "NAME":
        return f'"{left}" is not a function', f"write {left}*(...) for the product"
    whole = (
        f"{left}{gap}{right}" if before.type in ("NUMBER", "NAME") and found.type == "NAME" else "two factors"
    )
    return f"a product is written with *: {whole}", f"write {left}*{right}"
