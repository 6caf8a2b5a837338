"""The arithmetic that --exact, --digits and --round-steps choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.arithmetic.real import REAL
from adcli.errors import UsageError

if TYPE_CHECKING:
    from adcli.arithmetic import Arithmetic
    from adcli.commands.options import Numbers


def arithmetic(numbers: Numbers, precision: int | None) -> Arithmetic:
    """The arithmetic that is asked for; UsageError for two of them, and for --precision beside one."""
    given = [
        option
        for option, value in (
            ("--exact", numbers.exact),
            ("--digits", numbers.digits),
            ("--round-steps", numbers.round_steps),
        )
        if value
    ]
    if not given:
        return REAL
    if len(given) > 1:
        raise UsageError(
            f"{given[0]} and {given[1]} ask for two kinds of numbers", hint="give one of the two"
        )
    if precision is not None:
        raise UsageError(
            f"--precision has no meaning with {given[0]}: its numbers are shown as they are",
            hint=f"leave out one of the two{'' if numbers.digits is None else ': --digits N shows N digits'}",
        )
    if numbers.exact:
        from adcli.arithmetic.exact import EXACT

        return EXACT
    if numbers.digits is not None:
        from adcli.arithmetic.ball.balls import balls

        return balls(numbers.digits)
    from adcli.arithmetic.rounded import rounded

    return rounded(numbers.round_steps or 0)
