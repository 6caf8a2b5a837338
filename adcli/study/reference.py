"""What methods are held against: the derivative in more digits than a float has, at the very same point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli import answers
from adcli.arithmetic.exact import EXACT
from adcli.errors import AdcliError, UsageError

if TYPE_CHECKING:
    from adcli.arithmetic import Arithmetic
    from adcli.language.program import Program

DIGITS = 40
FARTHEST = 10_000  # the largest power of ten of a reference; floats end at 308


class Reference(NamedTuple):
    """The derivatives by input and what kind of numbers they are.

    The kind is "none" where nothing better than floats is there, and "kink" where no derivative is: all
    numbers are None then.
    """

    kind: str
    values: dict[str, Fraction | None]
    texts: dict[str, str | None]


def reference(program: Program, at: Mapping[str, float], output: str, wrt: Sequence[str]) -> Reference:
    """The gradient at a point of floats, each of which is taken for the exact number that it is.

    In balls where their library is there, else in exact numbers where those are fractions.
    """
    point = {name: Fraction(value) for name, value in at.items()}
    for arithmetic in fine():
        try:
            found = answers.gradient(program, point, wrt=wrt, output=output, arithmetic=arithmetic).gradient
            values = {name: fraction(value) for name, value in found.items()}
        except (AdcliError, ValueError):
            continue
        kind = arithmetic.words if arithmetic.name == "ball" else "exact"
        return Reference(kind, dict(values), {name: str(value) for name, value in found.items()})
    return nothing("none", wrt)


def nothing(kind: str, wrt: Sequence[str]) -> Reference:
    """A reference without a number, and why."""
    return Reference(kind, dict.fromkeys(wrt), dict.fromkeys(wrt))


def fine() -> list[Arithmetic]:
    """The arithmetics to try, the best first."""
    try:
        from adcli.arithmetic.ball.balls import balls  # an extra
    except UsageError:
        return [EXACT]
    return [balls(DIGITS), EXACT]


def fraction(value: Any) -> Fraction:
    """A number as a fraction; ValueError for one that is none, or far beyond floats."""
    if isinstance(value, Fraction | int):
        return Fraction(value)
    if hasattr(value, "decimal"):
        found = Decimal(str(value.decimal()))
        if found and abs(found.adjusted()) > FARTHEST:
            raise ValueError("a fraction of so many digits takes too long")
        return Fraction(found)
    raise ValueError("no fraction")


def error_of(found: float, wanted: Fraction) -> float:
    """How far a number is off: relative, unless the right one is 0."""
    away = abs(Fraction(found) - wanted)
    return float(away / abs(wanted)) if wanted else float(away)
