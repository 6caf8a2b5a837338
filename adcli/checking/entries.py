"""What a student gave: each entry with the number it claims, as it was written and as it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from adcli.checking.figures import Figure, figure, is_empty, is_no_number
from adcli.checking.latex import is_latex
from adcli.checking.pieces import (
    NAMED,
    Part,
    as_vector,
    bracketed,
    last_of_chain,
    listed,
    named_pieces,
    pieces_in,
    with_points,
)
from adcli.checking.spelled import LONGEST, plain, typeset, with_point
from adcli.checking.targets import BARS, DOTS, Parts, Target, Targets
from adcli.errors import AdcliError, AdcliSyntaxError, NameProblem, ShapeError, Span, UsageError
from adcli.language.names import canonical
from adcli.language.program import Program
from adcli.language.run import program

WHOLE = re.compile(r"(?:∇|nabla|grad|gradient|D|J|jacobian)\s*_?\(?(?P<of>\w*)\)?", re.IGNORECASE)
MARKED = re.compile(rf"((?:\w[{BARS}{DOTS}])+)([0-9₀-₉]*)")
INDEXED = re.compile(
    r"(?<![^\W\d])(?P<name>[^\W\d]\w*)\[\s*(?P<row>\d{1,9})\s*(?:,\s*(?P<column>\d{1,9})\s*)?\]"
)
MOST_STEPS = 2_000  # of one formula


class Written(NamedTuple):
    """An answer as it was written, and what was read: a number in digits, or an expression.

    `problem` is a code where there is nothing to judge: "empty", "not-a-number" or "unreadable"; `error`
    says why it is unreadable.
    """

    text: str
    figure: Figure | None = None
    formula: Program | None = None
    problem: str = ""
    error: AdcliError | None = None


class Entry(NamedTuple):
    """A target and what was given for it."""

    target: Target
    written: Written


EMPTY = Written("", problem="empty")


def written(
    text: str,
    names: Iterable[str] = (),
    *,
    strict: bool = False,
    whole: str | None = None,
    start: int = 0,
) -> Written:
    """What a text of an answer says, where `names` are the variables that it may use.

    With `strict` an unreadable one is its own error, placed in `whole`.

    >>> written("2.50").figure.digits, written("x^2").formula.inputs, written("nan").problem
    (3, ('x',), 'not-a-number')
    """
    given = text.strip()
    if is_empty(given):
        return Written(given, problem="empty")
    if is_no_number(given):
        return Written(given, problem="not-a-number")
    start += len(text) - len(text.lstrip())
    try:
        if (found := figure(given)) is not None or (found := figure(plain(given))) is not None:
            return Written(given, found)
        return Written(given, formula=expression(plain(given), names))
    except AdcliError as error:
        if not strict:
            return Written(given, problem="unreadable", error=error)
        span = error.span or Span(0, len(given))
        if error.text == given or error.text is None:
            error.span, error.text = Span(span.start + start, span.end + start), whole or given
        error.where = "answer"
        raise


def expression(text: str, names: Iterable[str] = ()) -> Program:
    """The one expression that a text is, with variables of these names; v̄4 in it is v4_bar."""
    if len(text) > LONGEST:
        raise UsageError(f"an answer is longer than {LONGEST} characters")
    made = program(spelled_out(text), names=names, most_steps=MOST_STEPS)
    if made.named or len(made.outputs) != 1:
        raise AdcliSyntaxError("an answer is one expression", hint="write x=2*x*y, y=x^2")
    if made.blocked is not None:
        raise made.blocked
    return made


def spelled_out(text: str) -> str:
    """A formula with v4_bar for v̄4 and x_dot for ẋ; where nothing has a mark, the text itself.

    >>> spelled_out("v̄2*y + ẋ")
    'v2_bar*y + x_dot'
    """
    apart = unicodedata.normalize("NFD", text)
    if not any(mark in apart for mark in BARS + DOTS):
        return text

    def plain(found: re.Match[str]) -> str:
        letters = "".join(sign for sign in found[1] if sign not in BARS + DOTS)
        return f"{letters}{found[2]}_{'dot' if DOTS in found[1] else 'bar'}"

    return unicodedata.normalize("NFC", MARKED.sub(plain, apart))


def answers_in(text: str, targets: Targets, wrt: Sequence[int]) -> list[Entry]:
    """The entries of an answer such as "x=4, y=3", of numbers in order, or of a matrix.

    Numbers without names are the gradient by the inputs of `wrt`, rows of several the Jacobian. Raises
    AdcliSyntaxError for a value that is no expression, NameProblem for an unknown name, UsageError for
    a name given twice and for too many numbers, ShapeError for a matrix of another shape.
    """
    text = by_entries(with_points(as_vector(typeset(text) if is_latex(text) else text)), targets)
    entries: list[Entry] = []
    alone: list[Part] = []
    for start, end in named_pieces(text):
        name = NAMED.match(text, start, end)
        if name is None:
            alone.append((start, end))
        elif (parts := targets.parts.get(canonical(name["name"]))) is not None:
            entries += of_array(text, (name.end(), end), parts, targets)
        elif is_whole(name["name"], targets):
            entries += in_order(text, [(name.end(), end)], targets, wrt)
        else:
            begin = last_of_chain(text, name.end(), end)
            target = target_of(text, name, targets)
            if target is None:
                alone.append((begin, end))
                continue
            value = text[begin:end]
            entries.append(Entry(target, written(value, targets.steps, strict=True, whole=text, start=begin)))
    if alone and entries and any(not is_empty(text[start:end]) for start, end in alone):
        start, end = next((start, end) for start, end in alone if not is_empty(text[start:end]))
        raise AdcliSyntaxError(
            "expected NAME=VALUE", span=Span(start, end), where="answer", text=text,
            hint="give a name to every value, or to none",
        )  # fmt: skip
    if alone and not entries:
        entries = in_order(text, alone, targets, wrt)
    seen: set[tuple[object, ...]] = set()
    for entry in entries:
        key = (entry.target.kind, entry.target.node, entry.target.of, entry.target.slot)
        if key in seen:
            raise UsageError(f'the answer gives "{entry.target.name}" twice', hint="give each name once")
        seen.add(key)
    return entries


def target_of(text: str, name: re.Match[str], targets: Targets) -> Target | None:
    """The target before an equals sign; None where a formula stands there, as in 3x² = 12."""
    try:
        with placed(text, name.start("name"), name.end("name")):
            return targets.named(name["name"])
    except NameProblem:
        if is_calculation(name["name"], targets):
            return None
        raise


def is_calculation(text: str, targets: Targets) -> bool:
    """Whether what stands before an equals sign is no name but a formula: 3x² = 12."""
    try:
        formula = expression(plain(text), targets.steps)
    except AdcliError:
        return False
    names = map(targets.node, formula.inputs)
    return bool(formula.graph.args[-1]) and None not in names


def by_entries(text: str, targets: Targets) -> str:
    """A text with x1 for x[1] and W12 for W[1,2], where x and W are inputs that are arrays."""

    def entry(found: re.Match[str]) -> str:
        parts = targets.parts.get(canonical(found["name"]))
        column = None if found["column"] is None else int(found["column"])
        name = None if parts is None else parts.at(int(found["row"]), column)
        if name is None:
            return found[0]
        return f"{name} " if text[found.end() : found.end() + 1].isalnum() else name  # W[1,1]x[1]

    return INDEXED.sub(entry, text) if targets.parts else text


def is_whole(name: str, targets: Targets) -> bool:
    """Whether a name is that of all derivatives: grad f, ∇f, J."""
    found = WHOLE.fullmatch(name)
    if found is None or targets.node(name) is not None or targets.output_of(name) is not None:
        return False
    return found["of"] in ("", "f") or targets.output_of(found["of"]) is not None


def of_array(text: str, part: Part, parts: Parts, targets: Targets) -> list[Entry]:
    """The entries of an input that is an array: [4, 1] or [[1, 2], [3, 4]], row by row."""
    values: list[Part] = []
    waiting = [part]
    while waiting:
        inner = bracketed(text, *waiting[0])
        if inner is None:
            values.append(waiting.pop(0))
        else:
            waiting[:1] = pieces_in(text, *inner, ",;")
        if len(values) > len(parts.names):
            break
    if len(values) != len(parts.names):
        size = "×".join(map(str, parts.shape))
        own = len(parts.names)
        given = f"more than {own}" if len(values) > own else len(values)
        raise ShapeError(
            f"an array of {size} has {own} entries, and the answer {given}", hint="write it as in x=[3,12]"
        )
    return [
        Entry(
            targets.gradient(targets.steps[name]),
            written(text[start:end], targets.steps, strict=True, whole=text, start=start),
        )
        for name, (start, end) in zip(parts.names, values, strict=True)
    ]


class placed:  # noqa: N801  # reads as a word: with placed(text, start, end)
    """Puts the place of a name into the errors that it causes."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.span = text, Span(start, end)

    def __enter__(self) -> None:
        """Nothing yet."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Say where."""
        if isinstance(error, AdcliError) and error.span is None:
            error.span, error.text, error.where = self.span, self.text, "answer"


