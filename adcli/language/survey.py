"""Before a program runs: which names are its inputs, which are constants, and how each is spelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adcli.errors import AdcliSyntaxError, NameProblem, Span
from adcli.language.names import CONSTANTS, FUNCTIONS, canonical, twin
from adcli.language.program import Note
from adcli.language.syntax import ASSIGN, INPUTS, NAME, NUMBER, Syntax


@dataclass(slots=True)
class Survey:
    """The names of a program.

    `inputs` are the free names with the place of their first use, in order of appearance;
    `spelled` maps each canonical name to its first spelling.
    """

    inputs: dict[str, Syntax] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def survey(text: str, syntax: Sequence[Syntax], point: Mapping[str, Any]) -> Survey:
    """Read all names of a program in the order of the text.

    e, pi and tau are constants unless the program assigns them or `point` binds them.
    Raises NameProblem for two names that read the same, and for one that is variable and function.
    """
    found = Survey()
    declared = {canonical(leaf.args[0]) for statement in syntax for leaf in new_names(statement)}
    known: set[str] = set()
    twins: dict[str, str] = {}
    called: set[str] = set()
    leaves: dict[str, Syntax] = {}
    noted: set[str] = set()
    for statement in syntax:
        if statement.op == INPUTS:
            for leaf in statement.args:
                declare(text, found, known, leaf)
                leaves.setdefault(canonical(leaf.args[0]), leaf)
            continue
        target = statement.args[0] if statement.op == ASSIGN else None
        for leaf in walk(statement.args[1:] if target else statement.args):
            if leaf.op != NAME:
                called.add(leaf.op)
                continue
            name = canonical(leaf.args[0])
            leaves.setdefault(name, leaf)
            free = name not in known
            if free and name in CONSTANTS and name not in declared and name not in point:
                free = False
                if name == "tau" and "τ" not in leaf.args[0]:
                    note(found, noted, leaf, "tau is the constant 2π = 6.28319")
            elif name in CONSTANTS:
                note(found, noted, leaf, f"{name} is a name here, not the constant")
            if free:
                known.add(name)
                found.inputs[name] = leaf
        if target:
            name = canonical(target.args[0])
            leaves.setdefault(name, target)
            known.add(name)
    for name, leaf in leaves.items():
        found.spelled[name] = leaf.args[0]
        other = twins.setdefault(twin(name), name)
        if other != name:
            raise NameProblem(
                f'"{other}" and "{name}" read the same', span=Span(leaf.start, leaf.end), text=text,
                hint="use one of the two spellings, or another name",
            )  # fmt: skip
        if FUNCTIONS.get(leaf.args[0]) in called:
            raise NameProblem(
                f'"{name}" is used as a variable and as the function {name}(...)', span=Span(leaf.start, leaf.end),
                text=text, hint="rename the variable",
            )  # fmt: skip
    return found


def new_names(statement: Syntax) -> Sequence[Syntax]:
    """The names that a statement makes known."""
    if statement.op == ASSIGN:
        return statement.args[:1]
    return statement.args if statement.op == INPUTS else ()


def declare(text: str, found: Survey, known: set[str], leaf: Syntax) -> None:
    """Take an input from an input line, which stands before its first use."""
    name = canonical(leaf.args[0])
    if name in known:
        raise AdcliSyntaxError(
            f'"{leaf.args[0]}" is already in use', span=Span(leaf.start, leaf.end), text=text,
            hint="an input line stands first, and names each input once",
        )  # fmt: skip
    known.add(name)
    found.inputs[name] = leaf


def note(found: Survey, noted: set[str], leaf: Syntax, message: str) -> None:
    """Say once how a name like e is read."""
    if leaf.args[0] not in noted:
        noted.add(leaf.args[0])
        found.notes.append(Note("constant", message, span=Span(leaf.start, leaf.end)))


def walk(trees: Sequence[Syntax]) -> Iterator[Syntax]:
    """The names and operations of some expressions, in the order of the text; literals left out."""
    work = list(reversed(trees))
    while work:
        syntax = work.pop()
        if syntax.op == NUMBER:
            continue
        yield syntax
        if syntax.op != NAME:
            work.extend(reversed(syntax.args))
