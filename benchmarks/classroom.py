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

from measure import Row

import adcli
from adcli.arithmetic.real import REAL
from adcli.errors import AdcliError
from adcli.language.program import Program
from adcli.mistakes import CATALOGUE, Claim, Explanation, allowances, explain, judge_rows
from adcli.mistakes.claim import Kind
from adcli.mistakes.hypothesis import Hypothesis
from adcli.mistakes.scene import Asked, Change, Scene
from adcli.mistakes.single import slopes
from adcli.mistakes.slips import TEXTS, written
from adcli.mistakes.staging import staged
from adcli.running import sweep_once
from adcli.tracing import Trace
from adcli.undefined import FAILURES, Undefined

DIGITS = 6
BINARY = ("{} + {}", "{} - {}", "{}*{}", "{}*{}", "{}/{}")
UNARY = (
    "sin({})", "cos({})", "tan({})", "exp({})", "ln({})", "sqrt({})", "{}^2", "{}^3", "-{}", "1/{}", "{} + 2",
    "3*{}", "5 - {}", "atan({})", "tanh({})", "sigmoid({})", "2^{}", "log10({})", "asin({})", "cosh({})",
)  # fmt: skip


class Homework(NamedTuple):
    """A program at a point."""

    program: Program
    at: dict[str, float]


class Case(NamedTuple):
    """A student's numbers, and what was done wrong where."""

    homework: Homework
    level: str
    mode: str
    claims: list[Claim]
    hypothesis: Hypothesis
    change: Change
    places: frozenset[int]  # of a table, the rows of `claims` in which the mistake is


def homework(rng: random.Random) -> Homework:
    """A random program at a point where all of its numbers have a readable size."""
    while True:
        names = ["x", "y", "w"][: rng.randint(1, 3)]
        at = {name: round(rng.uniform(0.3, 2.5), 2) for name in names}
        steps, free = list(names), list(names)
        lines = []
        for i in range(rng.randint(3, 12)):
            form = rng.choice(BINARY if rng.random() < 0.5 else UNARY)
            taken = [
                free.pop(rng.randrange(len(free))) if free and rng.random() < 0.7 else rng.choice(steps)
                for _ in range(form.count("{}"))
            ]
            lines.append(f"s{i} = {form.format(*taken)}")
            steps.append(f"s{i}")
            free.append(f"s{i}")
        rest = free[:-1]
        lines.append(f"s{len(lines)} = {' + '.join([free[-1], *rest])}")
        try:
            program = adcli.parse("\n".join([f"input {', '.join(names)}", *lines]))
            trace = sweep_once(program, at, "reverse", None, None, None, strict=False)[0]
        except AdcliError:
            continue
        numbers = [abs(trace.value(node)) for node in trace.rows] + [
            abs(trace.number(node) or 0.0) for node in trace.swept
        ]
        if max(numbers) < 1e4 and all(trace.number(node) for node in program.graph.inputs):
            return Homework(program, at)


def claim(asked: Asked, value: float, ids: Sequence[str]) -> Claim:
    """A number as it is written down, with a unit of its last digit as slack."""
    text = f"{value:.{DIGITS - 1}e}"
    slack = 10.0 ** (int(text.partition("e")[2]) + 1 - DIGITS) if value else 1e-9
    name = ids[asked.source if asked.kind in {"adjoint", "gradient"} else asked.target]
    return Claim(asked.kind, name, float(text), slack)


def asked_of(given: Homework, level: str, mode: str) -> list[Asked]:
    """What a student hands in."""
    program = given.program
    end = next(iter(program.outputs.values()))
    trace = sweep_once(program, given.at, mode, None, None, None, strict=False)[0]
    gradient = [Asked("gradient", end, node) for node in program.graph.inputs]
    if level == "gradient":
        return gradient
    sweep = [
        Asked("adjoint", end, node) if mode == "reverse" else Asked("tangent", node, 0)
        for node in trace.swept
    ]
    if level == "adjoints":
        return sweep
    return [Asked("step", node) for node in trace.rows] + sweep


