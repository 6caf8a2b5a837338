"""Reports of claimed derivatives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from adcli.answers.answer import Answer
from adcli.notation.numerals import ANSWER_DIGITS, number
from adcli.report.document import Look, Section, Weight
from adcli.report.telling import Entries, Ready, Shown, told
from adcli.study.check_gradient import CheckGradientAnswer, Entry
from adcli.tracing.labels import Labels

SLOPE_DIGITS = 6
SIZE_DIGITS = 3
MOST_DIGITS = 18  # of a float
WEIGHTS: dict[str, Weight] = {"right": "bold", "wrong": "alarm"}
CODE = {"python": "Python code", "numpy": "NumPy code"}
EVERY = 2  # of the steps, so that they fit on a screen


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """The verdicts, then how the remainders shrink."""
    if not isinstance(answer, CheckGradientAnswer):
        raise NotImplementedError(answer.command)
    return verdict_section(answer, look), remainder_section(answer, look)


def verdict_section(answer: CheckGradientAnswer, look: Look) -> Section:
    """A row per claim: the verdict, the order, the given and the right number."""
    labels, digits = Labels(answer.program, look.style), look.digits or ANSWER_DIGITS
    rows: list[Entries] = [
        (
            Ready(labels.plain(entry.claim.by)),
            entry.test.verdict,
            None if entry.test.order is None else Ready(f"{entry.test.order:.2f}"),
            Shown(entry.given, apart(entry, digits)),
            Shown(entry.expected, apart(entry, digits)),
        )
        for entry in answer.entries
    ]
    section = told(
        "", ("", "verdict", "order", "given", "reverse mode"), rows, look, *explained(answer, look)
    )
    if section.table is None:
        return section
    marked = tuple(
        (row[0], row[1]._replace(weight=WEIGHTS.get(entry.test.verdict, "plain")), *row[2:])
        for row, entry in zip(section.table.rows, answer.entries, strict=True)
    )
    return replace(section, table=replace(section.table, rows=marked))


def explained(answer: CheckGradientAnswer, look: Look) -> Iterator[str]:
    """What each verdict rests on, and the sum."""
    style, labels = look.style, Labels(answer.program, look.style)
    output = labels.plain(answer.output)
    for entry in answer.entries:
        slope = style.math(labels.slope(output, labels.plain(entry.claim.by)))
        yield f"{slope}: {style.words(reason(entry))}"
    right = sum(entry.test.verdict == "right" for entry in answer.entries)
    numbers = "60 certified digits" if answer.certified else "floats, where errors below about 1e-6 hide"
    what = "formula" if answer.code is None else "number"
    of = f"1 {what}" if len(answer.entries) == 1 else f"{len(answer.entries)} {what}s"
    yield f"{right} of {of} right; computed in {numbers}"
    if answer.code is not None:
        yield f"given: what the {CODE[answer.code]} of adcli codegen computes at this point"


def apart(entry: Entry, digits: int) -> int:
    """So many digits, or as many as tell a wrong number from the right one."""
    given, expected = entry.given, entry.expected
    if entry.test.verdict == "right" or expected is None:
        return digits
    return next((n for n in range(digits, MOST_DIGITS) if number(given, n) != number(expected, n)), digits)


def reason(entry: Entry) -> str:
    """Why a claim has its verdict."""
    test = entry.test
    order = "" if test.order is None else f"{test.order:.2g}"
    digits = apart(entry, SLOPE_DIGITS)
    left, right = side(test.left, digits), side(test.right, digits)
    sides = left if left == right else f"{left} from the left and {right} from the right"
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


def side(slope: float | None, digits: int) -> str:
    """A one-sided slope."""
    return "not defined" if slope is None else number(slope, digits)


def remainder_section(answer: CheckGradientAnswer, look: Look) -> Section:
    """Every second step with the remainder of each claim."""
    labels = Labels(answer.program, look.style)
    names = [look.style.math(labels.plain(entry.claim.by)) for entry in answer.entries]
    remainders = [entry.test.remainders for entry in answer.entries]
    single = len(remainders) == 1
    rows: list[Entries] = [
        (
            Ready(look.style.number(remainders[0][place].h, SIZE_DIGITS)) if single else place + 1,
            *(Shown(found[place].size, SIZE_DIGITS) if place < len(found) else None for found in remainders),
        )
        for place in range(0, max(map(len, remainders)), EVERY)
    ]
    return told(
        "remainder |f(x + h) - f(x) - h*g|, the larger one of both sides",
        ("h" if single else "step", *names),
        rows,
        look,
        "each step is an eighth of the one before; every second one is shown",
    )
