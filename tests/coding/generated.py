"""Running generated code: Python and NumPy in a process of their own, C compiled with every warning an error."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import adcli
from adcli.errors import DomainError

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = """
import json, math, sys, warnings
warnings.simplefilter("error" if sys.argv[1] == "strict" else "ignore")
for case in json.load(sys.stdin):
    space = {}
    exec(compile(case["code"], "generated", "exec"), space)
    found = []
    for point in case["points"]:
        try:
            value = space[case["name"]](*point)
            value = value.tolist() if hasattr(value, "tolist") else value
            if isinstance(value, tuple):
                value = [one.tolist() if hasattr(one, "tolist") else one for one in value]
        except (ValueError, ZeroDivisionError, OverflowError, RuntimeWarning) as error:
            value = type(error).__name__
        found.append(value)
    print(json.dumps(found))
"""


class Case(NamedTuple):
    """A program, what is written of it, and the points where it runs."""

    program: str
    what: str
    points: Sequence[dict[str, float]]
    more: dict[str, Any] = {}  # noqa: RUF012  # nobody changes it


def written(case: Case, to: str, name: str = "made") -> str:
    return adcli.codegen(case.program, to=to, what=case.what, name=name, **case.more)  # type: ignore[arg-type]


def ordered(case: Case, point: dict[str, float]) -> list[float]:
    """A point's numbers in the order of the program's inputs."""
    return [point[name] for name in adcli.parse(case.program).inputs]


def run_python(cases: Sequence[Case], to: str = "python", warnings: str = "ignore") -> list[list[Any]]:
    """What the function of each case gives at each of its points, or the name of the exception."""
    given = [
        {"code": written(case, to), "name": "made", "points": [ordered(case, point) for point in case.points]}
        for case in cases
    ]
    way = [sys.executable, "-c", PYTHON, warnings]
    done = subprocess.run(
        way, input=json.dumps(given), capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def run_c(cases: Sequence[Case], folder: Path) -> list[list[list[float]]]:
    """The numbers that the function of each case gives, in one list per point."""
    lines = ["#include <stdio.h>"]
    body = ["int main(void)", "{"]
    # Starting the compiler costs most: functions with the same headers and without helpers share a file.
    files: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for place, case in enumerate(cases):
        name = f"made{place}"
        text = written(case, "c", name)
        headers = tuple(line for line in text.splitlines() if line.startswith("#include"))
        files[(name,) if "static" in text else headers].append(text)
        program = adcli.parse(case.program)
        inputs, outputs = len(program.inputs), len(program.outputs)
        if case.more.get("output"):
            outputs = 1
        parameters = ["double"] * inputs
        size = {"value": outputs, "gradient": inputs, "jacobian": outputs * inputs, "hessian": inputs**2}[
            case.what
        ]
        scalar = case.what == "value" and outputs == 1
        if not scalar:
            shape = f"[{inputs}]" if case.what in ("jacobian", "hessian") else f"[{size}]"
            parameters.append(f"double{'[]' if case.what in ('jacobian', 'hessian') else ''}{shape}")
        lines.append(f"{'double' if scalar else 'void'} {name}({', '.join(parameters) or 'void'});")
        for point in case.points:
            numbers = [repr(value) for value in ordered(case, point)]
            if scalar:
                body.append(f'    printf("%.17g\\n", {name}({", ".join(numbers)}));')
                continue
            two = case.what in ("jacobian", "hessian")
            declared = f"[{size // inputs}][{inputs}]" if two else f"[{size}]"
            body.append(f"    {{ double out{declared}; {name}({', '.join([*numbers, 'out'])});")
            body.append(f'      for (int i = 0; i < {size}; i++) {{ printf("%.17g ", ((double *)out)[i]); }}')
            body.append('      printf("\\n"); }')
    body += ["    return 0;", "}"]
    for place, texts in enumerate(files.values()):
        (folder / f"made{place}.c").write_text("\n".join(texts), encoding="ascii")
    (folder / "main.c").write_text("\n".join([*lines, *body]), encoding="ascii")
    cc = shutil.which("cc")
    assert cc is not None
    way = [
        cc,
        "-std=c11",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-O1",
        "-o",
        "run",
        *(f.name for f in folder.glob("*.c")),
        "-lm",
    ]
    done = subprocess.run(way, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[:3000]
    out = subprocess.run([str(folder / "run")], capture_output=True, text=True, check=True, timeout=60).stdout
    numbers = iter([[float(word) for word in line.split()] for line in out.splitlines()])
    return [[next(numbers) for _ in case.points] for case in cases]


def wanted(case: Case, point: dict[str, float]) -> list[float] | None:
    """What adcli gives, in one list; None where it is not defined."""
    program = adcli.parse(case.program)
    try:
        if case.what == "value":
            value = adcli.value(program, point)
            return value if isinstance(value, list) else [value]
        if case.what == "gradient":
            return list(adcli.grad(program, point, **case.more).values())
        return [entry for row in adcli.jacobian(program, point) for entry in row]
    except DomainError:
        return None


def flat(value: Any) -> list[float]:
    """Nested lists as one."""
    return [one for part in value for one in flat(part)] if isinstance(value, list) else [value]


def far(found: Sequence[float], right: Sequence[float]) -> float:
    """The largest error, relative to the largest entry or 1e-290."""
    scale = max((abs(one) for one in right), default=0.0)
    worst = 0.0
    for one, other in zip(found, right, strict=True):
        if not math.isfinite(one):
            return math.inf
        worst = max(worst, abs(one - other) / max(abs(other), scale * 1e-3, 1e-290))
    return worst
