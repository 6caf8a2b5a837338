"""Every kind of syntax mistake is told from its samples, at a place inside the text."""

from __future__ import annotations

import pytest

import adcli
from adcli.language.mistakes import MISTAKES, by_place
from adcli.language.parser import parse, read

SAMPLES = [(mistake, sample) for mistake in MISTAKES for sample in mistake.samples]

# Mistakes that the scanner knows by themselves, before the parser sees them: text, column, words.
KNOWN_TO_THE_SCANNER = [
    ("5!", 2, "gamma(n+1)"), ("50%", 3, "/100"), ("1,500", 2, "1500"), ("3,14", 2, "3.14"), ("2 3", 3, "2*3"),
    ("x 2", 3, "x^2"), ("1.2.3", 4, "one decimal point"), ("007", 1, "7"), ("0,05", 3, "0.05"), ("2x + 0,125", 7, "0.125"), ("0x10", 1, "hexadecimal"),
    ("1__0", 1, "_"), ("sin^-1 x", 4, "asin"), ("sin x^2", 6, "sin(x)^2"), ("exp -x", 5, "exp(-x)"), ("√x²", 3, "sqrt(x^2)"),
    ("||x|-1|", 2, "abs"), ("(x", 1, "not closed"), ("|x", 1, "not closed"), ("(x]", 3, "not closed"), ("x)", 2, '")"'),
    ("х + 1", 1, "U+0445"), ("x – y", 3, "U+2013"), ("𝑥²", 1, "U+1D465"), ("return x", 1, "return"),
    ("let y = 2", 1, "let"), ("x ? 1 : 2", 3, "if("), ("d/dx x^2", 1, "d/dx"), ("sqrt{x}", 1, "sqrt(x)"),
    ("x^2\n+ y", 1, "line begins"), ("x -> x^2", 3, "f(x) ="), ("1..6", 2, "for k in"),
    ("sin = 3", 1, "takes no value"), ("x += 1", 3, "x = x + 1"), ("x//y", 2, "floor"), ("", 1, "empty"),
    ("1,234,567.8", 2, "write 1234567.8 or 1_234_567.8 for"), ("1,000,000", 3, "write 1000000 or"), ("1.5,2", 4, "write a space"),
    ("x -= a - b; x", 3, "x = x - (...)"), ("sqrt()", 1, "write sqrt(x)"),
    ("ln^-1 x", 3, "exp(x)"), ("arcsin^-1 x", 7, "sin(x)"), ("log_2", 1, "needs an argument"),
    ("log_2x(3)", 1, "log(x, b)"), ("log_0x₁(3)", 1, "log(x, b)"),
    ("log_2 = 3", 1, "takes no value"), ("log_2 x^2", 8, "log_2(x^2)"), ("√log_2 x", 2, "√(log_2(x))"),
    ("x² ^y", 4, "raised power"), ("ln sin cos x", 8, "one function"), ("{x}", 1, "round brackets"), ("x }", 3, '"}"'),
]  # fmt: skip


def test_there_are_many_kinds_and_each_has_samples() -> None:
    assert len(MISTAKES) + len(KNOWN_TO_THE_SCANNER) >= 45
    assert all(mistake.samples for mistake in MISTAKES)


@pytest.mark.parametrize(("mistake", "sample"), SAMPLES, ids=[ascii(sample)[1:-1] for _, sample in SAMPLES])
def test_a_sample_is_told_as_its_own_kind(mistake: object, sample: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        parse(sample)
    error = caught.value
    assert error.span is not None
    assert 0 <= error.span.start <= error.span.end <= len(sample)
    assert mistake in by_place(read).values()
    assert error.hint


@pytest.mark.parametrize(("text", "column", "says"), KNOWN_TO_THE_SCANNER)
def test_a_mistake_that_the_scanner_knows_says_what_to_write(text: str, column: int, says: str) -> None:
    with pytest.raises(adcli.AdcliError) as caught:
        parse(text)
    error = caught.value
    assert error.span is not None
    assert error.span.start - max(text.rfind("\n", 0, error.span.start), -1) == column
    assert says in f"{error.message} {error.hint}"
