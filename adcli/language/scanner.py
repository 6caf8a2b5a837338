"""Pieces to tokens: the scanner decides what a parser with one token of look-ahead cannot.

Which words call a function, which bars open, which line ends separate statements, and where the
argument of a function without brackets ends. Implicit forms become explicit ones here: the parser
sees 2*x for 2x and sin(2*x) for sin 2x. It drops no token and splits no name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, NoReturn

from adcli.errors import AdcliSyntaxError, Span
from adcli.language.bare import Frame, end_arguments, refuse_power_of_argument, root, two_readings
from adcli.language.brackets import (
    bar,
    block,
    block_end,
    closing,
    enclosing,
    opening,
    square,
    transposed,
    unclosed,
)
from adcli.language.diagnostics import juxtaposed
from adcli.language.exponents import note_factor, note_quotient
from adcli.language.names import canonical
from adcli.language.note import Note
from adcli.language.numbers import without_comma
from adcli.language.pieces import pieces
from adcli.language.tokens import (
    BEGINS_STATEMENT,
    BINARY,
    CONTINUES,
    DIGITS,
    ENDS_OPERAND,
    Token,
)
from adcli.language.vocabulary import Vocabulary, vocabulary
from adcli.language.words import word


class Scanned(NamedTuple):
    """The tokens of a program, and a note where print is ambiguous."""

    tokens: list[Token]
    notes: list[Note]


def scan(text: str, bound: Iterable[str] = (), *, explicit: bool = False) -> Scanned:
    """The tokens of a program whose point binds the names `bound`; `explicit` makes implicit forms errors.

    Raises AdcliSyntaxError at the first place that no token fits, and NameProblem at a word that calls
    no function.
    """
    return Scanner(text, bound, explicit=explicit).scanned()


class Scanner:
    """One pass over one text; `known` are the words of the program that the text is a part of."""

    def __init__(
        self, text: str, bound: Iterable[str], *, explicit: bool, known: Vocabulary | None = None
    ) -> None:
        self.text = text
        self.pieces = pieces(text)
        self.bound = frozenset(map(canonical, bound))
        self.functions, self.variables = known or vocabulary(text, self.pieces, self.bound)
        self.explicit = explicit
        self.at = 0
        self.found: list[Token] = []
        self.open: list[Frame] = []  # brackets, bars, blocks and bare arguments that wait for their end
        self.notes: list[Note] = []
        self.noted: set[int] = set()  # where products begin of which a note is made
        self.term = 0  # where in `found` the running product begins
        self.header: Token | None = None  # for, while or if, until its block opens

    def scanned(self) -> Scanned:
        """Scan the whole text."""
        end = len(self.pieces)
        while self.at < end:
            piece = self.pieces[self.at]
            self.at += 1
            self.take(piece)
        end_arguments(self, None)
        if self.open:
            unclosed(self, self.open[-1])
        while self.found and self.found[-1].type == "SEP":
            self.found.pop()
        if not self.found:
            self.fail("the program is empty", 0, 0, hint="write an expression, as in x^2*y + 2*y")
        return Scanned(self.found, self.notes)

    def take(self, piece: Token) -> None:
        """Make tokens of a piece."""
        TAKERS.get(piece.type, Scanner.operator)(self, piece)

    def in_call(self) -> bool:
        """Whether the innermost bracket holds the arguments of a function, and one ends here."""
        frame = next(enclosing(self), None)
        return frame is not None and frame.kind == "LPAR" and self.found[-1].type == "COMMA"

    def in_subscript(self) -> bool:
        """Whether the innermost bracket is an index."""
        return next((frame.kind == "INDEX" for frame in enclosing(self)), False)

    def next(self, ahead: int = 0) -> Token | None:
        """A piece that has not been taken yet."""
        place = self.at + ahead
        return self.pieces[place] if place < len(self.pieces) else None

    def after_operand(self) -> bool:
        """Whether the last token ends an operand, so that an operator must follow."""
        return bool(self.found) and self.found[-1].type in ENDS_OPERAND

    def at_start(self) -> bool:
        """Whether a statement begins here."""
        return not self.found or self.found[-1].type in BEGINS_STATEMENT

    # Operands

    def number(self, piece: Token) -> None:
        """A literal. It never follows a factor; 1,000 outside brackets is one number misspelt."""
        if len(self.found) > 1 and self.found[-1].type == "COMMA" and not self.open:
            comma, before = self.found[-1], self.found[-2]
            if before.type == "NUMBER" and before.end == comma.start and comma.end == piece.start:
                left, right = before.value, piece.value
                ways = [
                    *without_comma(self.text, before.start, left, right),
                    "a space after the comma for two outputs",
                ]
                self.fail(
                    f"a comma inside a number: {left},{right}", comma.start, comma.end,
                    hint=f"write {', '.join(ways)}",
                )  # fmt: skip
        if self.after_operand():
            message, hint = juxtaposed(self.text, self.found[-1], piece)
            self.fail(message, piece.start, piece.end, hint=hint)
        self.operand(piece)

    def operand(self, token: Token) -> None:
        """Add the first token of an operand; beside another operand it is a factor."""
        if self.after_operand():
            self.factor(token)
        self.found.append(token)
        if token.type in ("NUMBER", "NAME"):
            self.unit_ends()

    def factor(self, token: Token) -> None:
        """A product without its sign becomes one with it; after a quotient a note says how it is read."""
        before = self.found[-1]
        if self.explicit:
            message, hint = juxtaposed(self.text, before, token)
            self.fail(message, token.start, token.end, hint=hint)
        term = self.found[self.term :]
        divided = any(t.type == "OVER" for t in term) and term[0].start not in self.noted
        if divided and not (self.open and self.open[-1].kind == "ARGUMENT"):
            self.noted.add(term[0].start)
            left = "".join(t.value for t in term)
            right = (
                "(...)"
                if token.type in ("LPAR", "LBAR", "LSQUARE")
                else token.value + ("(...)" if token.type == "CALL" else "")
            )
            self.note("implicit", f"read as ({left})*{right}", term[0].start, token.end)
        elif not divided:
            note_factor(self, token)
        self.found.append(Token("TIMES", "*", token.start, token.start))

    def unit_ends(self) -> None:
        """A number, name, bracket or bar is complete: a root that waited for it ends.

        What follows may still belong to it: an index, or the sign of a transpose.
        """
        following = self.next()
        if following is not None and (
            following.type == "TRANSPOSED"
            or (following.type == "LSQUARE" and self.found[-1].type != "NUMBER")
        ):
            return
        while self.open and self.open[-1].kind == "ROOT":
            frame = self.open.pop()
            end = self.found[-1].end
            self.found.append(Token("RPAR", ")", end, end))
            piece = self.next()
            if piece is not None and piece.type in ("RAISED", "POWER") and not frame.bracketed:
                two_readings(self, frame, piece)
            if (
                piece is not None
                and piece.type in ("WORD", "LPAR", "BAR")
                and not frame.bracketed
                and not self.open
            ):
                inner = "".join(t.value for t in self.found[frame.first :])
                self.note("root", f"read as {inner}*...", frame.token.start, piece.end)

    def raised(self, piece: Token) -> None:
        """x² is x^2."""
        if not self.after_operand():
            self.fail(
                f'"{piece.value}" has no base',
                piece.start,
                piece.end,
                hint="write it after its base, as in x²",
            )
        refuse_power_of_argument(self, piece)
        following = self.next()
        if following is not None and following.type in ("POWER", "RAISED"):
            self.fail(
                "a power of a raised power is ambiguous",
                following.start,
                following.end,
                hint="use brackets, as in (x²)^y",
            )
        self.found.append(Token("POWER", "^", piece.start, piece.start))
        value = piece.value.translate(DIGITS)
        if value.startswith("-"):
            self.found.append(Token("MINUS", "-", piece.start, piece.start + 1))
        self.found.append(Token("NUMBER", value.lstrip("-").lstrip("0") or "0", piece.start, piece.end))

    # Line ends and separators (brackets are in `brackets`)

    def calling(self) -> bool:
        """Whether the last token is a function that waits for its bracket."""
        return bool(self.found) and self.found[-1].type in ("CALL", "DEFINED", "IF", "LOG_BASE")

    def newline(self, piece: Token) -> None:
        """A line end separates statements, except inside brackets and after an operator."""
        inside = next(enclosing(self), None)
        if (inside is not None and inside.kind != "LBRACE") or not self.found:
            return
        if self.found[-1].type in CONTINUES:
            return
        if self.header is None:
            self.separator(piece._replace(type="SEP", value="\n"))

    def separator(self, piece: Token) -> None:
        """A statement ends."""
        end_arguments(self, piece)
        if self.open and self.open[-1].kind != "LBRACE":
            unclosed(self, self.open[-1], by=piece.value)
        if not self.at_start():
            self.found.append(piece)
        elif (
            self.found and self.found[-1].type == "SEP" and self.found[-1].value == "}" and piece.value == ";"
        ):
            self.found[-1] = piece
        self.term = len(self.found)

    def operator(self, piece: Token) -> None:
        """An operator ends the argument of a function without brackets."""
        kind = piece.type
        if kind == "COLON" and self.in_subscript():
            end_arguments(self, piece)
            self.found.append(piece)
            self.term = len(self.found)
            return
        if kind == "COLON":
            self.fail('unexpected ":"', piece.start, piece.end, hint=self.colon_meant())
        if kind == "ARROW":
            self.fail('unexpected "->"', piece.start, piece.end, hint="define a function as in f(x) = x^2")
        if kind == "RANGE" and (self.header is None or self.header.type != "FOR"):
            self.fail(
                'unexpected ".."',
                piece.start,
                piece.end,
                hint="a range belongs to a loop: for k in 1..6 { ... }",
            )
        end_arguments(self, piece)
        if kind == "OVER":
            note_quotient(self)
        if kind in BINARY and self.found and self.found[-1].type == "SEP" and self.found[-1].value != ";":
            self.fail(
                f'a line begins with "{piece.value}"', piece.start, piece.end,
                hint="to continue a line, end the one before with the operator, or use brackets",
            )  # fmt: skip
        self.found.append(piece)
        if kind not in ("TIMES", "OVER", "AT", "POWER"):
            self.term = len(self.found)

    # What goes wrong

    def colon_meant(self) -> str:
        """What to write where a colon stands."""
        following = self.next()
        if self.header is None:
            before = self.found[-1].type if self.found else ""
            if following is not None and following.type == before == "NUMBER":
                return "write / for a quotient"
            if following is not None and following.type == "ASSIGN" and self.found:
                return f"write {self.found[-1].value} = ..."
            if self.found and self.found[0].value == "lambda":
                return "define a function as in f(x) = x^2"
            return "for a choice write if(x < 0, -x, x)"
        if self.header.type == "FOR" and not any(token.type == "RANGE" for token in self.found[-40:]):
            return "a range is written 1..3"
        return "open a block with { and close it with }"

    def note(self, code: str, message: str, start: int, end: int) -> None:
        """Say how something ambiguous in print is read, once per kind of place."""
        if not any(note.message == message for note in self.notes):
            self.notes.append(Note(code, message, span=Span(start, end)))

    def error(self, message: str, start: int, end: int, *, hint: str | None = None) -> AdcliSyntaxError:
        """A syntax error at a place of the text."""
        return AdcliSyntaxError(message, span=Span(start, end), text=self.text, hint=hint)

    def fail(self, message: str, start: int, end: int, *, hint: str | None = None) -> NoReturn:
        """Raise a syntax error at a place of the text."""
        raise self.error(message, start, end, hint=hint)


TAKERS = {
    "NUMBER": Scanner.number,
    "WORD": word,
    "RAISED": Scanner.raised,
    "ROOT": root,
    "LPAR": opening,
    "RPAR": closing,
    "BAR": bar,
    "LSQUARE": square,
    "RSQUARE": closing,
    "TRANSPOSED": transposed,
    "LBRACE": block,
    "RBRACE": block_end,
    "NEWLINE": Scanner.newline,
    "SEP": Scanner.separator,
}
