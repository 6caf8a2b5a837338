"""The laws of the engine, on random graphs with every adjoint live, for every primitive, and one by one."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import adcli
from adcli.arithmetic.exact import EXACT
from adcli.arithmetic.real import REAL
from adcli.arithmetic.symbolic import Symbolic
from adcli.engine import sweep
from adcli.engine.sweep import Linearization
from adcli.engine.undefined import Undefined
from adcli.graph import CONST, INPUT, Graph
from adcli.primitives import TABLE

SETTINGS = settings(deadline=None, max_examples=120)


class Drawn(NamedTuple):
    """A random graph, its inputs' values and its one output, on which every step has an influence."""

    graph: Graph
    point: dict[str, Any]
    output: int


SMOOTH = ["add", "sub", "mul", "neg", "sin", "cos", "tanh", "atan", "sigmoid", "asinh", "logaddexp", "hypot",
          "softplus", "gelu", "erf", "exp", "sqrt", "ln", "div", "pow", "max", "cbrt"]  # fmt: skip
RATIONAL = ["add", "sub", "mul", "neg", "div", "pow", "max", "relu", "abs"]
CONSTANTS = [2, 3, -1, Fraction(1, 2), Fraction(-3, 4), Fraction(1, 10)]


@st.composite
def graphs(
    draw: Callable[..., Any], ops: Sequence[str], numbers: st.SearchStrategy[Any], most: int = 10
) -> Drawn:
    """A graph of random steps on one to three inputs; what nothing uses is added up at the end."""
    graph = Graph()
    names = [f"x{k}" for k in range(draw(st.integers(1, 3)))]
    operands = [graph.add(INPUT, (), name) for name in names]
    for _ in range(draw(st.integers(1, most))):
        op = draw(st.sampled_from(ops))
        if op == "pow":
            args = (draw(st.sampled_from(operands)), graph.add(CONST, (), draw(st.sampled_from([2, 3, -1]))))
        else:
            arity = 2 if TABLE[op].variadic else len(TABLE[op].args)
            args = tuple(draw(st.sampled_from(operands)) for _ in range(arity))
            if arity == 2 and draw(st.integers(0, 4)) == 0:
                args = (args[0], graph.add(CONST, (), draw(st.sampled_from(CONSTANTS))))
        operands.append(graph.add(op, args))
    used = {arg for args in graph.args for arg in args}
    output, *rest = [node for node in range(len(graph)) if node not in used and graph.variable[node]]
    for node in rest:
        output = graph.add("add", (output, node))
    point = {name: draw(numbers) for name in names}
    return Drawn(graph.close(), point, output)


FLOATS = st.floats(-2.0, 2.0).map(lambda x: round(x, 3) or 0.7)
FRACTIONS = st.fractions(-3, 3, max_denominator=8)
RANDOM = graphs(SMOOTH, FLOATS)


def linearized(drawn: Drawn) -> Linearization:
    """In floats; a graph without a value, without a slope, or with huge numbers is not what is asked."""
    try:
        lin = sweep.linearize(drawn.graph, REAL, drawn.point)
    except Undefined:
        assume(False)  # noqa: FBT003  # hypothesis's way of saying so
    assume(all(abs(value) < 1e6 for value in lin.primals))
    assume(all(abs(weight) < 1e6 for row in lin.weights for weight in row))
    return lin


def absolute(lin: Linearization) -> Linearization:
    """The same graph with the absolute values of its weights: its sweeps add up |path products|."""
    weights = [tuple(map(abs, row)) for row in lin.weights]
    return Linearization(lin.graph, lin.arithmetic, lin.primals, weights, lin.live)


def gradients(lin: Linearization, output: int) -> tuple[list[Any], list[Any]]:
    """The gradient by a forward sweep per input, and by one reverse sweep."""
    one, inputs = lin.arithmetic.lift(1), lin.graph.inputs
    adjoints = sweep.reverse(lin, {output: one})
    return [sweep.forward(lin, {i: one})[output] for i in inputs], [adjoints[i] for i in inputs]


