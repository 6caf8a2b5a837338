"""The report of a descent: a table of its steps, why it stopped, and where."""

from __future__ import annotations

from collections.abc import Sequence

from adcli.notation.numerals import ANSWER_DIGITS, TABLE_DIGITS
from adcli.primitives.shapes import of_value, words
from adcli.report.document import Cell, Column, Look, Section, Table
from adcli.report.title import count, listed
from adcli.study.data import Data
from adcli.study.descent import DescentAnswer
from adcli.study.walking import Record, is_round
from adcli.tracing.labels import Labels, Style

FEW = 12  # steps that are all shown
FIRST = 3  # of many, these and the last, and 5, 10, 20, 50, …
MOST_INPUTS = 6
MANNERS = {
    "gradient": "gradient descent",
    "momentum": "gradient descent with momentum 0.9",
    "adam": "Adam",
    "newton": "Newton's method",
    "line-search": "gradient descent with a line search",
}


def sections(answer: DescentAnswer, look: Look) -> tuple[Section, ...]:
    """A row per step that is shown, the stop, the last point, and how the steps were made."""
    style, digits = look.style, look.digits or TABLE_DIGITS
    labels = Labels(answer.program, style)
    output = labels.plain(answer.output)
    names = [labels.plain(name) for name in answer.moving]
    slope = slope_title(style, output)
    last = answer.last
    found = pairs(answer, last.point, labels, look.digits or ANSWER_DIGITS)
    value = f"{output} = {style.number(last.value, look.digits or ANSWER_DIGITS)}"
    reached = f"{value} at {', '.join(found)}"
    if style.latex:
        reached = reached.replace(" at ", r" \text{ at } ", 1)
    ends = (value, *found) if any(answer.shapes.values()) and look.layout != "lines" else (reached,)
    captions = captions_of(answer, style, table=look.layout != "lines")
    kept = shown(answer.path)
    shown_inputs = names[:MOST_INPUTS]
    if look.layout == "lines":
        lines = tuple(
            f"step {record.step}: "
            + ", ".join(
                (
                    f"{output} = {style.number(record.value, digits)}",
                    f"{slope} = {style.number(record.slope, digits)}",
                    *pairs(answer, record.point, labels, digits),
                )
            )
            for record in kept
        )
        return (Section(lines=(*lines, reached), captions=captions),)
    columns = (
        Column("step", point=True),
        Column(style.math(output), point=True),
        Column(style.math(slope), point=True, drop=2),
        *(
            Column(style.math(name), point=True, drop=1 if place > 1 else 0)
            for place, name in enumerate(shown_inputs)
        ),
    )
    rows = tuple(
        (
            Cell(str(record.step)),
            Cell(style.number(record.value, digits), "bold"),
            Cell(style.number(record.slope, digits)),
            *(Cell(style.number(x, digits)) for x in record.point[:MOST_INPUTS]),
        )
        for record in kept
    )
    return (Section(table=Table(columns, rows), answer=ends, captions=captions),)


def pairs(answer: DescentAnswer, point: Sequence[float], labels: Labels, digits: int) -> list[str]:
    """The inputs that move with their values: x = 1, w = [0, 2]."""
    values = answer.arrays(point)
    return [f"{labels.plain(name)} = {labels.style.number(value, digits)}" for name, value in values.items()]


def slope_title(style: Style, output: str) -> str:
    """The length of the gradient: |∇f|."""
    if style.latex:
        return rf"|\nabla {output}|"
    return f"|∇{output}|" if style.marks else f"|grad {output}|"


def captions_of(answer: DescentAnswer, style: Style, *, table: bool) -> tuple[str, ...]:
    """The method with its rate, the data, and what was drawn."""
    said = [answer.stop.message, f"{MANNERS[answer.method]}, rate {style.number(answer.rate, TABLE_DIGITS)}"]
    if answer.data is not None:
        said.append(given_by(answer.output, answer.data))
    if answer.seed is not None:
        said.append(f"starts without a value are drawn from -1 to 1 with seed {answer.seed}")
    if table and len(answer.moving) > MOST_INPUTS:
        said.append(f"of {len(answer.moving)} numbers that move, the first {MOST_INPUTS} are in the table")
    return tuple(map(style.words, said))


def given_by(output: str, data: Data) -> str:
    """What the data gave, and whether the output is a mean over examples."""
    table = data.table
    if table is None:
        return f"data: {listed(data.names)}"
    unused = f"; not used: {listed(table.unused)}" if table.unused else ""
    rows = count(len(table.rows), "row")
    if data.mean:
        return f"data: {output} is the mean over {rows} of {listed(table.names)}{unused}"
    arrays = listed([f"{name} ({words(of_value(data.examples[0][name]))})" for name in data.names])
    return f"data: {rows}, as whole arrays {arrays}{unused}"


def shown(path: list[Record]) -> list[Record]:
    """The steps in the table: all of a few, else the first, 5, 10, 20, 50, … and the last."""
    if len(path) <= FEW and path[-1].step == len(path) - 1:
        return path
    return [r for r in path if r.step < FIRST or is_round(r.step) or r is path[-1]]
