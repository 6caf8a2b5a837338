"""One line on stderr that tells how far a long run is; nothing unless somebody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from adcli.notation.numerals import number

PATIENCE, PAUSE, BAR = 0.5, 0.1, 20
WIDTH = 78


class Line:
    """A line that appears when somebody has waited, is written over, and is wiped at the end."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.due = time.monotonic() + patience
        self.shown = False

    def say(self, said: Callable[[], str]) -> None:
        """Write what there is to say, if it is time."""
        now = time.monotonic()
        if now < self.due:
            return
        self.due, self.shown = now + PAUSE, True
        sys.stderr.write(f"\r\x1b[K{said()[:WIDTH]}")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Leave the line as it was."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class Progress(Line):
    """A bar that appears after half a second."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.steps = steps

    def __call__(self, step: int, value: float, slope: float) -> None:
        """Tell of a step."""
        self.say(lambda: self.bar(step, value, slope))

    def bar(self, step: int, value: float, slope: float) -> str:
        """How far it is, and where."""
        done = BAR * step // max(self.steps, 1)
        bar = "#" * done + "." * (BAR - done)
        return f"[{bar}] step {step} of {self.steps}: value {number(value)}, slope {number(slope)}"


class Turns(Line):
    """How often loops have run, after two seconds: one may never end."""

    def __init__(self, most: int) -> None:
        super().__init__(patience=2)
        self.most = most

    def __call__(self, turns: int) -> None:
        """Tell of a turn."""
        self.say(lambda: f"turn {turns} of a loop, at most {self.most} steps; Ctrl-C ends it")


def progress(steps: int, *, quiet: bool) -> Progress | None:
    """The bar, where stderr is a terminal."""
    return Progress(steps) if not quiet and sys.stderr.isatty() else None


def turns(most: int, *, quiet: bool) -> Turns | None:
    """The count of turns, where stderr is a terminal."""
    return Turns(most) if not quiet and sys.stderr.isatty() else None
