"""Reports of methods of differentiation side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Context

from adcli.answers.answer import Answer
from adcli.notation.numerals import number, written
from adcli.report.cost import RATIO_DIGITS
from adcli.report.document import Look, Section
from adcli.report.scatter import LETTERS, scatter
from adcli.report.telling import NAME, Entries, Entry, Shown, told, whole
from adcli.report.title import count
from adcli.study.compare import REVERSE, CompareAnswer
from adcli.study.counting import MOST
from adcli.study.curves import Curve
from adcli.study.differences import DIGITS, Found
from adcli.study.quotients import EPSILON
from adcli.tracing.labels import Labels

SHOWN_DIGITS = 15
ERROR_DIGITS = 2
HELD_DIGITS = 20
SLOPE_DIGITS = 3
SOUND, POOR = 12, 4  # digits: fewer of automatic differentiation, and of every quotient, ask for a word


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
        rows: list[Entries] = [
            (
                row.method,
                Shown(row.derivative, look.digits or SHOWN_DIGITS),
                None if row.error is None else Shown(row.error, ERROR_DIGITS),
                None if row.digits is None else "all" if row.error == 0 else row.digits,
                None if row.h is None else Shown(row.h, ERROR_DIGITS),
            )
            for row in found
        ]
        slope = look.style.math(labels.slope(output, labels.plain(by)))
        columns = ("", "derivative", "error", "digits right", "step h")
        yield replace(told("", columns, rows, look, *remarks(answer, by, found)), heading=slope)


def remarks(answer: CompareAnswer, by: str, found: tuple[Found, ...]) -> Iterator[str]:
    """What the rows are held against, and why some have no number."""
    kind = answer.reference.kind
    right = answer.reference.texts[by]
    if kind == "kink":
        yield "this is a kink: there is no derivative to compare with, and each method has its own answer"
    elif right is None and kind == "missing":
        yield 'without a reference no digit is judged: pip install "adcli[num]" adds certified numbers'
    elif right is None:
        yield "no digit is judged: neither certified digits nor exact numbers decide this derivative"
    else:
        scale = "absolute, for the derivative is 0" if answer.reference.values[by] == 0 else "relative"
        yield f"errors are {scale}; held against {certified(right, kind)} ({kind})"
    for row in found:
        if row.why:
            yield f"{row.method}: {row.why}"


def certified(right: str, kind: str) -> str:
    """The reference in a sentence: an exact one as it is, another in 20 digits."""
    return right if kind == "exact" else written(Context(prec=HELD_DIGITS).create_decimal(right))


def cost_section(answer: CompareAnswer, look: Look) -> Section:
    """What all derivatives take by each method, how the formulas swell, and one sentence of reading."""
    f = answer.operations
    rows: list[Entries] = [
        (
            cost.method,
            f"{whole(cost.passes)} {cost.of if cost.passes == 1 else plural(cost.of)}",
            cost.operations,
            Shown(cost.operations / f, look.digits or RATIO_DIGITS) if f else None,
        )
        for cost in answer.costs
    ]
    return told(
        f"what {'the gradient' if len(answer.found) > 1 else 'the derivative'} takes; "
        f"{NAME} itself takes {count(f, 'operation')}",
        ("", "needs", "operations", "to f"),
        rows,
        look,
        swell(answer),
        "a complex operation counts as one, and is about four real ones",
        reading(answer),
        name=Labels(answer.program, look.style).plain(answer.output),
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
        f"operations of the formulas (expression swell): written out, {NAME} has {amount(f.tree)} "
        f"and its derivative{'s' if many else ''} {amount(formula.tree)}; with shared parts computed once, "
        f"{amount(f.graph)} and {amount(formula.graph)}"
    )


def reading(answer: CompareAnswer) -> str:
    """One sentence: who is right in how many digits, and at what price."""
    passes = {cost.method: cost for cost in answer.costs}
    inputs = len(answer.found)
    ahead = passes["forward difference"]
    price = (
        f"one reverse pass gives {derivatives(inputs)}, "
        f"forward differences take {ahead.passes} values of {NAME}"
    )
    worst = {
        method: min((row.digits for rows in answer.found.values() for row in rows
                     if row.method == method and row.digits is not None), default=None)
        for method in passes
    }  # fmt: skip
    differences = [worst[name] for name in ("forward difference", "central difference", "Richardson")]
    known = [digits for digits in differences if digits is not None]
    automatic = worst[REVERSE]
    if automatic is None:
        return f"reading: {price}"
    more = " or more" if inputs > 1 and 0 < automatic < DIGITS else ""
    said = [
        f"automatic differentiation is right in {right_in(automatic)}{more}, "
        + (f"difference quotients in {between(known)}" if known else "and no difference quotient has a value")
    ]
    if automatic < SOUND:
        said.append(
            f"rounding in the steps of {NAME} itself costs the rest, which adcli grad --digits 20 has"
        )
    elif known and max(known) < POOR:
        said.append("the usual steps do not suit this point: --sweep-h shows whether others do")
    return f"reading: {'; '.join((*said, price))}"


def right_in(digits: int) -> str:
    """A number of digits in words: none, all, or so many."""
    return "no digit" if not digits else "every digit" if digits == DIGITS else count(digits, "digit")


def between(known: Sequence[int]) -> str:
    """The fewest and the most digits of several methods."""
    least, most = min(known), max(known)
    if least == most:
        return right_in(most)
    if not least:
        return f"at most {count(most, 'digit')}" if most < DIGITS else "anything from no digit to every digit"
    return f"{least} digits or more" if most == DIGITS else f"{least} to {most} digits"


def derivatives(inputs: int) -> str:
    """The derivative, both derivatives, all three derivatives."""
    if inputs <= 2:
        return "the derivative" if inputs == 1 else "both derivatives"
    return f"all {count(inputs, 'derivative')}"


def sweep_section(answer: CompareAnswer, look: Look) -> Section:
    """The slopes and best steps of all quotients, and a picture of their errors."""
    study = answer.study
    if study is None:
        raise NotImplementedError
    labels = Labels(answer.program, look.style)
    digits = look.digits or SLOPE_DIGITS
    rows: list[Entries] = [
        (
            f"{LETTERS[made.quotient.name]}  {made.quotient.name}",
            *(None if each is None else Shown(each, digits) for each in (made.truncation, made.rounding)),
            *best(made, digits),
            theory(made),
        )
        for made in study.curves
    ]
    more = "; --wrt names another input" if len(answer.found) > 1 else ""
    heading = f"error against the step h, by {NAME}{more}"
    section = told(
        heading,
        ("", "right", "left", "best h", "error", "theory"),
        rows,
        look,
        "right and left: the slopes of both lines. To the right truncation rules, and the error falls with h "
        "to the power of the method's order; to the left rounding rules, and it grows as h falls: slope -1",
        "a capital marks the best step; theory has it near the second, third or fifth root of the rounding "
        "unit 2.2e-16",
        name=labels.plain(study.by),
    )
    return replace(section, figure=scatter(study.curves))


def best(made: Curve, digits: int) -> tuple[Entry, Entry]:
    """The best step and the error there."""
    if made.best is None or made.best.error is None:
        return None, None
    return Shown(made.best.h, digits), Shown(made.best.error, ERROR_DIGITS)


def theory(made: Curve) -> Entry:
    """What the best step scales with: a root of the rounding unit."""
    return Shown(EPSILON ** (1 / (made.quotient.order + 1)), ERROR_DIGITS) if made.quotient.rounds else "any"
