"""Reports of a trace: the forward table, the reverse table, or a line per step."""

from __future__ import annotations

from adcli.report.document import Look, Section
from adcli.tracing import Trace


def trace_sections(trace: Trace, look: Look) -> tuple[Section, ...]:
    """The values and the sweep."""
    return ()
