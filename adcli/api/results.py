"""What trace and check give: rows as dictionaries that show themselves as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from adcli.answers.answer import Answer, TraceAnswer

if TYPE_CHECKING:
    from adcli.checking.answer import CheckAnswer


class Shown:
    """What shows its answer as a table, in a terminal and in a notebook."""

    answer: Answer

    def __repr__(self) -> str:
        from adcli.render.text import as_text  # tables are made when somebody looks

        return as_text(self.answer)

    def _repr_markdown_(self) -> str:
        from adcli.render.markdown import as_markdown

        return as_markdown(self.answer)


class TraceRows(Shown, Sequence[dict[str, Any]]):
    """The rows of a trace: a sequence of dictionaries as in the JSON, which shows itself as a table.

    `paths` is as in the JSON too, None where no paths were asked for.
    """

    def __init__(self, answer: TraceAnswer) -> None:
        found = answer.json()
        self.answer = answer
        self.rows = found["trace"]["steps"]
        self.paths: dict[str, Any] | None = found.get("paths")

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)


class Verdicts(Shown, Sequence[dict[str, Any]]):
    """A checked answer: its entries as dictionaries as in the JSON; it shows itself as a table.

    `correct` is True, False, or None where something cannot be decided.
    """

    def __init__(self, answer: CheckAnswer) -> None:
        self.answer = answer
        self.correct = answer.correct
        self.entries: list[dict[str, Any]] = answer.json()["entries"]

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, place: Any) -> Any:
        return self.entries[place]
