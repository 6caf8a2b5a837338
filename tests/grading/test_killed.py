"""A run over a class that is killed in the middle, and run again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from adcli.grading.classes import grade

STUDENTS = 40
KEY = """
[[exercise]]
name = "1"
function = "sin(x*y)/x + exp(y)"
at = "x=1.5, y=2"
"""
LINUX = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to find children")


def command(folder: Path) -> list[str]:
    return [
        sys.executable, "-m", "adcli", "check", "--key", str(folder / "key.toml"), str(folder / "in"),
        "--workers", "2", "-o", str(folder / "class.json"),
    ]  # fmt: skip


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@LINUX
def test_a_killed_run_leaves_nothing_half_and_the_next_one_is_whole(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "key.toml").write_text(KEY, encoding="utf-8")
    for i in range(STUDENTS):
        (tmp_path / "in" / f"s{i}.txt").write_text(f"x={1 + i / 1000:.4f}, y={7 - i / 1000:.4f}", "utf-8")
    before = names(tmp_path)
    run = subprocess.Popen(command(tmp_path))
    try:
        deadline = time.monotonic() + 30
        while len(workers := children(run.pid)) < 2 and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.3)
        assert run.poll() is None, "the run ended before it could be killed"
        run.send_signal(signal.SIGKILL)
        run.wait(10)
    finally:
        run.kill()
    assert names(tmp_path) == before
    while any(map(runs, workers)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(runs, workers))
    assert subprocess.run(command(tmp_path), check=False).returncode == 0
    assert names(tmp_path) == sorted([*before, "class.json"])
    alone = grade(KEY, "key.toml", str(tmp_path / "in"), workers=1)
    assert json.loads((tmp_path / "class.json").read_text("utf-8")) == json.loads(json.dumps(alone.json()))
    assert len(alone.students) == STUDENTS
