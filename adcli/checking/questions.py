"""The question `check`: a program, a point, a student's answer; and a verdict on every entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from adcli.answers.choosing import columns_of, output_name
from adcli.answers.running import explained
from adcli.checking.answer import ALL, CheckAnswer
from adcli.checking.asked import Question, plain, point_of
from adcli.checking.entries import EMPTY, Entry, answers_in
from adcli.checking.judging import judge
from adcli.checking.matching import rows_in
from adcli.checking.numbers import Tolerance
from adcli.checking.points import SEED
from adcli.checking.targets import Parts, Targets
from adcli.engine import has_arrays
from adcli.errors import UsageError
from adcli.language.names import canonical
from adcli.language.program import Program


def check(
    program: Program,
    point: Mapping[str, Any] | None,
    answers: Sequence[str] = (),
    tables: Sequence[tuple[str, str]] = (),
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    tolerance: Tolerance | None = None,
    hint: int = ALL,
    seed: int = SEED,
    simplest: bool = False,
) -> CheckAnswer:
    """The verdict on every entry of `answers` (texts) and `tables` (name of a file, its text).

    `point` maps names to numbers or constant expressions; without one the entries are formulas. With
    `simplest` a right formula that could be shorter has a remark. Raises
    AdcliError for an answer that cannot be read, and DomainError where the right number does not exist.
    """
    posed = pose(program, point, wrt=wrt, output=output, tolerance=tolerance, seed=seed, simplest=simplest)
    found = read(posed, answers, tables)
    if not found:
        raise UsageError("there is no answer to check", hint='write --answer "x=4,y=3" or --table mine.csv')
    if wrt is not None:
        found += lacking(found, posed)
    return judged(posed, found, hint)


class Posed(NamedTuple):
    """A question and the inputs whose derivatives it asks for; many answers share its right numbers."""

    question: Question
    columns: list[int]


def pose(
    program: Program,
    point: Mapping[str, Any] | None,
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    tolerance: Tolerance | None = None,
    seed: int = SEED,
    simplest: bool = False,
) -> Posed:
    """The question about a program at a point."""
    given = None if point is None else {canonical(name): plain(value) for name, value in point.items()}
    at = point_of(given)
    parts: dict[str, Parts] = {}
    if at is not None and has_arrays(program.graph, list(at.values())):
        from adcli.answers.expanding import expanded_at  # few exercises have arrays

        shapes = {name: getattr(value, "shape", ()) for name, value in at.items()}
        program, at, names = expanded_at(program, at)
        parts = {name: Parts(tuple(entries), shapes.get(name, ())) for name, entries in names.items()}
        given = {name: plain(value) for name, value in at.items()}
        wrt = None if wrt is None else [entry for name in wrt for entry in names.get(canonical(name), [name])]
    elif at is not None:
        program = program.at(at)
    elif has_arrays(program.graph, []):
        raise UsageError(
            "an answer about arrays is judged entry by entry, and nothing says how many there are",
            text=program.source,
            hint="give arrays of the right sizes with --at",
        )
    chosen = output_name(program, output) if output is not None else None
    if chosen is None and len(program.outputs) == 1:
        chosen = next(iter(program.outputs))
    if program.blocked is not None and at is None:
        raise program.blocked
    columns = columns_of(program, wrt)
    targets = Targets(program, chosen, columns[0] if columns else None, parts, at)
    question = Question(program, at, given or {}, targets, tolerance or Tolerance(), seed, simplest)
    return Posed(question, columns)


def read(posed: Posed, answers: Sequence[str], tables: Sequence[tuple[str, str]]) -> list[Entry]:
    """The entries of answers and tables."""
    question, columns = posed
    entries = [entry for text in answers for entry in answers_in(text, question.targets, columns)]
    for name, text in tables:
        entries += rows_in(text, name, question.targets, None if question.at is None else values_of(question))
    return entries


def judged(posed: Posed, entries: Sequence[Entry], hint: int = ALL) -> CheckAnswer:
    """The verdict on every entry."""
    question = posed.question
    program, targets = question.program, question.targets
    found = [judge(question, entry) for entry in entries]
    if any(entry.verdict == "wrong" for entry in found):
        from adcli.checking.localising import localised  # a right answer needs no search

        found = localised(question, entries, found)
    return CheckAnswer(
        program=program, at=None if question.at is None else dict(question.right.at), notes=program.notes,
        entries=tuple(found), hint=hint, output=targets.output, wrt=targets.wrt,
    )  # fmt: skip


def values_of(question: Question) -> list[float]:
    """The right value of every node; DomainError where one has none."""
    with explained(question.right.program, question.right.at):
        return question.right.primals


def lacking(entries: Sequence[Entry], posed: Posed) -> list[Entry]:
    """The derivatives that are asked for and that the answer lacks."""
    kinds = ("gradient", "jacobian", "adjoint")
    given = {entry.target.node for entry in entries if entry.target.kind in kinds}
    targets = posed.question.targets
    if targets.output is None:
        return []
    return [Entry(targets.gradient(node), EMPTY) for node in posed.columns if node not in given]
