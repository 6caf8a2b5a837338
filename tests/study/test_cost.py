"""Counted operations against counts by hand, and the bounds of the cost measure for every program there is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import adcli
from adcli.arithmetic.symbolic import Symbolic
from adcli.graph import Graph
from adcli.language.run import program
from adcli.primitives import TABLE
from adcli.study.cost import costs
from adcli.study.counting import MOST, sizes
from adcli.study.measure import BOUND, WORK, Elementals, Work, cost, elementals
from adcli.study.networks import Network

DATA = Path(__file__).parents[1] / "data"
EXAMPLES = Path(__file__).parents[2] / "examples"
GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"


def programs() -> list[Any]:
    """Every program of the suite, with its point."""
    worked = json.loads((DATA / "worked_examples.json").read_text(encoding="utf-8"))
    found = [
        pytest.param(entry[key], entry.get("point"), id=f"{entry['id']}-{key}")
        for entry in worked
        for key in ("expression", "program")
        if isinstance(entry.get(key), str)
    ]
    for place, entry in enumerate(json.loads((DATA / "programs.json").read_text(encoding="utf-8"))):
        if "text" in entry:
            found.append(pytest.param(entry["text"], entry.get("point"), id=f"corpus-{place}"))
    for place, entry in enumerate(json.loads((DATA / "spellings.json").read_text(encoding="utf-8"))):
        if "reading" in entry:
            found.append(pytest.param(entry["text"], entry.get("value_at"), id=f"spelling-{place}"))
    for place, entry in enumerate(json.loads((DATA / "homework.json").read_text(encoding="utf-8"))):
        found.append(pytest.param(entry["function"], None, id=f"homework-{place}"))
    for path in EXAMPLES.glob("*.ad"):
        points = path.with_suffix(".json")
        point = json.loads(points.read_text(encoding="utf-8")) if points.exists() else None
        found.append(pytest.param(path.read_text(encoding="utf-8"), point, id=path.stem))
    return found


def measured(text: str, point: dict[str, Any] | None) -> Mapping[str, int] | None:
    """The costs of a program, of one with arrays entry by entry; None of one that needs a point and has none."""
    try:
        made = program(text, names=point or ())
        return costs(made).measured
    except adcli.AdcliError:
        pass
    try:
        return costs(program(text, names=point or ()), point or {}).measured
    except adcli.AdcliError:
        return None


def test_no_program_costs_more_than_the_bounds() -> None:
    found = {parameters.id: measured(*parameters.values) for parameters in programs()}
    told = {name: costs for name, costs in found.items() if costs is not None}
    for name, costs_of in told.items():
        for mode, bound in BOUND.items():
            assert costs_of[mode] <= bound * costs_of["f"], name
    assert len(told) > 0.9 * len(found)


@pytest.mark.parametrize(
    "weights", [Work(1, 1, 1, 2), Work(3, 1, 2, 4), Work(10, 1, 1, 100), Work(5, 1, 5, 10)]
)
@pytest.mark.parametrize("kind", range(4))
def test_the_bounds_hold_for_all_weights_that_are_allowed(weights: Work, kind: int) -> None:
    """Weights with μ ≥ π ≥ 1 and ν ≥ 2π, for each kind of elementals alone."""
    one = Elementals(*(int(place == kind) for place in range(4)))
    for mode, bound in BOUND.items():
        assert cost(one, mode, weights) <= bound * cost(one, "f", weights)


def test_the_bound_of_reverse_mode_is_attained_by_products() -> None:
    assert cost(Elementals(products=1), "reverse", Work(1, 1, 1, 2)) == 16
    assert cost(Elementals(products=1), "f", Work(1, 1, 1, 2)) == 4


def test_derivative_work_is_never_less_than_that_of_the_value() -> None:
    for mode in BOUND:
        for value, work in zip(WORK["f"], WORK[mode], strict=True):
            assert all(more >= own for own, more in zip(value, work, strict=True))


# name, values, slopes, products, sums forward, sums in reverse: counted by hand
BY_HAND = [
    ("x*y", 1, 0, 2, 1, 0),
    ("x*x", 1, 0, 2, 1, 1),
    ("x + y", 1, 0, 0, 1, 0),
    ("2*x", 1, 0, 1, 0, 0),
    ("-x", 1, 0, 0, 0, 0),
    ("sin(x)", 1, 1, 1, 0, 0),  # cos(x)
    ("exp(x)", 1, 0, 1, 0, 0),  # the slope is the value
    ("x/y", 1, 3, 2, 1, 0),  # 1/y, and -z/y: a sign and a quotient
    ("x^2", 1, 1, 1, 0, 0),  # 2*x
    ("x^3", 1, 2, 1, 0, 0),  # 3*x^2
    ("x*y + sin(x)", 3, 1, 3, 2, 1),
    ("x^2*y + 2*y", 4, 1, 4, 2, 1),
    (GRIEWANK, 6, 4, 6, 4, 3),
    ("a = x*y; b = a*a; b + a", 3, 0, 4, 3, 2),  # a has three uses
]


@pytest.mark.parametrize("case", BY_HAND, ids=[case[0][:20] for case in BY_HAND])
def test_counts_are_those_by_hand(case: tuple[str, int, int, int, int, int]) -> None:
    text, values, slopes, products, forward_sums, reverse_sums = case
    counts = costs(program(text)).counts
    assert counts[:5] == (values, slopes, products, forward_sums, reverse_sums)
    assert counts.forward == values + slopes + products + forward_sums
    assert counts.reverse == values + slopes + products + reverse_sums


# The same of the worked examples. Each operation on entries is one: a 2×2 product has eight products and four
# sums; a sum where two flows meet is one for every use of a node after its first.
WORKED_BY_HAND = {
    "griewank-baby": (7, 4, 6, 5, 4),
    "bishop-ch8-f1": (5, 1, 4, 3, 2),
    "bishop-ch8-f1f2": (7, 1, 6, 5, 5),
    "baydin-2018": (5, 2, 4, 3, 2),
    "slides-x2y+2y-1-2": (4, 1, 4, 2, 1),
    "slides-x2y+2y-2-3": (4, 0, 5, 3, 2),
    "autodiff-edu-multi": (7, 0, 5, 6, 6),
    "autodiff-edu-r-to-r2": (2, 2, 2, 0, 1),
    "cs231n-mul": (1, 0, 2, 1, 0),
    "cs231n-circuit": (2, 0, 2, 2, 0),
    "cs231n-sigmoid-gates": (8, 2, 6, 4, 0),
    "micrograd-L": (3, 0, 4, 3, 0),
    "micrograd-reuse": (3, 0, 4, 3, 2),
    "micrograd-a+a": (1, 0, 0, 1, 1),
    "micrograd-parabola": (5, 1, 3, 1, 1),
    "olah": (3, 0, 2, 2, 1),
    "geron-x2y+y+2": (4, 1, 3, 2, 1),
    "geron-sinx2": (2, 2, 2, 0, 0),
    "forwarddiff-readme": (4, 1, 5, 3, 0),
    "forwarddiff-jacobian": (3, 1, 5, 2, 0),
    "jax-cubic": (7, 3, 4, 2, 2),
    "pytorch-Q": (9, 6, 6, 3, 0),
    "tf-x2": (1, 1, 1, 0, 0),
    "zygote-quad-rational": (5, 1, 3, 1, 1),
    "zygote-pow-loop": (3, 0, 4, 2, 2),
    "enzyme-rosenbrock-1-2": (7, 3, 4, 2, 1),
    "cppad-exp2": (4, 1, 2, 1, 1),
    "ng-J3v": (3, 0, 3, 2, 0),
    "ng-wxb": (5, 1, 4, 3, 0),
    "sin-x3": (2, 3, 2, 0, 0),
    "linear-layer-2x2": (12 + 4 + 4 + 3, 0, 16 + 8, 12 + 4 + 4 + 3, 4 + 4),
    "cs231n-norm-Wx": (6 + 2 + 1, 2, 8 + 2, 6 + 1, 2),
    "d2l-2xx": (4 + 3 + 1, 0, 8 + 1, 4 + 3, 4),
    "mygrad-readme": (3 + 2, 3, 3, 2, 0),
}


def test_counts_of_the_worked_examples_are_those_by_hand() -> None:
    pytest.importorskip("numpy")
    found = {}
    for entry in json.loads((DATA / "worked_examples.json").read_text(encoding="utf-8")):
        if entry["id"] in WORKED_BY_HAND:
            text, point = entry.get("expression") or entry["program"], entry["point"]
            found[entry["id"]] = tuple(costs(program(text, names=point), point).counts[:5])
    assert found == WORKED_BY_HAND


def test_griewanks_example_by_elementals() -> None:
    """Two inputs; - and +; a quotient's and the last product; sin, exp and the quotient's reciprocal."""
    answer = costs(program(GRIEWANK))
    assert answer.parts == Elementals(constants=2, sums=2, products=2, functions=3)
    assert answer.measured == {
        "f": 2 + 2 * 4 + 2 * 4 + 3 * 4,
        "forward": 4 + 16 + 20 + 27,
        "reverse": 4 + 24 + 32 + 39,
    }


def test_only_what_the_chosen_inputs_and_outputs_need_is_counted() -> None:
    made = program("x*y, sin(z)")
    assert costs(made, wrt=["x"]).counts.products == 1
    assert costs(made, output="f2").counts.values == 1


def test_passes_are_one_per_input_or_one_per_output() -> None:
    answer = costs(program("x*y, x + z, y*z, x*y*z"))
    assert answer.passes == {"forward": 3, "reverse": 4}
    assert answer.mode == "forward"


def test_reverse_mode_keeps_all_and_forward_mode_little() -> None:
    chain = "; ".join(f"x = sin(x) # {k}\n" for k in range(100)) + "x"
    counts = costs(program(chain.replace("; ", ""))).counts
    assert counts.kept == 101
    assert counts.held == 2


def test_every_function_of_the_language_has_its_elementals() -> None:
    for op, row in TABLE.items():
        if not row.callable:
            continue
        m = Symbolic(Graph(share=False))
        args = [m.symbol(f"x{place}").node for place in range(len(row.args))]
        node = m.graph.add(op, tuple(args))
        assert sum(elementals(m.graph, [node])) > len(args)


def test_a_long_program_is_counted_in_one_go() -> None:
    text = "s = x\nfor k in 1..50000 { s = s*x + 1.5 }\ns"
    counts = costs(program(text)).counts
    assert counts.values == 100_000
    assert counts.products == 100_000


def test_a_formula_that_explodes_is_counted_up_to_a_limit() -> None:
    made = program("s = x\nfor k in 1..100 { s = s*s }\ns")
    assert sizes(made.graph, list(made.outputs.values())) == (MOST, 100)


def test_a_network_by_hand() -> None:
    """784-128-10 for one example: 784·128 + 128·10 products a pass."""
    net = Network((784, 128, 10), 1)
    assert net.step == 100_352 + 1_280 == 101_632
    assert net.parameters == 101_632 + 138
    assert net.jacobian == {"forward": 784 * 101_632, "reverse": 10 * 101_632}
    assert net.backward == 100_352 + 2 * 1_280
    assert Network((784, 128, 10), 64).passed == 64 * 101_632


def test_the_products_of_a_network_are_those_of_its_program() -> None:
    """A 3-4-2 network typed out, linear: each pass multiplies once per weight."""
    layers = (3, 4, 2)
    lines, inputs = [], [f"x{i}" for i in range(3)]
    for number, (before, after) in enumerate(((3, 4), (4, 2))):
        outputs = [f"h{number}_{i}" for i in range(after)]
        lines += [
            f"{outputs[i]} = " + " + ".join(f"w{number}_{i}_{j}*{inputs[j]}" for j in range(before))
            for i in range(after)
        ]
        inputs = outputs
    made = program("\n".join([*lines, ", ".join(inputs)]))
    by_inputs = costs(made, wrt=["x0", "x1", "x2"]).counts
    assert by_inputs.products == Network(layers).step
    weights_alone = costs(made, wrt=[name for name in made.inputs if name[0] == "w"]).counts
    assert weights_alone.products == Network(layers).backward
