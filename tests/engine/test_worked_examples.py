"""The textbooks' examples: values, edges, tangents and adjoints, to 1e-13 and in the digits as printed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import adcli

ENTRIES = json.loads(
    (Path(__file__).parents[1] / "data" / "worked_examples.json").read_text(encoding="utf-8")
)
# Those with arrays are in tests/arrays.
EXAMPLES = {entry["id"]: entry for entry in ENTRIES if "program" in entry and "needs" not in entry}


class Solved(NamedTuple):
    """An example in adcli: its program, every assigned name an output, and its linearization."""

    entry: dict[str, Any]
    program: adcli.Program
    lin: adcli.Linearized
    nodes: dict[str, int]

    def by_name(self, steps: Mapping[str, Any]) -> dict[str, Any]:
        """Numbers by the names of the source; 0 for a step that the sweep did not reach."""
        numbers = [steps.get(name) for name in self.program.ids]
        return {name: numbers[node] or 0.0 for name, node in self.nodes.items()}


@pytest.fixture(params=EXAMPLES)
def solved(request: pytest.FixtureRequest) -> Solved:
    entry = EXAMPLES[request.param]
    assigned = [statement.split("=")[0].strip() for statement in entry["program"].split(";")]
    program = adcli.parse(entry["program"], outputs=assigned)
    lin = adcli.linearize(program, entry["point"])
    inputs = {name: place for place, name in enumerate(program.inputs)}
    return Solved(entry, program, lin, {**inputs, **program.outputs})


def close(found: float, wanted: float, scale: float = 0.0) -> bool:
    return abs(found - wanted) <= 1e-13 * max(abs(wanted), scale)


def same(found: Mapping[str, float], wanted: Mapping[str, float], scale: float = 0.0) -> bool:
    return all(close(found[name], number, scale) for name, number in wanted.items())


def test_every_step_has_the_value_of_the_source(solved: Solved) -> None:
    found = {name: solved.lin.core.primals[node] for name, node in solved.nodes.items()}
    assert same(found, solved.entry["verified"]["intermediates"])


def test_every_named_step_has_the_edges_of_the_source(solved: Solved) -> None:
    # A source draws one edge between two of its steps, whatever stands between them: the sum over the
    # paths that touch no other step of the source.
    named = set(solved.nodes.values())
    for edge, wanted in solved.entry["verified"]["edges"].items():
        user, arg = (solved.nodes[name] for name in edge.split("<-"))
        slopes = {user: 1.0}
        for node in range(user, -1, -1):
            if node in slopes and (node == user or node not in named):
                for into in solved.lin.core.edges_into(node):
                    slopes[into.arg] = slopes.get(into.arg, 0.0) + into.weight * slopes[node]
        assert close(slopes[arg], wanted), edge


def test_forward_sweeps_give_the_tangents_of_the_source(solved: Solved) -> None:
    for name, wanted in solved.entry["verified"]["tangents"].items():
        found = solved.by_name(adcli.forward(solved.lin, {name: 1}).steps)
        # normal-pdf: two terms of about 0.24 cancel to 0.
        assert same(found, wanted, scale=1.0), name


def test_reverse_sweeps_give_the_adjoints_of_the_source(solved: Solved) -> None:
    for name, wanted in solved.entry["verified"]["adjoints"].items():
        found = solved.by_name(adcli.reverse(solved.lin, {name: 1}).steps)
        assert same(found, wanted, scale=1.0), name


def test_a_step_that_a_sweep_does_not_reach_has_none_and_not_zero(solved: Solved) -> None:
    graph = solved.program.graph
    for name, node in solved.nodes.items():
        if name in solved.program.outputs:
            steps = adcli.reverse(solved.lin, {name: 1}).steps
            reached = {node}
            for user in range(node, -1, -1):
                if user in reached:
                    reached.update(arg for arg in graph.args[user] if graph.variable[arg])
            for place, name_of in enumerate(solved.program.ids):
                assert (steps.get(name_of) is not None) == (place in reached), name_of


TEXTS = [(name, text) for name in EXAMPLES for text in ("program", "expression")]


@pytest.mark.parametrize(("example", "text"), TEXTS)
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_program_and_expression_have_the_value_and_gradient_of_the_source(
    example: str, mode: Any, text: str
) -> None:
    entry = EXAMPLES[example]
    verified, wrt = entry["verified"], entry["inputs"]
    outputs = entry["outputs"] if text == "program" else None
    program = adcli.parse(entry[text], outputs=outputs)
    values = verified["value"] if isinstance(verified["value"], dict) else {"": verified["value"]}
    found = adcli.value(program, entry["point"])
    for value, wanted in zip(found if isinstance(found, list) else [found], values.values(), strict=True):
        assert close(value, wanted)
    matrix = adcli.jacobian(program, entry["point"], mode=mode, wrt=wrt)
    wanted_rows = verified.get("jacobian") or [[verified["gradient"][name] for name in wrt]]
    if "jacobian" not in verified and len(values) > 1:
        wanted_rows = [[verified["adjoints"][output][name] for name in wrt] for output in values]
    for row, wanted_row in zip(matrix, wanted_rows, strict=True):
        assert all(close(*pair, scale=1.0) for pair in zip(row, wanted_row, strict=True))


def test_a_row_of_bishops_jacobian_is_that_outputs_gradient_in_every_bit() -> None:
    entry = EXAMPLES["bishop-ch8-f1f2"]
    program, at = adcli.parse(entry["program"], outputs=entry["outputs"]), entry["point"]
    rows = adcli.jacobian(program, at, mode="reverse")
    for output, row in zip(entry["outputs"], rows, strict=True):
        alone = adcli.parse(entry["program"], outputs=[output])
        assert row == [adcli.grad(alone, at, mode="reverse")[name] for name in entry["inputs"]]
    for row, columns in zip(rows, adcli.jacobian(program, at, mode="forward"), strict=True):
        assert all(close(*pair) for pair in zip(row, columns, strict=True))


def digits_agree(found: float, printed: str, units: Decimal) -> bool:
    """Whether a number is what was printed, up to so many units of the last printed place."""
    shown = Decimal(printed)
    unit = Decimal(1).scaleb(min(int(shown.as_tuple().exponent), 0))
    return abs(Decimal(found) - shown) <= units * unit + Decimal("1e-12")


# A number that the source rounded wrongly, or carried on from rounded ones, is off by more than half a unit.
PLACES = {"griewank-baby": {"value", "v6", "grad x2"}, "geron-sinx2": {"grad x"}}


def printed_numbers(entry: dict[str, Any], solution: Solved) -> list[tuple[str, float, str]]:
    """(place, our number, the digits as printed) for all single numbers of a source."""
    published, found = entry["published"], []
    outputs = entry["outputs"]
    lin, by_name = solution.lin, solution.by_name
    primals = {name: lin.core.primals[node] for name, node in solution.nodes.items()}
    adjoints = by_name(adcli.reverse(lin, {outputs[0]: 1}).steps)
    if isinstance(published.get("value"), str):
        found.append(("value", primals[outputs[0]], published["value"]))
    found += [(name, primals[name], text) for name, text in published.get("intermediates", {}).items()]
    found += [(f"grad {name}", adjoints[name], text) for name, text in published.get("gradient", {}).items()]
    found += [(f"{name}_bar", adjoints[name], text) for name, text in published.get("adjoints", {}).items()]
    for by, row in published.get("tangents", {}).items():
        tangents = by_name(adcli.forward(lin, {by: 1}).steps)
        found += [(f"{name}_dot", tangents[name], text) for name, text in row.items()]
    for output, row in zip(outputs, published.get("jacobian", []), strict=False):
        slopes = by_name(adcli.reverse(lin, {output: 1}).steps)
        found += [
            (f"{output} {name}", slopes[name], text) for name, text in zip(entry["inputs"], row, strict=True)
        ]
    return found


def test_published_digits_are_right_where_they_are_right(solved: Solved) -> None:
    wrong = {found["where"] for found in solved.entry["verified"]["published_mismatches"]}
    assert wrong == PLACES.get(solved.entry["id"], set())
    for place, found, printed in printed_numbers(solved.entry, solved):
        if place in wrong:
            assert not digits_agree(found, printed, Decimal("0.5")), place
        assert digits_agree(found, printed, Decimal(1 if place in wrong else "0.5")), place


def test_the_partial_sums_of_griewank_and_walthers_table_1_3_come_in_the_books_order() -> None:
    entry = EXAMPLES["griewank-baby"]
    rows = {row["id"]: row for row in adcli.trace(entry["program"], entry["point"], mode="reverse")}
    for name, sums in entry["published"]["partial_sums"].items():
        total = 0.0
        for term, printed in zip(rows[name]["terms"], sums, strict=True):
            assert term["flow"] == term["weight"] * term["inflow"]
            total += term["flow"]
            assert digits_agree(total, printed, Decimal(1)), name
        assert total == rows[name]["adjoint"]


def test_the_same_function_typed_as_one_expression_has_seven_steps() -> None:
    program = adcli.parse(EXAMPLES["griewank-baby"]["expression"])
    assert [op for op in program.graph.op if op != "input"] == [
        "div",
        "sin",
        "add",
        "exp",
        "sub",
        "sub",
        "mul",
    ]


def test_automatic_differentiation_is_exact_where_differences_are_shaky() -> None:
    (entry,) = [entry for entry in ENTRIES if entry["id"] == "fd-exp-1e-9"]
    for row in entry["verified"]["table"]:
        found = adcli.grad(entry["expression"], {"x": row["x"]})["x"]
        assert abs(found - row["exact"]) <= math.ulp(row["exact"])
        assert abs(found - row["exact"]) < abs(row["abs_error"])


def test_a_step_of_gradient_descent_moves_micrograds_example_as_published() -> None:
    entry = EXAMPLES["micrograd-L"]
    slopes = adcli.grad(entry["program"], entry["point"])
    moved = {name: value + 0.01 * slopes[name] for name, value in entry["point"].items() if name != "c"}
    value = adcli.value(entry["program"], {**moved, "c": entry["point"]["c"] + 0.01 * slopes["c"]})
    assert value == pytest.approx(float(entry["published"]["after_step_plus_0.01_grad"]), rel=1e-12)
