"""Syntax to Program: the text is executed, and the graph is the graph of that run.

Execution walks the nested tuples with a work list. With a point, a choice builds only the branch
that is taken; without one, a choice whose condition depends on an input becomes a `select` step.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from adcli.arithmetic.real import REAL
from adcli.errors import AdcliSyntaxError, DomainError, Span
from adcli.graph import CONST, INPUT, Graph
from adcli.language.names import canonical
from adcli.language.naming import Built, letter_of, name_outputs, name_steps
from adcli.language.numbers import underflowing
from adcli.language.parser import parse
from adcli.language.program import Again, Note, Program
from adcli.language.survey import survey
from adcli.language.syntax import ASSIGN, NAME, NUMBER, OUTPUTS, Syntax
from adcli.notation import SPOKEN
from adcli.primitives import TABLE
from adcli.sweep import FAILURES

COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})
CONDITIONS = COMPARISONS | {"and", "or", "not"}
VISIT, FINISH, CHOOSE = range(3)
NODE, VALUE = range(2)


def program(
    text: str,
    point: Mapping[str, Any] | None = None,
    *,
    share: bool = True,
    outputs: Sequence[str] | None = None,
) -> Program:
    """The Program of a text, run at `point` if one is given (canonical names to real values).

    `outputs` chooses other outputs than the text does. Raises AdcliSyntaxError or NameProblem, and
    DomainError where a value that decides a branch does not exist.
    """
    return run(text, parse(text), point, share=share, chosen=outputs)


def run(
    text: str,
    syntax: Sequence[Syntax],
    point: Mapping[str, Any] | None = None,
    *,
    share: bool = True,
    chosen: Sequence[str] | None = None,
    decide: bool = True,
) -> Program:
    """Execute statements into a Program. Without `decide`, every choice stays a select step."""
    again = partial(rerun, text, syntax, share, chosen)
    return Run(text, point, share=share, decide=decide).program(syntax, chosen, again)


def rerun(
    text: str,
    syntax: Sequence[Syntax],
    share: bool,  # noqa: FBT001  # bound once, above
    chosen: Sequence[str] | None,
    point: Mapping[str, Any] | None,
    *,
    decide: bool,
) -> Program:
    """The same statements at another point."""
    return run(text, syntax, point, share=share, chosen=chosen, decide=decide)


class Run:
    """One execution: the names bound so far, and the graph that grows."""

    def __init__(self, text: str, point: Mapping[str, Any] | None, *, share: bool, decide: bool) -> None:
        self.text = text
        self.point = point
        self.decide = decide
        self.graph = Graph(share=share)
        self.starts, self.ends = array("q"), array("q")
        self.bound: dict[str, Built] = {}
        self.notes: list[Note] = []
        self.values: list[Any] = []  # of the nodes so far, when a condition has asked for them
        self.needs_point = self.has_choice = False

    def program(self, syntax: Sequence[Syntax], chosen: Sequence[str] | None, again: Again) -> Program:
        """Run the statements and name what came out."""
        found = survey(self.text, syntax, self.point or {})
        self.notes += found.notes
        for name, leaf in found.inputs.items():
            self.bound[name] = self.add(INPUT, (), name, leaf)
        inputs = tuple(self.bound)
        assigned: list[tuple[str, Built]] = []
        names: set[str] = set()
        bare: list[tuple[str | None, Built]] = []
        for statement in syntax:
            if statement.op == ASSIGN:
                target, value = statement.args
                name = canonical(target.args[0])
                self.bound[name] = self.evaluate(value)
                assigned.append((name, self.bound[name]))
                names.add(name)
            elif statement.op == OUTPUTS:
                for value in statement.args:
                    word = canonical(value.args[0]) if value.op == NAME else None
                    bare.append((word if word in names else None, self.number(value)))
        if not assigned and not bare:
            raise AdcliSyntaxError(
                "the program has no expression", span=Span(syntax[-1].end, syntax[-1].end), text=self.text,
                hint="add one, as in x^2*y + 2*y",
            )  # fmt: skip
        named = name_steps(self.graph, inputs, assigned)
        letter = letter_of(self.graph, inputs, named)
        found_outputs = name_outputs(self.text, inputs, assigned, bare, chosen)
        outputs = {name: self.node(made) for name, made in found_outputs.items()}
        for node in outputs.values():
            place = Syntax(self.graph.op[node], (), self.starts[node], self.ends[node])
            self.need_numbers([self.graph.op[node] in CONDITIONS], place)
        return Program(
            source=self.text, graph=self.graph.close(), inputs=inputs, outputs=outputs, named=named,
            spelled=found.spelled, starts=self.starts, ends=self.ends, notes=tuple(self.notes),
            needs_point=self.needs_point, has_choice=self.has_choice, again=again,
            letter=letter,
        )  # fmt: skip

    def number(self, syntax: Syntax) -> Built:
        """An expression that must be a number, not a condition."""
        made = self.evaluate(syntax)
        self.need_numbers([self.is_condition(made)], syntax)
        return made

    def is_condition(self, made: Built) -> bool:
        """Whether an expression is true or false, not a number."""
        return isinstance(made, int) and self.graph.op[made] in CONDITIONS

    def evaluate(self, root: Syntax) -> Built:
        """Build the nodes of an expression and return the last one's id, or the constant that it is."""
        work: list[tuple[Syntax, int, int]] = [(root, NODE, VISIT)]
        done: list[Any] = []
        while work:
            syntax, want, stage = work.pop()
            if stage == FINISH:
                count = len(syntax.args)
                operands = done[-count:]
                del done[-count:]
                done.append(self.build(syntax, operands) if want == NODE else self.compute(syntax, operands))
            elif stage == CHOOSE:
                self.choose(work, syntax, want, done.pop())
            elif syntax.op in (NUMBER, NAME):
                done.append(self.leaf(syntax) if want == NODE else self.known(syntax))
            elif syntax.op == "select" and self.decide:
                self.has_choice = True
                work.append((syntax, want, CHOOSE))
                work.append((syntax.args[0], VALUE, VISIT))
            elif syntax.op == "pow" and self.is_e(syntax.args[0]):  # e^x is exp(x), to the last digit
                work.append((syntax._replace(op="exp", args=syntax.args[1:]), want, VISIT))
            else:
                work.append((syntax, want, FINISH))
                work.extend((arg, want, VISIT) for arg in reversed(syntax.args))
        return done.pop()  # type: ignore[no-any-return]  # the root was asked for as a node

    def choose(self, work: list[tuple[Syntax, int, int]], syntax: Syntax, want: int, condition: Any) -> None:
        """Go on with the branch that a condition decides, or with a select step when nothing does."""
        if condition is None:
            self.needs_point = True
            work.append((syntax, want, FINISH))
            work.extend((arg, want, VISIT) for arg in reversed(syntax.args))
        elif isinstance(condition, bool):
            work.append((syntax.args[1 if condition else 2], want, VISIT))
        else:
            self.not_a_condition(syntax.args[0])

    def leaf(self, syntax: Syntax) -> Built:
        """What a literal or a name stands for."""
        (data,) = syntax.args
        if syntax.op == NUMBER:
            if data == 0 and (literal := underflowing(self.text[syntax.start : syntax.end])):
                span = Span(syntax.start, syntax.end)
                note = Note("underflow", f"{literal} is smaller than any number and is read as 0", span=span)
                if note not in self.notes:  # a condition may have read it before
                    self.notes.append(note)
            return syntax
        return self.bound.get(canonical(data), syntax)

    def node(self, made: Built) -> int:
        """The node of what an expression made."""
        if isinstance(made, int):
            return made
        (data,) = made.args
        return self.add(CONST, (), data if made.op == NUMBER else canonical(data), made)

    def build(self, syntax: Syntax, operands: list[Built]) -> Built:
        """The node of an operation. A minus before a number is its sign: x^-1 has no step for it."""
        first = operands[0]
        if syntax.op == "neg" and isinstance(first, Syntax) and first.op == NUMBER and first.args[0] > 0:
            return syntax._replace(op=NUMBER, args=(-first.args[0],))
        self.check_kinds(syntax, list(map(self.is_condition, operands)))
        return self.add(syntax.op, tuple(map(self.node, operands)), None, syntax)

    def is_e(self, syntax: Syntax) -> bool:
        """Whether an expression is the constant e by name."""
        return syntax.op == NAME and syntax.args[0] == "e" and "e" not in self.bound

    def add(self, op: str, args: tuple[int, ...], data: Any, syntax: Syntax) -> int:
        """Add a node and remember where it stands, if it is new."""
        node = self.graph.add(op, args, data)
        if node == len(self.starts):
            self.starts.append(syntax.start)
            self.ends.append(syntax.end)
        return node

    # Values, for conditions. None: not known without a point.

    def known(self, syntax: Syntax) -> Any:
        """The value of a literal or a name."""
        made = self.leaf(syntax)
        if isinstance(made, int):
            return self.value(made)
        (data,) = made.args
        return REAL.lift(data if made.op == NUMBER else canonical(data))

    def value(self, node: int) -> Any:
        """The value of a node at the point; all before it are computed too."""
        graph, values = self.graph, self.values
        if self.point is None and graph.variable[node]:
            return None
        for i in range(len(values), node + 1):
            args = [values[arg] for arg in graph.args[i]]
            span = Span(self.starts[i], self.ends[i])
            if graph.op[i] == INPUT:
                values.append(None if self.point is None else self.point.get(graph.data[i]))
            elif graph.op[i] == CONST:
                values.append(REAL.lift(graph.data[i]))
            else:
                value = None if None in args else self.apply(graph.op[i], args, span)
                values.append(bool(value) if graph.op[i] in CONDITIONS and value is not None else value)
        return values[node]

    def compute(self, syntax: Syntax, operands: list[Any]) -> Any:
        """The value of an operation inside a condition."""
        self.check_kinds(syntax, [isinstance(value, bool) for value in operands], operands)
        if None in operands:
            return None
        if syntax.op in COMPARISONS and operands[0] == operands[1] and self.point:
            self.notes.append(Note(
                "kink", f"the two sides of {self.text[syntax.start : syntax.end]} are equal at this point: "
                "the branch taken may have another slope than the other one",
                span=Span(syntax.start, syntax.end),
            ))  # fmt: skip
        value = self.apply(syntax.op, operands, Span(syntax.start, syntax.end))
        return bool(value) if syntax.op in CONDITIONS else value

    def apply(self, op: str, operands: Sequence[Any], span: Span) -> Any:
        """A value that decides a branch; it must exist."""
        try:
            value = REAL.function(op)(*operands)
            if not math.isfinite(value):
                raise OverflowError  # + - * / do not raise it themselves
        except FAILURES as error:
            reason = "overflow" if isinstance(error, OverflowError) else "not defined here"
            needs = TABLE[op].needs if reason != "overflow" else ""
            raise DomainError(
                f"{reason}: {self.text[span.start : span.end]}, which decides a branch",
                span=span, text=self.text, details=(f"{SPOKEN.get(op, op)} needs {needs}",) if needs else (),
            ) from error  # fmt: skip
        return value

    # Conditions and numbers do not mix.

    def check_kinds(self, syntax: Syntax, conditions: list[bool], known: Sequence[Any] | None = None) -> None:
        """Logic takes conditions, everything else takes numbers."""
        if syntax.op in ("and", "or", "not"):
            for arg, is_condition, value in zip(syntax.args, conditions, known or conditions, strict=True):
                if not is_condition and value is not None:
                    self.not_a_condition(arg)
        elif syntax.op == "select":
            if not conditions[0] and (known is None or known[0] is not None):
                self.not_a_condition(syntax.args[0])
            self.need_numbers(conditions[1:], *syntax.args[1:])
        else:
            self.need_numbers(conditions, *syntax.args)

    def need_numbers(self, conditions: list[bool], *parts: Syntax) -> None:
        """Raise AdcliSyntaxError for a condition where a number should stand."""
        for is_condition, part in zip(conditions, parts, strict=True):
            if is_condition:
                raise AdcliSyntaxError(
                    "a condition is not a number", span=Span(part.start, part.end), text=self.text,
                    hint="to choose between two values write if(condition, value, other value)",
                )  # fmt: skip

    def not_a_condition(self, part: Syntax) -> None:
        """Raise AdcliSyntaxError for a number where a condition should stand."""
        raise AdcliSyntaxError(
            "a number is not a condition", span=Span(part.start, part.end), text=self.text,
            hint="compare it, as in x != 0",
        )  # fmt: skip
