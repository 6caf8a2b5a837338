"""Studies are of numbers: a program with arrays is refused, because its steps would be counted wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.errors import ShapeError

if TYPE_CHECKING:
    from adcli.language.program import Program


def refuse_arrays(program: Program, command: str) -> None:
    """Raise ShapeError for a program in which a value is an array."""
    shapes = program.graph.shape
    found = next((node for node, shape in enumerate(shapes) if shape), None)
    if found is not None:
        raise ShapeError(
            f"{command} studies programs of numbers, and this one has arrays",
            span=program.span(found), text=program.source,
            hint="write the entries as numbers of their own",
        )  # fmt: skip
