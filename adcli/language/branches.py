"""Which way a run went: the places where a value decided, and how near it was to the other way."""

from __future__ import annotations

import math
from typing import Any

from adcli.errors import Span
from adcli.language.note import Note
from adcli.notation.numerals import number


class Place:
    """A condition of the text: how often it was true and false, and its smallest margin."""

    __slots__ = ("false", "margin", "true")

    def __init__(self) -> None:
        self.true = self.false = 0
        self.margin = math.inf


class Branches:
    """The decisions of one run, by the place of their condition. Those of constants are not kept.

    `varied` says whether a value that depends on an input has been read since the last decision.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[Span, Place] = {}
        self.margins: list[float] = []
        self.varied = False

    def compared(self, x: Any, y: Any) -> None:
        """A comparison was made: a condition flips when the difference of its sides does."""
        try:
            self.margins.append(abs(float(x - y)))
        except OverflowError:  # of an exact number, which may be larger than all floats
            self.margins.append(math.inf)

    def decided(self, span: Span, *, outcome: bool) -> None:
        """A condition was decided."""
        if self.varied:
            place = self.places.setdefault(span, Place())
            place.true += outcome
            place.false += not outcome
            place.margin = min([place.margin, *self.margins])
        self.margins.clear()
        self.varied = False

    def notes(self) -> list[Note]:
        """A note for every place: which way, at which line, how far from flipping."""
        return [
            Note("branch", self.sentence(span, place), span=span)
            for span, place in self.places.items()
            if place.margin  # on the boundary itself, the note of the kink says more
        ]

    def sentence(self, span: Span, place: Place) -> str:
        """A place in words: "line 2: x < 1 is true, 0.5 away from flipping"."""
        line = self.text.count("\n", 0, span.start) + 1
        where = f"line {line}: {' '.join(self.text[span.start : span.end].split())}"
        if math.isinf(place.margin):  # what no float can hold is far away
            margin, closest = "", ""
        else:
            margin = f", {number(place.margin)} away from flipping"
            closest = f", at the closest {margin[2:]}"
        if place.true + place.false == 1:
            return f"{where} is {'true' if place.true else 'false'}{margin}"
        times = " and ".join(
            f"{kind} {count} time{'' if count == 1 else 's'}"
            for kind, count in (("true", place.true), ("false", place.false))
            if count
        )
        return f"{where} is {times}{closest}"
