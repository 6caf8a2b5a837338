"""adcli vjp: the sum of all outputs' gradients, each times its seed, by one reverse sweep."""

from __future__ import annotations

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import NAMES, NUMBERS, POINT, SOURCE, STRICT, TRACED, Page, written

PAGE = Page(
    usage="adcli vjp EXPRESSIONS --at POINT --cotangent SEED",
    summary="The sum of all outputs' gradients, each times its seed: one reverse sweep.",
    examples=(
        ('adcli vjp "x^2*y, x + y" --at x=1,y=2 --cotangent f1=1', "the first"),
        ('adcli vjp "x*y, x/y" --at x=1,y=2 --cotangent f1=2,f2=-1', ""),
        ('adcli vjp "x*exp(y)" --at x=1,y=2', "one output"),
    ),
    groups=(
        POINT,
        ("The program", SOURCE),
        ("The sweep", (("--cotangent NAME=NUM,...", "the seed; outputs left out have 0"), STRICT, *TRACED)),
        NUMBERS,
        written(10, *NAMES),
    ),
)

HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    cotangent: o.Cotangent = None,
    strict: o.Strict = False,
    trace: o.Trace = False,
    explain: o.Explain = False,
    names: o.Names = None,
) -> None:
    """Answer with the adjoints of the inputs."""
    from adcli.answers import seeded  # --help stays quick
    from adcli.commands.swept import present_sweep

    present_sweep(
        asked, seeded.vjp, cotangent, "--cotangent", strict=strict, trace=trace, explain=explain, names=names
    )
