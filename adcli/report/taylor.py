"""The report of Taylor coefficients: a table of them, and the polynomial as a book writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from adcli.answers.higher import TaylorAnswer
from adcli.notation import PRODUCT, Piece, bracket, constant, figure, write
from adcli.notation.numerals import ANSWER_DIGITS, SUBSCRIPTS, TABLE_DIGITS
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.tracing.labels import Labels, Style

MOST_TERMS = 12
WIDEST = 66
COMMAND = re.compile(r"\\[A-Za-z]+|[{}&]")  # what takes no room in print
MOST_ARGUMENTS = 3  # inputs of an output that is written with them, f(1 + t, 2 - t)
PARAMETERS = ("t", "s", "h", "u", "tau")


class Expansion(NamedTuple):
    """What the polynomial has powers of, x - 2 or t; the output as f(x); the heading; what tends to what."""

    base: Piece
    output: str
    heading: str
    limit: tuple[str, str] | None


def sections(answer: TaylorAnswer, look: Look) -> tuple[Section, ...]:
    """The coefficients by their power, the polynomial, and the order of its remainder."""
    style, digits = look.style, look.digits or TABLE_DIGITS
    expansion = expansion_of(answer, look)
    numbers = answer.coefficients if answer.exact is None else map(float, answer.exact)
    decimals = [style.number(c, digits) for c in numbers]
    exact = [
        str(c) if isinstance(c, Fraction) else numeral(c, style, digits).text for c in answer.exact or ()
    ]
    sign = r" \approx " if style.latex else " ≈ " if style.marks else " ~ "
    terms = written(answer, look, expansion.base, digits)
    polynomial = expansion.output + sign + " ".join(terms)
    said = (remainder(answer, style, expansion),)
    captions = (*said, "coefficient k is the k-th derivative over k!; computed in one forward pass")
    if style.latex:
        equation = tuple(broken(expansion.output + " &" + sign.lstrip(), terms))
        return (Section(expansion.heading, lines=equation, captions=said),)
    fractional = exact != decimals[: len(exact)]
    if look.layout == "lines":
        lines = [
            f"c{str(k).translate(SUBSCRIPTS) if style.marks else k} = "
            + (f"{exact[k]} = {decimal}" if fractional and exact[k] != decimal else decimal)
            for k, decimal in enumerate(decimals)
        ]
        return (Section(expansion.heading, lines=(*lines, polynomial), captions=captions),)
    shown = [exact, decimals] if fractional else [decimals]
    titles = ("coefficient", "value")[: len(shown)]
    columns = (Column("k", point=True), *(Column(title, point=True) for title in titles))
    rows = tuple(
        (Cell(str(k)), Cell(first, "bold"), *map(Cell, rest))
        for k, (first, *rest) in enumerate(zip(*shown, strict=True))
    )
    table = Table(columns, rows)
    return (Section(expansion.heading, table, answer=(polynomial,), captions=captions),)


def expansion_of(answer: TaylorAnswer, look: Look) -> Expansion:
    """Where the polynomial stands: about a point of one input, or along a line in t."""
    style, labels, program = look.style, Labels(answer.program, look.style), answer.program
    notation, at = style.notation, answer.at or {}
    output, order = labels.plain(answer.output), len(answer.coefficients) - 1
    digits = max(look.digits or 0, ANSWER_DIGITS)
    heading = f"Taylor polynomial of order {order}"
    if not program.inputs:
        return Expansion(Piece("t"), output, "a constant: nothing moves", None)
    if len(program.inputs) == 1 and not program.graph.arrays and answer.tangent[program.inputs[0]] == 1:
        (name,) = program.inputs
        base = x = Piece(labels.plain(name))
        start = (answer.exact_at or at)[name]
        if start:
            base = write("sub" if start > 0 else "add", [x, numeral(abs(start), style, digits)], notation)
        place = numeral(start, style, digits).text
        heading += f" at {style.math(f'{x.text} = {place}')}"
        return Expansion(base, f"{output}({x.text})", heading, (x.text, place))
    letter = next(name for name in PARAMETERS if name not in program.inputs)
    t = Piece(letter)
    starts = answer.exact_at or at
    places = [moved(starts[name], speed, t, style, digits).text for name, speed in answer.tangent.items()]
    along = [
        style.math(f"{labels.plain(name)} = {place}")
        for name, place in zip(answer.tangent, places, strict=True)
    ]
    if len(places) <= MOST_ARGUMENTS:
        output = f"{output}({', '.join(places)})"
    return Expansion(t, output, f"{heading} in {style.math(letter)} along {', '.join(along)}", (letter, "0"))


def numeral(value: Any, style: Style, digits: int) -> Piece:
    """A number of the point: 0.5, 1/3 and π/4 as they are, where they are exact."""
    if isinstance(value, Fraction):
        return constant(value if value.denominator > 1 else value.numerator, style.notation)
    if hasattr(value, "piece"):
        found: Piece = value.piece(style.notation)
        return found
    return figure(style.number(value, digits), style.notation)


def moved(place: Any, speed: Any, t: Piece, style: Style, digits: int) -> Piece:
    """An input as it moves with t: 2 - 3·t."""
    stands = numeral(place, style, digits)
    if hasattr(speed, "shape"):  # an array, as it stands
        direction = figure(style.number(speed, digits), style.notation)
        return write("add", [stands, product(direction, t, style)], style.notation) if speed.any() else stands
    if not speed:
        return stands
    step = product(figure(style.number(abs(speed), digits), style.notation), t, style)
    if place:
        return write("add" if speed > 0 else "sub", [stands, step], style.notation)
    return write("neg", [step], style.notation) if speed < 0 else step


def remainder(answer: TaylorAnswer, style: Style, expansion: Expansion) -> str:
    """The order of what the polynomial leaves out; at a kink there may be none."""
    if expansion.limit is None:
        return "no remainder"
    left = write("pow", [expansion.base, constant(len(answer.coefficients))], style.notation)
    if any(note.code in ("kink", "tie") for note in answer.notes):
        return f"at a kink or a jump the remainder need not be of order {style.math(left.text)}"
    arrow = r" \to " if style.latex else " → " if style.marks else " -> "
    return f"the remainder is of order {style.math(left.text)} as {style.math(arrow.join(expansion.limit))}"


def product(number: Piece, power: Piece, style: Style) -> Piece:
    """A number times a power; 1 is left out."""
    return power if number.text == "1" else write("mul", [number, power], style.notation)


def term(c: Any, power: Piece | None, style: Style, digits: int) -> str:
    """A positive coefficient times a power: 3·x²/8, or 0.375·x² where it is no short fraction."""
    notation = style.notation
    if not isinstance(c, Fraction):
        number = c.piece(notation) if hasattr(c, "piece") else figure(style.number(c, digits), notation)
        return bracket(number if power is None else product(number, power, style), PRODUCT, notation)
    top = constant(c.numerator, notation)
    if power is not None:
        top = product(top, power, style)
    whole = top if c.denominator == 1 else write("div", [top, constant(c.denominator)], notation)
    return bracket(whole, PRODUCT, notation)


def written(answer: TaylorAnswer, look: Look, base: Piece, digits: int) -> list[str]:
    """The terms of the polynomial with their signs, at most `MOST_TERMS` of them."""
    style, found = look.style, list[str]()
    for k, c in enumerate(answer.exact or answer.coefficients):
        if not c:
            continue
        if len(found) == MOST_TERMS:
            return [*found, f"+ {style.more}"]
        power = base if k == 1 else write("pow", [base, constant(k)], style.notation) if k else None
        text = term(abs(c), power, style, digits)
        sign = style.notation.minus if c < 0 else "+"
        found.append(f"{sign} {text}" if found else f"{sign if c < 0 else ''}{text}")
    return found or [style.number(0.0, digits)]


def broken(start: str, terms: list[str]) -> Iterator[str]:
    """The polynomial as lines of an aligned equation in LaTeX, each about `WIDEST` letters wide at most."""
    line = start + terms[0]
    for text in terms[1:]:
        if len(COMMAND.sub("", line + text)) > WIDEST:
            yield line
            line = rf"&\quad {text}"
        else:
            line += f" {text}"
    yield line
