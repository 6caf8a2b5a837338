"""adcli quiz as a student and a teacher run it: in a terminal, with a pipe, and as sheets on paper."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from adcli.cli import main
from adcli.quiz.topics import TOPICS

Run = Callable[..., Any]
Clean = Callable[..., dict[str, str]]
VALIDATOR = Draft202012Validator(
    json.loads(files("adcli").joinpath("schema/adcli-1.json").read_text(encoding="utf-8"))
)
LINE = ("--topic", "quotient", "--level", "2", "--seed", "3")  # (2*x + 3)/(x - 4) at x = 3
RIGHT = ("6", "9", "-1", "-9", "-9", "-1", "-1", "-11")
# A terminal's process is forked, and JAX, where another test has loaded it, warns of that.
FORKS = pytest.mark.filterwarnings("ignore:os.fork:RuntimeWarning")
STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def lines(*answers: str) -> bytes:
    return "".join(f"{answer}\n" for answer in answers).encode()


# From a pipe.


@pytest.fixture
def piped(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that runs a quiz in this process with a pipe for standard input: its status and output."""

    def run(*args: str, stdin: bytes) -> tuple[int, str]:
        end, begin = os.pipe()
        with os.fdopen(begin, "wb") as pipe:
            pipe.write(stdin)
        with os.fdopen(end, encoding="utf-8") as source:
            monkeypatch.setattr(sys, "stdin", source)
            status = main(["quiz", *args])
        out, err = capsys.readouterr()
        assert err == ""
        return status, out

    return run


def test_answers_of_a_pipe_are_taken_line_by_line(piped: Run) -> None:
    status, said = piped(*LINE, stdin=lines(*RIGHT))
    assert status == 0
    assert said.count("   right\n") == 8
    assert "8 of 8 right at the first try" in said
    assert "next: adcli quiz --topic quotient --level 3 --seed 3" in said


def test_in_a_pipe_a_wrong_answer_stays_and_the_status_says_so(piped: Run) -> None:
    status, said = piped(*LINE, stdin=lines("6", "9", "1", "9", "-9", "1", "1", "-7"))
    assert status == 1
    assert 'wrong: the sign is wrong, the digits are right; looks like "difference swapped"' in said
    assert said.count("carried: follows from your own numbers") == 4
    assert "7 of 8 right at the first try, 1 wrong" in said


def test_with_more_tries_a_line_is_another_try(piped: Run) -> None:
    status, said = piped(*LINE, "--tries", "2", stdin=lines("5", "6", *RIGHT[1:]))
    assert status == 0
    assert "7 of 8 right at the first try, 1 after a mistake or a hint" in said


def test_a_pipe_that_ends_early_ends_with_what_was_reached(piped: Run) -> None:
    status, said = piped(*LINE, stdin=b"6\n9")
    assert status == 0
    assert "2 of 8 right at the first try, 6 not reached" in said


def test_with_nobody_to_answer_the_exercise_is_printed(adcli: Run, piped: Run) -> None:
    status, said = piped(*LINE, stdin=b"")
    assert status == 0
    assert said.startswith("quotient, level 2, seed 3\n\nf = (2*x + 3)/(x - 4)\nat x = 3\n")
    assert "right" not in said
    assert adcli("quiz", *LINE).out == said


def test_no_line_is_strong_enough_to_break_a_session(process: Run) -> None:
    hostile = [
        b"", b"\x00", b"\xff\xfe", b"\x1b[2J\x1b]0;title\x07", b"nan", b"1e400", b"9^9^9^9", b"(" * 200_000,
        b"why", b"help", b"?", "\u202e6".encode(), b"6" * 50_000, b"a=b=c", b"$(rm)", b"x", b"quit",
    ]  # fmt: skip
    ran = process("quiz", *LINE, "--tries", "50", stdin=b"\n".join(hostile) + b"\n")
    assert ran.status == 0
    assert ran.err == b""
    assert b"Traceback" not in ran.out
    assert not set(ran.out) & {0, 7, 0x1B}
    assert "\u202e".encode() not in ran.out
    assert len(ran.out) < 10_000


