"""Studies as CSV, from their JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

Line = Sequence[Any]


def cost(found: dict[str, Any]) -> Iterator[list[Line]]:
    """A line for the value and for each mode, and one per count of a network."""
    if "operations" in found:
        measure = found["measure"]
        yield [
            ("", "operations", "ratio", "passes", "stored", "cost", "cost ratio"),
            *(
                (
                    what,
                    found["operations"][what],
                    found["ratio"].get(what),
                    found["passes"].get(what),
                    found["stored"].get(what),
                    measure["cost"][what],
                    measure["ratio"].get(what),
                )
                for what in ("f", "forward", "reverse")
            ),
        ]
    if "network" in found:
        products = found["network"]["products"]
        yield [
            ("products", "forward", "reverse"),
            ("value", products["value"], products["value"]),
            *(
                (what, products[what]["forward"], products[what]["reverse"])
                for what in ("jacobian", "gradient")
            ),
        ]


def compare(found: dict[str, Any]) -> Iterator[list[Line]]:
    """A line per input and method, one per method for the whole gradient, and the points of a sweep."""
    yield [
        ("input", "method", "derivative", "error", "digits", "step"),
        *(
            (name, row["method"], row["derivative"], row["error"], row["digits"], row["h"])
            for name, rows in found["derivatives"].items()
            for row in rows
        ),
    ]
    yield [
        ("method", "passes", "operations", "ratio"),
        *((row["method"], row["passes"], row["operations"], row["ratio"]) for row in found["costs"]),
    ]
    if "sweep" in found:
        yield [
            ("method", "h", "error"),
            *(
                (curve["method"], point["h"], point["error"])
                for curve in found["sweep"]["curves"]
                for point in curve["points"]
            ),
        ]


def check_gradient(found: dict[str, Any]) -> Iterator[list[Line]]:
    """A line per derivative, and the remainders of each."""
    yield [
        ("input", "verdict", "given", "order", "left", "right"),
        *(
            (entry["name"], entry["verdict"], entry["given"], entry["order"], entry["left"], entry["right"])
            for entry in found["entries"]
        ),
    ]
    yield [
        ("input", "h", "remainder"),
        *(
            (entry["name"], point["h"], point["remainder"])
            for entry in found["entries"]
            for point in entry["remainders"]
        ),
    ]


def descent(found: dict[str, Any]) -> Iterator[list[Line]]:
    """A line per step that was kept."""
    names = [entry for name, value in found["point"].items() for entry, _ in entries(name, value)]
    yield [
        ("step", found["output"], "slope", *names),
        *(
            (
                step["step"],
                step["value"],
                step["slope"],
                *(x for name, value in step["point"].items() for _, x in entries(name, value)),
            )
            for step in found["steps"]
        ),
    ]


def entries(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A number with its name, or an array's entries with theirs: w[1], W[1,2]."""
    if not isinstance(value, list):
        yield name, value
        return
    for i, row in enumerate(value, 1):
        if isinstance(row, list):
            yield from ((f"{name}[{i},{j}]", x) for j, x in enumerate(row, 1))
        else:
            yield f"{name}[{i}]", row


def plotted(found: dict[str, Any]) -> Iterator[list[Line]]:
    """A line per point: of curves with every derivative, of heights with the gradient."""
    name, *others = found["ranges"]
    output = found["output"]
    if "curves" in found:
        rows = [curve["y"] for curve in found["curves"]]
        titles = (output if not k else f"d{k}{output}/d{name}{k}" for k in range(len(rows)))
        yield [(name, *titles), *zip(found["x"], *rows, strict=True)]
        return
    yield [
        (name, *others, output, f"d{output}/d{name}", *(f"d{output}/d{other}" for other in others)),
        *(
            (x, y, found["values"][j][i], *(found["gradients"][j][i] or (None, None)))
            for j, y in enumerate(found["y"])
            for i, x in enumerate(found["x"])
        ),
    ]


STUDIES: dict[str, Callable[[dict[str, Any]], Iterator[list[Line]]]] = {
    "descend": descent,
    "plot": plotted,
    "cost": cost,
    "compare": compare,
    "check-gradient": check_gradient,
}
