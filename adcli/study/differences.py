"""Difference quotients of a program: one at a point, and their errors against the step."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.arithmetic.complexes import COMPLEX
from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.errors import AdcliError, DomainError, UsageError
from adcli.study.curves import Curve, curve, remembering
from adcli.study.quotients import QUOTIENTS, Function, Quotient

if TYPE_CHECKING:
    from fractions import Fraction

    from adcli.language.program import Program
    from adcli.study.reference import Reference

DIGITS = 17  # of a float: as many as write any of them
LARGEST_SWEEP = 10**4  # steps of a program: its curves take some thousand values of it


class Found(NamedTuple):
    """A method's derivative by one input, how far it is off, or why there is none; `h` is its step."""

    method: str
    derivative: float | None
    error: float | None = None
    h: float | None = None
    why: str = ""

    @property
    def digits(self) -> int | None:
        """How many digits are right."""
        if self.error is None:
            return None
        return DIGITS if self.error == 0 else max(0, min(DIGITS, math.floor(-math.log10(self.error))))


@dataclass(frozen=True, kw_only=True)
class Study:
    """The errors of every quotient by one input, against its step."""

    by: str
    curves: tuple[Curve, ...]


def curve_json(made: Curve) -> dict[str, Any]:
    """A curve with its slopes, its best step and its points."""
    return {
        "method": made.quotient.name,
        "order": made.quotient.order,
        "truncation": made.truncation,
        "rounding": made.rounding,
        "best": made.best and {"h": made.best.h, "error": made.best.error},
        "points": [{"h": point.h, "error": point.error} for point in made.points],
    }


def numerical(quotient: Quotient, f: Function, x: float, h: float | None) -> Found:
    """A quotient's value at its usual step, or at an own one; a step that leaves the domain says so."""
    step = quotient.step(x) if h is None else h
    try:
        found = quotient.slope(f, x, step)
    except ArithmeticError as error:
        return Found(quotient.name, None, h=step, why=gap(error))
    if not math.isfinite(found):
        return Found(quotient.name, None, h=step, why="the quotient overflows")
    return Found(quotient.name, found, h=step)


def gap(error: ArithmeticError) -> str:
    """Why a quotient has no value."""
    if isinstance(error, Undefined) and "complex" in error.words:
        return error.words
    if isinstance(error, ZeroDivisionError):
        return "the quotient divides by a step that rounds to 0"
    return "a step leaves the domain"


def function(program: Program, at: Mapping[str, float], output: str, by: str) -> Function:
    """An output as a function of one input, for floats and complex floats.

    Where it has no value it raises an ArithmeticError. A choice is made anew for every float, and for a
    complex number by its real part.
    """
    here = program.at(at)

    def at_value(x: Any) -> Any:
        if isinstance(x, complex):
            values: dict[str, Any] = {**{name: complex(value) for name, value in at.items()}, by: x}
            return sweep.evaluate(here.graph, COMPLEX, values)[here.outputs[output]]
        moved = {**at, by: x}
        try:
            made = program.at(moved) if program.needs_point else here
            return sweep.evaluate(made.graph, REAL, moved)[made.outputs[output]]
        except (AdcliError, KeyError) as error:
            raise ArithmeticError(str(error)) from error

    return at_value


def study(
    program: Program,
    at: Mapping[str, float],
    output: str,
    by: str,
    found: Sequence[Found],
    right: Reference,
) -> Study:
    """The curves of all quotients by one input; UsageError where the program is too long for them."""
    f = remembering(function(program, at, output, by))
    if (size := len(program.at(at).graph)) > LARGEST_SWEEP:
        raise UsageError(
            f"--sweep-h computes the value some thousand times, and the program has {size} nodes",
            hint=f"it is for programs of at most {LARGEST_SWEEP}; --h tries one step",
        )
    exact = right.values[by]
    slope = found[1].derivative if exact is None else as_float(exact)
    if slope is None:
        raise DomainError("there is no derivative to compare with")
    return Study(by=by, curves=tuple(curve(quotient, f, at[by], slope) for quotient in QUOTIENTS))


def as_float(exact: Fraction) -> float:
    """The nearest float; DomainError beyond them."""
    try:
        return float(exact)
    except OverflowError:
        raise DomainError("overflow: the derivative is too large for a number") from None
