"""What a measurement is: a row of the table, and how two things are timed fairly."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import process_time
from typing import Any, NamedTuple


def require(condition: object, message: object) -> None:
    """Raise AssertionError, also where Python runs without assertions."""
    if not condition:
        raise AssertionError(message)


class Row(NamedTuple):
    """What was measured: ours beside theirs in one unit, their ratio, and the most that it may be."""

    what: str
    ours: float
    unit: str
    peer: str
    theirs: float
    ratio: float
    goal: float | None = None

    @property
    def held(self) -> bool | None:
        """Whether the goal is reached; None without a goal."""
        return None if self.goal is None else self.ratio <= self.goal


def row(
    what: str, unit: str, peer: str, pairs: Sequence[tuple[float, float]], goal: float | None = None
) -> Row:
    """The row of pairs (ours, theirs) that were measured one right after the other.

    The ratio is the median of the pairs' ratios: the machine's speed drifts, and a pair drifts together.
    """
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    return Row(what, ours, unit, peer, theirs, median(a / b for a, b in pairs), goal)


def seconds(run: Callable[..., Any], prepare: Callable[[], Any] | None, times: int) -> float:
    """The processor time of one `run`, on what `prepare` made if there is one, from a collected heap on."""
    gc.collect()
    total = 0.0
    if prepare is None:
        begin = process_time()
        for _ in range(times):
            run()
        return (process_time() - begin) / times
    for _ in range(times):
        made = prepare()
        begin = process_time()
        run(made)
        total += process_time() - begin
        del made
    return total / times


def output(command: Sequence[str], **more: Any) -> str:
    """What a program that must succeed writes to its standard output."""
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, **more)  # noqa: S603  # ours
    return str(done.stdout)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as lines of text, in columns."""
    cells = [("measurement", "adcli", "peer", "", "unit", "ratio", "goal", "")]
    for r in rows:
        goal = "" if r.goal is None else f"<= {r.goal:g}"
        held = {None: "", True: "held", False: "MISSED"}[r.held]
        cells.append(
            (r.what, short(r.ours), short(r.theirs), r.peer, r.unit, f"{r.ratio:.3f}", goal, held),
        )
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()


def short(number: float) -> str:
    """A number in about three digits."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"
