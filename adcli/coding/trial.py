"""Generated code, run: what the gradient that `codegen` writes gives at a point."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Sequence

from adcli.coding.answer import CodeAnswer
from adcli.errors import DomainError

RUNNABLE = ("python", "numpy")


def gradient(written: CodeAnswer, point: Sequence[float]) -> list[float]:
    """The slopes that generated Python gives, with a number per input in their order.

    The text runs as it would from its file, in an isolated process of its own. Raises DomainError where it
    has no finite number.
    """
    numbers = ", ".join(map(repr, point))
    last = f"import json\nprint(json.dumps([float(slope) for slope in {written.function}({numbers})]))\n"
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-"],
        input=f"{written.code}\n{last}".encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        found: list[float] = json.loads(done.stdout)
        if all(map(math.isfinite, found)):
            return found
    said = done.stderr.decode(errors="replace").strip().splitlines()
    raise DomainError("the generated code has no gradient at the point", details=(said[-1],) if said else ())
