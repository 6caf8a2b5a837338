"""What was asked: a program, its point, and the right numbers and formulas."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from adcli.answers.running import explained, sweep_once
from adcli.arithmetic import Undecided
from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.real import REAL
from adcli.checking import numbers
from adcli.checking.numbers import Tolerance
from adcli.checking.points import SEED
from adcli.checking.right import Right
from adcli.checking.sampling import Missing, certain
from adcli.checking.targets import Target, Targets
from adcli.errors import AdcliError, UsageError
from adcli.language.constants import in_arithmetic
from adcli.language.points import from_values
from adcli.language.program import Program

if TYPE_CHECKING:
    from adcli.tracing.trace import Trace


@dataclass(frozen=True)
class Question:
    """What was asked: a program, its point (None without one), the sweeps it is about, what is allowed.

    `given` holds the point's values as they were written, for exact arithmetic. With `simplest` a right
    formula that could be shorter has a remark.
    """

    program: Program
    at: Mapping[str, float] | None
    given: Mapping[str, Any]
    targets: Targets
    tolerance: Tolerance = field(default_factory=Tolerance)
    seed: int = SEED
    simplest: bool = False

    @cached_property
    def right(self) -> Right:
        """The right numbers in floats."""
        return Right(self.program, self.at or {}, self.targets.output, self.targets.wrt)

    @cached_property
    def formulas(self) -> dict[Target, str | None]:
        """The right formulas so far: a class asks for the same ones."""
        return {}

    @cached_property
    def exact(self) -> Right | None:
        """The right numbers in exact arithmetic, or None."""
        try:
            at = {name: in_arithmetic(EXACT, value, name) for name, value in self.given.items()}
            return Right(self.program, at, self.targets.output, self.targets.wrt, EXACT)
        except Missing:
            return None

    def trace(self, mode: Literal["forward", "reverse"], output: str | None = None) -> Trace:
        """The right sweep; DomainError where there is none."""
        wrt = None if self.targets.wrt is None else [self.targets.ids[self.targets.wrt]]
        chosen = output or self.targets.output
        made, _, _ = sweep_once(
            self.program,
            self.at or {},
            mode,
            wrt if mode == "forward" else None,
            chosen if mode == "reverse" else None,
            None,
            strict=False,
        )
        return made

    def allowance(self, target: Target) -> Callable[[int], float]:
        """How far rounding every step to so many digits may move a number."""

        def moved(digits: int) -> float:
            from adcli.mistakes import allowances  # only for numbers that are not right as they stand

            if target.kind == "partial":
                return abs(float(self.right.number(target))) * 10.0 ** (1 - digits)
            forward = target.kind == "tangent"
            output = self.right.output_at(target.of) if target.kind == "jacobian" and target.of else None
            found = allowances(self.trace("forward" if forward else "reverse", output), digits)
            listed = found.values if target.kind in ("value", "step") else found.numbers
            return float(listed[self.right.node(target.node)] or 0.0)

        return moved

    def number(self, target: Target) -> numbers.Right:
        """The right number of a target with all that is known of it; DomainError where it does not exist."""
        with explained(self.right.program, self.right.at):
            value = float(self.right.number(target))
        exact = None
        if self.exact is not None:
            with suppress(*Missing):
                exact = self.exact.number(target)
                value = float(exact)
        dust = self.dust(target, value, exact)
        if exact is None and 0 < abs(value) <= dust and (sure := self.certified(target)):
            value, dust = sure, numbers.FINE * abs(sure)
        return numbers.Right(value, exact, self.allowance(target), dust)

    def certified(self, target: Target) -> float | None:
        """A number that its float cannot tell from 0 and balls can, where the point means what it says."""
        arithmetic = None if any(map(numbers.is_rounded, self.given.values())) else certain()
        if arithmetic is None:
            return None
        with suppress(*Missing, Undecided):
            at = {name: in_arithmetic(arithmetic, value, name) for name, value in self.given.items()}
            found = Right(self.program, at, self.targets.output, self.targets.wrt, arithmetic).number(target)
            return float(found) if found.side() else None
        return None

    def dust(self, target: Target, value: float, exact: Any) -> float:
        """How far the float may be from the right number itself.

        A point in so many digits as floats have is itself rounded, and what comes of it is as coarse as its
        largest number.
        """
        if exact is not None:
            return numbers.FINE * abs(value)
        size = max((abs(float(x)) for x in self.right.primals), default=0.0)
        coarse = numbers.DUST * max(size, 1.0)
        if abs(value) > numbers.PLAIN * coarse or any(map(numbers.is_rounded, self.given.values())):
            return coarse
        return min(coarse, self.allowance(target)(numbers.FLOAT_DIGITS) + numbers.FINE * abs(value))

    def formula(self, target: Target) -> str | None:
        """The right formula of a target, where it is short enough to be read."""
        from adcli.checking.formulas import right_formula

        if target not in self.formulas:
            self.formulas[target] = None
            with suppress(AdcliError, *Missing):
                self.formulas[target] = right_formula(self.targets, target)
        return self.formulas[target]


def point_of(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The values of a point as floats or arrays of them; UsageError where one is none."""
    if given is None:
        return None
    found: dict[str, Any] = {}
    for name, value in given.items():
        try:
            number = (
                from_values({name: value})[name]
                if isinstance(value, list)
                else in_arithmetic(REAL, value, name)
            )
            found[name] = number if getattr(number, "shape", ()) else float(number)
        except OverflowError as error:
            raise UsageError(f"the value of {name} is beyond the floats") from error
    return found


def plain(value: Any) -> Any:
    """A number of Python as it was meant: 0.1 is 1/10."""
    return Fraction(repr(value)) if isinstance(value, float) and math.isfinite(value) else value
