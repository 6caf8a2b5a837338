"""`check-gradient`: whether claimed derivatives are those of a program, by the order of Taylor remainders."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.answers.answer import Answer
from adcli.answers.choosing import number_wanted, one_output
from adcli.answers.running import explained, linearized, noted, placed, rows
from adcli.arithmetic.real import REAL
from adcli.engine import sweep
from adcli.engine.undefined import Undefined
from adcli.errors import AdcliError, DomainError, UsageError
from adcli.study.claims import Claim, claims, numbers
from adcli.study.compare import KINKS
from adcli.study.reference import middle
from adcli.study.remainders import STEPS as FLOAT_STEPS
from adcli.study.remainders import Tested, taylor_test
from adcli.study.scalars import scalars, typed

if TYPE_CHECKING:
    from adcli.answers.running import Point
    from adcli.arithmetic import Arithmetic
    from adcli.language.note import Note
    from adcli.language.program import Program

DIGITS = 60
STEPS = 20  # that balls of so many digits resolve
NOISE = 1e-50  # of balls, relative
ROUNDED = 16 * 2.0**-53  # of floats: some roundings on the way


class Entry(NamedTuple):
    """A claim, its value, the derivative by reverse mode (None where there is none), and the test."""

    claim: Claim
    given: float
    expected: float | None
    test: Tested


@dataclass(frozen=True, kw_only=True)
class CheckGradientAnswer(Answer):
    """`check-gradient`: an entry per claimed derivative; `certified` values are those of balls.

    `code` is the language of generated code whose numbers are the claims.
    """

    command = "check-gradient"
    output: str
    entries: tuple[Entry, ...]
    certified: bool
    code: str | None = None

    @property
    def correct(self) -> bool | None:
        """Whether all are right; None where one is neither right nor wrong."""
        verdicts = {entry.test.verdict for entry in self.entries}
        return False if "wrong" in verdicts else True if verdicts == {"right"} else None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        return {
            "output": self.output,
            "code": self.code,
            "correct": self.correct,
            "numbers": f"{DIGITS} certified digits" if self.certified else "floats",
            "entries": [
                {
                    "name": entry.claim.by,
                    "formula": entry.claim.text,
                    "verdict": entry.test.verdict,
                    "given": entry.given,
                    "expected": entry.expected,
                    "order": entry.test.order,
                    "left": entry.test.left,
                    "right": entry.test.right,
                    "remainders": [{"h": h, "remainder": size} for h, size in entry.test.remainders],
                }
                for entry in self.entries
            ],
        }


def checked(
    program: Program,
    point: Point,
    gradient: str | Sequence[float],
    *,
    output: str | None = None,
    code: str | None = None,
) -> CheckGradientAnswer:
    """What the test says of a list of formulas such as "x=2*x*y, y=x^2".

    Or of the numbers that generated `code` gave, one for each input or entry of an array, in order.
    Those are floats, and so the test is in floats. Raises UsageError for several outputs without
    `output`, DomainError where the program or a formula has no value at the point.
    """
    given = scalars(program, point)
    name = one_output(given.whole, output)
    number_wanted(given.whole, name)
    if not given.program.inputs:
        raise UsageError("there are no inputs, and so no derivatives")
    anew = typed(program, given)
    program, at = given.program, given.at
    made = claims(given, gradient) if isinstance(gradient, str) else numbers(given.program, gradient)
    with explained(program, at):
        primals = sweep.evaluate(program.graph, REAL, at)
    largest = max(map(abs, primals))
    arithmetic = certified() if code is None else REAL
    notes = notes_of(program, at, name, made)
    entries = []
    for claim in made:
        value = formula_value(claim, at, gradient if isinstance(gradient, str) else claim.text)
        test = by_test(anew, claim, at, name, arithmetic, largest)
        if test is None:  # balls leave something open
            test = by_test(anew, claim, at, name, REAL, largest)
            arithmetic = REAL
        if test is None:
            raise DomainError(f"{name} has no value at the point")
        right = expected(program, at, name, claim.by)
        if test.verdict == "steep" and right is not None and not any(note.code in KINKS for note in notes):
            test = test._replace(verdict="undecided")  # the steps are too long for this point
        entries.append(Entry(claim, value, right, test))
    return CheckGradientAnswer(
        program=given.whole,
        at=dict(given.given),
        notes=tuple(note for note in notes if note.code not in KINKS),  # verdicts say it
        output=name,
        entries=tuple(entries),
        certified=arithmetic is not REAL,
        code=code,
    )


def certified() -> Arithmetic:
    """Balls, or floats where their library is not there."""
    try:
        from adcli.arithmetic.ball.balls import balls  # an extra
    except UsageError:
        return REAL
    return balls(DIGITS)


def formula_value(claim: Claim, at: Mapping[str, float], whole: str) -> float:
    """A claim's value at the point; DomainError where it has none."""
    here = {name: at[name] for name in claim.formula.inputs}
    try:
        made = claim.formula.at(here)
        return float(sweep.evaluate(made.graph, REAL, here)[made.outputs[claim.output]])
    except Undefined:
        raise DomainError(
            f"--gradient: the formula of {claim.by} has no value at the point: {claim.text}",
            where="answer", text=whole,
        ) from None  # fmt: skip


