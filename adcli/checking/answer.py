"""What `check` answers: a verdict on every entry, and what is wrong with the wrong ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from adcli.answers.answer import Answer
from adcli.checking.numbers import Remark
from adcli.checking.targets import Target
from adcli.notation.numerals import json_number

if TYPE_CHECKING:
    from adcli.mistakes import Explanation

Verdict = Literal["right", "wrong", "carried", "missing", "undecided"]
ENTRY, PLACE, ALL = 1, 2, 3  # what --hint gives away: which entry, where in the graph, the whole sentence


class Checked(NamedTuple):
    """An entry with its verdict.

    `value` is the student's number and `expected` the right one, None where the entry is a formula or
    has none; `formula` is the right formula, None for a number and where it is too long. `slack` is the
    half-width within which the number counts as right. `remarks` say what was noticed, `mistakes` what
    explains the number, the most likely first. `own` is what follows from the student's own numbers.
    """

    target: Target
    given: str
    verdict: Verdict
    value: float | None = None
    expected: Any = None
    formula: str | None = None
    slack: float = 0.0
    remarks: tuple[Remark, ...] = ()
    mistakes: tuple[Explanation, ...] = ()
    own: float | None = None

    @property
    def edge(self) -> str | None:
        """The edge of the likeliest mistake: "x2 -> v1"."""
        return edge_of(self.mistakes[0]) if self.mistakes else None


def edge_of(mistake: Explanation) -> str | None:
    """The edge of a mistake as JSON names it, from the operand to the step that uses it."""
    return None if mistake.edge is None else f"{mistake.edge.start} -> {mistake.edge.end}"


@dataclass(frozen=True, kw_only=True)
class CheckAnswer(Answer):
    """`check`: the entries in the order of the answer. `hint` says how much is given away."""

    command = "check"
    entries: tuple[Checked, ...]
    hint: int = ALL
    output: str | None = None
    wrt: int | None = None
    allowed: str = ""

    @property
    def correct(self) -> bool | None:
        """Whether all of it is right; None where something is undecided and nothing is wrong."""
        verdicts = {entry.verdict for entry in self.entries}
        if not verdicts or verdicts - {"right", "undecided"}:
            return False
        return None if "undecided" in verdicts else True

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        return {"correct": self.correct, "entries": [entry_json(entry, self.hint) for entry in self.entries]}


def entry_json(entry: Checked, hint: int) -> dict[str, Any]:
    """One entry; without a hint neither what is right nor why the answer is not."""
    found: dict[str, Any] = {"name": entry.target.name, "verdict": entry.verdict, "given": given_json(entry)}
    if hint < ENTRY:
        return found
    right = None
    if hint >= ALL or entry.verdict == "right":
        right = json_number(entry.expected) if entry.expected is not None else entry.formula
    remarks = entry.remarks if hint >= ALL else ()
    return {
        **found,
        "expected": right,
        "mistakes": mistakes_json(entry, hint),
        "remarks": [{"code": remark.code, "message": remark.message} for remark in remarks],
    }


def given_json(entry: Checked) -> Any:
    """What was given: a number, or the text of a formula; None for nothing."""
    if entry.value is not None:
        return json_number(entry.value)
    return entry.given or None


def mistakes_json(entry: Checked, hint: int) -> list[dict[str, Any]]:
    """The mistakes that explain an entry, as far as the hint goes."""
    if hint == ENTRY:
        return []
    if hint == PLACE:
        places = dict.fromkeys((edge_of(mistake), mistake.node) for mistake in entry.mistakes)
        return [
            {"code": "place", "message": f"look again at {edge or node}", "edge": edge}
            for edge, node in places
            if edge or node
        ]
    return [
        {"code": mistake.code, "message": mistake.message, "edge": edge_of(mistake)}
        for mistake in entry.mistakes
    ]
