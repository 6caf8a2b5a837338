"""adcli grad: value and gradient of one output at a point."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import (
    EXPAND,
    EXPLAIN,
    FULL,
    NAMES,
    NUMBERS,
    ONE_OUTPUT,
    POINT,
    SOURCE,
    SWEEP,
    Page,
    written,
)

PAGE = Page(
    usage="adcli grad EXPRESSION --at POINT",
    summary="Value and gradient at a point.",
    examples=(
        ('adcli grad "x^2*y + 2*y" --at x=1.5,y=2', ""),
        ('adcli grad "-x^2" --at x=3', "a leading minus works"),
        ("adcli grad -f model.ad --at point.json", "from files"),
        ('adcli grad "sin(x)" --at x=pi/4 --trace', "with the tables"),
        ('echo "x*y" | adcli grad - --at x=2,y=3 --json', "in a pipe"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, EXPAND, ONE_OUTPUT)),
        ("The sweep", (*SWEEP, ("--trace", "add the evaluation trace"), EXPLAIN)),
        NUMBERS,
        written(10, *NAMES, FULL),
    ),
)
HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    output: o.Output = None,
    mode: o.Mode = "auto",
    wrt: o.Wrt = None,
    strict: o.Strict = False,
    trace: o.Trace = False,
    explain: o.Explain = False,
    full: o.Full = False,
    expand: o.Expand = False,
    names: o.Names = None,
) -> None:
    """Answer with the value and the gradient."""
    from adcli import answers  # --help stays quick
    from adcli.commands.given import names as listed
    from adcli.commands.present import one_of
    from adcli.errors import NameProblem

    chosen = one_of(mode, ("auto", "forward", "reverse"), "--mode")
    columns = listed(wrt, "--wrt x,y")
    program, at, _ = asked.given(expand=expand, names=names)
    try:
        answer = answers.gradient(
            program,
            at or {},
            mode=chosen,
            wrt=asked.each(columns),
            output=output,
            strict=strict,
            traced=trace or explain,
            arithmetic=asked.arithmetic,
        )
    except NameProblem as error:
        if at is None and error.hint:
            error.hint += "; adcli diff gives the formula"
        raise
    asked.present(answer, explain=explain, full=full)
