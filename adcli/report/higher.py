"""Reports of second derivatives and of Taylor coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from adcli.answers import Answer
from adcli.higher import HessianAnswer, HvpAnswer, TaylorAnswer
from adcli.labels import Labels, Style
from adcli.notation import Piece, constant, figure, write
from adcli.numerals import ANSWER_DIGITS, SUBSCRIPTS, TABLE_DIGITS
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.numbers import named_numbers
from adcli.report.title import count

MOST_TERMS = 12
PARAMETERS = ("t", "s", "h", "u", "tau")


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """What stands below the title, by the kind of answer."""
    match answer:
        case HessianAnswer():
            return (hessian_section(answer, look),)
        case HvpAnswer():
            return (hvp_section(answer, look),)
        case TaylorAnswer():
            return (taylor_section(answer, look),)
    raise NotImplementedError(answer.command)


def hessian_section(answer: HessianAnswer, look: Look) -> Section:
    """The matrix with its rows and columns named, the value, and how it was computed."""
    style, digits = look.style, look.digits or TABLE_DIGITS
    labels = Labels(answer.program, style)
    output, inputs = labels.plain(answer.output), [labels.plain(name) for name in answer.wrt]
    entries = [[style.number(entry, digits) for entry in row] for row in answer.hessian]
    value = f"{output} = {style.number(answer.value, digits)}"
    captions = (f"symmetric; forward over reverse: {count(len(inputs), 'pass', 'passes')}",)
    if not inputs:
        return Section(answer=(value,), captions=("no inputs: no second derivatives",))
    if style.latex:
        rows = r" \\ ".join(" & ".join(row) for row in entries)
        matrix = rf"\nabla^2 {output} = \begin{{pmatrix}} {rows} \end{{pmatrix}}"
        order = rf"\left({', '.join(inputs)}\right)"
        said = (f"rows and columns in the order {style.math(order)}",) if len(inputs) > 1 else ()
        return Section(lines=(value, matrix), captions=said)
    if look.layout == "lines":
        lines = tuple(
            f"{second(style, output, row, column)} = {entry}"
            for row, entered in zip(inputs, entries, strict=True)
            for column, entry in zip(inputs, entered, strict=True)
        )
        return Section(lines=(value, *lines), captions=captions)
    by = [labels.slope("", name) for name in inputs]
    rows_shown = tuple(
        (Cell(name), *(Cell(entry, "bold") for entry in row)) for name, row in zip(by, entries, strict=True)
    )
    columns = (Column(""), *(Column(name, point=True) for name in by))
    return Section(table=Table(columns, rows_shown, blocks=True), answer=(value,), captions=captions)


def second(style: Style, of: str, first: str, then: str) -> str:
    """∂²f/∂x∂y, and ∂²f/∂x² for one input twice."""
    d, square = style.partial, "²" if style.marks else "^2"
    below = f"{d}{first}{square}" if first == then else f"{d}{first}{d}{then}"
    return f"{d}{square}{of}/{below}"


def hvp_section(answer: HvpAnswer, look: Look) -> Section:
    """A row per input: the slope of its derivative along the direction."""
    style, labels = look.style, Labels(answer.program, look.style)
    digits = look.digits or ANSWER_DIGITS
    output = labels.plain(answer.output)
    nodes = dict(zip(answer.program.inputs, answer.program.graph.inputs, strict=True))
    seed = ", ".join(
        style.math(f"{labels.tangent(nodes[name])} = {style.number(number, digits)}")
        for name, number in answer.seed.items()
    )
    said = f"the Hessian of {style.math(output)} times the direction {seed}"
    entries = [
        (moves(style, labels.slope(output, labels.plain(name))), number)
        for name, number in answer.product.items()
    ]
    captions = () if style.latex else ("a row: how fast that slope changes; forward over reverse: one pass",)
    found = named_numbers(entries, look, *captions)
    return Section(said, found.table, found.lines, captions=found.captions)


def moves(style: Style, slope: str) -> str:
    """The derivative of a slope along the direction: d(∂f/∂x)/dt."""
    return rf"\frac{{d}}{{dt}} {slope}" if style.latex else f"d({slope})/dt"


def taylor_section(answer: TaylorAnswer, look: Look) -> Section:
    """The coefficients by their power, and the polynomial."""
    style, labels = look.style, Labels(answer.program, look.style)
    digits = look.digits or TABLE_DIGITS
    output, order = labels.plain(answer.output), len(answer.coefficients) - 1
    shown = [style.number(c, digits) for c in answer.coefficients]
    base, said = powers_of(answer, look)
    sign = r" \approx " if style.latex else " ≈ " if style.marks else " ~ "
    polynomial = output + sign + written(answer, look, base, digits)
    captions = (f"coefficient k is the k-th derivative over k!; order {order} by one forward pass",)
    if style.latex:
        return Section(said, lines=(polynomial,))
    if look.layout == "lines":
        lines = [f"c{str(k).translate(SUBSCRIPTS) if style.marks else k} = {c}" for k, c in enumerate(shown)]
        return Section(said, lines=(*lines, polynomial), captions=captions)
    rows = tuple((Cell(str(k)), Cell(c, "bold")) for k, c in enumerate(shown))
    table = Table((Column("k", point=True), Column("coefficient", point=True)), rows)
    return Section(said, table, answer=(polynomial,), captions=captions)


def powers_of(answer: TaylorAnswer, look: Look) -> tuple[Piece, str]:
    """What the polynomial has powers of, x - 2 or t, and the heading that says so."""
    style, labels, program = look.style, Labels(answer.program, look.style), answer.program
    at = answer.at or {}
    notation = style.notation
    digits = max(look.digits or 0, ANSWER_DIGITS)
    if not program.inputs:
        return Piece("t"), "a constant: nothing moves"
    if len(program.inputs) == 1 and answer.tangent[program.inputs[0]] == 1:
        (name,) = program.inputs
        x, place = Piece(labels.plain(name)), at[name]
        if place:
            op = "sub" if place > 0 else "add"
            x = write(op, [x, figure(style.number(abs(place), digits), notation)], notation)
        return x, f"Taylor polynomial in powers of {style.math(x.text)}"
    letter = next(name for name in PARAMETERS if name not in program.inputs)
    t = Piece(letter)
    along = []
    for name, speed in answer.tangent.items():
        place = figure(style.number(at[name], digits), notation)
        if speed:
            step = factor(style.number(abs(speed), digits), t, look)
            zero = not at[name]
            op = "add" if speed > 0 else "sub"
            moved = write("neg", [step], notation) if speed < 0 else step
            place = moved if zero else write(op, [place, step], notation)
        along.append(style.math(f"{labels.plain(name)} = {place.text}"))
    return t, f"Taylor polynomial in {style.math(letter)} along {', '.join(along)}"


def factor(number: str, power: Piece, look: Look) -> Piece:
    """A number times a power; 1 is left out."""
    notation = look.style.notation
    return power if number == "1" else write("mul", [figure(number, notation), power], notation)


def terms(answer: TaylorAnswer, look: Look, base: Piece, digits: int) -> Iterator[tuple[bool, str]]:
    """Every term that is not 0: whether it is negative, and its text without the sign."""
    notation = look.style.notation
    for k, c in enumerate(answer.coefficients):
        if c:
            number = look.style.number(abs(c), digits)
            power = base if k == 1 else write("pow", [base, constant(k)], notation) if k else None
            yield c < 0, number if power is None else factor(number, power, look).text


def written(answer: TaylorAnswer, look: Look, base: Piece, digits: int) -> str:
    """The polynomial, at most `MOST_TERMS` terms of it."""
    found = list(islice(terms(answer, look, base, digits), MOST_TERMS + 1))
    if not found:
        return look.style.number(0.0, digits)
    text = ""
    for place, (negative, term) in enumerate(found[:MOST_TERMS]):
        sign = look.style.notation.minus if negative else "+"
        text += f" {sign} {term}" if place else f"{sign if negative else ''}{term}"
    return f"{text} + {look.style.more}" if len(found) > MOST_TERMS else text
