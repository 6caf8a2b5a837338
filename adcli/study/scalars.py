"""Studies are of numbers: a program with arrays is studied entry by entry, with names such as W[1,2]."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli import engine
from adcli.answers.expanding import expanded_at
from adcli.answers.running import placed
from adcli.language.names import canonical

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.language.program import Program


class Scalars(NamedTuple):
    """A program of numbers at a point, and the `whole` one that it stands for with its own point.

    `parts` has the entries that each input has become; a number is its own.
    """

    program: Program
    at: dict[str, Any]
    whole: Program
    given: Mapping[str, Any]
    parts: Mapping[str, list[str]]

    def each(self, names: Sequence[str] | None) -> Sequence[str] | None:
        """Names of inputs and of entries, with those of arrays as all their entries."""
        if names is None:
            return None
        listed = [names] if isinstance(names, str) else names
        return [entry for name in listed for entry in self.parts.get(canonical(name), [tidy(name)])]


def scalars(program: Program, point: Point, *, steady: bool = False) -> Scalars:
    """The program at a point, entry by entry where it has arrays; with `steady` it holds at others too."""
    whole, at = placed(program, point)
    if not engine.has_arrays(whole.graph, list(at.values())):
        return Scalars(whole, at, whole, at, {name: [name] for name in at})
    made = expanded_at(program, at, indexed=True, steady=steady)
    run = made.program if steady else made.program.at(made.at)
    return Scalars(run, made.at, whole, at, made.parts)


def typed(program: Program, found: Scalars) -> Program:
    """The program of numbers whose choices are made anew at every point."""
    again = program.again(None, decide=True)
    if found.program is found.whole:
        return again
    return expanded_at(again, found.given, indexed=True).program


def tidy(name: str) -> str:
    """A name of an entry as it is written here: W[1,2] for W[1, 2].

    >>> tidy("W[1, 2]"), tidy("θ[1]"), tidy("x")
    ('W[1,2]', 'theta[1]', 'x')
    """
    base, bracket, rest = re.sub(r"\s", "", name).partition("[")
    return canonical(base) + bracket + rest
