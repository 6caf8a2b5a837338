"""adcli: derivatives with every step shown.

The names below are imported when they are first used, so `import adcli` costs nothing.

>>> import adcli
>>> adcli.grad("x^2*y + 2*y", {"x": 1, "y": 2})
{'x': 4.0, 'y': 3.0}
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adcli.api import check, codegen, diff, grad, jacobian, parse, trace, value
    from adcli.api.derivatives import descend, hessian, hvp, jvp, taylor, vjp
    from adcli.api.linear import Linearized, Sweep, forward, linearize, reverse
    from adcli.api.results import TraceRows, Verdicts
    from adcli.api.studies import check_gradient, compare, cost
    from adcli.arithmetic.ball.balls import balls
    from adcli.arithmetic.exact import EXACT
    from adcli.arithmetic.real import REAL
    from adcli.arithmetic.rounded import rounded
    from adcli.errors import AdcliError
    from adcli.language.program import Program

__version__ = "0.1.0"

WHERE = {
    "AdcliError": "adcli.errors",
    "EXACT": "adcli.arithmetic.exact",
    "Linearized": "adcli.api.linear",
    "Program": "adcli.language.program",
    "REAL": "adcli.arithmetic.real",
    "Sweep": "adcli.api.linear",
    "TraceRows": "adcli.api.results",
    "Verdicts": "adcli.api.results",
    "balls": "adcli.arithmetic.ball.balls",
    "check": "adcli.api",
    "check_gradient": "adcli.api.studies",
    "codegen": "adcli.api",
    "compare": "adcli.api.studies",
    "compile": "adcli.api.derivatives",
    "cost": "adcli.api.studies",
    "descend": "adcli.api.derivatives",
    "diff": "adcli.api",
    "forward": "adcli.api.linear",
    "grad": "adcli.api",
    "hessian": "adcli.api.derivatives",
    "hvp": "adcli.api.derivatives",
    "jacobian": "adcli.api",
    "jvp": "adcli.api.derivatives",
    "linearize": "adcli.api.linear",
    "parse": "adcli.api",
    "reverse": "adcli.api.linear",
    "rounded": "adcli.arithmetic.rounded",
    "taylor": "adcli.api.derivatives",
    "trace": "adcli.api",
    "value": "adcli.api",
    "vjp": "adcli.api.derivatives",
}
__all__ = [
    "EXACT",
    "REAL",
    "AdcliError",
    "Linearized",
    "Program",
    "Sweep",
    "TraceRows",
    "Verdicts",
    "balls",
    "check",
    "check_gradient",
    "codegen",
    "compare",
    "compile",
    "cost",
    "descend",
    "diff",
    "forward",
    "grad",
    "hessian",
    "hvp",
    "jacobian",
    "jvp",
    "linearize",
    "parse",
    "reverse",
    "rounded",
    "taylor",
    "trace",
    "value",
    "vjp",
]


def __getattr__(name: str) -> Any:
    if name not in WHERE:
        raise AttributeError(f"module 'adcli' has no attribute {name!r}")
    return getattr(import_module(WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
