"""The one table of derivative rules, by family.

`TABLE` holds the rows on numbers by name, which act on arrays entry by entry; `ARRAYS` those whose
arguments or results are whole arrays; `ROWS` both. `ALIASES` has the other spellings of a name.
"""

from __future__ import annotations

from adcli.primitives import (
    activation,
    arithmetic,
    arrays,
    elementary,
    hyperbolic,
    logic,
    piecewise,
    special,
    trigonometric,
)
from adcli.primitives.primitive import Kink, LinearMap, Partial, Primitive

FAMILIES = (arithmetic, elementary, trigonometric, hyperbolic, special, activation, piecewise, logic)
TABLE: dict[str, Primitive] = {row.name: row for family in FAMILIES for row in family.ROWS}
ARRAYS: dict[str, Primitive] = {row.name: row for row in arrays.ROWS}
ROWS: dict[str, Primitive] = {**TABLE, **ARRAYS}
OF_ONE_ARRAY = arrays.OF_ONE_ARRAY
ALIASES: dict[str, str] = {alias: row.name for row in ROWS.values() for alias in row.aliases}

__all__ = ["ALIASES", "ARRAYS", "OF_ONE_ARRAY", "ROWS", "TABLE", "Kink", "LinearMap", "Partial", "Primitive"]
