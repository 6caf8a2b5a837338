"""Text to tokens.

The scanner decides what a parser with one token of look-ahead cannot: which words call a function,
which bars open, and which line ends separate statements. It never drops a character: what it does
not know is an error that names it.
"""

from __future__ import annotations

import re
from typing import NoReturn

from adcli.errors import AdcliSyntaxError, Span
from adcli.language import numbers
from adcli.language.characters import refuse
from adcli.language.diagnostics import juxtaposed, unexpected
from adcli.language.names import (
    BARE,
    CONSTANTS,
    FUNCTIONS,
    KEYWORDS,
    WORD,
    canonical,
    foreign_word,
    unknown_function,
)
from adcli.language.tokens import CONTINUES, ENDS_OPERAND, STARTS_OPERAND, Token

PIECE = re.compile(
    r"(?P<space>[ \t\u00a0\u2009\u202f]+|\#[^\r\n]*)"
    r"|(?P<newline>\r\n|[\r\n])"
    rf"|(?P<number>{numbers.NUMBER})"
    rf"|(?P<word>{WORD})"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^<>=(),;|·⋅∙×∗÷∕−≤≥≠])"
)
CALLED = re.compile(r"[ \t]*\(")
ASSIGNED = re.compile(r"[ \t]*=(?!=)")
TYPES = {
    "+": "PLUS", "-": "MINUS", "−": "MINUS", "*": "TIMES", "·": "TIMES", "⋅": "TIMES", "∙": "TIMES",
    "×": "TIMES", "∗": "TIMES", "/": "OVER", "÷": "OVER", "∕": "OVER", "^": "POWER", "**": "POWER",
    "<": "LT", "<=": "LE", "≤": "LE", ">": "GT", ">=": "GE", "≥": "GE", "==": "EQ", "!=": "NE", "≠": "NE",
    "(": "LPAR", ")": "RPAR", ",": "COMMA", "=": "ASSIGN", ";": "SEP",
}  # fmt: skip
WORDS = {"and": "AND", "or": "OR", "not": "NOT", "input": "INPUT"}


def scan(text: str) -> list[Token]:
    """The tokens of a program, without separators at its ends.

    Raises AdcliSyntaxError at the first place that no token fits, or where two factors stand
    side by side.
    """
    return Scanner(text).tokens()


