"""Reports of claimed derivatives."""

from __future__ import annotations

from collections.abc import Iterator

from adcli.answers import Answer
from adcli.labels import Labels
from adcli.numerals import ANSWER_DIGITS, number
from adcli.report.cost import told
from adcli.report.document import Cell, Look, Section, Weight
from adcli.report.title import count
from adcli.study.checking import CheckGradientAnswer, Entry

SLOPE_DIGITS = 6
SIZE_DIGITS = 3
WEIGHTS: dict[str, Weight] = {"right": "bold", "wrong": "alarm"}
EVERY = 2  # of the steps, so that they fit on a screen


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """The verdicts, then how the remainders shrink."""
    if not isinstance(answer, CheckGradientAnswer):
        raise NotImplementedError(answer.command)
    return verdict_section(answer, look), remainder_section(answer, look)


def verdict_section(answer: CheckGradientAnswer, look: Look) -> Section:
    """A row per claim: the verdict, the order, the given and the right number."""
    labels, digits = Labels(answer.program, look.style), look.digits or ANSWER_DIGITS
    rows = [
        (
            labels.plain(entry.claim.by) if not look.style.latex else entry.claim.by,
            entry.test.verdict,
            "" if entry.test.order is None else f"{entry.test.order:.2f}",
            look.style.number(entry.given, digits),
            look.style.number(entry.expected, digits),
        )
        for entry in answer.entries
    ]
    section = told("", ("", "verdict", "order", "given", "reverse mode"), rows, look, *explained(answer))
    if section.table is None:
        return section
    table = section.table
    marked = tuple(
        (row[0], Cell(row[1].text, WEIGHTS.get(entry.test.verdict, "plain")), *row[2:])
        for row, entry in zip(table.rows, answer.entries, strict=True)
    )
    columns = (table.columns[0], table.columns[1]._replace(point=False), *table.columns[2:])
    return Section(table=type(table)(columns, marked), captions=section.captions)


def explained(answer: CheckGradientAnswer) -> Iterator[str]:
    """What each verdict rests on, and the sum."""
    for entry in answer.entries:
        yield f"{entry.claim.by}: {reason(entry)}"
    right = sum(entry.test.verdict == "right" for entry in answer.entries)
    numbers = (
        "60 certified digits" if answer.certified else "floats, which hide an error below about 1e-6 of f"
    )
    yield f"{right} of {count(len(answer.entries), 'formula')} right; computed in {numbers}"


def reason(entry: Entry) -> str:
    """Why a claim has its verdict."""
    test = entry.test
    order = "" if test.order is None else f"{test.order:.2g}"
    sides = f"{side(test.left)} from the left and {side(test.right)} from the right"
    match test.verdict:
        case "right" if test.order is None:
            return "nothing is left of the remainder: f is straight here, with the given slope"
        case "right":
            return f"the remainder shrinks like h^{order}: faster than h, so this is the derivative"
        case "wrong":
            return (
                f"the remainder shrinks like h^{order}: of a derivative it would be h^2; the slope is {sides}"
            )
        case "kink":
            return f"a kink: the slope is {sides}, for every h, and no formula is its derivative"
        case "steep":
            return f"no derivative: the slope grows as h shrinks, to {sides} at the smallest step"
    return "the steps tell too little: f ends too near to the point, or rounding hides the remainder"


def side(slope: float | None) -> str:
    """A one-sided slope."""
    return "not defined" if slope is None else number(slope, SLOPE_DIGITS)


def remainder_section(answer: CheckGradientAnswer, look: Look) -> Section:
    """Every second step with the remainder of each claim."""
    labels = Labels(answer.program, look.style)
    names = [
        labels.plain(entry.claim.by) if not look.style.latex else entry.claim.by for entry in answer.entries
    ]
    steps = range(0, max(len(entry.test.remainders) for entry in answer.entries), EVERY)
    rows = [
        (
            number(answer.entries[0].test.remainders[place].h, SIZE_DIGITS) if len(answer.entries) == 1
            else str(place + 1),
            *(
                look.style.number(entry.test.remainders[place].size, SIZE_DIGITS)
                if place < len(entry.test.remainders) else ""
                for entry in answer.entries
            ),
        )
        for place in steps
    ]  # fmt: skip
    first = "h" if len(answer.entries) == 1 else "step"
    return told(
        "remainder |f(x + h) - f(x) - h*g|, the larger one of both sides",
        (first, *names),
        rows,
        look,
        "each step is an eighth of the one before; " + "every second one is shown",
    )
