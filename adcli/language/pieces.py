"""Text to pieces: words, numbers and signs as they stand, before anything is known of what they mean."""

from __future__ import annotations

import re

from adcli.language import numbers
from adcli.language.characters import refuse
from adcli.language.names import WORD
from adcli.language.tokens import Token

PIECE = re.compile(
    r"(?P<space>[ \t\u00a0\u2009\u202f]+|\#[^\r\n]*)"
    r"|(?P<NEWLINE>\r\n|[\r\n])"
    rf"|(?P<NUMBER>{numbers.NUMBER})"
    rf"|(?P<WORD>{WORD})"
    r"|(?P<RAISED>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<TRANSPOSED>ᵀ|\.T(?![A-Za-z0-9_]))"
    r"|(?P<sign>\*\*|<=|>=|==|!=|->|\.\.|[-+*/^<>=(),;:|{}\[\]@√·⋅∙×∗÷∕−≤≥≠])"
)
SIGNS = {
    "+": "PLUS", "-": "MINUS", "−": "MINUS", "*": "TIMES", "·": "TIMES", "⋅": "TIMES", "∙": "TIMES",
    "×": "TIMES", "∗": "TIMES", "/": "OVER", "÷": "OVER", "∕": "OVER", "^": "POWER", "**": "POWER",
    "<": "LT", "<=": "LE", "≤": "LE", ">": "GT", ">=": "GE", "≥": "GE", "==": "EQ", "!=": "NE", "≠": "NE",
    "(": "LPAR", ")": "RPAR", "{": "LBRACE", "}": "RBRACE", "[": "LSQUARE", "]": "RSQUARE", "@": "AT",
    "|": "BAR", ",": "COMMA", "=": "ASSIGN", ";": "SEP", "√": "ROOT", "..": "RANGE",
    "->": "ARROW", ":": "COLON",
}  # fmt: skip


def pieces(text: str) -> list[Token]:
    """The pieces of a text, spaces and comments left out.

    Raises AdcliSyntaxError at a character that begins none, and for a malformed number.
    """
    found: list[Token] = []
    at, size = 0, len(text)
    while at < size:
        match = PIECE.match(text, at)
        if match is None:
            refuse(text, at)
        at = match.end()
        kind = match.lastgroup
        if kind == "space":
            continue
        value = match.group()
        if kind == "NUMBER":
            numbers.check(text, match)
        found.append(Token(SIGNS[value] if kind == "sign" else str(kind), value, match.start(), at))
    return found
