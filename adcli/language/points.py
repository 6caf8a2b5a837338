"""Points: which input has which value, from options, files and standard input."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from adcli import engine
from adcli.errors import AdcliError, AdcliSyntaxError, DomainError, NameProblem, Span, UsageError
from adcli.language import nested
from adcli.language.names import BARE, GREEK, WORD, canonical, nearest
from adcli.language.program import Program
from adcli.numerals import LARGEST
from adcli.sweep import Undefined

MOST_TOLD = 5  # unknown names in one message
ASSIGNMENT = re.compile(rf"\s*({WORD})\s*=(?!=)")


def is_assignment_list(text: str) -> bool:
    """Whether a point's text begins with NAME=, and so is not a file's name."""
    return ASSIGNMENT.match(text) is not None


def from_text(text: str, read: Callable[[str], Any] | None = None) -> dict[str, Any]:
    """The point of a list such as "x=1,y=pi/4"; values are constant expressions.

    A value that ends as an array's file does, as in W=W.npy, is what `read` makes of that file.

    >>> from_text("x=1, y=1/4")
    {'x': 1.0, 'y': 0.25}

    Raises UsageError for a doubled name, and the value's own error with its place in `text`.
    """
    point: dict[str, Any] = {}
    for start, end in parts(text):
        match = ASSIGNMENT.match(text, start, end)
        if match is None:
            raise no_assignment(text, start, end)
        name = canonical(match[1])
        if name in point:
            raise UsageError(
                f'"{match[1]}" is given twice',
                span=Span(match.start(1), match.end(1)), where="at", text=text,
                hint="give each name once",
            )  # fmt: skip
        value = text[match.end() : end]
        if read is not None and value.strip().lower().endswith(FILES):
            point[name] = read(value.strip())
        else:
            point[name] = constant(value, text, match.end())
    return point


def no_assignment(text: str, start: int, end: int) -> AdcliSyntaxError:
    """The error for a piece of a point that is not NAME=VALUE."""
    left, equals, _ = text[start:end].partition("=")
    name = left.strip()
    message, span = "expected NAME=VALUE", Span(start, end)
    if equals and name and re.fullmatch(WORD, name) is None:
        begin = start + left.index(name)
        message, span = f'"{name}" is not a name', Span(begin, begin + len(name))
    return AdcliSyntaxError(message, span=span, where="at", text=text, hint="write it as in x=1,y=2")


def parts(text: str) -> Iterable[tuple[int, int]]:
    """The pieces between commas that stand outside brackets."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield start, at
            start = at + 1
    yield start, len(text)


def constant(text: str, whole: str, start: int) -> Any:
    """The value of a constant expression that stands at `start` in `whole`."""
    from adcli.language.run import program  # only an expression needs the parser
    from adcli.language.shaping import shaped

    plain = text.strip()
    if re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", plain):
        return finite(float(plain), whole, Span(start, start + len(text)))
    start += len(text) - len(text.lstrip()) if plain else 0
    if plain[:1] == "[" and (lists := nested.plain_lists(plain)) is not None:
        return nested.array(lists, "the value")
    refuse_no_value(plain, whole, start)
    try:
        made = program(plain)
        if made.named or list(made.outputs) != ["f"]:
            raise AdcliSyntaxError(
                "a value is one expression", span=Span(0, len(plain)), hint="write x=1,y=1"
            )
        if made.inputs:
            name = made.inputs[0]
            raise NameProblem(
                f'the value uses the name "{name}"', span=made.span(made.graph.inputs[0]),
                hint="a value is a constant expression, as in pi/4",
            )  # fmt: skip
        (node,) = made.outputs.values()
        found = engine.evaluate(shaped(made, {}).graph, {})[node]
        if hasattr(found, "shape"):
            return found
        return finite(float(found), whole, Span(start, start + len(plain)))
    except Undefined as undefined:
        message = f"the value is not defined: {plain}"
        if undefined.reason == "overflow":
            message = f"overflow: {plain} is beyond {LARGEST}"
        raise DomainError(
            message, span=Span(start, start + len(plain)), where="at", text=whole
        ) from undefined
    except AdcliError as error:
        span = error.span or Span(0, len(plain))
        error.span = Span(span.start + start, span.end + start)
        error.where, error.text = "at", whole
        raise


