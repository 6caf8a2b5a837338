"""Before a program runs: which names are its inputs, which are constants, and how each is spelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from adcli.errors import AdcliSyntaxError, NameProblem, Span
from adcli.language import together
from adcli.language.names import CONSTANTS, FUNCTIONS, canonical, twin
from adcli.language.note import Note
from adcli.language.syntax import (
    ASSIGN,
    BLOCK,
    BRANCH,
    DEFINE,
    INPUTS,
    INVOKE,
    LOOP,
    NAME,
    NUMBER,
    REPEAT,
    Syntax,
)


class Survey:
    """The names of a program.

    `inputs` are the free names with the place of their first use, in order of appearance;
    `spelled` maps each canonical name to its first spelling.
    """

    def __init__(self) -> None:
        self.inputs: dict[str, Syntax] = {}
        self.spelled: dict[str, str] = {}
        self.notes: list[Note] = []


class Event(NamedTuple):
    """A name as the text meets it: READ, BOUND by an assignment or loop, or DECLARED as an input.

    `later` says that it stands in a function's body, which runs when all assignments may have been made.
    """

    kind: int
    leaf: Syntax
    later: bool = False


READ, BOUND, DECLARED, CALLED = range(4)


def survey(
    text: str, syntax: Sequence[Syntax], point: Mapping[str, Any], bound: AbstractSet[str] = frozenset()
) -> Survey:
    """Read all names of a program in the order of the text.

    e, pi and tau are constants unless the program assigns them or `point` binds them. A free name that
    looks like a product or a call, and is none of the names `bound` elsewhere, has a note.
    Raises NameProblem for two names that read the same, and for one that is variable and function.
    """
    found = Survey()
    met = list(events(syntax))
    new = {canonical(event.leaf.args[0]) for event in met if event.kind in (BOUND, DECLARED)}
    assigned = {canonical(event.leaf.args[0]) for event in met if event.kind == BOUND}
    called = {event.leaf.op for event in met if event.kind == CALLED}
    known: set[str] = set()
    leaves: dict[str, Syntax] = {}
    for event in met:
        if event.kind == CALLED:
            continue
        name = canonical(event.leaf.args[0])
        leaves.setdefault(name, event.leaf)
        if event.kind == DECLARED:
            declare(text, found, known, event.leaf)
        elif event.kind == BOUND:
            known.add(name)
        elif name in CONSTANTS and name not in new and name not in point:
            if name == "tau" and "τ" not in event.leaf.args[0]:
                note(found, event.leaf, "tau is the constant 2π = 6.28319")
        else:
            if name in CONSTANTS:
                note(found, event.leaf, f"{name} is a name here, not the constant")
            if name not in known and not (event.later and name in assigned):
                known.add(name)
                found.inputs[name] = event.leaf
    check_names(text, leaves, called)
    note_run_together(
        found, leaves, {*bound, *(canonical(event.leaf.args[0]) for event in met if event.kind == DECLARED)}
    )
    found.spelled.update((name, leaf.args[0]) for name, leaf in leaves.items())
    return found


def check_names(text: str, leaves: Mapping[str, Syntax], called: AbstractSet[str]) -> None:
    """Raise NameProblem for two names that read the same, and for one that is variable and function."""
    twins: dict[str, str] = {}
    for name, leaf in leaves.items():
        span = Span(leaf.start, leaf.end)
        other = twins.setdefault(twin(name), name)
        if other != name:
            raise NameProblem(
                f'"{other}" and "{name}" read the same',
                span=span,
                text=text,
                hint="use one of the two spellings, or another name",
            )
        if FUNCTIONS.get(leaf.args[0]) in called:
            raise NameProblem(
                f'"{name}" is used as a variable and as the function {name}(...)',
                span=span,
                text=text,
                hint="rename the variable",
            )


def events(statements: Sequence[Syntax]) -> Iterator[Event]:
    """The names of a program in the order of the text, blocks and bodies included."""
    work = list(reversed(statements))
    while work:
        statement = work.pop()
        op, args = statement.op, statement.args
        if op == ASSIGN:
            yield from reads(args[1:])
            yield Event(BOUND, args[0])
        elif op == INPUTS:
            yield from (Event(DECLARED, leaf) for leaf in args)
        elif op == DEFINE:
            params = {canonical(param.args[0]) for param in args[1]}
            yield from (
                event._replace(later=True)
                for event in reads(args[2:])
                if event.kind == CALLED or canonical(event.leaf.args[0]) not in params
            )
        elif op == LOOP:
            yield from reads(args[1:3])
            yield Event(BOUND, args[0])
            work.append(args[3])
        elif op in (REPEAT, BRANCH):
            yield from reads(args[:1])
            work.extend(block for block in reversed(args[1:]) if block is not None)
        elif op == BLOCK:
            work.extend(reversed(args))
        else:
            yield from reads(args)


def reads(trees: Sequence[Syntax]) -> Iterator[Event]:
    """The names that some expressions read and the functions that they call, each spelling once."""
    work = list(reversed(trees))
    met: set[tuple[str, str | None]] = set()
    while work:
        syntax = work.pop()
        if syntax.op == NUMBER:
            continue
        name = syntax.args[0] if syntax.op == NAME else None
        if (syntax.op, name) not in met:
            met.add((syntax.op, name))
            yield Event(CALLED if name is None else READ, syntax)
        if name is None:
            work.extend(reversed(syntax.args[1:] if syntax.op == INVOKE else syntax.args))


def declare(text: str, found: Survey, known: set[str], leaf: Syntax) -> None:
    """Take an input from an input line, which stands before its first use."""
    name = canonical(leaf.args[0])
    if name in known:
        raise AdcliSyntaxError(
            f'"{leaf.args[0]}" is already in use',
            span=Span(leaf.start, leaf.end),
            text=text,
            hint="an input line stands first, and names each input once",
        )
    known.add(name)
    found.inputs[name] = leaf


def note_run_together(found: Survey, leaves: Mapping[str, Syntax], meant: AbstractSet[str]) -> None:
    """Say that sinx or xe is one name, unless it is `meant` to be."""
    if len(found.inputs) > together.MOST_TOLD:
        return
    free = [name for name in found.inputs if name not in meant]
    names = together.spellings(leaf.args[0] for leaf in leaves.values()) if free else set()
    for name in free:
        word = found.inputs[name].args[0]
        if likely := together.meant(word, names):
            note(found, found.inputs[name], f"{word} is one name here, not {likely}", code="implicit")


def note(found: Survey, leaf: Syntax, message: str, code: str = "constant") -> None:
    """Say once how a name like e is read."""
    if not any(other.message == message for other in found.notes):
        found.notes.append(Note(code, message, span=Span(leaf.start, leaf.end)))
