"""A function's lines in C."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adcli.coding.function import Function, remarked, wrapped
from adcli.coding.guards import ALWAYS
from adcli.coding.statements import Statement


def c_function(function: Function, *, own: bool = False, returned: str | None = None) -> Iterator[str]:
    """The lines of a function; one that it calls is `own`, and gives back `returned`."""
    yield from described(function.says)
    scalar = returned is not None or function.scalar
    parameters = [f"double {name}" for name in function.parameters]
    if not scalar:
        sizes = [len(function.results)] if function.what != "gradient" else []
        sizes += [len(function.results[0])] if function.what != "value" else []
        parameters.append(f"double {function.what}{''.join(f'[{size}]' for size in sizes)}")
    kind = "static double" if own else "double" if scalar else "void"
    yield from wrapped(f"{kind} {function.name}(", parameters or ["void"], ")", "")
    yield "{"
    for name in function.unused:
        yield f"    (void){name};"
    for guard, statements in function.groups():
        yield from block(function, guard, statements)
    if scalar:
        yield f"    return {returned or function.results[0][0]};"
    else:
        yield from entries(function)
    yield "}"


def described(says: Sequence[str]) -> Iterator[str]:
    """The comment before a function."""
    if len(says) == 1:
        yield f"/* {says[0]} */"
    elif says:
        yield f"/* {says[0]}"
        yield from (f"   {line}".rstrip() for line in says[1:])
        yield "*/"


def block(function: Function, guard: int, statements: Sequence[Statement]) -> Iterator[str]:
    """Statements under one guard; what they assign is declared before it."""
    if guard == ALWAYS:
        for one in statements:
            line = f"    const {'int' if one.condition else 'double'} {one.name} = {one.text};"
            yield remarked(line, function.comments.get(one.node), "//")
        return
    for kind, zero, conditions in (("int", "0", True), ("double", "0.0", False)):
        names = [f"{one.name} = {zero}" for one in statements if one.condition == conditions]
        if names:
            yield from wrapped(f"    {kind} ", names, ";", "    ")
    yield f"    if ({function.tests[guard]}) {{"
    for one in statements:
        yield remarked(f"        {one.name} = {one.text};", function.comments.get(one.node), "//")
    yield "    }"


def entries(function: Function) -> Iterator[str]:
    """The assignments to the array of the answer."""
    what = function.what
    for i, row in enumerate(function.results):
        for j, entry in enumerate(row):
            place = f"[{i}]" if what == "value" else f"[{j}]" if what == "gradient" else f"[{i}][{j}]"
            yield f"    {what}{place} = {entry};"
