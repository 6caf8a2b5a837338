"""adcli compare: automatic, symbolic and numerical differentiation side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, ONE_OUTPUT, OUTPUT, POINT, SOURCE, STRICT, Page, precision

if TYPE_CHECKING:
    from adcli.answers.answer import Answer

PICTURES = ("svg", "png", "pdf")
PAGE = Page(
    usage="adcli compare EXPRESSION --at POINT",
    summary="The derivative by automatic, symbolic and numerical differentiation.",
    examples=(
        ('adcli compare "sin(x)*exp(x)" --at x=1.2', "digits and operations of each"),
        ('adcli compare "x^2*y" --at x=1,y=2 --wrt x', "by one input"),
        ('adcli compare "exp(x)" --at x=10 --h 1e-9', "with an own step"),
        ('adcli compare "exp(x)" --at x=1 --sweep-h', "errors against the step"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, ONE_OUTPUT)),
        (
            "The methods",
            (
                ("--wrt NAMES", "only these inputs: --wrt x,y"),
                ("--h H", "the step of every difference quotient"),
                ("--sweep-h", "errors against the step; -o e.svg draws them"),
                STRICT,
            ),
        ),
        (
            "The output",
            (
                OUTPUT[0],
                precision(15),
                OUTPUT[1],
                ("-o, --out FILE", "to a file; with --sweep-h also .svg, .png or .pdf"),
                *DISPLAY,
            ),
        ),
    ),
)

Step = Annotated[float | None, typer.Option("--h")]
SweepH = Annotated[bool, typer.Option("--sweep-h")]


def run(
    asked: Asked,
    *,
    output: o.Output = None,
    wrt: o.Wrt = None,
    h: Step = None,
    sweep_h: SweepH = False,
    strict: o.Strict = False,
) -> None:
    """Answer with the methods side by side."""
    from adcli.commands.given import names  # --help stays quick
    from adcli.commands.present import FORMS, SUFFIXES, form_of
    from adcli.errors import UsageError
    from adcli.study.compare import CompareAnswer, compared

    drawn = {f".{name}": name for name in PICTURES}
    if not sweep_h and asked.showing.out and Path(asked.showing.out).suffix.lower() in drawn:
        raise UsageError("a picture shows errors against the step", hint="add --sweep-h")
    form = (
        form_of(asked.showing, (*FORMS, *PICTURES), {**SUFFIXES, **drawn})
        if sweep_h
        else form_of(asked.showing)
    )
    columns = names(wrt, "--wrt x,y")
    program, at, _ = asked.given()
    answer = compared(program, at or {}, wrt=columns, output=output, h=h, sweep_h=sweep_h, strict=strict)

    def draw(found: Answer) -> bytes | None:
        if form not in PICTURES or not isinstance(found, CompareAnswer):
            return None
        from adcli.render.errorplot import picture  # matplotlib only for a picture

        return picture(found, form)

    asked.present(answer, form=form, draw=draw)
