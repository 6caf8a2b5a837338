"""Expressions to nodes, with a work list: a choice builds only its branch, a call runs its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import AdcliSyntaxError, Span, UsageError
from adcli.graph import Shape
from adcli.language import arrays
from adcli.language.conditions import (
    CONDITIONS,
    NeedsPoint,
    check_kinds,
    need_numbers,
    not_a_condition,
)
from adcli.language.diagnostics import wrong_count
from adcli.language.gradients import Frame, differentiate, differentiated
from adcli.language.names import canonical
from adcli.language.naming import Built
from adcli.language.nodes import Nodes, parameter
from adcli.language.stages import CHOOSE, DIFFERENTIATE, ENTER, FINISH, LEAVE, NODE, TAKE, VALUE, VISIT
from adcli.language.syntax import ARRAY, GRAD, INDEX, INVOKE, NAME, NUMBER, Syntax

MOST_DEPTH = 1000
MOST_CALLS = 1_000  # at least; see run
PLACED = (INDEX, *arrays.OF_SIZES)  # operations whose numbers are known when the graph is made


class Expressions(Nodes):
    """The graph of one run, as its expressions are read, and the branches that they take."""

    def __init__(
        self,
        text: str,
        point: Mapping[str, Any] | None,
        *,
        share: bool,
        decide: bool,
        arithmetic: Arithmetic = REAL,
    ) -> None:
        super().__init__(text, point, share=share, arithmetic=arithmetic)
        self.decide = decide
        self.functions: dict[str, Syntax] = {}
        self.shapes: list[Shape] = []  # of the nodes so far, when a gradient has asked for them
        self.needs_point = self.has_choice = False
        self.tapes: dict[int, Any] = {}  # of expressions in loops, by the identity of their Syntax
        self.flipped: frozenset[Span] = frozenset()  # conditions to take for their opposite
        self.boundaries: dict[Span, Span] = {}  # comparisons with equal sides, and the conditions they decide
        self.calls, self.most_calls = 0, MOST_CALLS
        self.graded = False  # does the program differentiate?
        self.differentiating: list[tuple[int, Built] | None] = []  # stand-ins of parameters, innermost last

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
        self.calls += 1
        if self.calls > self.most_calls:
            raise UsageError(
                f"the program calls functions more than {self.most_calls} times", span=span, text=self.text,
                hint="give a higher limit with --max-steps N, 50 for every call, or use a loop",
            )  # fmt: skip
        if len(self.frames) >= MOST_DEPTH:
            raise UsageError(
                f"{name} calls itself more than {MOST_DEPTH} times deep", span=span, text=self.text,
                hint="a recursion needs an end, as in fact(n) = if(n <= 1, 1, n*fact(n-1))",
            )  # fmt: skip

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
