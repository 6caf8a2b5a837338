"""Forms of exercises: a function and a point with places where numbers, signs or functions are drawn.

`{a:2..5}` draws a whole number, `{s:+|-}` one of the texts between the bars; `{a}` repeats what was drawn.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from adcli.quiz.dice import Dice

SLOT = re.compile(r"\{(?P<name>[a-z]\w*)(?::(?P<pool>[^{}]+))?\}")
RANGE = re.compile(r"(-?\d+)\.\.(-?\d+)")


class Form(NamedTuple):
    """The function and the point, each with slots."""

    function: str
    at: str


def filled(form: Form, dice: Dice) -> Form:
    """The form with its slots drawn, from left to right, those of the function first.

    >>> filled(Form("({a:2..2}*x)^{n:3|3}", "x={a}"), Dice(""))
    Form(function='(2*x)^3', at='x=2')
    """
    drawn: dict[str, str] = {}

    def put(slot: re.Match[str]) -> str:
        if slot["pool"] is not None:
            drawn[slot["name"]] = dice.choice(pool(slot["pool"]))
        return drawn[slot["name"]]

    return Form(SLOT.sub(put, form.function), SLOT.sub(put, form.at))


def pool(text: str) -> list[str]:
    """What a slot may hold: a range of whole numbers but 0, or the texts between the bars.

    >>> pool("-1..2"), pool("sin|cos")
    (['-1', '1', '2'], ['sin', 'cos'])
    """
    if (found := RANGE.fullmatch(text)) is not None:
        return [str(number) for number in range(int(found[1]), int(found[2]) + 1) if number]
    return text.split("|")
