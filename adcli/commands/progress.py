"""One line on stderr that tells how far a long run is; nothing unless somebody looks."""

from __future__ import annotations

import sys
import time

from adcli.numerals import number

PATIENCE, PAUSE, BAR = 0.5, 0.1, 20


class Progress:
    """A bar that appears after half a second, and is wiped at the end."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.due = time.monotonic() + PATIENCE
        self.shown = False

    def __call__(self, step: int, value: float, slope: float) -> None:
        """Tell of a step."""
        now = time.monotonic()
        if now < self.due:
            return
        self.due, self.shown = now + PAUSE, True
        done = BAR * step // max(self.steps, 1)
        bar = "#" * done + "." * (BAR - done)
        said = f"[{bar}] step {step} of {self.steps}: value {number(value)}, slope {number(slope)}"
        sys.stderr.write(f"\r\x1b[K{said[:78]}")
        sys.stderr.flush()

    def wipe(self) -> None:
        """Leave the line as it was."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def progress(steps: int, *, quiet: bool) -> Progress | None:
    """The bar, where stderr is a terminal."""
    return Progress(steps) if not quiet and sys.stderr.isatty() else None
