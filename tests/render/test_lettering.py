"""Lines of text on their way into a picture, and their widths in the shipped font."""

from __future__ import annotations

import re
import struct

import pytest

from adcli.render.fonts import FONT_FILE, read, shipped, width
from adcli.render.lettering import shorten, visible, visible_lines, wrapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("v̄₄ = v₂·v₃", "v̄₄ = v₂·v₃"),
        ("a\nb", "a�b"),
        ("\x1b[31mred", "�[31mred"),
        ("\u202eabc\u2066", "�abc�"),
        ("\ud800", "�"),
        ("a  b   c", "a\u00a0 b\u00a0 \u00a0c"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_cannot_be_seen_is_replaced_and_nothing_else(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_line_ends_of_a_tooltip_stay() -> None:
    assert visible_lines("a\nb\x00") == "a\nb�"


def test_a_shortened_line_fits_and_is_a_beginning() -> None:
    text = "v₁ = " + " + ".join(f"x{k}" for k in range(100))
    short = shorten(text, 12, 200)
    assert width(short, 12) <= 200
    assert short.endswith("…")
    assert text.startswith(short[:-1])
    assert shorten("short", 12, 200) == "short"


def test_a_cut_never_leaves_a_letter_without_its_bar() -> None:
    for room in range(10, 120):
        short = shorten("v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄v̄", 12, room)
        assert short.count("v") == short.count("\u0304")


def test_titles_break_at_spaces() -> None:
    lines = wrapped("f = " + " + ".join(f"x{k}" for k in range(60)), 13, 300, 3)
    assert len(lines) == 3
    assert all(width(line, 13) <= 300 for line in lines)
    assert lines[-1].endswith("…")
    assert wrapped("f = x", 13, 300, 3) == ["f = x"]


def test_a_name_and_its_value_stay_on_one_line() -> None:
    text = "at " + ", ".join(f"w{k} = −0.{k}" for k in range(1, 30))
    for room in range(100, 400, 7):
        lines = wrapped(text, 13, room, 100)
        assert " ".join(lines) == text
        assert not any(line.endswith("=") or line.startswith("=") for line in lines)


def test_a_short_array_stays_on_one_line_and_a_long_one_breaks_between_its_rows() -> None:
    arrays = ["[[1, −2], [0.5, 3]]", "[1, 0, −1]", f"[{', '.join(['[1, 2, 3, 4]'] * 9)}]"]
    text = "at " + ", ".join(f"W{k} = {array}" for k, array in enumerate(arrays * 3))
    for room in range(200, 400, 7):
        lines = wrapped(text, 13, room, 100)
        assert " ".join(lines) == text
        assert all(width(line, 13) <= room for line in lines)
        assert all(line.endswith(("],", "]")) for line in lines), lines
    assert len(wrapped(text, 13, 40, 100)) > len(arrays * 3)  # what is wider than a line breaks anyhow


def test_widths_are_those_of_the_font_file() -> None:
    units = shipped().units
    assert units == 2048
    assert width("A", units) == 1401  # as the font's designers set it
    assert width("i", units) == 569
    assert width("Ai", 10) == pytest.approx((1401 + 569) * 10 / 2048)


def test_marks_take_no_room_and_missing_glyphs_one_em() -> None:
    assert width("x̄", 10) == width("x", 10)
    assert width("漢", 10) == 10


def test_both_tables_of_characters_tell_the_same() -> None:
    data = FONT_FILE.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * entry) for entry in range(tables))
    cmap = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    hidden = bytearray(data)
    for entry in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        at = cmap + 4 + 8 * entry
        if struct.unpack_from(">HH", data, at) == (3, 10):
            struct.pack_into(">HH", hidden, at, 0, 99)
    small = read(bytes(hidden))
    for char in "abcxyz019₀₉ᵀ∂·−√αωΩ=()…":
        assert small.advance(char) == shipped().advance(char)


def test_a_line_is_never_cut_inside_a_number() -> None:
    text = "W = [[0.03013, 0.06026], [−0.09719, −0.1944], [6.7·10⁻⁷, x12]]"
    for room in range(10, 400, 3):
        shown = shorten(text, 12.0, room)
        kept = shown.removesuffix("…")
        assert kept in (text, "") or kept[-1] in " ,[]=Wx12"
        assert not re.search(r"(?<![\w.])[-−]?[0-9.·⁻⁷]+…", shown)
