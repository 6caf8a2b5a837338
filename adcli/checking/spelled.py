"""What people write in answers beside the language: ½, mixed numbers, LaTeX, and decimal commas."""

from __future__ import annotations

import re
import unicodedata

from adcli.checking.latex import from_latex, is_latex
from adcli.errors import AdcliSyntaxError, Span, UsageError

LONGEST = 10_000  # characters of one formula of an answer
HALVES = re.compile(r"(?P<before>\d?)(?P<sign>[¼-¾⅐-⅞])")
MIXED = re.compile(r"(?P<minus>[-−–+]?)\s*(?P<whole>\d{1,15})\s+(?P<over>\d{1,15})\s*/\s*(?P<under>\d{1,15})")
RECURRING = re.compile(r"\d*\.\d*\(\d+\)")
COMMA = re.compile(r"\s*(?P<minus>[-+−]?)(?P<whole>\d+),(?P<places>\d+)\s*")
BEYOND_WHOLE = 3  # digits of a group of thousands


def plain(text: str) -> str:
    """One value of an answer in the language's own spelling; AdcliSyntaxError for what may be two numbers.

    >>> plain("½"), plain("-1 1/2"), plain("2½"), plain("x²")
    ('(1/2)', '-(1+1/2)', '(2+1/2)', 'x²')
    """
    text = text.strip()
    if is_latex(text):
        text = typeset(text)
    text = HALVES.sub(lambda found: found["before"] + (" " if found["before"] else "") + vulgar(found), text)
    text = text.replace("⁄", "/")
    if (mixed := MIXED.fullmatch(text)) is not None:
        minus = "-" if mixed["minus"] in ("-", "−", "–") and mixed["minus"] else ""
        return f"{minus}({mixed['whole']}+{mixed['over']}/{mixed['under']})"
    if RECURRING.fullmatch(text):
        raise AdcliSyntaxError(
            f"{text} may be a recurring decimal or a product", text=text, span=Span(0, len(text)),
            where="answer", hint="write the fraction, as in 1/3, or dots behind the digits, as in 0.333...",
        )  # fmt: skip
    return text


def typeset(text: str) -> str:
    """An answer in LaTeX as plain text."""
    if len(text) > LONGEST:
        raise UsageError(f"an answer is longer than {LONGEST} characters")
    return from_latex(text)


def vulgar(found: re.Match[str]) -> str:
    """A fraction of one sign: 1/2 behind a digit, (1/2) elsewhere."""
    parts = unicodedata.normalize("NFKC", found["sign"]).replace("⁄", "/")
    return parts if found["before"] else f"({parts})"


def with_point(text: str) -> str | None:
    """A number with a decimal comma as one with a point; None for any other text.

    AdcliSyntaxError for 1,234, which is two numbers in two countries.

    >>> with_point("2,5"), with_point("0,125"), with_point("2")
    ('2.5', '0.125', None)
    """
    found = COMMA.fullmatch(text)
    if found is None:
        return None
    whole, places = found["whole"], found["places"]
    if len(places) == BEYOND_WHOLE and len(whole) <= BEYOND_WHOLE and not whole.startswith("0"):
        raise AdcliSyntaxError(
            f"{text.strip()} may be {whole}.{places} or {whole}{places}", text=text, where="answer",
            span=Span(0, len(text)), hint="write decimals with a point, and nothing between thousands",
        )  # fmt: skip
    return text.replace(",", ".")
