"""What every command is asked: the program, the point, and how to show the answer.

A command's own options are the keyword parameters of its `run(asked, *, ...)`; `command()` joins them
with the common ones into the function that Typer reads.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from adcli.commands.options import Showing, Source

if TYPE_CHECKING:
    from adcli.answers import Answer
    from adcli.commands.given import Given


@dataclass(frozen=True)
class Asked:
    """The common options of one run."""

    source: Source
    showing: Showing
    notes: list[Any] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    """With --expand, the inputs that each input has become."""
    points: list[Any] = field(default_factory=list)
    """The point as it was given, where the answer's own is another."""

    def given(self, *, expand: bool = False) -> Given:
        """Read the program and the point; a program without inputs needs none.

        With `expand` a program with arrays is the same one entry by entry.
        """
        from adcli.commands.given import given  # --help stays quick

        found = given(self.source)
        self.notes.extend(found.notes)
        found = found if found.program.inputs or found.at is not None else found._replace(at={})
        if not expand:
            return found
        from adcli.expanding import expanded_at  # few ask for it

        made = expanded_at(found.program, found.at)
        self.points.append(found.at)
        self.parts.update(made.parts)
        return found._replace(program=made.program, at=made.at)

    def each(self, names: list[str] | None) -> list[str] | None:
        """Names of inputs, with --expand those of arrays as all their entries."""
        if names is None:
            return None
        from adcli.language.names import canonical

        return [entry for name in names for entry in self.parts.get(canonical(name), [name])]

    def present(self, answer: Answer, **form: Any) -> None:
        """Show the answer as the user wishes, and remember what it was about."""
        from adcli.commands.present import present

        present(answer, self.showing, self.notes, at=self.points[0] if self.points else answer.at, **form)


def command(run: Callable[..., None], *, program: bool = True, forms: bool = True) -> Callable[..., None]:
    """The function of a command for Typer: `run` with the common options before and after its own.

    A command without a `program` takes no expression; one without `forms` has nothing for --format and -o.
    """
    hints = typing.get_type_hints(run, include_extras=True)
    own = [parameter for name, parameter in inspect.signature(run).parameters.items() if name != "asked"]

    def called(**values: Any) -> None:
        source = Source(**{name: values.pop(name) for name in names(Source)}) if program else Source()
        showing = Showing(**{name: values.pop(name) for name in names(Showing) if name in values})
        run(Asked(source, showing), **values)

    shown = [p for p in parameters_of(Showing) if forms or p.name not in ("format", "out")]
    parameters = [*(parameters_of(Source) if program else []), *own, *shown]
    parameters = [
        p.replace(kind=p.KEYWORD_ONLY, annotation=hints.get(p.name, p.annotation)) for p in parameters
    ]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what Typer reads
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    return called


def names(kind: type) -> list[str]:
    """The option names of Source or Showing."""
    return list(inspect.signature(kind).parameters)


def parameters_of(kind: type) -> Sequence[inspect.Parameter]:
    """The options of Source or Showing with their types resolved."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return [p.replace(annotation=hints[name]) for name, p in inspect.signature(kind).parameters.items()]
