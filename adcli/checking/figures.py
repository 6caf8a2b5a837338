"""A number as somebody wrote it: its value, its digits, and the unit of its last place.

The digits say how exact an answer is meant: 2.84 is any number that is written so.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

FIGURE = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>\d[\d_]*)?(?:(?P<point>\.)(?P<places>\d*))?"
    r"(?:[eE](?P<power>[-+]?\d{1,4})|\s*(?:[·×*]|\b[xX](?=\s*10[\^⁺⁻¹²³⁴⁵⁶⁷⁸⁹]))\s*10(?:\^[({]?(?P<raised>[-+]?\d{1,4})[)}]?|(?P<super>[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,5})))?",
    re.ASCII,
)
ABOUT = re.compile(r"^[≈~=]\s*")
MORE = re.compile(r"(?:…|\.\.\.)$")
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
SMALLEST = Fraction(1, 10**300)
LONGEST = 400  # characters of a number that somebody wrote by hand
LEAST = 3  # significant digits; with fewer, a number is no rounded result of a computation
EMPTY = frozenset({"", "-", "–", "—", "?", "_", "...", "…"})
NOT_NUMBERS = frozenset(
    {"nan", "inf", "infinity", "+inf", "-inf", "-infinity", "+infinity", "∞", "-∞", "none", "null"}
)


class Figure(NamedTuple):
    """A written number: `digits` are its significant ones, `unit` is what 1 in its last place is worth.

    A whole number has `whole` set: it claims to be exact, or rounded where it has `LEAST` digits. `cut`
    says that dots stand behind it, so that it was truncated.
    """

    value: Fraction
    digits: int
    unit: Fraction
    whole: bool
    cut: bool = False

    def near(self, right: Fraction) -> bool:
        """Whether the digits are those of `right`: the last one may be off by less than one unit.

        A whole number, and one of few digits, must be the right number rounded; a whole number of few
        digits must be it.
        """
        off = abs(self.value - right)
        if self.whole:
            return off == 0 or (right.denominator > 1 and self.digits >= LEAST and 2 * off <= self.unit)
        return off < self.unit if self.digits >= LEAST or self.cut else 2 * off <= self.unit

    @property
    def slack(self) -> Fraction:
        """How far another number may be from this one and still be written so."""
        if self.whole:
            return self.unit / 2 if self.digits >= LEAST else Fraction(0)
        return self.unit if self.digits >= LEAST or self.cut else self.unit / 2


def figure(text: str) -> Figure | None:
    """The number that a text writes in digits; None for any other text.

    >>> figure("2.840").digits, figure("-6.5e-7").unit, figure("1/3")
    (4, Fraction(1, 100000000), None)
    """
    plain = MORE.sub("", ABOUT.sub("", text.strip().replace("−", "-"))).strip()
    cut = bool(MORE.search(text.strip())) and "." in plain
    found = FIGURE.fullmatch(plain) if len(plain) <= LONGEST else None
    if found is None or not (found["whole"] or found["places"]):
        return None
    whole, places = (found["whole"] or "").replace("_", ""), found["places"] or ""
    power = int(found["power"] or found["raised"] or (found["super"] or "0").translate(LOWERED))
    unit = Fraction(10) ** (power - len(places))
    written = (whole + places).lstrip("0")
    value = int(written or 0) * unit * (-1 if found["sign"] == "-" else 1)
    if unit < SMALLEST or (value and not SMALLEST < abs(value) < 1 / SMALLEST):
        return None  # no float can stand beside it
    is_whole = not places and not found["power"] and power >= 0
    digits = len(written)
    if is_whole:
        kept = max(len(written.rstrip("0")), LEAST)  # 1230 may be 1234.56 in three digits
        if kept < digits:
            unit *= 10 ** (digits - kept)
            digits = kept
    return Figure(value, digits, unit, is_whole, cut)


def is_empty(text: str) -> bool:
    """Whether a text stands for nothing: a blank cell, a dash, dots.

    >>> is_empty(" – "), is_empty("0")
    (True, False)
    """
    return text.strip() in EMPTY


def is_no_number(text: str) -> bool:
    """Whether a text says that there is no finite number: NaN, infinity."""
    return text.strip().lower() in NOT_NUMBERS