@given(RANDOM)
@SETTINGS
def test_forward_and_reverse_agree_to_the_sum_of_the_path_products(drawn: Drawn) -> None:
    lin = linearized(drawn)
    scales, _ = gradients(absolute(lin), drawn.output)
    for forward, reverse, scale in zip(*gradients(lin, drawn.output), scales, strict=True):
        assert abs(forward - reverse) <= 1e-13 * scale


@given(RANDOM)
@SETTINGS
def test_every_step_has_an_adjoint_in_the_random_graphs(drawn: Drawn) -> None:
    lin = linearized(drawn)
    ones = [tuple(1.0 for _ in row) for row in lin.weights]
    reached = sweep.reverse(Linearization(lin.graph, REAL, lin.primals, ones, lin.live), {drawn.output: 1.0})
    assert all(
        number for node, number in enumerate(reached) if lin.graph.variable[node] and lin.graph.args[node]
    )


@given(RANDOM)
@SETTINGS
def test_the_symbolic_gradient_evaluates_to_the_numerical_one(drawn: Drawn) -> None:
    lin = linearized(drawn)
    m = Symbolic()
    formulas = sweep.linearize(drawn.graph, m, {name: m.symbol(name) for name in drawn.point})
    seed = {drawn.output: m.lift(1)}
    try:
        sought = [m.as_formula(sweep.reverse(formulas, seed)[i]).node for i in drawn.graph.inputs]
        values = sweep.evaluate(m.graph, REAL, drawn.point)
    except Undefined:
        return  # a textbook form such as 1/y^2 overflows or divides by 0 where the rule itself does not
    _, found = gradients(lin, drawn.output)
    scales, _ = gradients(absolute(lin), drawn.output)
    for node, number, scale in zip(sought, found, scales, strict=True):
        assert abs(values[node] - number) <= 1e-9 * scale + 1e-300


class Dual(NamedTuple):
    """A value and its derivatives by all inputs, in fractions: forward mode, written once more."""

    value: Fraction
    slopes: tuple[Fraction, ...]


def dual(graph: Graph, point: dict[str, Fraction], output: int) -> Dual:
    """The output of a rational graph by the rules of school."""
    known: list[Dual] = []
    place = count()
    for op, args, data in zip(graph.op, graph.args, graph.data, strict=True):
        if op == INPUT:
            mine = next(place)
            known.append(Dual(point[data], tuple(Fraction(k == mine) for k in range(len(point)))))
            continue
        if op == CONST:
            known.append(Dual(Fraction(data), (Fraction(0),) * len(point)))
            continue
        x, y = known[args[0]], known[args[-1]]
        if op == "add":
            value, p, q = x.value + y.value, Fraction(1), Fraction(1)
        elif op == "sub":
            value, p, q = x.value - y.value, Fraction(1), Fraction(-1)
        elif op == "mul":
            value, p, q = x.value * y.value, y.value, x.value
        elif op == "div":
            value, p, q = x.value / y.value, 1 / y.value, -x.value / y.value**2
        elif op == "pow":
            n = int(y.value)
            value, p, q = x.value**n, n * x.value ** (n - 1), Fraction(0)
        elif op == "max":
            value = max(x.value, y.value)
            p, q = ((Fraction(x.value > y.value), Fraction(y.value > x.value)) if x.value != y.value
                    else (Fraction(1, 2), Fraction(1, 2)))  # fmt: skip
        else:
            value = {"neg": -x.value, "relu": max(x.value, Fraction(0)), "abs": abs(x.value)}[op]
            sign = Fraction((x.value > 0) - (x.value < 0))
            p, q = {"neg": Fraction(-1), "relu": max(sign, Fraction(0)), "abs": sign}[op], Fraction(0)
        known.append(Dual(value, tuple(p * s + q * t for s, t in zip(x.slopes, y.slopes, strict=True))))
    return known[output]


