"""Streams as the shell sees them: stdout and stderr, pipes, terminals, encodings, signals."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Clean = Callable[..., dict[str, str]]
MODULE = [sys.executable, "-m", "adcli"]
GRIEWANK = "v1=x1/x2; v2=sin(v1); v3=exp(x2); v4=v1-v3; v5=v2+v4; v6=v5*v4"
POINT = ["--at", "x1=1.5,x2=0.5"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX streams")


# Which stream.


def test_results_are_on_stdout_and_notes_on_stderr(process: Run) -> None:
    done = process("grad", "|x - 1| + 2*x", "--at", "x=1")
    assert done.status == 0
    assert b"note" not in done.out
    assert done.err.startswith("note: abs has a kink at step v₂ = |v₁|, where v₁ = x - 1 = 0.".encode())


def test_quiet_leaves_the_result_and_errors(adcli: Run) -> None:
    loud, quiet = adcli("grad", "|x|", "--at", "x=0"), adcli("grad", "|x|", "--at", "x=0", "--quiet")
    assert quiet.out == loud.out
    assert loud.err
    assert quiet.err == ""
    assert adcli("grad", "ln(x)", "--at", "x=0", "--quiet").err


def test_json_has_its_notes_inside(process: Run) -> None:
    done = process("grad", "|x|", "--at", "x=0", "--json")
    assert done.err == b""
    assert json.loads(done.out)["notes"]


# What comes in.


@pytest.mark.parametrize(
    ("args", "stdin", "value"),
    [
        (("eval", "-", "--at", "x=3"), b"x^2\n", 9.0),
        (("eval", "--at", "x=3"), b"x^2", 9.0),
        (("eval", "-f", "-", "--at", "x=3"), b"x^2\n", 9.0),
        (("eval", "-f", "model.ad", "--at", "x=3"), b"ignored (", 27.0),
        (("eval", "--file", "model.ad", "--at", "-"), b'{"x": 3}', 27.0),
        (("eval", "x^2", "--at", "-"), b'{"x": "1/2"}', 0.25),
        (("eval", "x^2", "--at", "x=3"), b"never read (", 9.0),
        (("eval", "-", "--at", "x=3"), b"\xef\xbb\xbfx^2\r\n", 9.0),
        (("eval", "-", "--at", "x=3"), "θ = x·2; θ²\n".replace("²", "^2").encode(), 36.0),
        (("eval", "-", "--at", "x=3"), b"# a comment\ny = x + \\\n".replace(b"\\", b"") + b"1\ny*2", 8.0),
    ],
)
def test_expressions_and_points_from_pipes_and_files(
    process: Run, tmp_path: Path, args: tuple[str, ...], stdin: bytes, value: float
) -> None:
    (tmp_path / "model.ad").write_text("x^3", encoding="utf-8")
    done = process(*args, "--json", stdin=stdin)
    assert done.status == 0, done.err
    assert json.loads(done.out)["value"] == value


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("point.json", b'{"x": 0.5, "theta": "1/3"}'),
        ("point.toml", 'x = 0.5\n"θ" = "1/3"\n'.encode()),
        ("point.yaml", "# here\nx: 0.5\nθ: 1/3\n".encode()),
        ("point.yml", b'x: "1/2"\ntheta: 1/3\n'),
        ("point.csv", b"x,theta\n0.5,1/3\n"),
        ("POINT.JSON", b'{"x": 5e-1, "theta": 0.3333333333333333}'),
        ("point.csv", b"\xef\xbb\xbf theta , x \r\n 1/3 , 0.5 \r\n\r\n"),
    ],
)
def test_points_in_files(adcli: Run, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert adcli("eval", "x*θ", "--at", name, "--json").json["at"] == {"x": 0.5, "theta": 1 / 3}


def test_points_are_put_together(adcli: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"x": 1}', encoding="utf-8")
    found = adcli(
        "eval", "x*y*z", "--at", "p.json", "--at", "y=2", "--at", "-", "--json", stdin='{"z": 3}'
    ).json
    assert found["at"] == {"x": 1.0, "y": 2.0, "z": 3.0}


@posix
def test_nothing_on_stdin_is_no_expression(process: Run) -> None:
    with Path(os.devnull).open("rb") as nothing:
        done = process("eval", stdin=nothing.fileno())
    assert done.status == 2
    assert b"no expression is given" in done.err


@posix
def test_a_file_as_stdin(process: Run, tmp_path: Path) -> None:
    (tmp_path / "model.ad").write_text("2*21\n", encoding="utf-8")
    with (tmp_path / "model.ad").open("rb") as file:
        assert json.loads(process("eval", "--json", stdin=file.fileno()).out)["value"] == 42.0


@posix
def test_closed_stdin(clean: Clean, tmp_path: Path) -> None:
    nothing = clean(ADCLI_NO_STATE="1")
    for args, status in (
        (["eval", "1+1"], 0),
        (["eval"], 2),
        (["eval", "-"], 2),
        (["eval", "x", "--at", "-"], 2),
    ):
        done = shell(f"{quoted(*args)} <&-", nothing, tmp_path)
        assert done.returncode == status, done.stderr
        assert b"internal" not in done.stderr


# Arguments that begin with a minus.


@pytest.mark.parametrize(
    ("args", "reading", "value"),
    [
        (("-x^2", "--at", "x=3"), "-x^2", -9.0),
        (("--at", "x=3", "-x^2"), "-x^2", -9.0),
        (("--", "-x^2", "--at", "x=3"), None, None),
        (("--at", "x=3", "--", "-x^2"), "-x^2", -9.0),
        (("--at", "f=3", "--", "-f"), "-f", -3.0),
        (("-x", "--at", "x=1"), "-x", -1.0),
        (("-1",), "-1", -1.0),
        (("-1e-3*x", "--at", "x=-1"), "-0.001*x", 0.001),
        (("-f*x", "--at", "f=2,x=3"), "-f*x", -6.0),
        (("-o*x", "--at", "o=2,x=3"), "-o*x", -6.0),
        (("-h*x", "--at", "h=2,x=3"), "-h*x", -6.0),
        (("x", "--at", "x=-3"), "x", -3.0),
        (("x*y", "--at", "x=-3,y=-x^0".replace("x^0", "1")), "x*y", 3.0),
        (("-(x)", "--at", "x=-2^2"), "-x", 4.0),
        (("−x", "--at", "x=2"), "-x", -2.0),
    ],
)
def test_expressions_that_begin_with_a_minus(
    adcli: Run, args: tuple[str, ...], reading: str | None, value: float | None
) -> None:
    ran = adcli("eval", *args, "--json") if "--" not in args else adcli("eval", "--json", *args)
    if value is None:  # everything after -- is an argument
        assert ran.status == 2
        return
    assert ran.json["reading"] == reading
    assert ran.json["value"] == value


def test_values_of_options_may_begin_with_a_minus(adcli: Run) -> None:
    assert adcli("grad", "x", "--precision", "-1").status == 2
    found = adcli("trace", "x*y; x", "--at", "x=1,y=2", "--seed", "f1=-1", "--json").json
    assert found["trace"]["seed"] == {"v1": -1.0}


def test_long_options_with_an_equals_sign(adcli: Run) -> None:
    assert adcli("eval", "x^2", "--at=x=-3", "--json").json["value"] == 9.0
    assert adcli("eval", "x^2", "--at=x=-3", "--format=json").json["value"] == 9.0


# What goes out, where nobody looks.


def test_where_nobody_looks_nothing_is_cut_or_styled(process: Run) -> None:
    names = [f"a_long_name_{k}" for k in range(9)]
    long, at = " + ".join(names), ",".join(f"{name}=1/3" for name in names)
    for columns in ("40", "200"):
        done = process("grad", long, "--at", at, env={"COLUMNS": columns})
        assert b"\x1b" not in done.out
        assert long.encode() in done.out
    assert process("grad", long, "--at", at).out == done.out


@pytest.mark.parametrize("form", ["table", "plain", "markdown", "csv"])
def test_width_does_not_matter_in_a_pipe(process: Run, form: str) -> None:
    args = ("trace", GRIEWANK, *POINT, "--format", form)
    assert process(*args, env={"COLUMNS": "40"}).out == process(*args, env={"COLUMNS": "150"}).out


MANY_LINES = """
import json, sys
from adcli.cli import main
for args in json.loads(sys.argv[1]):
    status = main(args)
    sys.stderr.flush()
    print("----", status, flush=True)
