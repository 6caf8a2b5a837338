"""The parser: an LALR(1) automaton over the scanner's tokens, with tables that Lark made (`tables.py`).

Lark could run them too, but importing it takes longer than reading a program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, NamedTuple

from adcli.language.tokens import Token

END = "$END"


class Rule(NamedTuple):
    """A rule of the grammar: what it makes, of how many parts, and by which method.

    Without a method its only part is handed on, or, for a name that begins with _, all of them to the rule
    around it. Such parts stand at the places `spread`.
    """

    makes: str
    size: int
    method: str | None
    spread: tuple[int, ...]


class Tables(NamedTuple):
    """For each state what follows a terminal or a rule: the next state, or ~n to reduce by the nth rule."""

    states: list[dict[str, int]]
    rules: list[Rule]
    start: int
    end: int


class StoppedError(Exception):
    """A token that does not fit (of type END behind the last one), the state, and what would fit."""

    def __init__(self, token: Token, state: int, expected: frozenset[str]) -> None:
        super().__init__(token.type)
        self.token = token
        self.state = state
        self.expected = expected


class Automaton:
    """Tables, and the methods that reductions call; it keeps nothing from one text to the next."""

    def __init__(self, tables: Tables, methods: object) -> None:
        self.tables = tables
        self.reductions = [(rule.makes, rule.size, reduction(rule, methods)) for rule in tables.rules]

    def parse(self, tokens: Iterable[Token]) -> Any:
        """What the methods make of the tokens; StoppedError at the first that does not fit."""
        states, reductions, end = self.tables.states, self.reductions, self.tables.end
        passed = [self.tables.start]
        parts: list[Any] = []  # one for each state but the first
        last = Token(END, "", 0, 0)
        for token in chain(tokens, (last,)):
            kind = token.type
            while (action := states[passed[-1]].get(kind)) is not None and action < 0:
                makes, size, reduce = reductions[~action]
                if reduce is only:  # most of them: an atom is a power is a product is a sum
                    passed.pop()
                else:
                    first = len(parts) - size
                    parts[first:] = [reduce(parts[first:])]
                    del passed[first + 1 :]
                passed.append(states[passed[-1]][makes])
                if token is last and passed[-1] == end:
                    return parts[-1]
            if action is None:
                raise StoppedError(token, passed[-1], frozenset(filter(str.isupper, states[passed[-1]])))
            passed.append(action)
            parts.append(token)
        raise AssertionError(END)  # no table shifts it


def reduction(rule: Rule, methods: object) -> Callable[[list[Any]], Any]:
    """The function that makes one part of a rule's parts."""
    make: Callable[[list[Any]], Any] = together if rule.makes.startswith("_") else only
    if rule.method is not None:
        make = getattr(methods, rule.method)
    if not rule.spread:
        return make

    def spread(parts: list[Any]) -> Any:
        flat: list[Any] = []
        for place, part in enumerate(parts):
            if place not in rule.spread:
                flat.append(part)
            elif flat:
                flat += part
            else:
                flat = part  # a list that grows at its end is not copied for each item
        return make(flat)

    return spread


def only(parts: list[Any]) -> Any:
    """The one part there is."""
    return parts[0]


def together(parts: list[Any]) -> list[Any]:
    """All parts."""
    return parts
