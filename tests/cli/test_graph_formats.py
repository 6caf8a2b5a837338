"""`graph`: every format is listed wherever a user would look, and each is written by suffix and by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adcli.commands.graph import PAGE
from adcli.commands.picture import FORMS, PICTURES, SUFFIXES

pytestmark = pytest.mark.draws
Run = Callable[..., Any]
README = Path(__file__).parents[2] / "README.md"
ASKED = ("graph", "x^2*y + 2*y", "--at", "x=1.5,y=2", "--mode", "reverse")
BEGINNINGS = {
    "svg": b"<svg ", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph", "html": b"<!",
    "mermaid": b"---\ntitle", "tikz": b"% A computation graph",
}  # fmt: skip


def test_help_lists_every_format_and_suffix() -> None:
    shown = str(PAGE)
    assert all(form in shown for form in FORMS)
    assert all(suffix in shown for suffix, form in SUFFIXES.items() if form in PICTURES)


def test_the_error_for_an_unknown_suffix_lists_every_suffix(adcli: Run) -> None:
    ran = adcli(*ASKED, "-o", "g.foo")
    assert ran.status == 2
    assert all(suffix in ran.err for suffix in SUFFIXES)


def test_the_error_for_an_unknown_format_lists_every_format(adcli: Run) -> None:
    ran = adcli(*ASKED, "--format", "gif")
    assert ran.status == 2
    assert all(form in ran.err for form in FORMS)


def test_the_readme_names_every_picture() -> None:
    if README.exists():  # an installed package has none
        (line,) = [text for text in README.read_text(encoding="utf-8").splitlines() if "| `graph` |" in text]
        assert all(form in line.lower() for form in PICTURES)


@pytest.mark.parametrize("form", PICTURES)
def test_a_picture_is_written_by_its_suffix_and_by_its_name(adcli: Run, tmp_path: Path, form: str) -> None:
    suffix = next(suffix for suffix, meant in SUFFIXES.items() if meant == form)
    assert adcli(*ASKED, "-o", f"a{suffix}").status == 0
    assert adcli(*ASKED, "--format", form, "-o", "b").status == 0
    first = (tmp_path / f"a{suffix}").read_bytes()
    assert first.startswith(BEGINNINGS[form])
    assert (tmp_path / "b").read_bytes() == first


def test_a_pipe_gets_lines_and_boxes_when_it_asks(adcli: Run) -> None:
    assert "x to v₁: ∂v₁/∂x = 2·x = 3, flow 6" in adcli(*ASKED).out
    boxes = adcli(*ASKED, "--format", "boxes").out
    assert "╔" in boxes
    assert "│ 2·x = 3" in boxes


def test_a_terminal_gets_boxes_and_a_table_when_it_asks(adcli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "╔" in adcli(*ASKED).out
    assert "╔" not in adcli(*ASKED, "--format", "table").out
    monkeypatch.setenv("COLUMNS", "40")
    assert "╔" not in adcli(*ASKED).out


def test_boxes_go_into_a_text_file(adcli: Run, tmp_path: Path) -> None:
    assert adcli(*ASKED, "--format", "boxes", "-o", "g.txt").status == 0
    assert "╔" in (tmp_path / "g.txt").read_text(encoding="utf-8")


def test_too_many_boxes_are_refused_with_a_way_out(adcli: Run) -> None:
    ran = adcli("graph", " + ".join(f"x{i}" for i in range(40)), "--format", "boxes")
    assert ran.status == 2
    assert "boxes are drawn up to 60 nodes, this graph has 79" in ran.err