"""


def several(clean: Clean, lines: Sequence[Sequence[str]], folder: Path, **env: str) -> list[tuple[str, int]]:
    """The output of several command lines and their statuses; one process runs them all."""
    done = subprocess.run(
        [sys.executable, "-c", MANY_LINES, json.dumps(lines)], env=clean(**env), cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True, timeout=60,
    )  # fmt: skip
    return parted(done.stdout.decode("ascii"))


def parted(text: str) -> list[tuple[str, int]]:
    """What MANY_LINES wrote, line by line of its commands."""
    *found, rest = re.split(r"^---- (\d+)\n", text, flags=re.MULTILINE)
    assert rest == ""
    return [(shown, int(status)) for shown, status in zip(found[::2], found[1::2], strict=True)]


IN_ASCII = [
    (("grad", "θ₁^2*y", "--at", "theta_1=1,y=2"), 0),
    (("trace", GRIEWANK, *POINT), 0),
    (("trace", GRIEWANK, *POINT, "--explain", "--mode", "forward"), 0),
    (("trace", GRIEWANK, *POINT, "--format", "markdown"), 0),
    (("grad", "|x|", "--at", "x=0"), 0),
    (("grad", "ln(θ)", "--at", "θ=-1"), 3),
    (("functions",), 0),
    (("functions", "log"), 0),
    (("graph", "x*y", "--at", "x=1,y=2", "--mode", "reverse"), 0),
    (("jacobian", "x*y; x", "--at", "x=1,y=2"), 0),
    (("grad", "𝑥"), 2),
    (("eval", "θ*λ # ∂", "--at", "θ=1,λ=2"), 0),
]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "koi8-r"])
def test_an_encoding_without_our_signs_gets_ascii(clean: Clean, tmp_path: Path, encoding: str) -> None:
    lines = [args for args, _ in IN_ASCII]
    found = several(clean, lines, tmp_path, PYTHONIOENCODING=encoding)
    assert [status for _, status in found] == [status for _, status in IN_ASCII]
    assert all(text and "internal" not in text for text, _ in found)
    found = several(clean, [[*args, "--json"] for args in lines if "--format" not in args], tmp_path,
                    PYTHONIOENCODING=encoding)  # fmt: skip
    assert all(json.loads(text) for text, _ in found)


def test_ascii_says_bar_dot_and_d(process: Run) -> None:
    reverse = process("trace", GRIEWANK, *POINT, env={"PYTHONIOENCODING": "ascii"}).out
    assert b"v6_bar" in reverse
    assert b"df/dx1" in reverse or b"dv6/dx1" in reverse
    forward = process("trace", GRIEWANK, *POINT, "--mode", "forward", env={"PYTHONIOENCODING": "ascii"}).out
    assert b"v6_dot" in forward


@posix
def test_a_plain_locale_is_no_reason_to_fail(process: Run) -> None:
    done = process(
        "grad",
        "x*y",
        "--at",
        "x=1,y=2",
        env={"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert done.status == 0
    assert done.out.isascii()
    assert b"df/dx" in done.out


# Pipes that close, devices that are full, streams that are not there.


def quoted(*args: str) -> str:
    import shlex

    return shlex.join([*MODULE, *args])


def shell(line: str, env: dict[str, str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """What bash makes of a line; the status is the one of the first command of a pipe."""
    return subprocess.run(
        ["/bin/bash", "-c", f"set -o pipefail; {line}"],
        env=env,
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
    )


@posix
@pytest.mark.parametrize(
    "args",
    [
        ("functions",),
        ("functions", "--json"),
        ("trace", "+".join(["sin(x)"] * 2000), "--no-share"),
        ("--help",),
        ("grad", "--help"),
        ("--version",),
        ("graph", "x*y", "--format", "svg"),
        ("grad", "|x|", "--at", "x=0"),
    ],
    ids=lambda args: " ".join(args)[:20],
)
def test_a_closed_pipe_is_silent(clean: Clean, tmp_path: Path, args: tuple[str, ...]) -> None:
    done = shell(f"{quoted(*args)} | head -c 0", clean(), tmp_path)
    assert done.returncode == 0
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    "args",
    [
        ("eval", "1+1"),
        ("eval", "1+1", "--json"),
        ("functions",),
        ("--help",),
        ("--version",),
        ("graph", "x*y", "--format", "svg"),
    ],
    ids=" ".join,
)
def test_a_full_device_is_an_error_with_a_message(
    clean: Clean, tmp_path: Path, args: tuple[str, ...]
) -> None:
    done = shell(f"{quoted(*args)} > /dev/full", clean(), tmp_path)
    assert done.returncode == 2
    assert b"cannot write the output: no space left on device" in done.stderr
    assert done.stderr.count(b"\n") == 1
    written = shell(f"{quoted('eval', '1+1', '--format', 'json', '-o', '/dev/full')}", clean(), tmp_path)
    assert written.returncode == 2
    assert b"/dev/full" in written.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_what_could_not_be_written_is_not_remembered(clean: Clean, tmp_path: Path) -> None:
    shell(f"{quoted('eval', '1+1')} > /dev/full", clean(), tmp_path)
    assert not (tmp_path / "state").exists()


@posix
def test_streams_that_the_caller_closed(clean: Clean, tmp_path: Path) -> None:
    done = shell(f"{quoted('eval', '1+1')} >&-", clean(), tmp_path)
    assert done.returncode == 2
    assert b"cannot write the output" in done.stderr
    assert shell(f"{quoted('eval', '1+1', '-o', 'r.json')} >&-", clean(), tmp_path).returncode == 0
    assert (tmp_path / "r.json").exists()
    assert shell(f"{quoted('eval', 'x +')} 2>&-", clean(), tmp_path).returncode == 2
    assert shell(f"{quoted('grad', '|x|', '--at', 'x=0')} 2>&-", clean(), tmp_path).returncode == 0
    assert shell(f"{quoted('eval', 'x +')} 2>/dev/full", clean(), tmp_path).returncode == 2


@posix
def test_an_output_to_dev_stdout(process: Run) -> None:
    assert json.loads(process("eval", "1+1", "--format", "json", "-o", "/dev/stdout").out)["value"] == 2.0


# A shell that starts the tests in the background lets them ignore interrupts.
INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("adcli", run_name="__main__", alter_sys=True)
"""


