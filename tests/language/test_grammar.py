"""The grammar is LALR(1) without conflicts, and its shipped tables are the grammar's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import lark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adcli.errors import AdcliError
from adcli.language import tables
from adcli.language.automaton import Automaton, Unexpected
from adcli.language.parser import ToSyntax
from adcli.language.scanner import scan
from adcli.language.tokens import Token

if TYPE_CHECKING:
    from pathlib import Path

GRAMMAR = (tables.folder() / tables.GRAMMAR).read_text(encoding="utf-8")


class Given(lark.lexer.Lexer):
    """A lexer for Lark that hands on the tokens it is given instead of a text."""

    __future_interface__ = 2

    def __init__(self, _conf: Any) -> None:
        """Nothing to prepare: the scanner has done the work."""

    def lex(self, lexer_state: Any, _parser_state: Any) -> Any:
        return iter(lexer_state.text)


class Placed(Token):
    """A token with what Lark asks of the last one at the end of the text."""

    line = column = end_line = end_column = 1
    start_pos = end_pos = 0


def fresh(grammar: str = GRAMMAR) -> lark.Lark:
    """The parser as Lark builds and runs it, in strict mode."""
    return lark.Lark(
        grammar, strict=True, parser="lalr", lexer=Given, maybe_placeholders=False, transformer=ToSyntax()
    )


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as a wheel has it: the grammar and its tables."""
    (tmp_path / tables.GRAMMAR).write_text(GRAMMAR, encoding="utf-8")
    (tmp_path / tables.TABLES).write_text(tables.build(), encoding="utf-8")
    monkeypatch.setattr(tables, "folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Automaton:
    """The parser that is loaded from tables; building one from the grammar is made impossible."""
    folder = tmp_path_factory.mktemp("grammars")
    (folder / tables.GRAMMAR).write_text(GRAMMAR, encoding="utf-8")
    (folder / tables.TABLES).write_text(tables.build(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "folder", lambda: folder)
        patch.setattr(lark.Lark, "__init__", None)
        return tables.load(ToSyntax())


BUILT = fresh()


def outcome(parser: Automaton | lark.Lark, tokens: list[Token]) -> Any:
    """The Syntax of some tokens, or where and why there is none."""
    try:
        return parser.parse([Placed(*token) for token in tokens])  # type: ignore[arg-type]  # Lark asks for a text
    except Unexpected as error:
        return (error.token, error.expected)
    except lark.UnexpectedToken as error:
        return (error.token if isinstance(error.token, Token) else None, error.expected)
    except AdcliError as error:
        return (error.message, error.span)


def test_the_grammar_has_no_conflicts() -> None:
    assert isinstance(fresh(), lark.Lark)


def test_a_conflict_would_be_noticed() -> None:
    with pytest.raises(lark.exceptions.GrammarError, match="conflict"):
        fresh(GRAMMAR.replace("sum PLUS product", "sum PLUS sum"))


def test_the_grammar_holds_no_pattern_because_the_scanner_makes_the_terminals() -> None:
    assert [terminal for terminal in BUILT.terminals if terminal.pattern] == []


WORDS = ["x", "y_1", "2", "0.5", "sin", "max", "(", ")", "(", ")", "|", ",", "+", "-", "*", "/", "^", "=",
         "==", "<", "and", "not", "or", "if", "log_b", "input", "\n", ";", "for", "in", "..", "while", "{", "}",
         "else", "f", "√", "²"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
@settings(deadline=None, max_examples=600)
def test_the_loaded_tables_read_every_text_as_the_grammar_does(loaded: Automaton, text: str) -> None:
    try:
        tokens = scan(text).tokens
    except AdcliError:
        return
    assert outcome(loaded, tokens) == outcome(BUILT, tokens)


TERMINALS = ["NUMBER", "NAME", "CALL", "IF", "LOG_BASE", "INPUT", "PLUS", "MINUS", "TIMES", "OVER",
             "POWER", "LT", "EQ", "AND", "OR", "NOT", "LPAR", "RPAR", "LBAR", "RBAR", "COMMA",
             "ASSIGN", "SEP", "FOR", "IN", "RANGE", "WHILE", "WHETHER", "ELSE", "LBRACE", "RBRACE", "DEFINED"]  # fmt: skip
VALUES = {"NUMBER": "2", "NAME": "x", "CALL": "sin", "LOG_BASE": "b"}


@given(st.lists(st.sampled_from(TERMINALS), min_size=1, max_size=10))
@settings(deadline=None, max_examples=600)
def test_the_loaded_tables_read_every_row_of_terminals_alike(loaded: Automaton, row: list[str]) -> None:
    tokens = [Token(kind, VALUES.get(kind, "?"), place, place + 1) for place, kind in enumerate(row)]
    assert outcome(loaded, tokens) == outcome(BUILT, tokens)


def test_tables_of_another_grammar_or_another_form_are_ignored_and_nothing_is_written(shipped: Path) -> None:
    table = shipped / tables.TABLES
    fingerprint = json.loads(table.read_text(encoding="utf-8"))[0]
    for wrong in ("", fingerprint + "0", fingerprint.replace(tables.FORMAT, "tables of adcli, 0")):
        table.write_text(json.dumps([wrong, "not a table"]), encoding="utf-8")
        before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in shipped.iterdir()}
        parser = tables.load(ToSyntax())
        assert outcome(parser, scan("x^2*y").tokens) == outcome(BUILT, scan("x^2*y").tokens)
        assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in shipped.iterdir()} == before


def test_without_tables_the_grammar_is_built_in_memory_and_nothing_is_written(shipped: Path) -> None:
    (shipped / tables.TABLES).unlink()
    tokens = scan("x + 1").tokens
    assert outcome(tables.load(ToSyntax()), tokens) == outcome(BUILT, tokens)
    assert [path.name for path in shipped.iterdir()] == [tables.GRAMMAR]


def test_two_builds_of_the_tables_are_equal_and_hold_nothing_but_plain_data() -> None:
    assert tables.build() == tables.build()
    assert json.loads(tables.build())[0] == tables.fingerprint(GRAMMAR)
