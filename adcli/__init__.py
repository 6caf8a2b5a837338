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
    from adcli.arithmetic.ball.balls import balls
    from adcli.arithmetic.exact import EXACT
    from adcli.arithmetic.real import REAL
    from adcli.arithmetic.rounded import rounded
    from adcli.derivatives import descend, hessian, hvp, jvp, taylor, vjp
    from adcli.errors import AdcliError
    from adcli.language.program import Program
    from adcli.linear import Linearized, Sweep, forward, linearize, reverse
    from adcli.results import TraceRows, Verdicts
    from adcli.studies import check_gradient, compare, cost

__version__ = "0.1.0"

WHERE = {
    "AdcliError": "adcli.errors",
    "EXACT": "adcli.arithmetic.exact",
    "Linearized": "adcli.linear",
    "Program": "adcli.language.program",
    "REAL": "adcli.arithmetic.real",
    "Sweep": "adcli.linear",
    "TraceRows": "adcli.results",
    "Verdicts": "adcli.results",
    "balls": "adcli.arithmetic.ball.balls",
    "check": "adcli.api",
    "check_gradient": "adcli.studies",
    "codegen": "adcli.api",
    "compare": "adcli.studies",
    "compile": "adcli.derivatives",
    "cost": "adcli.studies",
    "descend": "adcli.derivatives",
    "diff": "adcli.api",
    "forward": "adcli.linear",
    "grad": "adcli.api",
    "hessian": "adcli.derivatives",
    "hvp": "adcli.derivatives",
    "jacobian": "adcli.api",
    "jvp": "adcli.derivatives",
    "linearize": "adcli.linear",
    "parse": "adcli.api",
    "reverse": "adcli.linear",
    "rounded": "adcli.arithmetic.rounded",
    "taylor": "adcli.derivatives",
    "trace": "adcli.api",
    "value": "adcli.api",
    "vjp": "adcli.derivatives",
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
