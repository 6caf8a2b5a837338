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

    def run(*args: str | bytes, stdin: bytes | int = b"", env: Mapping[str, str] | None = None) -> Finished:
        way = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
        done = subprocess.run(  # type: ignore[call-overload]
            [*MODULE, *args], capture_output=True, env=environment(tmp_path, **(env or {})), cwd=tmp_path,
            timeout=60, check=False, **way,
        )  # fmt: skip
        return Finished(done.returncode, done.stdout, done.stderr)

    return run
