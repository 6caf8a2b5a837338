"""Names that a language accepts: each is given once, and none is a word or function of the language."""

from __future__ import annotations

import re
from collections.abc import Collection


class Identifiers:
    """Gives names; a name that is taken or reserved gets a stroke behind it."""

    def __init__(self, reserved: Collection[str]) -> None:
        self.taken = set(reserved)
        self.numbers: dict[str, int] = {}
        self.temporaries = 0

    def give(self, wanted: str) -> str:
        """A free name like the wanted one: lambda_ for lambda, c_1 for c.1."""
        name = re.sub(r"[^A-Za-z0-9_]", "_", wanted)
        if name in self.taken:
            name += "_"
        stem, number = name, self.numbers.get(name, 1)
        while name in self.taken:
            number += 1
            name = f"{stem}{number}"
        self.numbers[stem] = number
        self.taken.add(name)
        return name

    def temporary(self) -> str:
        """A free name for what has none: t1, t2, …."""
        while True:
            self.temporaries += 1
            name = f"t{self.temporaries}"
            if name not in self.taken:
                return self.give(name)
