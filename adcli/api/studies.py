"""The Python interface, third part: methods of differentiation compared, counted and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from adcli.api import as_program

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.language.program import Program


def compare(
    p: Program | str,
    at: Point,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    h: float | None = None,
    sweep_h: bool = False,
) -> dict[str, Any]:
    """The derivatives by every method with their errors, costs and sizes: what `--json` prints of them.

    `h` is an own step of the difference quotients; `sweep_h` adds their errors against the step. Raises
    AdcliError: "usage" for several outputs without `output`, "domain" where there is no derivative.

    >>> found = compare("x^2", {"x": 3})
    >>> [(row["method"], row["digits"]) for row in found["derivatives"]["x"][:2]]
    [('forward mode', 17), ('reverse mode', 17)]
    """
    from adcli.study.compare import compared

    made = compared(as_program(p, at), at, wrt=wrt, output=output, h=h, sweep_h=sweep_h)
    return made.own()


def cost(
    p: Program | str,
    at: Point | None = None,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
) -> dict[str, Any]:
    """Operations of the value and of one pass of each mode, and the passes: what `--json` prints of them.

    A program whose course depends on values needs `at` (AdcliError "usage").

    >>> cost("x*y + sin(x)")["operations"]
    {'f': 3, 'forward': 9, 'reverse': 8}
    """
    from adcli.study.cost import costs

    return costs(as_program(p, at or {}), at, wrt=wrt, output=output).own()


def check_gradient(
    p: Program | str, at: Point, gradient: Mapping[str, str], *, output: str | None = None
) -> dict[str, str]:
    """The verdict on a formula per input: "right", "wrong", "kink", "steep" or "undecided".

    Raises AdcliError: "usage" for several outputs without `output`, "name" or "syntax" for what is no
    formula of the inputs, "domain" where the program or a formula has no value.

    >>> check_gradient("x^2*y", {"x": 3, "y": 2}, {"x": "2*x*y", "y": "x"})
    {'x': 'right', 'y': 'wrong'}
    """
    from adcli.study.check_gradient import checked

    text = ", ".join(f"{name}={formula}" for name, formula in gradient.items())
    found = checked(as_program(p, at), at, text, output=output)
    return {entry.claim.by: entry.test.verdict for entry in found.entries}
