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
    """The SVG of a small graph beside its DOT, and that of a larger one, without its layout, beside `dot -V`.

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
        pairs = []
        for _ in range(rounds + 1):
            layout = milliseconds([dot, "-Tjson0"], skeleton)
            pairs.append((max(0.0, milliseconds(large) - layout), milliseconds([dot, "-V"])))
        drawn = Path(svg).read_text(encoding="utf-8").count('<g id="node-')
        require(drawn >= nodes * 0.9, f"{drawn} nodes are drawn, not {nodes}")
        yield row(f"{nodes} nodes to .svg, less the layout", "ms", "dot -V", pairs[1:], goal=20)


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
