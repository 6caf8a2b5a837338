"""The parser's tables: built from the grammar once, shipped as JSON, checked when loaded.

A table that does not belong to the grammar or to the installed Lark is not used: the parser is then
built in memory. Nothing is ever written, and nothing is unpickled.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import lark
from lark.grammar import Rule
from lark.lexer import Lexer, LexerState, TerminalDef

GRAMMAR = "adcli.lark"
TABLES = "tables.json"
SCANNED = "the scanner's tokens"
SHIFT = 0  # how Lark writes the action; its argument is a state


class TokenStream(Lexer):
    """A lexer for Lark that hands on the tokens it is given instead of a text."""

    __future_interface__ = 2

    def __init__(self, _conf: Any) -> None:
        """Nothing to prepare: the scanner has done the work."""

    def lex(self, lexer_state: LexerState, _parser_state: Any) -> Any:
        """The tokens, one by one."""
        return iter(cast("list[Any]", lexer_state.text))


OPTIONS: dict[str, Any] = {"parser": "lalr", "lexer": TokenStream, "maybe_placeholders": False}


def folder() -> Path:
    """Where the grammars are: in the package when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]  # importlib.resources would import zipfile, for 3 ms
    installed = package / "grammars"
    return installed if installed.is_dir() else package.parent / "grammars"


def fingerprint(grammar: str) -> str:
    """What a table must match: Lark's version and the whole grammar (a hash would cost 2 ms of start-up)."""
    return f"lark {lark.__version__}\n{grammar}"


def build() -> str:
    """The text of the shipped tables: JSON of [fingerprint, data, memo]."""
    grammar = (folder() / GRAMMAR).read_text(encoding="utf-8")
    parser = lark.Lark(grammar, strict=False, **OPTIONS)
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"]["lexer"] = SCANNED
    data["parser"]["lexer_conf"]["lexer_type"] = SCANNED
    renumber(data["parser"]["parser"])
    return json.dumps(plain([fingerprint(grammar), data, memo]), sort_keys=True) + "\n"


def renumber(automaton: dict[str, Any]) -> None:
    """Number the terminals by name and the states as they are reached: Lark's own numbers differ by run."""
    names = automaton["tokens"]
    order = {state: place for place, state in enumerate(automaton["start_states"].values())}
    rows: list[list[tuple[str, Any]]] = []
    for state in (reached := list(order)):
        rows.append(sorted((names[token], action) for token, action in automaton["states"][state].items()))
        for _, (kind, target) in rows[-1]:
            if kind == SHIFT and target not in order:
                order[target] = len(order)
                reached.append(target)
    number = {name: place for place, name in enumerate(sorted(names.values()))}
    automaton["tokens"] = {place: name for name, place in number.items()}
    automaton["states"] = {
        place: {
            number[name]: (kind, order[target] if kind == SHIFT else target) for name, (kind, target) in row
        }
        for place, row in enumerate(rows)
    }
    for ends in ("start_states", "end_states"):
        automaton[ends] = {start: order[state] for start, state in automaton[ends].items()}


def plain(value: Any) -> Any:
    """`value` for JSON: a dictionary whose keys are numbers becomes its pairs."""
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: plain(item) for key, item in value.items()}
        return {"pairs": [[key, plain(item)] for key, item in value.items()]}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def restored(value: dict[str, Any]) -> dict[Any, Any]:
    """A dictionary of the tables, from pairs where it was written as pairs."""
    return dict(value["pairs"]) if "pairs" in value else value


def load(transformer: Any) -> lark.Lark:
    """A parser whose reductions call the transformer's methods."""
    grammar = (folder() / GRAMMAR).read_text(encoding="utf-8")
    shipped = folder() / TABLES
    if shipped.is_file():
        found, data, memo = json.loads(shipped.read_text(encoding="utf-8"), object_hook=restored)
        if found == fingerprint(grammar):
            data["options"]["lexer"] = TokenStream
            data["parser"]["lexer_conf"]["lexer_type"] = TokenStream
            loaded = lark.Lark._load_from_dict(data, memo, transformer=transformer)  # type: ignore[no-untyped-call]  # noqa: SLF001  # a test pins it
            return cast("lark.Lark", loaded)
    return lark.Lark(grammar, transformer=transformer, **OPTIONS)
