"""What methods are held against: the derivative in more digits than a float has, at the very same point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli import answers
from adcli.answers.choosing import columns_of
from adcli.answers.running import explained, linearized, placed, rows
from adcli.arithmetic.exact import EXACT
from adcli.errors import AdcliError, UsageError

if TYPE_CHECKING:
    from adcli.arithmetic import Arithmetic
    from adcli.language.program import Program

DIGITS = 40
WIDTH = 1e-40  # of a ball that is narrow
FARTHEST = 10_000  # the largest power of ten of a reference; floats end at 308


class Reference(NamedTuple):
    """The derivatives by input and what kind of numbers they are.

    The kind is "none" where they cannot be decided, "missing" where the library of balls is not there either,
    and "kink" where no derivative is: all numbers are None then.
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
    return narrow(program, point, output, wrt)


def narrow(program: Program, point: Mapping[str, Fraction], output: str, wrt: Sequence[str]) -> Reference:
    """The middles of balls that are narrow, where more digits decide nothing: 0 has no first digit."""
    if not any(arithmetic.name == "ball" for arithmetic in fine()):
        return nothing("missing", wrt)
    from adcli.arithmetic.ball.balls import balls  # an extra, and there

    arithmetic = balls(2 * DIGITS)
    try:
        run, at = placed(program, point, arithmetic)
        columns, node = columns_of(run, wrt), run.outputs[output]
        lin = linearized(run, at, columns, [node], arithmetic)
        with explained(run, at):
            (found,) = rows(lin, [node], columns, "reverse")
        values: dict[str, Fraction | None] = {
            name: middle(arithmetic.ball(value), WIDTH) for name, value in zip(wrt, found, strict=True)
        }
    except (AdcliError, ValueError, ArithmeticError):
        return nothing("none", wrt)
    texts: dict[str, str | None] = {
        name: str(float(value)) if value else "0" for name, value in values.items()
    }
    return Reference(f"certified to within {WIDTH:.0e}", values, texts)


def middle(found: Any, width: float) -> Fraction:
    """The middle of a ball, 0 where it holds that or lies far below the floats.

    An ArithmeticError for a ball that is wider, relatively, or far above the floats.
    """
    if isinstance(found.exact, Fraction):
        return found.exact
    mantissa, exponent = map(int, found.arb.mid().man_exp())
    if exponent > 4 * FARTHEST:
        raise ArithmeticError("a fraction of so many digits takes too long")
    center = Fraction(mantissa) * Fraction(2) ** exponent if exponent >= -4 * FARTHEST else Fraction(0)
    if not float(found.arb.rad()) <= width * max(1.0, float(abs(center))):
        raise ArithmeticError("the value is known too coarsely")
    return Fraction(0) if found.arb.contains(0) else center


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
