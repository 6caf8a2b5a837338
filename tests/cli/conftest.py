"""Running adcli: `adcli(...)` in this process, which is quick, and `process(...)` as a user starts it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import adcli as package
from adcli.cli import main

CHECKOUT = Path(package.__file__).resolve().parents[1]
MODULE = (sys.executable, "-m", "adcli")
SEVERAL = """
import json, sys
from adcli.cli import main
sys.exit(max([int(main(line)) for line in json.loads(sys.argv[1])]))
"""


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one object on stdout."""
        assert self.status == 0, self.err
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def error(self) -> dict[str, Any]:
        """The error object, alone on stderr."""
        assert self.out == ""
        found: dict[str, Any] = json.loads(self.err)["error"]
        return found


@dataclass(frozen=True)
class Finished:
    """What a process left, in bytes."""

    status: int
    out: bytes
    err: bytes


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """A small environment with its own state folder, in UTF-8."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(CHECKOUT),
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "LC_ALL": "C.UTF-8",
        **changes,
    }


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every test has a folder and a state of its own, and no wishes of the terminal it runs in."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "ADCLI_NO_STATE", "ADCLI_LAYOUT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def adcli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """A function that runs a command line in this process; `stdin` is what `-` reads."""

    def run(*args: str, stdin: str | bytes = "") -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        capsys.readouterr()
        status = main(list(args))
        out, err = capsys.readouterr()
        return Ran(int(status), out, err)

    return run


@pytest.fixture
def clean(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """A function that makes a small environment with some changes, for a test's own processes."""
    return lambda **changes: environment(tmp_path, **changes)


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., Finished]:
    """A function that runs a command line as a process of its own."""
    return lambda *args, **more: finished(tmp_path, [*MODULE, *args], **more)


@pytest.fixture
def several(tmp_path: Path) -> Callable[..., Finished]:
    """A function that runs command lines one after another in one new process; the status is the highest."""
    return lambda lines, **more: finished(
        tmp_path, [sys.executable, "-c", SEVERAL, json.dumps(lines)], **more
    )


@pytest.fixture
def twice(
    several: Callable[..., Finished], adcli: Callable[..., Ran], tmp_path: Path
) -> Callable[..., list[bytes]]:
    """A function that gives the bytes of the files that command lines end in, the same from two processes."""

    def run(lines: list[tuple[str, ...]]) -> list[bytes]:
        ran = several(lines)
        assert (ran.status, ran.out) == (0, b""), ran.err
        made = [(tmp_path / line[-1]).read_bytes() for line in lines]
        for line, data in zip(
            lines, made, strict=True
        ):  # there it was the first, here something has been drawn
            (tmp_path / line[-1]).unlink()
            again = adcli(*line)
            assert (again.status, again.out) == (0, "")
            assert (tmp_path / line[-1]).read_bytes() == data
        return made

    return run


def finished(
    folder: Path,
    command: list[str | bytes],
    stdin: bytes | int = b"",
    env: Mapping[str, str] | None = None,
) -> Finished:
    """What a process left that ran in a folder."""
    way = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    done = subprocess.run(  # type: ignore[call-overload]
        command, capture_output=True, env=environment(folder, **(env or {})), cwd=folder,
        timeout=60, check=False, **way,
    )  # fmt: skip
    return Finished(done.returncode, done.stdout, done.stderr)
