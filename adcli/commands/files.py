"""Reading text from files and standard input, and writing files as a whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from adcli.errors import FileProblem

MOST_BYTES = 256 * 1024 * 1024
STDIN = "standard input"


def read_text(name: str) -> str:
    """The text of a file; FileProblem when it is missing, a folder, too large or not UTF-8."""
    try:
        with Path(name).open("rb") as file:
            return text_of(file, name)
    except (OSError, ValueError) as error:
        raise FileProblem(f"cannot read {name}: {reason(error)}") from error


def read_stdin() -> str:
    """All of standard input as UTF-8 text; FileProblem when it is something else."""
    try:
        return text_of(sys.stdin.buffer, STDIN)
    except (OSError, ValueError, AttributeError) as error:  # closed, or never there
        raise FileProblem("standard input cannot be read") from error


def text_of(file: IO[bytes], name: str) -> str:
    """The text that a stream holds; FileProblem when it is too long or not UTF-8."""
    found = file.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise FileProblem(f"{name} is larger than {MOST_BYTES >> 20} MiB")
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem(
            f"{name} is not UTF-8 text (byte {error.start})", hint="save it as UTF-8"
        ) from error


def reason(error: Exception) -> str:
    """Why the system refuses, in its words."""
    words = getattr(error, "strerror", None) or str(error)
    return str(words[:1].lower() + words[1:])


def stdin_is_given() -> bool:
    """Whether standard input is a pipe or a file, so that somebody meant to send something."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def shortened(source: str, most: int = 60) -> str:
    """A text in one short line."""
    line = " ".join(source.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def write_whole(name: str, data: bytes) -> None:
    """Write a file aside and rename it, so that it is there as a whole or not at all."""
    path = Path(name)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)  # a device such as /dev/stdout has no beside
            return
        write_aside(path.resolve(), data)
    except (OSError, ValueError) as error:
        raise FileProblem(f"cannot write {name}: {reason(error)}") from error


def write_aside(path: Path, data: bytes) -> None:
    """Write a file under another name and rename it; whatever happens, nothing half is left."""
    import tempfile  # for files alone: most answers go to a stream

    handle, made = tempfile.mkstemp(dir=path.parent, prefix=".adcli-", suffix=path.suffix)
    aside = Path(made)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        aside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask())
        aside.replace(path)
    except BaseException:  # an interrupt too
        with suppress(OSError):
            aside.unlink()
        raise


def umask() -> int:
    """The process's file mode mask."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