def in_order(text: str, parts: Sequence[Part], targets: Targets, wrt: Sequence[int]) -> list[Entry]:
    """The entries of numbers without names: a gradient, or a matrix with a row per output."""
    if len(parts) == 1 and (inner := bracketed(text, *parts[0])) is not None:
        inside = listed(text, *inner)
        rows = [found for part in inside if (found := bracketed(text, *part)) is not None]
        if rows and len(rows) == len(inside):
            return matrix([listed(text, *row) for row in rows], text, targets, wrt)
        lines = list(pieces_in(text, *inner, ";"))
        if len(lines) > 1:
            return matrix([listed(text, *line) for line in lines], text, targets, wrt)
        parts = inside
    elif len(parts) == 1:
        parts = listed(text, *parts[0])
    elif all(bracketed(text, *part) for part in parts):
        rows = [found for part in parts if (found := bracketed(text, *part)) is not None]
        return matrix([listed(text, *row) for row in rows], text, targets, wrt)
    if len(parts) == 2 == len(wrt) + 1 and (point := with_point(text[parts[0][0] : parts[1][1]])):
        text, parts = point, [(0, len(point))]
    outputs = list(targets.program.outputs)
    if targets.output is None and len(wrt) == 1 and len(outputs) > 1:
        return matrix([[part] for part in parts], text, targets, wrt)
    gradient_asked(parts, targets, wrt)
    given = [
        written(text[begin:end], targets.steps, strict=True, whole=text, start=begin)
        for begin, end in ((last_of_chain(text, start, end), end) for start, end in parts)
    ]
    given += [EMPTY] * (len(wrt) - len(given))
    return [Entry(targets.gradient(node), one) for node, one in zip(wrt, given, strict=True)]


