"""Functions whose argument stands without brackets: sin 2x, sin^2 x, ln sin x, √x.

The argument is the product of numbers, names, brackets, bars and roots that follows, up to the next
function name. The scanner wraps it in brackets, so the parser sees sin(2*x).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from adcli.language.names import BARE, FUNCTIONS, canonical
from adcli.language.tokens import DIGITS, Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from adcli.language.scanner import Scanner

INVERSES = {
    "ln": "exp(x)", "log": "exp(x)", "exp": "ln(x)", "log10": "10^x", "log2": "2^x", "sqrt": "x^2",
    "sec": "acos(1/x)", "csc": "asin(1/x)", "sech": "acosh(1/x)", "csch": "asinh(1/x)", "coth": "atanh(1/x)",
}  # fmt: skip
BASES = {f"log_{digit}" for digit in "123456789"}
NO_ARGUMENT = ("and", "or", "not", "if", "in", "else")


class Frame:
    """Something open: a bracket (LPAR), bar (LBAR), block (LBRACE), bare ARGUMENT, or ROOT.

    `token` opened it, `first` is its place among the tokens, `term` the product it interrupts. `power`
    is the exponent of a function such as sin^2. A `bracketed` root has a bracket of its own; a `direct`
    argument follows right behind another function.
    """

    __slots__ = ("bracketed", "direct", "first", "kind", "power", "term", "token")

    def __init__(
        self,
        kind: str,
        token: Token,
        first: int,
        term: int,
        power: int | None = None,
        *,
        direct: bool = False,
    ) -> None:
        self.kind = kind
        self.token = token
        self.first = first
        self.term = term
        self.power = power
        self.direct = direct
        self.bracketed = False


def bare_function(scanner: Scanner, piece: Token) -> None:
    """A function of the calculus book, with or without a power, whose argument has no brackets."""
    word = piece.value
    power = raised_power(scanner, piece)
    following = scanner.next()
    if following is not None and following.type == "ASSIGN":
        scanner.fail(
            f"{word} is a function and takes no value", piece.start, piece.end, hint="use another name"
        )
    if word in BARE:
        named = function = piece._replace(type="CALL", value=FUNCTIONS[word])
    else:
        named, function = piece, piece._replace(type="LOG_BASE", value=canonical(word)[4:])
    if following is not None and following.type == "LPAR":
        call(scanner, function)
        scanner.at += 1
        scanner.take(following)
        scanner.open[-1].power = power
        scanner.open[-1].token = named
        return
    needs_argument(scanner, piece, following)
    above = scanner.open[-1] if scanner.open else None
    directly = above is not None and above.kind == "ARGUMENT" and scanner.found[-1].type == "LPAR"
    if above is not None and directly and above.direct:
        scanner.fail(
            "one function may follow another without brackets, not two",
            piece.start,
            piece.end,
            hint=f"write {word}(...)",
        )
    if not directly:
        arguments_end(scanner)
    if scanner.explicit:
        scanner.fail(
            f"{word} needs its argument in brackets", piece.start, piece.end, hint=f"write {word}(x)"
        )
    first = len(scanner.found) + (1 if scanner.after_operand() else 0)
    scanner.operand(function)
    scanner.found.append(Token("LPAR", "(", piece.end, piece.end))
    scanner.open.append(Frame("ARGUMENT", named, first, scanner.term, power, direct=directly))
    scanner.term = len(scanner.found)


def is_logarithm(scanner: Scanner, word: str) -> bool:
    """Whether a word without its bracket is log_2, or log_b before an argument; log_p may be a name."""
    known = canonical(word)
    if not known.startswith("log_"):
        return False
    if known[4:].isdigit():
        return True
    ends = ("ASSIGN", "COMMA", "RPAR", "SEP", "NEWLINE")
    pairs = zip(scanner.pieces, scanner.pieces[1:], strict=False)
    if known in scanner.bound or any(canonical(a.value) == known and b.type in ends for a, b in pairs):
        return False
    sign = scanner.next()
    power = {"POWER": 2, "RAISED": 1}.get(sign.type, 0) if sign is not None else 0
    following = scanner.next(power)
    if following is None or following.value in NO_ARGUMENT:
        return False
    if following.type == "BAR":
        return not any(frame.kind == "LBAR" for frame in scanner.open)
    return following.type in ("NUMBER", "WORD", "ROOT", "LPAR")


def written(tokens: Iterable[Token]) -> str:
    """Tokens as text, for messages."""
    return "".join(f"log_{each.value}" if each.type == "LOG_BASE" else each.value for each in tokens)


def inverse(word: str) -> str:
    """The inverse function, as a call: asin(x) of sin, exp(x) of ln."""
    if word.startswith("log_"):
        return f"{word[4:].strip('{}')}^x"
    if f"a{word}" in FUNCTIONS or word in INVERSES:
        return INVERSES.get(word) or f"a{word}(x)"
    arcs = [arc for arc in ("arc", "ar", "a") if word.startswith(arc) and word.removeprefix(arc) in BARE]
    return f"{word.removeprefix(arcs[0])}(x)"


def raised_power(scanner: Scanner, piece: Token) -> int | None:
    """The 2 of sin^2 and sin²; other powers of a function's name are ambiguous."""
    sign = scanner.next()
    word = piece.value
    if sign is None or sign.type not in ("POWER", "RAISED"):
        return None
    reciprocal = f"1/{word}(x) or {word}(x)^-1 for the reciprocal"
    negative = f"write {inverse(canonical(word))} for the inverse function, {reciprocal}"
    if sign.type == "RAISED":
        if sign.value.startswith("⁻"):
            scanner.fail(f"{word}{sign.value} can be read in two ways", sign.start, sign.end, hint=negative)
        scanner.at += 1
        return int(sign.value.translate(DIGITS))
    exponent = scanner.next(1)
    if exponent is not None and exponent.type == "NUMBER" and exponent.value.isdigit():
        scanner.at += 2
        return int(exponent.value)
    inner = scanner.next(2) if exponent is not None and exponent.type in ("LPAR", "LBRACE") else exponent
    if inner is not None and inner.type == "MINUS":
        scanner.fail(
            f"a negative power of {word} can be read in two ways", sign.start, sign.end, hint=negative
        )
    shown = exponent.value if exponent is not None and exponent is inner else "(...)"
    scanner.fail(
        f"a power of {word} before its argument is a whole number", sign.start, sign.end,
        hint=f"write ({word}(x))^{shown}",
    )  # fmt: skip
    return None


