"""Number literals: exact fractions of their text, so that 0.1 is 1/10."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction

from adcli.errors import AdcliSyntaxError, DomainError, Span
from adcli.notation.numerals import LARGEST

# Everything that looks like one number is taken at once, so that a malformed one is one error.
NUMBER = r"(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?(?:\.(?!\.)[0-9.]+)?"
WELL_FORMED = re.compile(
    r"(?:(?:0|[1-9]\d*(?:_\d+)*)(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*|[1-9]\d*(?:_\d+)+)(?:[eE][+-]?\d+)?"
)

THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ ,])\d{3})(?:\1\d{3})*(?:\.\d+)?(?![\w.])")


def check(text: str, match: re.Match[str]) -> None:
    """Raise AdcliSyntaxError for a number that people write and this language does not."""
    found = match.group()
    if WELL_FORMED.fullmatch(found):
        if found == "0" and re.match(r"[xXbBoO][0-9A-Fa-f]", text[match.end() : match.end() + 2]):
            raise AdcliSyntaxError(
                "hexadecimal, octal and binary numbers are not read",
                span=Span(match.start(), match.end() + 1),
                text=text,
                hint="write the decimal number",
            )
        return
    start = match.start()
    if found.count(".") > 1:
        second = found.index(".", found.index(".") + 1)
        message, hint = "a number has one decimal point", "write one number, or * between two"
        start += second
    elif "__" in found or found.rstrip("0123456789").endswith("_") or "_." in found or found.endswith("_"):
        message, hint = "in a number, _ stands between two digits", "write 1_000 or 1000"
    elif re.match(r"0\d", found):
        message, hint = "a number does not begin with 0", f"write {found.lstrip('0') or '0'}"
        if thousands := re.search(r"(?<![\w.])([1-9][0-9]*)[ ,]$", text[:start]):
            whole = THOUSANDS.match(text, thousands.start(1))
            hint = f"write {in_thousands(whole[0] if whole else thousands[0] + found)} for thousands"
        elif re.search(r"(?<![\w.])0,$", text[:start]) and found.isdecimal():
            hint = f"write 0.{found} for decimals"
    else:
        message, hint = "not a number", "write it as in 12, 0.5 or 1.5e-3"
    raise AdcliSyntaxError(message, span=Span(start, match.end()), text=text, hint=hint)


def without_comma(text: str, start: int, left: str, right: str) -> list[str]:
    """What to write for two numbers with a comma between them: as thousands, or with a point.

    >>> without_comma("1,000", 0, "1", "000"), without_comma("1.000,5", 0, "1.000", "5")
    (['1000 or 1_000 for thousands', '1.000 for decimals'], ['1000.5 for decimals'])
    >>> without_comma("1,234,567.8", 0, "1", "234"), without_comma("1.5,2", 0, "1.5", "2")
    (['1234567.8 or 1_234_567.8 for thousands'], [])
    """
    found = []
    if (thousands := THOUSANDS.match(text, start)) is not None:
        found.append(f"{in_thousands(thousands[0])} for thousands")
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", left) and right.isdecimal():
        found.append(f"{left.replace('.', '')}.{right} for decimals")
    elif left.isdecimal() and "." not in right and (thousands is None or thousands[0] == f"{left},{right}"):
        found.append(f"{left}.{right} for decimals")
    return found


def in_thousands(found: str) -> str:
    """Both ways to write a number that has commas or spaces between its thousands."""
    return " or ".join(re.sub("[ ,]", between, found) for between in ("", "_"))


def is_literal(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return re.fullmatch(NUMBER, text) is not None


def value(literal: str, text: str, span: Span) -> int | Fraction:
    """The exact value of a literal. One that no float reaches is a DomainError.

    >>> value("0.1", "0.1", Span(0, 3)), value("1_000", "", Span(0, 5)), value("2e3", "", Span(0, 3))
    (Fraction(1, 10), 1000, 2000)
    """
    literal = literal.replace("_", "")
    if math.isinf(float(literal)):
        raise DomainError(
            f"overflow: {shortened(literal)} is too large for a number",
            span=span,
            text=text,
            details=(f"numbers reach up to {LARGEST}",),
        )
    if not float(literal):
        return 0  # or too small for a float, of which a note is made
    exact = Fraction(Decimal(literal))
    return exact.numerator if exact.denominator == 1 else exact


SHOWN = 30


def shortened(literal: str) -> str:
    """A literal, or its beginning."""
    return literal if len(literal) <= SHOWN else f"{literal[:SHOWN]}…"


def underflowing(text: str) -> str | None:
    """The literal in a text, perhaps in brackets with comments, if it is read as 0 and is not 0."""
    match = re.search(NUMBER, re.sub(r"#[^\r\n]*", "", text))
    literal = match[0] if match else ""  # the variable of a loop may be 0 too
    mantissa = re.split("[eE]", literal)[0]
    return literal if any(digit in "123456789" for digit in mantissa) else None
