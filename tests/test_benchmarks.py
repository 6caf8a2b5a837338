"""The benchmarks run, at tiny sizes and without peers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).parents[1] / "benchmarks" / "run.py"


def test_every_part_of_the_benchmarks_still_runs() -> None:
    ran = subprocess.run(
        [sys.executable, str(RUN), "--quick"], capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(RUN.parents[1]), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "value + gradient over value" in ran.stdout
