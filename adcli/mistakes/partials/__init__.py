"""Wrong partials: one entry for every mistake that a student makes at a single operation.

A rule is written like those of `primitives/`, with one more argument: `d` is the right partial, `z` the
operation's own value.
"""

from __future__ import annotations

from adcli.mistakes.partials.activations import ACTIVATIONS
from adcli.mistakes.partials.anywhere import ANYWHERE
from adcli.mistakes.partials.exponentials import EXPONENTIALS
from adcli.mistakes.partials.hyperbolic import HYPERBOLIC
from adcli.mistakes.partials.inverses import INVERSES
from adcli.mistakes.partials.powers import POWERS, ROOTS
from adcli.mistakes.partials.products import PRODUCTS, QUOTIENTS
from adcli.mistakes.partials.trigonometric import TRIGONOMETRIC

PARTIALS = (
    *POWERS,
    *PRODUCTS,
    *QUOTIENTS,
    *ROOTS,
    *EXPONENTIALS,
    *TRIGONOMETRIC,
    *INVERSES,
    *HYPERBOLIC,
    *ACTIVATIONS,
    *ANYWHERE,
)

__all__ = ["PARTIALS"]