@given(graphs(RATIONAL, FRACTIONS))
@SETTINGS
def test_in_exact_arithmetic_both_modes_give_the_fractions_of_the_rules(drawn: Drawn) -> None:
    try:
        wanted = dual(drawn.graph, drawn.point, drawn.output)
    except ZeroDivisionError:
        with pytest.raises(Undefined):
            sweep.linearize(drawn.graph, EXACT, drawn.point)
        return
    lin = sweep.linearize(drawn.graph, EXACT, drawn.point)
    forward, reverse = gradients(lin, drawn.output)
    assert lin.primals[drawn.output] == wanted.value
    assert tuple(forward) == tuple(reverse) == wanted.slopes
    assert all(isinstance(number, (int, Fraction)) for number in [*forward, *reverse, *lin.primals])


@given(graphs(RATIONAL, FRACTIONS, most=6))
@SETTINGS
def test_the_derivative_is_the_sum_over_the_paths_of_the_products_of_the_weights(drawn: Drawn) -> None:
    try:
        lin = sweep.linearize(drawn.graph, EXACT, drawn.point)
    except Undefined:
        return
    into: dict[int, list[sweep.Edge]] = {}
    for edge in lin.edges:
        into.setdefault(edge.user, []).append(edge)

    def paths(node: int, target: int) -> Any:
        ends = Fraction(node == target)
        return ends + sum(edge.weight * paths(edge.arg, target) for edge in into.get(node, []))

    _, reverse = gradients(lin, drawn.output)
    assert [paths(drawn.output, i) for i in drawn.graph.inputs] == reverse


@given(RANDOM, st.randoms(use_true_random=False))
@SETTINGS
def test_pushing_and_pulling_a_program_are_transposes(drawn: Drawn, numbers: random.Random) -> None:
    lin = linearized(drawn)
    seed = {
        node: numbers.uniform(-1, 1)
        for node in range(len(drawn.graph))
        if numbers.random() < 0.5 or node == drawn.output
    }
    push = {i: numbers.uniform(-1, 1) for i in drawn.graph.inputs}
    tangents, adjoints = sweep.forward(lin, push), sweep.reverse(lin, seed)
    left = math.fsum(number * tangents[node] for node, number in seed.items())
    right = math.fsum(adjoints[i] * number for i, number in push.items())
    sizes = sweep.forward(absolute(lin), {i: abs(number) for i, number in push.items()})
    assert abs(left - right) <= 1e-13 * math.fsum(abs(n) * sizes[node] for node, n in seed.items()) + 1e-300


# Every row of the table.

ROWS = [row for row in TABLE.values() if not row.helper]


def operands(name: str, numbers: random.Random) -> list[tuple[float, ...]]:
    """Special points of a primitive and random ones."""
    row = TABLE[name]
    widths = [len(row.args)] if not row.variadic else [1, 2, 3, 5]
    ranges = list(row.ranges) + [row.ranges[-1]] * 5
    drawn = [tuple(numbers.uniform(*ranges[k]) for k in range(width)) for width in widths for _ in range(8)]
    if row.args[0] == "n":  # a whole number
        drawn = [(float(round(n)), *rest) for n, *rest in drawn]
    return [*row.points, *drawn]


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_push_and_pull_of_a_primitive_are_transposes_wherever_it_has_slopes(name: str) -> None:
    numbers = random.Random(name)
    tried = 0
    for values in operands(name, numbers):
        graph = Graph()
        whole = TABLE[name].args[0] == "n"  # polygamma has no slope by its order: there it is a constant
        args = tuple(
            graph.add(CONST, (), int(value)) if whole and k == 0 else graph.add(INPUT, (), f"x{k}")
            for k, value in enumerate(values)
        )
        node = graph.add(name, args)
        try:
            lin = sweep.linearize(graph, REAL, {f"x{k}": value for k, value in enumerate(values)})
        except Undefined:
            continue  # a special point without a value or a slope
        push = [numbers.uniform(-1, 1) * lin.live[arg] for arg in args]
        pull = numbers.uniform(-1, 1)
        try:
            carried = sweep.forward(lin, dict(zip(args, push, strict=True)))[node]
            adjoints = sweep.reverse(lin, {node: pull})
        except Undefined:
            continue  # the slope is near the largest float
        tried += 1
        back = math.fsum(adjoints[arg] * number for arg, number in zip(args, push, strict=True))
        size = math.fsum(abs(w * number * pull) for w, number in zip(lin.weights[node], push, strict=True))
        assert abs(pull * carried - back) <= 1e-14 * size + 1e-320, values
        slots = [slot for slot, arg in enumerate(args) if lin.live[arg]]
        sloped = [slot for slot in slots if TABLE[name].partial(slot) is not None]
        assert {edge.slot: edge.weight for edge in lin.edges} == {
            slot: lin.weights[node][slot] for slot in sloped
        }
    assert tried >= 8


