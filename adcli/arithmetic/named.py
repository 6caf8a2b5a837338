"""An arithmetic's functions, by name: its own, and the expansions of those it lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from adcli.primitives import TABLE

if TYPE_CHECKING:
    from fractions import Fraction

PYTHON_WORDS = ("and", "or", "not")  # rules read these as m.and_, m.or_, m.not_


class Named:
    """An arithmetic whose functions are given as a dictionary by the primitives' names.

    A primitive that the dictionary lacks is computed by its `expand`. Each function is an attribute
    of the instance, so that a rule reads `m.sin` at the cost of one look-up.
    """

    name: str
    words = ""
    coarse = False
    fine: Any = None

    def __init__(self, name: str, functions: dict[str, Callable[..., Any]]) -> None:
        self.name = name
        for op, row in TABLE.items():
            if op in functions:
                self.__dict__[op] = functions[op]
            elif row.expand is not None:
                self.__dict__[op] = partial(row.expand, self)
        for op in PYTHON_WORDS:
            self.__dict__[op + "_"] = self.__dict__[op]

    def lift(self, value: int | Fraction | str) -> Any:
        """The value of an exact constant."""
        raise NotImplementedError

    def finer(self) -> Any:
        """None: these numbers are as they are."""
        return None

    def partial(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule of a partial as the engine calls it: as it stands."""
        return rule

    def function(self, op: str) -> Callable[..., Any]:
        """The primitive `op` on values."""
        return getattr(self, op)  # type: ignore[no-any-return]  # the table decides what is there

    def all_finite(self, _values: Sequence[Any]) -> bool:
        """Whether none of the values overflowed; exact numbers do not."""
        return True

    def __getattr__(self, op: str) -> Callable[..., Any]:
        raise AttributeError(f"the {self.__dict__.get('name')} arithmetic has no function {op!r}")
