"""Forty thousand texts, half of them made by the grammar's rules and half of them spoilt: an answer or an AdcliError."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

import adcli
from adcli.language.run import program

CORPUS = [
    entry["text"]
    for name in ("spellings", "programs")
    for entry in json.loads((Path(__file__).parents[1] / "data" / f"{name}.json").read_text(encoding="utf-8"))
]
MANY = 20_000
AT = {"x": 1.3, "y": 0.7, "n": 2.0}
ATOMS = ["x", "y", "n", "2", "0.5", "pi", "e", "x_1", "θ", "(x+1)", "|y|", "3x", "√x", "k", "1e-3"]
FUNCTIONS = ["sin", "cos", "ln", "exp", "sqrt", "tanh", "abs", "sigmoid", "f", "gamma", "atan2", "max"]
SIGNS = ["+", "-", "*", "/", "^", " ", "**", "<", "==", " and ", ",", ";", "\n", "²", "·", "−", "=", ".."]
PIECES = [*ATOMS, *FUNCTIONS, *SIGNS, "(", ")", "{", "}", "[", "]", "|", "if", "for k in 1..3 {", "while x < 1 {",
          "else", "input", "f(u) = u^2;", "#", "'", '"', "\\", "\x00", "\x1b[31m", "\u202e", "х", "½", "ⁿ", "🙂", "!",
          "%", ":", "->", "_", ".", "1,000", "\r\n", "\t", "\ufeff", "<b>", "$(x)", "]]>"]  # fmt: skip


def expression(draw: random.Random, depth: int) -> str:
    """A text that the grammar's rules make."""
    kind = draw.randrange(9) if depth else 0
    if kind < 2:
        return draw.choice(ATOMS)
    inner = expression(draw, depth - 1)
    other = expression(draw, depth - 1)
    return (
        f"{inner}{draw.choice('+-*/^')}{other}", f"({inner})", f"{draw.choice(FUNCTIONS)}({inner})", f"-{inner}",
        f"if({inner} < {other}, {inner}, {other})", f"{draw.choice(['sin', 'ln', 'sqrt'])} {inner}", f"{inner} {other}",
    )[kind - 2]  # fmt: skip


def statement(draw: random.Random) -> str:
    """A line of a program."""
    value = expression(draw, 3)
    return draw.choice([
        value, f"a = {value}", f"a = {value}; a^2", f"f(u) = u*{draw.choice(ATOMS)}; f({value})",
        f"s = x; for k in 1..3 {{ s = s + {value} }}; s", f"if x < 1 {{ s = {value} }} else {{ s = y }}; s", f"{value}, {value}",
    ])  # fmt: skip


def spoilt(draw: random.Random, text: str) -> str:
    """A text with something changed, lost, doubled or put in."""
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(text) + 1)
        end = min(len(text), at + draw.randrange(4))
        put = draw.choice([draw.choice(PIECES), chr(draw.randrange(32, 0x2FF)), text[at:end] * 2, ""])
        text = text[:at] + put + text[end:]
    return text


def answered_or_refused(text: str) -> None:
    begun = time.perf_counter()
    refusal = None
    try:
        adcli.grad(program(text, AT, most_steps=20_000), AT)
    except adcli.AdcliError as error:
        refusal = error
    assert time.perf_counter() - begun < 5, "it hangs"
    if refusal is not None:
        assert refusal.kind != "internal"
        assert refusal.message
        if refusal.span is not None and refusal.text == text:
            assert 0 <= refusal.span.start <= refusal.span.end <= len(text)


@pytest.mark.parametrize("seed", [1, 2])
def test_texts_of_the_grammar_are_answered_or_refused(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(MANY // 2):
        answered_or_refused(statement(draw))


@pytest.mark.parametrize("seed", [3, 4])
def test_spoilt_texts_are_answered_or_refused(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(MANY // 2):
        answered_or_refused(spoilt(draw, draw.choice([draw.choice(CORPUS), statement(draw)])))
