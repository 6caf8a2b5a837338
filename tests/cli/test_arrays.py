"""Arrays on the command line: points from files, shape errors, every command's JSON, hostile files."""

from __future__ import annotations

import io
import json
import pickle
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema_rs import Draft202012Validator

import adcli as adcli_package
from adcli.answers import running
from adcli.errors import AdcliError
from adcli.language.points import from_text

Run = Callable[..., Any]
VALIDATOR = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)
NET = "Z=W@x+b; p=softmax(Z); L=-ln(p[2])"
AT = "W=[[0.5,-1,2],[1,0,0.5]],x=[1,2,-1],b=[0.1,0.2]"


def valid(found: dict[str, Any]) -> dict[str, Any]:
    VALIDATOR.validate(found)
    return found


# Answers.


def test_a_gradient_has_the_shapes_of_its_inputs(adcli: Run) -> None:
    found = valid(adcli("grad", "sum((W@x)^2)", "--at", "W=[[1,2],[3,4]],x=[1,-1]", "--json").json)
    assert found["at"] == {"W": [[1.0, 2.0], [3.0, 4.0]], "x": [1.0, -1.0]}
    assert found["value"] == 2.0
    assert found["gradient"] == {"W": [[-2.0, 2.0], [-2.0, 2.0]], "x": [-8.0, -12.0]}


def test_a_value_may_be_an_array(adcli: Run) -> None:
    assert valid(adcli("eval", "[[1,2],[3,4]]@[5,6]", "--json").json)["value"] == [17.0, 39.0]


def test_a_jacobian_has_a_block_for_every_pair(adcli: Run) -> None:
    found = valid(adcli("jacobian", "W@x", "--at", "W=[[1,2]],x=[[3,5],[4,6]]", "--json").json)
    assert found["blocks"]["f"]["x"] == [[1.0, 0.0, 2.0, 0.0], [0.0, 1.0, 0.0, 2.0]]
    assert found["blocks"]["f"]["W"] == [[3.0, 4.0], [5.0, 6.0]]


def test_seeds_and_what_comes_of_them_have_the_shapes_of_their_arrays(adcli: Run) -> None:
    text, at = "sum(x^3), W@x", "W=[[1,2],[3,4]],x=[1,2]"
    found = valid(adcli("jvp", text, "--at", at, "--tangent", "x=[1,0]", "--trace", "--json").json)
    assert found["seed"] == {"x": [1.0, 0.0], "W": [[0.0, 0.0], [0.0, 0.0]]}
    assert found["tangent"] == [3.0, [1.0, 3.0]]
    found = valid(adcli("vjp", text, "--at", at, "--cotangent", "f1=1,f2=[1,0]", "--trace", "--json").json)
    assert found["seed"] == {"f1": 1.0, "f2": [1.0, 0.0]}
    assert found["cotangent"] == {"x": [4.0, 14.0], "W": [[1.0, 2.0], [0.0, 0.0]]}


@pytest.mark.parametrize("mode", ["forward", "reverse"])
@pytest.mark.parametrize("command", ["trace", "graph"])
def test_traces_and_graphs_follow_the_schema(adcli: Run, command: str, mode: str) -> None:
    found = valid(adcli(command, NET, "--at", AT, "--mode", mode, "--json").json)
    if command == "trace":
        steps = {step["id"]: step for step in found["trace"]["steps"]}
        assert steps["Z"]["value"] == pytest.approx([-3.4, 0.7])
        assert np.shape(steps["W"]["adjoint" if mode == "reverse" else "tangent"]) == (2, 3)


def test_the_maps_of_a_trace_are_formulas(adcli: Run) -> None:
    found = adcli("trace", "Y=X@W; L=sum(Y)", "--at", "X=[[1,2]],W=[[3],[4]]", "--json").json
    product = next(step for step in found["trace"]["steps"] if step["id"] == "Y")
    assert [partial["formula"] for partial in product["partials"]] == ["_@transpose(W)", "transpose(X)@_"]


