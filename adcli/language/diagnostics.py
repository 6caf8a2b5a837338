"""Syntax errors in words: what stands there, what was expected, and the way out."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from adcli.errors import AdcliSyntaxError, Span
from adcli.language.mistakes import Mistake, sentence
from adcli.language.tokens import ENDS_OPERAND, STARTS_OPERAND, Token
from adcli.primitives import ROWS

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
    if found is not None and before is not None and before.end == found.start:
        compound = two_signs(tokens, at)
        if compound is not None:
            sign, hint = compound
            span = Span(before.start, found.end)
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
    hint = f"write {name}(..., axis=1) or axis=2" if row is not None and row.axis and given == 2 else None
    return AdcliSyntaxError(f"{name} takes {wanted}, {found}", span=span, text=text, hint=hint)


def two_signs(tokens: list[Token], at: int) -> tuple[str, str] | None:
    """An operator of other languages that is read as two signs: x += 1, x//y; with what to write instead."""
    before, found = tokens[at - 1], tokens[at]
    name = tokens[at - 2].value if at > 1 and tokens[at - 2].type == "NAME" else "x"
    if found.type == "ASSIGN" and before.type in {"PLUS", "MINUS", "TIMES", "OVER", "POWER"}:
        after = tokens[at + 1].value if len(tokens) > at + 1 else "1"
        return before.value + found.value, f"write {name} = {name} {before.value} {after}"
    if before.type == found.type == "OVER":
        return before.value + found.value, f"write floor({name}/...) for the whole part of a quotient"
    return None


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
