"""What the words of a program mean, read before it is parsed: its own functions, and its variables.

A word before a bracket is a call or a product; which of the two depends on definitions, assignments
and parameters that may stand anywhere in the text, and on the names that the point binds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from adcli.errors import AdcliSyntaxError, Span
from adcli.language.names import BARE, CONSTANTS, FUNCTIONS, KEYWORDS, canonical
from adcli.language.tokens import Token

STARTS = frozenset({"SEP", "NEWLINE", "LBRACE", "RBRACE"})
NOT_NAMES = frozenset({"and", "or", "not", "if", "for", "while", "in", "else", "input"})


class Vocabulary(NamedTuple):
    """`functions` are the program's own; `variables` are canonical names that stand for numbers."""

    functions: dict[str, Token]
    variables: frozenset[str]


def vocabulary(text: str, found: list[Token], bound: Iterable[str]) -> Vocabulary:
    """The words of a program, with the names `bound` by its point.

    Raises AdcliSyntaxError where a function of the language is defined again.
    """
    functions: dict[str, Token] = {}
    variables = {*CONSTANTS, *bound}
    heads: set[int] = set()
    for place, params in definitions(found):
        word = found[place]
        if word.value in FUNCTIONS:
            raise AdcliSyntaxError(
                f"{word.value} is a function of the language", span=Span(word.start, word.end), text=text,
                hint="give yours another name",
            )  # fmt: skip
        functions.setdefault(canonical(word.value), word)
        heads.add(place)
        variables.update(canonical(param.value) for param in params)
    for place, word in enumerate(found):
        if word.type != "WORD" or word.value in NOT_NAMES or word.value in KEYWORDS or word.value in BARE:
            continue
        following = found[place + 1].type if place + 1 < len(found) else ""
        called = following == "LPAR" or (following == "LSQUARE" and word.value.lower() in FUNCTIONS)
        if not called and canonical(word.value) not in functions:
            variables.add(canonical(word.value))
    return Vocabulary(functions, frozenset(variables))


def definitions(found: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """The places where `name(a, b) =` begins a statement, with the parameters."""
    for place, word in enumerate(found):
        if word.type != "WORD" or (place and found[place - 1].type not in STARTS):
            continue
        params: list[Token] = []
        at = place + 1
        if at >= len(found) or found[at].type != "LPAR":
            continue
        while at < len(found) and found[at].type in ("LPAR", "COMMA"):
            first = beyond_lines(found, at + 1)
            if first >= len(found) or found[first].type != "WORD":
                break
            params.append(found[first])
            at = beyond_lines(found, first + 1)
        if params and [piece.type for piece in found[at : at + 2]] == ["RPAR", "ASSIGN"]:
            yield place, params


def beyond_lines(found: list[Token], at: int) -> int:
    """The place of the next piece that is no line end."""
    while at < len(found) and found[at].type == "NEWLINE":
        at += 1
    return at
