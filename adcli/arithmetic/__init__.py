"""What a value is. One file per arithmetic; the engine takes one as an argument."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from fractions import Fraction


class Undecided(ValueError):
    """A number that is known too coarsely for what is asked of it, such as its sign."""


class TooLong(OverflowError):
    """An exact number with more digits than its arithmetic carries; it need not be large."""


class Arithmetic(Protocol):
    """What the engine and the rules need of a number type.

    Values understand + - * / and unary minus. `lift` makes a value of an exact constant: an int, a
    Fraction, or the name of a constant ("pi", "e", "tau"). `function(op)` is the primitive `op` on
    values; `all_finite` says that none
    of many values overflowed. Attributes are the same functions for the rules to read: `m.sin(x)`.
    A value that does not exist is a ValueError (domain), a ZeroDivisionError (pole) or an
    OverflowError, and nothing else.

    `words` is what a reader is told of the numbers, "" of floats. `coarse` numbers may be
    Undecided when they are asked for something; `finer()` is the same arithmetic in more digits, None
    where there is none; `partial(rule)` is a rule as the engine calls it. A point's expressions
    are evaluated in `fine`, where there is one, and then `settled`.
    """

    name: str
    words: str
    coarse: bool
    fine: Any

    def finer(self) -> Arithmetic | None:
        """The same arithmetic in more digits."""

    def partial(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        """The rule of a partial as the engine calls it."""

    def lift(self, value: int | Fraction | str) -> Any:
        """The value of an exact constant."""

    def function(self, op: str) -> Callable[..., Any]:
        """A primitive on values."""

    def all_finite(self, values: Sequence[Any]) -> bool:
        """Whether none of the values overflowed."""

    def __hash__(self) -> int: ...

    def __getattr__(self, op: str) -> Callable[..., Any]: ...
