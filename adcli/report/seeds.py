"""The line that says how a sweep starts: its mode and its seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adcli import engine
from adcli.tracing.labels import Style

MOST_SEEDS = 6


def heading(mode: str, seed: Sequence[tuple[str, Any]], style: Style, digits: int) -> str:
    """The mode and the seed: "forward mode, seed ẋ = 1, ẏ = 0"; of a long one what is not 0."""
    shown = seed
    if len(seed) > MOST_SEEDS:
        shown = [(name, value) for name, value in seed if engine.begins(value)]
    rest = ", all others 0" if len(shown) < len(seed) else ""
    starts = [style.math(f"{name} = {style.number(value, digits)}") for name, value in shown]
    return f"{mode} mode, seed {', '.join(starts)}{rest}" if starts else f"{mode} mode, no seed"
