"""Answers as Markdown."""

from __future__ import annotations

from adcli.answers import Answer
from adcli.report import Look


def as_markdown(answer: Answer, look: Look = Look()) -> str:
    """The answer's tables."""
    return ""
