"""adcli codegen: a program's value or derivatives as source code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, POINT, SOURCE, Page

FORMS = ("python", "numpy", "c", "latex", "json")
SUFFIXES = {".py": "python", ".c": "c", ".tex": "latex", ".json": "json"}

PAGE = Page(
    usage="adcli codegen EXPRESSION [--to LANGUAGE] [--what WHAT] [-o FILE]",
    summary="The value or the derivatives as a function in Python, NumPy, C or LaTeX.",
    examples=(
        ('adcli codegen "x^2*y + 2*y"', "the gradient, in Python"),
        ('adcli codegen "sin(x*y)" --what hessian -o h.c', "a file in C"),
        ('adcli codegen "x*y, x-y" --to numpy --what jacobian', "for arrays"),
        ('adcli codegen "x*exp(-x^2/2)" --compact', "in few lines"),
        ('adcli codegen "if(x<0, -x, x^2)" --at x=3', "the branch at a point"),
    ),
    groups=(
        (
            "The code",
            (
                ("--to LANGUAGE", "python (default), numpy, c or latex"),
                ("--what WHAT", "value, gradient (default), jacobian or hessian"),
                ("--wrt NAMES", "differentiate by these inputs: --wrt x,y"),
                ("--output NAME", "the output to take, of several"),
                ("--name NAME", "what the function is called"),
                ("--compact", "steps without a name stand where they are used"),
                ("--force", "above 100000 steps too"),
            ),
        ),
        ("The point, for loops and choices that need one", POINT[1]),
        ("The program", SOURCE),
        (
            "The output",
            (
                ("-o, --out FILE", ".py, .c, .tex or .json; its ending names a language"),
                ("--format FORMAT", "as --to; or json"),
                ("--json", "one JSON object with the text"),
                ("--precision N", "digits of the point in comments (default 6)"),
                *DISPLAY,
            ),
        ),
    ),
)

To = Annotated[str | None, typer.Option("--to")]
What = Annotated[str, typer.Option("--what")]
Name = Annotated[str | None, typer.Option("--name")]
Compact = Annotated[bool, typer.Option("--compact")]


def language(asked: Asked, to: str | None) -> tuple[str, bool]:
    """The language, and whether the answer is JSON; UsageError where options ask for two of them."""
    from adcli.commands.present import one_of
    from adcli.errors import UsageError

    showing = asked.showing
    to = None if to is None else str(one_of(to, FORMS[:-1], "--to"))
    form = None if showing.format is None else str(one_of(showing.format, FORMS, "--format"))
    json = showing.json or form == "json"
    if showing.json and form not in (None, "json"):
        raise UsageError(f"--json and --format {form} ask for two formats", hint="give one of the two")
    if form is not None and form != "json":
        if to is not None and to != form:
            raise UsageError(f"--to {to} and --format {form} name two languages", hint="give one of the two")
        to = form
    out = showing.out
    if out is None or out == "-":
        return to or "python", json
    suffix = Path(out).suffix.lower()
    if suffix == ".txt":
        return to or "python", json
    if suffix not in SUFFIXES:
        raise UsageError(
            f"cannot tell the language of {out} by its ending", hint=f"end it in {', '.join(SUFFIXES)}"
        )
    found = SUFFIXES[suffix]
    if found == "json":
        return to or "python", True
    if json or (to is not None and to != found and (to, found) != ("numpy", "python")):
        raise UsageError(
            f"{'json' if json else to} is asked for, and a file that ends in {suffix}",
            hint="give one of the two",
        )
    return to or found, json


def run(
    asked: Asked,
    *,
    to: To = None,
    what: What = "gradient",
    wrt: o.Wrt = None,
    output: o.Output = None,
    name: Name = None,
    compact: Compact = False,
    force: o.Force = False,
) -> None:
    """Answer with the text of a function."""
    from adcli.coding.answer import WHATS, codegen  # --help stays quick
    from adcli.commands.given import names
    from adcli.commands.present import one_of
    from adcli.errors import UsageError

    chosen, json = language(asked, to)
    wanted: Any = one_of(what, WHATS, "--what")
    columns = names(wrt, "--wrt x,y")
    if wanted == "value" and columns is not None:
        raise UsageError("--wrt has no meaning with --what value", hint="leave it out")
    program, at, _ = asked.given()
    answer = codegen(
        program, at if program.inputs else None, to=chosen, what=wanted, wrt=columns, output=output,  # type: ignore[arg-type]
        name=name, compact=compact, force=force, digits=asked.showing.precision,
    )  # fmt: skip
    asked.present(answer, form="json" if json else chosen, draw=lambda found: found.code)
