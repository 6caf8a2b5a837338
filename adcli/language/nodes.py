"""The nodes of a run so far: the names bound to them, and their values where something asks for those."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from adcli import engine
from adcli.arithmetic import Arithmetic, Undecided
from adcli.engine.undefined import FAILURES, Undefined
from adcli.errors import DomainError, NameProblem, Span
from adcli.graph import CONST, INPUT, Graph
from adcli.language.branches import Branches
from adcli.language.conditions import (
    COMPARISONS,
    CONDITIONS,
    check_kinds,
)
from adcli.language.gradients import Frame
from adcli.language.names import CONSTANTS, canonical
from adcli.language.naming import Built
from adcli.language.note import Note
from adcli.language.numbers import underflowing
from adcli.language.shaping import condition_on, unfit
from adcli.language.stages import VALUE
from adcli.language.syntax import ARRAY, NAME, NUMBER, Syntax
from adcli.notation import SPOKEN
from adcli.primitives import ROWS
from adcli.primitives.shapes import Unfit, of_value


class Nodes:
    """A graph in the making. A value is None where it is not known without a point."""

    def __init__(
        self, text: str, point: Mapping[str, Any] | None, *, share: bool, arithmetic: Arithmetic
    ) -> None:
        self.text = text
        self.arithmetic = arithmetic  # of the values that decide branches
        self.point = point
        self.graph = Graph(share=share)
        self.starts, self.ends = array("q"), array("q")
        self.bound: dict[str, Built] = {}
        self.frames: list[Frame] = []
        self.notes: list[Note] = []
        self.branches = Branches(text)
        self.values: list[Any] = []  # of the nodes so far, when a condition has asked for them
        self.equal: list[Span] = []  # comparisons with equal sides since the last decision
        self.conditions = False  # is any node true or false, not a number?

    def add(self, op: str, args: tuple[int, ...], data: Any, syntax: Syntax) -> int:
        """Add a node and remember where it stands, if it is new."""
        node = self.graph.add(op, args, data)
        if node == len(self.starts):
            self.conditions |= op in CONDITIONS
            self.starts.append(syntax.start)
            self.ends.append(syntax.end)
        return node

    def node(self, made: Built) -> int:
        """The node of what an expression made."""
        if isinstance(made, int):
            return made
        return self.add(CONST, (), self.constant(made), made)

    def leaf(self, syntax: Syntax) -> Built:
        """What a literal or a name stands for: a node, or a constant."""
        (data,) = syntax.args
        if syntax.op == NUMBER:
            if data == 0 and (literal := underflowing(self.text[syntax.start : syntax.end])):
                note = Note(
                    "underflow", f"{literal} is smaller than any number here and is read as 0",
                    span=Span(syntax.start, syntax.end),
                )  # fmt: skip
                if note not in self.notes:  # a condition may have read it before
                    self.notes.append(note)
            return syntax
        name = canonical(data)
        if self.frames and name in self.frames[-1].arguments:
            return self.frames[-1].arguments[name]  # type: ignore[no-any-return]  # a node, where one is wanted
        return self.bound.get(name, syntax)

    def constant(self, syntax: Syntax) -> Any:
        """What a constant is called, or the number of a literal; NameProblem for a name without a value."""
        (data,) = syntax.args
        if syntax.op == NUMBER:
            return data
        name = canonical(data)
        if name not in CONSTANTS:
            raise NameProblem(
                f"{data} has no value here: what gives it one has not run",
                span=Span(syntax.start, syntax.end), text=self.text,
                hint=f"give it one before, as in {data} = 0",
            )  # fmt: skip
        return name

    def known(self, syntax: Syntax) -> Any:
        """The value of a literal or a name."""
        if syntax.op == NAME and self.frames and self.frames[-1].want == VALUE:
            name = canonical(syntax.args[0])
            if name in self.frames[-1].arguments:
                return self.frames[-1].arguments[name]
        made = self.leaf(syntax)
        if isinstance(made, int):
            self.branches.varied |= bool(self.graph.variable[made])
            return self.value(made)
        return self.arithmetic.lift(self.constant(made))

    def value(self, node: int) -> Any:
        """The value of a node at the point; all before it are computed too."""
        graph, values = self.graph, self.values
        if self.point is None and graph.variable[node]:
            return None
        for i in range(len(values), node + 1):
            op = graph.op[i]
            args = [values[arg] for arg in graph.args[i]]
            if op == INPUT:
                values.append(None if self.point is None else self.point.get(graph.data[i]))
            elif op == CONST:
                values.append(self.arithmetic.lift(graph.data[i]))
            else:
                place = Syntax(op, (), self.starts[i], self.ends[i])
                unknown = any(arg is None for arg in args)
                value = None if unknown else self.apply(op, graph.data[i], args, place)
                values.append(bool(value) if op in CONDITIONS and value is not None else value)
        return values[node]

    def compute(self, syntax: Syntax, operands: list[Any]) -> Any:
        """The value of an operation inside a condition."""
        check_kinds(self.text, syntax, [isinstance(value, bool) for value in operands], operands)
        if any(operand is None for operand in operands):
            return None
        if syntax.op in CONDITIONS and any(map(of_value, operands)):
            raise condition_on(self.text, syntax, operands)
        if syntax.op in COMPARISONS:
            self.branches.compared(*operands)
            with suppress(Undecided):  # which `apply` says in its own words
                if operands[0] == operands[1] and self.branches.varied:
                    self.on_boundary(syntax)
        value = self.apply(syntax.op, parameter(syntax), operands, syntax)
        return bool(value) if syntax.op in CONDITIONS else value

    def on_boundary(self, syntax: Syntax) -> None:
        """Note that a condition is decided on its very boundary."""
        message = (
            f"the two sides of {self.text[syntax.start : syntax.end]} are equal at this point: "
            "the branch taken may have another slope than the other one"
        )
        self.equal.append(Span(syntax.start, syntax.end))
        if not any(note.message == message for note in self.notes):
            self.notes.append(Note("kink", message, span=Span(syntax.start, syntax.end)))

    def apply(self, op: str, data: Any, operands: Sequence[Any], place: Syntax) -> Any:
        """A value that decides a branch; it must exist."""
        span = Span(place.start, place.end)
        try:
            value = engine.apply(op, data, operands, self.arithmetic)
            if not of_value(value) and not self.arithmetic.all_finite([value]):
                raise OverflowError  # + - * / do not raise it themselves
        except Unfit as error:
            places = [(part.start, part.end) for part in place.args]
            raise unfit(self.text, op, places, span, error, list(map(of_value, operands))) from None
        except (*FAILURES, Undefined) as error:
            overflow = isinstance(error, OverflowError) or getattr(error, "reason", "") == "overflow"
            reason = "overflow" if overflow else "not defined here"
            needs = f"{SPOKEN.get(op, op)} needs {ROWS[op].needs}" if ROWS[op].needs else ""
            if isinstance(error, Undecided) or "leaves" in str(error):
                reason, needs = "cannot be decided", str(error)
            raise DomainError(
                f"{reason}: {self.text[span.start : span.end]}, which decides a branch",
                span=span, text=self.text,
                details=(needs,) if needs and reason != "overflow" else (),
            ) from error  # fmt: skip
        return value


def parameter(syntax: Syntax) -> Any:
    """The data of a node beside its operands."""
    return syntax.data[:2] if syntax.op == ARRAY else syntax.data
