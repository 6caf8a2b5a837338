"""Points: which input has which value, from options, files and standard input."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from adcli import engine
from adcli.arithmetic.real import REAL
from adcli.errors import AdcliError, AdcliSyntaxError, DomainError, NameProblem, Span, UsageError
from adcli.language import nested
from adcli.language.constants import ASSIGNMENT, Constant, constant, expression, in_arithmetic
from adcli.language.names import CALLED_ELSEWHERE, FUNCTIONS, WORD, canonical, nearest
from adcli.language.program import Program
from adcli.language.together import as_product, spellings
from adcli.notation.numerals import LARGEST

if TYPE_CHECKING:
    from adcli.arithmetic import Arithmetic

MOST_TOLD = 5  # unknown names in one message


def is_assignment_list(text: str) -> bool:
    """Whether a point's text begins with NAME=, and so is not a file's name."""
    return ASSIGNMENT.match(text) is not None


def from_text(text: str, read: Callable[[str], Any] | None = None, *, exact: bool = False) -> dict[str, Any]:
    """The point of a list such as "x=1,y=pi/4"; values are constant expressions.

    They become floats and arrays, or with `exact` stay what they are, for another arithmetic. A value
    that ends as an array's file does, as in W=W.npy, is what `read` makes of that file.

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
            point[name] = (expression if exact else constant)(value, text, match.end())
    return point


def no_assignment(text: str, start: int, end: int) -> AdcliSyntaxError:
    """The error for a piece of a point that is not NAME=VALUE."""
    left, equals, _ = text[start:end].partition("=")
    name = left.strip()
    message, span = "expected NAME=VALUE", Span(start, end)
    hint = "write it as in x=1,y=2"
    before = text[text.rfind(",", 0, max(start - 1, 0)) + 1 : max(start - 1, 0)]
    if name.isdecimal() and (whole := re.fullmatch(rf"\s*({WORD}\s*=\s*[-−]?\d+)\s*", before)):
        hint = f"write {whole[1]}.{name} for decimals; commas stand between values, as in x=1,y=2"
    if equals and name and re.fullmatch(WORD, name) is None:
        begin = start + left.index(name)
        message, span = f'"{name}" is not a name', Span(begin, begin + len(name))
    return AdcliSyntaxError(message, span=span, where="at", text=text, hint=hint)


def parts(text: str) -> Iterable[tuple[int, int]]:
    """The pieces between commas that stand outside brackets."""
    depth = start = 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield start, at
            start = at + 1
    yield start, len(text)


FILES = (".npy", ".csv")  # of arrays


def from_mapping(found: Mapping[str, Any], file: str, *, exact: bool = False) -> dict[str, Any]:
    """The point of a file's or stream's names and values; strings are constant expressions.

    They become floats and arrays, or with `exact` numbers stay what they are, for another arithmetic.
    """
    point: dict[str, Any] = {}
    for key, raw in found.items():
        name = canonical(str(key))
        if not re.fullmatch(WORD, str(key)):
            raise UsageError(f'{file}: "{key}" is not a name')
        if name in point:
            raise UsageError(f'{file}: "{key}" is given twice')
        point[name] = number_in_file(raw, str(key), file, exact=exact)
    return point


def from_values(found: Mapping[str, Any]) -> dict[str, Any]:
    """The point of a dictionary of numbers, Constants and arrays (lists, or of numpy), by canonical names.

    Raises UsageError for a name given twice and for what is not a finite number, ShapeError for ragged
    rows, and DomainError for a number beyond the floats.
    """
    point: dict[str, Any] = {}
    for name, given in canonical_once(found).items():
        raw = given.value(REAL) if isinstance(given, Constant) else given
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


def values_in(arithmetic: Arithmetic, found: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a point by canonical names, in the numbers of an arithmetic."""
    if arithmetic.name == "real":
        return from_values(found)
    point = canonical_once(found)
    if any(hasattr(raw, "__len__") and not isinstance(raw, (str, tuple)) for raw in point.values()):
        engine.floats_only(arithmetic)
    return {name: in_arithmetic(arithmetic, raw, name) for name, raw in point.items()}


def canonical_once(found: Mapping[str, Any]) -> dict[str, Any]:
    """A dictionary by canonical names; UsageError for two spellings of one name."""
    point: dict[str, Any] = {}
    for name, value in found.items():
        if canonical(name) in point:
            raise UsageError(f'"{name}" is given twice', hint="give each name once")
        point[canonical(name)] = value
    return point


def number_in_file(raw: Any, key: str, file: str, *, exact: bool) -> Any:
    """A number or an array of a file; NaN, infinities and true are refused."""
    if isinstance(raw, str):
        try:
            return (expression if exact else constant)(raw, raw, 0)
        except AdcliError as error:
            error.details = (*error.details, f'this is the value of "{key}" in {file}')
            raise
    if isinstance(raw, list):
        return nested.array(
            nested.each(
                raw,
                lambda entry: (
                    entry if isinstance(entry, list) else number_in_file(entry, key, file, exact=False)
                ),
            ),
            f"{file}: {key}",
        )
    if isinstance(raw, bool) or not isinstance(raw, (int, float, Fraction, Decimal)):
        raise UsageError(
            f"{file}: {key} is not a number", hint="write a number, or an expression as a string"
        )
    if not isinstance(raw, (int, Fraction)) and not math.isfinite(raw):
        raise UsageError(f"{file}: {key} is not a finite number")
    if exact and (isinstance(raw, int) or float(raw)):
        return Fraction(raw)
    try:
        value = float(raw)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise DomainError(f"overflow: {file}: the value of {key} is beyond {LARGEST}") from None
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
            hint=f"write {product}" if "(" in product else f"for a product write {product}",
        )  # fmt: skip
    if transposed := re.search(rf"({WORD}|\))\s*\^\s*\{{?T\b", program.source) if "T" in missing else None:
        return NameProblem(
            'unknown name "T"', span=first_use(program, "T"), text=program.source,
            details=(f"bound at this point: {bound}",),
            hint=f"a transposed array is written {transposed[1].removeprefix(')') or 'A'}ᵀ or transpose(...)",
        )  # fmt: skip
    names = ", ".join(missing)
    slips = ((other, name) for other in unknown[:MOST_TOLD] for name in missing if nearest(other, [name]))
    slip = next((pair for pair in slips if len(pair[0]) == len(pair[1]) or min(map(len, pair)) > 1), None)
    wanted = ",".join(f"{name}=..." for name in missing)
    function = CALLED_ELSEWHERE.get(spelled, spelled)
    call = f", or write {function}(...) for the function" if function in FUNCTIONS else ""
    if not given:
        return NameProblem(
            f"no value is given for {names}", span=first_use(program, first), text=program.source,
            hint=f"add --at {wanted}{call}",
        )  # fmt: skip
    hint = (
        f'the point binds "{slip[0]}": did you mean {slip[1]}?'
        if slip
        else f"add {wanted} to the point{call}"
    )
    return NameProblem(
        f"the point lacks {names}", span=first_use(program, first), text=program.source,
        details=(f"bound at this point: {bound}",), hint=hint,
    )  # fmt: skip


def first_use(program: Program, name: str) -> Span:
    """Where an input first stands in the source."""
    return program.span(program.inputs.index(name))
