"""Syntax errors in words: what stands there, what was expected, and the way out."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from adcli.errors import AdcliSyntaxError, Span
from adcli.language.tokens import ENDS_OPERAND, STARTS_OPERAND, Token

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
        for name, word in (("RPAR", '")"'), ("RBAR", '"|"'), ("COMMA", '","'), ("LBRACE", '"{"'))
        if name in terminals
    ]
    if "$END" in terminals:
        words.append("the end")
    if not words:
        words = ["a name"] if "NAME" in terminals else sorted(terminals)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def unexpected(
    text: str, tokens: list[Token], found: Token | None, terminals: AbstractSet[str]
) -> AdcliSyntaxError:
    """The error for a token (None: the end of the text) that the grammar does not allow there."""
    expected = (f"expected {expected_words(terminals)}",)
    if found is None:
        last = tokens[-1]
        return AdcliSyntaxError(
            f'"{last.value}" lacks what should follow it', span=Span(last.end, last.end), text=text,
            details=expected, hint=f'complete it, or remove "{last.value}"',
        )  # fmt: skip
    at = tokens.index(found)
    before = tokens[at - 1] if at else None
    if before is not None and before.end == found.start and (compound := two_signs(tokens, at)):
        sign, hint = compound
        return AdcliSyntaxError(
            f'unexpected "{sign}"', span=Span(before.start, found.end), text=text, hint=hint
        )
    shown = "line end" if found.value == "\n" else f'"{found.value}"'
    return AdcliSyntaxError(
        f"unexpected {shown}", span=Span(found.start, found.end), text=text, details=expected,
        hint=way_out(before, found),
    )  # fmt: skip


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
    """What to write instead."""
    if before is not None and before.type == "ELSE":
        return "open a block: else { ... }"
    if found.type == "ASSIGN":
        return "= gives a name its value, as in y = 2*x; to compare, write =="
    if found.type in {"LT", "LE", "GT", "GE", "EQ", "NE"}:
        return "compare two values at a time: a < b and b < c"
    if found.type in {"TIMES", "OVER", "POWER", "PLUS"} and (
        before is None or before.type not in ENDS_OPERAND
    ):
        return f'write a number or a name before "{found.value}"'
    if found.type == "RPAR" and before is not None and before.type == "LPAR":
        return "write something between the brackets"
    if found.type == "RPAR" and before is not None and before.type not in ENDS_OPERAND:
        return f'remove ")", or write what follows "{before.value}", as in 2*y'
    if found.type == "COMMA":
        return "a comma separates arguments or outputs"
    if found.type in STARTS_OPERAND:
        return "write an operator between the two"
    return f'remove "{found.value}"' if found.value != "\n" else "complete the statement"


def juxtaposed(text: str, before: Token, found: Token) -> tuple[str, str]:
    """The message and the way out for two operands side by side."""
    left, right = text[before.start : before.end], text[found.start : found.end]
    gap = " " if before.end < found.start else ""
    if before.type == found.type == "NUMBER":
        if mixed := re.match(r"[ \t]*/[ \t]*\d+", text[found.end :]):
            return "two numbers side by side", f"write {left} + {right}{mixed[0]} for the mixed number"
        return (
            "two numbers side by side",
            f"write {left}*{right} for the product, {left}{right} for one number",
        )
    if found.type == "NUMBER":
        return f'a number after "{left}"', f"write {left}*{right}, or {left}^{right} for a power"
    if found.type == "LPAR" and before.type == "NAME":
        return f'"{left}" is not a function', f"write {left}*(...) for the product"
    whole = (
        f"{left}{gap}{right}" if before.type in ("NUMBER", "NAME") and found.type == "NAME" else "two factors"
    )
    return f"a product is written with *: {whole}", f"write {left}*{right}"
