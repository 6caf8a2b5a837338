"""adcli jvp: the directional derivative of every output, by one forward sweep."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import NAMES, NUMBERS, POINT, SOURCE, STRICT, TANGENT, TRACED, Page, written

PAGE = Page(
    usage="adcli jvp EXPRESSIONS --at POINT --tangent DIRECTION",
    summary="The derivative of every output along a direction: one forward sweep.",
    examples=(
        ('adcli jvp "x^2*y, x + y" --at x=1,y=2 --tangent x=1,y=0', "by x"),
        ('adcli jvp "sin(x*y)" --at x=1,y=2 --tangent x=3 --trace', "with tables"),
        ('adcli jvp "exp(t), t^2" --at t=1', "one input"),
    ),
    groups=(
        POINT,
        ("The program", SOURCE),
        ("The sweep", (TANGENT, STRICT, *TRACED)),
        NUMBERS,
        written(10, *NAMES),
    ),
)

HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    tangent: o.Tangent = None,
    strict: o.Strict = False,
    trace: o.Trace = False,
    explain: o.Explain = False,
    names: o.Names = None,
) -> None:
    """Answer with the tangents of the outputs."""
    from adcli.answers import seeded  # --help stays quick
    from adcli.commands.swept import present_sweep

    present_sweep(
        asked, seeded.jvp, tangent, "--tangent", strict=strict, trace=trace, explain=explain, names=names
    )
