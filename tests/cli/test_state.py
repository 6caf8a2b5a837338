"""The last expression: what is remembered, when it is used, and silence where it cannot be kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path  # noqa: TC003  # as in every test file here
from typing import Any

import pytest

Run = Callable[..., Any]


@pytest.fixture
def last(tmp_path: Path) -> Path:
    """The file of the last expression."""
    return tmp_path / "state" / "adcli" / "last.json"


def test_a_graph_after_a_gradient_is_of_the_last_expression_and_says_so(adcli: Run, tmp_path: Path) -> None:
    assert adcli("grad", "x^2*y+2*y", "--at", "x=1.5,y=2").status == 0
    ran = adcli("graph", "--mode", "reverse", "-o", "g.svg")
    assert ran.status == 0
    assert ran.out == ""
    assert ran.err == "note: the last expression is used: x^2*y+2*y at x = 1.5, y = 2\n"
    assert "8.5" in (tmp_path / "g.svg").read_text(encoding="utf-8")


def test_two_processes_share_it(process: Run) -> None:
    assert process("grad", "x*y", "--at", "x=2,y=3").status == 0
    done = process("eval")
    assert (done.status, done.err) == (0, b"note: the last expression is used: x*y at x = 2, y = 3\n")
    assert b"6" in done.out


@pytest.mark.parametrize("command", ["eval", "grad", "jacobian", "trace", "graph"])
def test_every_command_remembers_and_re_uses(adcli: Run, command: str) -> None:
    assert adcli(command, "x*y", "--at", "x=2,y=3").status == 0
    again = adcli(command, "--json").json
    assert again["source"] == "x*y"
    assert again["at"] == {"x": 2.0, "y": 3.0}
    assert [note["code"] for note in again["notes"]] == ["stored"]


def test_a_new_point_alone_re_uses_the_expression(adcli: Run) -> None:
    adcli("grad", "x*y", "--at", "x=2,y=3")
    ran = adcli("grad", "--at", "x=5,y=7")
    assert ran.status == 0
    assert "at x = 5, y = 7" in ran.err
    assert adcli("eval", "--json").json["value"] == 35.0


def test_a_new_point_may_come_from_a_pipe(adcli: Run) -> None:
    adcli("grad", "x*y", "--at", "x=2,y=3")
    assert adcli("eval", "--at", "-", "--json", stdin='{"x": 5, "y": 7}').json["value"] == 35.0


def test_a_piped_expression_comes_first(process: Run) -> None:
    process("eval", "1+1")
    assert json.loads(process("eval", "--json", stdin=b"2*4\n").out)["value"] == 8.0
    assert (
        json.loads(process("eval", "--json", stdin=b"").out)["value"] == 8.0
    )  # an empty pipe counts as none


def test_a_program_without_a_point_is_remembered_without_one(adcli: Run) -> None:
    adcli("trace", "x*y")
    assert adcli("graph", "--json").json["at"] is None
    ran = adcli("grad")
    assert ran.status == 2
    assert "x, y" in ran.err


def test_constants_have_nothing_to_say_of_a_point(adcli: Run) -> None:
    adcli("eval", "2*3")
    assert adcli("eval").err == "note: the last expression is used: 2*3\n"


def test_the_note_is_short_and_in_one_line(adcli: Run) -> None:
    adcli("eval", "a = x*y\n" + "b = a + 1\n" * 30 + "b", "--at", "x=1/3,y=2")
    (line,) = adcli("eval").err.splitlines()
    assert len(line) < 140
    assert line.startswith("note: the last expression is used: a = x*y b = a + 1")
    assert "…" in line
    assert line.endswith("at x = 0.3333333333, y = 2")


def test_quiet_says_nothing_of_it(adcli: Run) -> None:
    adcli("eval", "2*3")
    assert adcli("eval", "--quiet").err == ""


@pytest.mark.parametrize(
    "args",
    [("grad", "ln(x)", "--at", "x=-1"), ("grad", "x +"), ("grad", "y"), ("graph", "y", "-o", "no/g.svg")],
)
def test_a_failed_run_is_not_remembered(adcli: Run, args: tuple[str, ...]) -> None:
    adcli("eval", "2*3")
    assert adcli(*args).status != 0
    assert adcli("eval", "--json").json["source"] == "2*3"


def test_functions_and_help_are_not_remembered(adcli: Run, last: Path) -> None:
    adcli("functions")
    adcli("--help")
    adcli("grad", "--help")
    assert not last.exists()


def test_forget(adcli: Run, last: Path) -> None:
    adcli("eval", "2*3")
    assert last.exists()
    assert adcli("forget", "--json").json["forgotten"] is True
    assert not last.exists()
    assert adcli("forget", "--json").json["forgotten"] is False
    assert adcli("eval").status == 2
    assert adcli("forget").out == "there was nothing to forget\n"
    adcli("eval", "2*3")
    assert adcli("forget").out == "the last expression is forgotten\n"


def test_no_state_keeps_and_reads_nothing(
    adcli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    adcli("eval", "2*3")
    monkeypatch.setenv("ADCLI_NO_STATE", "1")
    assert adcli("eval").status == 2
    assert adcli("eval", "5").status == 0
    monkeypatch.delenv("ADCLI_NO_STATE")
    assert adcli("eval", "--json").json["source"] == "2*3"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state"]


@pytest.mark.parametrize("root", ["/dev/null", "/proc/nowhere", "/dev/null/deeper"])
def test_a_folder_that_cannot_be_written_is_silent(
    adcli: Run, monkeypatch: pytest.MonkeyPatch, root: str
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", root)
    ran = adcli("eval", "2*3")
    assert (ran.status, ran.err) == (0, "")
    assert adcli("eval").status == 2
    assert adcli("forget").status == 0


def test_a_relative_folder_is_ignored(adcli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    adcli("eval", "2*3")
    assert not (tmp_path / "here").exists()
    assert (tmp_path / "home" / ".local" / "state" / "adcli" / "last.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "[]", "[1]", '"x"', "{}", "[" * 99_999, "\udcff",
        '{"source": 1, "at": {}}', '{"source": "x"}', '{"source": "x", "at": 3}',
        '{"source": "x", "at": [1]}',
        '{"source": "x", "at": {"x": ["1"]}}', '{"source": "x", "at": {"x": NaN}}',
        '{"source": "x", "at": {"x": Infinity}}', '{"source": "x", "at": {"x": true}}',
    ],
)  # fmt: skip
def test_a_damaged_file_counts_as_none(adcli: Run, last: Path, text: str) -> None:
    last.parent.mkdir(parents=True)
    last.write_bytes(text.encode(errors="surrogateescape"))
    ran = adcli("eval")
    assert ran.status == 2
    assert "no expression is given" in ran.err
    assert adcli("eval", "2*3").status == 0
    assert adcli("eval", "--json").json["value"] == 6.0


def test_a_folder_in_its_place_is_silent(adcli: Run, last: Path) -> None:
    last.mkdir(parents=True)
    assert adcli("eval", "2*3").err == ""
    assert adcli("eval").status == 2
    assert adcli("forget", "--json").json["forgotten"] is False


def test_it_is_written_as_a_whole_and_for_its_owner(adcli: Run, last: Path) -> None:
    adcli("eval", "x", "--at", "x=0.1")
    assert [path.name for path in last.parent.iterdir()] == ["last.json"]
    assert json.loads(last.read_text(encoding="utf-8")) == {"source": "x", "at": {"x": 0.1}}
    assert last.parent.stat().st_mode & 0o077 == 0


def test_very_long_programs_are_not_kept(adcli: Run, last: Path) -> None:
    adcli("eval", "2*3")
    adcli("eval", "1 # " + "x" * 1_000_001)
    assert json.loads(last.read_text(encoding="utf-8"))["source"] == "2*3"


def test_many_processes_at_once_leave_one_whole_state(process: Run, last: Path) -> None:
    """Each writes its own long expression; a reader in between finds one of them, never a torn one."""
    from concurrent.futures import ThreadPoolExecutor

    texts = ["+".join(f"x{turn}" for _ in range(2_000)) for turn in range(6)]

    def write(turn: int) -> Any:
        return process("eval", texts[turn], "--at", f"x{turn}=2", "--quiet")

    def read(_turn: int) -> Any:
        return process("eval", "--json")

    assert write(0).status == 0
    with ThreadPoolExecutor(6) as pool:
        wrote = [pool.submit(write, turn) for turn in range(6)]
        seen = [pool.submit(read, turn) for turn in range(6)]
    assert [one.result().status for one in wrote] == [0] * 6
    for one in seen:
        ran = one.result()
        assert (ran.status, ran.err) == (0, b"")
        assert json.loads(ran.out)["source"] in texts
    assert json.loads(last.read_text(encoding="utf-8"))["source"] in texts
    assert [path.name for path in last.parent.iterdir()] == ["last.json"]
