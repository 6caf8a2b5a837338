"""The text of a student's file, whichever editor or platform wrote it."""

from __future__ import annotations

import codecs
import os
import stat
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from adcli.errors import FileProblem

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000  # of one file
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v")) + b"\x7f"
FEW = 0.1  # share of letters beyond ASCII in a text of western Windows
BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table"})
UNSEEN = frozenset({"script", "style", "head", "title"})


def text_of(path: Path) -> str:
    """The text of a file; FileProblem where it is too long, or no text."""
    try:
        data = bytes_of(path)
    except OSError as error:
        raise FileProblem(f"cannot read {path.name}: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise FileProblem(f"{path.name} is larger than {MOST_BYTES} bytes")
    text = decoded(data)
    if text is None:
        raise FileProblem(f"{path.name} is not UTF-8 text")
    return plain_html(text) if path.suffix.lower() in (".html", ".htm") else text


def bytes_of(path: Path) -> bytes:
    """The bytes of a plain file, one more than may be at most; a pipe in its place is not waited for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise FileProblem(f"{path.name} is no plain file")
        return file.read(MOST_BYTES + 1)


def decoded(data: bytes) -> str | None:
    r"""Bytes as text: UTF-8, UTF-16 with its mark, or that of western Windows; None for others.

    >>> decoded("x²".encode("utf-8")), decoded("6·x = y".encode("cp1252")), decoded(b"\xff\x00")
    ('x²', '6·x = y', None)
    """
    if data.startswith(WIDE):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        beyond = sum(byte > 127 for byte in data)  # the last of ASCII
        if data.translate(None, CONTROL) != data or beyond > max(1, FEW * len(data)):
            return None
        return data.decode("cp1252", errors="replace")


class Seen(HTMLParser):
    """What a reader sees of a page, a line per block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or something that nobody sees."""
        del attrs
        self.hidden += tag in UNSEEN
        self.pieces.append("\n" if tag in BLOCKS else " | " if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        self.hidden -= tag in UNSEEN and self.hidden > 0
        self.pieces.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self.hidden:
            self.pieces.append(data)


def plain_html(text: str) -> str:
    r"""A page as plain text.

    >>> plain_html("<p>1a: x&nbsp;=&nbsp;6</p><p>1b: <b>2</b></p>").split("\n")
    ['1a: x = 6', '1b: 2']
    """
    reader = Seen()
    reader.feed(text)
    reader.close()
    lines = "".join(reader.pieces).replace("\xa0", " ").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())
