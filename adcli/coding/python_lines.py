"""A function's lines in Python, plain and with NumPy."""

from __future__ import annotations

from collections.abc import Iterator

from adcli.coding.function import Function, remarked, wrapped
from adcli.coding.guards import ALWAYS


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
    if not count:  # without inputs
        yield f"    return np.zeros({(0,) if function.what == 'gradient' else (len(rows), 0)})"
        return
    yield from wrapped("    entries = np.broadcast_arrays(", [*flat, *function.parameters], ")", "    ")
    stacked = f"np.stack(entries[:{count}], axis=-1)"
    if function.what == "gradient":
        yield f"    return {stacked}"
    else:
        shape = f"{len(rows)}, {len(rows[0])}"
        yield f"    return {stacked}.reshape(entries[0].shape + ({shape}))"