def gradient_asked(parts: Sequence[Part], targets: Targets, wrt: Sequence[int]) -> None:
    """Raise UsageError where numbers without names are no gradient."""
    outputs = list(targets.program.outputs)
    if targets.output is None:
        raise UsageError(
            f"the answer has no names, and there are {len(outputs)} outputs: {', '.join(outputs)}",
            hint="write a matrix with a row per output, as in [[1,2],[3,4]], or give --output NAME",
        )
    if not wrt:
        raise UsageError("the program has no input to differentiate by", hint="name a step, as in v1=3")
    if len(parts) > len(wrt):
        names = ", ".join(targets.ids[node] for node in wrt)
        raise UsageError(
            f"the answer has {len(parts)} numbers for derivatives by {names}",
            hint="write a name before each, as in x=4,y=3",
        )


def matrix(rows: list[list[Part]], text: str, targets: Targets, wrt: Sequence[int]) -> list[Entry]:
    """The entries of a Jacobian, a row per output and a column per input."""
    outputs = [targets.output] if targets.output is not None else list(targets.program.outputs)
    wide = {len(row) for row in rows}
    if targets.output is not None and wide == {1} and len(rows) == len(wrt) > 1:
        rows, wide = [[row[0] for row in rows]], {len(wrt)}  # a gradient as a column
    if len(rows) != len(outputs) or wide != {len(wrt)}:
        turned = len(rows) == len(wrt) and wide == {len(outputs)}
        sizes = f"{len(rows)}×{min(wide)}" if len(wide) == 1 else f"{len(rows)} rows of different lengths"
        raise ShapeError(
            f"the Jacobian is {len(outputs)}×{len(wrt)}, a row per output and a column per input; "
            f"the answer is {sizes}",
            hint="it is transposed: write a row per output" if turned else None,
        )
    return [
        Entry(
            targets.gradient(node) if output == targets.output else targets.jacobian(output, node),
            written(text[start:end], targets.steps, strict=True, whole=text, start=start),
        )
        for output, row in zip(outputs, rows, strict=True)
        for node, (start, end) in zip(wrt, row, strict=True)
    ]
