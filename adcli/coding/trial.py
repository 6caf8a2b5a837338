"""Generated code, run: what the gradient that `codegen` writes gives at a point."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Literal

from adcli.coding.answer import CodeAnswer
from adcli.errors import DomainError

Runnable = Literal["python", "numpy"]
RUNNABLE = ("python", "numpy")
# The code is ours and reads nothing; a process of its own keeps even that apart.
RUN = """
import json, sys
given = json.load(sys.stdin)
room = {}
exec(compile(given["code"], "<codegen>", "exec"), room)
print(json.dumps([float(slope) for slope in room[given["function"]](*given["point"])]))
"""


def gradient(written: CodeAnswer, point: Sequence[float]) -> list[float]:
    """The slopes that generated Python gives, with a number per input in their order.

    Raises DomainError where the code has no finite number.
    """
    given = {"code": written.code, "function": written.function, "point": list(point)}
    done = subprocess.run(  # noqa: S603  # Python itself, in isolated mode
        [sys.executable, "-I", "-c", RUN],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        found: list[float] = json.loads(done.stdout)
        if all(abs(slope) < float("inf") for slope in found):
            return found
    said = done.stderr.strip().splitlines()
    raise DomainError("the generated code has no gradient at the point", details=(said[-1],) if said else ())
