"""Start-up: whole processes, from an installed wheel, beside SymPy on the same question and a bare Python."""

from __future__ import annotations

import os
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from measure import Row, output, require, row

EXPRESSION, POINT = "x^2*y+2*y", "x=1,y=2"
SYMPY = (
    "from sympy import *; x,y=symbols('x y'); f=x**2*y+2*y; g=[diff(f,v) for v in (x,y)]; "
    "print(g,[e.subs({x:1,y:2}) for e in g])"
)
HEAVY = ("rich", "numpy", "graphviz")
LOADED = "import sys; from adcli.cli import main; main(sys.argv[1:]); print(*sys.modules)"


def rows(python: str | None, rounds: int = 25, *, peers: bool = True) -> Iterator[Row]:
    """The rows about start-up. `python` has adcli and SymPy; without one, a new environment gets them."""
    if python is None:
        with tempfile.TemporaryDirectory() as folder:
            yield from measured(installed(folder), rounds, peers=peers)
    else:
        yield from measured(python, rounds, peers=peers)


def installed(folder: str) -> str:
    """The Python of a new environment with adcli as its users get it, and SymPy."""
    venv.create(folder, with_pip=True)
    python = str(next(path for path in Path(folder).glob("*/python*") if path.stem == "python"))
    checkout = str(Path(__file__).resolve().parents[1])
    output([python, "-m", "pip", "install", "--quiet", checkout, "sympy"])
    return python


def measured(python: str, rounds: int, *, peers: bool) -> Iterator[Row]:
    """JSON and table beside SymPy, and JSON beside a Python that does nothing."""
    script = Path(python).with_name("adcli.exe" if os.name == "nt" else "adcli")
    start = [str(script)] if script.exists() else [python, "-m", "adcli"]
    ours = [*start, "grad", EXPRESSION, "--at", POINT]
    sympy, bare = [python, "-c", SYMPY], [python, "-c", "pass"]
    light(python)
    if peers:
        yield beside("start-up, --json", [*ours, "--json"], "SymPy", sympy, rounds, goal=0.32)
        if os.name == "posix":
            name = "start-up, table in a terminal"
            yield beside(name, ours, "SymPy", sympy, rounds, goal=0.42, terminal=True)
    yield beside("start-up, --json", [*ours, "--json"], "python -c pass", bare, rounds)


def beside(
    what: str,
    ours: Sequence[str],
    peer: str,
    theirs: Sequence[str],
    rounds: int,
    *,
    goal: float | None = None,
    terminal: bool = False,
) -> Row:
    """Two command lines in turn; the first run of each is not counted."""
    seconds = in_terminal if terminal else in_pipe
    pairs = [(seconds(ours) * 1e3, seconds(theirs) * 1e3) for _ in range(rounds + 1)]
    return row(what, "ms", peer, pairs[1:], goal)


def environment() -> dict[str, str]:
    """A plain terminal's environment, without the state folder of whoever measures."""
    return {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100", "XDG_STATE_HOME": tempfile.gettempdir()}


def in_pipe(command: Sequence[str]) -> float:
    """The seconds of a process whose output goes into a pipe."""
    begin = perf_counter()
    output(command, env=environment())
    return perf_counter() - begin


def in_terminal(command: Sequence[str]) -> float:
    """The seconds of a process whose output goes to a terminal."""
    import pty

    begin = perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), environment())  # noqa: S606  # our own
    while read(terminal):
        pass
    _, status = os.waitpid(child, 0)
    took = perf_counter() - begin
    os.close(terminal)
    require(status == 0, command)
    return took


def read(terminal: int) -> bytes:
    """Some of a terminal's output; nothing at its end, which Linux calls an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def light(python: str) -> None:
    """Raise AssertionError when --json loads what only tables and pictures need."""
    arguments = ["grad", EXPRESSION, "--at", POINT, "--json"]
    loaded = {
        name.partition(".")[0]
        for name in output([python, "-c", LOADED, *arguments], env=environment()).split()
    }
    require(loaded.isdisjoint(HEAVY), loaded.intersection(HEAVY))


if __name__ == "__main__":
    from measure import table

    print("\n".join(table(list(rows(sys.argv[1] if len(sys.argv) > 1 else None)))))
