"""Answers as CSV, from their JSON: full digits unless told otherwise, nothing for what is not there.

A text that begins with a minus stands in brackets: a spreadsheet would compute -v1/x2 from its own cells
V1 and X2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from adcli.answers import GradientAnswer
from adcli.numerals import number
from adcli.render.display import visible
from adcli.report import Answered

Line = Sequence[Any]


def as_csv(answer: Answered, digits: int | None = None) -> str:
    """The answer's tables, with an empty line between two."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for place, table in enumerate(tables(answer)):
        if place:
            out.write("\n")
        writer.writerows([field(entry, digits) for entry in line] for line in table)
    return out.getvalue()


def field(entry: Any, digits: int | None) -> Any:
    """What stands in a field: a number in so many digits, a text that nothing obeys, or nothing."""
    if isinstance(entry, str):
        return guarded(visible(entry))
    return number(entry, digits) if digits and isinstance(entry, float) else entry


def guarded(formula: str) -> str:
    """A formula that no spreadsheet computes.

    >>> guarded("-v1/x2"), guarded("v1 - v3"), guarded("")
    ('(-v1/x2)', 'v1 - v3', '')
    """
    return f"({formula})" if formula.startswith(("=", "+", "-", "@")) else formula


def tables(answer: Answered) -> Iterator[list[Line]]:
    """The tables of an answer's JSON by its command."""
    found = answer.json()
    command = found["command"]
    if found.get("trace"):
        yield steps(found["trace"])
    if command == "eval":
        outputs = found["outputs"]
        yield [("name", "value"), *zip(outputs, listed(found["value"], len(outputs)), strict=True)]
    elif isinstance(answer, GradientAnswer):
        yield [
            ("name", "value"),
            (answer.output, found["value"]),
            *((f"d{answer.output}/d{name}", slope) for name, slope in found["gradient"].items()),
        ]
    elif command == "jacobian":
        across, down = found["wrt"], found["outputs"]
        if found["layout"] == "denominator":
            across, down = down, across
        yield [
            ("", *across),
            *((name, *row) for name, row in zip(down, found["jacobian"], strict=False)),
        ]
    elif command in NUMBERS:
        yield NUMBERS[command](found)
    elif command == "graph":
        yield edges(found)
    elif command == "functions":
        yield functions(found)
    if found.get("paths"):
        yield paths(found["paths"])


def listed(value: Any, amount: int) -> list[Any]:
    """The outputs' numbers: JSON has a list only of several."""
    return value if amount > 1 else [value]


def hessian(found: dict[str, Any]) -> list[Line]:
    """The matrix with its rows and columns named."""
    rows = zip(found["wrt"], found["hessian"], strict=True)
    return [("", *found["wrt"]), *((name, *row) for name, row in rows)]


def tangents(found: dict[str, Any]) -> list[Line]:
    """A line per output."""
    outputs = found["outputs"]
    values, rates = (listed(found[key], len(outputs)) for key in ("value", "tangent"))
    return [("name", "value", "tangent"), *zip(outputs, values, rates, strict=True)]


def descent(found: dict[str, Any]) -> list[Line]:
    """A line per step that was kept."""
    names = list(found["point"])
    return [
        ("step", found["output"], "slope", *names),
        *((step["step"], step["value"], step["slope"], *step["point"].values()) for step in found["steps"]),
    ]


def plotted(found: dict[str, Any]) -> list[Line]:
    """A line per point: of curves with every derivative, of heights with the gradient."""
    name, *others = found["ranges"]
    output = found["output"]
    if "curves" in found:
        rows = [curve["y"] for curve in found["curves"]]
        titles = (output if not k else f"d{k}{output}/d{name}{k}" for k in range(len(rows)))
        return [(name, *titles), *zip(found["x"], *rows, strict=True)]
    return [
        (name, *others, output, f"d{output}/d{name}", *(f"d{output}/d{other}" for other in others)),
        *(
            (x, y, found["values"][j][i], *(found["gradients"][j][i] or (None, None)))
            for j, y in enumerate(found["y"])
            for i, x in enumerate(found["x"])
        ),
    ]


NUMBERS: dict[str, Callable[[dict[str, Any]], list[Line]]] = {
    "descend": descent,
    "plot": plotted,
    "hessian": hessian,
    "jvp": tangents,
    "vjp": lambda found: [("name", "adjoint"), *found["cotangent"].items()],
    "hvp": lambda found: [("name", "product"), *found["product"].items()],
    "taylor": lambda found: [("k", "coefficient"), *enumerate(found["coefficients"])],
}


def steps(trace: dict[str, Any]) -> list[Line]:
    """A line per step and term; a step without terms has one line."""
    carried, via = ("tangent", "arg") if trace["mode"] == "forward" else ("adjoint", "user")
    nothing = dict.fromkeys(("via", "slot", "weight", "inflow", "flow"))
    return [
        ("step", "formula", "value", via, "slot", "weight", "inflow", "flow", carried),
        *(
            (step["id"], step["formula"], step["value"], *map(term.get, nothing), step[carried])
            for step in trace["steps"]
            for term in step["terms"] or [nothing]
        ),
    ]


def edges(found: dict[str, Any]) -> list[Line]:
    """A line per edge."""
    return [
        ("from", "to", "slot", "formula", "value", "flow"),
        *(
            (edge["from"], edge["to"], edge["slot"], edge["formula"], edge["value"], edge["flow"])
            for edge in found["graph"]["edges"]
        ),
    ]


def paths(found: dict[str, Any]) -> list[Line]:
    """A line per listed path, its nodes and weights each in one field, and one for the sum of all paths."""
    return [
        ("path", "slots", "weights", "product"),
        *(
            (
                " ".join(path["nodes"]),
                " ".join(map(str, path["slots"])),
                " ".join(map(str, path["weights"])) if path["product"] is not None else None,
                path["product"],
            )
            for path in found["paths"]
        ),
        (f"sum of {found['count']}", None, None, found["sum"]),
    ]


def functions(found: dict[str, Any]) -> list[Line]:
    """A line per function."""
    return [
        ("name", "aliases", "args", "domain", "derivative", "kinks", "example"),
        *(
            (
                entry["name"],
                " ".join(entry["aliases"]),
                " ".join(entry["args"]),
                entry["domain"],
                "; ".join(map(guarded, entry["derivative"])),
                "; ".join(entry["kinks"]),
                entry["example"],
            )
            for entry in found["functions"]
        ),
    ]
