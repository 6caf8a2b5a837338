"""adcli plot: curves of a function and its derivatives, or contours of two inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, ONE_OUTPUT, OUTPUT, POINT, SOURCE, Page, precision
from adcli.errors import UsageError

if TYPE_CHECKING:
    from adcli.study.plot import Range

PAGE = Page(
    usage="adcli plot EXPRESSION [--range x=-3..3] [--at POINT] [-o FILE]",
    summary="Curves of a function and its derivatives; contours and gradients of two inputs.",
    examples=(
        ('adcli plot "sin(x)/x" --range x=-10..10', "f and f'"),
        ('adcli plot "x^3 - 2x" --range x=-2..2 --at x=1', "with the tangent"),
        ('adcli plot "tan(x)" --range x=0..pi -o tan.svg', "a picture"),
        ('adcli plot "x^2 - y^2" -o saddle.png', "contours, gradients"),
    ),
    groups=(
        POINT,
        (
            "The plot",
            (
                ("--range NAME=FROM..TO", "an input, or an entry as W[1,2]; at most two"),
                ("--derivative N", "up to the N-th derivative (default 1, at most 10)"),
            ),
        ),
        ("The program", (*SOURCE, ONE_OUTPUT)),
        (
            "The output",
            (
                ("--format chart", "drawn in characters, as a terminal gets it"),
                OUTPUT[0],
                ("--csv", "the numbers alone, as --format csv"),
                precision(6),
                ("--format FORMAT", "svg, png, pdf, table, plain, markdown, latex or csv"),
                ("-o, --out FILE", ".svg .png .pdf: a picture; .md .tex .csv .json .txt"),
                *DISPLAY,
            ),
        ),
    ),
)
Ranges = Annotated[list[str] | None, typer.Option("--range")]
Csv = Annotated[bool, typer.Option("--csv")]
Derivative = Annotated[int, typer.Option("--derivative", min=0, max=10)]


def run(
    asked: Asked,
    *,
    ranges: Ranges = None,
    derivative: Derivative = 1,
    csv: Csv = False,
    output: o.Output = None,
) -> None:
    """Answer with the curves or the heights."""
    from adcli.commands.charts import comma_separated, form_of_plot, sketched, written  # --help stays quick
    from adcli.language.points import parts
    from adcli.study.plot import plot

    asked = comma_separated(asked, csv=csv)
    form = form_of_plot(asked.showing, chart=True)
    program, at, _ = asked.given()
    found: dict[str, Range] = {}
    for text in (given[start:end] for given in ranges or () for start, end in parts(given)):
        name, ends = range_of(text)
        if name in found:
            raise UsageError(f"--range gives {name} twice", hint="give each input once")
        found[name] = ends
    answer = plot(program, found, at, order=derivative, output=output)
    asked.present(answer, form=form, draw=written(form) or sketched(form, asked.showing))


def range_of(text: str) -> tuple[str, Range]:
    """The name and the ends of x=-3..3 or x[1]=-3..3; ends may be constant expressions."""
    from adcli.language.points import from_text
    from adcli.study.scalars import tidy

    name, equals, ends = text.partition("=")
    low, dots, high = ends.partition("..")
    if not equals or not dots or not low.strip() or not high.strip():
        raise UsageError(
            f'--range is NAME=FROM..TO, not "{text[:60]}"', hint="write it as in --range x=-3..3"
        )
    plain = name.partition("[")[0]
    ((_, begin),) = from_text(f"{plain}={low}").items()
    ((_, end),) = from_text(f"{plain}={high}").items()
    if not (isinstance(begin, float) and isinstance(end, float)):
        raise UsageError(f"--range {text[:60]}: the ends are numbers, and an array is none")
    return tidy(name.strip()), (begin, end)
