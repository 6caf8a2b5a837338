"""Whatever is typed is an answer or an AdcliError; random programs mean what an evaluator of our own says."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

import adcli
from adcli.language import names

EPS = 2.0**-52
POINT = {"x": 1.3, "y": -0.7, "z": 2.1, "theta": 0.4}
SPELLED = {"theta": ("theta", "θ")}
SETTINGS = settings(deadline=None, max_examples=150)


class Number(NamedTuple):
    """A value to 40 digits and a bound for the error of any careful evaluation in floats."""

    value: Any
    error: Any


class Outside(Exception):
    """The tree has no value, or it comes so near to a place without one that floats may not tell."""


# A tree is (op, *trees), a name, or a literal as text.
BINARY = {
    "+": (operator.add, lambda *_: (1, 1)),
    "-": (operator.sub, lambda *_: (1, 1)),
    "*": (operator.mul, lambda x, y: (y, x)),
    "/": (operator.truediv, lambda x, y: (1 / y, x / y**2)),
    "^": (mp.power, lambda x, y: (y * mp.power(x, y - 1), mp.power(x, y) * mp.log(x))),
}
UNARY: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "-": (operator.neg, lambda _: 1),
    "sin": (mp.sin, mp.cos),
    "cos": (mp.cos, mp.sin),
    "exp": (mp.exp, mp.exp),
    "atan": (mp.atan, lambda _: 1),
    "tanh": (mp.tanh, lambda _: 1),
    "sqrt": (mp.sqrt, lambda x: 1 / (2 * mp.sqrt(x))),
    "ln": (mp.log, lambda x: 1 / x),
    "abs": (abs, lambda _: 1),
}
DOMAIN = {"sqrt": lambda x: x > 1e-6, "ln": lambda x: x > 1e-6}


def evaluated(tree: Any, at: Mapping[str, Number]) -> Number:
    """The value of a tree."""
    if isinstance(tree, str):
        if tree in at:
            return at[tree]
        exact = {"pi": mp.pi, "e": mp.e, "tau": 2 * mp.pi}.get(tree) or mpf(tree)
        return Number(+exact, abs(exact) * EPS)
    op, *rest = tree
    operands = [evaluated(arg, at) for arg in rest]
    values = [number.value for number in operands]
    if op in ("max", "min"):
        return Number((max if op == "max" else min)(values), max(number.error for number in operands))
    if op == "if":
        (a, b), chosen = operands[:2], 2 if operands[0].value < operands[1].value else 3
        if abs(a.value - b.value) <= 2 * (a.error + b.error) + 1e-9:
            raise Outside
        return operands[chosen]
    function, slopes = (UNARY if len(rest) == 1 else BINARY)[op]
    if op == "/" and abs(values[1]) < 1e-6:
        raise Outside
    if op == "^" and (values[0] < 1e-3 or abs(values[1]) > 30):
        raise Outside
    if not DOMAIN.get(op, lambda *_: True)(*values):
        raise Outside
    value = function(*values)
    sizes = slopes(*values)
    error = 8 * EPS * abs(value) + sum(
        abs(s) * n.error
        for s, n in zip(sizes if isinstance(sizes, tuple) else (sizes,), operands, strict=True)
    )
    if abs(value) > 1e60 or error > 1e-6 * (abs(value) + 1e-3):
        raise Outside
    return Number(value, error)


LEAVES = st.sampled_from(
    ["x", "y", "z", "theta", "pi", "e", "0", "2", "3", "0.5", "1.25", "10", "0.1", "1e-3"]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.tuples(st.sampled_from(list(BINARY)), inner, inner)
        | st.tuples(st.sampled_from(list(UNARY)), inner)
        | st.tuples(st.sampled_from(["max", "min"]), inner, inner, inner)
        | st.tuples(st.just("if"), inner, inner, inner, inner)
    ),
    max_leaves=12,
)

SUM, PRODUCT, MINUS, POWER, ATOM = range(5)
BINDS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def full(tree: Any) -> str:
    """A tree with brackets around everything."""
    if isinstance(tree, str):
        return tree
    op, *rest = tree
    parts = [full(arg) for arg in rest]
    if op == "if":
        return f"if(({parts[0]}) < ({parts[1]}), ({parts[2]}), ({parts[3]}))"
    if op in BINARY and len(parts) == 2:
        return f"(({parts[0]}) {op} ({parts[1]}))"
    return f"(-({parts[0]}))" if op == "-" else f"{op}({', '.join(parts)})"


def sparse(tree: Any, draw: Callable[[Sequence[str]], str]) -> tuple[str, int]:
    """A tree with the fewest brackets by the rules of the language, in one of the spellings it allows."""
    if isinstance(tree, str):
        return draw(SPELLED.get(tree, (tree,))), ATOM
    op, *rest = tree
    parts = [sparse(arg, draw) for arg in rest]

    def at_least(part: tuple[str, int], least: int) -> str:
        return part[0] if part[1] >= least else f"({part[0]})"

    space = draw(("", " "))
    if op == "if":
        a, b, c, d = (text for text, _ in parts)
        return f"if({a}{space}<{space}{b},{space}{c},{space}{d})", ATOM
    if op == "-" and len(parts) == 1:
        return f"-{at_least(parts[0], MINUS)}", MINUS
    if op == "abs" and "|" not in parts[0][0]:
        return draw((f"|{parts[0][0]}|", f"abs({parts[0][0]})")), ATOM
    if op not in BINARY:
        words = {"ln": ("ln", "log"), "atan": ("atan", "arctan")}.get(op, (op,))
        return f"{draw(words)}({f',{space}'.join(text for text, _ in parts)})", ATOM
    binds = BINDS[op]
    if op == "^":
        # The base is an atom; behind the sign stands a power or a minus: 2^3^4, 2^-x^2.
        left, right = at_least(parts[0], ATOM), at_least(parts[1], MINUS)
    else:
        left, right = at_least(parts[0], binds), at_least(parts[1], binds + 1)
    sign = draw({"*": ("*", "·", "×"), "^": ("^", "**"), "-": ("-", "−")}.get(op, (op,)))
    return f"{left}{space}{sign}{space}{right}", binds


def numbers(at: Mapping[str, float]) -> dict[str, Number]:
    return {name: Number(mpf(value), abs(value) * EPS) for name, value in at.items()}


def parsed(text: str) -> adcli.Program:
    """The program of a text, unless it chooses by a constant condition that has no value."""
    try:
        return adcli.parse(text)
    except adcli.AdcliError as error:
        assume(error.kind != "domain")
        raise


def answer(program: adcli.Program) -> Any:
    """The gradient at the point, or what is wrong there."""
    try:
        return adcli.grad(program, {name: POINT[name] for name in program.inputs})
    except adcli.AdcliError as error:
        return error.kind


def check_value(text: str, wanted: Callable[[], Number]) -> None:
    """Hold the value of a text at the point against an evaluator of our own."""
    with mp.workdps(40):
        try:
            number = wanted()
        except Outside:
            number = None
    program = parsed(text)
    point = {name: POINT[name] for name in program.inputs}
    try:
        found = adcli.value(program, point)
    except adcli.AdcliError as error:
        found = error.kind
    if number is None:
        assert found == "domain" or isinstance(found, float)
    else:
        assert abs(found - number.value) <= 4 * number.error + 1e-300, text


@given(TREES)
@SETTINGS
def test_an_expression_has_the_value_that_an_evaluator_of_its_tree_finds(tree: Any) -> None:
    check_value(full(tree), lambda: evaluated(tree, numbers(POINT)))


@given(TREES, st.data())
@SETTINGS
def test_fewer_brackets_and_other_spellings_make_the_same_graph(tree: Any, data: st.DataObject) -> None:
    text, _ = sparse(tree, lambda choices: data.draw(st.sampled_from(choices)))
    assert parsed(text).graph == adcli.parse(full(tree)).graph


@given(TREES)
@SETTINGS
def test_what_is_shown_of_an_expression_reads_as_the_same_graph(tree: Any) -> None:
    program = parsed(full(tree))
    again = adcli.parse(program.reading)
    assert again.graph == program.graph
    assert again.reading == program.reading
    assert answer(again) == answer(program)


NAMES = ("a", "b", "v3", "c", "x", "out", "f")


@st.composite
def straight_lines(draw: Callable[..., Any]) -> list[tuple[str | None, Any]]:
    """Statements: (name, tree) assigns, (None, tree) is an output. Names may be assigned again."""
    trees = st.recursive(
        LEAVES | st.sampled_from(NAMES[:4]),
        lambda inner: (
            st.tuples(st.sampled_from(["+", "-", "*"]), inner, inner)
            | st.tuples(st.sampled_from(["sin", "exp", "-", "atan"]), inner)
        ),
        max_leaves=5,
    )
    return draw(
        st.lists(st.tuples(st.sampled_from(NAMES) | st.none(), trees), min_size=1, max_size=8).filter(
            lambda statements: statements[-1][0] is not None or any(name is None for name, _ in statements)
        )
    )


def in_order(statements: Sequence[tuple[str | None, Any]], at: Mapping[str, Number]) -> list[Number]:
    """The outputs of a program, run as any program is: every bare expression, else the last assignment."""
    known = dict(at)
    outputs, last = [], None
    for name, tree in statements:
        last = evaluated(tree, known)
        if name is None:
            outputs.append(last)
        else:
            known[name] = last
    return outputs or [last]  # type: ignore[list-item]


@given(straight_lines())
@SETTINGS
def test_a_program_has_the_outputs_of_its_statements_run_in_order(statements: Any) -> None:
    point = {**POINT, "a": 0.3, "b": -1.2, "v3": 0.8, "c": 1.7}
    text = "\n".join(full(tree) if name is None else f"{name} = {full(tree)}" for name, tree in statements)
    program = adcli.parse(text)
    with mp.workdps(40):
        try:
            wanted = in_order(statements, numbers(point))
        except Outside:
            return
    found = adcli.value(program, {name: point[name] for name in program.inputs})
    values = found if isinstance(found, list) else [found]
    for value, number in zip(values, wanted, strict=True):
        assert abs(value - number.value) <= 4 * number.error + 1e-300, text


@given(straight_lines())
@SETTINGS
def test_what_is_shown_of_a_program_reads_as_the_same_graph_with_the_same_inputs(statements: Any) -> None:
    text = "; ".join(full(tree) if name is None else f"{name} = {full(tree)}" for name, tree in statements)
    program = adcli.parse(text)
    again = adcli.parse(program.reading)
    assert again.graph == program.graph
    assert again.inputs == program.inputs
    assert list(again.outputs.values()) == list(program.outputs.values())


@given(straight_lines())
@SETTINGS
def test_no_two_nodes_share_an_id(statements: Any) -> None:
    text = "; ".join(full(tree) if name is None else f"{name} = {full(tree)}" for name, tree in statements)
    ids = adcli.parse(text).ids
    assert len(set(ids)) == len(ids)


def problem_of(text: str) -> adcli.AdcliError | None:
    """What is wrong with a text, read, shown and differentiated; nothing but an AdcliError may be raised."""
    try:
        program = adcli.parse(text)
        assert adcli.parse(program.reading).graph == program.graph
        point = dict.fromkeys(program.inputs, 0.7)
        program = program.at(point)  # an index may wait for it
        adcli.grad(program, point, output=next(iter(program.outputs)))
    except adcli.AdcliError as error:
        return error
    return None


def is_answered(text: str) -> None:
    """An error is of a kind that a text can have, and its span lies in the text."""
    problem = problem_of(text)
    if problem is not None:
        assert problem.kind in ("syntax", "name", "domain", "shape")
        assert problem.message
        start, end = problem.span or (0, 0)
        assert 0 <= start <= end <= len(text)


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=500)
def test_any_text_is_an_answer_or_an_adcli_error(text: str) -> None:
    is_answered(text)


PIECES = [
    *names.FUNCTIONS, *names.KEYWORDS, *"xyze0123456789.,;=+-*/^()|<>!_#\n \t\r{}[]%'\"\\@&~?:",
    "if(", "log_", "x_1", "x₁",
    "x_{1}", "θ", "π", "τ", "<=", "==", "!=", "**", "//", "..", "1e", "1e400",
    "1e-400", "0x", "and", "or", "not", "input ", "x = ", "c = c + 1", "sin(", "max(", "−", "·", "≤", "√",
    "²", "⁻", "½", "х", "\u200b", "\ufeff",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
@settings(deadline=None, max_examples=800)
def test_any_row_of_the_languages_own_pieces_is_an_answer_or_an_adcli_error(text: str) -> None:
    is_answered(text)


@given(TREES.map(full), st.data())
@settings(deadline=None, max_examples=300)
def test_a_program_with_one_character_changed_is_an_answer_or_an_adcli_error(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    piece = data.draw(st.sampled_from(PIECES) | st.characters())
    kept = data.draw(st.integers(0, 1))
    is_answered(text[:at] + piece + text[at + kept :])
