"""Parsing: long sums and deep brackets, in time and memory, beside SymPy and Python's own parser."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time

from measure import Row, output, row

TERMS, DEEP = "sum of terms", "nested brackets"
NAMES = 10
# Runs in a process of its own, so that its peak is the memory of this text.
ALONE = """
import sys, resource, parse
from time import process_time
kind, size = sys.argv[1], int(sys.argv[2])
text, tokens, gradient = parse.TEXTS[kind](size)
import adcli
adcli.parse("x*y")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = process_time()
program = adcli.parse(text)
took = process_time() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = adcli.grad(program, {name: 1.0 for name in program.inputs})
assert all(found[name] == slope for name, slope in gradient.items()), "wrong gradient"
unit = 1 if sys.platform == "darwin" else 1024
print(took * 1e9 / tokens, max(peak - before, 1) * unit / tokens)
"""


def terms(size: int) -> tuple[str, int, dict[str, float]]:
    """x0 + x1 + … over ten names: the text, its number of tokens, its gradient."""
    text = "+".join(f"x{i % NAMES}" for i in range(size))
    return text, 2 * size - 1, {f"x{i}": float(len(range(i, size, NAMES))) for i in range(NAMES)}


def brackets(size: int) -> tuple[str, int, dict[str, float]]:
    """((…x…)): the text, its number of tokens, its gradient."""
    return "(" * size + "x" + ")" * size, 2 * size + 1, {"x": 1.0}


TEXTS: dict[str, Callable[[int], tuple[str, int, dict[str, float]]]] = {TERMS: terms, DEEP: brackets}


def rows(
    sizes: dict[str, Sequence[int]], rounds: int = 3, *, peers: bool = True, small: int = 1_000
) -> Iterator[Row]:
    """Time and memory per token from small to large, and time beside the peers at a size they survive."""
    for kind, steps in sizes.items():
        least, *more = steps
        for size in more:
            time, memory = zip(*(pair(kind, size, least) for _ in range(rounds)), strict=True)
            yield row(f"parse, {kind}, {size:,} over {least:,}", "ns/token", f"at {least:,}", time)
            yield row(f"parse memory, {kind}, {size:,} over {least:,}", "B/token", f"at {least:,}", memory)
    text, tokens, _ = terms(small)
    import adcli

    others: dict[str, Callable[[str], object]] = {"ast.parse": ast.parse}
    if peers:
        from sympy import sympify

        others["SymPy sympify"] = sympify
    for name, parse in others.items():
        pairs = [(each(adcli.parse, text, tokens), each(parse, text, tokens)) for _ in range(rounds + 1)]
        yield row(f"parse, {TERMS}, {small:,}", "ns/token", name, pairs[1:])


def pair(kind: str, size: int, least: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """(time at size, time at least) and the same of memory."""
    one, other = alone(kind, size), alone(kind, least)
    return (one[0], other[0]), (one[1], other[1])


def alone(kind: str, size: int) -> tuple[float, float]:
    """Nanoseconds and bytes of peak memory per token, in a process of its own that checks the gradient."""
    command = [sys.executable, "-c", ALONE, kind, str(size)]
    time, memory = map(float, output(command, cwd=Path(__file__).parent).split())
    return time, memory


def each(parse: Callable[[str], object], text: str, tokens: int) -> float:
    """The processor time of one parse per token, in nanoseconds."""
    begin = process_time()
    parse(text)
    return (process_time() - begin) * 1e9 / tokens
