"""The parser's tables: built by Lark from the grammar once, shipped as JSON, checked when loaded.

A table that does not belong to the grammar is not used: Lark then builds it in memory. Only a build of the
package writes one, and nothing is unpickled.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from adcli.language.automaton import Automaton, Rule

GRAMMAR = "adcli.lark"
TABLES = "tables.json"
FORMAT = "tables of adcli, 1"


def folder() -> Path:
    """Where the grammars are: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]  # importlib.resources would import zipfile, for 3 ms
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def fingerprint(grammar: str) -> str:
    """What a table must match: the whole grammar (a hash would cost 2 ms of start-up)."""
    return f"{FORMAT}\n{grammar}"


def build() -> str:
    """The text of the shipped tables: JSON of [fingerprint, rows, last state, rules]."""
    grammar = (folder() / GRAMMAR).read_text(encoding="utf-8")
    return json.dumps([fingerprint(grammar), *made(grammar)], sort_keys=True) + "\n"


def load(methods: object) -> Automaton:
    """A parser whose reductions call the methods that the grammar names."""
    grammar = (folder() / GRAMMAR).read_text(encoding="utf-8")
    shipped = folder() / TABLES
    if shipped.is_file():
        found, *parts = json.loads(shipped.read_text(encoding="utf-8"))
        if found == fingerprint(grammar):
            rows, last, rules = parts
            return Automaton(rows, last, [Rule(*rule) for rule in rules], methods)
    return Automaton(*made(grammar), methods)


def made(grammar: str) -> tuple[list[dict[str, int]], int, list[Rule]]:
    """The rows of actions, the last state and the rules of a grammar.

    States are numbered as they are reached, through symbols by name: Lark's own numbers differ by run.
    """
    import lark

    parser = lark.Lark(grammar, parser="lalr", lexer=unread(), maybe_placeholders=False, debug=True)
    table = parser.parser.parser._parse_table  # type: ignore[attr-defined,union-attr,unused-ignore]  # noqa: SLF001  # a test pins it
    ((name, first),) = table.start_states.items()
    order = {first: 0}
    rows: list[dict[str, int]] = []
    rules: dict[Any, int] = {}
    for state in (reached := [first]):
        row: dict[str, int] = {}
        for symbol, (kind, target) in sorted(table.states[state].items()):
            if str(kind) != "Shift":
                row[str(symbol)] = -1 - rules.setdefault(target, len(rules))
                continue
            if target not in order:
                order[target] = len(order)
                reached.append(target)
            row[str(symbol)] = order[target]
        rows.append(row)
    return rows, order[table.end_states[name]], [described(rule) for rule in rules]


def unread() -> Any:
    """A lexer for Lark that nothing is read by: the scanner makes the tokens."""
    from lark.lexer import Lexer

    class Unread(Lexer):
        __future_interface__ = 2

        def __init__(self, _conf: Any) -> None:
            """Nothing to prepare."""

        def lex(self, _state: Any, _parser_state: Any) -> Any:
            raise NotImplementedError

    return Unread


def described(rule: Any) -> Rule:
    """What the tables say of one of Lark's rules.

    As Lark has it, a rule whose name begins with _ stands for the row of its values, and one written with
    a ? for its value, where that is one and the rule has no alias.
    """
    name = str(rule.origin.name)
    helper = name.startswith("_")
    kept = [k for k, symbol in enumerate(rule.expansion) if not (symbol.is_term and symbol.filter_out)]
    spliced = [k for k in kept if not rule.expansion[k].is_term and rule.expansion[k].name.startswith("_")]
    return Rule(
        None if helper else str(rule.alias or name),
        name,
        len(rule.expansion),
        kept,
        spliced,
        bool(rule.options.expand1 and not rule.alias),
    )
