"""Whether two formulas agree: tried at seeded points of the domain that they share.

Points are short decimals, of both signs and several sizes. Numbers that are suspiciously far from each
other, and three pairs in any case, are computed again in balls: a difference whose ball does not hold 0 is
no rounding error but a proof. A point where either side is not defined is no witness for equality.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Literal, NamedTuple

from adcli.arithmetic import Arithmetic, Undecided
from adcli.arithmetic.real import REAL
from adcli.checking.points import SEED, around, landmarks, points, turns
from adcli.checking.right import Right
from adcli.checking.targets import Target, Targets
from adcli.engine import sweep
from adcli.errors import AdcliError, UsageError
from adcli.language.constants import in_arithmetic
from adcli.language.program import Program

WANTED = 40  # points
FEWEST = 3
MOST_AROUND = 60  # points around the numbers in the texts
SUSPICIOUS = 1e-9  # relative difference of two floats
CERTAIN = 1e-6  # the same, where there are no balls to ask
CERTIFIED = 3  # pairs that balls look at though their floats agree
DIGITS = 30
Verdict = Literal["equal", "different", "undecided"]
Missing = (LookupError, ArithmeticError, ValueError, AdcliError)


class Witness(NamedTuple):
    """A point with the student's number and the right one; None where it is not defined."""

    at: dict[str, Any]
    given: float | None
    right: float | None


class Agreement(NamedTuple):
    """What trying told: `points` were usable. `witness` is a point of difference, `proved` by balls.

    `outside` is a point where the right number exists and the student's does not, `beyond` one the other
    way round. `balls` says whether certified numbers were there to ask.
    """

    verdict: Verdict
    points: int
    witness: Witness | None = None
    proved: bool = False
    outside: Witness | None = None
    beyond: Witness | None = None
    balls: bool = True


class Pair:
    """A target of a program and the formula that a student gave for it."""

    def __init__(self, targets: Targets, target: Target, formula: Program) -> None:
        self.targets = targets
        self.target = target
        self.formula = formula
        (self.out,) = formula.outputs.values()
        self.names = {name: targets.named_in_formula(name) for name in formula.inputs}

    def right(self, at: Mapping[str, Any], arithmetic: Arithmetic) -> Right:
        """The program at a point."""
        return Right(self.targets.program, at, self.targets.output, self.targets.wrt, arithmetic)

    def given(self, right: Right, arithmetic: Arithmetic) -> Any:
        """The student's number where the program has the numbers `right`."""
        values = {name: right.number(target) for name, target in self.names.items()}
        formula = self.formula.at(values, arithmetic)
        return sweep.evaluate(formula.graph, arithmetic, values)[next(iter(formula.outputs.values()))]

    def both(self, at: Mapping[str, Any], arithmetic: Arithmetic = REAL) -> tuple[Any, Any]:
        """The student's number and the right one at a point; None for what is not defined there."""
        lifted = {name: in_arithmetic(arithmetic, value, name) for name, value in at.items()}
        expected = None
        try:
            right = self.right(lifted, arithmetic)
        except Undecided:
            raise
        except Missing:
            return None, None
        try:
            right.primals  # noqa: B018  # outside the program's own domain nothing is asked
            expected = right.number(self.target)
        except Undecided:
            raise
        except Missing:
            expected = None
        try:
            return self.given(right, arithmetic), expected
        except Undecided:
            raise
        except Missing:
            return None, expected

    def bends(self, at: Mapping[str, Any]) -> bool:
        """Whether a point lies on a corner or a jump of the program."""
        try:
            return self.right({name: in_arithmetic(REAL, x, name) for name, x in at.items()}, REAL).bends
        except Missing:
            return False


class Trial:
    """What the points that were tried have told so far."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.finest = certain()
        self.usable = self.certified = 0
        self.witness: Witness | None = None
        self.outside: Witness | None = None
        self.beyond: Witness | None = None
        self.proved = self.doubtful = False

    def look(self, at: dict[str, Any]) -> None:
        """Compare both at a point."""
        given, right = self.pair.both(at)
        if given is None or right is None:
            if right is not None:
                self.outside = self.outside or Witness(at, None, right)
            elif given is not None:
                self.beyond = self.beyond or Witness(at, given, None)
            return
        self.usable += 1
        off = apart(given, right)
        if off > SUSPICIOUS or (self.finest is not None and self.certified < CERTIFIED):
            told = None if self.finest is None else separated(self.pair, at, self.finest)
            self.certified += told is not None
            if told or (told is None and off > CERTAIN):
                self.witness, self.proved = Witness(at, given, right), bool(told)
            self.doubtful = self.doubtful or (told is None and off > SUSPICIOUS)

    def tell(self) -> Agreement:
        """The verdict."""
        few = self.usable < FEWEST and bool(self.pair.targets.program.inputs)
        verdict: Verdict = "different" if self.witness else "undecided" if self.doubtful or few else "equal"
        return Agreement(
            verdict, self.usable, self.witness, proved=self.proved, outside=self.outside, beyond=self.beyond,
            balls=self.finest is not None,
        )  # fmt: skip


def agreement(pair: Pair, near: Mapping[str, Any] | None, seed: int = SEED) -> Agreement:
    """Whether a student's formula agrees with the right number at many points.

    Where one of the two has choices or corners, and where few points were in the function's domain, points
    around the numbers in the texts are tried too; not those on a corner of the function itself, where
    its slope is a convention.
    """
    program, trial = pair.targets.program, Trial(pair)
    for at in points(program.inputs, near, seed):
        trial.look(at)
        if trial.witness or trial.usable >= WANTED or (not program.inputs and trial.usable):
            break
    narrow = trial.usable < WANTED and trial.outside is None
    if not trial.witness and (narrow or turns(program) or turns(pair.formula)):
        places = around(landmarks((program, pair.formula)), program.inputs, seed)
        for at in islice(places, MOST_AROUND):
            if not pair.bends(at):
                trial.look(at)
            if trial.witness:
                break
    return trial.tell()


def apart(given: float, right: float) -> float:
    """How far two floats are from each other, relative to the larger one."""
    size = max(abs(given), abs(right))
    return abs(given - right) / size if size else 0.0


def certain() -> Arithmetic | None:
    """The balls of so many digits; None where their library is missing."""
    try:
        from adcli.arithmetic.ball.balls import balls  # an extra
    except UsageError:
        return None
    return balls(DIGITS)


def separated(pair: Pair, at: Mapping[str, Any], arithmetic: Arithmetic) -> bool | None:
    """Whether balls prove that two numbers differ; None where they cannot be computed.

    A difference that holds 0 in so many digits counts as none.
    """
    found: Any = arithmetic
    for _ in range(3):
        try:
            given, right = pair.both(at, found)
            if given is None or right is None:
                return None
            return bool((given - right).side() != 0)
        except Undecided:
            finer = found.finer()
            if finer is None:
                break
            found = finer
        except Missing:
            return None
    return False if settled(pair, at, found) else None


def settled(pair: Pair, at: Mapping[str, Any], arithmetic: Any) -> bool:
    """Whether both numbers are known in balls, so that only their difference cannot be told from 0."""
    try:
        given, right = pair.both(at, arithmetic)
    except Missing:
        return False
    return given is not None and right is not None
