"""--json, field by field: JSON.md as tests, and every answer held against the schema that ships."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator, meta

import adcli as package
from adcli.cli import COMMANDS
from adcli.primitives import ARRAYS

Run = Callable[..., Any]
SCHEMA = json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DATA = Path(__file__).parents[1] / "data"
HEAD = ["schema", "command", "source", "reading", "inputs", "outputs", "at"]
GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
AT_GRIEWANK = ("--at", "x1=1.5,x2=0.5")


def valid(found: dict[str, Any]) -> dict[str, Any]:
    """`found`, after the schema has seen it."""
    VALIDATOR.validate(found)
    return found


def point(at: dict[str, Any]) -> str:
    return ",".join(f"{name}={value!r}" for name, value in at.items())


# What the schema says.


def test_the_schema_is_a_schema() -> None:
    meta.validate(SCHEMA)


def test_the_schema_describes_every_field() -> None:
    """Those of every answer are told once, above all entries: in the whole schema's own description."""
    common = {"schema", "command", "source", "reading", "inputs", "outputs", "at", "notes"}
    parts: list[tuple[str, Any]] = list(SCHEMA["$defs"].items())
    assert all("description" in part for _, part in parts)
    while parts:
        place, part = parts.pop()
        if not isinstance(part, dict):
            continue
        for name, field in part.get("properties", {}).items():
            assert "description" in field or name in common, f"{place}.{name}"
            parts.append((f"{place}.{name}", field))
        parts += [(place, part.get(inner)) for inner in ("items", "additionalProperties")]
        parts += [(place, case) for cases in ("oneOf", "anyOf") for case in part.get(cases, ())]


def test_the_schema_has_an_entry_for_every_command_and_for_errors() -> None:
    assert {entry["$ref"].rpartition("/")[2] for entry in SCHEMA["oneOf"]} == {*COMMANDS, "error"}


