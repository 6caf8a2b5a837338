"""adcli trace: one sweep, step by step."""

from __future__ import annotations

from dataclasses import replace

from adcli.commands import options as o
from adcli.commands.asked import Asked
from adcli.commands.help import (
    EXPAND,
    EXPLAIN,
    FULL,
    NAMES,
    NUMBERS,
    POINT,
    SOURCE,
    STRICT,
    Page,
    written,
)

PAGE = Page(
    usage="adcli trace EXPRESSION [--at POINT] --mode forward|reverse",
    summary="The evaluation trace: every step with its rule, its numbers and its sums.",
    examples=(
        ('adcli trace "x^2*y + 2*y" --at x=1.5,y=2', "from the output back"),
        ('adcli trace "sin(x*y)" --at x=1,y=2 --mode forward', "from the first input"),
        ('adcli trace "x*exp(x)" --at x=0.5 --explain', "with the rules"),
        ('adcli trace "x*y; x+y" --at x=1,y=2 --seed f1=1,f2=-1', "an own seed"),
        ('adcli trace "x*sin(x)"', "without numbers"),
    ),
    groups=(
        POINT,
        ("The program", (*SOURCE, EXPAND)),
        (
            "The sweep",
            (
                ("--mode MODE", "reverse (default) or forward"),
                ("--wrt NAME", "forward: the input that moves"),
                ("--output NAME", "reverse: the output to start from"),
                ("--seed NAME=VALUE,...", "an own start: of inputs (forward) or outputs"),
                EXPLAIN,
                ("--paths NAME", "all paths from an input (to --output), their sum"),
                ("--blank", "the empty table to fill in; check --table reads it"),
                STRICT,
            ),
        ),
        NUMBERS,
        written(6, *NAMES, FULL),
    ),
)
HAS_NUMBERS = True


def run(
    asked: Asked,
    *,
    mode: o.Mode = "reverse",
    wrt: o.Wrt = None,
    output: o.Output = None,
    seed: o.Seed = None,
    explain: o.Explain = False,
    full: o.Full = False,
    expand: o.Expand = False,
    strict: o.Strict = False,
    paths: o.Paths = None,
    blank: o.Blank = False,
    names: o.Names = None,
) -> None:
    """Answer with the trace of one sweep."""
    from adcli import answers  # --help stays quick
    from adcli.commands.present import one_of, start_of, start_output
    from adcli.errors import UsageError

    if blank and (explain or paths is not None):
        raise UsageError("--blank prints an empty table", hint="leave out --explain and --paths")
    chosen = one_of(mode, ("forward", "reverse"), "--mode")
    start = start_of(chosen, wrt, start_output(chosen, output, paths), seed, exact=asked.exact)
    program, at, _ = asked.given(expand=expand, names=names)
    start["wrt"] = asked.each(start["wrt"])
    between = None if paths is None else (paths, output)
    answer = answers.trace(
        program, at, mode=chosen, strict=strict, paths=between, arithmetic=asked.arithmetic, **start
    )
    asked.present(replace(answer, blank=blank), explain=explain, full=full)
