"""Points at which formulas are compared: short decimals of many sizes, and around numbers in the texts."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from adcli.language.program import Program
from adcli.language.scanner import scan
from adcli.primitives import TABLE

TRIES = 400
SEED = 1
RANGES = (
    (0.2, 2.0),
    (-2.0, 2.0),
    (0.0, 1.0),
    (-1.0, 1.0),
    (0.5, 5.0),
    (-10.0, 10.0),
    (1.0, 20.0),
    (-100.0, 100.0),
)
WHOLE = (2, 3, 5, -2, 7, -3)  # a reader can follow the first ones by heart
ODD, ODD_STEP = 5, 997  # every so manieth point lies on no decimal, where sin(1000*pi*x) is 0
MOST_LANDMARKS = 12
LARGEST = 10**9
NEAR = Fraction(1, 8)


def points(names: tuple[str, ...], near: Mapping[str, Any] | None, seed: int) -> Iterator[dict[str, Any]]:
    """The point that was asked for, small whole numbers, random short decimals of both signs and sizes."""
    if near is not None:
        yield dict(near)
    for first in range(len(WHOLE)):
        yield {name: Fraction(WHOLE[(first + place) % len(WHOLE)]) for place, name in enumerate(names)}
    # Decimals, not floats: the same point in any arithmetic. Not for secrets, and the same on every machine.
    dice = random.Random(seed)  # noqa: S311
    for place in range(TRIES):
        low, high = RANGES[place % len(RANGES)]
        step = ODD_STEP if place % ODD == ODD - 1 else 1000 if high <= 10 else 100
        yield {
            name: Fraction(dice.randint(math.ceil(low * step), math.floor(high * step)), step)
            for name in names
        }


def around(numbers: Collection[Fraction], names: tuple[str, ...], seed: int) -> Iterator[dict[str, Any]]:
    """Points on some numbers and their opposites, beside them, between them and beyond them."""
    found: list[Fraction] = sorted({*numbers, *(-number for number in numbers)})
    middles = [(low + high) / 2 for low, high in pairwise(found)]
    beyond = [number + sign * max(abs(number), Fraction(1)) for number in found for sign in (1, -1)]
    beside = [number + sign * NEAR for number in found for sign in (1, -1)]
    values = list(dict.fromkeys([*found, *beside, *middles, *beyond]))
    dice = random.Random(seed)  # noqa: S311
    if len(names) == 1:
        yield from ({names[0]: value} for value in values)
        return
    for value in values if names else ():
        for name in names:  # one input there, the others anywhere
            yield {
                other: value
                if other == name
                else dice.choice((value, Fraction(dice.randint(-5000, 5000), 1000)))
                for other in names
            }


def landmarks(programs: Iterable[Program]) -> list[Fraction]:
    """The numbers in the texts of some programs, where a formula may turn or a domain begin; and 0."""
    found: dict[Fraction, None] = {Fraction(0): None}
    for program in programs:
        for token in scan(program.source, ()).tokens:
            if token.type == "NUMBER" and len(found) < MOST_LANDMARKS:
                number = Fraction(token.value.replace("_", ""))
                if number < LARGEST:
                    found[number] = None
    return list(found)


def turns(program: Program) -> bool:
    """Whether a program has a choice, a corner or a jump somewhere."""
    return (
        program.needs_point
        or program.has_choice
        or any(op in TABLE and TABLE[op].kinks for op in program.graph.op)
    )
