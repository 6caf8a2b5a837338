"""A loop's body without choices and calls, as a flat list: a turn of it costs little more than its nodes.

It is compiled after the body has run twice in the ordinary way, when every name has a node and every
constant is made; what it cannot do (a minus before the loop's number, say) stays with the ordinary way.
Turns that make the same nodes as the turn before, shifted, are laid out many at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli.graph import CONST
from adcli.language.names import canonical
from adcli.language.syntax import ASSIGN, NAME, NUMBER, Syntax
from adcli.language.turns import PROOF, Turn

if TYPE_CHECKING:
    from adcli.language.expressions import Expressions
    from adcli.language.naming import Assigned

WARM = 2  # turns in the ordinary way
TRIES = 64  # turns that may pass before one repeats the turn before


class Operation(NamedTuple):
    """One node to make: its operation, the registers of its operands, its own register, its place.

    `name` is the name that the node is assigned to, if it is one.
    """

    op: str
    args: tuple[int, ...]
    to: int
    start: int
    end: int
    name: str | None = None


@dataclass(slots=True)
class Straight:
    """A compiled body: one register for each name, constant and intermediate value."""

    build: Expressions
    assigned: Assigned
    code: Sequence[Operation]
    registers: list[int]
    last: Turn | None = None
    alike: int = 0  # how many turns in a row repeated the turn before
    tries: int = TRIES  # how many more turns are compared with the turn before
    adder: Callable[[str, tuple[int, ...]], int] | None = None

    def turns(self, numbers: range, most: int) -> int:
        """Run some turns, `numbers` being the values of the loop's variable, and say how many.

        More than one turn is run only as far as turns and nodes together are no more than `most`.
        """
        if self.last is not None and self.alike >= PROOF:
            alike = self.unknown(numbers[: most // (len(self.last) + 1)])
            if alike:
                self.repeat(self.last, alike)
                return len(alike)
        first = len(self.build.graph)
        results = self.turn(numbers[0])
        if self.tries:
            turn, before = Turn(first, len(self.build.graph), results), self.last
            again = before is not None and turn.repeats(before, self.build.graph)
            self.last, self.alike, self.tries = turn, self.alike + 1 if again else 0, self.tries - 1
        return 1

    def unknown(self, numbers: range) -> range:
        """The first of the numbers, up to one that is a constant of the graph."""
        if all(operation.args for operation in self.code):
            return numbers
        find = self.build.graph.find
        known = (at for at, number in enumerate(numbers) if find(CONST, (), number) is not None)
        return numbers[: next(known, len(numbers))]

    def turn(self, number: int | None) -> list[int]:
        """Run the body once; what each operation came to."""
        registers, build = self.registers, self.build
        graph, bound, give = build.graph, build.bound, self.assigned.give
        add = self.adder = self.adder or graph.adder()
        made = len(build.starts)
        starts, ends = build.starts, build.ends
        results: list[int] = []
        for op, args, to, start, end, name in self.code:
            if len(args) == 2:
                i, j = args
                node = add(op, (registers[i], registers[j]))
            elif args:
                node = add(op, tuple([registers[i] for i in args]))
            else:
                node = graph.add(CONST, (), number)
            if node == made:
                made += 1
                starts.append(start)
                ends.append(end)
            registers[to] = node
            results.append(node)
            if name is not None:
                bound[name] = node
                give(name, node)
        return results

    def repeat(self, turn: Turn, numbers: range) -> None:
        """Run the body for each of the numbers; it repeats `turn`."""
        step = len(turn) * len(numbers)
        results = turn.again(self.build, numbers)
        given = []
        for (_, _, to, _, _, name), nodes in zip(self.code, results, strict=True):
            self.registers[to] = nodes[-1]
            if name is not None:
                self.build.bound[name] = nodes[-1]
                given.append((name, nodes))
        self.assigned.give_in_turn(given)
        self.last = Turn(turn.first + step, turn.end + step, [nodes[-1] for nodes in results])
        self.adder = None  # it does not know these nodes
        self.tries = TRIES


def straight(
    build: Expressions, block: Sequence[Syntax], variable: Syntax | None, assigned: Assigned
) -> Straight | None:
    """The compiled body of a loop over `variable` (None: a while loop); None where it is not that simple."""
    if build.frames or build.conditions or not build.graph.share or "e" in build.bound:
        return None
    compiler = Compiler(build, None if variable is None else canonical(variable.args[0]), variable)
    for statement in block:
        if statement.op != ASSIGN or not compiler.statement(*statement.args):
            return None
    return Straight(build, assigned, compiler.code, compiler.registers)


class Compiler:
    """The registers of one body, statement by statement."""

    def __init__(self, build: Expressions, counter: str | None, variable: Syntax | None) -> None:
        self.build = build
        self.counter = counter
        self.variable = variable
        self.code: list[Operation] = []
        self.registers: list[int] = []
        self.places: dict[Any, int] = {}  # names, constants and the loop's own number

    def statement(self, target: Syntax, value: Syntax) -> bool:
        """Take an assignment of an operation; whether that is possible."""
        tape = self.build.tapes.get(id(value))
        name = canonical(target.args[0])
        if not tape or tape[-1][1] == 0 or name == self.counter:
            return False
        done: list[int | Syntax] = []
        for op, count, syntax, _ in tape:
            if count == 0:
                done.append(syntax)
                continue
            operands = done[-count:]
            del done[-count:]
            if op == "neg" and (number := self.number(operands[0])) is not None:
                if number.op != NUMBER or number.args[0] <= 0:
                    return False
                done.append(syntax._replace(op=NUMBER, args=(-number.args[0],)))
                continue
            args = [self.place(operand) for operand in operands]
            if None in args:
                return False
            place = self.register(0)
            self.code.append(Operation(op, tuple(args), place, syntax.start, syntax.end))  # type: ignore[arg-type]  # no None in them
            done.append(place)
        # A name keeps one register, so that the next turn reads what this one wrote.
        last = self.code[-1]
        self.places.setdefault(name, last.to)
        self.code[-1] = last._replace(to=self.places[name], name=name)
        return True

    def number(self, operand: int | Syntax) -> Syntax | None:
        """A literal, or a name that stands for a number and has no node; None for anything else."""
        if isinstance(operand, int) or operand.op == NUMBER:
            return None if isinstance(operand, int) else operand
        name = canonical(operand.args[0])
        own = name == self.counter or not isinstance(self.build.bound.get(name), int)
        return operand if own else None

    def place(self, operand: int | Syntax) -> int | None:
        """The register of an operand; None for a name without a value."""
        if isinstance(operand, int):
            return operand
        name = canonical(operand.args[0]) if operand.op == NAME else None
        if name is not None and name == self.counter:
            return self.own_number()
        key: Any = (operand.args[0],) if name is None else name
        if key not in self.places:
            made = operand if name is None else self.build.bound.get(name)
            if made is None:
                return None
            self.places[key] = self.register(self.build.node(made))
        return self.places[key]

    def own_number(self) -> int:
        """The register of the loop's own number; its node is made where a turn first uses it."""
        if self.variable not in self.places:
            place = self.places[self.variable] = self.register(0)
            at = self.variable
            if at is not None:
                self.code.append(Operation(CONST, (), place, at.start, at.end))
        return self.places[self.variable]

    def register(self, node: int) -> int:
        """A new register."""
        self.registers.append(node)
        return len(self.registers) - 1
