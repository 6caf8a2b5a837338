"""adcli check-gradient: whether formulas are the derivatives of a program."""

from __future__ import annotations

from typing import Annotated

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import ONE_OUTPUT, POINT, SOURCE, Page, written

PAGE = Page(
    usage="adcli check-gradient EXPRESSION --at POINT --gradient FORMULAS",
    summary="Are these formulas the derivatives? Taylor remainders tell, no tolerance.",
    examples=(
        ('adcli check-gradient "x^2*y" --at x=3,y=2 --gradient "x=2*x*y, y=x^2"', ""),
        ('adcli check-gradient "sin(x)/x" --at x=2 --gradient "x=cos(x)/x - sin(x)/x^2"', ""),
    ),
    groups=(
        POINT,
        (
            "The claim",
            (("--gradient FORMULAS", "NAME=FORMULA,... as adcli reads them; no code is run"),),
        ),
        ("The program", (*SOURCE, ONE_OUTPUT)),
        written(10),
    ),
    exit="Exit: 0 done, 2 not understood, 3 not defined at this point, 1 not all right",
)

Gradient = Annotated[str | None, typer.Option("--gradient")]


def run(asked: Asked, *, output: o.Output = None, gradient: Gradient = None) -> int:
    """Answer with a verdict per formula; the status says whether all are right."""
    from adcli.errors import ExitStatus, UsageError  # --help stays quick
    from adcli.study.check_gradient import checked

    if gradient is None:
        raise UsageError("no formula is given", hint='add --gradient "x=2*x*y,y=x^2"')
    program, at, _ = asked.given()
    answer = checked(program, at or {}, gradient, output=output)
    asked.present(answer)
    return ExitStatus.DONE if answer.correct else ExitStatus.WRONG
