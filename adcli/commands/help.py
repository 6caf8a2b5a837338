"""Help pages: examples that run, then the options by purpose. A test holds them against the real options."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Rows = Sequence[tuple[str, str]]

POINT = (
    "The point",
    (
        ("--at NAME=VALUE,...", "values are expressions: x=pi/4, y=1/3; repeatable"),
        ("--at FILE", ".json, .toml, .yaml or .csv; - reads JSON"),
    ),
)
SOURCE = (
    ("-f, --file FILE", "read the program from a file"),
    ("--outputs NAMES", "these assigned names are the outputs"),
    ("--no-share", "equal sub-expressions stay separate steps"),
    ("--explicit", "refuse implicit forms such as 2x and sin x"),
    ("--max-steps N", "how much loops may run (default 10000000)"),
)
STRICT = ("--strict", "a kink is an error (exit 3), not a note")
SWEEP = (
    ("--mode MODE", "auto (default), forward or reverse"),
    ("--wrt NAMES", "only these inputs: --wrt x,y"),
    STRICT,
)
TANGENT = ("--tangent NAME=VALUE,...", "the direction; inputs left out have 0")
ONE_OUTPUT = ("--output NAME", "the output to differentiate, of several")
NAMES = (
    ("--names v|w|g|z", "the letter of the steps: v1 (default), w1, g1, z1"),
    ("--names source", "your names alone; other steps by their formulas"),
)
EXPAND = ("--expand", "arrays entry by entry: each W11 a step")
FULL = ("--full", "large arrays in full, not by their shapes")
NUMBERS = (
    "The numbers",
    (
        ("--exact", "fractions, roots, pi, e and ln: nothing is rounded"),
        ("--digits N", "N certified digits (needs adcli[num])"),
        ("--round-steps K", "every step rounded to K digits, as by hand"),
    ),
)
EXPLAIN = ("--explain", "the trace with the general rule behind every term")
TRACED = (("--trace", "add the evaluation trace"), EXPLAIN)
OUTPUT = (
    ("--json", "one JSON object, full precision"),
    ("--format FORMAT", "table (default), plain, markdown, latex, csv or json"),
    ("-o, --out FILE", "write to a file; its suffix decides the format"),
)
DISPLAY = (
    ("--no-color, --quiet", "no styles; no notes"),
    ("--debug", "show where in adcli an error was found"),
)
EXIT = "Exit: 0 done, 2 not understood, 3 not defined at this point"


OPTIONS_WIDTH = 26


def precision(digits: int) -> tuple[str, str]:
    """The line of --precision with a command's default."""
    return ("--precision N", f"significant digits (default {digits})")


def written(digits: int, *more: tuple[str, str]) -> tuple[str, Rows]:
    """The group of the options for what is written; `more` are a command's own."""
    return ("The output", (OUTPUT[0], precision(digits), *OUTPUT[1:], *more, *DISPLAY))


class Page(NamedTuple):
    """A command's help: usage, one sentence, examples with a remark each, and groups of options."""

    usage: str
    summary: str
    examples: Rows
    groups: Sequence[tuple[str, Rows]]
    exit: str = EXIT

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> Iterator[str]:
        """The page, at most 80 columns wide."""
        yield self.usage
        yield self.summary
        yield ""
        yield "Examples"
        yield from table(self.examples, max(len(left) for left, _ in self.examples) + 2)
        for title, rows in self.groups:
            yield ""
            yield title
            yield from table(rows, OPTIONS_WIDTH)
        yield ""
        yield self.exit


def table(rows: Rows, width: int) -> Iterator[str]:
    """Two columns; the first is `width` wide, and wider where a cell asks for it."""
    for left, right in rows:
        yield f"  {left:<{width}}{'' if len(left) < width else '  '}{right}".rstrip()
