"""--names: another letter for the steps, or the user's names alone, wherever steps are shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adcli as package
from adcli.errors import AdcliError, UsageError
from adcli.language.calling import NAMES, called
from adcli.language.program import Program
from adcli.tracing.labels import ASCII, FIGURE, TYPESET, UNICODE, Labels

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Any]
PROGRAM = ("z = x*y; a = sin(z) + z^2; a*exp(x - y)", "--at", "x=1,y=2")
SHOWING = (
    ("trace", *PROGRAM),
    ("trace", *PROGRAM, "--mode", "forward", "--format", "csv"),
    ("trace", *PROGRAM, "--explain", "--format", "markdown"),
    ("trace", *PROGRAM, "--format", "latex", "--paths", "x"),
    ("trace", *PROGRAM, "--blank"),
    ("grad", *PROGRAM, "--trace"),
    ("jvp", *PROGRAM, "--tangent", "x=1", "--trace"),
    ("vjp", *PROGRAM, "--explain"),
    ("graph", *PROGRAM, "--mode", "reverse"),
    ("graph", *PROGRAM, "--mode", "forward", "--format", "boxes"),
    ("graph", *PROGRAM, "--format", "csv"),
    ("graph", *PROGRAM, "--format", "tikz"),
    ("graph", *PROGRAM, "--format", "svg"),
    ("graph", *PROGRAM, "--format", "html"),
    ("check", *PROGRAM, "--answer", "x=5.05525, y=-0.18142"),
)
KEPT = re.compile(
    r'\b(?:id|data-[a-z]+|for|href|class|xmlns|from|to|node|head|tail)="[^"]*"|<(?:style|script).*?</',
    re.DOTALL,
)


def numbered(text: str, letter: str) -> set[str]:
    """The numbered names of a letter that stand in a text, in all ways to write them."""
    marks = "[\u0304\u0305\u0307]?"
    bare = rf"(?<![\w\\]){letter}{marks}(?:_?\{{?\d\}}?|[₀-₉₋]+)"
    return set(re.findall(rf"{bare}|\\(?:bar|dot)\{{{letter}\}}_\{{\d\}}", text))


@pytest.mark.parametrize("asked", SHOWING, ids=" ".join)
def test_a_letter_is_the_letter_of_every_step_that_is_shown(adcli: Run, asked: tuple[str, ...]) -> None:
    ran = adcli(*asked, "--names", "w")
    assert ran.status in (0, 1), ran.err
    text = KEPT.sub("", ran.out)
    assert numbered(text, "w")
    assert not numbered(text, "v")


@pytest.mark.parametrize("asked", SHOWING, ids=" ".join)
def test_with_source_names_no_step_has_a_number(adcli: Run, asked: tuple[str, ...]) -> None:
    ran = adcli(*asked, "--names", "source")
    assert ran.status in (0, 1), ran.err
    text = KEPT.sub("", ran.out)
    assert not [name for letter in "vwgz" for name in numbered(text, letter)]


def test_json_keeps_its_ids_and_formulas_and_shows_the_labels(adcli: Run) -> None:
    plain = adcli("trace", *PROGRAM, "--json").json
    for names, label in (("g", "g₂"), ("source", "sin(z)")):
        found = adcli("trace", *PROGRAM, "--json", "--names", names).json
        assert [step.pop("label") for step in found["trace"]["steps"]][3] == label
        for step in plain["trace"]["steps"]:
            step.pop("label", None)
        assert found == plain


def test_a_step_without_a_name_is_called_by_its_formula(adcli: Run) -> None:
    lines = adcli("trace", *PROGRAM, "--names", "source").out.splitlines()
    assert "a = sin(z) + z² = 0.909297 + 4 = 4.90930" in lines
    assert "exp(x - y) = exp(-1) = 0.367879" in lines
    assert "f = a·exp(x - y) = 4.90930·0.367879 = 1.80603" in lines


@pytest.mark.parametrize("command", ["trace", "grad", "jvp", "vjp", "graph", "check"])
def test_another_word_is_refused_with_the_choices(adcli: Run, command: str) -> None:
    answer = ("--answer", "x=1,y=2") if command == "check" else ()
    ran = adcli(command, *PROGRAM, *answer, "--names", "q")
    assert (ran.status, ran.out) == (2, "")
    assert '--names is one of v, w, g, z, source, not "q"' in ran.err


@pytest.mark.parametrize("text", ["w1*x", "w1 = sin(x^2); w1 + x", "w1 = 3; x*w1", "w1 = x; y = 2; x*x*y"])
def test_a_letter_that_would_name_two_things_is_refused_with_those_that_are_free(
    adcli: Run, text: str
) -> None:
    inputs = ",".join(f"{name}=1" for name in package.parse(text).inputs)
    ran = adcli("trace", text, "--at", inputs, "--names", "w")
    assert (ran.status, ran.out) == (2, "")
    assert "w1 of the program" in ran.err
    assert "--names v or g or z" in ran.err
    assert adcli("trace", text, "--at", inputs, "--names", "g").status == 0


def test_a_name_without_a_number_is_no_clash(adcli: Run) -> None:
    ran = adcli("trace", "w*x + w", "--at", "w=2,x=3", "--names", "w")
    assert ran.status == 0
    assert "w₁ = w·x = 2·3 = 6" in ran.out


def test_nodes_are_asked_for_by_the_names_that_are_shown(adcli: Run) -> None:
    for names, node in (("w", "w5"), ("w", "v5"), ("source", "x - y"), ("source", "x-y")):
        ran = adcli("graph", *PROGRAM, "--names", names, "--only", node, "--json")
        assert {n["id"] for n in json.loads(ran.out)["graph"]["nodes"]} == {"x", "y", "v5"}


@pytest.mark.parametrize(
    ("names", "answer"),
    [
        ("w", "w2=0.909, w2_bar=0.368, dw6/dw5=0.368"),
        ("source", "sin(z)=0.909, z²=4, exp(x-y)=0.368, d(x-y)/dy=-1"),
    ],
)
def test_answers_are_read_in_the_names_that_are_shown(adcli: Run, names: str, answer: str) -> None:
    ran = adcli("check", *PROGRAM, "--answer", answer, "--names", names)
    assert ran.status == 0, ran.out + ran.err


@pytest.mark.parametrize("suffix", ["csv", "md", "json", "txt"])
@pytest.mark.parametrize("names", ["w", "source"])
def test_a_blank_table_is_read_back_in_its_names(adcli: Run, tmp_path: Path, names: str, suffix: str) -> None:
    name = str(tmp_path / f"blank.{suffix}")
    assert adcli("trace", *PROGRAM, "--names", names, "--blank", "-o", name).status == 0
    ran = adcli("check", *PROGRAM, "--table", name, "--names", names, "--json")
    verdicts = [entry["verdict"] for entry in json.loads(ran.out)["entries"]]
    assert set(verdicts) == {"right", "missing"}
    assert verdicts.count("right") == 3  # both inputs and the seed


def test_messages_call_steps_as_the_table_does(adcli: Run) -> None:
    text = ("abs(x - 1)*ln(x - 3)", "--at", "x=1")
    assert "ln(z₃) at z₃ = x - 3 = -2" in adcli("trace", *text, "--names", "z").err
    assert "ln(x - 3) at x - 3 = -2" in adcli("trace", *text, "--names", "source").err
    note = adcli("grad", "abs(x - 1)*x", "--at", "x=1", "--names", "source").err
    assert "abs has a kink at step |x - 1|, where x - 1 = 0." in note


def test_numbers_that_are_the_value_already_are_written_once(adcli: Run) -> None:
    assert "v₁ = -x = -2" in adcli("trace", "-x*y", "--at", "x=2,y=3").out.splitlines()
    assert "= -2 = -2" not in adcli("trace", "-x*y", "--at", "x=2,y=3", "--explain").out


def test_a_class_table_takes_no_names(adcli: Run) -> None:
    assert adcli("check", "folder", "--key", "key.toml", "--names", "w").status == 2


STATEMENTS = st.lists(
    st.tuples(
        st.sampled_from(("v1", "w2", "w1", "g3", "z1", "v0", "w0", "a", "f", "step1", "c1")),
        st.sampled_from(("{0}*{1} + {0}*{1}", "{0} + {1}", "{0}", "2", "sin({0})*sin({1})", "-{1}", "{0}^2")),
        st.integers(0, 9), st.integers(0, 9),
    ),
    max_size=4,
)  # fmt: skip
INPUTS = st.lists(
    st.sampled_from(("x", "v", "v1", "w1", "g2", "z1", "v0", "w0", "step2", "x1")),
    min_size=1,
    max_size=2,
    unique=True,
)


def written(inputs: list[str], statements: list[tuple[str, str, int, int]]) -> str:
    """A program that uses only what stands before."""
    known, lines = list(inputs), [f"input {', '.join(inputs)}"]
    for name, form, i, j in statements:
        lines.append(f"{name} = {form.format(known[i % len(known)], known[j % len(known)])}")
        known.append(name)
    return "; ".join([*lines, f"{known[-1]}*{known[0]} + sin({known[-1]})"])


@settings(deadline=None)
@given(INPUTS, STATEMENTS, st.sampled_from((None, *NAMES)), st.booleans())
def test_no_two_steps_are_called_alike(
    inputs: list[str],
    statements: list[tuple[str, str, int, int]],
    names: str | None,
    shared: bool,  # noqa: FBT001
) -> None:
    from adcli.language.run import program

    try:
        made: Program = program(written(inputs, statements), share=shared)
    except AdcliError:
        return
    try:
        made = made if names is None else called(made, names)
    except UsageError:
        return
    for style in (UNICODE, ASCII, FIGURE, TYPESET):
        labels = Labels(made, style)
        meant: dict[str, int] = {}
        for node, op in enumerate(made.graph.op):
            if op != "const":
                for text in {labels.row(node), labels.name(node)}:
                    assert meant.setdefault(text, node) == node, (made.source, style.notation.name, text)


def test_long_formulas_stay_short_and_different() -> None:
    made = called(package.parse("+".join(f"x{i}*sin(x{i})" for i in range(2000))), "source")
    labels = Labels(made, UNICODE)
    texts = [labels.row(node) for node in range(len(made.graph))]
    assert max(map(len, texts)) < 80
    assert len(set(texts)) == len(texts)
