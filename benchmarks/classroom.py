"""A simulated class: random programs, one mistake each, and whether adcli finds it.

Every student gets a random program of 3 to 12 steps, makes one mistake that is drawn uniformly from all
entries of the catalogue that apply (and then from the places where they do), and hands in numbers of
6 digits: the whole table, the adjoints of the steps, or the gradient. A mistake that changes no number is
drawn again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calculations import by_hand
from measure import Row
from students import Case, homework, student

from adcli.answers.running import sweep_once
from adcli.mistakes import Explanation, allowances, explain, judge_rows


def found(case: Case, listed: Sequence[Explanation]) -> bool:
    """Whether a list of explanations names the place of the mistake, or its kind where it has no place."""
    ids = case.homework.program.ids
    change = case.change
    places = {(ids[user], slot) for user, slot in change.weights}
    for one in listed:
        if change.weights:
            if places & {(edge.end, edge.slot) for edge in one.edges}:
                return True
        elif case.hypothesis.scope in {"global", "slip"}:
            if case.hypothesis.code in {one.code, *one.also}:
                return True
            # A lost sign is the same number as a wrong sign on the only edge into that sum.
            if change.node is not None and one.edge and one.edge.start == ids[change.node]:
                return True
        elif change.node is not None and one.node == ids[change.node]:
            return True
    return False


def judged(case: Case) -> bool:
    """Whether the rows that are wrong here are those of the mistake."""
    given = case.homework
    trace = sweep_once(given.program, given.at, case.mode, None, None, None, strict=False)[0]
    wrong = {i for i, row in enumerate(judge_rows(trace, case.claims)) if row.verdict == "wrong"}
    return bool(wrong) and wrong <= case.places


class Tally(NamedTuple):
    """Shares of a class: found, found alone, and how often each entry was missed."""

    students: int
    found: float
    single: float
    missed: Counter[str]
    tied: Counter[str]


def sit(level: str, students: int, seed: int = 7) -> Tally:
    """A class that hands in one level of answer."""
    rng = random.Random(f"{seed} {level}")
    right = single = count = 0
    missed: Counter[str] = Counter()
    tied: Counter[str] = Counter()
    while count < students:
        given = homework(rng)
        case = None
        while case is None:
            case = student(given, level, rng)
        count += 1
        if level == "table":
            hit, alone = judged(case), False
        else:
            listed = explain(given.program, given.at, case.claims, mode=case.mode)
            hit = found(case, listed)
            alone = hit and len(listed) == 1
        right, single = right + hit, single + alone
        if not hit:
            missed[case.hypothesis.code] += 1
        elif not alone:
            tied[case.hypothesis.code] += 1
    return Tally(students, right / students, single / students, missed, tied)


class Accepted(NamedTuple):
    """Shares of right calculations by hand that are taken as right: of tables, and of gradients alone."""

    tables: float
    gradients: float


def honest(students: int, seed: int = 7) -> Accepted:
    """A class without mistakes that rounds every number to 3 to 6 digits."""
    rng = random.Random(f"{seed} honest")
    tables = gradients = count = 0
    while count < students:
        given, digits = homework(rng), rng.randint(3, 6)
        calculation = by_hand(given, digits)
        if calculation is None:
            continue
        trace, claims = calculation
        count += 1
        tables += all(row.verdict == "right" for row in judge_rows(trace, claims))
        allowed = allowances(trace, digits).numbers
        inputs = dict(zip(given.program.inputs, given.program.graph.inputs, strict=True))
        gradients += all(
            one.meets(trace.number(inputs[one.name]), allowed[inputs[one.name]] or 0.0)
            for one in claims
            if one.kind == "adjoint" and one.name in inputs
        )
    return Accepted(tables / students, gradients / students)


def rows(students: int) -> Iterator[Row]:
    """What the class misses, in percent, beside what it may miss."""
    levels = {level: sit(level, students) for level in ("table", "adjoints", "gradient")}
    taken = honest(students)
    yield missed("full table: the right row", levels["table"].found, 0.99)
    yield missed("adjoints: the right edge is listed", levels["adjoints"].found, 0.95)
    yield missed("gradient: the right edge is listed", levels["gradient"].found, 0.90)
    yield missed("gradient: it is the only one", levels["gradient"].single, 0.60)
    yield missed("rounded by hand: table is right", taken.tables, 0.995)
    yield missed("rounded by hand: gradient is right", taken.gradients, 0.995)


def missed(what: str, share: float, least: float) -> Row:
    """A row of the table: how often something fails beside how often it may."""
    ours, most = 100 * (1 - share), 100 * (1 - least)
    return Row(what, ours, "%", "may be missed", most, ours / most, 1.0)
