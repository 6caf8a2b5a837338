"""A student's entries, judged: numbers by their digits, formulas by what they compute."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Literal

from adcli.arithmetic.real import REAL
from adcli.checking import numbers
from adcli.checking.answer import Checked
from adcli.checking.asked import Question
from adcli.checking.entries import Entry
from adcli.checking.numbers import Judgement, Remark
from adcli.checking.sampling import Agreement, Missing, Pair, Witness, agreement
from adcli.language.constants import in_arithmetic
from adcli.language.program import Program
from adcli.notation.numerals import TABLE_DIGITS, number

MOST_DIGITS = 17  # that tell two floats apart


def judge(question: Question, entry: Entry) -> Checked:
    """The verdict on one entry by itself; whether a wrong one is carried is seen beside the others."""
    found = judged_alone(question, entry)
    formula = entry.written.formula
    if found.verdict != "wrong" or formula is None:
        return found
    said = (Remark("reading", note.message) for note in formula.notes if note.code == "implicit")
    return found._replace(remarks=(*found.remarks, *said))


def judged_alone(question: Question, entry: Entry) -> Checked:
    """The verdict on one entry, whatever its reading."""
    target, given = entry
    if given.problem:
        return unjudged(question, entry)
    if question.at is not None and (given.formula is None or not given.formula.inputs):
        right = question.number(target)
        value: float | None = None
        if given.figure is not None:
            found = numbers.judged(given.figure, right, question.tolerance)
            value = float(given.figure.value)
        else:
            assert given.formula is not None  # noqa: S101  # a written entry without a problem has one of the two
            found = numbers.judged_exactly(given.formula, right, question.tolerance)
            with suppress(*Missing):
                value = float(numbers.evaluated(given.formula, REAL))
        return unsimplified(question, entry, of_number(entry, found, value, right))
    return unsimplified(question, entry, judge_formula(question, entry))


def unsimplified(question: Question, entry: Entry, found: Checked) -> Checked:
    """A right formula with a remark where it could be shorter, if the question asks for that."""
    formula = entry.written.formula
    if not question.simplest or found.verdict != "right" or formula is None:
        return found
    from adcli.checking.shorter import shorter  # few ask

    short = shorter(question.targets, entry.target, formula)
    if short is None:
        return found
    return found._replace(
        remarks=(*found.remarks, Remark("unsimplified", f"right but not simplified: {short}"))
    )


def of_number(entry: Entry, found: Judgement, value: float | None, right: numbers.Right) -> Checked:
    """The verdict on a number."""
    finite = value if value is not None and math.isfinite(value) else None
    return Checked(
        entry.target, entry.written.text, found.verdict, finite, right.value + 0.0,
        slack=found.slack, remarks=found.remarks,
    )  # fmt: skip


def unjudged(question: Question, entry: Entry) -> Checked:
    """The verdict where there is nothing to judge."""
    target, given = entry
    if given.problem == "no-such-row":
        remark = Remark("no-such-row", "no step of the program is this row")
        return Checked(target, given.text, "undecided", remarks=(remark,))
    expected = None
    if question.at is not None:
        expected = question.number(target).value
    formula = None if expected is not None else question.formula(target)
    if given.problem == "empty":
        return Checked(target, "", "missing", expected=expected, formula=formula)
    if given.problem == "not-a-number":
        remark = Remark("not-a-number", "the answer is not a number")
        return Checked(target, given.text, "wrong", expected=expected, formula=formula, remarks=(remark,))
    why = f": {given.error.message}" if given.error is not None else ""
    remark = Remark("unreadable", f"the answer cannot be read{why}")
    return Checked(target, given.text, "undecided", expected=expected, formula=formula, remarks=(remark,))


def judge_formula(question: Question, entry: Entry) -> Checked:
    """The verdict on a formula: by exact arithmetic where it decides, else by many points."""
    from adcli.checking.formulas import same

    target, given = entry
    formula = given.formula or as_formula(given.text)
    text = question.formula(target)
    pair = Pair(question.targets, target, formula)
    found = agreement(pair, question.given if question.at is not None else None, question.seed)
    remarks: list[Remark] = []
    verdict: Literal["right", "wrong", "undecided"] = "right"
    if found.verdict == "different" and found.witness is not None:
        verdict = "wrong"
        remarks.append(difference(found, found.witness))
    elif question.at is not None and undefined_here(pair, question.given):
        verdict = "wrong"
        remarks.append(Remark("not-defined", "the answer is not defined at the point that is asked for"))
    else:
        proved = found.points > 0 and same(pair)
        if found.verdict == "undecided" and not proved:
            verdict = "undecided"
            remarks.append(Remark("too-few-points", too_few(found)))
        else:
            remarks += agreed(found, proved=proved)
    return Checked(target, given.text, verdict, formula=text, remarks=tuple(remarks))


def as_formula(text: str) -> Program:
    """A number in digits as the constant formula that it is."""
    from adcli.checking.entries import expression

    return expression(text)


def undefined_here(pair: Pair, at: Mapping[str, Any]) -> bool:
    """Whether the right number exists at the point and the student's does not."""
    given, right = pair.both(at)
    return given is None and right is not None


def difference(found: Agreement, witness: Witness) -> Remark:
    """The point at which two formulas differ, with both numbers."""
    given, right = told_apart(witness.given, witness.right)
    said = f"{at_point(witness.at)} it is {given}, and {right} is right"
    return Remark("differs", said if found.proved else f"{said} (in floats)")


def told_apart(*values: float | None) -> list[str]:
    """Different numbers in as many digits as it takes to see that they are."""
    for digits in range(TABLE_DIGITS, MOST_DIGITS):
        texts = [number(value, digits) for value in values]
        if len(set(texts)) == len(values):
            break
    return texts


def agreed(found: Agreement, *, proved: bool) -> list[Remark]:
    """How a formula was found to be right, and where its domain is another."""
    if proved:
        remarks = [Remark("identical", "equal by exact arithmetic")]
    else:
        balls = "" if found.balls else ", in floats alone (adcli[num] adds certified digits)"
        plural = "point" if found.points == 1 else f"{found.points} points"
        remarks = [Remark("points", f"agrees at {plural}{balls}")]
    if found.outside is not None:
        said = f"the domains differ: {at_point(found.outside.at)} the answer is not defined"
        remarks.append(Remark("domain", f"{said}, and {number(found.outside.right)} is right"))
    elif found.beyond is not None and not proved:
        said = f"the domains differ: {at_point(found.beyond.at)} the answer is {number(found.beyond.given)}"
        remarks.append(Remark("domain", f"{said}, and the right formula is not defined"))
    return remarks


def too_few(found: Agreement) -> str:
    """Why nothing can be decided."""
    usable = ("no point", "one point", "two points")[min(found.points, 2)]
    return f"cannot decide: {usable} found at which both are defined"


def at_point(at: Mapping[str, Any]) -> str:
    """A point in words: at x = 2, y = -1/2."""
    values = {name: in_arithmetic(REAL, value, name) for name, value in at.items()}
    return "at " + ", ".join(f"{name} = {number(value)}" for name, value in values.items()) if at else "here"
