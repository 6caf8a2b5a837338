"""What a primitive is: a name, one partial per argument, and what a reader wants to know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

# A partial is a constant slope, or a function (m, z, *args) of the arithmetic m, the node's own
# value z and the values of its arguments. None: the argument has no derivative (a condition).
Partial = Callable[..., Any] | int | None


@dataclass(frozen=True, slots=True)
class Operand:
    """The partial that is the value of the operand at `slot`, as in ∂(x·y)/∂x = y."""

    slot: int

    def __call__(self, _m: Any, _z: Any, *args: Any) -> Any:
        """The operand."""
        return args[self.slot]


class LinearMap(NamedTuple):
    """The partial of an operation on arrays: a linear map, given by what it does in the two directions.

    `push` takes the argument's tangent to its share of the result's, `pull` the result's adjoint to its
    share of the argument's. `weight` is the gradient by the argument where the result is one number (the
    map is then the sum over the entries of weight times tangent), else None.
    """

    push: Callable[[Any], Any]
    pull: Callable[[Any], Any]
    weight: Any = None


class Kink(NamedTuple):
    """A place where a primitive has a value but no single slope, or with `order` 2 no second derivative.

    `at(*args)` says whether real arguments lie on it. `slopes(*args)` gives, per argument, the pair
    of one-sided slopes (from the left, from the right), or None where the value jumps. `words`
    describes the place in the names of the arguments: "x = 0".
    """

    at: Callable[..., bool]
    slopes: Callable[..., tuple[tuple[float, float], ...]] | None
    words: str
    order: int = 1


@dataclass(frozen=True, slots=True)
class Primitive:
    """One row of the table of derivative rules.

    `args` names the arguments; a last name that ends in "..." may repeat (at least once), and then
    `d` holds one function (m, z, slot, *args) for all of them.
    `needs` completes the sentence "ln needs ..." when an argument lies outside the domain, and
    `smooth` the sentence "sqrt has a derivative only at ..." when the value exists and the slope does not.
    `points` are special arguments that every test tries: the value exists there, a partial need not.
    `ranges` holds one interval per name in `args`; inside them the value and every partial are of
    moderate size. `bare` marks the elementary functions whose argument may stand without parentheses.

    `callable` is false for operators and for helpers, which only rules use: a slope in a form that is
    accurate at the ends of the range. `expand(m, *args)` says the same as a textbook does, in other
    primitives, for arithmetics that lack the function. A helper always has one, of which formulas are
    made; its own rule `d`, which may be missing, gives further derivatives as numbers.

    A row of `ARRAYS` has a `shape(data, *shapes)`, which gives the result's shape or raises Unfit; its
    partials are LinearMaps. With `parameter` the node's data stands before the arguments of its function
    and its partials; with `axis` it may be written as axis=1 or axis=2. `formulas` are its adjoint rules
    as a matrix formula, one per argument, in the arguments' names, with the adjoint of the result as z̄;
    `example` is an expression and its value.
    """

    name: str
    family: str
    args: tuple[str, ...]
    d: tuple[Partial, ...]
    doc: str
    domain: str = "all real numbers"
    needs: str = ""
    smooth: str = ""
    kinks: tuple[Kink, ...] = ()
    aliases: tuple[str, ...] = ()
    points: tuple[tuple[float, ...], ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()
    bare: bool = False
    callable: bool = True
    expand: Callable[..., Any] | None = None
    helper: bool = False
    shape: Callable[..., tuple[int, ...]] | None = None
    parameter: bool = False
    axis: bool = False
    formulas: tuple[str, ...] = ()
    example: str = ""

    @property
    def variadic(self) -> bool:
        """Whether the last argument may repeat."""
        return self.args[-1].endswith("...")

    def partial(self, slot: int) -> Partial:
        """The partial with respect to the argument at `slot`."""
        return self.d[0 if self.variadic else slot]


def helper(
    name: str,
    family: str,
    args: tuple[str, ...],
    doc: str,
    expand: Callable[..., Any],
    d: tuple[Partial, ...] = (),
) -> Primitive:
    """A row that only rules use: `expand(m, *args)` is its textbook formula, `d` its accurate rule."""
    return Primitive(name, family, args, d, doc, callable=False, expand=expand, helper=True)
