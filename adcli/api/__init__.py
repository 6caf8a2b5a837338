"""The Python interface: the questions of the command line as functions on programs and dictionaries.

>>> import adcli
>>> p = adcli.parse("x^2*y + 2*y")
>>> adcli.value(p, {"x": 1, "y": 2})
6.0
>>> adcli.grad(p, {"x": 1, "y": 2})
{'x': 4.0, 'y': 3.0}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from adcli import answers, engine
from adcli.answers import choosing
from adcli.api.results import TraceRows, Verdicts
from adcli.arithmetic import Arithmetic
from adcli.arithmetic.real import REAL
from adcli.errors import UsageError
from adcli.language.program import Program
from adcli.language.run import program

Point = Mapping[str, Any]


def parse(
    text: str, *, names: Iterable[str] = (), outputs: Sequence[str] | None = None, share: bool = True
) -> Program:
    """The program of a text: `inputs` and `outputs` are names, `graph` a Wengert list, str() its reading.

    `names` are those that a point will bind: they tell x(y+1), a product, from a call. `outputs` chooses
    assigned names as outputs; without `share` equal sub-expressions stay separate steps. Raises
    AdcliError (`kind` "syntax" or "name") with the place in the text.

    >>> parse("g = x*y; f = g + sin(g)").inputs
    ('x', 'y')
    """
    if not isinstance(text, str):
        raise TypeError(f"an expression is text, as in parse('x^2*y'), not {type(text).__name__}")
    return program(text, names=names, outputs=outputs, share=share)


def value(p: Program | str, at: Point, *, arithmetic: Arithmetic = REAL) -> Any:
    """The output's value at a point, or the list of all outputs' values.

    It is a float, or with adcli.EXACT a Fraction or a closed form, with adcli.balls(50) a number of which
    50 digits are certified, with adcli.rounded(4) what a person gets who rounds every step to 4 digits. In
    these a text in `at`, as in "pi/3", is a constant expression, and a float the binary fraction that it is.
    Raises AdcliError: `kind` "name" for a missing or unknown input, "domain" where a step has no value.

    >>> value("x/y", {"x": 1, "y": 4})
    0.25
    >>> from adcli import EXACT, balls, rounded
    >>> value("sin(x)", {"x": "pi/3"}, arithmetic=EXACT)
    √3/2
    >>> str(value("sin(x)", {"x": "pi/3"}, arithmetic=balls(30)))
    '0.866025403784438646763723170753'
    >>> value("sin(x)^2", {"x": "pi/3"}, arithmetic=rounded(4))
    0.7498
    """
    return answers.value(as_program(p, at), at, arithmetic=arithmetic).value


def grad(
    p: Program | str,
    at: Point,
    *,
    mode: Literal["auto", "forward", "reverse"] = "auto",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    arithmetic: Arithmetic = REAL,
) -> dict[str, Any]:
    """The partial derivatives of one output by the inputs of `wrt` (default: all), in their order.

    They are floats, or numbers of another `arithmetic`, as `value` tells.

    Reverse mode takes one sweep, forward mode one per input; both give the same numbers. Raises
    AdcliError: "usage" for several outputs without `output`, "domain" where a slope does not exist.

    >>> grad("x1/x2", {"x1": 3, "x2": 2}, wrt=["x2"])
    {'x2': -0.75}
    >>> from adcli import EXACT
    >>> grad("x/y", {"x": 1, "y": 3}, arithmetic=EXACT)
    {'x': Fraction(1, 3), 'y': Fraction(-1, 9)}
    """
    program = as_program(p, at)
    return answers.gradient(program, at, mode=mode, wrt=wrt, output=output, arithmetic=arithmetic).gradient


def jacobian(
    p: Program | str,
    at: Point,
    *,
    mode: Literal["auto", "forward", "reverse"] = "auto",
    wrt: Sequence[str] | None = None,
    arithmetic: Arithmetic = REAL,
) -> list[list[Any]]:
    """The matrix ∂output/∂input: a row per output, a column per input (numerator layout).

    The entries are floats, or numbers of another `arithmetic`, as `value` tells.

    >>> jacobian("x*y, x - y", {"x": 2, "y": 3})
    [[3.0, 2.0], [1.0, -1.0]]
    """
    return answers.jacobian(as_program(p, at), at, mode=mode, wrt=wrt, arithmetic=arithmetic).jacobian


def codegen(
    p: Program | str,
    at: Point | None = None,
    *,
    to: Literal["python", "numpy", "c", "latex"] = "python",
    what: Literal["value", "gradient", "jacobian", "hessian"] = "gradient",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    name: str | None = None,
    compact: bool = False,
) -> str:
    """The text of a function that computes the value or the derivatives; at a point, of the run there.

    Raises AdcliError: "usage" where loops or choices need a point, and for a gradient of several outputs.

    >>> print(codegen("x*y", what="value", compact=True).splitlines()[-1])
        return x * y
    """
    from adcli.coding.answer import codegen as answer  # few ask for code

    found = answer(
        as_program(p, at),
        at,
        to=to,
        what=what,
        wrt=wrt,
        output=output,
        name=name,
        compact=compact,
        force=True,
    )
    return found.code


def diff(
    p: Program | str,
    wrt: str | None = None,
    *,
    order: int = 1,
    output: str | None = None,
    at: Point | None = None,
) -> Program:
    """The derivative of one output as a Program; str() is its formula, simplified.

    `wrt` may be left out where there is one input; a program whose course depends on values needs `at`.
    Raises AdcliError: "usage" where an input or output must be named, "domain" where there is no
    derivative at all.

    >>> str(diff("x^2*sin(x)", "x"))
    'x^2*cos(x) + 2*x*sin(x)'
    """
    from adcli import deriving  # a gradient needs no formulas
    from adcli.deriving.written import source

    made = as_program(p, at or {})
    chosen = choosing.one_output(made, output)
    if wrt is None:
        if len(made.inputs) != 1:
            raise UsageError(
                f"the program has {len(made.inputs)} inputs: {', '.join(made.inputs) or 'none'}",
                hint="name one of them, as in diff(p, 'x')",
            )
        wrt = made.inputs[0]
    if made.blocked is None and engine.has_arrays(made.graph, list((at or {}).values())):
        from adcli import matrices  # few programs have arrays

        found = matrices.diff(made, at, wrt=[wrt], order=order, output=chosen)
        if isinstance(found, matrices.MatrixAnswer):
            for row in found.formulas.values():
                return program(found.source(next(iter(row.values())).term))
        raise UsageError(
            f"the derivative by {wrt} is no one matrix formula", hint="adcli diff writes it entry by entry"
        )
    answer = deriving.diff(made, at, wrt=[wrt], order=order, output=chosen)
    (formula,) = answer.formulas[chosen].values()
    return program(source(answer.program, formula))


def trace(
    p: Program | str,
    at: Point | None = None,
    *,
    mode: Literal["forward", "reverse"] = "reverse",
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    seed: Mapping[str, Any] | None = None,
    paths: str | None = None,
    arithmetic: Arithmetic = REAL,
) -> TraceRows:
    """The evaluation trace of one sweep: a row per input and step, with formulas, partials and terms.

    Forward from the first of `wrt`, reverse from `output`, or from an own `seed`. `paths` names an input:
    `.paths` then has every path from it to `output`, with products and sum. Printed, the rows are the
    table of the command line. Its numbers are floats, or those of another `arithmetic`, as `value` tells.

    >>> [row["adjoint"] for row in trace("x*y", {"x": 2, "y": 3})]
    [3.0, 2.0, 1.0]
    >>> [path["product"] for path in trace("x*y + x", {"x": 2, "y": 3}, paths="x").paths["paths"]]
    [3.0, 1.0]
    """
    start = output if mode == "reverse" or paths is None else None  # with paths, it says where they end
    between = None if paths is None else (paths, output)
    program = as_program(p, at)
    return TraceRows(
        answers.trace(
            program, at, mode=mode, wrt=wrt, output=start, seed=seed, paths=between, arithmetic=arithmetic
        )
    )


def check(
    p: Program | str,
    at: Mapping[str, Any] | None,
    answer: str | Sequence[str] | Mapping[str, Any],
    *,
    wrt: Sequence[str] | None = None,
    output: str | None = None,
    tol: str | float | None = None,
    sigfigs: int | None = None,
    hint: int = 3,
    simplest: bool = False,
) -> Verdicts:
    """A student's answer with a verdict on every entry: `correct` and the entries as dictionaries.

    `answer` is a text such as "x=4, v4_bar=2.84" or "[[3, 2], [1, -1]]", several of them, or names with
    numbers or texts. Without a point it holds formulas. The digits that a text has say how exact it is
    meant; a number counts as exact to 12 digits. `correct` is None where something cannot be decided. With
    `simplest` a right formula that could be shorter has a remark.
    Raises AdcliError for what cannot be read, `kind` "domain" where the right number does not exist.

    >>> found = check("x^2*y + 2*y", {"x": 1.5, "y": 2}, "x=6, y=2.25")
    >>> found.correct, [entry["verdict"] for entry in found]
    (False, ['right', 'wrong'])
    >>> check("x^2", None, "x = x + x").correct
    True
    """
    from adcli.checking.numbers import Tolerance  # few ask
    from adcli.checking.questions import check as checked

    if isinstance(answer, Mapping):
        answer = ", ".join(f"{name}={spelled(value)}" for name, value in answer.items())
    texts = [answer] if isinstance(answer, str) else list(answer)
    tolerance = Tolerance.read(None if tol is None else str(tol), sigfigs)
    program = as_program(p, at)
    found = checked(
        program, at, texts, wrt=wrt, output=output, tolerance=tolerance, hint=hint, simplest=simplest
    )
    return Verdicts(found)


def spelled(value: Any) -> str:
    """A number of an answer as it would be written: a float in 12 digits, for it was computed."""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def as_program(p: Program | str, at: Point | None = None) -> Program:
    """A program, or the program of a text; a point's names tell x(y+1), a product, from a call."""
    return p if isinstance(p, Program) else parse(p, names=at or ())
