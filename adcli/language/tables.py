"""The parser's tables: made from the grammar by Lark, shipped as JSON, checked when loaded.

Tables that do not belong to the grammar are not used: they are then made in memory, as in a checkout, which
has none. Nothing is ever written, and nothing is unpickled.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from adcli.language.automaton import Rule, Tables

if TYPE_CHECKING:
    from lark.grammar import Rule as LarkRule

GRAMMAR = "adcli.lark"
TABLES = "tables.json"


def folder() -> Path:
    """Where the grammars are: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]  # importlib.resources would import zipfile, for 3 ms
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def load() -> Tables:
    """The shipped tables, or those of the grammar as it is now."""
    grammar = (folder() / GRAMMAR).read_text(encoding="utf-8")
    shipped = folder() / TABLES
    if shipped.is_file():
        found, states, rules, start, end = json.loads(shipped.read_text(encoding="utf-8"))
        if found == grammar:  # a hash of it would cost 2 ms of start-up
            return Tables(states, [Rule(*row) for row in rules], start, end)
    return made(grammar)


def build() -> str:
    """The text of the shipped tables."""
    grammar = (folder() / GRAMMAR).read_text(encoding="utf-8")
    return json.dumps([grammar, *made(grammar)], sort_keys=True) + "\n"


def made(grammar: str) -> Tables:
    """The tables of a grammar, by Lark.

    States are numbered as they are reached: Lark's own numbers differ from run to run.
    """
    import lark  # for as long as reading a hundred programs

    parser = lark.Lark(grammar, parser="lalr", lexer="basic", maybe_placeholders=False)
    conf = parser.parse_interactive("").parser_state.parse_conf
    rules = {rule: place for place, rule in enumerate(parser.rules)}
    order = {conf.start_state: 0}
    states: list[dict[str, int]] = []
    for state in (reached := [conf.start_state]):
        row = {}
        for name, (action, target) in sorted(conf.states[state].items()):
            if action is lark.parsers.lalr_analysis.Reduce:
                row[name] = ~rules[target]
                continue
            if target not in order:
                order[target] = len(order)
                reached.append(target)
            row[name] = order[target]
        states.append(row)
    return Tables(states, list(map(rule_of, parser.rules)), order[conf.start_state], order[conf.end_state])


def rule_of(rule: LarkRule) -> Rule:
    """A rule as the automaton knows it."""
    name, parts = rule.origin.name, [part.name for part in rule.expansion]
    inlined = name.startswith("_") or (rule.options.expand1 and rule.alias is None)
    spread = tuple(place for place, part in enumerate(parts) if part.startswith("_"))
    return Rule(name, len(parts), None if inlined else rule.alias or name, spread)
