"""Characters that no token begins with: each is an error that names it, never a guess."""

from __future__ import annotations

import re
import unicodedata
from typing import NoReturn

from adcli.errors import AdcliSyntaxError, Span

# What people type, and what they write here instead.
SIGNS = {
    "!": ("n! is not written here", "write gamma(n+1); not stands before a condition"),
    "%": (
        "% is not written here",
        "write x/100 for a percentage, a - b*floor(a/b) for a remainder; # begins a comment",
    ),
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
    "~": ("~ is not an operator here", "write not, != for unequal, or - for a minus"),
    "$": ("$ is not an operator here", "write the formula alone"),
    "°": ("angles are in radians", "write radians(30)"),
    ".": ('unexpected "."', "a number is written as in 0.5"),
}
DOTTED = frozenset("+-*/^")  # .* of other languages
FILES = (".ad", ".txt", ".json", ".py")
QUOTED = "leave the quotes to the shell, or remove them"
QUOTES = "'\"`"
PRIMES = "'’′″‴´"
GOES_ON = "a line goes on after an operator, a comma, or inside brackets"
INSTEAD = (
    {  # signs of mathematics, and what is written or asked here instead
        "∂": "write the function itself; adcli grad differentiates it",
        "∫": "adcli differentiates; it does not integrate",
        "∞": "write a large number, as in 1e6",
        "∜": "write x^(1/4)",
        "±": "write two expressions, as in x + 1, x - 1",
        "∑": "add in a loop, as in s = 0; for k in 1..5 { s = s + k*x }",
        "∇": "write the function itself; adcli grad gives its gradient",
        "⌊": "write floor(x)",
        "⌋": "write floor(x)",
        "⌈": "write ceil(x)",
        "⌉": "write ceil(x)",
        "⊗": "write outer(x, y), @ for a matrix product, * entry by entry",
        "∘": "write f(g(x)) for one function after another, * for a product",
        "∈": "a loop is written for k in 1..6 { ... }",
        "∏": "multiply in a loop, as in p = 1; for k in 1..5 { p = p*k }",
    }
    | dict.fromkeys("↦→⇒⟶", "define a function as in f(x) = x^2")
    | dict.fromkeys("⟨⟩", "write [x, y] for a vector, dot(x, y) for the product of two")
    | dict.fromkeys("“”„‘’«»", "leave the quotes away; those of the shell are ' and \"")
)
# Look-alikes are refused, not mapped; the note says which character was probably meant.
MEANT = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "′": "'", "х": "x", "у": "y", "а": "a",
    "е": "e", "о": "o", "р": "p", "с": "c", "＾": "^", "＋": "+", "（": "(", "）": ")", "½": "(1/2)",
    "⅓": "(1/3)", "¼": "(1/4)", "•": "*", "ⁿ": "x^n", "ˆ": "^",
    "⊙": "*", "✕": "*", "✖": "*", "➗": "/", "⁄": "/", "∶": "/", "⩽": "<=", "≦": "<=", "⩾": ">=", "≧": ">=",
    "∧": "and", "∨": "or", "¬": "not", "∣": "|", "、": ",", "ƒ": "f", "∆": "Δ", "Ω": "Ω",
}  # fmt: skip


def refuse(text: str, at: int) -> NoReturn:
    """Raise the AdcliSyntaxError for the character at a place where no token begins."""
    sign = text[at]
    message: str
    hint: str | None
    if sign in QUOTES and not text[:at].strip():
        message, hint = f"a quote is no part of an expression: {sign}", QUOTED
    else:
        message, hint = SIGNS[sign] if sign in SIGNS else unknown(sign)
        hint = there(text, at) or hint
        if sign == "_" and at and text[at - 1].isalnum():
            message = '"_" needs letters or digits behind it'
    raise AdcliSyntaxError(message, span=Span(at, at + 1), text=text, hint=hint)


def there(text: str, at: int) -> str | None:
    """What to write instead of a sign that means something by what stands beside it."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    number = re.search(r"(?<![\w.])[0-9.]+\s*$", text[:at])
    if sign == ".":
        return beside_point(text, at)
    if sign in PRIMES and (before.isalnum() or before in ")]"):
        return "write 1000 or 1_000 for thousands" if before.isdigit() and after.isdigit() else SIGNS["'"][1]
    if sign == "\\" and not after.strip():
        return GOES_ON
    if sign == "_" and before.isalnum():
        return "write it as in x_1 or x_{12}"
    if number is not None and sign == "°":
        return f"write radians({number[0].strip()})"
    if number is not None and is_fraction(sign):
        return f"write ({number[0].strip()} + {spelled(sign)}) for the mixed number"
    return None


def beside_point(text: str, at: int) -> str | None:
    """What to write instead of a point that belongs to no number."""
    after = text[at + 1 : at + 2]
    if text[at:].strip() in FILES:
        return f"a file's name follows -f, as in -f model{text[at:].strip()}"
    if after in DOTTED and after:
        return f"{after} works entry by entry without a point" + (
            "; the matrix product is @" * (after == "*")
        )
    if text[:at].endswith(".."):
        return GOES_ON
    if after == "'":
        return "a transposed array is Aᵀ or A.T"
    if at and text[at - 1].isalpha():
        name = re.match(r"\.([A-Za-z][A-Za-z0-9_]{0,20})(?=\()", text[at:])
        return f"write the name behind the point alone, as in {name[1] if name else 'sin'}(x)"
    return None


def unknown(sign: str) -> tuple[str, str | None]:
    """The message and hint for a symbol outside the language: its code point and name."""
    name = unicodedata.name(sign, "a control character")
    shown = f'"{"◌" if unicodedata.combining(sign) else ""}{sign}" ' if sign.isprintable() else ""
    message = f"unknown symbol {shown}U+{ord(sign):04X} ({name})"
    meant = MEANT.get(sign) or spelled(sign)
    if sign in INSTEAD:
        return message, INSTEAD[sign]
    if meant:
        return message, f'write "{f"({meant})" if is_fraction(sign) and "(" not in meant else meant}"'
    if not shown:
        return message, "it cannot be seen; delete it and what stands beside it, and type that again"
    return message, "remove it, or write it in plain letters"


def is_fraction(sign: str) -> bool:
    """Whether a sign is a fraction such as ¾."""
    return unicodedata.decomposition(sign).startswith("<fraction>")


def spelled(sign: str) -> str | None:
    """A sign in ASCII: 3/4 for ¾, ^x for a raised x, _n for a lowered n, 5 for a digit of another script."""
    compatible = unicodedata.normalize("NFKC", sign).replace("⁄", "/")
    digit = unicodedata.digit(sign, None)
    if compatible == sign and digit is not None:
        return str(digit)
    if compatible == sign or not compatible.isascii() or not compatible.strip():
        return None
    kind = unicodedata.decomposition(sign)
    if kind.startswith("<super>"):
        return f"^{compatible}"
    return f"_{compatible}" if kind.startswith("<sub>") and not compatible.isdigit() else compatible
