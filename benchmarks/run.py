"""All measurements, as one table of ratios with the goals beside them.

run.py                   everything, peers at 10⁵ nodes; about 10 minutes
run.py --full            peers at 10⁶ nodes too; about an hour
run.py --quick           tiny sizes, no peers: do the scripts still run?
run.py engine startup    some of engine, loops, arrays, startup, parse, pictures, formulas, classroom
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import arrays
import classroom
import engine
import formulas
import loops
import parse
import pictures
import startup
from measure import Row, table

PARTS = ("engine", "loops", "arrays", "startup", "parse", "pictures", "formulas", "classroom")


def rows(asked: argparse.Namespace) -> Iterator[Row]:
    """The rows of the parts that are asked for."""
    quick = asked.quick
    parts = PARTS if "all" in asked.parts else asked.parts
    if "engine" in parts:
        yield from engine.rows(sizes_of(asked))
    if "loops" in parts:
        sizes = (100, 300) if quick else (100_000, 1_000_000)
        yield from loops.rows(sizes, 1 if quick else asked.rounds or 3, peers=not quick)
    if "arrays" in parts:
        yield from arrays.rows(1 if quick else asked.rounds or 9, quick=quick, peers=not quick)
    if "startup" in parts:
        python = sys.executable if quick else asked.python
        yield from startup.rows(python, 1 if quick else asked.rounds or 25, peers=not quick)
    if "parse" in parts:
        sizes = {parse.TERMS: (1_000, 100_000, 1_000_000), parse.DEEP: (1_000, 100_000)}
        tiny = {parse.TERMS: (10, 100), parse.DEEP: (10, 100)}
        yield from parse.rows(tiny if quick else sizes, 1 if quick else asked.rounds or 3, peers=not quick)
    if "pictures" in parts:
        python = sys.executable if quick else asked.python
        yield from pictures.rows(python, 1 if quick else asked.rounds or 15, nodes=20 if quick else 300)
    if "formulas" in parts:
        yield from formulas.rows(1 if quick else asked.rounds or 5, peers=not quick)
    if "classroom" in parts:
        yield from classroom.rows(5 if quick else 2_000)


def sizes_of(asked: argparse.Namespace) -> engine.Asked:
    """How large the engine's graphs are, and how often each is measured."""
    if asked.quick:
        return engine.Asked((100, 300), (100,), rounds=1, peers=())
    if asked.full:
        return engine.Asked(peer_sizes=(100_000, 1_000_000), rounds=asked.rounds or 3)
    return engine.Asked(rounds=asked.rounds or 5)


def main() -> int:
    """Measure, print, and say by the exit status whether every goal is held."""
    asked = arguments()
    found = []
    for one in rows(asked):
        found.append(one)
        print(*list(table([one]))[1:], file=sys.stderr, flush=True)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print("\n".join(table(found)))
    if asked.json:
        made = [{**one._asdict(), "held": one.held} for one in found]
        Path(asked.json).write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return int(not asked.quick and any(one.held is False for one in found))


def arguments() -> argparse.Namespace:
    """What is asked for on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "all"], default="all")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, no peers")
    parser.add_argument("--full", action="store_true", help="peers at a million nodes too")
    parser.add_argument("--rounds", type=int, help="how often each pair is measured")
    parser.add_argument("--python", help="a Python with adcli (from a wheel) and SymPy, for the start-up")
    parser.add_argument("--json", metavar="FILE", help="write the rows as JSON too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
