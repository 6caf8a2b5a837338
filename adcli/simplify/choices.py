"""Choices of one condition, or of it and its contrary, as one: if(x > 1, 3, 0) + if(x <= 1, y, 0)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from adcli.simplify.kinds import FUN, Number

if TYPE_CHECKING:
    from adcli.simplify.terms import Terms

Pairs = Sequence[tuple[int, Number]]
# A comparison as "first < second" or "first = second": are its sides turned, and is it the contrary?
COMPARED = {
    "lt": ("<", False, False), "ge": ("<", False, True), "gt": ("<", True, False), "le": ("<", True, True),
    "eq": ("=", False, False), "ne": ("=", False, True),
}  # fmt: skip


def question(terms: Terms, condition: int) -> tuple[object, bool]:
    """What a condition asks, the same for its contrary, and whether it is the contrary."""
    if terms.kind[condition] == FUN and terms.data[condition][0] in COMPARED:
        name, (first, second) = terms.data[condition]
        sign, turned, contrary = COMPARED[name]
        return (sign, second, first) if turned else (sign, first, second), contrary
    return condition, False


def merged(terms: Terms, parts: Pairs) -> list[tuple[int, Number]] | None:
    """The parts of a sum with choices that ask the same as one; None where there are no two."""
    groups: dict[object, list[tuple[int, Number]]] = {}
    others: list[tuple[int, Number]] = []
    for term, times in parts:
        if terms.is_choice(term):
            groups.setdefault(question(terms, terms.data[term][1][0])[0], []).append((term, times))
        else:
            others.append((term, times))
    if all(len(group) == 1 for group in groups.values()):
        return None
    return others + [(joined(terms, group), 1) for group in groups.values()]


def joined(terms: Terms, group: Pairs) -> int:
    """The sum of choices that ask the same; of two contraries the one with ≤ or ≥ is asked."""
    asked = [(question(terms, terms.data[term][1][0])[1], term, times) for term, times in group]
    contrary, condition = max((contrary, terms.data[term][1][0]) for contrary, term, _ in asked)
    one, other = (
        terms.sum((terms.data[term][1][side if own == contrary else 3 - side], times)
                  for own, term, times in asked)
        for side in (1, 2)
    )  # fmt: skip
    return terms.function("select", (condition, one, other))
