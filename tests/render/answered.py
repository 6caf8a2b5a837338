"""Answers that the tests of text look at, and streams that say what a terminal would."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from typing import Any

import adcli
from adcli import answers
from adcli.answers.answer import TraceAnswer

GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
POINT = {"x1": 1.5, "x2": 0.5}
BAYDIN = "ln(x1) + x1*x2 - sin(x2)"
BISHOP = "x1*x2 + exp(x1*x2) - sin(x2)"
NEURON = "a1 = w1*x + b1; z1 = tanh(a1); y = w2*z1 + b2; E = (y - t)^2/2"
WEIGHTS = {"w1": 0.3, "x": 0.5, "b1": 0.1, "w2": -0.7, "b2": 0.2, "t": 1}
LONG_NAMES = "length_of_the_wire*sin(temperature_outside)^2 + some_other_quantity/length_of_the_wire"
LONG_POINT = {"length_of_the_wire": 2.5, "temperature_outside": 1 / 3, "some_other_quantity": -2e-7}
MANY_STEPS = " + ".join(f"sin(x{i})*x{i + 1}" for i in range(1, 14))
MANY_POINT = {f"x{i}": i / 8 for i in range(1, 15)}
EXTREMES = "exp(x)*y/1e300 + z^2*1e20 - 1/z"
EXTREME_POINT = {"x": 600.5, "y": 1.23456789e-7, "z": -1 / 3}
SEVERAL = "x*y, x - 3, 2*z"
SEVERAL_POINT = {"x": 2, "y": 5, "z": 1}

EVERYTHING = [
    (GRIEWANK, POINT),
    (BAYDIN, {"x1": 2, "x2": 5}),
    (BISHOP, {"x1": 2, "x2": 5}),
    (NEURON, WEIGHTS),
    (LONG_NAMES, LONG_POINT),
    (MANY_STEPS, MANY_POINT),
    (EXTREMES, EXTREME_POINT),
    (SEVERAL, SEVERAL_POINT),
    ("max(x, y) + |x - y| + relu(x)", {"x": 1, "y": 1}),
    ("2*pi", {}),
    ("x", {"x": 0}),
]


def traced(text: str, at: dict[str, Any] | None = None, **options: Any) -> TraceAnswer:
    """The trace of a text."""
    return answers.trace(adcli.parse(text), at, **options)


@dataclass(frozen=True)
class Wishes:
    """What a user asks for on the command line."""

    precision: int | None = None
    format: str | None = None
    no_color: bool = False


class Stream(io.StringIO):
    """A stream with an encoding that may be a terminal, and that refuses what it cannot encode."""

    def __init__(self, encoding: str = "utf-8", *, terminal: bool = False) -> None:
        super().__init__()
        self.spoken = encoding
        self.terminal = terminal

    @property
    def encoding(self) -> str:
        """The encoding."""
        return self.spoken

    def isatty(self) -> bool:
        """Whether somebody looks."""
        return self.terminal

    def write(self, text: str) -> int:
        """Take a text, or fail as a real stream does."""
        text.encode(self.spoken)
        return super().write(text)


def typed(text: str) -> list[str]:
    """The lines of a text with one code point for a letter and its mark, where there is one."""
    return unicodedata.normalize("NFC", text).splitlines()


def rows_of(text: str, first: str) -> list[str]:
    """The lines of a text from the one that begins with `first` to the next empty one."""
    lines = typed(text)
    begin = next(place for place, line in enumerate(lines) if line.startswith(first))
    end = next((place for place in range(begin, len(lines)) if not lines[place].strip()), len(lines))
    return lines[begin:end]