FILES = (".npy", ".csv")  # of arrays
NEXT = re.compile(rf"(?:\s|[;|&])\s*(({WORD})\s*=(?!=).*)", re.DOTALL)


def refuse_no_value(plain: str, whole: str, start: int) -> None:
    """Raise AdcliSyntaxError for an empty value, and for two values without a comma between them."""
    if not plain:
        name = ASSIGNMENT.match(whole[whole.rfind(",", 0, start) + 1 :])
        raise AdcliSyntaxError(
            f'the value of "{name[1]}" is missing' if name else "the value is missing",
            span=Span(start, start), where="at", text=whole, hint="write it as in x=1,y=2",
        )  # fmt: skip
    if found := NEXT.search(plain):
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


def from_mapping(found: Mapping[str, Any], file: str) -> dict[str, Any]:
    """The point of a file's or stream's names and values; strings are constant expressions."""
    point: dict[str, Any] = {}
    for key, raw in found.items():
        name = canonical(str(key))
        if not re.fullmatch(WORD, str(key)):
            raise UsageError(f'{file}: "{key}" is not a name')
        if name in point:
            raise UsageError(f'{file}: "{key}" is given twice')
        point[name] = number_in_file(raw, str(key), file)
    return point


def from_values(found: Mapping[str, Any]) -> dict[str, Any]:
    """The point of a dictionary of numbers and arrays (lists, or arrays of numpy), by canonical names.

    Raises UsageError for a name given twice and for what is not a finite number, ShapeError for ragged
    rows, and DomainError for a number beyond the floats.
    """
    point: dict[str, Any] = {}
    for name, raw in canonical_once(found).items():
        if hasattr(raw, "__len__") and not isinstance(raw, str) and getattr(raw, "shape", True) != ():
            point[name] = nested.array(raw, f"the value of {name}")
            continue
        try:
            point[name] = float(raw)
        except OverflowError:
            raise DomainError(f"overflow: the value of {name} is beyond {LARGEST}") from None
        except (TypeError, ValueError):
            raise UsageError(f"the value of {name} is not a number: {raw!r}") from None
        if not math.isfinite(point[name]):
            raise UsageError(f"the value of {name} is not a finite number")
    return point


def canonical_once(found: Mapping[str, Any]) -> dict[str, Any]:
    """A dictionary by canonical names; UsageError for two spellings of one name."""
    point: dict[str, Any] = {}
    for name, value in found.items():
        if canonical(name) in point:
            raise UsageError(f'"{name}" is given twice', hint="give each name once")
        point[canonical(name)] = value
    return point


def number_in_file(raw: Any, key: str, file: str) -> Any:
    """A number or an array of a file; NaN, infinities and true are refused."""
    if isinstance(raw, str):
        try:
            return constant(raw, raw, 0)
        except AdcliError as error:
            error.details = (*error.details, f'this is the value of "{key}" in {file}')
            raise
    if isinstance(raw, list):
        return nested.array(
            nested.each(
                raw, lambda entry: entry if isinstance(entry, list) else number_in_file(entry, key, file)
            ),
            f"{file}: {key}",
        )
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Fraction)):
        raise UsageError(
            f"{file}: {key} is not a number", hint="write a number, or an expression as a string"
        )
    try:
        value = float(raw)
    except OverflowError:
        raise DomainError(f"overflow: {file}: the value of {key} is beyond {LARGEST}") from None
    if not math.isfinite(value):
        raise UsageError(f"{file}: {key} is not a finite number")
    return value


