"""Expressions to nodes, with a work list: a choice builds only its branch, a call runs its body."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from adcli import engine
from adcli.arithmetic import Arithmetic, Undecided
from adcli.arithmetic.real import REAL
from adcli.errors import AdcliSyntaxError, DomainError, NameProblem, Span, UsageError
from adcli.graph import CONST, INPUT, Graph, Shape
from adcli.language import arrays
from adcli.language.branches import Branches
from adcli.language.conditions import (
    COMPARISONS,
    CONDITIONS,
    NeedsPoint,
    check_kinds,
    need_numbers,
    not_a_condition,
)
from adcli.language.diagnostics import wrong_count
from adcli.language.gradients import Frame, differentiate, differentiated
from adcli.language.names import CONSTANTS, canonical
from adcli.language.naming import Built
from adcli.language.note import Note
from adcli.language.numbers import underflowing
from adcli.language.shaping import condition_on, unfit
from adcli.language.stages import CHOOSE, DIFFERENTIATE, ENTER, FINISH, LEAVE, NODE, TAKE, VALUE, VISIT
from adcli.language.syntax import ARRAY, GRAD, INDEX, INVOKE, NAME, NUMBER, Syntax
from adcli.notation import SPOKEN
from adcli.primitives import ROWS
from adcli.primitives.shapes import Unfit, of_value
from adcli.undefined import FAILURES, Undefined

MOST_DEPTH = 1000
PLACED = (INDEX, *arrays.OF_SIZES)  # operations whose numbers are known when the graph is made


class Expressions:
    """The graph of one run, the names bound so far, and the values that decide its branches."""

    def __init__(
        self,
        text: str,
        point: Mapping[str, Any] | None,
        *,
        share: bool,
        decide: bool,
        arithmetic: Arithmetic = REAL,
    ) -> None:
        self.text = text
        self.arithmetic = arithmetic  # of the values that decide branches
        self.point = point
        self.decide = decide
        self.graph = Graph(share=share)
        self.starts, self.ends = array("q"), array("q")
        self.bound: dict[str, Built] = {}
        self.functions: dict[str, Syntax] = {}
        self.frames: list[Frame] = []
        self.notes: list[Note] = []
        self.branches = Branches(text)
        self.shapes: list[Shape] = []  # of the nodes so far, when a gradient has asked for them
        self.values: list[Any] = []  # of the nodes so far, when a condition has asked for them
        self.needs_point = self.has_choice = False
        self.tapes: dict[int, Any] = {}  # of expressions in loops, by the identity of their Syntax
        self.flipped: frozenset[Span] = frozenset()  # conditions to take for their opposite
        self.boundaries: dict[Span, Span] = {}  # comparisons with equal sides, and the conditions they decide
        self.equal: list[Span] = []  # such comparisons since the last decision
        self.graded = False  # does the program differentiate?
        self.differentiating: list[tuple[int, Built] | None] = []  # stand-ins of parameters, innermost last
        self.conditions = False  # is any node true or false, not a number?

    # Building

    def number(self, syntax: Syntax) -> Built:
        """An expression that must be a number, not a condition."""
        made = self.evaluate(syntax, NODE)
        need_numbers(self.text, [self.is_condition(made)], syntax)
        return made  # type: ignore[no-any-return]  # a node was wanted

    def is_condition(self, made: Built) -> bool:
        """Whether an expression is true or false, not a number."""
        return isinstance(made, int) and self.graph.op[made] in CONDITIONS

    def repeated(self, root: Syntax) -> Any:
        """The node of an expression that a loop evaluates again and again; it is laid out once."""
        tape = self.tapes.get(id(root), self)
        if tape is self:
            self.tapes[id(root)] = laid_out(root)
            return self.evaluate(root, NODE)
        if tape is None or self.frames or self.conditions or "e" in self.bound:
            return self.evaluate(root, NODE)
        done: list[Any] = []
        bound, node = self.bound.get, self.node
        for op, count, syntax, name in tape:
            if count == 0:
                done.append(syntax if name is None else bound(name, syntax))
            elif op == "neg" and not isinstance(done[-1], int):
                done[-1] = self.build(syntax, done[-1:])
            else:
                args = tuple([made if isinstance(made, int) else node(made) for made in done[-count:]])
                del done[-count:]
                done.append(self.add(op, args, parameter(syntax), syntax))
        return done.pop()

    def repeated_value(self, root: Syntax) -> Any:
        """The value of an expression that a loop asks for again and again."""
        tape = self.tapes.get(id(root), self)
        if tape is self:
            tape = self.tapes[id(root)] = laid_out(root, conditions=True)
        if tape is None or self.frames or "e" in self.bound:
            return self.evaluate(root, VALUE)
        done: list[Any] = []
        for _, count, syntax, _ in tape:
            if count == 0:
                done.append(self.known(syntax))
            else:
                operands = done[-count:]
                del done[-count:]
                done.append(self.compute(syntax, operands))
        return done.pop()

    def evaluate(self, root: Syntax, wanted: int) -> Any:  # noqa: C901, PLR0912  # one loop, a case each
        """The node (or constant) of an expression, or its value; None for a value that is not known."""
        work: list[tuple[Syntax, int, int]] = [(root, wanted, VISIT)]
        done: list[Any] = []
        while work:
            syntax, want, stage = work.pop()
            op, args = syntax.op, syntax.args
            if stage == FINISH:
                count = len(args)
                operands = done[-count:]
                del done[-count:]
                if op in PLACED:
                    done.append(self.placed(syntax, operands, want))
                elif want == NODE:
                    done.append(self.build(syntax, operands))
                else:
                    done.append(self.compute(syntax, operands))
            elif stage == VISIT:
                if op in (NUMBER, NAME):
                    done.append(self.leaf(syntax) if want == NODE else self.known(syntax))
                elif op == "select" and self.decide:
                    self.has_choice = True
                    work += ((syntax, want, CHOOSE), (args[0], VALUE, VISIT))
                elif op == INVOKE:
                    self.check_call(syntax)
                    work.append((syntax, want, ENTER))
                    work.extend((arg, want, VISIT) for arg in reversed(args[1:]))
                elif op in PLACED:  # its numbers are known when the graph is made
                    work.append((syntax, want, FINISH))
                    work.extend((arg, VALUE, VISIT) for arg in reversed(args[op == INDEX :]))
                    if op == INDEX:
                        work.append((args[0], want, VISIT))
                elif op == GRAD:
                    work += differentiate(self, syntax, want)
                elif op == "pow" and self.is_e(args[0]):  # e^x is exp(x), to the last digit
                    work.append((syntax._replace(op="exp", args=args[1:]), want, VISIT))
                else:
                    work.append((syntax, want, FINISH))
                    work.extend((arg, want, VISIT) for arg in reversed(args))
            elif stage == CHOOSE:
                self.choose(work, syntax, want, done.pop())
            else:
                self.resume(work, done, syntax, want, stage)
        return done.pop()

    def resume(
        self, work: list[tuple[Syntax, int, int]], done: list[Any], syntax: Syntax, want: int, stage: int
    ) -> None:
        """Go on with a call or a derivative whose operands are there."""
        if stage == ENTER:
            _, params, body = self.functions[syntax.args[0]].args
            arguments = done[len(done) - len(params) :]
            del done[len(done) - len(params) :]
            names = (canonical(param.args[0]) for param in params)
            self.frames.append(Frame(want, dict(zip(names, arguments, strict=True))))
            work += ((syntax, want, LEAVE), (body, want, VISIT))
        elif stage == DIFFERENTIATE:
            done.append(differentiated(self, syntax, done.pop()))
        elif stage == TAKE:
            made = done.pop()
            done.append(self.value(made) if isinstance(made, int) else REAL.lift(made.args[0]))
        else:
            self.frames.pop()

    def located(self, syntax: Syntax) -> None:
        """Say that all new nodes stand where an expression does."""
        for node in range(len(self.starts), len(self.graph)):
            self.conditions |= self.graph.op[node] in CONDITIONS
            self.starts.append(syntax.start)
            self.ends.append(syntax.end)

    def choose(self, work: list[tuple[Syntax, int, int]], syntax: Syntax, want: int, condition: Any) -> None:
        """Go on with the branch that a condition decides, or with a select step when nothing does."""
        if condition is None:
            self.needs_point = True
            self.branches.varied = False
            work.append((syntax, want, FINISH))
            work.extend((arg, want, VISIT) for arg in reversed(syntax.args))
        elif isinstance(condition, bool):
            test = syntax.args[0]
            taken = syntax.args[1 if self.decided(test, outcome=condition) else 2]
            work.append((taken, want, VISIT))
        else:
            raise not_a_condition(self.text, syntax.args[0])

    def decided(self, test: Syntax, *, outcome: bool) -> bool:
        """Remember how a condition was decided, and say which way to go."""
        span = Span(test.start, test.end)
        self.branches.decided(span, outcome=outcome)
        self.boundaries.update(dict.fromkeys(self.equal, span))
        self.equal.clear()
        return outcome != (span in self.flipped)

    def check_call(self, syntax: Syntax) -> None:
        """A call needs a definition before it, as many arguments as parameters, and a depth that ends."""
        name, *args = syntax.args
        span = Span(syntax.start, syntax.end)
        if name not in self.functions:
            raise AdcliSyntaxError(
                f"{name} is called before its definition", span=span, text=self.text, hint="define it first"
            )
        params = self.functions[name].args[1]
        if len(args) != len(params):
            raise wrong_count(name, len(params), len(args), span, text=self.text)
        if len(self.frames) >= MOST_DEPTH:
            raise UsageError(
                f"{name} calls itself more than {MOST_DEPTH} times deep", span=span, text=self.text,
                hint="a recursion needs an end, as in fact(n) = if(n <= 1, 1, n*fact(n-1))",
            )  # fmt: skip

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

    def node(self, made: Built) -> int:
        """The node of what an expression made."""
        if isinstance(made, int):
            return made
        return self.add(CONST, (), self.constant(made), made)

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

    def build(self, syntax: Syntax, operands: list[Built]) -> Built:
        """The node of an operation. A minus before a number is its sign: x^-1 has no step for it."""
        first = operands[0]
        if syntax.op == "neg" and isinstance(first, Syntax) and first.op == NUMBER and first.args[0] > 0:
            return syntax._replace(op=NUMBER, args=(-first.args[0],))
        check_kinds(self.text, syntax, list(map(self.is_condition, operands)))
        return self.add(syntax.op, tuple(map(self.node, operands)), parameter(syntax), syntax)

    def placed(self, syntax: Syntax, operands: list[Any], want: int) -> Any:
        """An index, or an array made of sizes, all of which are values: a node, or its value."""
        of_sizes = syntax.op != INDEX
        numbers = operands if of_sizes else operands[1:]
        if None in numbers:
            if want == VALUE:
                return None
            part = syntax.args[operands.index(None)]
            deciding = self.text[part.start : part.end]
            raise NeedsPoint(
                f"{deciding} is a place in an array and has no value without a point",
                span=Span(part.start, part.end), text=self.text, hint="give a point, as in --at x=1",
            )  # fmt: skip
        if of_sizes:
            shape, entries = arrays.made_of_sizes(self.text, syntax, numbers)
            if want == VALUE:
                return self.apply(ARRAY, shape, [float(entry) for entry in entries], syntax)
            self.forget_places()
            zero, one = (self.node(syntax._replace(op=NUMBER, args=(k,))) for k in (0, 1))
            return self.add(ARRAY, tuple(one if entry else zero for entry in entries), shape, syntax)
        places = arrays.places(self.text, syntax, numbers)
        if want == VALUE:
            return None if operands[0] is None else self.apply(INDEX, places, operands[:1], syntax)
        self.forget_places()
        return self.add(INDEX, (self.node(operands[0]),), places, syntax)

    def forget_places(self) -> None:
        """A place that depends on an input is decided anew at another point; no condition was met."""
        self.needs_point |= self.branches.varied
        self.branches.varied = False

    def is_e(self, syntax: Syntax) -> bool:
        """Whether an expression is the constant e by name."""
        local = self.frames and "e" in self.frames[-1].arguments
        return syntax.op == NAME and syntax.args[0] == "e" and "e" not in self.bound and not local

    def add(self, op: str, args: tuple[int, ...], data: Any, syntax: Syntax) -> int:
        """Add a node and remember where it stands, if it is new."""
        node = self.graph.add(op, args, data)
        if node == len(self.starts):
            self.conditions |= op in CONDITIONS
            self.starts.append(syntax.start)
            self.ends.append(syntax.end)
        return node

    # Values, for conditions and ranges. None: not known without a point.

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


def laid_out(root: Syntax, *, conditions: bool = False) -> list[tuple[str, int, Syntax, str | None]] | None:
    """An expression's operations in order: (operation, number of operands, place, name of a leaf).

    None for one whose course depends on values, calls, the constant e as a base, or conditions unless
    those are wanted.
    """
    tape: list[tuple[str, int, Syntax, str | None]] = []
    work = [root]
    while work:
        syntax = work.pop()
        op, args = syntax.op, syntax.args
        if op in (NUMBER, NAME):
            tape.append((op, 0, syntax, canonical(args[0]) if op == NAME else None))
        elif (
            op in (INVOKE, GRAD, *PLACED, "select")
            or (op in CONDITIONS and not conditions)
            or (op == "pow" and args[0].args[:1] == ("e",))
        ):
            return None
        else:
            tape.append((op, len(args), syntax, None))
            work.extend(args)
    tape.reverse()
    return tape