@pytest.mark.parametrize(
    "name", [row.name for row in ROWS if (row.variadic or len(row.args) == 2) and "n" not in row.args]
)
def test_a_primitive_of_one_variable_twice_has_two_edges_and_the_sum_of_their_slopes(name: str) -> None:
    graph = Graph()
    x = graph.add(INPUT, (), "x")
    node = graph.add(name, (x, x))
    lin = sweep.linearize(graph, REAL, {"x": 1.7})
    differentiable = TABLE[name].partial(0) is not None
    assert [(edge.slot, edge.arg) for edge in lin.edges] == ([(0, x), (1, x)] if differentiable else [])
    total = sum(lin.weights[node])
    assert sweep.forward(lin, {x: 1.0})[node] == sweep.reverse(lin, {node: 1.0})[x] == total


@pytest.mark.parametrize("name", [row.name for row in ROWS])
def test_a_partial_by_a_constant_operand_is_never_asked_for(name: str) -> None:
    row = TABLE[name]
    values = [
        2.0 if arg == "n" else sum(between) / 2 + 0.123
        for arg, between in zip(row.args, row.ranges, strict=True)
    ]
    for fixed in range(1 if "n" in row.args else len(values)):
        graph = Graph()
        args = []
        for slot, value in enumerate(values):
            exact = Fraction(value)
            args.append(graph.add(CONST, (), exact) if slot == fixed else graph.add(INPUT, (), f"x{slot}"))
        graph.add(name, tuple(args))
        lin = sweep.linearize(graph, REAL, {f"x{slot}": value for slot, value in enumerate(values)})
        assert all(edge.slot != fixed for edge in lin.edges)


# Facts, one by one.


def test_x_times_x_has_two_edges() -> None:
    assert adcli.linearize("x*x", {"x": 3}).edges == [("v1", 0, "x", 3.0), ("v1", 1, "x", 3.0)]
    assert adcli.grad("x*x", {"x": 3}) == {"x": 6.0}


def test_an_adjoint_is_carried_on_when_all_its_users_have_added_to_it() -> None:
    # b = a + a, c = b + b: a recursion without a topological order doubles what it has added before.
    assert adcli.grad("b = a + a; c = b + b; c*b", {"a": 1.5}, mode="reverse") == {"a": 24.0}


def test_dead_code_adds_nothing() -> None:
    text = "a = x*y; dead = exp(a)*7; deader = dead + x; f = a + x; f"
    for mode in ("forward", "reverse"):
        assert adcli.grad(text, {"x": 2.0, "y": 5.0}, mode=mode) == {"x": 6.0, "y": 2.0}
    steps = adcli.reverse(adcli.linearize(text, {"x": 2.0, "y": 5.0}), {"f": 1}).steps
    assert (steps["dead"], steps["deader"], steps["a"]) == (None, None, 1.0)


