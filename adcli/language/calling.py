"""What a reader wants steps to be called: another letter than v, or nothing that the text does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adcli.errors import UsageError
from adcli.language.naming import LETTERS, SOURCE_NAMES
from adcli.language.program import Program

NAMES = (*LETTERS, SOURCE_NAMES)


def called(program: Program, names: str) -> Program:
    """The same program whose unnamed steps are shown as `names` says: one of NAMES.

    Ids stay what they are. UsageError for a letter with which a step would be called like something else.
    """
    odd = None if names == SOURCE_NAMES else program.clash(names)
    if odd is not None:
        free = [letter for letter in LETTERS if program.clash(letter) is None]
        raise UsageError(
            f"--names {names} would number the steps {names}1, {names}2, … beside {odd} of the program",
            hint=f"give --names {' or '.join(free)}" if free else "give --names source",
        )

    def again(point: Mapping[str, Any] | None, **how: Any) -> Program:
        return called(program.again(point, **how), names)

    return replace(program, names=names, again=again)
