"""Words to tokens: a name, a call of a function, or a word of the language, by what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.errors import NameProblem, Span
from adcli.language.bare import bare_function, call, is_logarithm
from adcli.language.names import BARE, FUNCTIONS, KEYWORDS, canonical, foreign_word, unknown_function
from adcli.language.syntax import GRAD
from adcli.language.tokens import Token

if TYPE_CHECKING:
    from adcli.language.scanner import Scanner

LOGIC = {"and": "AND", "or": "OR", "not": "NOT"}
BLOCKS = {"for": "FOR", "while": "WHILE", "if": "WHETHER", "else": "ELSE"}


def word(scanner: Scanner, piece: Token) -> None:
    """A name, a function, or a word of the language."""
    word = piece.value
    following = scanner.next()
    called = following is not None and following.type == "LPAR"
    if word in LOGIC:
        scanner.operator(piece._replace(type=LOGIC[word]))
    elif word in ("for", "while", "else", "if", "in", "input") and keyword(scanner, piece, called=called):
        return
    elif word == "d" and is_derivative_sign(scanner):
        scanner.fail(
            "a derivative is not written as d/dx",
            piece.start,
            piece.end,
            hint="write the function itself: adcli diff gives its derivative as a formula, adcli grad at a "
            "point; inside a program write grad(x^2, x)",
        )  # fmt: skip
    elif word == "axis" and following is not None and following.type == "ASSIGN" and scanner.in_call():
        axis(scanner, piece)
    elif word in KEYWORDS and not (called and word in FUNCTIONS):
        raise foreign_word(scanner.text, word, Span(piece.start, piece.end))
    elif called and canonical(word) in scanner.functions:
        call(scanner, piece._replace(type="DEFINED", value=canonical(word)))
    elif called and (word in FUNCTIONS or (word == GRAD and word not in scanner.variables)):
        call(scanner, piece._replace(type="CALL", value=FUNCTIONS.get(word, word)))
    elif called and canonical(word).startswith("log_"):
        call(scanner, piece._replace(type="LOG_BASE", value=canonical(word)[4:]))
    elif word in BARE or is_logarithm(scanner, word):
        bare_function(scanner, piece)
    else:
        name(scanner, piece, called=called)


def axis(scanner: Scanner, piece: Token) -> None:
    """The axis=1 or axis=2 of a sum, as one token."""
    number = scanner.next(1)
    if number is None or number.value not in ("1", "2"):
        where = piece if number is None else number
        scanner.fail(
            "an axis is 1 or 2", where.start, where.end,
            hint="axis=1 goes down the columns, axis=2 along the rows",
        )  # fmt: skip
    scanner.at += 2
    scanner.found.append(Token("AXIS", number.value, piece.start, number.end))


def is_derivative_sign(scanner: Scanner) -> bool:
    """Whether d/dx or d^2/dx^2 stands here, and neither d nor dx is a name of the point."""
    sign = scanner.next()
    order = {"POWER": 2, "RAISED": 1}.get(sign.type, 0) if sign is not None else 0
    sign, by = scanner.next(order), scanner.next(order + 1)
    return (
        sign is not None and by is not None and sign.type == "OVER" and by.type == "WORD"
        and len(by.value) > 1 and by.value[0] == "d" and not {"d", canonical(by.value)} & scanner.bound
    )  # fmt: skip


def name(scanner: Scanner, piece: Token, *, called: bool) -> None:
    """A variable or a constant. Before a bracket it is a factor, if it is known to be one."""
    word, known = piece.value, canonical(piece.value)
    span = Span(piece.start, piece.end)
    if known in scanner.functions:
        raise NameProblem(
            f'"{word}" is a function of the program',
            span=span,
            text=scanner.text,
            hint=f"call it, as in {word}(x)",
        )
    following = scanner.next()
    indexed = following is not None and following.type == "LSQUARE"
    if indexed and word.lower() in FUNCTIONS and known not in scanner.variables:
        raise unknown_function(scanner.text, word, span, brackets=True)
    if called and known not in scanner.variables:
        if heads_definition(scanner):
            scanner.fail(
                "a definition lists its parameters and has a plain =", *span,
                hint=f"write it as in {word}(x, y) = x*y",
            )  # fmt: skip
        raise unknown_function(scanner.text, word, span)
    scanner.operand(piece._replace(type="NAME"))
    if called and not scanner.explicit:
        scanner.note(
            "implicit", f"{word} is not a function here: read as {word}*(...)", piece.start, piece.end
        )


def heads_definition(scanner: Scanner) -> bool:
    """Whether the bracket that follows is closed before = or :=, as in a definition."""
    kinds = [piece.type for piece in scanner.pieces[scanner.at : scanner.at + 40]]
    after = kinds[kinds.index("RPAR") + 1 :] if "RPAR" in kinds else []
    if after[:1] == ["COLON"]:
        return after[1:2] == ["ASSIGN"] or scanner.at_start()
    return after[:1] == ["ASSIGN"]


def keyword(scanner: Scanner, piece: Token, *, called: bool) -> bool:
    """Take for, while, if, else, in and input where they are meant; False where they are not."""
    word = piece.value
    if word == "in":
        if scanner.header is None or scanner.header.type != "FOR":
            return False
        scanner.found.append(piece._replace(type="IN"))
        return True
    if word == "if" and not (scanner.at_start() and opens_block(scanner)):
        if not called:
            block = "; a block is if x < 0 { y = 1 }" if scanner.at_start() else ""
            scanner.fail(
                '"if" chooses between two values', piece.start, piece.end,
                hint=f"write if(x < 0, -x, x){block}",
            )  # fmt: skip
        call(scanner, piece._replace(type="IF"))
        return True
    if word == "else":
        return otherwise(scanner, piece)
    if not scanner.at_start() and not (word == "if" and scanner.found[-1].type == "ELSE"):
        return False
    if word == "input":
        scanner.found.append(piece._replace(type="INPUT"))
        return True
    scanner.header = piece._replace(type=BLOCKS[word])
    scanner.found.append(scanner.header)
    return True


def otherwise(scanner: Scanner, piece: Token) -> bool:
    """Take an else, which continues the if whose block has just ended; False where there is none."""
    if scanner.found and scanner.found[-1].type == "SEP" and scanner.found[-1].value == "}":
        scanner.found[-1] = piece._replace(type="ELSE")
        following = scanner.next()
        if following is not None and following.value == "if":
            scanner.at += 1
            scanner.header = following._replace(type="WHETHER")
            scanner.found.append(scanner.header)
        else:
            scanner.header = piece
        return True
    return False


def opens_block(scanner: Scanner) -> bool:
    """Whether a block opens before the statement ends."""
    depth = 0
    for piece in scanner.pieces[scanner.at :]:
        if piece.type in ("LPAR", "RPAR"):
            depth += 1 if piece.type == "LPAR" else -1
        elif piece.type == "LBRACE":
            return True
        elif piece.type in ("SEP", "NEWLINE", "RBRACE") and depth <= 0:
            return False
    return False
