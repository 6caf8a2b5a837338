"""The lines above every answer, and the words that all reports share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from adcli.language.names import WORD
from adcli.language.naming import SOURCE_NAMES
from adcli.language.program import Program
from adcli.notation.numerals import ANSWER_DIGITS
from adcli.notation.show import TREE_STEPS
from adcli.tracing.labels import Labels, Style

LONGEST = 300
WORDS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def title(
    program: Program, at: Mapping[str, Any] | None, style: Style, digits: int | None, words: str = ""
) -> tuple[str, ...]:
    """How the text was read, the point, and the arithmetic: ("f = x/y", "at x = 1, y = 3", "exact")."""
    labels = Labels(program, style)
    lines = [shortened(reading(program, style), style)]
    if at:
        shown = max(digits or 0, ANSWER_DIGITS)
        values = (f"{labels.plain(name)} = {style.number(value, shown)}" for name, value in at.items())
        lines.append(shortened(f"at {', '.join(values)}", style))
    return (*lines, words) if words else tuple(lines)


def reading(program: Program, style: Style) -> str:
    """The program with its outputs' names, as one would type it: "f1 = x*y, f2 = x - y".

    A program of named steps keeps its steps; of many, their number stands before them.
    """
    spelled = program.spelled if style.marks else {}
    text = re.sub(WORD, lambda word: spelled.get(word[0], word[0]), program.shown)
    names = [spelled.get(name, name) for name in program.outputs]
    if len(program) > TREE_STEPS and program.names == SOURCE_NAMES:
        return f"{', '.join(names)} in {len(program)} steps: {text}"
    *steps, last = [part for part in text.split("; ") if not part.startswith("input ")]
    pairs = [
        formula if formula == name else f"{name} = {formula}"
        for name, formula in zip(names, expressions(last), strict=True)
        if formula != name or not steps
    ]
    whole = "; ".join([*steps, ", ".join(pairs)] if pairs else steps)
    return f"{', '.join(names)} in {len(program)} steps: {whole}" if len(program) > TREE_STEPS else whole


def expressions(text: str) -> list[str]:
    """The pieces of a reading between commas that stand outside brackets.

    >>> expressions("max(x, y), x + 1")
    ['max(x, y)', 'x + 1']
    """
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append(text[start:place])
            start = place + 1
    return [piece.strip() for piece in [*found, text[start:]]]


def shortened(text: str, style: Style, longest: int = LONGEST) -> str:
    """The text, cut with a mark after so many characters."""
    return text if len(text) <= longest else text[:longest].rstrip() + style.more


def count(amount: int, noun: str, several: str = "") -> str:
    """The amount in words up to twelve: "one output", "two inputs", "14 sweeps".

    `several` is the plural where it takes more than an s.

    >>> count(1, "sweep"), count(0, "input"), count(14, "step")
    ('one sweep', 'no inputs', '14 steps')
    """
    spoken = WORDS[amount] if amount < len(WORDS) else str(amount)
    return f"{spoken} {noun if amount == 1 else several or noun + 's'}"


def listed(items: Sequence[str], most: int = 4) -> str:
    """The items with commas and "and", at most so many by name.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed(list("abcdef"))
    ('a, b and c', 'a', 'a, b, c and 3 more')
    """
    if len(items) > most:
        items = [*items[: most - 1], f"{len(items) - most + 1} more"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
