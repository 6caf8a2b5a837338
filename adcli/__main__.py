"""The process: what `adcli` and `python -m adcli` start.

A command ends soon and needs what it made, so no garbage is looked for, and at the end the interpreter
is not taken apart: that would be a fifth of a short command's time.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def run() -> NoReturn:
    """Run the process's command line and end the process with its exit status."""
    gc.disable()
    from adcli.cli import main  # after the line above: the imports make most of the objects

    status = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or never there
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    run()
