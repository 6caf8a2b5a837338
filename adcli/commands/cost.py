"""adcli cost: what a program and its derivatives cost."""

from __future__ import annotations

from typing import Annotated

import typer

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import POINT, SOURCE, Page, written

PAGE = Page(
    usage="adcli cost EXPRESSION [--at POINT]",
    summary="Operations of the value, of one forward and one reverse pass, and the passes.",
    examples=(
        ('adcli cost "x*y + sin(x)"', "counted"),
        ('adcli cost "x*y*z, x + y" --wrt x', "by one input"),
        ("adcli cost -f model.ad --at x=1.5,y=2", "of the run at a point"),
        ("adcli cost --layers 784,128,10 --batch 64", "a network's formulas"),
    ),
    groups=(
        ("The point, for loops and choices that need one", POINT[1]),
        ("The program", (*SOURCE, ("--output NAME", "only this output, of several"))),
        (
            "The passes",
            (
                ("--wrt NAMES", "only these inputs: --wrt x,y"),
                ("--layers SIZES", "a layered network, from inputs to outputs"),
                ("--batch N", "how many examples it is given at once (default 1)"),
            ),
        ),
        written(3),
    ),
)

Layers = Annotated[str | None, typer.Option("--layers")]
Batch = Annotated[int | None, typer.Option("--batch", min=1, max=10**12)]


def run(
    asked: Asked,
    *,
    output: o.Output = None,
    wrt: o.Wrt = None,
    layers: Layers = None,
    batch: Batch = None,
) -> None:
    """Answer with the counts."""
    from adcli.commands.given import names  # --help stays quick
    from adcli.commands.present import show_text
    from adcli.errors import UsageError
    from adcli.study.cost import NetworkAnswer, costs
    from adcli.study.networks import network

    if batch is not None and layers is None:
        raise UsageError("--batch is the batch of a network", hint="add --layers 784,128,10")
    net = None if layers is None else network(layers, batch)
    source = asked.source
    if net is not None and source.expression is None and source.file is None:
        if given := [name for name in ("at", "outputs") if getattr(source, name)]:
            raise UsageError(f"--{given[0]} belongs to an expression, and none is given")
        if output is not None or wrt is not None:
            raise UsageError("--output and --wrt belong to an expression, and none is given")
        show_text(NetworkAnswer(net), asked.showing)
        return
    columns = names(wrt, "--wrt x,y")
    program, at, _ = asked.given()
    asked.present(costs(program, at, wrt=columns, output=output, network=net))