class Scanner:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Token] = []
        self.open: list[Token] = []  # brackets and bars that wait for their end

    def tokens(self) -> list[Token]:
        """Scan the whole text."""
        text, at, size = self.text, 0, len(self.text)
        while at < size:
            match = PIECE.match(text, at)
            if match is None:
                refuse(text, at, after_operand=self.after_operand())
            at = match.end()
            make = MAKERS.get(match.lastgroup or "")
            if make is not None and (token := make(self, match)) is not None:
                self.take(token)
        if self.open:
            self.unclosed(self.open[-1])
        while self.found and self.found[-1].type == "SEP":
            self.found.pop()
        if not self.found:
            self.fail("the program is empty", 0, 0, hint="write an expression, as in x^2*y + 2*y")
        return self.found

    def newline(self, match: re.Match[str]) -> Token | None:
        """A line end separates statements, except inside brackets and after an operator."""
        if self.open or not self.found or self.found[-1].type in CONTINUES:
            return None
        return Token("SEP", "\n", match.start(), match.end())

    def number(self, match: re.Match[str]) -> Token:
        """A literal. 1,000 outside brackets is an error, not two outputs."""
        token = Token("NUMBER", match.group(), match.start(), match.end())
        if len(self.found) > 1 and self.found[-1].type == "COMMA" and not self.open:
            comma, before = self.found[-1], self.found[-2]
            if before.type == "NUMBER" and before.end == comma.start and comma.end == token.start:
                self.fail(
                    f"a comma inside a number: {before.value},{token.value}", comma.start, comma.end,
                    hint=f"write {before.value}{token.value} or {before.value}_{token.value} for thousands, "
                    f"{before.value}.{token.value} for decimals, a space after the comma for two outputs",
                )  # fmt: skip
        numbers.check(self.text, match)
        return token

    def word(self, match: re.Match[str]) -> Token:
        """A name, a function before its bracket, or a word of the language."""
        word, start, end = match.group(), match.start(), match.end()
        if word in WORDS:
            return Token(WORDS[word], word, start, end)
        called = CALLED.match(self.text, end) is not None
        if word == "if":
            if not called:
                self.fail('"if" chooses between two values', start, end, hint="write if(x < 0, -x, x)")
            return Token("IF", word, start, end)
        if word in KEYWORDS:
            raise foreign_word(self.text, word, Span(start, end))
        if called and word in FUNCTIONS:
            return Token("CALL", FUNCTIONS[word], start, end)
        if called and word.startswith("log_"):
            return Token("LOG_BASE", word[4:].strip("{}"), start, end)
        if word in BARE:
            if ASSIGNED.match(self.text, end):
                self.fail(f"{word} is a function and takes no value", start, end, hint="use another name")
            self.fail(f"{word} needs its argument in brackets", start, end, hint=f"write {word}(x)")
        return Token("NAME", word, start, end)

    def sign(self, match: re.Match[str]) -> Token:
        """An operator, a bracket, a comma or a bar."""
        sign = match.group()
        return Token(
            self.bar(match.start()) if sign == "|" else TYPES[sign], sign, match.start(), match.end()
        )

    def bar(self, at: int) -> str:
        """Bars do not nest: inside an open one, the next bar closes it."""
        if not self.open or self.open[-1].type != "LBAR":
            if any(token.type == "LBAR" for token in self.open[-2:]):
                self.fail("bars inside bars", at, at + 1, hint="write abs(...) for one of them")
            return "LBAR"
        if self.after_operand():
            return "RBAR"
        return self.fail(
            "bars inside bars, or empty ones", at, at + 1, hint="write abs(...) for the inner one"
        )

    def take(self, token: Token) -> None:
        """Check a token against the one before it, keep brackets matched, and add it."""
        kind = token.type
        before = self.found[-1].type if self.found else "SEP"
        if kind in STARTS_OPERAND and before in ENDS_OPERAND:
            self.side_by_side(token)
        if kind == "SEP":
            if before == "SEP":
                return
            if self.open:
                self.unclosed(self.open[-1])
        elif kind in ("LPAR", "LBAR"):
            self.open.append(token)
        elif kind in ("RPAR", "RBAR"):
            self.close(token)
        elif kind in CONTINUES and kind != "NOT" and self.found and self.found[-1].value == "\n":
            self.fail(
                f'a line begins with "{token.value}"', token.start, token.end,
                hint="to continue a line, end the one before with the operator, or use brackets",
            )  # fmt: skip
        self.found.append(token)

    def after_operand(self) -> bool:
        """Whether the last token ends an operand, so that an operator must follow."""
        return bool(self.found) and self.found[-1].type in ENDS_OPERAND

    def side_by_side(self, token: Token) -> None:
        """Two operands without an operator between them: an unknown call, or a product without its sign."""
        before = self.found[-1]
        if token.type == "LPAR" and before.type == "NAME" and before.value not in CONSTANTS:
            known = {canonical(other.value) for other in self.found[:-1] if other.type == "NAME"}
            if canonical(before.value) not in known:
                raise unknown_function(self.text, before.value, Span(before.start, before.end))
        message, hint = juxtaposed(self.text, before, token)
        self.fail(message, token.start, token.end, hint=hint)

    def close(self, token: Token) -> None:
        """Match a closing bracket with the last open one."""
        if not self.open:
            fitting = {"PLUS", "$END"} if self.after_operand() else STARTS_OPERAND
            raise unexpected(self.text, [*self.found, token], token, fitting)
        opened = self.open.pop()
        if (opened.type, token.type) not in (("LPAR", "RPAR"), ("LBAR", "RBAR")):
            self.fail(
                f'"{opened.value}" is not closed before "{token.value}"', token.start, token.end,
                hint=f'close the "{opened.value}" first',
            )  # fmt: skip

    def unclosed(self, opened: Token) -> NoReturn:
        """A bracket or bar that never ends."""
        end = ")" if opened.type == "LPAR" else "|"
        self.fail(
            f'"{opened.value}" is not closed', opened.start, opened.end, hint=f'add the missing "{end}"'
        )

    def fail(self, message: str, start: int, end: int, *, hint: str | None = None) -> NoReturn:
        """Raise a syntax error at a place of the text."""
        raise AdcliSyntaxError(message, span=Span(start, end), text=self.text, hint=hint)


MAKERS = {
    "newline": Scanner.newline,
    "number": Scanner.number,
    "word": Scanner.word,
    "sign": Scanner.sign,
}
