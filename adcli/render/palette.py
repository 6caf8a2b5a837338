"""The colours of a picture, for a light page, a dark page and a grey print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from adcli.diagram import Kind, Mode


class Paint(NamedTuple):
    """How a kind of node is filled and bordered."""

    fill: str
    border: str


class Palette(NamedTuple):
    """One set of colours; contrasts are measured in LOOK.md."""

    background: str
    ink: str
    secondary: str
    edge: str
    tangent: str
    adjoint: str
    kinds: Mapping[Kind, Paint]
    wrong: str = "#C01048"

    def flow(self, mode: Mode) -> str:
        """The colour of the mode's arrows and of its accented lines."""
        return {"none": self.edge, "forward": self.tangent, "reverse": self.adjoint}[mode]


LIGHT = Palette(
    background="#FFFFFF",
    ink="#1B1F24",
    secondary="#4A5361",
    edge="#4A5361",
    tangent="#0F5AA5",
    adjoint="#A63C06",
    kinds={
        "input": Paint("#E1EDF8", "#1F5C94"),
        "constant": Paint("#F1F2F4", "#6B7280"),
        "step": Paint("#FFFFFF", "#4A5361"),
        "output": Paint("#F9D98C", "#7A5200"),
        "folded": Paint("#F1F2F4", "#4A5361"),
        "cut": Paint("#FFFFFF", "#6B7280"),
    },
)

DARK = Palette(
    background="#14181D",
    ink="#E8EBEF",
    secondary="#AEB6C2",
    edge="#AEB6C2",
    tangent="#7DB7E8",
    adjoint="#FF9D6B",
    kinds={
        "input": Paint("#16395A", "#7DB7E8"),
        "constant": Paint("#262B33", "#8C95A3"),
        "step": Paint("#1E242C", "#AEB6C2"),
        "output": Paint("#4A3706", "#F0C34A"),
        "folded": Paint("#262B33", "#AEB6C2"),
        "cut": Paint("#14181D", "#8C95A3"),
    },
    wrong="#FF6B8A",
)

PRINT = Palette(
    background="#FFFFFF",
    ink="#000000",
    secondary="#333333",
    edge="#333333",
    tangent="#000000",
    adjoint="#000000",
    kinds={
        "input": Paint("#E4E4E4", "#000000"),
        "constant": Paint("#FFFFFF", "#555555"),
        "step": Paint("#FFFFFF", "#000000"),
        "output": Paint("#C4C4C4", "#000000"),
        "folded": Paint("#F2F2F2", "#000000"),
        "cut": Paint("#FFFFFF", "#555555"),
    },
    wrong="#000000",
)

PALETTES: Mapping[str, Palette] = {"light": LIGHT, "dark": DARK, "print": PRINT}
