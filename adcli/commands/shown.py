"""How much of a graph is shown: a part of it, loops as boxes, and more than anybody can read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from adcli.commands.given import names
from adcli.drawing import MOST_LABELLED
from adcli.drawing.folding import folds
from adcli.errors import UsageError
from adcli.language.names import canonical
from adcli.language.note import Note
from adcli.tracing.cutting import cut

if TYPE_CHECKING:
    from adcli.answers.answer import GraphAnswer
    from adcli.drawing.folding import Fold
    from adcli.language.program import Program

PLACED = ("svg", "png", "pdf", "tikz")
FOLDABLE = (*PLACED, "dot", "mermaid")


class Shown(NamedTuple):
    """What --only, --around, --radius, --fold and --force say; `fold` is None where nobody said."""

    only: tuple[str, ...]
    around: str | None
    radius: int
    fold: bool | None
    force: bool

    @classmethod
    def of(
        cls,
        form: str,
        only: str | None,
        around: str | None,
        radius: int | None,
        *,
        fold: bool | None,
        force: bool,
    ) -> Shown:
        """The options, checked; UsageError for one that would have no meaning."""
        if radius is not None and around is None:
            raise UsageError("--radius is the radius of --around", hint="name a node, as in --around v4")
        if fold and form not in FOLDABLE:
            raise UsageError(
                f"--fold draws steps as one box, and {form} shows every step",
                hint=f"it works with {', '.join(FOLDABLE)}",
            )
        if force and form not in PLACED:
            raise UsageError(
                f"--force has no meaning with {form}: only a layout has a limit",
                hint=f"it works with {', '.join(PLACED)}",
            )
        return cls(
            tuple(names(only, "--only f1") or ()), around, 1 if radius is None else radius, fold, force
        )

    def output(self, program: Program) -> str | None:
        """The output that a reverse sweep starts from, where --only names one."""
        name = canonical(self.only[0]) if self.only else ""
        return name if name in program.outputs else None

    def part_of(self, answer: GraphAnswer, form: str) -> GraphAnswer:
        """The answer with the part that is shown; in JSON, where no legend says so, with a note."""
        part = cut(answer.program, self.only, self.around, self.radius)
        if part is None:
            return answer
        said = (Note("folded", part.caption(answer.program)),) if form == "json" else ()
        return replace(answer, part=part, notes=(*answer.notes, *said))

    def folded(self, answer: GraphAnswer, form: str) -> tuple[GraphAnswer, tuple[Fold, ...]]:
        """The boxes that stand for many steps, and the answer with a note that says so.

        Where nobody said, loops are folded in a picture of more nodes than have room for their texts.
        """
        if form not in FOLDABLE:
            return answer, ()
        shown = None if answer.part is None else answer.part.nodes
        nodes = sum(1 for row in answer.trace.rows if shown is None or row in shown)
        wanted = self.fold if self.fold is not None else nodes > MOST_LABELLED and form in PLACED
        found = folds(answer.program, shown) if wanted else ()
        notes = []
        if found:
            steps = sum(len(fold.nodes) for fold in found)
            boxes = "one box" if len(found) == 1 else f"{len(found)} boxes"
            notes.append(f"{steps} steps are drawn as {boxes}; --no-fold draws each of them")
        elif self.fold:
            notes.append("nothing is folded: there is no loop, and no name is assigned three times")
        left = nodes - sum(len(fold.nodes) - 1 for fold in found)
        if left > MOST_LABELLED:
            notes.append(f"with {left} nodes, boxes show their labels alone and edges nothing")
        return replace(answer, notes=(*answer.notes, *(Note("folded", said) for said in notes))), found