@posix
def test_an_interrupt_is_silent_and_exits_with_130(clean: Clean, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "eval", "-"], env=clean(), cwd=tmp_path,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        time.sleep(3.0)  # it waits for its input by now
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert (out, err) == (b"", b"")


# A terminal.


def in_terminal(
    args: list[str], env: dict[str, str], columns: int, folder: Path, start: Sequence[str] = MODULE
) -> str:
    """What a command line writes to a terminal of so many columns, stderr too."""
    pty = pytest.importorskip("pty", reason="POSIX terminals")
    import fcntl
    import struct
    import termios

    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [*start, *args], env=env, cwd=folder, stdin=side, stdout=side, stderr=side
    ) as running:
        os.close(side)
        found = b""
        while True:
            if not select.select([main], [], [], 60)[0]:
                running.kill()
                break
            try:
                data = os.read(main, 65536)
            except OSError:  # the other side has closed
                break
            if not data:
                break
            found += data
    os.close(main)
    return found.decode().replace("\r\n", "\n")


STYLE = re.compile(r"\x1b\[[0-9;]*m")
MANY = "+".join(f"sin({k}*x)*y" for k in range(1, 25))
LOOKS = [
    ["grad", "x^2*y+2*y", "--at", "x=1.5,y=2"],
    ["trace", GRIEWANK, *POINT],
    ["trace", GRIEWANK, *POINT, "--mode", "forward"],
    ["trace", GRIEWANK, *POINT, "--explain"],
    ["trace", GRIEWANK],
    ["grad", MANY, "--at", "x=1,y=2", "--trace"],
    ["graph", GRIEWANK, *POINT, "--mode", "reverse"],
    ["graph", MANY, "--at", "x=1,y=2"],
    ["jacobian", "x*y; x/y; sin(x)", "--at", "x=1/3,y=2"],
    ["jacobian", ";".join(["+".join(f"long_name_{k}" for k in range(9))] * 3), "--at",
     ",".join(f"long_name_{k}=1/3" for k in range(9))],
    ["grad", "a_rather_long_name^2*another_rather_long_name/1.5", "--at",
     "a_rather_long_name=123456.789,another_rather_long_name=1e-9"],
    ["functions"],
    ["functions", "atan2"],
    ["eval", "x*y", "--at", "x=1,y=2"],
]  # fmt: skip