def test_two_outputs_that_share_a_step_do_not_disturb_each_other() -> None:
    lin = adcli.linearize("g = x*y; g + x, g*y", {"x": 2.0, "y": 3.0})
    assert adcli.reverse(lin, {"f1": 1}).inputs == {"x": 4.0, "y": 2.0}
    assert adcli.reverse(lin, {"f2": 1}).inputs == {"x": 9.0, "y": 12.0}
    assert adcli.reverse(lin, {"f1": 1, "f2": 1}).inputs == {"x": 13.0, "y": 14.0}


def test_an_output_that_another_output_uses_has_both_adjoints() -> None:
    lin = adcli.linearize("g = x*y; g, g^2", {"x": 2.0, "y": 3.0})
    found = adcli.reverse(lin, {"g": 5, "f2": 1})
    assert found.steps["g"] == 17.0
    assert found.inputs == {"x": 51.0, "y": 34.0}


def test_seeds_of_two_names_of_one_step_add_up() -> None:
    lin = adcli.linearize(adcli.parse("a = x*y; b = x*y; a, b"), {"x": 2.0, "y": 3.0})
    assert adcli.reverse(lin, {"a": 2, "b": 5}).inputs == {"x": 21.0, "y": 14.0}


def test_an_output_that_is_an_input_has_the_derivative_one() -> None:
    assert adcli.jacobian("x, y, 3", {"x": 2.0, "y": 3.0}) == [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]


STEPS_BY_X = {"x": 1.0, "y": 0.0, "a": 4.0, "b": None, "c": 0.0, "v4": 4.0}
STEPS_OF_F1 = {"x": 4.0, "y": None, "a": 1.0, "b": None, "c": None, "v4": 1.0}


def test_a_sweep_has_none_where_it_did_not_come() -> None:
    lin = adcli.linearize("a = x*x; b = 2*pi; c = sin(y); a + b, c", {"x": 2.0, "y": 3.0})
    assert adcli.forward(lin, {"x": 1}).steps == {
        "x": 1.0,
        "y": 0.0,
        "a": 4.0,
        "b": None,
        "c": 0.0,
        "v4": 4.0,
    }
    assert adcli.reverse(lin, {"f1": 1}).steps == {
        "x": 4.0,
        "y": None,
        "a": 1.0,
        "b": None,
        "c": None,
        "v4": 1.0,
    }
    assert adcli.reverse(lin, {"f1": 1}).inputs == {"x": 4.0, "y": 0.0}


