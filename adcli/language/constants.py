"""The constant expressions of a point: their values in floats, or in any other arithmetic."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from adcli import engine
from adcli.arithmetic import TooLong
from adcli.arithmetic.real import REAL
from adcli.engine.sweep import evaluate
from adcli.engine.undefined import Undefined
from adcli.errors import AdcliError, AdcliSyntaxError, DomainError, NameProblem, Span, UsageError
from adcli.language import nested
from adcli.language.names import WORD
from adcli.language.shaping import shaped
from adcli.notation.numerals import LARGEST

if TYPE_CHECKING:
    from adcli.arithmetic import Arithmetic
    from adcli.language.program import Program

NOT_FINITE = ("nan", "inf", "infinity")
ASSIGNMENT = re.compile(rf"\s*({WORD})\s*=(?!=)")
PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


class Constant(NamedTuple):
    """A value as it is written: `program` is its expression, which stands at `start` in `whole`."""

    program: Program
    whole: str
    start: int

    def value(self, arithmetic: Arithmetic) -> Any:
        """The value in an arithmetic; DomainError where it has none."""
        plain = self.program.source
        if engine.has_arrays(self.program.graph, ()):
            return self.array(arithmetic)
        (node,) = self.program.outputs.values()
        try:
            if arithmetic.fine is None or isinstance(self.program.graph.data[node], (int, Fraction)):
                return evaluate(self.program.graph, arithmetic, {})[node]
            return arithmetic.settled(evaluate(self.program.graph, arithmetic.fine, {})[node])
        except Undefined as undefined:
            inexact = "leaves" in undefined.words or isinstance(undefined.__cause__, TooLong)
            message = f"the value is not defined: {plain}"
            if inexact:
                message = f"no exact value: {plain}"
            elif undefined.reason == "overflow":
                message = f"overflow: {plain} is beyond {LARGEST}"
            raise DomainError(
                message,
                span=Span(self.start, self.start + len(plain)),
                where="at",
                text=self.whole,
                details=(undefined.words,) if inexact else (),
                hint=TO_DIGITS if inexact else None,
            ) from undefined

    def array(self, arithmetic: Arithmetic) -> Any:
        """The value of an expression with arrays, in floats alone."""
        (node,) = self.program.outputs.values()
        span = Span(self.start, self.start + len(self.program.source))
        try:
            return engine.evaluate(shaped(self.program, {}).graph, {}, arithmetic)[node]
        except Undefined as undefined:
            raise DomainError(
                f"the value is not defined: {self.program.source}", span=span, where="at", text=self.whole
            ) from undefined
        except AdcliError as error:
            inner = error.span or Span(0, len(self.program.source))
            error.span = Span(inner.start + self.start, inner.end + self.start)
            error.where, error.text = "at", self.whole
            raise


TO_DIGITS = "--digits 30 computes it to 30 certified digits"


def constant(text: str, whole: str, start: int) -> Any:
    """The value of a constant expression that stands at `start` in `whole`, as a float or an array."""
    plain = text.strip()
    if PLAIN.fullmatch(plain):
        return finite(float(plain), whole, Span(start, start + len(text)))
    if plain[:1] == "[" and (lists := nested.plain_lists(plain)) is not None:
        return nested.array(lists, "the value")
    found = expression(text, whole, start)
    value = found.value(REAL)
    if hasattr(value, "shape"):
        return value
    return finite(float(value), whole, Span(found.start, found.start + len(plain)))


def expression(text: str, whole: str, start: int) -> Constant:
    """A constant expression that stands at `start` in `whole`, for any arithmetic."""
    from adcli.language.run import program  # only an expression needs the parser

    plain = text.strip()
    start += len(text) - len(text.lstrip()) if plain else 0
    refuse_no_value(plain, whole, start)
    try:
        made = program(plain)
        if made.named or list(made.outputs) != ["f"]:
            raise AdcliSyntaxError(
                "a value is one expression", span=Span(0, len(plain)), hint="write x=1,y=1"
            )
        if made.inputs:
            name = made.inputs[0]
            if name.lower() in NOT_FINITE:
                raise NameProblem(
                    f"{name} is not a finite number", span=made.span(made.graph.inputs[0]),
                    hint="every value of a point is a finite number",
                )  # fmt: skip
            raise NameProblem(
                f'the value uses the name "{name}"', span=made.span(made.graph.inputs[0]),
                hint="a value is a constant expression, as in pi/4",
            )  # fmt: skip
    except AdcliError as error:
        span = error.span or Span(0, len(plain))
        error.span = Span(span.start + start, span.end + start)
        error.where, error.text, error.others = "at", whole, ()
        raise
    return Constant(made, whole, start)


NEXT = rf"(?s)(?:\s|[;|&])\s*(({WORD})\s*=(?!=).*)"  # compiled after a mistake only


def refuse_no_value(plain: str, whole: str, start: int) -> None:
    """Raise AdcliSyntaxError for an empty value, and for two values without a comma between them."""
    if not plain:
        name = ASSIGNMENT.match(whole[whole.rfind(",", 0, start) + 1 :])
        raise AdcliSyntaxError(
            f'the value of "{name[1]}" is missing' if name else "the value is missing",
            span=Span(start, start), where="at", text=whole, hint="write it as in x=1,y=2",
        )  # fmt: skip
    if found := re.search(NEXT, plain):
        at = start + found.start(1)
        raise AdcliSyntaxError(
            f'a comma is missing before "{found[2]}"',
            span=Span(at, at + len(found[2])), where="at", text=whole,
            hint=f"write {whole[: start + found.start()].strip()},{found[1]}",
        )  # fmt: skip


def finite(value: float, whole: str, span: Span) -> float:
    """`value`, unless it is beyond the floats."""
    if math.isfinite(value):
        return value
    raise DomainError("overflow: the value is too large for a number", span=span, where="at", text=whole)


def in_arithmetic(arithmetic: Arithmetic, raw: Any, name: str) -> Any:
    """A value in an arithmetic: of a Constant, a number as it is, a text with a constant expression.

    What is none of these is taken for a value of the arithmetic.
    """
    if isinstance(raw, str):
        raw = expression(raw, raw, 0)
    if isinstance(raw, Constant):
        return raw.value(arithmetic)
    if isinstance(raw, (int, float, Fraction, Decimal)):
        if not isinstance(raw, (int, Fraction)) and not math.isfinite(raw):
            raise UsageError(f"the value of {name} is not a finite number")
        return arithmetic.lift(Fraction(raw))
    return raw