def by_test(
    program: Program,
    claim: Claim,
    at: Mapping[str, float],
    output: str,
    arithmetic: Arithmetic,
    largest: float,
) -> Tested | None:
    """The test in an arithmetic; None where that has no number at the point itself."""
    exact = {name: Fraction(number) for name, number in at.items()}
    own = {name: exact[name] for name in claim.formula.inputs}
    x = exact[claim.by]
    f = exactly(program, output, arithmetic, exact, claim.by)
    g = exactly(claim.formula, claim.output, arithmetic, own, None)
    try:
        slope = g(x)
        f(x)
    except ArithmeticError:
        return None
    size = largest + abs(float(x) * float(slope))
    rounding = ROUNDED if arithmetic is REAL else NOISE
    steps = FLOAT_STEPS if arithmetic is REAL else STEPS
    return taylor_test(f, x, slope, rounding * (size or math.ulp(1.0)), steps)


def exactly(
    program: Program, output: str, arithmetic: Arithmetic, at: Mapping[str, Fraction], by: str | None
) -> Callable[[Fraction], Fraction]:
    """An output as a function of one input, in fractions; an ArithmeticError where it has no value."""

    def value(x: Fraction) -> Fraction:
        moved = dict(at) if by is None else {**at, by: x}
        try:
            made, values = placed(program, moved, arithmetic)
            found = sweep.evaluate(made.graph, arithmetic, values)[made.outputs[output]]
        except (AdcliError, KeyError, ValueError) as error:
            raise ArithmeticError(str(error)) from error
        return Fraction(found) if isinstance(found, float) else middle(found, NOISE)

    return value


def expected(program: Program, at: Mapping[str, float], output: str, by: str) -> float | None:
    """The derivative by reverse mode; None where there is none."""
    column, node = program.inputs.index(by), program.outputs[output]
    try:
        lin = linearized(program, at, [column], [node])
        with explained(program, at):
            return float(rows(lin, [node], [column], "reverse")[0][0])
    except AdcliError:
        return None


def notes_of(
    program: Program, at: Mapping[str, float], output: str, made: Sequence[Claim]
) -> tuple[Note, ...]:
    """The program's notes, with those of its kinks where its slopes exist."""
    columns = [program.inputs.index(claim.by) for claim in made]
    nodes = {output: program.outputs[output]}
    try:
        lin = linearized(program, at, columns, list(nodes.values()))
        return noted(program, lin, nodes, strict=False, wrt=columns)
    except AdcliError:
        return program.notes
