"""The PNG: the right size, not blank, the same bytes, and no font but ours."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adcli.errors import UsageError
from adcli.render.palette import DARK
from adcli.render.png import pixels, png
from adcli.render.svg import svg

sys.path.insert(0, str(Path(__file__).parent))
import samples

if TYPE_CHECKING:
    from adcli.diagram import Mode

pytestmark = pytest.mark.draws


def size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack_from(">II", data, 16)


def raw(data: bytes) -> bytes:
    """The filtered rows of a PNG, unpacked."""
    at, body = 8, b""
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if data[at + 4 : at + 8] == b"IDAT":
            body += data[at + 8 : at + 8 + length]
        at += 12 + length
    return zlib.decompress(body)


@pytest.mark.parametrize("scale", [1.0, 2.0, 0.5])
def test_a_point_is_four_thirds_of_a_pixel_times_the_scale(scale: float) -> None:
    diagram = samples.diagram(samples.POLY, "reverse")
    document = svg(diagram)
    w, h = (float(length) for length in document.partition('viewBox="0 0 ')[2].partition('"')[0].split())
    assert size(png(diagram, scale=scale)) == (
        pytest.approx(w * 4 / 3 * scale, abs=1),
        pytest.approx(h * 4 / 3 * scale, abs=1),
    )


@pytest.mark.parametrize("mode", samples.MODES)
def test_a_picture_is_not_blank(mode: Mode) -> None:
    assert len(set(raw(png(samples.diagram(samples.GRIEWANK, mode))))) > 50


def test_the_same_diagram_gives_the_same_bytes() -> None:
    diagram = samples.diagram(samples.PARALLEL, "reverse")
    assert png(diagram, DARK) == png(diagram, DARK)


def test_letters_are_drawn_with_the_shipped_font() -> None:
    document = svg(samples.diagram(samples.POLY, "none"))
    silent = "".join(line for line in document.splitlines(keepends=True) if not line.startswith("<text"))
    other = document.replace("DejaVu Sans", "No Such Font").replace("Verdana", "Nor This")
    assert raw(pixels(document)) != raw(pixels(silent))
    assert raw(pixels(document)) == raw(pixels(other))


@pytest.mark.parametrize("scale", [0.0, -1.0, 1e-9, 1e6, float("nan"), float("inf")])
def test_a_size_that_cannot_be_drawn_is_refused(scale: float) -> None:
    with pytest.raises(UsageError, match="pixels cannot be drawn"):
        png(samples.diagram(samples.POLY, "none"), scale=scale)
