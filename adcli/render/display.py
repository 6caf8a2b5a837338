"""Text on a screen: how wide it is, what must not be sent, and how it looks in ASCII."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SAMPLE = "∂₁₋¹√·–…─│≥⎡⎤⎢⊙ᵀ\u0304\u0305\u0307"  # what our own labels use
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
MARKED = re.compile("((?:\\w[\u0304\u0305])+)([₀-₉]*)|((?:\\w\u0307)+)([₀-₉]*)")
PLAIN = str.maketrans(
    "₀₁₂₃₄₅₆₇₈₉₊₋∂·−–─│×÷",
    "0123456789+-d*---|*/",
) | {
    ord("…"): "...",
    ord("≥"): ">=",
    ord("≤"): "<=",
    ord("≠"): "!=",
    ord("√"): "sqrt",
    ord("π"): "pi",
    ord("τ"): "tau",
    ord("⊙"): "*",
    ord("ᵀ"): "'",
    **dict.fromkeys(map(ord, "⎡⎢⎣"), "["),
    **dict.fromkeys(map(ord, "⎤⎥⎦"), "]"),
}
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


def width(text: str) -> int:
    """How many columns a text takes in a terminal.

    >>> width("v̄₄"), width("数"), width("x = 1")
    (2, 2, 5)
    """
    return len(text) if text.isascii() else sum(map(columns, text))


@cache
def columns(sign: str) -> int:
    """How many columns a character takes: none for a combining mark, two for a wide one."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def visible(text: str) -> str:
    r"""The text with control and direction characters escaped, so that a terminal does not obey them.

    >>> print(visible("x\x1b[2J\u202e"))
    x\x1b[2J\u202e
    """
    if text.isprintable():
        return text
    return "".join(escaped(sign) if unicodedata.category(sign) in HIDDEN else sign for sign in text)


def escaped(sign: str) -> str:
    """A character by its number, as Python writes it."""
    code = ord(sign)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def in_ascii(text: str) -> str:
    r"""The text in ASCII: v4_bar for v̄₄, d for ∂, numbers for what has no other form.

    >>> in_ascii("v̄₄·x² ≥ ∂f/∂θ")
    'v4_bar*x^2 >= df/d\\u03b8'
    """
    if text.isascii():
        return text
    text = MARKED.sub(spelled_out, text)
    text = RAISED.sub(lambda raised: f"^{raised[0].translate(LOWERED)}", text)
    return text.translate(PLAIN).encode("ascii", "backslashreplace").decode("ascii")


def spelled_out(found: re.Match[str]) -> str:
    """v4_bar or v4_dot for a name with a mark over it."""
    letters, digits, suffix = (found[1], found[2], "_bar") if found[1] else (found[3], found[4], "_dot")
    return "".join(sign for sign in letters if not unicodedata.combining(sign)) + digits + suffix


def speaks(encoding: str | None) -> bool:
    """Whether an encoding has the signs of our labels."""
    try:
        SAMPLE.encode(encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True
