"""One sweep from an own seed: what jvp and vjp have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adcli.commands.present import seed_of

if TYPE_CHECKING:
    from adcli.answers.answer import Answer
    from adcli.commands.asked import Asked


def present_sweep(
    asked: Asked,
    question: Callable[..., Answer],
    seed: str | None,
    option: str,
    *,
    strict: bool,
    trace: bool,
    explain: bool,
    names: str | None,
) -> None:
    """Ask `question` with the seed that an option says, and show the answer, with its trace if wanted."""
    start: Any = seed_of(seed, option, exact=asked.exact)
    program, at, _ = asked.given(names=names)
    answer = question(
        program, at or {}, start, strict=strict, arithmetic=asked.arithmetic, traced=trace or explain
    )
    asked.present(answer, explain=explain)