def test_the_rules_are_those_of_the_lecture_notes(adcli: Run) -> None:
    said = adcli(
        "trace",
        "Y=X@W+B; L=sum(G*Y)",
        "--at",
        "X=[[1,2],[3,4]],W=[[1,2],[3,4]],B=[[5,6],[7,8]],G=[[1,0],[0,2]]",
    ).out
    said = unicodedata.normalize("NFC", said)
    assert "W̄ = Xᵀ@v̄₁ = " in said
    assert "X̄ = v̄₁@Wᵀ = " in said
    assert "B̄ = Ȳ = [[1, 0], [0, 2]]" in said


def test_a_repeated_bias_is_explained(adcli: Run) -> None:
    said = adcli("trace", "Y=X@W+b; L=sum(Y)", "--at", "X=[[1,2],[3,4]],W=[[1,2],[3,4]],b=[[5,6]]").out
    said = unicodedata.normalize("NFC", said)
    assert "b̄ = sum(Ȳ, axis=1) = " in said
    assert "b is repeated to 2×2 in v₁ + b, so b̄ is a sum over the rows" in said


def test_entry_by_entry_the_answer_is_the_same(adcli: Run) -> None:
    whole = adcli("grad", NET, "--at", AT, "--json").json["gradient"]
    entries = valid(adcli("grad", NET, "--at", AT, "--expand", "--json").json)["gradient"]
    assert [entries[f"W{i}{j}"] for i in (1, 2) for j in (1, 2, 3)] == pytest.approx(
        [entry for row in whole["W"] for entry in row], rel=1e-12
    )
    chosen = adcli("grad", NET, "--at", AT, "--expand", "--wrt", "x", "--json").json["gradient"]
    assert list(chosen) == ["x1", "x2", "x3"]


@pytest.mark.draws
def test_a_picture_and_a_page_of_arrays_are_written(adcli: Run, tmp_path: Path) -> None:
    for name in ("g.svg", "g.html", "g.tex", "g.mmd"):
        assert adcli("graph", NET, "--at", AT, "--mode", "reverse", "-o", name).status == 0
        assert (tmp_path / name).stat().st_size > 500
    svg = (tmp_path / "g.svg").read_text(encoding="utf-8")
    assert "Wᵀ@·" in svg
    assert "diag(p) − p@pᵀ" in svg


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "latex", "csv"])
@pytest.mark.parametrize("more", [(), ("--explain",), ("--mode", "forward")])
def test_a_trace_of_arrays_has_every_form(adcli: Run, form: str, more: tuple[str, ...]) -> None:
    ran = adcli("trace", NET, "--at", AT, "--format", form, *more)
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.out) > 400


def test_a_large_array_is_shown_by_its_shape_unless_all_of_it_is_asked_for(adcli: Run) -> None:
    at = f"x={list(range(20))}".replace(" ", "")
    assert "x = 20×1" in adcli("trace", "sum(x^2)", "--at", at).out
    assert "20×1" not in adcli("trace", "sum(x^2)", "--at", at, "--full").out.replace("ones(20, 1)", "")


def test_the_last_point_is_kept_as_it_was_given(adcli: Run) -> None:
    assert adcli("grad", NET, "--at", AT, "--expand").status == 0
    assert np.shape(adcli("grad", "--json").json["gradient"]["W"]) == (2, 3)


def test_paths_are_of_numbers(adcli: Run) -> None:
    assert adcli("trace", NET, "--at", AT, "--paths", "x", "--json").error["code"] == "usage"
    assert adcli("trace", "dot(x,x)", "--at", "x=[1,2]", "--expand", "--paths", "x1").status == 0


def test_a_kink_in_an_array_is_noted_with_its_entry(adcli: Run) -> None:
    (note,) = valid(adcli("grad", "sum(relu(x))", "--at", "x=[[1,0],[2,-1]]", "--json").json)["notes"]
    assert (note["code"], "x[1, 2] = 0" in note["message"]) == ("kink", True)
    assert adcli("grad", "sum(relu(x))", "--at", "x=[1,0]", "--strict").status == 3
    (note,) = adcli("grad", "max(x)", "--at", "x=[3,1,3]", "--json").json["notes"]
    assert note["code"] == "tie"