def bind(program: Program, point: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a program's inputs, in their order.

    Raises NameProblem for missing and for unknown names, with the nearest known one.
    """
    given = {canonical(name): value for name, value in point.items()}
    unknown = [name for name in given if name not in program.inputs]
    missing = [name for name in program.inputs if name not in given]
    if missing:
        raise missing_names(program, missing, unknown, given)
    if unknown:
        raise unknown_names(program, unknown)
    return {name: given[name] for name in program.inputs}


def unknown_names(program: Program, unknown: list[str]) -> NameProblem:
    """The error for names of a point that are no inputs, each with the input that was probably meant."""
    listed = ", ".join(program.inputs) or "none"
    told, more = unknown[:MOST_TOLD], len(unknown) - MOST_TOLD
    names = ", ".join(f'"{name}"' for name in told) + (f" and {more} more" if more > 0 else "")
    meant = [(name, nearest(name, list(program.inputs))) for name in told]
    close = [f"{there} for {name}" if len(told) > 1 else there for name, there in meant if there]
    which = "which is not an input" if len(unknown) == 1 else "which are not inputs"
    return NameProblem(
        f"the point binds {names}, {which}", where="at",
        details=(f"inputs: {listed}",), hint=f"did you mean {', '.join(close)}?" if close else None,
    )  # fmt: skip


def missing_names(
    program: Program, missing: list[str], unknown: list[str], given: Mapping[str, Any]
) -> NameProblem:
    """The error for inputs without a value; a run-together product such as xy is named as one."""
    first = missing[0]
    bound = ", ".join(given) or "none"
    spelled = program.spelled.get(first, first)
    product = as_product(spelled, spellings(given))
    if product:
        return NameProblem(
            f'unknown name "{spelled}"', span=first_use(program, first),
            text=program.source, details=(f"bound at this point: {bound}",),
            hint=f"for a product write {product}",
        )  # fmt: skip
    names = ", ".join(missing)
    slip = next(
        ((other, name) for other in unknown[:MOST_TOLD] for name in missing if nearest(other, [name])), None
    )
    wanted = ",".join(f"{name}=..." for name in missing)
    if not given:
        return NameProblem(
            f"no value is given for {names}", span=first_use(program, first), text=program.source,
            hint=f"add --at {wanted}",
        )  # fmt: skip
    hint = f'the point binds "{slip[0]}": did you mean {slip[1]}?' if slip else f"add {wanted} to the point"
    return NameProblem(
        f"the point lacks {names}", span=first_use(program, first), text=program.source,
        details=(f"bound at this point: {bound}",), hint=hint,
    )  # fmt: skip


def first_use(program: Program, name: str) -> Span:
    """Where an input first stands in the source."""
    return program.span(program.inputs.index(name))


def spellings(names: Iterable[str]) -> set[str]:
    """Names as they may stand in a word: theta also as θ."""
    return {*names, *(letter for letter, name in GREEK.items() if name in names)}


def as_product(word: str, bound: set[str]) -> str | None:
    """x*y for xy when x and y are bound; sin(x) for sinx; None when the word is no such thing."""
    for function in sorted(BARE, key=len, reverse=True):
        rest = word.removeprefix(function)
        factors = split(rest, bound)
        if rest != word and factors:
            return f"{function}({'*'.join(factors)})"
    factors = split(word, bound)
    return "*".join(factors) if factors and len(factors) > 1 else None


def split(word: str, bound: set[str]) -> list[str] | None:
    """A word as bound names and digits side by side, the longest names first; None when it is not."""
    names = sorted(bound, key=len, reverse=True)
    factors: list[str] = []
    while word:
        digits = re.match(r"\d+", word)
        factor = next((name for name in names if word.startswith(name)), digits.group() if digits else None)
        if factor is None:
            return None
        factors.append(factor)
        word = word[len(factor) :]
    return factors
