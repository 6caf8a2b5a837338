"""A topic of practice: what it trains, and the forms of its exercises by level."""

from __future__ import annotations

from typing import NamedTuple

from adcli.quiz.forms import Form

LEVELS = (1, 2, 3, 4, 5)
MOST_STEPS = (4, 6, 8, 11, 14)  # of an exercise of each level
Forms = tuple[Form, ...]


class Topic(NamedTuple):
    """One row of the table of topics.

    `levels` has the forms of levels 1 to 5, `ops` the operations that the topic is about. `kinks` says
    whether its points may lie on one, `formulas` whether derivatives may be asked for as formulas, without
    a point. A topic with `arrays` needs NumPy; `any`, whose exercises are the same everywhere, leaves it out.
    """

    name: str
    trains: str
    levels: tuple[Forms, Forms, Forms, Forms, Forms]
    ops: tuple[str, ...] = ()
    kinks: bool = False
    formulas: bool = True
    arrays: bool = False


def forms(*pairs: tuple[str, str]) -> Forms:
    """The forms of one level, each a function and a point."""
    return tuple(Form(function, at) for function, at in pairs)
