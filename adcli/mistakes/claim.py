"""What a student claims, and what explains it: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["value", "step", "gradient", "jacobian", "adjoint", "tangent", "partial"]
KINDS: tuple[Kind, ...] = ("value", "step", "gradient", "jacobian", "adjoint", "tangent", "partial")
Scope = Literal["global", "edge", "step", "sum", "slip", "everywhere", "pair"]
Verdict = Literal["right", "wrong", "carried"]


class Claim(NamedTuple):
    """One number of a student's: a computed number within `value` ± `slack` reproduces it.

    `name` is an ASCII id. `of` is the output of an entry of a Jacobian, or the user of a partial:
    the claim is ∂of/∂name. `slot` tells two uses of one operand apart.
    """

    kind: str
    name: str
    value: float
    slack: float
    of: str | None = None
    slot: int | None = None

    def meets(self, number: float, more: float = 0.0) -> bool:
        """Whether a number reproduces the claim, with `more` slack; NaN never does."""
        return abs(number - self.value) <= self.slack + more


class EdgeName(NamedTuple):
    """A use by ASCII ids: the operand, the step that uses it, and through which argument."""

    start: str
    end: str
    slot: int


@dataclass(frozen=True)
class Explanation:
    """A mistake that gives exactly the student's numbers.

    `numbers` are the partial (or the step's value) that the student used and the right one.
    `reproduces` pairs each wrong claim's name with the number that this mistake gives. `also` are
    the codes of other mistakes that change the same places to the same numbers, `edges` all changed edges.
    """

    code: str
    message: str
    scope: Scope
    edge: EdgeName | None = None
    node: str | None = None
    numbers: tuple[float, float] | None = None
    rank: int = 1
    reproduces: tuple[tuple[str, float], ...] = ()
    also: tuple[str, ...] = ()
    edges: tuple[EdgeName, ...] = ()


class Judged(NamedTuple):
    """A row of a student's table: right, wrong here, or carried on from an earlier row.

    `expected` is the right number, `from_own` what the student's own earlier rows give; None where
    nothing is computed. `mistakes` explain a row that is wrong here.
    """

    claim: Claim
    verdict: Verdict
    expected: float | None
    from_own: float | None
    mistakes: tuple[Explanation, ...] = ()


def key(explanation: Explanation) -> tuple[str, str]:
    """What a class table counts: the code, and the edge or step where it happened ("" for the whole)."""
    edge = explanation.edge
    return explanation.code, f"{edge.start} -> {edge.end}" if edge else explanation.node or ""
