"""The graph as a table of edges."""

from __future__ import annotations

from adcli.report.document import Look, Section
from adcli.tracing import Trace


def edge_sections(trace: Trace, look: Look) -> tuple[Section, ...]:
    """A row per edge."""
    return ()