@pytest.mark.parametrize("text", ["sum(x*stop(relu(x)))", "sum(elu(x))"])
def test_a_kink_that_no_slope_meets_is_none(adcli: Run, text: str) -> None:
    assert adcli("grad", text, "--at", "x=[0,1]", "--strict").status == 0


@pytest.mark.parametrize(
    ("args", "at"),
    [
        (("hessian", "sum(relu(W@x)^2)"), "W=[[1,2],[2,-1]],x=[2,-1]"),
        (("hvp", "sum(relu(W@x)^2)", "--tangent", "x=[1,0]"), "W=[[1,2],[2,-1]],x=[2,-1]"),
        (("taylor", "sum(relu(W@x))", "--tangent", "x=[1,1]", "--order", "2"), "W=[[1,2],[2,-1]],x=[2,-1]"),
    ],
)
def test_a_kink_of_second_derivatives_is_at_a_step_that_was_written(
    adcli: Run, args: tuple[str, ...], at: str
) -> None:
    (note,) = adcli(*args, "--at", at, "--json").json["notes"]
    assert note["message"].startswith("relu has a kink at step v₂ = relu(v₁), where v₁[1] = 0.")
    assert adcli(*args, "--at", at, "--strict").status == 3


def test_a_kink_of_a_slope_is_noted_where_second_derivatives_meet_it(adcli: Run) -> None:
    (note,) = adcli("hessian", "sum(elu(x))", "--at", "x=[1,0]", "--json").json["notes"]
    assert "has a slope with a kink at step v₁ = elu(x), where x[2] = 0" in note["message"]
    assert "second derivative from the left 1, from the right 0; 0.5 is used" in note["message"]


def test_formulas_are_there_without_a_point(adcli: Run) -> None:
    said = unicodedata.normalize("NFC", adcli("trace", "Y=X@W; L=sum(Y)").out)
    assert "W̄ = Xᵀ@Ȳ" in said
    assert "X̄ = Ȳ@Wᵀ" in said


def test_code_of_arrays_needs_a_point(adcli: Run) -> None:
    assert adcli("codegen", "sum(x^2)", "--json").error["code"] == "usage"
    assert "2 * x2" in adcli("codegen", "sum(x^2)", "--at", "x=[1,2]").out


