"""A program's value and gradient as one straight-line function of floats, for thousands of evaluations.

The engine's own sweeps write the function down (`recording.py`), Python compiles it. Where it raises, or
meets a number that is not finite, the engine itself is asked: it has the answer, or the error and its step.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from adcli.answers.choosing import columns_of, names_of, one_output
from adcli.answers.running import explained, linearized, placed
from adcli.engine import sweep
from adcli.engine.undefined import FAILURES, Undefined
from adcli.errors import NameProblem, UsageError
from adcli.language.names import canonical
from adcli.language.program import Program
from adcli.study.recording import RECORDING, Tape, load

LARGEST = 20_000  # nodes: compiling takes some 20 µs for each, as long as 40 evaluations by the engine
Gradient = tuple[float, ...]
Straight = Callable[..., tuple[float, Gradient]]


class Kernel:
    """The value of one output and its gradient by the inputs of `wrt`, as a function of floats.

    It is called with a float per input in the order of `inputs`, or by name, and gives (value, gradient),
    where the gradient is a tuple in the order of `wrt`. Raises DomainError where either does not exist.
    """

    def __init__(
        self,
        program: Program,
        wrt: Sequence[str] | None = None,
        output: str | None = None,
        at: Mapping[str, float] | None = None,
    ) -> None:
        """`at` is any point: a program whose run depends on values has its outputs there."""
        self.program = program
        run = program if at is None else program.at(at)
        self.inputs = run.inputs
        self.columns = columns_of(run, wrt)
        self.wrt = tuple(names_of(run, self.columns))
        self.output = one_output(run, output) if run.outputs else output or ""
        self.compiled = not program.needs_point and len(program.graph) <= LARGEST
        found = self.compiled and straight(program, self.columns, program.outputs[self.output], self.engine)
        # The function that is called with a float per input, and trusts its caller.
        self.call: Straight = found or self.engine

    def __call__(self, *values: float, **named: float) -> tuple[float, Gradient]:
        """The value and the gradient."""
        if named:
            values = self.ordered(values, named)
        if len(values) != len(self.inputs):
            raise UsageError(
                f"{len(self.inputs)} numbers are needed, and {len(values)} are given",
                hint=f"one for each input: {', '.join(self.inputs)}",
            )
        return self.call(*map(float, values))

    def ordered(self, values: Sequence[float], named: Mapping[str, float]) -> tuple[float, ...]:
        """The values of all inputs in their order."""
        point = dict(zip(self.inputs, values, strict=False))
        for name, value in named.items():
            known = canonical(name)
            if known not in self.inputs or known in point:
                what = "is given twice" if known in point else "is not an input"
                raise NameProblem(f'"{name}" {what}', details=(f"inputs: {', '.join(self.inputs)}",))
            point[known] = value
        if missing := [name for name in self.inputs if name not in point]:
            raise NameProblem(f"no value for {', '.join(missing)}")
        return tuple(point[name] for name in self.inputs)

    def engine(self, *values: float) -> tuple[float, Gradient]:
        """The same by the engine, step by step; its errors name the step."""
        program, at = placed(self.program, dict(zip(self.inputs, values, strict=True)))
        node = program.outputs[self.output]
        lin = linearized(program, at, self.columns, [node])
        with explained(program, at):
            adjoints = sweep.reverse(lin, {node: 1.0})
        return lin.primals[node], tuple(adjoints[column] + 0.0 for column in self.columns)


class Written(NamedTuple):
    """A graph's value and slopes as statements on a tape, and its parameters."""

    tape: Tape
    parameters: list[Any]
    value: Any
    slopes: list[Any]

    def body(self, answer: ast.stmt) -> list[ast.stmt]:
        """The statements, and `answer` at the end."""
        return self.tape.body(answer, [self.value, *self.slopes])

    def function(self, extra: Sequence[str], body: list[ast.stmt], known: Mapping[str, Any]) -> Any:
        """The compiled function of the parameters and `extra` ones."""
        parameters = [ast.arg(name) for name in (*(term.name for term in self.parameters), *extra)]
        kinds = {kind.__name__: kind for kind in FAILURES}
        return FunctionType(compiled(parameters, body), {**self.tape.functions, **kinds, **known}, "kernel")


def written(
    program: Program, columns: Sequence[int], output: int, failed: Callable[[list[Any]], ast.stmt]
) -> Written | None:
    """A graph on a tape; `failed` is what to do where a number is not finite.

    None where a constant part of it already fails.
    """
    tape = Tape()
    at = {name: tape.input() for name in program.inputs}
    try:
        lin = sweep.linearize(program.graph, RECORDING, at, columns, [output])
        adjoints = sweep.reverse(lin, {output: 1.0})
    except Undefined:
        return None
    value = lin.primals[output]
    slopes = [adjoints[column] for column in columns]
    parameters = list(at.values())
    tape.check([value, *slopes, *ends(program, lin.primals, tape)], failed(parameters))
    return Written(tape, parameters, value, slopes)


def straight(program: Program, columns: Sequence[int], output: int, otherwise: Straight) -> Straight | None:
    """The compiled function of a graph, which asks `otherwise` where something fails."""

    def asked(parameters: list[Any]) -> ast.stmt:
        return ast.Return(ast.Call(ast.Name("otherwise", ast.Load()), list(map(load, parameters)), []))

    made = written(program, columns, output, asked)
    if made is None:
        return None
    slopes = ast.Tuple(list(map(load, made.slopes)), ast.Load())
    answer = ast.Return(ast.Tuple([load(made.value), slopes], ast.Load()))
    body = ast.Try(made.body(answer), [ast.ExceptHandler(failures(), None, [asked(made.parameters)])], [], [])
    found: Straight = made.function((), [body], {"otherwise": otherwise})
    return found


def failures() -> ast.expr:
    """What the functions of floats raise."""
    return ast.Tuple([ast.Name(kind.__name__, ast.Load()) for kind in FAILURES], ast.Load())


def ends(program: Program, primals: Sequence[Any], tape: Tape) -> list[Any]:
    """The steps that nothing uses and that may be infinite: other outputs."""
    used = {arg for args in program.graph.args for arg in args}
    return [
        x for node, x in enumerate(primals) if node not in used and getattr(x, "place", -1) in tape.carried
    ]


def compiled(parameters: list[ast.arg], body: list[ast.stmt]) -> CodeType:
    """The code of a function; nothing of it was ever text."""
    arguments = ast.arguments([], parameters, None, [], [], None, [])
    function = ast.FunctionDef("kernel", arguments, body, [], None)
    module = ast.fix_missing_locations(ast.Module([function], []))
    code = compile(module, "<kernel>", "exec")
    return next(constant for constant in code.co_consts if isinstance(constant, CodeType))
