"""Brackets, bars and blocks: what opens, what closes it, and which square bracket is an index.

A square bracket right after a name or a closing bracket is an index, any other one a literal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from adcli.language.bare import Frame, end_arguments, take_power
from adcli.language.diagnostics import unexpected
from adcli.language.tokens import STARTS_OPERAND, Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adcli.language.scanner import Scanner

CLOSES = {"RPAR": ("LPAR",), "RBAR": ("LBAR",), "RSQUARE": ("LSQUARE", "INDEX")}
ENDS = {"LPAR": ")", "LBAR": "|", "LBRACE": "}", "LSQUARE": "]", "INDEX": "]"}


def enclosing(scanner: Scanner) -> Iterator[Frame]:
    """The brackets, bars and blocks that are open, the innermost first."""
    return (frame for frame in reversed(scanner.open) if frame.kind not in ("ARGUMENT", "ROOT"))


def opens(scanner: Scanner, kind: str, piece: Token) -> None:
    """Remember what has just been opened, and the product that it interrupts."""
    scanner.open.append(Frame(kind, piece, len(scanner.found) - 1, scanner.term))
    scanner.term = len(scanner.found)


def opening(scanner: Scanner, piece: Token) -> None:
    """A round bracket."""
    scanner.found.append(piece) if scanner.calling() else scanner.operand(piece)
    opens(scanner, "LPAR", piece)


def square(scanner: Scanner, piece: Token) -> None:
    """A square bracket: an index right behind what has entries, else a literal."""
    before = scanner.found[-1] if scanner.found else None
    if scanner.calling() and before is not None:
        scanner.fail(
            f"the arguments of {before.value} stand in round brackets", piece.start, piece.end,
            hint=f"write {before.value}(...)",
        )  # fmt: skip
    if is_exponent(scanner):
        scanner.fail(
            "an index behind a power can be read in two ways", piece.start, piece.end,
            hint="write (x^2)[...] or x[...]^2, or * before a literal",
        )  # fmt: skip
    if before is None or not scanner.after_operand() or before.type == "NUMBER":
        scanner.operand(piece)
        opens(scanner, "LSQUARE", piece)
        return
    if before.end < piece.start:
        scanner.fail(
            "a space before a square bracket: an index, or a product?", piece.start, piece.end,
            hint=f"write {scanner.text[before.start : before.end]}[...] for the entry, *[...] for a product",
        )  # fmt: skip
    scanner.found.append(piece._replace(type="INDEX"))
    opens(scanner, "INDEX", piece)


def is_exponent(scanner: Scanner) -> bool:
    """Whether the last token is a number that stands as an exponent."""
    kinds = [token.type for token in scanner.found[-3:]]
    return kinds[-2:] == ["POWER", "NUMBER"] or kinds == ["POWER", "MINUS", "NUMBER"]


def transposed(scanner: Scanner, piece: Token) -> None:
    """The sign of a transpose: Aᵀ or A.T. It belongs to the name or bracket right before it."""
    if not scanner.after_operand():
        scanner.fail(
            f'"{piece.value}" has no matrix before it',
            piece.start,
            piece.end,
            hint="write it after one, as in Aᵀ",
        )
    if scanner.found[-1].type == "NUMBER":
        scanner.fail(
            f'"{piece.value}" behind a number', piece.start, piece.end,
            hint="for the transpose of a power write (A^2)ᵀ",
        )  # fmt: skip
    scanner.found.append(piece)
    scanner.unit_ends()


def bar(scanner: Scanner, piece: Token) -> None:
    """Bars do not nest: inside an open one, the next bar closes it."""
    inner = enclosing(scanner)
    first = next(inner, None)
    if first is not None and first.kind == "LBAR":
        if (
            not scanner.after_operand()
            and first.token.end == piece.start
            and scanner.found[-2:-1]
            and (scanner.found[-2].type == "TIMES" and scanner.found[-2].start == first.token.start)
        ):
            scanner.fail(
                'unexpected "||"', first.token.start, piece.end, hint="write or between two conditions"
            )
        if not scanner.after_operand():
            scanner.fail(
                "bars inside bars, or empty ones",
                piece.start,
                piece.end,
                hint="write abs(...) for the inner one, or norm(...) for the length of a vector",
            )
        end_arguments(scanner, piece)
        close(scanner, piece._replace(type="RBAR"))
    elif any(frame.kind == "LBAR" for frame in (first, next(inner, None)) if frame is not None):
        scanner.fail("bars inside bars", piece.start, piece.end, hint="write abs(...) for one of them")
    else:
        note_bars(scanner, piece)
        scanner.operand(piece._replace(type="LBAR"))
        opens(scanner, "LBAR", piece)


def note_bars(scanner: Scanner, piece: Token) -> None:
    """|x|y|z| is |x|*y*|z|, and could be |x*|y|*z| in print."""
    term = scanner.found[scanner.term :]
    if scanner.after_operand() and term[-1].type != "RBAR" and any(token.type == "RBAR" for token in term):
        said = "".join(token.value for token in term)
        scanner.note("implicit", f"read as {said}*|...|", term[0].start, piece.end)


def closing(scanner: Scanner, piece: Token) -> None:
    """A closing round or square bracket."""
    end_arguments(scanner, piece)
    if piece.type == "RSQUARE" and scanner.found and scanner.found[-1].type in ("LSQUARE", "INDEX"):
        scanner.fail(
            "empty square brackets", piece.start, piece.end,
            hint="an index counts from 1, as in x[1]; a vector is written [1, 2, 3]",
        )  # fmt: skip
    close(scanner, piece)


def close(scanner: Scanner, token: Token) -> None:
    """Match a closing bracket or bar with the last open one; a raised function takes its power now."""
    if not scanner.open or scanner.open[-1].kind == "LBRACE":
        fitting = {"PLUS", "$END"} if scanner.after_operand() else STARTS_OPERAND
        raise unexpected(scanner.text, [*scanner.found, token], token, fitting)
    frame = scanner.open.pop()
    if frame.kind not in CLOSES[token.type]:
        scanner.fail(
            f'"{frame.token.value}" is not closed before "{token.value}"', token.start, token.end,
            hint=f'close the "{frame.token.value}" first',
        )  # fmt: skip
    scanner.found.append(token)
    scanner.term = frame.term
    if frame.power is not None:
        take_power(scanner, frame)
    scanner.unit_ends()


def block(scanner: Scanner, piece: Token) -> None:
    """A brace opens the block of a for, while, if or else."""
    end_arguments(scanner, piece)
    if scanner.header is None:
        scanner.fail('unexpected "{"', piece.start, piece.end, hint="for grouping write round brackets ( )")
    scanner.header = None
    scanner.found.append(piece)
    scanner.open.append(Frame("LBRACE", piece, len(scanner.found) - 1, len(scanner.found)))


def block_end(scanner: Scanner, piece: Token) -> None:
    """A closing brace ends its statement."""
    end_arguments(scanner, piece)
    while scanner.found and scanner.found[-1].type == "SEP":
        scanner.found.pop()
    if not scanner.open or scanner.open[-1].kind != "LBRACE":
        if scanner.open:
            unclosed(scanner, scanner.open[-1])
        scanner.fail(
            'unexpected "}"', piece.start, piece.end, hint="a } closes the block of a for, while or if"
        )
    scanner.open.pop()
    scanner.found += [piece, Token("SEP", "}", piece.end, piece.end)]
    scanner.term = len(scanner.found)


def unclosed(scanner: Scanner, frame: Frame, by: str = "") -> NoReturn:
    """A bracket, bar or block that never ends, or not before the sign that it meets."""
    token, hint = frame.token, f'add the missing "{ENDS[frame.kind]}"'
    if by == ";" and frame.kind == "LPAR":
        loop = scanner.header is not None and scanner.header.type == "FOR"
        hint += "; a loop is written for k in 1..6 { ... }" if loop else "; values have commas between them"
    if by == ";" and frame.kind == "LSQUARE":
        hint += "; entries have commas between them: [1, 2, 3], [[1, 2], [3, 4]]"
    scanner.fail(f'"{token.value}" is not closed', token.start, token.end, hint=hint)