def test_an_entry_of_the_schema_admits_no_other_command() -> None:
    for name in (entry["$ref"].rpartition("/")[2] for entry in SCHEMA["oneOf"]):
        entry = SCHEMA["$defs"][name]
        for part in entry.get("oneOf", [entry]) if "properties" not in entry else [entry]:
            form = SCHEMA["$defs"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part
            if name == "error":
                assert "command" not in form["properties"]
                assert form["additionalProperties"] is False
            else:
                assert form["properties"]["command"] == {"const": name}
                assert "command" in form["required"]


CASES = [
    ("x^2*y+2*y", {"x": 1.0, "y": 2.0}),
    (GRIEWANK, {"x1": 1.5, "x2": 0.5}),
    ("sqrt(2)*pi", {}),
    ("x*x", {"x": 3.0}),
    ("a = x*y; b = sin(a); a, b, 3", {"x": 0.5, "y": -2.0}),
    ("c = a; c = c + c + 1; c = c*c", {"a": 2.0}),
    ("input x, y, z\nx*y", {"x": 1.0, "y": 2.0, "z": 3.0}),
    ("|x - 1| + max(x, y)", {"x": 1.0, "y": 1.0}),
    ("if(x < 0, -x, x^2)", {"x": -3.0}),
    ("θ₁*exp(-θ₁^2)", {"theta_1": 0.7}),
    ("x", {"x": 1.0}),
    ("x; x", {"x": 1.0}),
    ("input x, y\nx^2", {"x": 1.0, "y": 5.0}),
    ("stop(x)*x", {"x": 2.0}),
    ("sigmoid(x)+softplus(y)+erf(x*y)+atan2(y, x)", {"x": 0.25, "y": 800.0}),
    ("+".join(f"sin({k}*x)" for k in range(1, 30)), {"x": 0.1}),
]
WAYS = [
    ("eval",), ("jacobian",), ("jacobian", "--mode", "forward"), ("jacobian", "--mode", "reverse"),
    ("jacobian", "--layout", "denominator"), ("trace",), ("trace", "--mode", "forward"), ("graph",),
    ("graph", "--mode", "forward"), ("graph", "--mode", "reverse"), ("trace", "--no-share"),
    ("trace", "--explain"),
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
@pytest.mark.parametrize(("source", "at"), CASES, ids=lambda case: ascii(case)[1:30])
def test_every_answer_follows_the_schema(
    adcli: Run, source: str, at: dict[str, float], way: tuple[str, ...]
) -> None:
    found = valid(adcli(*way, source, "--at", point(at), "--json").json)
    assert found["command"] == way[0]
    assert found["at"] == at
    assert found["source"] == source


@pytest.mark.parametrize("mode", ["auto", "forward", "reverse"])
@pytest.mark.parametrize(("source", "at"), CASES, ids=lambda case: ascii(case)[1:30])
def test_every_gradient_follows_the_schema(adcli: Run, source: str, at: dict[str, float], mode: str) -> None:
    names = valid(adcli("eval", source, "--at", point(at), "--json").json)["outputs"]
    which = ("--output", names[-1]) if len(names) > 1 else ()
    for extra in ((), ("--trace",)):
        found = valid(adcli("grad", source, "--at", point(at), "--mode", mode, *which, *extra, "--json").json)
        assert list(found["gradient"]) == found["inputs"] == list(at)
        assert ("trace" in found) == bool(extra)


@pytest.mark.parametrize(
    "way",
    [
        ("trace",),
        ("trace", "--mode", "forward"),
        ("graph",),
        ("graph", "--mode", "reverse"),
        ("diff",),
        ("diff", "--steps", "--order", "2"),
    ],
)
@pytest.mark.parametrize(("source", "at"), CASES, ids=lambda case: ascii(case)[1:30])
def test_every_answer_without_a_point_follows_the_schema(
    adcli: Run, source: str, at: dict[str, float], way: tuple[str, ...]
) -> None:
    found = valid(adcli(*way, source, "--json").json)
    assert found["at"] == (None if at else {})


@pytest.mark.parametrize(
    "args", [("functions",), ("functions", "sin"), ("functions", "log"), ("forget",)], ids=" ".join
)
def test_commands_without_a_program_follow_the_schema(adcli: Run, args: tuple[str, ...]) -> None:
    assert valid(adcli(*args, "--json").json)["command"] == args[0]


@pytest.mark.parametrize(
    "args",
    [
        ("grad", "x+"), ("grad", "x"), ("grad", "ln(x)", "--at", "x=-1"), ("grad", "x", "--at", "no.json"),
        ("grad", "x", "--nonsense"), ("nonsense",), ("grad", "x", "--at", "x=("), (), ("eval", "1e999"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_error_follows_the_schema(adcli: Run, args: tuple[str, ...]) -> None:
    ran = adcli(*args, "--json")
    assert ran.status in (2, 3)
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    valid(json.loads(ran.err))


def corpus() -> Iterator[tuple[str, dict[str, Any]]]:
    """The worked examples and programs whose language is there already."""
    for entry in json.loads((DATA / "worked_examples.json").read_text(encoding="utf-8")):
        text = entry.get("program") or entry["expression"]
        if readable(text, entry["point"]):
            yield text, entry["point"]
    for entry in json.loads((DATA / "programs.json").read_text(encoding="utf-8")):
        if readable(entry["text"], entry["point"]):
            yield entry["text"], entry["point"]


def readable(text: str, at: dict[str, Any]) -> bool:
    """Whether a text can be read, and the point is one for it."""
    try:
        return set(package.parse(text).inputs) == set(at)
    except package.AdcliError:
        return False


@pytest.mark.parametrize(("source", "at"), list(corpus()), ids=lambda case: ascii(case)[1:40])
def test_the_corpus_follows_the_schema(adcli: Run, source: str, at: dict[str, Any]) -> None:
    for way in (("jacobian",), ("trace",), ("trace", "--mode", "forward"), ("graph", "--mode", "reverse")):
        ran = adcli(*way, source, "--at", point(at), "--json")
        if ran.status == 0:
            valid(ran.json)
        else:  # a point where the mathematics says no
            assert ran.status == 3
            valid(json.loads(ran.err))


# The frame, and the promise of SPEC 4.


def test_the_example_of_the_contract(adcli: Run) -> None:
    found = adcli("grad", "x^2*y+2*y", "--at", "x=1,y=2", "--json").json
    assert found == {
        "schema": "adcli/1", "command": "grad", "source": "x^2*y+2*y", "reading": "x^2*y + 2*y",
        "inputs": ["x", "y"], "outputs": ["f"], "at": {"x": 1.0, "y": 2.0}, "mode": "reverse",
        "value": 6.0, "gradient": {"x": 4.0, "y": 3.0}, "notes": [],
    }  # fmt: skip
    assert [*HEAD, "mode", "value", "gradient", "notes"] == list(found)


@pytest.mark.parametrize(
    ("way", "fields"),
    [
        ("eval", ["value"]),
        ("grad", ["mode", "value", "gradient"]),
        ("grad --trace", ["mode", "value", "gradient", "trace"]),
        ("jacobian", ["mode", "value", "jacobian", "wrt", "layout"]),
        ("trace", ["trace"]),
        ("graph", ["mode", "seed", "graph"]),
    ],
)
def test_the_fields_of_a_command(adcli: Run, way: str, fields: list[str]) -> None:
    assert list(adcli(*way.split(), "x*y", "--at", "x=1,y=2", "--json").json) == [*HEAD, *fields, "notes"]


def test_one_object_in_one_line(adcli: Run) -> None:
    ran = adcli("trace", "x*y +\n1", "--at", "x=1,y=2", "--json")
    assert ran.out.count("\n") == 1
    assert ran.err == ""


def test_format_json_and_a_json_file_are_the_same_object(adcli: Run, tmp_path: Path) -> None:
    args = ("graph", "x*y", "--at", "x=1,y=2", "--mode", "reverse")
    wanted = adcli(*args, "--json").json
    assert adcli(*args, "--format", "json").json == wanted
    assert adcli(*args, "-o", "g.json").out == ""
    assert json.loads((tmp_path / "g.json").read_text(encoding="utf-8")) == wanted
    assert adcli(*args, "--format", "json", "-o", "-").json == wanted


# Names.


@pytest.mark.parametrize(
    ("source", "outputs"),
    [
        ("x^2", ["f"]),
        ("x, x^2", ["f1", "f2"]),
        ("y = x^2", ["y"]),
        ("y = x^2; y", ["y"]),
        ("y = x^2; y, x", ["y", "f2"]),
        ("a = x; b = a*x; b, a, a+b", ["b", "a", "f3"]),
        ("f*2", ["out"]),
        ("f1*2, x", ["out1", "out2"]),
        ("f = x; f + 1", ["out"]),
        ("θ = x^2", ["theta"]),
    ],
)
def test_names_of_outputs(adcli: Run, source: str, outputs: list[str]) -> None:
    assert adcli("graph", source, "--json").json["outputs"] == outputs


def test_outputs_on_request(adcli: Run) -> None:
    found = adcli("eval", "a = x*y; b = a + 1; c = b*a", "--outputs", "b,a", "--at", "x=2,y=3", "--json").json
    assert found["outputs"] == ["b", "a"]
    assert found["value"] == [7.0, 6.0]


def ids(found: dict[str, Any]) -> list[str]:
    return [step["id"] for step in found["trace"]["steps"]]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("x^2*y + 2*y", ["x", "y", "v1", "v2", "v3", "v4"]),
        (GRIEWANK, ["x1", "x2", "v1", "v2", "v3", "v4", "v5", "v6"]),
        ("a = x*y; sin(a)", ["x", "y", "a", "v2"]),
        ("v1*x", ["v1", "x", "w1"]),
        ("v1*w3", ["v1", "w3", "g1"]),
        ("v1*w1*g1", ["v1", "w1", "g1", "z1", "z2"]),
        ("c = a; c = c + c + 1; c = c*c", ["a", "v1", "c.2", "c"]),
        ("c = a + 1; c = 2*c; c = c*c", ["a", "c.1", "c.2", "c"]),
        ("y = x; y*x", ["x", "v1"]),
        ("y = x*x; z = y; z + 1", ["x", "y", "v2"]),
        ("θ*x_1*y₂", ["theta", "x_1", "y_2", "v1", "v2"]),
    ],
)
def test_ids_of_steps(adcli: Run, source: str, names: list[str]) -> None:
    assert ids(adcli("trace", source, "--json").json) == names


def test_labels_are_the_shown_form(adcli: Run) -> None:
    steps = adcli("trace", "a = x1*x2; sin(a)/θ", "--json").json["trace"]["steps"]
    assert [step["label"] for step in steps] == ["v₋₂", "v₋₁", "v₀", "a", "v₂", "v₃"]


def test_constants_are_nodes_and_args_but_no_steps(adcli: Run) -> None:
    traced = adcli("trace", "2*x + 3*x^2", "--json").json["trace"]["steps"]
    assert not any(re.fullmatch(r"c\d+", step["id"]) for step in traced)
    assert [step["args"] for step in traced] == [[], ["c1", "x"], ["x", "c1"], ["c2", "v2"], ["v1", "v3"]]
    nodes = adcli("graph", "2*x + 3*x^2", "--json").json["graph"]["nodes"]
    assert [node["id"] for node in nodes if node["kind"] == "constant"] == ["c1", "c2"]
    assert [node["kind"] for node in nodes].count("output") == 1


def test_ids_are_ascii_and_unlike(adcli: Run) -> None:
    nodes = adcli("graph", "θ₁*σ + c1*c2 + 2*θ₁ + 5", "--json").json["graph"]["nodes"]
    names = [node["id"] for node in nodes]
    assert len(set(names)) == len(names)
    assert all(name.isascii() for name in names)


# Values.


def test_a_step_that_is_not_computed_is_null_and_an_unused_input_is_zero(adcli: Run) -> None:
    found = adcli("grad", "input x, y, z; x*y", "--at", "x=2,y=3,z=4", "--json", "--trace").json
    assert found["gradient"] == {"x": 3.0, "y": 2.0, "z": 0.0}
    adjoints = {step["id"]: step["adjoint"] for step in found["trace"]["steps"]}
    assert adjoints["z"] is None


def test_a_step_beside_the_seeded_output_is_null(adcli: Run) -> None:
    found = adcli("trace", "a = x*y; b = x + y; a, b", "--at", "x=2,y=3", "--json").json
    adjoints = {step["id"]: step["adjoint"] for step in found["trace"]["steps"]}
    assert adjoints == {"x": 3.0, "y": 2.0, "a": 1.0, "b": None}


def test_a_forward_sweep_covers_every_step_that_depends_on_an_input(adcli: Run) -> None:
    found = adcli(
        "trace", "a = x*y; b = sin(y); a, b, sqrt(2)", "--mode", "forward", "--at", "x=2,y=0", "--json"
    ).json
    tangents = {step["id"]: step["tangent"] for step in found["trace"]["steps"]}
    assert tangents["b"] == 0.0
    assert found["trace"]["seed"] == {"x": 1.0, "y": 0.0}
    assert tangents[ids(found)[-1]] is None  # sqrt(2) depends on nothing


def test_without_a_point_all_numbers_are_null(adcli: Run) -> None:
    found = adcli("trace", "x*y + 2", "--json").json
    for step in found["trace"]["steps"]:
        assert step["value"] is None
        assert step["adjoint"] is None
        assert all(partial["value"] is None for partial in step["partials"])
        assert all(term["flow"] is None for term in step["terms"])
    assert found["at"] is None
    assert found["trace"]["seed"] == {"v2": 1.0}


@pytest.mark.parametrize("command", ["eval", "grad", "jacobian"])
def test_constants_alone(adcli: Run, command: str) -> None:
    found = adcli(command, "2*3", "--json").json
    assert found["at"] == {}
    assert found["value"] == 6.0
    if command == "grad":
        assert found["gradient"] == {}
    if command == "jacobian":
        assert found["jacobian"] == [[]]
        assert found["wrt"] == []


def test_values_are_a_number_or_a_list(adcli: Run) -> None:
    assert adcli("eval", "x*2", "--at", "x=3", "--json").json["value"] == 6.0
    assert adcli("eval", "x*2, x", "--at", "x=3", "--json").json["value"] == [6.0, 3.0]


def test_a_jacobian_is_always_a_matrix(adcli: Run) -> None:
    one = adcli("jacobian", "x*y", "--at", "x=2,y=3", "--json").json
    assert one["jacobian"] == [[3.0, 2.0]]
    turned = adcli("jacobian", "x*y", "--at", "x=2,y=3", "--layout", "denominator", "--json").json
    assert turned["jacobian"] == [[3.0], [2.0]]
    part = adcli("jacobian", "x*y, y", "--at", "x=2,y=3", "--wrt", "y", "--json").json
    assert part["jacobian"] == [[2.0], [1.0]]
    assert part["wrt"] == ["y"]
    assert part["inputs"] == ["x", "y"]


def test_wrt_chooses_the_entries_of_a_gradient(adcli: Run) -> None:
    found = adcli("grad", "x*y*z", "--at", "x=2,y=3,z=4", "--wrt", "z,x", "--json").json
    assert found["gradient"] == {"z": 6.0, "x": 12.0}


@pytest.mark.parametrize(
    ("outputs", "mode"),
    [("x*y", "reverse"), ("x*y, x", "reverse"), ("x, y, x*y", "forward"), ("x, x, x", "forward")],
)
def test_auto_is_reverse_when_there_are_no_more_outputs_than_inputs(
    adcli: Run, outputs: str, mode: str
) -> None:
    at = "x=2,y=3" if "y" in outputs else "x=2"
    assert adcli("jacobian", outputs, "--at", at, "--json").json["mode"] == mode


def test_default_modes(adcli: Run) -> None:
    assert adcli("trace", "x*y", "--json").json["trace"]["mode"] == "reverse"
    found = adcli("graph", "x*y", "--at", "x=1,y=2", "--json").json
    assert found["mode"] == "none"
    assert found["seed"] == {}
    assert not {"tangent", "adjoint"} & set(found["graph"]["nodes"][0])
    assert all(edge["flow"] is None for edge in found["graph"]["edges"])


# Traces and graphs.


def test_the_reverse_sums_of_griewank_and_walther(adcli: Run) -> None:
    found = adcli("trace", GRIEWANK, *AT_GRIEWANK, "--json").json
    assert ids(found) == ["x1", "x2", "v1", "v2", "v3", "v4", "v5", "v6"]
    steps = {step["id"]: step for step in found["trace"]["steps"]}
    assert [term["via"] for term in steps["v4"]["terms"]] == ["v6", "v5"]
    assert [term["via"] for term in steps["v1"]["terms"]] == ["v4", "v2"]
    assert [term["via"] for term in steps["x2"]["terms"]] == ["v3", "v1"]
    for step in steps.values():
        assert all(math.isclose(term["flow"], term["weight"] * term["inflow"]) for term in step["terms"])
        if step["terms"]:
            assert math.isclose(step["adjoint"], math.fsum(term["flow"] for term in step["terms"]))
    assert steps["v6"]["terms"] == []
    assert steps["v6"]["adjoint"] == 1.0
    assert found["trace"]["seed"] == {"v6": 1.0}


def test_forward_terms_come_from_the_arguments(adcli: Run) -> None:
    found = adcli("trace", GRIEWANK, *AT_GRIEWANK, "--mode", "forward", "--wrt", "x2", "--json").json
    steps = {step["id"]: step for step in found["trace"]["steps"]}
    assert found["trace"]["seed"] == {"x1": 0.0, "x2": 1.0}
    assert [term["via"] for term in steps["v5"]["terms"]] == ["v2", "v4"] == steps["v5"]["args"]
    assert steps["v6"]["tangent"] == pytest.approx(-13.723961509314075, rel=1e-13)


def test_two_uses_of_one_operand_are_two_partials_terms_and_edges(adcli: Run) -> None:
    traced = adcli("trace", "x*x", "--at", "x=3", "--json").json["trace"]["steps"]
    assert [(partial["arg"], partial["slot"]) for partial in traced[1]["partials"]] == [("x", 0), ("x", 1)]
    assert sorted((term["via"], term["slot"]) for term in traced[0]["terms"]) == [("v1", 0), ("v1", 1)]
    edges = adcli("graph", "x*x", "--at", "x=3", "--json").json["graph"]["edges"]
    assert [(edge["from"], edge["to"], edge["slot"], edge["value"]) for edge in edges] == [
        ("x", "v1", 0, 3.0), ("x", "v1", 1, 3.0),
    ]  # fmt: skip


def test_equal_expressions_are_one_step_unless_told(adcli: Run) -> None:
    assert len(ids(adcli("trace", "sin(x)*sin(x)", "--json").json)) == 3
    assert len(ids(adcli("trace", "sin(x)*sin(x)", "--no-share", "--json").json)) == 4


def test_own_seeds(adcli: Run) -> None:
    found = adcli("trace", "x*y; x+y", "--at", "x=2,y=3", "--seed", "f1=1,f2=-1", "--json").json
    assert found["trace"]["seed"] == {"v1": 1.0, "v2": -1.0}
    assert {s["id"]: s["adjoint"] for s in found["trace"]["steps"]} == {
        "x": 2.0,
        "y": 1.0,
        "v1": 1.0,
        "v2": -1.0,
    }
    moved = adcli(
        "trace", "x*y; x+y", "--at", "x=2,y=3", "--mode", "forward", "--seed", "y=1/2", "--json"
    ).json
    assert moved["trace"]["seed"] == {"x": 0.0, "y": 0.5}


def test_formulas_are_ascii(adcli: Run) -> None:
    ran = adcli("graph", "θ₁^2*sin(θ₁)/λ", "--at", "θ₁=1,λ=2", "--mode", "reverse", "--json")
    for edge in ran.json["graph"]["edges"]:
        assert edge["formula"].isascii()
    assert all(node["formula"].isascii() for node in ran.json["graph"]["nodes"])


# Numbers.


@pytest.mark.parametrize(
    "number", ["0.1", "1e-300", "1e+300", "5e-324", "1.7976931348623157e+308", "123456789.125", "2.5e-07"]
)
def test_numbers_are_in_shortest_round_trip_form(adcli: Run, number: str) -> None:
    ran = adcli("eval", "x", "--at", f"x={number}", "--json")
    assert f'"value": {float(number)!r}' in ran.out
    assert ran.json["at"]["x"] == float(number)


def test_precision_does_not_touch_json(adcli: Run) -> None:
    assert adcli("eval", "1/3", "--precision", "2", "--json").json["value"] == 1 / 3


def test_zero_has_no_sign(adcli: Run) -> None:
    ran = adcli("grad", "0*x - 0*y", "--at", "x=-1,y=-0.0", "--json")
    assert "-0.0" not in ran.out.replace('"source"', "")
    assert adcli("eval", "-0.0*x", "--at", "x=1", "--json").out.count("-0.0") == 1  # in the source alone


def test_whole_numbers_are_floats(adcli: Run) -> None:
    assert '"at": {"x": 3.0}, "value": 9.0' in adcli("eval", "x^2", "--at", "x=3", "--json").out


@pytest.mark.parametrize("source", ["ln(x)", "1/x", "x^0.5/x", "sqrt(x)/x", "x^-1"])
def test_nan_and_infinity_are_never_answers(adcli: Run, source: str) -> None:
    ran = adcli("grad", source, "--at", "x=0", "--json")
    assert ran.status == 3
    assert ran.out == ""
    assert "nan" not in ran.err.lower()


# Points in the answer.


def test_the_point_is_in_the_order_of_the_inputs(adcli: Run) -> None:
    found = adcli("eval", "x*y*z", "--at", "z=3", "--at", "y=2,x=1", "--json").json
    assert list(found["at"]) == found["inputs"] == ["x", "y", "z"]


def test_names_of_the_point_are_canonical(adcli: Run) -> None:
    assert adcli("eval", "θ₁*2", "--at", "theta_1=1", "--json").json["at"] == {"theta_1": 1.0}
    assert adcli("eval", "theta*2", "--at", "θ=1", "--json").json["at"] == {"theta": 1.0}


def test_values_of_the_point_are_expressions(adcli: Run) -> None:
    found = adcli("eval", "x*y", "--at", "x=pi/4,y=max(1, 2)^-1", "--json").json
    assert found["at"] == {"x": math.pi / 4, "y": 0.5}


# Readings.


@pytest.mark.parametrize(("source", "at"), [*CASES, *corpus()], ids=lambda case: ascii(case)[1:40])
def test_a_reading_reads_the_same(adcli: Run, source: str, at: dict[str, Any]) -> None:
    point = ["--at", ",".join(f"{name}={value}" for name, value in at.items())]
    first = adcli("graph", source, *point, "--json").json
    again = adcli("graph", first["reading"], *point, "--json").json
    assert again["reading"] == first["reading"]
    made, reread = (package.parse(text, names=at) for text in (source, first["reading"]))
    assert made.at(at).graph == reread.at(at).graph


def test_long_readings_are_programs_and_never_cut(adcli: Run) -> None:
    found = adcli("eval", "+".join(f"sin({k}*x)" for k in range(1, 200)), "--at", "x=0", "--json").json
    assert "…" not in found["reading"]
    assert found["reading"].count("=") > 100


# Notes.


@pytest.mark.parametrize(
    ("source", "at", "code"),
    [
        ("|x|", "x=0", "kink"),
        ("relu(x)", "x=0", "kink"),
        ("max(x, y)", "x=1,y=1", "tie"),
        ("e = 3; e*x", "x=1", "constant"),
        ("tau*x", "x=1", "constant"),
        ("x + 1e-400", "x=1", "underflow"),
    ],
)
def test_notes_have_codes(adcli: Run, source: str, at: str, code: str) -> None:
    ran = adcli("grad", source, "--at", at, "--json")
    assert code in [note["code"] for note in valid(ran.json)["notes"]]
    assert ran.err == ""


@pytest.mark.parametrize("at", ["x=1e-400", "x=1/1e-400*0", "point.json", "point.csv", "-"])
def test_a_value_that_is_read_as_0_is_noted(adcli: Run, tmp_path: Path, at: str) -> None:
    (tmp_path / "point.json").write_text('{"x": 1.5E-400}', encoding="utf-8")
    (tmp_path / "point.csv").write_text("x\n1.5e-400\n", encoding="utf-8")
    ran = adcli("eval", "x", "--at", at, "--json", stdin='{"x": 0.01e-399}')
    if "/" in at:
        assert ran.status == 3
        return
    assert [note["code"] for note in valid(ran.json)["notes"]] == ["underflow"]
    assert ran.json["value"] == 0.0


def test_a_kink_names_its_step_and_both_slopes(adcli: Run) -> None:
    (note,) = adcli("grad", "|x - 1| + 2*x", "--at", "x=1", "--json").json["notes"]
    assert note["step"] == "v2"
    assert note["span"] == [0, 7]
    assert "-1" in note["message"]


def test_the_last_expression_is_a_note(adcli: Run) -> None:
    adcli("grad", "x*y", "--at", "x=1,y=2")
    ran = adcli("grad", "--json")
    assert [note["code"] for note in ran.json["notes"]] == ["stored"]
    assert ran.err == ""


# Errors.


@pytest.mark.parametrize(
    ("args", "code", "status", "span", "where"),
    [
        (("grad", "x^2*y + 2*)"), "syntax", 2, [10, 11], "source"),
        (("grad", "θ + )"), "syntax", 2, [4, 5], "source"),
        (("grad", ""), "syntax", 2, [0, 0], "source"),
        (("grad", "sin(1, 2)"), "syntax", 2, None, "source"),
        (("grad", "xy", "--at", "x=1,y=2"), "name", 2, [0, 2], "source"),
        (("grad", "foo(x)", "--at", "x=1"), "name", 2, [0, 3], "source"),
        (("grad", "x", "--at", "x=)"), "syntax", 2, [2, 3], "at"),
        (("grad", "x", "--at", "x=1,x=2"), "usage", 2, [4, 5], "at"),
        (("grad", "y*ln(x - 3)", "--at", "x=1,y=2"), "domain", 3, [2, 11], "source"),
        (("grad", "x", "--at", "x=1/0"), "domain", 3, [2, 5], "at"),
        (("grad", "x", "--at", "none.json"), "io", 2, None, None),
        (("grad", "x, x", "--at", "x=1"), "usage", 2, None, None),
        (("grad", "x", "--mode", "up"), "usage", 2, None, None),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, tuple) else "",
)
def test_codes_and_places_of_errors(
    adcli: Run, args: tuple[str, ...], code: str, status: int, span: list[int] | None, where: str | None
) -> None:
    ran = adcli(*args, "--json")
    assert ran.status == status
    error = ran.error
    assert error["code"] == code
    if where is None:
        assert error["span"] is None
    else:
        assert error["where"] == where
        assert span is None or error["span"] == span


# Functions.


def test_functions_lists_what_the_contract_asks_for(adcli: Run) -> None:
    found = adcli("functions", "--json").json["functions"]
    entry = next(row for row in found if row["name"] == "atan2")
    assert set(entry) == {"name", "aliases", "args", "domain", "derivative", "kinks", "example"}
    assert len(entry["derivative"]) == len(entry["args"]) == 2
    names = {row["name"] for row in found} | {alias for row in found for alias in row["aliases"]}
    asked = """
        sqrt cbrt exp expm1 ln log log10 log2 log1p sin cos tan sec csc cot asin acos atan arcsin
        arccos arctan acot atan2 sinh cosh tanh sech csch coth asinh acosh atanh arsinh arcosh
        artanh abs sign floor ceil round min max hypot pow sigmoid logistic logit softplus relu
        leaky_relu elu silu gelu step erf erfc normpdf normcdf gamma lgamma digamma sinc logaddexp
        degrees radians stop
    """
    assert set(asked.split()) <= names


def test_one_function_by_name_or_alias(adcli: Run) -> None:
    assert [row["name"] for row in adcli("functions", "arcsin", "--json").json["functions"]] == ["asin"]


BRACKETS = str.maketrans("", "", "[]")


def test_examples_of_functions_are_right(adcli: Run) -> None:
    for row in adcli("functions", "--json").json["functions"]:
        call, _, number = row["example"].partition(" = ")
        found = adcli("eval", call, "--json").json["value"]
        entries, wanted = (
            json.dumps(value).translate(BRACKETS).split(",") for value in (found, json.loads(number))
        )
        assert [*map(float, entries)] == pytest.approx([*map(float, wanted)], rel=1e-9), row["example"]


def test_derivatives_of_functions_are_formulas_in_their_arguments(adcli: Run) -> None:
    for row in adcli("functions", "--json").json["functions"]:
        if row["name"] in ("onehot", "ones", "eye"):
            continue  # of whole numbers
        assert len(row["derivative"]) == (1 if row["args"][-1].endswith("...") else len(row["args"]))
        for formula in row["derivative"]:
            if row["name"] in ARRAYS:
                assert "z̄" in formula  # an adjoint rule: what z̄, that of the result, gives the argument
                continue
            if (row["name"], formula) == ("polygamma", "not defined"):
                continue  # its first argument counts
            found = adcli("graph", formula, "--json").json
            assert set(found["inputs"]) <= {name.rstrip(".") for name in row["args"]} | {"y"}, (
                row["name"],
                formula,
            )
