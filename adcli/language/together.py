"""Words that run together: xy for x*y, sinx for sin(x), 2sinxcosx. A name is never split; here it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from adcli.language.names import BARE, CONSTANTS, FUNCTIONS, GREEK, LONGEST_MISSPELT

USUAL = frozenset("xyzuvwθφ")  # arguments that need no other use to be meant
FACTORS = frozenset("αβγηθκλφω")  # letters that stand before another one as factors: λx, ωt; Δx is a name
MOST_TOLD = 200  # inputs; a text with more was written by a program, and means its names


@cache
def calls() -> re.Pattern[str]:
    """The functions that take an argument without brackets; compiled when a long name is met."""
    return re.compile("|".join(sorted(BARE, key=len, reverse=True)))


class Piece(NamedTuple):
    """A part of a word: the function that it calls, or a factor."""

    text: str
    calls: bool = False
    digits: bool = False


def spellings(names: Iterable[str]) -> set[str]:
    """Names as they may stand in a word: theta also as θ."""
    names = set(names)
    return {*names, *(letter for letter, name in GREEK.items() if name in names)}


def as_product(word: str, known: Collection[str]) -> str | None:
    """What a word may mean whose parts are known names, constants and functions; None for any other word.

    >>> as_product("xsin2y", {"x", "y"}), as_product("xe", {"x"}), as_product("rate", {"t"})
    ('x*sin(2*y)', 'x*e', None)
    """
    found = split(word, {*known, *CONSTANTS, "π", "τ"}.__contains__)
    if not found or len(found) < 2 or not any(part.text in known or part.calls for part in found):
        return None
    return written(found)


def meant(word: str, names: AbstractSet[str]) -> str | None:
    """What a free name may mean beside the other `names` of its program, where it is likely to be a slip."""
    if len(word) < 2 or word in FUNCTIONS or word in GREEK.values():
        return None
    called = calls().search(word) is not None or word.startswith(("pi", "π", *FACTORS))
    usual = {*USUAL, *FACTORS, "t"} if word[0] in FACTORS else USUAL
    also = {*CONSTANTS, "π", "τ", *(usual if called else ())}
    found = split(word, lambda piece: piece in also or (piece != word and piece in names))
    if not found or len(found) < 2 or any(digits_alone(found)):
        return None
    if not (called or any(part.text in names for part in found)):
        return None
    return written(found)


def split(word: str, known: Callable[[str], bool]) -> list[Piece] | None:
    """A word as known names, functions and digits side by side, the longest first; None when it is not."""
    size = len(word)
    if size > LONGEST_MISSPELT:
        return None
    tails: list[list[Piece] | None] = [None] * size + [[]]
    for start in range(size - 1, -1, -1):
        for part in parts(word, start, known):
            tail = tails[start + len(part.text)]
            if tail is not None and (tail or not part.calls):
                tails[start] = [part, *tail]
                break
    return tails[0]


def parts(word: str, start: int, known: Callable[[str], bool]) -> Iterator[Piece]:
    """What may begin at a place of a word, the longest name first."""
    call = calls().match(word, start)
    if call is not None:
        yield Piece(call[0], calls=True)
    yield from (Piece(word[start:end]) for end in range(len(word), start, -1) if known(word[start:end]))
    number = word[start:]
    digits = len(number) - len(number.lstrip("0123456789"))
    if digits:
        yield Piece(number[:digits], digits=True)


def digits_alone(found: list[Piece]) -> Iterator[bool]:
    """For each part whether it is a number that no function stands before: x12 is a name."""
    return (
        part.digits and not found[place - 1].calls if place else part.digits
        for place, part in enumerate(found)
    )


def written(found: list[Piece]) -> str:
    """Parts as an expression: a function takes the factors up to the next function."""
    groups: list[tuple[list[str], list[str]]] = [([], [])]
    for part in found:
        calls, factors = groups[-1]
        if part.calls and factors:
            groups.append(([part.text], []))
        else:
            (calls if part.calls else factors).append(part.text)
    return "*".join(
        "".join(f"{call}(" for call in calls) + "*".join(factors) + ")" * len(calls)
        for calls, factors in groups
    )
