"""What is said of a kink, be it of a number or of an array's entry."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.notation.numerals import number
from adcli.primitives.primitive import Kink

STRICT = "(--strict: an error)."
HIGHER = "higher derivatives take this slope as constant; on the two sides they may differ."


def happens(kink: Kink) -> str:
    """What a step does there: it jumps, or it or its slope has a kink."""
    if kink.slopes is None:
        return "jumps"
    return "has a kink" if kink.order == 1 else "has a slope with a kink"


def slopes_line(left: float, right: float, used: str, each: str = "") -> str:
    """The slopes on both sides and the one that is used."""
    sides = f"slope from the left {number(left)}, from the right {number(right)}"
    return f"{sides}; {used} is used{each} {STRICT}"


def curvature_line(kink: Kink, values: Sequence[float]) -> str:
    """The second derivatives on both sides, whose mean is used."""
    left, right = kink.slopes(*values)[0] if kink.slopes else (0.0, 0.0)
    sides = f"second derivative from the left {number(left)}, from the right {number(right)}"
    return f"{sides}; {number((left + right) / 2)} is used {STRICT}"
