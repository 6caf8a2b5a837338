"""Conditions: comparisons, and, or, not, and the choice between two values."""

from __future__ import annotations

from adcli.primitives.primitive import Kink, Primitive

ANY = (-3.0, 3.0)
SWITCH = Kink(lambda x, y: x == y, None, "x = y")


def comparison(name: str, doc: str) -> Primitive:
    """A row whose value is 1 where the comparison holds, else 0."""
    return Primitive(
        name,
        "logic",
        ("x", "y"),
        (None, None),
        doc,
        kinks=(SWITCH,),
        points=((0.0, 0.0), (1.0, 2.0), (2.0, 1.0)),
        ranges=(ANY, ANY),
        callable=False,
    )


def connective(name: str, args: tuple[str, ...], doc: str) -> Primitive:
    """A row on conditions, where every number but 0 counts as true."""
    points = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (2.0, -1.0))
    return Primitive(
        name,
        "logic",
        args,
        (None,) * len(args),
        doc,
        points=tuple({point[: len(args)]: None for point in points}),
        ranges=(ANY,) * len(args),
        callable=False,
    )


ROWS = (
    comparison("lt", "1 where x < y, else 0"),
    comparison("le", "1 where x ≤ y, else 0"),
    comparison("gt", "1 where x > y, else 0"),
    comparison("ge", "1 where x ≥ y, else 0"),
    comparison("eq", "1 where x = y, else 0"),
    comparison("ne", "1 where x ≠ y, else 0"),
    connective("and", ("x", "y"), "1 where both are true, else 0"),
    connective("or", ("x", "y"), "1 where one of them is true, else 0"),
    connective("not", ("x",), "1 where x is false, else 0"),
    Primitive(
        "select",
        "logic",
        ("c", "x", "y"),
        (
            None,
            lambda m, z, c, x, y: m.select(c, m.lift(1), m.lift(0)),
            lambda m, z, c, x, y: m.select(c, m.lift(0), m.lift(1)),
        ),
        "x where the condition c is true, else y",
        points=((1.0, 2.0, 3.0), (0.0, 2.0, 3.0), (-1.0, 2.0, 3.0)),
        ranges=(ANY, ANY, ANY),
        callable=False,
    ),
)
