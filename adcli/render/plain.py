"""Answers as plain lines: one per step or number, never wrapped, as a pipe or `grep` wants them."""

from __future__ import annotations

from dataclasses import replace

from adcli.render.display import visible
from adcli.render.page import written
from adcli.report import Answered, Look


def as_plain(answer: Answered, look: Look) -> str:
    """The title, and the lines of every section, with blank lines between them."""
    found = written(answer, replace(look, layout="lines"))
    blocks: list[tuple[str, ...]] = [found.title]
    for section in found.sections:
        blocks += [
            (section.part,) if section.part else (),
            (section.heading,) if section.heading else (),
            section.lines,
            section.figure,
            section.answer,
            section.captions,
        ]
    return "\n".join("".join(f"{visible(line)}\n" for line in block) for block in blocks if block)
