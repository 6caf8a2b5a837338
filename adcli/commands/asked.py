"""What every command is asked: the program, the point, and how to show the answer.

A command's own options are the keyword parameters of its `run(asked, *, ...)`; `command()` joins them
with the common ones into the function that Typer reads.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from adcli.commands.options import Numbers, Showing, Source

if TYPE_CHECKING:
    from adcli.answers.answer import Answer
    from adcli.arithmetic import Arithmetic
    from adcli.commands.given import Given


@dataclass(frozen=True)
class Asked:
    """The common options of one run."""

    source: Source
    showing: Showing
    numbers: Numbers = field(default_factory=Numbers)
    notes: list[Any] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    """With --expand, the inputs that each input has become."""
    points: list[Any] = field(default_factory=list)
    """The point as it was given, where the answer's own is another."""

    @cached_property
    def arithmetic(self) -> Arithmetic:
        """The arithmetic to calculate in; UsageError for two of them, or where its module is missing."""
        from adcli.commands.numbers import arithmetic  # --help stays quick

        return arithmetic(self.numbers, self.showing.precision)

    @property
    def exact(self) -> bool:
        """Whether points and seeds are read as expressions, for another arithmetic than floats."""
        return self.arithmetic.name != "real"

    def given(self, *, exact: bool = False, expand: bool = False, names: str | None = None) -> Given:
        """Read the program and the point; a program without inputs needs none.

        With `exact` the point's values stay expressions also for floats. With `expand` a program with
        arrays is the same one entry by entry. `names` says what steps are called.
        """
        from adcli.commands.given import given  # --help stays quick
        from adcli.commands.present import names_of_steps

        called = names_of_steps(names)
        found = given(self.source, exact=exact or self.exact, quiet=self.showing.quiet)
        self.notes.extend(found.notes)
        found = found if found.program.inputs or found.at is not None else found._replace(at={})
        if not expand:
            if any(hasattr(value, "shape") for value in (found.at or {}).values()):
                self.points.append(found.at)  # the answer's own may have a number for every entry
            return found._replace(program=called(found.program))
        from adcli.answers.expanding import expanded_at  # few ask for it
        from adcli.engine import floats_only

        floats_only(self.arithmetic)

        made = expanded_at(found.program, found.at)
        self.points.append(found.at)
        self.parts.update(made.parts)
        return found._replace(program=called(made.program), at=made.at)

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


def command(
    run: Callable[..., int | None], *, program: bool = True, forms: bool = True, numbers: bool = False
) -> Callable[..., int | None]:
    """The function of a command for Typer: `run` with the common options before and after its own.

    `run` may return an exit status. A command without a `program` takes no expression; one without
    `forms` has nothing for --format and -o, one with `numbers` calculates in any arithmetic.
    """
    hints = typing.get_type_hints(run, include_extras=True)
    own = [parameter for name, parameter in inspect.signature(run).parameters.items() if name != "asked"]

    def called(**values: Any) -> int | None:
        source = Source(**{name: values.pop(name) for name in names(Source)}) if program else Source()
        showing = Showing(**{name: values.pop(name) for name in names(Showing) if name in values})
        chosen = Numbers(**{name: values.pop(name) for name in names(Numbers) if name in values})
        return run(Asked(source, showing, chosen), **values)

    shown = [p for p in parameters_of(Showing) if forms or p.name not in ("format", "out")]
    kinds = parameters_of(Numbers) if numbers else []
    parameters = [*(parameters_of(Source) if program else []), *own, *kinds, *shown]
    parameters = [
        p.replace(kind=p.KEYWORD_ONLY, annotation=hints.get(p.name, p.annotation)) for p in parameters
    ]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what Typer reads
    called.__annotations__ = {p.name: p.annotation for p in parameters}
    return called


def names(kind: type) -> list[str]:
    """The option names of Source, Numbers or Showing."""
    return list(inspect.signature(kind).parameters)


def parameters_of(kind: type) -> Sequence[inspect.Parameter]:
    """The options of Source, Numbers or Showing with their types resolved."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return [p.replace(annotation=hints[name]) for name, p in inspect.signature(kind).parameters.items()]
