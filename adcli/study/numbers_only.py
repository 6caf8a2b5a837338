"""Studies are of numbers: a program with arrays is refused, because its steps would be counted wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.errors import ShapeError
from adcli.graph import CONST, INPUT
from adcli.primitives import TABLE

if TYPE_CHECKING:
    from adcli.language.program import Program


def refuse_arrays(program: Program, command: str) -> None:
    """Raise ShapeError for a program in which a value is an array."""
    found = next(
        (
            node
            for node, (op, _, _, shape) in enumerate(program.graph)
            if shape or (op not in TABLE and op not in (INPUT, CONST))
        ),
        None,
    )
    if found is not None:
        raise ShapeError(
            f"{command} studies programs of numbers, and this one has arrays",
            span=program.span(found), text=program.source,
            hint="write the entries as numbers of their own",
        )  # fmt: skip
