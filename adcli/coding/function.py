"""A function to be written: its parameters, statements with comments, and what it returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from adcli.coding.guards import ALWAYS
from adcli.coding.statements import Statement

WIDE = 99


@dataclass(frozen=True)
class Function:
    """`results` has a row per output (of a value: one entry each); `says` are the lines that describe it."""

    name: str
    parameters: Sequence[str]
    says: Sequence[str]
    statements: Sequence[Statement]
    comments: Mapping[int, str]
    tests: Mapping[int, str]
    results: Sequence[Sequence[str]]
    what: str
    unused: Sequence[str] = ()

    @property
    def scalar(self) -> bool:
        """Whether it returns one number."""
        return self.what == "value" and len(self.results) == 1

    def groups(self) -> Iterator[tuple[int, list[Statement]]]:
        """Neighbouring statements under one guard."""
        for guard, group in groupby(self.statements, lambda statement: statement.guard):
            yield guard, list(group)


def remarked(line: str, remark: str | None, sign: str) -> str:
    """A line with its comment behind it, where there is room."""
    if not remark or len(line) + len(remark) + len(sign) + 3 > WIDE:
        return line
    return f"{line}  {sign} {remark}"


def python_function(function: Function, *, arrays: bool, returned: str | None = None) -> Iterator[str]:
    """The lines of a function in Python."""
    yield from wrapped(f"def {function.name}(", function.parameters, "):", "")
    if function.says:
        first, *rest = function.says
        if not rest:
            yield f'    """{first}"""'
        else:
            yield f'    """{first}'
            yield from (f"    {line}".rstrip() for line in rest)
            yield '    """'
    if arrays:
        for name in function.parameters:
            yield f"    {name} = np.asarray({name}, dtype=float)"
    for guard, statements in function.groups():
        indent = "    "
        if guard != ALWAYS:
            yield f"    if {function.tests[guard]}:"
            indent += "    "
        for one in statements:
            yield remarked(f"{indent}{one.name} = {one.text}", function.comments.get(one.node), "#")
    if returned is not None:
        yield f"    return {returned}"
    elif arrays:
        yield from python_arrays(function)
    else:
        yield from python_lists(function)


def python_lists(function: Function) -> Iterator[str]:
    """The return of plain Python: a number, a tuple of numbers, a list, or a list of rows."""
    rows = function.results
    if function.scalar:
        yield f"    return {rows[0][0]}"
    elif function.what == "value":
        yield from wrapped("    return (", [row[0] for row in rows], ")", "    ")
    elif function.what == "gradient":
        yield from wrapped("    return [", rows[0], "]", "    ")
    else:
        yield "    return ["
        for row in rows:
            yield from wrapped("        [", row, "],", "        ")
        yield "    ]"


def python_arrays(function: Function) -> Iterator[str]:
    """The return of NumPy: points come first, then the axes of the answer."""
    rows = function.results
    if function.scalar:
        yield f"    return {rows[0][0]}"
        return
    if function.what == "value":
        yield from wrapped("    return (", [row[0] for row in rows], ")", "    ")
        return
    flat = [entry for row in rows for entry in row]
    count = len(flat)
    yield from wrapped("    entries = np.broadcast_arrays(", [*flat, *function.parameters], ")", "    ")
    stacked = f"np.stack(entries[:{count}], axis=-1)" if count else "np.zeros((0,))"
    if function.what == "gradient":
        yield f"    return {stacked}"
    else:
        shape = f"{len(rows)}, {len(rows[0]) if rows else 0}"
        yield f"    return {stacked}.reshape(entries[0].shape + ({shape}))"


def c_function(function: Function, *, own: bool = False, returned: str | None = None) -> Iterator[str]:
    """The lines of a function in C; the functions that it calls are static."""
    if function.says:
        first, *rest = function.says
        if rest:
            yield f"/* {first}"
            yield from (f"   {line}".rstrip() for line in rest)
            yield "*/"
        else:
            yield f"/* {first} */"
    rows = function.results
    parameters = [f"double {name}" for name in function.parameters]
    out = function.what
    scalar = returned is not None or function.scalar
    if not scalar:
        size = f"[{len(rows)}]" if function.what == "value" else f"[{len(rows[0])}]"
        parameters.append(f"double {out}{size if function.what in ('value', 'gradient') else f'[{len(rows)}]{size}'}")
    kind = "static double" if own else "double" if scalar else "void"
    yield from wrapped(f"{kind} {function.name}(", parameters or ["void"], ")", "")
    yield "{"
    for name in function.unused:
        yield f"    (void){name};"
    for guard, statements in function.groups():
        if guard == ALWAYS:
            for one in statements:
                kind = "int" if one.condition else "double"
                line = f"    const {kind} {one.name} = {one.text};"
                yield remarked(line, function.comments.get(one.node), "//")
            continue
        for conditions in (False, True):
            zero = "0" if conditions else "0.0"
            names = [f"{one.name} = {zero}" for one in statements if one.condition == conditions]
            if names:
                yield from wrapped("    int " if conditions else "    double ", names, ";", "    ")
        yield f"    if ({function.tests[guard]}) {{"
        for one in statements:
            yield remarked(f"        {one.name} = {one.text};", function.comments.get(one.node), "//")
        yield "    }"
    if scalar:
        yield f"    return {returned or rows[0][0]};"
    else:
        for i, row in enumerate(rows):
            for j, entry in enumerate(row):
                place = f"[{i}]" if out == "value" else f"[{j}]" if out == "gradient" else f"[{i}][{j}]"
                yield f"    {out}{place} = {entry};"
    yield "}"


def wrapped(start: str, parts: Sequence[str], end: str, indent: str) -> Iterator[str]:
    """A list between two brackets: on one line, or wrapped below each other where it is too long."""
    line = start + ", ".join(parts) + end
    if len(line) <= WIDE or not parts:
        yield line
        return
    if start[-1] in "([{":
        yield start
        row = indent + "    "
    else:
        row = start
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        piece = part if last else f"{part},"
        if len(row) + len(piece) > WIDE and row.strip():
            yield row.rstrip()
            row = indent + "    "
        row += piece if last else f"{piece} "
    if start[-1] in "([{":
        yield row.rstrip()
        yield indent + end
    else:
        yield row.rstrip() + end