@posix
@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(clean: Clean, tmp_path: Path, columns: int) -> None:
    code = ["-c", MANY_LINES, json.dumps(LOOKS)]
    shown = in_terminal(code, clean(TERM="xterm-256color"), columns, tmp_path, start=[sys.executable])
    for args, (text, status) in zip(LOOKS, parted(shown), strict=True):
        lines = STYLE.sub("", text).splitlines()
        assert status == 0
        assert lines
        assert [line for line in lines if width(line) > columns] == [], args


def width(text: str) -> int:
    import unicodedata

    return sum(0 if unicodedata.combining(sign) else 1 for sign in text)


@posix
def test_a_terminal_has_styles_and_a_pipe_has_none(clean: Clean, process: Run, tmp_path: Path) -> None:
    args = LOOKS[0]
    assert "\x1b[1m" in in_terminal(args, clean(TERM="xterm-256color"), 80, tmp_path)
    assert b"\x1b" not in process(*args, env={"TERM": "xterm-256color"}).out


@posix
@pytest.mark.parametrize("wish", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_styles_where_none_are_wanted(clean: Clean, tmp_path: Path, wish: dict[str, str]) -> None:
    for args in (LOOKS[0], LOOKS[1], ["grad", "x +"], ["grad", "|x|", "--at", "x=0"]):
        assert "\x1b" not in in_terminal(args, clean(**{"TERM": "xterm", **wish}), 80, tmp_path)


@posix
def test_no_color_is_an_option_too(clean: Clean, tmp_path: Path) -> None:
    for args in (LOOKS[0], ["grad", "x +"], ["grad", "|x|", "--at", "x=0"]):
        assert "\x1b" not in in_terminal([*args, "--no-color"], clean(TERM="xterm"), 80, tmp_path)


@posix
def test_an_error_is_red_on_a_terminal(clean: Clean, tmp_path: Path) -> None:
    assert "\x1b[31m" in in_terminal(["grad", "x +"], clean(TERM="xterm"), 80, tmp_path).replace(
        ";", "m\x1b["
    )


def test_force_color_treats_a_pipe_as_a_terminal(process: Run) -> None:
    args = ("trace", GRIEWANK, *POINT)
    forced = process(*args, env={"FORCE_COLOR": "1", "COLUMNS": "120", "TERM": "xterm"}).out.decode()
    assert "\x1b[" in forced
    assert max(width(line) for line in STYLE.sub("", forced).splitlines()) <= 120
    both = process(*args, env={"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "120", "TERM": "xterm"}).out
    assert b"\x1b" not in both


@posix
def test_columns_wins_over_the_terminal(clean: Clean, tmp_path: Path) -> None:
    shown = in_terminal(LOOKS[1], clean(TERM="xterm", COLUMNS="40"), 120, tmp_path)
    plain = STYLE.sub("", shown)
    assert plain != STYLE.sub("", in_terminal(LOOKS[1], clean(TERM="xterm"), 120, tmp_path))
    assert "2.84368" in plain  # a cut digit would be a wrong answer


@posix
def test_both_streams_of_a_terminal_stay_in_order(clean: Clean, tmp_path: Path) -> None:
    shown = in_terminal(["grad", "|x|", "--at", "x=0"], clean(TERM="dumb"), 80, tmp_path)
    assert shown.index("f = |x|") < shown.index("note:")


def test_a_loop_that_runs_for_long_says_so_on_a_terminal_and_wipes_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from adcli.commands import progress

    assert progress.turns(100, quiet=False) is None  # a pipe
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert progress.turns(100, quiet=True) is None
    made = progress.turns(100, quiet=False)
    assert made is not None
    made(10)
    made.wipe()
    assert capsys.readouterr().err == ""  # nobody has waited yet
    made.due = 0.0
    made(20)
    made.wipe()
    assert capsys.readouterr().err == "\r\x1b[Kturn 20 of a loop, at most 100 steps; Ctrl-C ends it\r\x1b[K"