@pytest.mark.parametrize(
    "args",
    [
        ("eval", "sum(x^2)"), ("grad", "sum(x^2)"), ("jacobian", "softmax(x)"), ("trace", "softmax(x)"),
        ("graph", "softmax(x)"), ("hessian", "sum(x^2)"), ("hvp", "sum(x^2)"), ("jvp", "softmax(x)"),
        ("vjp", "softmax(x)"), ("taylor", "sum(x^2)"), ("codegen", "sum(x^2)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [(), ("--at", "x=[1,2]"), ("--at", "x=1"), ("--at", "x=[[1,2],[3,4]]")])
def test_no_command_fails_on_arrays(adcli: Run, args: tuple[str, ...], at: tuple[str, ...]) -> None:
    more = ("--tangent", "x=1") if args[0] in ("jvp", "hvp", "taylor") else ()
    for form in ((), ("--json",)):
        assert adcli(*args, *at, *more, *form).status in (0, 2)


# Shapes.

SHAPES = [
    ("W@x", "W=[[1,2,3],[4,5,6]],x=[1,2]", ("W is 2×3, x is 2×1", "did you mean Wᵀ@x?"), (0, 3)),
    ("1 + x@y", "x=[1,2],y=[3,4]", ("x is 2×1, y is 2×1", "xᵀ@y"), (4, 7)),
    ("A + b", "A=[[1,2,3],[4,5,6]],b=[1,2,3]", ("A is 2×3, b is 3×1",), (0, 5)),
    ("sum(W*x)", "W=[[1,2,3],[4,5,6]],x=[1,2,3]", ("W is 2×3, x is 3×1", "did you mean W@x?"), (4, 7)),
    ("det(A)", "A=[[1,2,3],[4,5,6]]", ("A is 2×3", "square"), (0, 6)),
    ("x[4]", "x=[1,2,3]", ("index 4 is out of range",), (0, 4)),
    ("softmax(A)", "A=[[1,2],[3,4]]", ("axis=1",), (0, 10)),
    ("if(x < 1, 1, 2)", "x=[1,2]", ("compares scalars",), None),
    ("solve(A, b)", "A=[[1,2],[3,4]],b=[1,2,3]", ("2 rows", "3"), None),
    ("concat([1,2]ᵀ, [1,2,3]ᵀ)", "", ("columns",), None),
    ("2@[1,2]ᵀ@[[1,2],[3,4]]@[[1]]", "", ("columns",), None),
]


@pytest.mark.parametrize(("text", "at", "says", "span"), SHAPES, ids=[row[0] for row in SHAPES])
def test_a_shape_error_says_the_shapes_the_place_and_a_way_out(
    adcli: Run, text: str, at: str, says: tuple[str, ...], span: Any
) -> None:
    ran = adcli("eval", text, *(["--at", at] if at else []), "--json")
    error = ran.error
    assert (ran.status, error["code"]) == (2, "shape")
    for words in says:
        assert words in f"{error['message']} {error['hint']}"
    assert error["span"] is not None
    if span:
        assert tuple(error["span"]) == span


def test_what_is_not_defined_is_said_with_its_entry(adcli: Run) -> None:
    ran = adcli("eval", "ln(x)", "--at", "x=[[1,2],[3,-4]]", "--json")
    assert ran.status == 3
    assert "[2, 2]" in ran.error["message"]
    assert "-4" in ran.error["message"]


def test_a_vector_that_is_repeated_where_a_matrix_product_fits_is_noted(adcli: Run) -> None:
    at = "W=[[1,2],[3,4]],x=[1,2]"
    (note,) = valid(adcli("eval", "W*x", "--at", at, "--json").json)["notes"]
    assert note["code"] == "implicit"
    assert "the matrix product is W@x" in note["message"]
    assert adcli("eval", "W*W + W@x", "--at", at, "--json").json["notes"] == []


def test_other_spellings_of_a_transposed_array_are_told(adcli: Run) -> None:
    assert "xᵀ" in adcli("eval", "x^T@x", "--at", "x=[1,2]", "--json").error["hint"]
    assert "Aᵀ" in adcli("eval", "A'", "--at", "A=[[1,2]]", "--json").error["hint"]


def test_the_gradient_of_an_array_is_a_question_of_shape(adcli: Run) -> None:
    assert adcli("grad", "2*x", "--at", "x=[1,2]", "--json").error["code"] == "shape"


# Points from files.


def saved(array: Any, **more: Any) -> bytes:
    made = io.BytesIO()
    np.save(made, array, **more)
    return made.getvalue()


FILES = {
    "p.json": b'{"W": [[1, 2], [3, 4]], "x": [5, 6]}',
    "p.yaml": b"W: [[1, 2], [3, 4]]\nx:\n  - 5\n  - 6\n",
    "p.yml": b"W:\n  - [1, 2]\n  - [3, 4]\nx: [5, 6]\n",
    "p.toml": b"W = [[1, 2], [3, 4]]\nx = [5, 6]\n",
    "p.csv": b'W,x\n"[[1,2],[3,4]]","[5,6]"\n',
}


@pytest.mark.parametrize("name", FILES)
def test_a_point_with_arrays_is_read_from_a_file(adcli: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    assert adcli("eval", "W@x", "--at", name, "--json").json["value"] == [17.0, 39.0]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("W.npy", saved(np.array([[1.0, 2.0], [3.0, 4.0]]))),
        ("W.npy", saved(np.array([[1, 2], [3, 4]], dtype="int8"))),
        ("W.npy", saved(np.asfortranarray([[1.0, 2.0], [3.0, 4.0]]))),
        ("W.npy", saved(np.array([[1.0, 2.0], [3.0, 4.0]], dtype=">f4"))),
        ("W.csv", b"1,2\n3,4\n"),
        ("W.csv", b"a,b\n1,2\n3,4\n"),
    ],
)
def test_an_array_is_read_from_a_file_of_its_own(adcli: Run, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert adcli("eval", "W@x", "--at", f"W={name},x=[5,6]", "--json").json["value"] == [17.0, 39.0]


class Mark:
    """Unpickling it would leave a file behind."""

    def __reduce__(self) -> Any:
        return (Path("pickled").write_text, ("read",))


HEADER = saved(np.zeros((2, 2)))
HOSTILE = {
    "pickled": saved(np.array([Mark()], dtype=object), allow_pickle=True),
    "pickle alone": pickle.dumps(Mark()),
    "structured": saved(np.array([(1, 2)], dtype=[("a", "i4"), ("b", "f8")])),
    "texts": saved(np.array(["1", "2"])),
    "complex": saved(np.array([1j])),
    "times": saved(np.array(["2026-01-01"], dtype="datetime64[D]")),
    "truths": saved(np.array([True])),
    "not finite": saved(np.array([[1.0, np.nan], [2.0, 3.0]])),
    "three axes": saved(np.zeros((2, 2, 2))),
    "empty": saved(np.zeros((0, 2))),
    "cut": HEADER[:-8],
    "header cut": HEADER[:40],
    "nothing": b"",
    "other": b"\x93NUMPX" + HEADER[6:],
    "too large": HEADER.replace(b"(2, 2), }      ", b"(9999999, 99), }")[: len(HEADER)],
    "code in the header": HEADER.replace(b"(2, 2)", b"open()"),
    "negative": HEADER.replace(b"(2, 2), } ", b"(-2, 2), }"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_array_is_refused_and_not_run(adcli: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "W.npy").write_bytes(HOSTILE[kind])
    ran = adcli("eval", "sum(W)", "--at", "W=W.npy", "--json")
    assert ran.status == 2, ran
    assert ran.error["code"] in ("usage", "shape", "io")
    assert "W.npy" in ran.error["message"]
    assert not (tmp_path / "pickled").exists()


def test_a_large_file_is_refused_before_it_is_read(adcli: Run, tmp_path: Path) -> None:
    header = saved(np.zeros((2, 2)))[:128].replace(b"(2, 2), }         ", b"(99999, 99999), } ")
    (tmp_path / "W.npy").write_bytes(header)
    assert "9999800001 entries" in adcli("eval", "sum(W)", "--at", "W=W.npy", "--json").error["message"]


TEXTS = [
    ("p.json", b'{"W": [[1, 2], [3]]}', "ragged"),
    ("p.json", b'{"W": [[1, NaN]]}', "finite"),
    ("p.json", b'{"W": [[[1]]]}', "three deep"),
    ("p.json", b'{"W": []}', "empty"),
    ("p.json", b'{"W": [1, [2]]}', "mixes"),
    ("p.json", b'{"W": [1, "__import__(\'os\')"]}', ""),
    ("p.json", b'{"W": [1, null]}', "not a number"),
    ("p.json", b'{"W": [1e999]}', "overflow"),
    ("p.json", b'{"W": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ""),
    ("p.yaml", b"W: !!python/object/apply:os.system ['true']\n", ""),
    ("p.yaml", b"W: [[1, 2], {a: 1}]\n", ""),
    ("p.yaml", b"W: &a [1, *a]\n", ""),
    ("p.yaml", b"W: [.nan]\n", ""),
    ("p.toml", b"W = [1, nan]\n", "finite"),
    ("p.toml", b"W = [1, {a = 1}]\n", ""),
    ("p.csv", b'W\n"[1,,2]"\n', ""),
    ("p.csv", b'W\n"[[1,2],[3]]"\n', "ragged"),
    ("W.csv", b"1,2\n3\n", "ragged"),
    ("W.csv", b"1,2\n3,x\n", "row 2, column 2"),
    ("W.csv", b"1,inf\n", "finite"),
    ("W.csv", b"", "empty"),
    ("W.csv", b"\xff\xfe1,2", "UTF-8"),
]


@pytest.mark.parametrize(("name", "data", "says"), TEXTS, ids=range(len(TEXTS)))
def test_a_bad_file_is_refused_by_its_name(
    adcli: Run, tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    at = f"W={name}" if name.startswith("W") else name
    ran = adcli("eval", "sum(W)", "--at", at, "--json")
    assert ran.status in (2, 3), ran.out
    assert ran.error["code"] != "internal"
    assert says in ran.error["message"]


def test_sizes_are_looked_at_before_memory_is_taken(adcli: Run) -> None:
    error = adcli("eval", "sum(outer(onehot(1, 40000), onehot(1, 40000)))", "--json").error
    assert error["code"] in ("shape", "usage")
    assert "entries" in error["message"] or "steps" in error["message"]


def test_without_numpy_the_way_to_install_it_is_said(process: Run, tmp_path: Path) -> None:
    (tmp_path / "numpy.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'numpy'\", name='numpy')\n"
    )
    ran = process("eval", "sum([1,2])", env={"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"})
    assert ran.status == 2
    assert b'pip install "adcli[arrays]"' in ran.err
    assert process("eval", "1+1", env={"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}"}).status == 0


@pytest.mark.parametrize(
    "args",
    [
        ("jvp", "W@x + b, sum(x)", "--tangent", "W=[[1,0,0],[0,0,1]],x=[0,1,0]"),
        ("vjp", "W@x + b, sum(x)", "--cotangent", "f1=[1,-1],f2=2"),
        ("vjp", "sum(relu(W@x + b))"),
        ("hessian", "sum((W@x + b)^2)"),
        ("hvp", "sum((W@x + b)^2)", "--tangent", "x=[0,1,0]"),
        ("taylor", "sum((W@x + b)^2)", "--tangent", "x=[0,1,0]"),
    ],
    ids=lambda args: " ".join(args[:2]),
)
def test_directions_and_seeds_of_arrays_follow_the_schema(adcli: Run, args: tuple[str, ...]) -> None:
    valid(adcli(*args, "--at", AT, "--json").json)
    if args[0] in ("jvp", "vjp"):
        valid(adcli(*args, "--at", AT, "--trace", "--json").json)


ODD = {
    ("W^-1", "W=[[1,2],[3,4]]"): "W^-1 is a power entry by entry; the inverse is inv(W)",
    ("W^2", "W=[[1,2],[3,4]]"): "W^2 is a power entry by entry; the matrix product is W@W",
    ("x*y", "x=[[1,2]],y=[1,2]"): "x*y multiplies entry by entry, both repeated to 2×2; the matrix product is x@y",
    ("W*x", "W=[[1,2],[3,4]],x=[1,2]"): "W*x multiplies entry by entry, x repeated to 2×2; the matrix product is W@x",
}  # fmt: skip
QUIET = (("sum(W^2)", "W=[[1,2],[3,4]]"), ("x*y", "x=[1,2],y=[3,4]"), ("2*x", "x=[1,2]"), ("x^2", "x=[1,2]"))


def test_what_a_textbook_reads_as_matrices_gets_a_note() -> None:
    for (text, at), note in ODD.items():
        program, _ = running.placed(adcli_package.parse(text), from_text(at))
        assert [each.message for each in program.notes] == [note]
    for text, at in QUIET:
        program, _ = running.placed(adcli_package.parse(text), from_text(at))
        assert not program.notes


HINTS = {
    ("x[-1]", "x=[1,2]"): "indices count from 1, and never from the end",
    ("W[2]", "W=[[1,2],[3,4]]"): "did you mean W[2,:]?",
    ("||x||", "x=[1,2]"): "write abs(...) for the inner one, or norm(...) for the length of a vector",
    ("sum(W, 1)", "W=[[1,2],[3,4]]"): "write sum(..., axis=1) or axis=2",
    ("[1 2 3]", "x=1"): "write 1, 2: entries have commas between them",
    ("x.*y", "x=[1,2],y=[3,4]"): "* works entry by entry without a point; the matrix product is @",
    ("(x + 1).^2", "x=[1,2]"): "^ works entry by entry without a point",
    ("‖x‖", "x=[1,2]"): "write norm(x) for the length of a vector, hypot(x, y) for numbers",
    ("eye(0)", "x=1"): None,
}  # fmt: skip


def test_wrong_arrays_are_told_what_to_write_instead() -> None:
    for (text, at), hint in HINTS.items():
        with pytest.raises(AdcliError) as caught:
            adcli_package.value(text, from_text(at))
        assert caught.value.hint == hint
    with pytest.raises(AdcliError, match="nan is not a finite number"):
        from_text("x=[1, nan]")
