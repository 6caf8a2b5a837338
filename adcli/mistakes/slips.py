"""Slips of the pen in one number: digits exchanged, one digit off, the point moved, the sign lost.

Each of them undoes itself, so the same list of texts serves to make a slip and to find one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from decimal import Decimal

from adcli.mistakes.hypothesis import Example, Hypothesis
from adcli.mistakes.scene import Asked, Change, Scene
from adcli.notation.numerals import number

Slips = Callable[[str], Iterator[str]]


def transposed(text: str) -> Iterator[str]:
    """A number with two neighbouring digits exchanged."""
    for i in range(len(text) - 1):
        j = i + 1 if text[i + 1] != "." else i + 2
        if j < len(text) and text[i].isdigit() and text[j].isdigit() and text[i] != text[j]:
            yield text[:i] + text[j] + text[i + 1 : j] + text[i] + text[j + 1 :]


def one_digit(text: str) -> Iterator[str]:
    """A number with one digit changed by 1, as a forgotten carry does."""
    for i, digit in enumerate(text):
        if digit.isdigit():
            for other in (int(digit) - 1, int(digit) + 1):
                if 0 <= other <= 9:
                    yield text[:i] + str(other) + text[i + 1 :]


def shifted(text: str) -> Iterator[str]:
    """A number ten or a hundred times too large or too small."""
    for power in (-2, -1, 1, 2):
        yield f"{text}e{power}"


def turned(text: str) -> Iterator[str]:
    """A number with the other sign."""
    yield text[1:] if text.startswith("-") else f"-{text}"


def decimal(value: float) -> str:
    """A number's shortest digits, without an exponent."""
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(asked: Asked, value: float) -> Change:
    """The run in which a student's number stands in the place of the right one, and the rest follows."""
    if asked.kind == "adjoint":
        return Change(adjoints={asked.source: value}, node=asked.source)
    if asked.kind == "tangent":
        return Change(tangent_numbers={asked.target: value}, node=asked.target)
    if asked.kind == "step":
        return Change(values={asked.target: value}, node=asked.target)
    node = asked.target if asked.kind == "value" else asked.source
    return Change(reads=lambda _run, other: value if other == asked else None, node=node)


def undoes(other: float, value: float, slack: float, right: float) -> bool:
    """Whether a slip undone gives the right number; with a moved point the last digit moves too."""
    return abs(other - right) <= slack * max(1.0, abs(other / value) if value else 1.0)


def slip(code: str, slips: Slips, words: str, common: int, example: Example) -> Hypothesis:
    """A number whose slip undone is the right one; of a sweep's numbers, the first wrong one."""

    def changes(scene: Scene) -> Iterator[Change]:
        for asked, (value, slack, right) in scene.written.items():
            if (
                right
                and math.isfinite(value)
                and any(undoes(float(other), value, slack, right) for other in slips(decimal(value)))
            ):
                said = f"{words} in {number(value)}; it is {number(right)}"
                change = written(asked, value)
                yield Change(**{**change.__dict__, "words": said})

    return Hypothesis(code, "slip", changes, words, common, example)


TEXTS: dict[str, Slips] = {
    "sign-lost": turned,
    "point-moved": shifted,
    "digits-exchanged": transposed,
    "digit-off": one_digit,
}

SLIPS = (
    slip(
        "sign-lost",
        turned,
        "the sign was lost",
        8,
        Example("x^3 + x*y", {"x": 2, "y": 3}, {"x": -15, "y": 2}),
    ),
    slip(
        "point-moved",
        shifted,
        "the decimal point moved",
        6,
        Example("x^3 + x*y", {"x": 2, "y": 3}, {"x": 1.5, "y": 2}),
    ),
    slip(
        "digits-exchanged",
        transposed,
        "two digits are exchanged",
        5,
        Example("x^3 + x*y", {"x": 2.1, "y": 3}, {"x": 12.63, "y": 2.1}),
    ),
    slip(
        "digit-off",
        one_digit,
        "one digit is off by 1",
        4,
        Example("x^3 + x*y", {"x": 2.1, "y": 3}, {"x": 15.23, "y": 2.1}),
    ),
)