def student(given: Homework, level: str, rng: random.Random) -> Case | None:
    """One student's numbers with one mistake; None when a draw changes no number or has none."""
    hypothesis = rng.choice(CATALOGUE)
    forward = hypothesis.code in {
        "outer-at-inner-derivative",
        "product-of-derivatives",
        "quotient-of-derivatives",
        "constant-kept",
        "constant-as-one",
    }
    if forward and level == "adjoints":
        return None
    mode = "forward" if forward else "reverse"
    asked = asked_of(given, level, mode)
    ids = given.program.ids
    right = [claim(one, 1.0, ids) for one in asked]
    scene, _ = staged(given.program, given.at, right, None, None, mode)
    change = drawn(hypothesis, scene, asked, rng)
    run = scene.rerun(change) if change is not None else None
    if change is None or run is None:
        return None
    try:
        claims = [claim(one, run.number(one), ids) for one in asked]
    except (Undefined, OverflowError, ValueError):
        return None
    expected = [scene.right.number(one) for one in asked]
    differ = [
        i for i, (one, number) in enumerate(zip(claims, expected, strict=True)) if not one.meets(number)
    ]
    if not differ:
        return None
    places = (
        frozenset(i for i in acted(change, scene, asked) if level == "table")
        if change.reads is None
        else frozenset(differ)
    )
    if level == "table" and not places & set(differ):
        return None
    return Case(given, level, mode, claims, hypothesis, change, places)


def drawn(hypothesis: Hypothesis, scene: Scene, asked: Sequence[Asked], rng: random.Random) -> Change | None:
    """One of the changes of an entry; a slip is made in one of the numbers."""
    if hypothesis.scope == "slip":
        one = rng.choice(asked)
        right = float(f"{scene.right.number(one):.{DIGITS - 1}e}")
        texts = list(TEXTS[hypothesis.code](repr(right))) if "e" not in repr(right) else []
        return written(one, float(rng.choice(texts))) if texts else None
    changes = list(hypothesis.changes(scene))
    return rng.choice(changes) if changes else None


def acted(change: Change, scene: Scene, asked: Sequence[Asked]) -> Iterator[int]:
    """The rows in which a mistake is made."""
    graph = scene.graph
    steps = {*change.values, *change.actions, *change.point}
    sums = {*change.adjoints, *change.tangent_numbers, *change.tangents}
    sums |= {arg for node in change.actions for arg in graph.args[node]}  # it had another slope, too
    sums |= {user if scene.mode == "forward" else graph.args[user][slot] for user, slot in change.weights}
    for i, one in enumerate(asked):
        if (
            (one.kind == "step" and one.target in steps)
            or (one.kind == "adjoint" and one.source in sums)
            or (one.kind == "tangent" and one.target in sums)
        ):
            yield i


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


def rounded(value: float, digits: int) -> float:
    """A number in so many significant digits."""
    return float(f"{value:.{digits - 1}e}")


def by_hand(given: Homework, digits: int) -> tuple[Trace, list[Claim]] | None:
    """A right calculation in which every value, slope, term and sum is rounded; None where it breaks down."""
    trace = sweep_once(given.program, given.at, "reverse", None, None, None, strict=False)[0]
    graph, ids = trace.graph, given.program.ids
    values: list[float] = []
    adjoints: dict[int, float] = {}
    try:
        for node, (op, args) in enumerate(zip(graph.op, graph.args, strict=True)):
            made = REAL.function(op)(*[values[arg] for arg in args]) if args else trace.value(node)
            values.append(rounded(made, digits) if args else float(made))
        for node in trace.swept:
            total = trace.seed.get(node, 0.0)
            for use in trace.sources(node):
                live = [int(slot == use.slot) for slot in range(len(graph.args[use.user]))]
                operands = [values[arg] for arg in graph.args[use.user]]
                weight = rounded(
                    slopes(graph.op[use.user], values[use.user], operands, live)[use.slot], digits
                )
                total = rounded(total + rounded(weight * adjoints[use.user], digits), digits)
            adjoints[node] = total
    except FAILURES:
        return None
    steps = [unit("step", ids[node], values[node], digits) for node in trace.rows if graph.args[node]]
    return trace, steps + [unit("adjoint", ids[node], adjoints[node], digits) for node in trace.swept]


def unit(kind: Kind, name: str, value: float, digits: int) -> Claim:
    """A number as written, with a unit of its last digit as slack; short numbers are exact."""
    size = f"{value:.{digits - 1}e}"
    slack = 10.0 ** (int(size.partition("e")[2]) + 1 - digits) if value else 10.0**-digits
    return Claim(kind, name, value, slack)


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
