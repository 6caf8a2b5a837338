"""Reports of methods of differentiation side by side."""

from __future__ import annotations

from collections.abc import Iterator

from adcli.answers import Answer
from adcli.labels import Labels
from adcli.numerals import number
from adcli.report.cost import RATIO_DIGITS, told, whole
from adcli.report.document import Look, Section
from adcli.report.scatter import LETTERS, scatter
from adcli.report.title import count
from adcli.study.compare import REVERSE, CompareAnswer, Found
from adcli.study.counting import MOST
from adcli.study.curves import Curve
from adcli.study.quotients import EPSILON

SHOWN_DIGITS = 15
ERROR_DIGITS = 2
SLOPE_DIGITS = 3


def sections(answer: Answer, look: Look) -> tuple[Section, ...]:
    """A table per input, the costs, the sizes of the formulas, and the curves where they are asked for."""
    if not isinstance(answer, CompareAnswer):
        raise NotImplementedError(answer.command)
    made = [*derivative_sections(answer, look), cost_section(answer, look)]
    if answer.study is not None:
        made.append(sweep_section(answer, look))
    return tuple(made)


def derivative_sections(answer: CompareAnswer, look: Look) -> Iterator[Section]:
    """A row per method: its derivative, how far it is off, and how many digits are right."""
    labels = Labels(answer.program, look.style)
    output = labels.plain(answer.output)
    for by, found in answer.found.items():
        rows = [
            (
                row.method,
                look.style.dash
                if row.derivative is None
                else number(row.derivative, look.digits or SHOWN_DIGITS),
                "" if row.error is None else number(row.error, ERROR_DIGITS),
                "" if row.digits is None else "all" if row.error == 0 else str(row.digits),
                "" if row.h is None else number(row.h, ERROR_DIGITS),
            )
            for row in found
        ]
        slope = look.style.math(labels.slope(output, labels.plain(by)))
        columns = ("", "derivative", "error", "digits right", "step h")
        section = told("", columns, rows, look, *remarks(answer, by, found))
        yield Section(slope, section.table, section.lines, section.legend, section.answer, section.captions)


def remarks(answer: CompareAnswer, by: str, found: tuple[Found, ...]) -> Iterator[str]:
    """What the rows are held against, and why some have no number."""
    kind = answer.reference.kind
    right = answer.reference.texts[by]
    if kind == "kink":
        yield "this is a kink: there is no derivative to compare with, and each method has its own answer"
    elif right is None:
        yield 'without a reference no digit is judged: pip install "adcli[num]" adds certified numbers'
    else:
        zero = answer.reference.values[by] == 0
        yield f"errors are {'absolute, for the derivative is 0' if zero else 'relative'}; held against " + (
            f"{right} (exact)"
            if kind == "exact"
            else f"{right[:24]}{'...' if len(right) > 24 else ''} ({kind})"
        )
    for row in found:
        if row.why:
            yield f"{row.method}: {row.why}"


def cost_section(answer: CompareAnswer, look: Look) -> Section:
    """What all derivatives take by each method, how the formulas swell, and one sentence of reading."""
    f = answer.operations
    rows = [
        (
            cost.method,
            f"{cost.passes} {cost.of if cost.passes == 1 else plural(cost.of)}",
            whole(cost.operations),
            number(cost.operations / f, look.digits or RATIO_DIGITS) if f else "",
        )
        for cost in answer.costs
    ]
    return told(
        f"what {'the gradient' if len(answer.found) > 1 else 'the derivative'} takes; "
        f"{answer.output} itself takes {count(f, 'operation')}",
        ("", "needs", "operations", "to f"),
        rows,
        look,
        swell(answer),
        "a complex operation counts as one, and is about four real ones",
        reading(answer),
    )


def plural(noun: str) -> str:
    """The plural of what a method takes."""
    return {"value of f": "values of f"}.get(noun, noun + ("es" if noun.endswith("pass") else "s"))


def amount(operations: int) -> str:
    """A number of operations, which stops at a limit."""
    return f"more than {number(float(MOST), 1)}" if operations >= MOST else whole(operations)


def swell(answer: CompareAnswer) -> str:
    """How large the formulas are, written out and as graphs."""
    f, formula = answer.function, answer.formula
    many = len(answer.found) > 1
    return (
        f"operations of the formulas (expression swell): written out, {answer.output} has {amount(f.tree)} "
        f"and its derivative{'s' if many else ''} {amount(formula.tree)}; with shared parts computed once, "
        f"{amount(f.graph)} and {amount(formula.graph)}"
    )


def reading(answer: CompareAnswer) -> str:
    """One sentence: who is right in how many digits, and at what price."""
    passes = {cost.method: cost for cost in answer.costs}
    inputs = len(answer.found)
    ahead = passes["forward difference"]
    price = (
        f"one reverse pass gives {'all ' + count(inputs, 'derivative') if inputs > 1 else 'the derivative'}, "
        f"forward differences take {ahead.passes} values of {answer.output}"
    )
    worst = {
        method: min((row.digits for rows in answer.found.values() for row in rows
                     if row.method == method and row.digits is not None), default=None)
        for method in passes
    }  # fmt: skip
    differences = [worst[name] for name in ("forward difference", "central difference", "Richardson")]
    known = [digits for digits in differences if digits is not None]
    automatic = worst[REVERSE]
    if automatic is None or not known:
        return f"reading: {price}"
    return (
        f"reading: automatic differentiation is right in {automatic} digits or more, difference quotients in "
        f"{min(known)} to {max(known)}; {price}"
    )


def sweep_section(answer: CompareAnswer, look: Look) -> Section:
    """The slopes and best steps of all quotients, and a picture of their errors."""
    study = answer.study
    if study is None:
        raise NotImplementedError
    labels = Labels(answer.program, look.style)
    digits = look.digits or SLOPE_DIGITS
    rows = [
        (
            f"{LETTERS[made.quotient.name]}  {made.quotient.name}",
            *(slope(each, digits) for each in (made.truncation, made.rounding)),
            *(("", "") if made.best is None else (number(made.best.h, digits), error(made))),
            theory(made),
        )
        for made in study.curves
    ]
    heading = f"error against the step h, by {labels.plain(study.by) if not look.style.latex else study.by}"
    if len(answer.found) > 1:
        heading += "; --wrt names another input"
    section = told(
        heading,
        ("", "right", "left", "best h", "error", "theory"),
        rows,
        look,
        "right and left: the slopes of both lines. To the right truncation rules, and the error falls with h "
        "to the power of the method's order; to the left rounding rules, and it grows as h falls: slope -1",
        "a capital marks the best step; theory has it near the second, third or fifth root of the rounding "
        "unit 2.2e-16",
    )
    return Section(
        section.heading, section.table, section.lines, section.legend, section.answer, section.captions,
        scatter(study.curves),
    )  # fmt: skip


def slope(found: float | None, digits: int) -> str:
    """A fitted slope; nothing where too few steps show it."""
    return "" if found is None else number(found, digits)


def error(made: Curve) -> str:
    """The error at the best step."""
    return "" if made.best is None or made.best.error is None else number(made.best.error, ERROR_DIGITS)


def theory(made: Curve) -> str:
    """What the best step scales with: a root of the rounding unit."""
    if not made.quotient.rounds:
        return "any tiny h"
    return f"{number(EPSILON ** (1 / (made.quotient.order + 1)), ERROR_DIGITS)}"
