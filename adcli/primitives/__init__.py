"""The one table of derivative rules, by family.

`TABLE` holds every row by name, `ALIASES` the other spellings of a name.
"""

from __future__ import annotations

from adcli.primitives import (
    activation,
    arithmetic,
    elementary,
    hyperbolic,
    logic,
    piecewise,
    special,
    trigonometric,
)
from adcli.primitives.primitive import Kink, Partial, Primitive

FAMILIES = (arithmetic, elementary, trigonometric, hyperbolic, special, activation, piecewise, logic)
TABLE: dict[str, Primitive] = {row.name: row for family in FAMILIES for row in family.ROWS}
ALIASES: dict[str, str] = {alias: row.name for row in TABLE.values() for alias in row.aliases}

__all__ = ["ALIASES", "TABLE", "Kink", "Partial", "Primitive"]