def test_an_output_without_bars_gets_ascii(process: Run) -> None:
    ran = process("quiz", *LINE, stdin=lines("6", "?", "9"), env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert ran.status == 0
    assert ran.out.isascii()
    assert b" 1/8  v1 = 2*x = 6\n   right\n" in ran.out


# In a terminal.


@pytest.fixture
def session(clean: Clean, tmp_path: Path) -> Iterator[Run]:
    """A function that starts a quiz in a terminal of 80 columns."""
    pexpect = pytest.importorskip("pexpect", reason="a terminal needs pexpect, which is not for Windows")
    started: list[Any] = []

    def start(*args: str, **changes: str) -> Any:
        child = pexpect.spawn(
            sys.executable, ["-m", "adcli", "quiz", *args], env=clean(TERM="xterm", **changes), cwd=tmp_path,
            encoding="utf-8", dimensions=(50, 80), timeout=20, preexec_fn=heeds_interrupts,
        )  # fmt: skip
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


def heeds_interrupts() -> None:
    """What starts in a shell's background leaves Ctrl-C unheeded, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def ended(child: Any) -> tuple[str, int]:
    """What a session still says, and how it ends."""
    said = child.read()
    child.close()
    return STYLE.sub("", said).replace("\r\n", "\n"), child.exitstatus


@FORKS
def test_a_session_with_right_and_wrong_answers_hints_and_the_end(session: Run) -> None:
    child = session(*LINE, NO_COLOR="1")
    for sent, said in [
        ("5", "wrong"), ("?", "hint 1: v₁ = 2·x: put in x"), ("hint", "hint 2: v₁ = 2·3"),
        ("6", "right"), ("abc", "a number is asked for, without abc"), ("9", "right"),
        ("1", 'looks like "difference'), ("why", "difference"), ("skip", "it stays"),
        ("9", "carried"), ("show", "= -9"), ("help", "the right answer, and on"),
    ]:  # fmt: skip
        child.expect(r"\d/8  [^\r\n]* = ")
        child.sendline(sent)
        child.expect_exact(said)
    child.expect_exact("6/8  ")
    child.sendeof()
    said, status = ended(child)
    reached = "2 of 8 right at the first try, 1 after a mistake or a hint, 1 wrong, 1 shown, 3 not reached"
    assert reached in " ".join(said.split())
    assert "difference swapped" in said
    assert status == 1


@FORKS
def test_ctrl_c_ends_with_what_was_reached_and_130(session: Run) -> None:
    child = session(*LINE)
    child.expect_exact("1/8  v₁ = 2·x = ")
    child.sendline("6")
    child.expect_exact("2/8  v₂ = v₁ + 3 = ")
    child.sendintr()
    said, status = ended(child)
    assert "1 of 8 right at the first try, 7 not reached" in said
    assert status == 130


# On paper.


def filled_in(sheet: str, exercises: list[dict[str, Any]]) -> str:
    """A sheet in Markdown with every blank filled in as a student does."""
    found: list[str] = []
    right: dict[str, dict[str, str]] = {}
    for line in sheet.splitlines():
        if line.startswith("## Exercise "):
            one = exercises[int(line.removeprefix("## Exercise ")) - 1]
            right = {"step": {}, "adjoint": {}, "tangent": {}, "gradient": {}}
            for entry in one["entries"]:
                right[entry["kind"]][entry["name"].removesuffix("_bar").removesuffix("_dot")] = entry["exact"]
        if line.startswith("| ") and not line.startswith(("| ---", "| step", "| variable")):
            names = [part.strip() for part in line.strip().strip("|").split("|")]
            if len(names) == 2:
                names[1] = names[1] or right["gradient"][names[0]]
            else:
                step = next(s for s in one["trace"]["steps"] if s["label"] == names[0])
                carried = "tangent" if "tangent" in step else "adjoint"
                names[2] = names[2] or right["step"][step["id"]]
                names[3] = names[3] or right[carried].get(step["id"], "")
            found.append(f"| {' | '.join(names)} |")
        else:
            found.append(line)
    return "\n".join(found)


@pytest.mark.parametrize(
    "wish",
    [
        ("--topic", "product", "--level", "2"),
        ("--topic", "quotient", "--level", "3", "--mode", "forward"),
        ("--topic", "vectors", "--level", "3"),
        ("--topic", "loops", "--level", "2"),
        ("--topic", "power", "--level", "2", "--ask", "gradient"),
    ],
    ids=lambda wish: " ".join(wish[1::2]),
)
def test_a_sheet_filled_in_is_full_marks_by_its_key(
    adcli: Run, tmp_path: Path, wish: tuple[str, ...]
) -> None:
    args = ("quiz", *wish, "--seed", "4", "--count", "2")
    ran = adcli(*args, "-o", "sheet.md", "--key", "key.toml", "--solution", "solution.md")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    exercises = adcli(*args, "--json").json["exercises"]
    folder = tmp_path / "class"
    folder.mkdir()
    sheet = (tmp_path / "sheet.md").read_text(encoding="utf-8")
    (folder / "right.md").write_text(filled_in(sheet, exercises), encoding="utf-8")
    (folder / "blank.md").write_text(sheet, encoding="utf-8")
    graded = adcli("check", "--key", "key.toml", "class", "--workers", "1", "--json").json
    points = {student["id"]: (student["points"], student["of"]) for student in graded["students"]}
    total = sum(len(one["entries"]) for one in exercises)
    assert points["right"] == (total, total)
    assert points["blank"][0] == 0
    solution = (tmp_path / "solution.md").read_text(encoding="utf-8")
    assert solution.startswith("# solutions: ")
    assert "## Exercise 2" in solution


def test_a_sheet_shows_no_result(adcli: Run) -> None:
    out = adcli("quiz", *LINE, "--format", "markdown").out
    assert "-9" not in out
    assert "-11" not in out
    assert "-11" in adcli("quiz", *LINE, "--format", "markdown", "--solution", "-").out


@pytest.mark.pdflatex
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex with amsmath")
def test_plain_latex_reads_sheets_and_solutions(adcli: Run, tmp_path: Path) -> None:
    bodies: list[str] = []
    head = ""
    for topic in ("any", "loops", "vectors", "trig"):
        ask = ("--ask", "formula") if topic == "trig" else ()
        args = ("quiz", "--topic", topic, "--level", "4", "--seed", "5", "--count", "4", *ask)
        assert adcli(*args, "-o", "sheet.tex", "--solution", "solution.tex").status == 0
        for name in ("sheet.tex", "solution.tex"):
            head, begin, rest = (tmp_path / name).read_text(encoding="ascii").partition(r"\begin{document}")
            assert begin
            bodies.append(rest.removesuffix("\\end{document}\n"))
    pages = "\\newpage".join(bodies)
    text = rf"{head}\begin{{document}}{pages}\end{{document}}"
    (tmp_path / "all.tex").write_text(text, encoding="ascii")
    way = ("pdflatex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "all.tex")
    done = subprocess.run(way, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    said = done.stdout.decode("latin-1")
    assert done.returncode == 0, said[-2000:]
    assert not re.search(r"LaTeX (?:Font )?Warning|Overfull", said), said


# Options, topics and JSON.


def test_the_list_has_every_topic_with_an_example(adcli: Run) -> None:
    shown = adcli("quiz", "--list").out
    assert all(f"\n{topic.name}: {topic.trains}; " in shown for topic in TOPICS.values())
    found = adcli("quiz", "--list", "--json").json
    VALIDATOR.validate(found)
    assert [topic["name"] for topic in found["topics"]] == list(TOPICS)
    for topic in found["topics"]:
        ran = adcli(
            "trace", topic["example"]["function"], "--at", topic["example"]["at"], "--expand", "--json"
        )
        assert ran.status == 0


@pytest.mark.parametrize("more", [(), ("--mode", "forward"), ("--ask", "gradient"), ("--ask", "formula")])
def test_json_follows_the_schema(adcli: Run, more: tuple[str, ...]) -> None:
    found = adcli("quiz", "--level", "3", "--seed", "5", "--count", "3", *more, "--json").json
    VALIDATOR.validate(found)
    assert [one["number"] for one in found["exercises"]] == [1, 2, 3]
    assert (found["topic"], found["level"], found["seed"]) == ("any", 3, 5)


def test_without_a_seed_one_is_taken_that_gives_the_same_again(adcli: Run) -> None:
    found = adcli("quiz", "--topic", "chain", "--json").json
    again = adcli("quiz", "--topic", "chain", "--seed", str(found["seed"]), "--json").json
    assert again == found


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--topic", "chan"), "did you mean chain?"),
        (("--topic", "any", "--level", "6"), "--level"),
        (("--level", "0"), "--level"),
        (("--seed", "-1"), "--seed"),
        (("--count", "0"), "--count"),
        (("--tries", "0"), "--tries"),
        (("--mode", "backwards"), "--mode is one of forward, reverse"),
        (("--ask", "everything"), "--ask is one of table, gradient, formula"),
        (("--ask", "gradient", "--mode", "forward"), "only a table is a sweep"),
        (("--topic", "vectors", "--ask", "formula"), "no exercises about formulas"),
        (("-o", "sheet.pdf"), "cannot tell the format of sheet.pdf"),
        (("--solution", "solution.csv"), "cannot tell the format of solution.csv"),
        (("--solution", "solution"), "cannot tell the format of solution"),
        (("--key", "no/such/folder/key.toml"), "cannot write"),
        (("x^2",), ""),
    ],
    ids=lambda args: " ".join(args) if isinstance(args, tuple) else "",
)
def test_what_is_not_understood_is_said_with_a_way_out(adcli: Run, args: tuple[str, ...], said: str) -> None:
    ran = adcli("quiz", *(("--seed", "1") if "--seed" not in args else ()), *args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert not list(Path.cwd().glob("*.md")) + list(Path.cwd().glob("*.toml"))