# A program, a point, the inputs that move, their slopes. The other inputs have no slope there.
INACTIVE = [
    ("x^n", {"x": -2.0, "n": 3.0}, ["x"], {"x": 12.0}),
    ("x^n", {"x": 0.0, "n": 3.0}, ["x"], {"x": 0.0}),
    ("x^n", {"x": 0.0, "n": 1.0}, ["x"], {"x": 1.0}),
    ("sqrt(z)*x", {"z": 0.0, "x": 5.0}, ["x"], {"x": 0.0}),
    ("x + sqrt(z)", {"z": 0.0, "x": 5.0}, ["x"], {"x": 1.0}),
    ("x*atan2(y, z)", {"x": 2.0, "y": 0.0, "z": 0.0}, ["x"], {"x": 0.0}),
    ("x*log(z, b)", {"x": 2.0, "z": 1.0, "b": 3.0}, ["x"], {"x": 0.0}),
    ("hypot(y, z)*x", {"x": 2.0, "y": 0.0, "z": 0.0}, ["x"], {"x": 0.0}),
    ("asin(y) + x*y", {"x": 2.0, "y": 1.0}, ["x"], {"x": 1.0}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point", "wrt", "slopes"), INACTIVE)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_slopes_by_inputs_that_do_not_move_are_never_asked_for(
    text: str, point: dict[str, float], wrt: list[str], slopes: dict[str, float], mode: Any
) -> None:
    assert adcli.grad(text, point, wrt=wrt, mode=mode) == slopes


# Powers with a constant exponent: base, exponent, slope.
POWERS = [
    (-2, "3", 12.0), (-2, "-1", -0.25), (0, "1", 1.0), (0, "2", 0.0), (0, "3", 0.0), (0, "0", 0.0),
    (0, "1.5", 0.0), (-1.5, "0", 0.0), (0.25, "0.5", 1.0), (-3, "1", 1.0), (4, "-0.5", -0.0625),
    (0, "(1+1)", 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("base", "exponent", "slope"), POWERS)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_a_power_with_a_constant_exponent_needs_no_logarithm(
    base: float, exponent: str, slope: float, mode: Any
) -> None:
    assert adcli.grad(f"x^{exponent}", {"x": base}, mode=mode) == {"x": slope}
    assert adcli.grad(f"n = {exponent}; pow(x, n)", {"x": base}, mode=mode) == {"x": slope}


# Text, point, what the message begins with. The value does not exist.
NO_VALUE = [
    ("1/x", {"x": 0.0}, "not defined here: 1/x at x = 0"),
    ("ln(x - 3)", {"x": 1.0}, "not defined here: ln(v₁) at v₁ = x - 3 = -2"),
    ("sqrt(y)*x", {"x": 1.0, "y": -4.0}, "not defined here: sqrt(y) at y = -4"),
    ("x^0.5", {"x": -1.0}, "not defined here: x^0.5 at x = -1"),
    ("x^-1", {"x": 0.0}, "not defined here"),
    ("exp(x)", {"x": 1000.0}, "overflow: exp(x) at x = 1000"),
    ("x*y*x", {"x": 1e200, "y": 1e200}, "overflow: x·y at x = 1e+200, y = 1e+200"),
    ("(x - x)*1e200*(x*x)", {"x": 1e200}, "overflow: x·x at x = 1e+200"),
    ("x + y", {"x": 1.7e308, "y": 1.7e308}, "overflow: x + y"),
    ("a = x*x; a - a", {"x": 1e200}, "overflow: x·x"),
    ("dead = 1/x; x^2", {"x": 0.0}, "not defined here: 1/x"),
]
# The value exists, the derivative does not.
NO_SLOPE = [
    ("sqrt(x)", {"x": 0.0}, "no derivative here: sqrt(x) at x = 0"),
    ("2 + sqrt(x*y)", {"x": 0.0, "y": 2.0}, "no derivative here: sqrt(v₁) at v₁ = x·y = 0"),
    ("asin(x)", {"x": 1.0}, "no derivative here: asin(x) at x = 1"),
    ("x^n", {"x": -2.0, "n": 3.0}, "no derivative by n here"),
    ("cbrt(x)", {"x": 0.0}, "no derivative here: cbrt(x)"),
    ("x^0.5", {"x": 0.0}, "no derivative"),
    ("(x*1e200)*1e200", {"x": 0.0}, "overflow: the derivative at"),
    ("atan2(y, x)", {"x": 0.0, "y": 0.0}, "no derivative"),
    ("x/y", {"x": 1e-309, "y": 1e-309}, "overflow"),
    ("sqrt(x) - sqrt(x)", {"x": 0.0}, "no derivative here: sqrt(x)"),
]


def problems(text: str, point: dict[str, float]) -> list[str]:
    """What every way of asking for a derivative says."""
    said = []
    for question in (
        lambda: adcli.grad(text, point, mode="forward"),
        lambda: adcli.grad(text, point, mode="reverse"),
        lambda: adcli.jacobian(text, point),
        lambda: adcli.trace(text, point, mode="reverse"),
    ):
        with pytest.raises(adcli.AdcliError) as caught:
            question()
        assert caught.value.kind == "domain"
        assert caught.value.span is not None
        said.append(caught.value.message)
    return said


@pytest.mark.parametrize(("text", "point", "says"), NO_VALUE)
def test_a_step_without_a_value_is_the_same_error_however_one_asks(
    text: str, point: dict[str, float], says: str
) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        adcli.value(text, point)
    said = {caught.value.message, *problems(text, point)}
    assert len(said) == 1
    assert said.pop().startswith(says)


@pytest.mark.parametrize(("text", "point", "says"), NO_SLOPE)
def test_a_step_without_a_slope_has_a_value_and_is_an_error_in_both_modes(
    text: str, point: dict[str, float], says: str
) -> None:
    assert math.isfinite(adcli.value(text, point))
    assert all(message.startswith(says) for message in problems(text, point))


def test_what_an_output_does_not_need_may_lack_a_slope() -> None:
    for mode in ("forward", "reverse"):
        assert adcli.grad("a = sqrt(x); x^2", {"x": 0.0}, mode=mode) == {"x": 0.0}
        assert adcli.grad("x^2 + 3*x, sqrt(x), max(sqrt(x), 1)", {"x": 0.0}, mode=mode, output="f1") == {
            "x": 3.0
        }


def test_an_overflow_in_a_sweep_is_an_error_and_not_an_infinite_derivative() -> None:
    lin = adcli.linearize("(x*1e200)*1e200", {"x": 0.0})
    for found in (lambda: adcli.forward(lin, {"x": 1}), lambda: adcli.reverse(lin, {"f": 1})):
        with pytest.raises(adcli.AdcliError, match="overflow: the derivative at"):
            found()
    assert adcli.forward(lin, {"x": 1e-200}).outputs == {"f": 1e200}


PRIMES = [p for p in range(2, 200) if all(p % q for q in range(2, p))]


@pytest.mark.parametrize("mode", ["forward", "reverse", "auto"])
def test_a_sweep_that_leaves_the_exact_numbers_is_an_error_at_its_step(mode: Any) -> None:
    few, more = ("+".join(f"cbrt({p})" for p in PRIMES[ends]) for ends in (slice(21), slice(21, None)))
    with pytest.raises(adcli.AdcliError, match="no exact value: the derivative at") as caught:
        adcli.grad(f"x*({few})*({more})", {"x": 0}, arithmetic=adcli.EXACT, mode=mode)
    assert "leaves the exact numbers: its formula has more than" in caught.value.details[0]


def test_nothing_is_folded_by_value() -> None:
    # 0*f(x), x^0 and f(x) - f(x) keep their steps and their domain.
    assert len(adcli.parse("0*sin(x) + x^0 - (y - y)")) == 6
    assert adcli.grad("z*exp(x)", {"z": 0.0, "x": 2.0}) == {"z": math.exp(2.0), "x": 0.0}
    assert adcli.grad("x^y", {"x": 2.0, "y": 0.0}) == {"x": 0.0, "y": math.log(2.0)}
    with pytest.raises(adcli.AdcliError):
        adcli.value("0*ln(x)", {"x": -1.0})


def test_equal_subexpressions_are_one_step_unless_sharing_is_off() -> None:
    text = "sin(x*y) + cos(x*y)"
    shared, apart = adcli.parse(text), adcli.parse(text, share=False)
    assert (len(shared), len(apart)) == (4, 5)
    assert adcli.grad(shared, {"x": 1.2, "y": 0.7}) == pytest.approx(
        adcli.grad(apart, {"x": 1.2, "y": 0.7}), rel=1e-15
    )


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_the_gradient_by_some_inputs_is_a_part_of_the_whole_one(mode: Any) -> None:
    text, point = "x*y^2*sin(z) + z", {"x": 1.1, "y": -0.6, "z": 2.3}
    whole = adcli.grad(text, point)
    assert adcli.grad(text, point, wrt=["z", "x"], mode=mode) == pytest.approx(
        {"z": whole["z"], "x": whole["x"]}, rel=1e-15
    )
    assert list(adcli.grad(text, point, wrt=["z", "x"], mode=mode)) == ["z", "x"]
