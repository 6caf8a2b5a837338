"""adcli check-gradient: whether formulas, or the numbers of generated code, are a program's derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import ONE_OUTPUT, POINT, SOURCE, Page, written

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.language.program import Program

PAGE = Page(
    usage="adcli check-gradient EXPRESSION --at POINT --gradient FORMULAS",
    summary="Are these the derivatives? Taylor remainders tell, no tolerance.",
    examples=(
        ('adcli check-gradient "x^2*y" --at x=3,y=2 --gradient "x=2*x*y, y=x^2"', ""),
        ('adcli check-gradient "sin(x)/x" --at x=2 --gradient "x=cos(x)/x - sin(x)/x^2"', ""),
        ('adcli check-gradient "x^2*y" --at x=3,y=2 --code python', ""),
    ),
    groups=(
        POINT,
        (
            "The claim",
            (
                ("--gradient FORMULAS", "NAME=FORMULA,... as adcli reads them"),
                ("--code LANGUAGE", "python or numpy: what adcli codegen writes"),
            ),
        ),
        ("The program", (*SOURCE, ONE_OUTPUT)),
        written(10),
    ),
    exit="Exit: 0 done, 2 not understood, 3 not defined at this point, 1 not all right",
)

Gradient = Annotated[str | None, typer.Option("--gradient")]
Code = Annotated[str | None, typer.Option("--code")]


def run(asked: Asked, *, output: o.Output = None, gradient: Gradient = None, code: Code = None) -> int:
    """Answer with a verdict per formula or number; the status says whether all are right."""
    from adcli.errors import ExitStatus, UsageError  # --help stays quick
    from adcli.study.check_gradient import checked

    if (gradient is None) == (code is None):
        said = "no formula is given" if code is None else "--gradient and --code are two claims"
        raise UsageError(said, hint='add --gradient "x=2*x*y,y=x^2", or --code python')
    program, at, _ = asked.given()
    point = at or {}
    claim = generated(program, point, code, output) if code is not None else gradient or ""
    answer = checked(program, point, claim, output=output, code=code)
    asked.present(answer)
    return ExitStatus.DONE if answer.correct else ExitStatus.WRONG


def generated(program: Program, point: Point, to: str, output: str | None) -> list[float]:
    """The gradient that generated code computes."""
    from adcli.coding.answer import codegen
    from adcli.coding.trial import RUNNABLE, gradient
    from adcli.commands.present import one_of

    language: Any = one_of(to, RUNNABLE, "--code")
    written = codegen(program, point, to=language, output=output)
    return gradient(written, [float(value) for value in (written.at or {}).values()])
