"""Answers as CSV, from their JSON: full digits unless told otherwise, nothing for what is not there.

A text that begins with a minus stands in brackets: a spreadsheet would compute -v1/x2 from its own cells
V1 and X2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from adcli.answers.answer import GradientAnswer, TraceAnswer
from adcli.notation.numerals import number
from adcli.render.display import visible
from adcli.report import Answered

Line = Sequence[Any]


def as_csv(answer: Answered, digits: int | None = None) -> str:
    """The answer's tables, with an empty line between two."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for place, table in enumerate(study_tables(answer.command, answer) or tables(answer)):
        if place:
            out.write("\n")
        writer.writerows([field(entry, digits) for entry in line] for line in table)
    return out.getvalue()


def study_tables(command: str, answer: Answered) -> Iterator[list[Line]] | None:
    """The tables of a study's JSON; None for other commands."""
    from adcli.render.csv_studies import STUDIES

    return STUDIES[command](answer.json()) if command in STUDIES else None


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
    found = in_shown_names(answer)
    command = found["command"]
    if isinstance(answer, TraceAnswer) and answer.blank:
        yield blank(found["trace"])
        return
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
    elif command == "diff":
        yield from derivatives(answer, found)
    elif command in BY_COMMAND:
        yield BY_COMMAND[command](found)
    if found.get("paths"):
        yield paths(found["paths"])


def in_shown_names(answer: Answered) -> dict[str, Any]:
    """The answer's JSON, its steps called as the reader wants them."""
    found = answer.json()
    trace = getattr(answer, "trace", None)
    if trace is not None and trace.program.names:
        from adcli.render.csv_names import rename  # few ask for other names

        rename(found, trace)
    return found


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


def derivatives(answer: Any, found: dict[str, Any]) -> Iterator[list[Line]]:
    """A line per rule, where they are asked for, and a line per formula."""
    if "steps" in found:
        keys = ("output", "wrt", "order", "rule", "function", "inner", "derivative")
        texts = {"function", "inner", "derivative"}
        yield [
            keys,
            *(
                [guarded(step[key]) if key in texts and step[key] else step[key] for key in keys]
                for step in found["steps"]
            ),
        ]
    rows = (
        found["derivatives"]
        if len(answer.formulas) > 1
        else {next(iter(answer.formulas)): found["derivatives"]}
    )
    yield [
        ("output", "wrt", "order", "formula"),
        *(
            (output, name, found["order"], guarded(formula))
            for output, row in rows.items()
            for name, formula in row.items()
        ),
    ]


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


def blank(trace: dict[str, Any]) -> list[Line]:
    """A line per step, to be filled in."""
    carried = "tangent" if trace["mode"] == "forward" else "adjoint"
    return [
        ("step", "formula", "value", carried),
        *((step["id"], step["formula"], step["value"], step[carried]) for step in trace["steps"]),
    ]


def checked(found: dict[str, Any]) -> list[Line]:
    """A line per entry, with the codes and edges of the mistakes."""
    return [
        ("entry", "verdict", "given", "expected", "mistake", "edge", "remarks"),
        *(
            (
                entry["name"],
                entry["verdict"],
                entry["given"],
                entry.get("expected"),
                " ".join(mistake["code"] for mistake in entry.get("mistakes", ())),
                " ".join(mistake["edge"] or "" for mistake in entry.get("mistakes", ())).strip(),
                "; ".join(remark["message"] for remark in entry.get("remarks", ())),
            )
            for entry in found["entries"]
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


BY_COMMAND: dict[str, Callable[[dict[str, Any]], list[Line]]] = {
    "check": checked,
    "hessian": hessian,
    "jvp": tangents,
    "vjp": lambda found: [("name", "adjoint"), *found["cotangent"].items()],
    "hvp": lambda found: [("name", "product"), *found["product"].items()],
    "taylor": lambda found: [("k", "coefficient"), *enumerate(found["coefficients"])],
    "graph": edges,
    "functions": functions,
}
