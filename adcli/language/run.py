"""Syntax to Program: the text is executed, and the graph is the graph of that run.

Statements run one after the other; a stack of running blocks stands for nesting. With a point, a
choice builds only the branch that is taken; without one, a choice inside an expression whose condition
depends on an input becomes a `select` step, and a block that depends on one asks for a point.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import AdcliSyntaxError, Span, UsageError
from adcli.graph import INPUT
from adcli.language.conditions import CONDITIONS, NeedsPoint, need_numbers
from adcli.language.expressions import Expressions
from adcli.language.gradients import own_step, pruned, targets
from adcli.language.loops import Loops
from adcli.language.names import canonical
from adcli.language.naming import Assigned, Built, clash, letter_of, name_outputs, name_steps
from adcli.language.parser import Parsed, parse
from adcli.language.program import Again, Loop, Program
from adcli.language.stages import NODE
from adcli.language.survey import survey
from adcli.language.syntax import (
    ASSIGN,
    BRANCH,
    DEFINE,
    INPUTS,
    INVOKE,
    LOOP,
    NAME,
    OUTPUTS,
    REPEAT,
    Syntax,
)

MOST_STEPS = 10_000_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector still: what is read has no cycles, and it would walk all of it each time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@uncollected()
def program(
    text: str,
    point: Mapping[str, Any] | None = None,
    *,
    share: bool = True,
    outputs: Sequence[str] | None = None,
    names: Iterable[str] = (),
    explicit: bool = False,
    most_steps: int = MOST_STEPS,
    watch: Callable[[int], None] | None = None,
) -> Program:
    """The Program of a text, run at `point` if one is given (canonical names to real values).

    `outputs` chooses other outputs than the text does; `names` are bound elsewhere; `explicit` refuses
    implicit forms such as 2x; `most_steps` bounds how much loops may run, and `watch` is told now and
    then how often they have. Raises AdcliSyntaxError or
    NameProblem, UsageError when a limit is reached, and DomainError where a value that decides a branch
    does not exist.
    """
    bound = frozenset({*names, *(point or ())})
    parsed = parse(text, bound, explicit=explicit)

    def again(
        point: Mapping[str, Any] | None,
        *,
        decide: bool,
        flipped: frozenset[Span] = frozenset(),
        arithmetic: Arithmetic = REAL,
    ) -> Program:
        build = Expressions(text, point, share=share, decide=decide, arithmetic=arithmetic)
        run = Run(text, parsed, build, bound=bound | (point or {}).keys(), most_steps=most_steps, watch=watch)
        run.build.flipped = flipped
        return run.program(outputs, again)

    return again(point, decide=True)


class Run:
    """One execution: statements, and the outputs and assignments they leave."""

    def __init__(
        self,
        text: str,
        parsed: Parsed,
        build: Expressions,
        *,
        bound: AbstractSet[str],
        most_steps: int,
        watch: Callable[[int], None] | None = None,
    ) -> None:
        self.text = text
        self.bound = bound
        self.parsed = parsed
        self.statements = with_own_header(parsed.statements)
        self.targets = targets(self.statements)
        self.build = build
        self.assigned = Assigned([], [])
        self.loops = Loops(
            text, build, self.assigned, plain=not self.targets, most_steps=most_steps, watch=watch
        )
        self.names: set[str] = set()
        self.bare: list[tuple[str | None, Built]] = []

    @uncollected()
    def program(self, chosen: Sequence[str] | None, again: Again) -> Program:
        """Run the statements and name what came out."""
        build, text = self.build, self.text
        found = survey(text, self.statements, build.point or {}, self.bound)
        for name, leaf in found.inputs.items():
            build.bound[name] = build.add(INPUT, (), name, leaf)
        inputs = tuple(build.bound)
        blocked: UsageError | None = None
        try:
            self.execute()
        except NeedsPoint as error:
            blocked = error
        if not self.assigned.names and not self.bare and blocked is None:
            end = self.statements[-1].end
            raise AdcliSyntaxError(
                "the program has no expression",
                span=Span(end, end),
                text=text,
                hint="add one, as in x^2*y + 2*y",
            )
        if build.graded:
            self.prune()
        straight = all(statement.op in (ASSIGN, INPUTS, OUTPUTS) for statement in self.statements)
        given, naming = (
            set(self.assigned.names),
            cache(partial(name_steps, build.graph, inputs, self.assigned)),
        )
        outputs: dict[str, int] = {}
        if blocked is None:
            made = name_outputs(text, inputs, self.assigned, self.bare, chosen)
            outputs = {name: build.node(value) for name, value in made.items()}
        for node in outputs.values():
            place = Syntax(build.graph.op[node], (), build.starts[node], build.ends[node])
            need_numbers(text, [build.graph.op[node] in CONDITIONS], place)
        no_letter = partial(clash, build.graph, inputs, given, naming)
        return Program(
            source=text, graph=build.graph.close(), inputs=inputs, outputs=outputs, naming=naming,
            clash=no_letter, spelled=found.spelled, starts=build.starts, ends=build.ends,
            notes=(*self.parsed.notes, *found.notes, *build.notes, *build.branches.notes()),
            needs_point=build.needs_point or blocked is not None, has_choice=build.has_choice and straight,
            letter=letter_of(build.graph, inputs, given, naming), blocked=blocked,
            graded=build.graded, boundaries=build.boundaries, loops=tuple(self.loops.ran), again=again,
        )  # fmt: skip

    def prune(self) -> None:
        """Leave out what was only made to be differentiated."""

        def moved(value: Built) -> Built:
            return places[value] if isinstance(value, int) else value

        bare = [value for _, value in self.bare]
        places = pruned(self.build, [*self.assigned.values, *bare])
        self.assigned = Assigned(self.assigned.names, list(map(moved, self.assigned.values)))
        self.bare = [(name, moved(value)) for name, value in self.bare]
        self.loops.ran = [Loop(places[loop.first], places[loop.end], loop.said) for loop in self.loops.ran]

    def execute(self) -> None:
        """Run all statements; the innermost running block is the last one."""
        running: list[Iterator[Syntax]] = [iter(self.statements)]
        while running:
            statement = next(running[-1], None)
            if statement is None:
                running.pop()
            elif statement.op == ASSIGN:
                target, value = statement.args
                before = len(self.build.graph)
                made = self.build.repeated(value) if len(running) > 1 else self.build.evaluate(value, NODE)
                name = canonical(target.args[0])
                self.assign(name, own_step(self.build, name, made, before) if name in self.targets else made)
            elif statement.op == OUTPUTS:
                self.output(statement, inside=len(running) > 1)
            elif statement.op == DEFINE:
                self.define(statement, inside=len(running) > 1)
            elif statement.op in (LOOP, REPEAT):
                running.append(self.loops.over(statement))
            elif statement.op == BRANCH:
                condition, block, other = statement.args
                taken = block if self.loops.decided(condition) else other
                if taken is not None:
                    running.append(iter((taken,) if taken.op == BRANCH else taken.args))

    def assign(self, name: str, value: Built) -> None:
        """Give a name a value; every assignment is remembered for the steps' names."""
        self.build.bound[name] = value
        self.assigned.give(name, value)
        self.names.add(name)

    def output(self, statement: Syntax, *, inside: bool) -> None:
        """Expressions that stand alone are outputs, outside blocks."""
        if inside:
            raise AdcliSyntaxError(
                "an expression alone in a block gives nothing", span=Span(statement.start, statement.end),
                text=self.text, hint="assign it, as in y = x^2, and name y after the block",
            )  # fmt: skip
        for value in statement.args:
            word = canonical(value.args[0]) if value.op == NAME else None
            own = value.args[0] if value.op == INVOKE and value.start == value.end else None
            self.bare.append((own or (word if word in self.names else None), self.build.number(value)))

    def define(self, statement: Syntax, *, inside: bool) -> None:
        """Remember a function of the program."""
        if inside:
            raise AdcliSyntaxError(
                "a definition inside a block", span=Span(statement.start, statement.end), text=self.text,
                hint="define functions outside blocks",
            )  # fmt: skip
        self.build.functions[statement.args[0]] = statement


def with_own_header(statements: list[Syntax]) -> list[Syntax]:
    """A program that ends in a definition and has no output is that function of its own parameters."""
    last = statements[-1]
    if last.op != DEFINE or any(statement.op == OUTPUTS for statement in statements):
        return statements
    name, params, _ = last.args
    assigned = {s.args[0].args[0] for s in statements if s.op == ASSIGN}
    inputs = tuple(param for param in params if param.args[0] not in assigned)
    call = Syntax(INVOKE, (name, *params), last.end, last.end)
    header = [Syntax(INPUTS, inputs, last.start, last.start)] if inputs else []
    return [*header, *statements, Syntax(OUTPUTS, (call,), last.end, last.end)]
