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

    e, pi and tau are constants unless the program declares them or `point` binds them.
    Raises NameProblem for two names that read the same, and for one that is variable and function.
    """
    own = {canonical(leaf.args[0]) for statement in syntax for leaf in new_names(statement)}
    reader = Reader(text, own.union(point))
    for statement in syntax:
        if statement.op == INPUTS:
            for leaf in statement.args:
                reader.declare(leaf)
            continue
        assigns = statement.op == ASSIGN
        for part in walk(statement.args[1:] if assigns else statement.args):
            if part.op == NAME:
                reader.use(part)
            else:
                reader.called.add(part.op)
        if assigns:
            reader.assign(statement.args[0])
    reader.check()
    return reader.found


def new_names(statement: Syntax) -> Sequence[Syntax]:
    """The names that a statement makes known."""
    if statement.op == ASSIGN:
        return statement.args[:1]
    return statement.args if statement.op == INPUTS else ()


class Reader:
    """The names met so far; `own` are those that are no constants here."""

    def __init__(self, text: str, own: set[str]) -> None:
        self.text = text
        self.own = own
        self.found = Survey()
        self.known: set[str] = set()
        self.called: set[str] = set()
        self.leaves: dict[str, Syntax] = {}  # the first use of each name
        self.noted: set[str] = set()

    def declare(self, leaf: Syntax) -> None:
        """Take an input from an input line, which stands before its first use."""
        name = canonical(leaf.args[0])
        if name in self.known:
            raise AdcliSyntaxError(
                f'"{leaf.args[0]}" is already in use', span=Span(leaf.start, leaf.end), text=self.text,
                hint="an input line stands first, and names each input once",
            )  # fmt: skip
        self.leaves.setdefault(name, leaf)
        self.known.add(name)
        self.found.inputs[name] = leaf

    def assign(self, target: Syntax) -> None:
        """Take a name that is assigned here."""
        name = canonical(target.args[0])
        self.leaves.setdefault(name, target)
        self.known.add(name)

    def use(self, leaf: Syntax) -> None:
        """Take a name inside an expression: a constant, a known name, or an input that is new."""
        name = canonical(leaf.args[0])
        self.leaves.setdefault(name, leaf)
        if name in CONSTANTS:
            if name not in self.own:
                if name == "tau" and "τ" not in leaf.args[0]:
                    self.note(leaf, "tau is the constant 2π = 6.28319")
                return
            self.note(leaf, f"{name} is a name here, not the constant")
        if name not in self.known:
            self.known.add(name)
            self.found.inputs[name] = leaf

    def note(self, leaf: Syntax, message: str) -> None:
        """Say once how a name like e is read."""
        if leaf.args[0] not in self.noted:
            self.noted.add(leaf.args[0])
            self.found.notes.append(Note("constant", message, span=Span(leaf.start, leaf.end)))

    def check(self) -> None:
        """Hold the names against each other and against the functions that are called."""
        twins: dict[str, str] = {}
        for name, leaf in self.leaves.items():
            self.found.spelled[name] = leaf.args[0]
            other = twins.setdefault(twin(name), name)
            if other != name:
                raise NameProblem(
                    f'"{other}" and "{name}" read the same', span=Span(leaf.start, leaf.end), text=self.text,
                    hint="use one of the two spellings, or another name",
                )  # fmt: skip
            if FUNCTIONS.get(leaf.args[0]) in self.called:
                raise NameProblem(
                    f'"{name}" is used as a variable and as the function {name}(...)',
                    span=Span(leaf.start, leaf.end), text=self.text, hint="rename the variable",
                )  # fmt: skip


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
