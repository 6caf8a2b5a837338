"""Characters that no token begins with: each is an error that names it, never a guess."""

from __future__ import annotations

import unicodedata
from typing import NoReturn

from adcli.errors import AdcliSyntaxError, Span

# What people type, and what they write here instead.
SIGNS = {
    "!": ("n! is not written here", "write gamma(n+1)"),
    "%": ("% is not written here", "write x/100 for a percentage, a - b*floor(a/b) for a remainder"),
    "\\": ("LaTeX is not read", "write plain text: sin(x), sqrt(x), a/b"),
    "?": ("? is not an operator here", "write if(x < 0, -x, x)"),
    "_": ('"_" does not begin a name', "a name begins with a letter, as in x_1"),
    "'": (
        "' is not a derivative sign",
        "write the function; adcli grad differentiates it (a transposed array is Aᵀ or A.T)",
    ),
    "∛": ("∛ is not read", "write cbrt(x)"),
    "‖": ("‖ is not read", "write norm(x) for the length of a vector, hypot(x, y) for numbers"),
    "&": ("& is not an operator here", "write and"),
    "~": ("~ is not an operator here", "write not, or - for a minus"),
    "$": ("$ is not an operator here", "write the formula alone"),
    "°": ("angles are in radians", "write radians(30)"),
    ".": ('unexpected "."', "a number is written as in 0.5"),
}
DOTTED = frozenset("+-*/^")  # .* of other languages
FILES = (".ad", ".txt", ".json", ".py")
QUOTES = "'\"`"
INSTEAD = {  # signs of mathematics, and what is written or asked here instead
    "∂": "write the function itself; adcli grad differentiates it",
    "∫": "adcli differentiates; it does not integrate",
    "∞": "write a large number, as in 1e6",
    "∜": "write x^(1/4)",
    "±": "write two expressions, as in x + 1, x - 1",
    "∑": "add in a loop, as in s = 0; for k in 1..5 { s = s + k*x }",
    "∏": "multiply in a loop, as in p = 1; for k in 1..5 { p = p*k }",
} | dict.fromkeys("“”„‘’«»", "leave the quotes away; those of the shell are ' and \"")
# Look-alikes are refused, not mapped; the note says which character was probably meant.
MEANT = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "′": "'", "х": "x", "у": "y", "а": "a",
    "е": "e", "о": "o", "р": "p", "с": "c", "＾": "^", "＋": "+", "（": "(", "）": ")", "½": "(1/2)",
    "⅓": "(1/3)", "¼": "(1/4)", "•": "*", "ⁿ": "x^n", "ˆ": "^",
}  # fmt: skip


def refuse(text: str, at: int) -> NoReturn:
    """Raise the AdcliSyntaxError for the character at a place where no token begins."""
    sign = text[at]
    span = Span(at, at + 1)
    hint: str | None
    if sign in QUOTES and not text[:at].strip():
        message, hint = (
            f"a quote is no part of an expression: {sign}",
            "leave the quotes to the shell, or remove them",
        )
    elif sign == "_" and at and text[at - 1].isalnum():
        message, hint = '"_" needs letters or digits behind it', "write it as in x_1 or x_{12}"
    elif sign == "." and text[at:].strip() in FILES:
        message, hint = SIGNS[sign][0], f"a file's name follows -f, as in -f model{text[at:].strip()}"
    elif sign == "." and (dotted := text[at + 1 : at + 2]) in DOTTED:
        product = "; the matrix product is @" if dotted == "*" else ""
        message, hint = SIGNS[sign][0], f"{dotted} works entry by entry without a point{product}"
    elif sign == "." and at and text[at - 1].isalpha():
        message, hint = SIGNS[sign][0], "write the name behind the point alone, as in sin(x)"
    elif sign in SIGNS:
        message, hint = SIGNS[sign]
    else:
        message, hint = unknown(sign)
    raise AdcliSyntaxError(message, span=span, text=text, hint=hint)


def unknown(sign: str) -> tuple[str, str | None]:
    """The message and hint for a symbol outside the language: its code point and name."""
    name = unicodedata.name(sign, "a control character")
    shown = f'"{"◌" if unicodedata.combining(sign) else ""}{sign}" ' if sign.isprintable() else ""
    message = f"unknown symbol {shown}U+{ord(sign):04X} ({name})"
    compatible = unicodedata.normalize("NFKC", sign)
    meant = MEANT.get(sign) or (
        compatible if compatible != sign and compatible.isascii() and compatible.strip() else None
    )
    if sign in INSTEAD:
        return message, INSTEAD[sign]
    if meant:
        return message, f'write "{meant}"'
    if not shown:
        return message, "it cannot be seen; delete it and what stands beside it, and type that again"
    return message, "remove it, or write it in plain letters"
