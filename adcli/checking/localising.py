"""Which wrong entries follow from the student's own, and which mistake explains the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Literal

from adcli.arithmetic.real import REAL
from adcli.checking.answer import Checked
from adcli.checking.asked import Question
from adcli.checking.entries import Entry
from adcli.checking.judging import as_formula
from adcli.checking.numbers import Remark
from adcli.checking.points import points
from adcli.checking.sampling import SUSPICIOUS, Missing, Pair, apart
from adcli.checking.targets import Target
from adcli.errors import AdcliError
from adcli.language.constants import in_arithmetic
from adcli.mistakes import Claim, Explanation, explain, judge_rows
from adcli.notation.numerals import number

ROWS = ("step", "value", "adjoint", "tangent", "partial", "gradient")
OWN_ROWS = ("step", "adjoint", "tangent", "partial")  # beside a final number, these say how it came about
MOST_POINTS = 2  # at which a mistake must make a wrong formula's numbers
TRIED = 12
EDGE, EDGE_FLOAT = 1 + 1e-9, 4e-12  # of a number's slack, and of what floats make of it


def localised(question: Question, entries: Sequence[Entry], found: Sequence[Checked]) -> list[Checked]:
    """The entries with carried ones told from wrong ones, and with the mistakes that explain these."""
    found = list(found)
    if question.at is not None:
        found = with_rows(question, found)
    formulas = [
        place for place, entry in enumerate(found) if entry.value is None and entry.verdict == "wrong"
    ]
    if formulas:
        found = with_formulas(question, entries, found)
    return found


def claim_of(question: Question, target: Target, value: float, slack: float) -> Claim | None:
    """A number of the student's as the search for mistakes reads it; None for what it does not know."""
    name = target.name if target.kind == "value" else question.targets.ids[target.node]
    if target.kind == "partial":
        if target.slot is None or target.slot < 0 or target.of is None:
            return None
        return Claim("partial", name, value, slack, question.targets.ids[target.of], target.slot)
    if target.kind == "jacobian" and target.of is not None:
        return Claim("jacobian", name, value, slack, question.right.output_at(target.of))
    return Claim(target.kind, name, value, slack)


def blurred(entry: Checked) -> bool:
    """Whether a wrong number is the right one in too few or nearly the right digits: no mistake made it."""
    if entry.verdict != "wrong" or entry.value is None or entry.expected is None:
        return False
    if any(remark.code == "too-few-digits" for remark in entry.remarks):
        return True
    right = float(entry.expected)
    return entry.slack > 0 and abs(entry.value - right) <= entry.slack * EDGE + EDGE_FLOAT * abs(right)


def with_rows(question: Question, found: list[Checked]) -> list[Checked]:
    """The entries that are numbers, judged row by row from the student's own, and explained."""
    claims: dict[int, Claim] = {}
    for place, entry in enumerate(found):
        if entry.value is not None and not blurred(entry):
            claim = claim_of(question, entry.target, entry.value, entry.slack)
            if claim is not None:
                claims[place] = claim
    wrong = [place for place in claims if found[place].verdict == "wrong"]
    if not wrong:
        return found
    mode: Literal["forward", "reverse"] = (
        "forward" if any(claim.kind == "tangent" for claim in claims.values()) else "reverse"
    )
    if any(claim.kind in OWN_ROWS for claim in claims.values()):
        found = follow_through(question, found, claims, mode)
        wrong = [place for place in claims if found[place].verdict == "wrong"]
    if any(not found[place].mistakes for place in wrong):
        listed = list(claims)
        explained = explained_by(
            question, [claims[place] for place in listed], [listed.index(place) for place in wrong], mode
        )
        for place in wrong:
            if not found[place].mistakes:
                alone = explained or alone_explained(question, claims, wrong, place, mode)
                found[place] = found[place]._replace(mistakes=tuple(alone))
    return found


def follows(entry: Checked, own: float | None) -> bool:
    """Whether a number follows from the student's own, which are rounded ones, and not just from nowhere."""
    if own is None or entry.value is None or own == entry.expected:
        return False
    return abs(entry.value - own) <= entry.slack


def alone_explained(
    question: Question,
    claims: Mapping[int, Claim],
    wrong: Sequence[int],
    place: int,
    mode: Literal["forward", "reverse"],
) -> list[Explanation]:
    """What explains one wrong number where nothing explains all of them, together with the right ones."""
    if len(wrong) < 2:
        return []
    kept = [other for other in claims if other == place or other not in wrong]
    return explained_by(question, [claims[other] for other in kept], [kept.index(place)], mode)