def needs_argument(scanner: Scanner, piece: Token, following: Token | None) -> None:
    """Refuse a function without an argument; a sign needs brackets."""
    word = piece.value
    if following is not None and following.type == "LSQUARE":
        scanner.fail(
            f"the argument of {word} stands in round brackets", piece.start, piece.end,
            hint=f"write {word}(...), of an array {word}([...])",
        )  # fmt: skip
    begins = following is not None and following.type in ("NUMBER", "WORD", "BAR", "ROOT")
    if begins and following is not None and following.value not in NO_ARGUMENT:
        return
    if following is not None and following.type == "MINUS":
        after = scanner.next(1)
        tail = after.value if after is not None and after.type in ("NUMBER", "WORD") else "..."
        more = scanner.next(2)
        if after is not None and more is not None and after.type == "NUMBER" and more.start == after.end:
            tail += more.value if more.type == "WORD" else "..."
        scanner.fail(
            f"the argument of {word} begins with a sign", following.start, following.end,
            hint=f"write {word}(-{tail})",
        )  # fmt: skip
    scanner.fail(f"{word} needs an argument", piece.start, piece.end, hint=f"write {word}(x)")


def arguments_end(scanner: Scanner, piece: Token | None = None) -> None:
    """Close the bare arguments on top, unless one has just opened."""
    while scanner.open and scanner.open[-1].kind in ("ARGUMENT", "ROOT"):
        frame = scanner.open[-1]
        if frame.kind == "ROOT" or not scanner.after_operand():
            if piece is None and frame.kind == "ARGUMENT" and scanner.found[-1].type == "LPAR":
                return  # a function right behind a function: ln sin x
            where = piece or frame.token
            scanner.fail(
                f"{frame.token.value} needs an argument",
                where.start,
                where.end,
                hint=f"write {frame.token.value}(x)",
            )
        scanner.open.pop()
        end = scanner.found[-1].end
        inner = scanner.found[frame.first + 2 :]
        scanner.found.append(Token("RPAR", ")", end, end))
        scanner.term = frame.term
        if any(token.type == "TIMES" for token in inner) or (piece is not None and piece.type == "TIMES"):
            said = written(scanner.found[frame.first :])
            more = "*..." if piece is not None and piece.type == "TIMES" else ""
            scanner.note("implicit", f"read as {said}{more}", frame.token.start, end)
        if frame.power is not None:
            take_power(scanner, frame)


