"""Loops of a program: their turns one after the other, counted, those without choices laid out at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from adcli.errors import Span, UsageError
from adcli.language.conditions import NeedsPoint, need_numbers, not_a_condition
from adcli.language.expressions import Expressions
from adcli.language.names import canonical
from adcli.language.naming import Assigned
from adcli.language.program import Loop
from adcli.language.stages import VALUE
from adcli.language.straight import WARM, Straight, straight
from adcli.language.syntax import LOOP, NUMBER, Syntax
from adcli.notation.numerals import number

SOMETIMES = 1_000  # turns of loops from one word about them to the next


class Loops:
    """The loops of one run. `ran` are the outermost ones; with `plain` bodies they may be laid out at once.

    `most_steps` bounds turns and nodes together, and `watch` is told now and then how many turns there were.
    """

    def __init__(
        self,
        text: str,
        build: Expressions,
        assigned: Assigned,
        *,
        plain: bool,
        most_steps: int,
        watch: Callable[[int], None] | None,
    ) -> None:
        self.text = text
        self.build = build
        self.assigned = assigned
        self.plain = plain
        self.most_steps = most_steps
        self.watch = watch
        self.turns = 0
        self.ran: list[Loop] = []
        self.inside = 0  # how many loops are running

    def over(self, statement: Syntax) -> Iterator[Syntax]:
        """The statements of a loop, turn by turn; the nodes that an outermost one makes are remembered."""
        turns = (self.loop if statement.op == LOOP else self.repeat)(*statement.args)
        first = len(self.build.graph)
        self.inside += 1
        yield from turns
        self.inside -= 1
        if not self.inside:
            said = self.text[statement.start : statement.args[-1].start].rstrip(" {\n")
            self.ran.append(Loop(first, len(self.build.graph), said))

    def loop(self, variable: Syntax, first: Syntax, last: Syntax, block: Syntax) -> Iterator[Syntax]:
        """The statements of a for loop, turn by turn; its variable is a constant in each."""
        name = canonical(variable.args[0])
        k, end = self.whole(first), self.whole(last) + 1
        if end - k > self.most_steps:
            raise self.too_many(block)
        begin = k
        quick: Straight | None = None
        while k < end:
            self.turn(block)
            self.build.bound[name] = Syntax(NUMBER, (k,), variable.start, variable.end)
            if k == begin + WARM and self.plain:
                quick = straight(self.build, block.args, variable, self.assigned)
            if quick is None:
                yield from block.args
                k += 1
            else:
                turns = quick.turns(range(k, end), self.room)
                self.turns += turns - 1
                k += turns
                self.build.bound[name] = Syntax(NUMBER, (k - 1,), variable.start, variable.end)

    def repeat(self, condition: Syntax, block: Syntax) -> Iterator[Syntax]:
        """The statements of a while loop, turn by turn."""
        begin = self.turns
        quick: Straight | None = None
        while self.decided(condition):
            self.turn(block)
            if self.turns == begin + WARM + 1 and self.plain:
                quick = straight(self.build, block.args, None, self.assigned)
            if quick is None:
                yield from block.args
            else:
                quick.turn(None)

    @property
    def room(self) -> int:
        """How many turns and nodes there may still be."""
        return self.most_steps - self.turns - len(self.build.graph)

    def turn(self, block: Syntax) -> None:
        """Count a turn of a loop, and the steps made so far, against the limit."""
        self.turns += 1
        if self.watch is not None and not self.turns % SOMETIMES:
            self.watch(self.turns)
        if self.room < 0:
            raise self.too_many(block)

    def too_many(self, block: Syntax) -> UsageError:
        """The error for a loop beyond the limit."""
        return UsageError(
            f"the program runs more than {self.most_steps} steps", span=Span(block.start, block.end),
            text=self.text, hint="give a higher limit with --max-steps N, or end the loop earlier",
        )  # fmt: skip

    def decided(self, condition: Syntax) -> bool:
        """Whether a block runs; NeedsPoint when that depends on a value and there is none."""
        value = self.build.repeated_value(condition)
        if value is None:
            raise self.needs_point(condition)
        if not isinstance(value, bool):
            raise not_a_condition(self.text, condition)
        return self.build.decided(condition, outcome=value)

    def whole(self, bound: Syntax) -> int:
        """An end of a loop's range; it must be a whole number."""
        value = self.build.evaluate(bound, VALUE)
        self.build.branches.varied = False
        if value is None:
            raise self.needs_point(bound)
        need_numbers(self.text, [isinstance(value, bool)], bound)
        if value != int(value):
            raise UsageError(
                f"a loop runs over whole numbers, not to or from {number(value)}",
                span=Span(bound.start, bound.end),
                text=self.text,
                hint="round it, as in for k in 1..floor(n) { ... }",
            )
        return int(value)

    def needs_point(self, part: Syntax) -> NeedsPoint:
        """The error for control flow that waits for a value."""
        deciding = self.text[part.start : part.end]
        return NeedsPoint(
            f"{deciding} decides how the program runs and has no value without a point",
            span=Span(part.start, part.end), text=self.text, hint="give a point, as in --at x=1",
        )  # fmt: skip
