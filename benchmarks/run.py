"""All measurements, as one table of ratios with the goals beside them.

run.py                   everything, peers at 10⁵ nodes; about 10 minutes
run.py --full            peers at 10⁶ nodes too; about an hour
run.py --quick           tiny sizes, no peers: do the scripts still run?
run.py engine startup    some of engine, loops, arrays, startup, parse, pictures, formulas, classroom, grading
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import arrays
import classroom
import engine
import formulas
import grading
import loops
import parse
import pictures
import startup
from measure import Row, table

Asked = argparse.Namespace


def of_engine(asked: Asked) -> Iterator[Row]:
    """Values and gradients beside other engines."""
    if asked.quick:
        return engine.rows(engine.Asked((100, 300), (100,), rounds=1, peers=()))
    if asked.full:
        return engine.rows(engine.Asked(peer_sizes=(100_000, 1_000_000), rounds=asked.rounds or 3))
    return engine.rows(engine.Asked(rounds=asked.rounds or 5))


def of_loops(asked: Asked) -> Iterator[Row]:
    """Programs with loops."""
    sizes = (100, 300) if asked.quick else (100_000, 1_000_000)
    return loops.rows(sizes, rounds(asked, 3), peers=not asked.quick)


def of_parsing(asked: Asked) -> Iterator[Row]:
    """Texts of many terms and many brackets."""
    sizes = {parse.TERMS: (1_000, 100_000, 1_000_000), parse.DEEP: (1_000, 100_000)}
    if asked.quick:
        sizes = {parse.TERMS: (10, 100), parse.DEEP: (10, 100)}
    return parse.rows(sizes, rounds(asked, 3), peers=not asked.quick)


def rounds(asked: Asked, usual: int) -> int:
    """How often each pair is measured."""
    return 1 if asked.quick else asked.rounds or usual


def python(asked: Asked) -> Any:
    """The Python whose commands are timed."""
    return sys.executable if asked.quick else asked.python


PARTS: dict[str, Callable[[Asked], Iterator[Row]]] = {
    "engine": of_engine,
    "loops": of_loops,
    "arrays": lambda asked: arrays.rows(rounds(asked, 9), quick=asked.quick, peers=not asked.quick),
    "startup": lambda asked: startup.rows(python(asked), rounds(asked, 25), peers=not asked.quick),
    "parse": of_parsing,
    "pictures": lambda asked: pictures.rows(
        python(asked), rounds(asked, 15), nodes=20 if asked.quick else 300
    ),
    "formulas": lambda asked: formulas.rows(rounds(asked, 5), peers=not asked.quick),
    "classroom": lambda asked: classroom.rows(5 if asked.quick else 2_000),
    "grading": lambda asked: grading.rows(10 if asked.quick else 1_000, rounds(asked, 1)),
}


def rows(asked: Asked) -> Iterator[Row]:
    """The rows of the parts that are asked for."""
    for name, part in PARTS.items():
        if name in asked.parts or "all" in asked.parts:
            yield from part(asked)


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
