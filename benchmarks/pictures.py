"""Pictures: whole processes that draw by the machine's `dot`, beside the DOT text alone and `dot` itself."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from measure import Row, require, row
from startup import environment, installed

EXPRESSION, POINT = "x^2*y + 2*y", "x=1.5,y=2"


def rows(python: str | None, rounds: int = 25, *, nodes: int = 300) -> Iterator[Row]:
    """The SVG of a small graph beside its DOT, and larger ones beside what Graphviz itself takes.

    Graphviz takes its start, `dot -V`, and the layout. The larger picture is beside both together and, less
    its layout, beside the start alone; the picture of one node says what of that is our own start.
    `python` has adcli from a wheel; without one, a new environment gets it. Nothing where there is no `dot`.
    """
    dot = shutil.which("dot")
    if dot is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        start = [python or installed(folder), "-m", "adcli", "graph"]
        svg, text = str(Path(folder, "g.svg")), str(Path(folder, "g.dot"))
        small = [*start, EXPRESSION, "--at", POINT, "--mode", "reverse", "-o"]
        pairs = [(milliseconds([*small, svg]), milliseconds([*small, text])) for _ in range(rounds + 1)]
        yield row("graph to .svg", "ms", "to .dot", pairs[1:], goal=1.6)
        program = chained(nodes)
        large = [*start, program, "-o", svg]
        skeleton = laid_out(program)
        commands = ([*start, "x", "-o", svg], large, [dot, "-Tjson0"], [dot, "-V"])
        times = [
            [milliseconds(command, skeleton if "-Tjson0" in command else b"") for command in commands]
            for _ in range(rounds + 1)
        ]
        drawn = Path(svg).read_text(encoding="utf-8").count('<g id="node-')
        require(drawn >= nodes * 0.9, f"{drawn} nodes are drawn, not {nodes}")
        what, peer = f"{nodes} nodes to .svg", "dot -V and the layout"
        yield row(what, "ms", peer, [(whole, bare + layout) for _, whole, layout, bare in times[1:]], goal=20)
        alone = [(max(0.0, whole - layout), bare) for _, whole, layout, bare in times[1:]]
        yield row(f"{what}, less the layout", "ms", "dot -V", alone, goal=20)
        yield row("one node to .svg", "ms", "dot -V", [(one, bare) for one, _, _, bare in times[1:]])


def chained(nodes: int) -> str:
    """A program of about so many nodes: each step uses the last one and an earlier one."""
    steps = [f"a{place} = a{place - 1} + sin(a{max(0, place - 3)})" for place in range(1, nodes // 2)]
    return "; ".join(["a0 = x*y", *steps])


def laid_out(program: str) -> bytes:
    """What Graphviz is asked for that program."""
    from adcli import answers, parse
    from adcli.drawing import Wanted, diagram
    from adcli.render.arrangement import reach, with_own_constants
    from adcli.render.layout import LABELLED_REACH, skeleton

    whole = with_own_constants(diagram(answers.graph(parse(program)), Wanted()))
    return skeleton(whole, labelled=reach(whole) <= LABELLED_REACH).encode()


def milliseconds(command: list[str], given: bytes = b"") -> float:
    """The milliseconds of a process."""
    begin = perf_counter()
    done = subprocess.run(  # noqa: S603  # ours
        command, input=given, capture_output=True, check=False, env=environment()
    )
    took = (perf_counter() - begin) * 1e3
    require(done.returncode == 0, done.stderr)
    return took


if __name__ == "__main__":
    from measure import table

    print("\n".join(table(list(rows(sys.argv[1] if len(sys.argv) > 1 else None)))))