def follow_through(
    question: Question, found: list[Checked], claims: Mapping[int, Claim], mode: Literal["forward", "reverse"]
) -> list[Checked]:
    """Rows that follow from the student's own wrong ones are carried."""
    places = [place for place, claim in claims.items() if claim.kind in ROWS]
    rows = judge_rows(question.trace(mode), [claims[place] for place in places])
    for place, row in zip(places, rows, strict=True):
        entry = found[place]
        if entry.verdict != "wrong":
            continue
        if row.verdict == "carried":
            found[place] = entry._replace(verdict="carried", own=row.from_own)
        elif row.verdict == "right" and follows(entry, row.from_own):
            said = "follows from your own rounded numbers"
            found[place] = entry._replace(verdict="right", remarks=(Remark("rounding", said),))
        else:
            found[place] = entry._replace(mistakes=row.mistakes, own=row.from_own)
    return found


def explained_by(
    question: Question,
    claims: list[Claim],
    wrong: list[int],
    mode: Literal["forward", "reverse"],
    at: Mapping[str, float] | None = None,
) -> list[Explanation]:
    """What explains wrong numbers; nothing where the search cannot be made."""
    targets = question.targets
    try:
        return explain(
            question.program,
            (question.at or {}) if at is None else at,
            claims,
            wrt=None if targets.wrt is None else targets.ids[targets.wrt],
            output=targets.output,
            mode=mode,
            wrong=set(wrong),
        )
    except AdcliError:  # a point at which a mistaken formula has no value explains nothing
        return []


def with_formulas(question: Question, entries: Sequence[Entry], found: list[Checked]) -> list[Checked]:
    """Wrong formulas with the mistake that makes the numbers of all of them, else each with its own."""
    pairs = {
        place: Pair(question.targets, entry.target, entry.written.formula or as_formula(entry.written.text))
        for place, entry in enumerate(entries)
        if found[place].value is None and not entry.written.problem
    }
    wrong = [place for place in pairs if found[place].verdict == "wrong"]
    told = {place: formula_mistakes(question, pairs, wrong) for place in wrong[:1]}
    together = next(iter(told.values()), ())
    for place in wrong:
        others = {other: pair for other, pair in pairs.items() if other not in wrong or other == place}
        told[place] = together if together or len(wrong) == 1 else formula_mistakes(question, others, [place])
    return [entry._replace(mistakes=told.get(place, entry.mistakes)) for place, entry in enumerate(found)]


def formula_mistakes(
    question: Question, pairs: Mapping[int, Pair], wrong: Sequence[int]
) -> tuple[Explanation, ...]:
    """The mistakes that make the numbers of formulas at several points, at which the wrong ones are wrong."""
    kept: list[Explanation] | None = None
    used = 0
    near = question.given if question.at is not None else None
    for at in islice(points(question.program.inputs, near, question.seed), TRIED):
        values = {place: values_at(pair, at) for place, pair in pairs.items()}
        if None in values.values() or any(apart(*(values[place] or (0, 0))) <= SUSPICIOUS for place in wrong):
            continue
        claims: list[Claim] = []
        places: list[int] = []
        for place, pair in pairs.items():
            given, _ = values[place] or (0.0, 0.0)
            claim = claim_of(question, pair.target, given, abs(given) * SUSPICIOUS)
            if claim is not None:
                if place in wrong:
                    places.append(len(claims))
                claims.append(claim)
        floats = {name: float(in_arithmetic(REAL, x, name)) for name, x in at.items()}
        listed = [
            one
            for one in explained_by(question, claims, places, "reverse", floats)
            if one.scope != "slip"  # of the pen: a formula has no digits
        ]
        if kept is None:
            said = ", ".join(f"{name} = {number(x)}" for name, x in floats.items())
            kept = [with_point(one, said) for one in listed]
        else:
            again = {(one.code, one.edge) for one in listed}
            kept = [one for one in kept if (one.code, one.edge) in again]
        used += 1
        if not kept or used >= MOST_POINTS:
            break
    return tuple(kept or ())


def with_point(one: Explanation, said: str) -> Explanation:
    """An explanation with the point at which its numbers are."""
    from dataclasses import replace

    return replace(one, message=f"{one.message} (numbers at {said})") if one.numbers and said else one


def values_at(pair: Pair, at: Mapping[str, Any]) -> tuple[float, float] | None:
    """The student's number and the right one at a point; None where one of them does not exist."""
    try:
        given, right = pair.both(at)
    except Missing:
        return None
    return None if right is None or given is None else (float(given), float(right))
