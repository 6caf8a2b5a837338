"""The parser: a loop over the tables that Lark makes of the grammar.

Lark's own loop would do; importing it costs every start more than a gradient does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from adcli.language.tokens import Token

END = "$END"  # the kind of token after the last, in Lark's spelling


class Unexpected(Exception):
    """A token that the grammar does not allow: None at the end, what fits, and the state that met it."""

    def __init__(self, token: Token | None, expected: set[str], state: int) -> None:
        super().__init__(token, expected, state)
        self.token = token
        self.expected = expected
        self.state = state

    @property
    def place(self) -> tuple[int, str]:
        """The parser's state and the kind of token: two texts that stop here made the same mistake."""
        return self.state, END if self.token is None else self.token.type


class Rule(NamedTuple):
    """A rule of the grammar, as the tables have it.

    `kept` are the places of its symbols that its method is given, and `spliced` those among them whose rule
    only gathers values. With `single`, one value alone stands for the whole.
    """

    method: str | None  # None gathers the values
    origin: str
    size: int
    kept: list[int]
    spliced: list[int]
    single: bool


class Reduction(NamedTuple):
    """What a rule does to the values on the stack; without `build` it leaves its one value as it is."""

    origin: str
    size: int
    build: Callable[[list[Any]], Any] | None


class Automaton:
    """An LALR(1) parser: rows of actions by state, and the rules it reduces by.

    An action is the state to go to, or -1 - r for rule r.
    """

    def __init__(self, rows: list[dict[str, int]], last: int, rules: Sequence[Rule], methods: object) -> None:
        self.rows = rows
        self.last = last  # the state after a whole text
        self.reductions = [reduction(rule, methods) for rule in rules]

    def parse(self, tokens: Sequence[Token]) -> Any:
        """What the methods make of the tokens. Raises Unexpected at the first that does not fit."""
        rows, reductions = self.rows, self.reductions
        states, values = [0], list[Any]()
        row = rows[0]
        for token in tokens:
            kind = token.type
            while (action := row.get(kind)) is not None and action < 0:
                row = reduced(rows, reductions[-1 - action], states, values)
            if action is None:
                raise Unexpected(token, terminals(row), states[-1])
            states.append(action)
            values.append(token)
            row = rows[action]
        while states[-1] != self.last:
            if (action := row.get(END)) is None:
                raise Unexpected(None, terminals(row), states[-1])
            row = reduced(rows, reductions[-1 - action], states, values)
        return values[-1]


def reduced(
    rows: list[dict[str, int]], by: Reduction, states: list[int], values: list[Any]
) -> dict[str, int]:
    """The row of the state after a reduction."""
    origin, size, build = by
    if build is None:
        states[-1] = rows[states[-2]][origin]
        return rows[states[-1]]
    first = len(values) - size
    found = build(values[first:])
    del values[first:]
    del states[first + 1 :]  # one more than the values: the state before them
    values.append(found)
    states.append(rows[states[-1]][origin])
    return rows[states[-1]]


def reduction(rule: Rule, methods: object) -> Reduction:
    """What a rule does, with its method found."""
    if rule.single and rule.size == 1 and rule.kept == [0] and not rule.spliced:
        return Reduction(rule.origin, 1, None)
    method: Callable[[list[Any]], Any] = list if rule.method is None else getattr(methods, rule.method)
    if rule.kept != list(range(rule.size)) or rule.spliced:
        method = gathering(rule.kept, frozenset(rule.spliced), method, gathers=rule.method is None)
    return Reduction(rule.origin, rule.size, alone(method) if rule.single else method)


def alone(method: Callable[[list[Any]], Any]) -> Callable[[list[Any]], Any]:
    """A method that is spared where one value alone stands for the whole."""
    return lambda children: children[0] if len(children) == 1 else method(children)


def gathering(
    kept: Sequence[int], spliced: frozenset[int], method: Callable[[list[Any]], Any], *, gathers: bool
) -> Callable[[list[Any]], Any]:
    """A method that is given what some symbols hold, the values of gathering rules among the others.

    A rule that gathers goes on with the list it begins with, so that a long row is not copied at each step.
    """

    def build(children: list[Any]) -> Any:
        found: list[Any] = []
        for place in kept:
            if place not in spliced:
                found.append(children[place])
            elif found:
                found.extend(children[place])
            else:
                found = children[place]
        return found if gathers else method(found)

    return build


def terminals(row: dict[str, int]) -> set[str]:
    """The kinds of tokens that fit in a state: the grammar writes them in capitals."""
    return {name for name in row if name.isupper()}
