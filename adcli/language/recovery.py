"""After a mistake: the other statements of a text, each read on its own, and the mistakes in them.

Only what no other mistake can have caused is told. So nothing is read behind something unclosed, behind
the broken first line of a block or the word of another language, where a statement goes on in the next
line, or in a statement with a name that a broken one was to define. A word that stands in a broken
statement is not complained of again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, Protocol

from adcli.errors import AdcliError, AdcliSyntaxError, NameProblem, Span
from adcli.language.names import FUNCTIONS
from adcli.language.pieces import PIECE, SIGNS
from adcli.language.tokens import BINARY, CONTINUES, Token
from adcli.language.vocabulary import Vocabulary, vocabulary

MOST = 100  # broken statements that are looked at
MOST_READ = 10_000  # statements that are read again, a tenth of a millisecond each
BLOCKS = frozenset({"for", "while", "if", "else"})
# What such a word begins may own the lines behind it.
FOREIGN = frozenset({"def", "function", "lambda", "do", "then", "elif", "elseif", "switch", "case", "begin"})
JOINS = frozenset({"and", "or", "not", "in"})
DEPTH = {"(": 1, "[": 1, ")": -1, "]": -1}
CUT = re.compile(r"#[^\r\n]*[][(){}|;]")  # a comment that may hide a part of the program
FLAT = frozenset({"SEP", "LBRACE", "RBRACE"})  # none of them stands in brackets or bars


class Reader(Protocol):
    """Reads a part of a program whose words are known; AdcliError at its first mistake."""

    def __call__(self, text: str, *, known: Vocabulary) -> object:
        """What the part means."""


class Part(NamedTuple):
    """A statement, or the first line of a block: its pieces, where they end, and what ends it."""

    pieces: list[Token]
    start: int
    end: int
    closing: str


def with_others(first: AdcliError, text: str, bound: Iterable[str], read: Reader) -> AdcliError:
    """The earliest mistake of a text, with the others; `first` is the one that stopped the reading."""
    if not isinstance(first, (AdcliSyntaxError, NameProblem)) or first.span is None:
        return first
    try:
        found = lenient(text)
        known = vocabulary(text, found, bound)
    except AdcliError:
        return first
    errors = mistakes(first, first.span.start, text, parts(text, found), known, read)
    errors[0].others = tuple(errors[1:])
    return errors[0]


def mistakes(
    first: AdcliError, at: int, text: str, found: Iterable[Part], known: Vocabulary, read: Reader
) -> list[AdcliError]:
    """The mistakes in the order of the text; the known one stands `at` a place."""
    errors: list[AdcliError] = []
    spoilt: set[str] = set()  # the words of broken statements
    undefined: set[str] = set()  # those that they were to define
    broken, placed = 0, False
    for part in islice(found, MOST_READ):
        here = part.start <= at <= part.end
        error = first if here else mistake(text, part, known, read)
        if error is None:
            continue
        broken += 1
        placed |= here
        if not caused(error, text, part, spoilt, undefined):
            errors.append(error)
        words = {piece.value for piece in part.pieces if piece.type == "WORD"}
        if broken >= MOST or open_ended(text, part, words):
            return errors
        spoilt |= words
        undefined |= meant(part, words)
    return errors if placed else sorted([*errors, first], key=lambda error: error.span or Span(0, 0))


def open_ended(text: str, part: Part, words: set[str]) -> bool:
    """Whether it is not known how far a broken part was to go, or what it was to define."""
    return (
        part.closing == "LBRACE"
        or part.pieces[0].value in BLOCKS
        or not FOREIGN.isdisjoint(words)
        or CUT.search(text, part.start, part.end) is not None
        or defines_nothing_known(part)
    )


def caused(error: AdcliError, text: str, part: Part, spoilt: set[str], undefined: set[str]) -> bool:
    """Whether broken statements may have caused a mistake: by its word, the word before it, or a function.

    A single letter that is no function may be a variable whose other uses they were.
    """
    start, end = error.span or Span(0, 0)
    word, before = text[start:end], [piece.value for piece in part.pieces if piece.start < start][-1:]
    return (
        word in spoilt
        or (isinstance(error, NameProblem) and bool(spoilt) and len(word) == 1)
        or not undefined.isdisjoint(before)
        or any(piece.value in FUNCTIONS and piece.value in undefined for piece in part.pieces)
    )


def defines_nothing_known(part: Part) -> bool:
    """Whether a statement has a sign = and neither a name nor a name with parameters before it."""
    kinds = [piece.type for piece in part.pieces]
    if "ASSIGN" not in kinds:
        return False
    left = kinds[: kinds.index("ASSIGN")]
    return left != ["WORD"] and (left[:2] != ["WORD", "LPAR"] or left[-1] != "RPAR")


def meant(part: Part, words: set[str]) -> set[str]:
    """The words that a broken statement may have been to define."""
    first = part.pieces[0].value
    if first == "input":
        return words
    return {first} & words if any(piece.value[-1:] == "=" for piece in part.pieces) else set()


def mistake(text: str, part: Part, known: Vocabulary, read: Reader) -> AdcliError | None:
    """The first mistake of a part that is read on its own, with its place in the whole text."""
    own = text[part.start : part.end]
    try:
        read(own + "{}" if part.closing == "LBRACE" else own, known=known)
    except (AdcliSyntaxError, NameProblem) as error:
        if error.span is None:
            return None
        error.span = Span(error.span.start + part.start, error.span.end + part.start)
        return error
    except AdcliError:
        return None  # a value that cannot be, which is told when the rest is mended
    return None


def lenient(text: str) -> list[Token]:
    """The pieces of a text, with those that are none."""
    found: list[Token] = []
    at, size = 0, len(text)
    while at < size:
        match = PIECE.match(text, at)
        start, at = at, match.end() if match else at + 1
        kind = match.lastgroup if match else "UNKNOWN"
        if kind != "space":
            value = text[start:at]
            found.append(Token(SIGNS[value] if kind == "sign" else str(kind), value, start, at))
    return found


def parts(text: str, found: list[Token]) -> Iterator[Part]:
    """The statements and first lines of blocks, up to the first thing that is not closed."""
    after, unclosed = following(found), open_brace(found)
    place = depth = bars = braces = 0
    ends = [*found, Token("END", "", len(text), len(text))]
    for at, piece in enumerate(ends):
        # A ) too many is a mistake of this statement alone.
        depth = max(depth + DEPTH.get(piece.value, 0), 0)
        bars += piece.type == "BAR"
        braces += (piece.type == "LBRACE") - (piece.type == "RBRACE")
        if depth or bars % 2:
            if piece.type in FLAT:
                return
        elif braces < 0 or at == unclosed:
            return
        elif ends_part(piece, ends[at - 1], after[at]):
            own = found[place:at]
            if own and own[0].value == "else" and piece.type == "LBRACE":  # it belongs to the block before
                del own[0]
            if own and piece.type == "NEWLINE" and goes_on(after[at]):
                return
            if own:
                yield Part(own, own[0].start, max(own[-1].end, piece.start), piece.type)
            place, bars = at + 1, 0


def open_brace(found: list[Token]) -> int:
    """The first brace that is never closed; -1 when there is none."""
    opened: list[int] = []
    for at, piece in enumerate(found):
        if piece.type == "LBRACE":
            opened.append(at)
        elif piece.type == "RBRACE" and opened:
            opened.pop()
    return opened[0] if opened else -1


def following(found: list[Token]) -> list[Token | None]:
    """For each piece and the end, the next one that is no line end; None behind the last."""
    after: list[Token | None] = [None]
    last = None
    for piece in reversed(found):
        after.append(last)
        last = last if piece.type == "NEWLINE" else piece
    return after[::-1]


def ends_part(piece: Token, before: Token, after: Token | None) -> bool:
    """Whether a piece outside brackets and bars is the end of a statement."""
    if piece.type == "NEWLINE":
        continued = before.type in CONTINUES or before.value in JOINS
        return not continued and (after is None or after.type != "LBRACE")
    return piece.type in ("SEP", "LBRACE", "RBRACE", "END")


def goes_on(after: Token | None) -> bool:
    """Whether the next line begins with a sign that may belong to this one."""
    return after is not None and (after.type in BINARY or after.value in JOINS)
