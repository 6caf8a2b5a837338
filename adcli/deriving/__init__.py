"""`diff`: derivatives as formulas, with what they assume; each is checked before it is an answer."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from adcli.answers.answer import Answer
from adcli.answers.choosing import columns_of, names_of, output_name
from adcli.answers.expanding import entrywise
from adcli.deriving.rulebook import Rule, Told, rules
from adcli.deriving.written import Formula, source
from adcli.errors import AdcliError, DomainError, UsageError
from adcli.graph import CONST
from adcli.language.note import Note
from adcli.language.points import bind, from_values
from adcli.language.program import Program
from adcli.notation import SOURCE
from adcli.primitives import ARRAYS
from adcli.simplify import Domain, Simplifier
from adcli.simplify.identities import SQUARES
from adcli.transform import part, partials
from adcli.transform.verify import Expression, Mismatch, NoValue, agrees

MOST_ORDERS = 200
SEVERAL = 3  # orders from which another way is tried too
SHORT, LONG = 30, 300  # nodes of a formula that no other way, or another way in any case, is tried for
MOST_WIDE = 400  # terms of a multiplied out sum that is looked at
MOST_NODES = 1000  # of a derivative on its way


class Lesson(NamedTuple):
    """One differentiation: what, by which input, for the how manieth time, and what came out."""

    output: str
    by: str
    order: int
    function: Formula
    column: int
    derivative: Formula

    def rules(self) -> Iterator[Rule]:
        """The rules in the order of their use."""
        return rules(self.function.graph, self.function.node, self.column)


@dataclass(frozen=True, kw_only=True)
class DiffAnswer(Answer):
    """`diff`: a formula per output and input of `wrt`."""

    command = "diff"
    stored = False  # it would put away the point of the last one
    formulas: dict[str, dict[str, Formula]]
    order: int
    assumptions: tuple[str, ...] = ()
    lessons: tuple[Lesson, ...] | None = None

    def own(self) -> dict[str, Any]:
        """The fields of this command."""
        texts = {
            output: {name: source(self.program, formula) for name, formula in row.items()}
            for output, row in self.formulas.items()
        }
        return {
            "derivatives": next(iter(texts.values())) if len(texts) == 1 else texts,
            "order": self.order,
            "assumptions": list(self.assumptions),
            **({} if self.lessons is None else {"steps": [*self.steps(self.lessons)]}),
        }

    def told(self, output: str) -> list[tuple[str, Formula]]:
        """The formulas of an output by input; of order 0 the one that there is, of a constant too."""
        if self.order:
            return list(self.formulas[output].items())
        row = self.formulas[output] or {"": self.simple(output)}
        return list(row.items())[:1]

    def simple(self, output: str) -> Formula:
        """An output simplified."""
        return derived(Expression(*part(self.program.graph, self.program.outputs[output])), 0, 0)[0][0]

    def steps(self, lessons: Sequence[Lesson]) -> Iterator[dict[str, Any]]:
        """The rules for JSON."""
        for lesson in lessons:
            told = Told(*lesson.function, SOURCE, str)
            for rule in lesson.rules():
                yield {
                    "output": lesson.output,
                    "wrt": lesson.by,
                    "order": lesson.order,
                    "rule": rule.name,
                    "function": told.function(rule.node),
                    "inner": None if rule.inner is None else told.pieces[rule.inner].text,
                    "derivative": told.derivative(rule),
                }


def diff(
    program: Program,
    point: Mapping[str, Any] | None = None,
    *,
    wrt: Sequence[str] | None = None,
    order: int = 1,
    steps: bool = False,
    output: str | None = None,
) -> DiffAnswer:
    """The derivatives of every output by the inputs of `wrt` (default: all), `order` times by the same one.

    A program whose course depends on values needs a point; the formula is then that of the course taken
    there. One with arrays needs a point that has their sizes, and is written entry by entry. Raises
    UsageError without one, DomainError for what has no derivative at all.
    """
    at: dict[str, Any] | None = None
    if point is not None:
        program, point, wrt, *_ = entrywise(program, point, wrt=wrt)
        given = from_values(point)
        program = program.at(given)
        at = bind(program, given)
    elif program.blocked is not None:
        raise program.blocked
    elif not ARRAYS.keys().isdisjoint(program.graph.op):
        raise UsageError(
            "the formulas of a program with arrays are those of its entries, and nothing says how many",
            text=program.source,
            hint="give arrays of the right sizes with --at",
        )
    if not 0 <= order <= MOST_ORDERS:
        raise UsageError(f"--order is a whole number from 0 to {MOST_ORDERS}, not {order}")
    columns = columns_of(program, wrt)
    formulas: dict[str, dict[str, Formula]] = {}
    assumptions: dict[str, None] = {}
    lessons: list[Lesson] = []
    notes: dict[Note, None] = dict.fromkeys(program.notes)
    chosen = list(program.outputs) if output is None else [output_name(program, output)]
    for made in chosen:
        formulas[made] = {}
        start = Expression(*part(program.graph, program.outputs[made]))
        for column, name in zip(columns, names_of(program, columns), strict=True):
            chain, assumed, unchecked = derived(start, column, order)
            formulas[made][name] = chain[-1]
            lessons += [
                Lesson(made, name, place, function, column, derivative)
                for place, (function, derivative) in enumerate(pairwise((Formula(*start), *chain)), start=1)
                if order
            ]
            assumptions.update(dict.fromkeys(assumed))
            if unchecked:
                notes[unseen(made, name)] = None
    return DiffAnswer(
        program=program, at=at, notes=tuple(notes), formulas=formulas, order=order,
        assumptions=tuple(assumptions), lessons=tuple(lessons) if steps else None,
    )  # fmt: skip


class Chain(NamedTuple):
    """Derivatives up to some order, how long the last one is, what they assume, and is any unchecked?"""

    formulas: list[Formula]
    length: int
    assumed: tuple[str, ...]
    unchecked: bool


def derived(start: Expression, by: int, order: int) -> tuple[list[Formula], tuple[str, ...], bool]:
    """The derivatives up to some order, what they assume, and whether no point was found to check one at.

    Of many orders, those of the short formulas and those of what is multiplied out on the way are compared.
    """
    if order == 0:
        simplifier = Simplifier(start.graph, start.node)
        return [Formula(*part(*simplifier.written(simplifier.own)))], (), False
    ways = []
    with suppress(TooLong):
        ways.append(chain(start, by, order, wide=False, most=math.inf if order < SEVERAL else MOST_NODES))
    if order >= SEVERAL and not (ways and tidy(start, Expression(*ways[0].formulas[-1]), ways[0].length)):
        with suppress(TooLong):
            ways.append(chain(start, by, order, wide=True, most=MOST_NODES if ways else math.inf))
    found = min(ways, key=attrgetter("length"))
    return found.formulas, found.assumed, found.unchecked


def tidy(start: Expression, made: Expression, length: int) -> bool:
    """Whether no other way need be tried: no squares of sine and its kin, no angles beyond the typed ones."""
    graph = made.graph
    squares = any(
        op == "pow" and graph.op[args[0]] in SQUARES for op, args in zip(graph.op, graph.args, strict=True)
    )
    return length < SHORT or (length < LONG and not squares and angles(made) <= angles(start))


def angles(formula: Expression) -> int:
    """How many arguments of sine and its kin there are."""
    graph = formula.graph
    return len({args for op, args in zip(graph.op, graph.args, strict=True) if op in SQUARES})


class TooLong(Exception):
    """A derivative on its way has too many nodes."""


def chain(start: Expression, by: int, order: int, *, wide: bool, most: float) -> Chain:
    """The derivatives up to some order; TooLong where one has more than `most` nodes."""
    simplifier = Simplifier(start.graph, start.node)
    shorten = simplifier.shorten
    shorten.most = MOST_WIDE if wide else shorten.most
    domain = simplifier.domain()
    function, unchecked = start, False
    simplifier.jumps(start.graph, start.node, by, domain)
    found, term = [], 0
    for place in range(1, order + 1):
        graph, nodes = partials(function.graph, function.node, [by])
        met = simplifier.domain()
        shorten.wide = wide
        (term,) = simplifier.simplified(graph, nodes, met)
        shorten.wide = False
        if wide and place == order:
            term = shorten.shortest(term)
        derivative = Expression(*part(*simplifier.written(term)))
        if len(derivative.graph) > most:
            raise TooLong
        refuse_nothing(derivative)
        domain.join(simplifier.without_kinks(met, function.graph, *derivative))
        unchecked |= not checked(simplifier, domain, function, by, derivative)
        found.append(Formula(*derivative))
        function = derivative
    return Chain(found, simplifier.terms.cost[term], simplifier.assumptions(domain), unchecked)


def checked(
    simplifier: Simplifier, domain: Domain, function: Expression, by: int, derivative: Expression
) -> bool:
    """Whether a formula was held against the sweep at a point; a difference is a fault of ours.

    Where the formula has no value and the slope exists, what the formula itself asks for is assumed too.
    """
    try:
        try:
            return agrees(function, by, derivative, somewhere=bool(simplifier.assumptions(domain))) > 0
        except NoValue:
            simplifier.simplified(derivative.graph, [derivative.node], domain)
            return agrees(function, by, derivative, somewhere=bool(simplifier.assumptions(domain))) > 0
    except Mismatch as mismatch:
        raise AdcliError(
            "internal fault: a formula and the sweep give different slopes",
            details=(f"at {', '.join(f'{name} = {value:.6g}' for name, value in mismatch.args[0].items())}",),
            hint="please report it with the command line and the output of adcli --version; adcli grad does "
            "without formulas",
        ) from mismatch


def refuse_nothing(derivative: Expression) -> None:
    """A formula that divides by the number 0 stands for no derivative: a DomainError."""
    graph = derivative.graph
    for op, args in zip(graph.op, graph.args, strict=True):
        if op == "div" and graph.op[args[1]] == CONST and graph.data[args[1]] == 0:
            raise DomainError("there is no derivative: its formula divides by 0")


def unseen(output: str, name: str) -> Note:
    """The note for a formula that no random point could check."""
    return Note(
        "unchecked",
        f"the formula of ∂{output}/∂{name} is not checked against numbers: "
        "no point was found at which both have a value",
    )