def root(scanner: Scanner, piece: Token) -> None:
    """√ takes the one number, name, bracket, bars or root that follows."""
    following = scanner.next()
    if following is None or following.type not in ("NUMBER", "WORD", "LPAR", "BAR", "ROOT"):
        where = piece if following is None else following
        scanner.fail(
            "√ needs a number, a name or a bracket", where.start, where.end, hint="write √(...) or sqrt(...)"
        )
    if following.type == "WORD" and (following.value in BARE or canonical(following.value)[:5] in BASES):
        scanner.fail(
            "√ before a function", following.start, following.end, hint=f"write √({following.value}(x))"
        )
    if scanner.explicit:
        scanner.fail("√ is an implicit form", piece.start, piece.end, hint="write sqrt(...)")
    first = len(scanner.found) + (1 if scanner.after_operand() else 0)
    scanner.operand(piece._replace(type="CALL", value="sqrt"))
    scanner.found.append(Token("LPAR", "(", piece.end, piece.end))
    frame = Frame("ROOT", piece._replace(value="√"), first, scanner.term)
    frame.bracketed = following.type in ("LPAR", "BAR")
    scanner.open.append(frame)


def end_arguments(scanner: Scanner, piece: Token | None) -> None:
    """End the arguments that wait, before a token that belongs to none of them."""
    if piece is not None and piece.type in ("POWER", "OVER", "RAISED"):
        refuse_power_of_argument(scanner, piece)
    arguments_end(scanner, piece)


def refuse_power_of_argument(scanner: Scanner, piece: Token) -> None:
    """A power or quotient behind an argument without brackets has two readings in print."""
    if scanner.open and scanner.open[-1].kind == "ARGUMENT" and scanner.after_operand():
        two_readings(scanner, scanner.open[-1], piece)


def two_readings(scanner: Scanner, frame: Frame, piece: Token) -> NoReturn:
    """Refuse what print leaves open, with both readings."""
    function, inner = frame.token.value, written(scanner.found[frame.first + 2 :])
    following = scanner.next(1 if piece is scanner.next() else 0)
    simple = (
        following is not None and following.type in ("NUMBER", "WORD") and following.value not in FUNCTIONS
    )
    tail = (
        piece.value.translate(DIGITS)
        if piece.type == "RAISED"
        else following.value
        if simple and following
        else "(...)"
    )
    sign = "/" if piece.type == "OVER" else "^"
    if frame.kind == "ROOT":
        inner = inner.rstrip(")")
        hint = f"write √({inner}{sign}{tail}) = sqrt({inner}{sign}{tail}), or sqrt({inner}){sign}{tail}"
    else:
        hint = f"write {function}({inner}{sign}{tail}) or {function}({inner}){sign}{tail}"
    scanner.fail(
        f'"{piece.value}" after {function} {inner} can be read in two ways',
        piece.start,
        piece.end,
        hint=hint,
    )


def take_power(scanner: Scanner, frame: Frame) -> None:
    """sin^2(x) is sin(x)^2."""
    end = scanner.found[-1].end
    scanner.found += [Token("POWER", "^", end, end), Token("NUMBER", str(frame.power), end, end)]
    following = scanner.next()
    if following is not None and following.type in ("POWER", "RAISED"):
        scanner.fail(
            "two powers of one function are ambiguous", following.start, following.end,
            hint=f"use brackets, as in ({frame.token.value}(x))^{frame.power}",
        )  # fmt: skip


def call(scanner: Scanner, token: Token) -> None:
    """A function before its bracket: it ends the argument of a function without one."""
    arguments_end(scanner)
    scanner.operand(token)
