"""Every command in examples/ runs, and prints what the file beside it says."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adcli.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "examples"
PROGRAMS = sorted(FOLDER.glob("*.ad"))
UPDATE = os.environ.get("UPDATE_EXAMPLES") == "1"


def commands(program: Path) -> Iterator[str]:
    """The command lines in a program's comments."""
    for line in program.read_text(encoding="utf-8").splitlines():
        if line.startswith("# adcli "):
            yield line[2:]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_an_example_prints_what_it_shows(
    program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("ADCLI_NO_STATE", "1")
    shown = ""
    for line in commands(program):
        assert main(shlex.split(line)[1:]) == 0, line
        out, notes = capsys.readouterr()
        shown += f"$ {line}\n\n{out}{notes}\n"
    expected = program.with_suffix(".txt")
    if UPDATE:
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


def test_there_are_examples_and_each_shows_something() -> None:
    assert len(PROGRAMS) >= 6
    assert all(list(commands(program)) for program in PROGRAMS)
