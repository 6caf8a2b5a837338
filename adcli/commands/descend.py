"""adcli descend: walk down to a minimum, with a table of the steps and the reason to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, ONE_OUTPUT, OUTPUT, POINT, SOURCE, Page, precision
from adcli.errors import ExitStatus, UsageError

PAGE = Page(
    usage="adcli descend EXPRESSION --at START [--method METHOD]",
    summary="Walk down to a minimum: every step in a table, and why the last one is the last.",
    examples=(
        ('adcli descend "(x-1)^2 + 4(y+2)^2" --at x=5,y=5', "the table"),
        ('adcli descend "(1-x)^2+9(y-x^2)^2" --at x=-1,y=1 --method newton', ""),
        ('adcli descend "x^4 - x" --at x=2 --method adam --steps 5000', ""),
        ('adcli descend "x^2 + 3y^2" --at x=4,y=2 -o path.svg', "a picture"),
    ),
    groups=(
        POINT,
        (
            "The descent",
            (
                ("--method METHOD", "gradient, momentum, adam, newton or line-search"),
                ("--rate R", "the length of a step (default by method)"),
                ("--steps N", "at most so many (default 1000)"),
                ("--tol T", "converged when the gradient is below it (1e-8)"),
                ("--wrt NAMES", "only these inputs move"),
                ("--data FILE", "CSV: its columns are inputs; x1, x2 are an array x"),
                ("--each-row", "a mean over rows, also where columns are arrays"),
                ("--data X=FILE", "an array from a .csv or .npy file; repeatable"),
                ("--seed S", "draw the starts that --at lacks, from -1 to 1"),
                ("--shape W=2x3,b=2", "how large arrays are drawn"),
            ),
        ),
        ("The program", (*SOURCE, ONE_OUTPUT)),
        (
            "The output",
            (
                OUTPUT[0],
                ("--csv", "the numbers alone, as --format csv"),
                precision(6),
                OUTPUT[1],
                ("-o, --out FILE", ".svg .png .pdf: a picture; .md .tex .csv .json .txt"),
                ("--picture WHAT", "path (of two inputs) or loss"),
                *DISPLAY,
            ),
        ),
    ),
    exit="Exit: 0 done, 2 not understood, 3 diverged or left the domain, 130 Ctrl-C",
)
STATUS = {
    "diverged": ExitStatus.NOT_DEFINED,
    "domain": ExitStatus.NOT_DEFINED,
    "interrupted": ExitStatus.INTERRUPTED,
}

Method = Annotated[str, typer.Option("--method")]
Rate = Annotated[float | None, typer.Option("--rate")]
Steps = Annotated[int, typer.Option("--steps", min=0, max=10**9)]
Tol = Annotated[float, typer.Option("--tol")]
Data = Annotated[list[str] | None, typer.Option("--data")]
EachRow = Annotated[bool, typer.Option("--each-row")]
Drawn = Annotated[int | None, typer.Option("--seed")]
Shapes = Annotated[list[str] | None, typer.Option("--shape")]
Csv = Annotated[bool, typer.Option("--csv")]
Picture = Annotated[str | None, typer.Option("--picture")]


def run(
    asked: Asked,
    *,
    method: Method = "gradient",
    rate: Rate = None,
    steps: Steps = 1000,
    tol: Tol = 1e-8,
    wrt: o.Wrt = None,
    data: Data = None,
    each_row: EachRow = False,
    seed: Drawn = None,
    shape: Shapes = None,
    output: o.Output = None,
    picture: Picture = None,
    csv: Csv = False,
) -> None:
    """Answer with the path of the descent; the exit status tells how it ended."""
    from adcli.commands.charts import PICTURES, comma_separated, form_of_plot, written
    from adcli.commands.data import data_of, shapes_of  # --help stays quick
    from adcli.commands.given import names
    from adcli.commands.present import one_of
    from adcli.commands.progress import progress
    from adcli.study.descent import descend
    from adcli.study.methods import METHODS

    asked = comma_separated(asked, csv=csv)
    one_of(method, tuple(METHODS), "--method")
    what = None if picture is None else one_of(picture, ("path", "loss"), "--picture")
    form = form_of_plot(asked.showing)
    program, at, _ = asked.given()
    found, arrays = data_of(data or (), program.inputs)
    shapes = shapes_of(shape or ())
    bar = progress(steps, quiet=asked.showing.quiet)
    try:
        answer = descend(
            program, at or {}, method=method, rate=rate, steps=steps, tol=tol, wrt=names(wrt, "--wrt x,y"),
            output=output, data=found, arrays=arrays, each_row=each_row, seed=seed, shapes=shapes, watch=bar,
        )  # fmt: skip
    finally:
        if bar is not None:
            bar.wipe()
    if what == "path" and len(answer.moving) != 2:
        raise UsageError(
            f"a path is drawn of two inputs, and {len(answer.moving)} move",
            hint="choose two with --wrt x,y, or --picture loss",
        )
    if what is not None and form not in PICTURES:
        raise UsageError("--picture chooses a picture", hint="name its file, as in -o path.svg")
    asked.present(answer, form=form, draw=written(form, what))
    if status := STATUS.get(answer.stop.reason):
        raise typer.Exit(status)
