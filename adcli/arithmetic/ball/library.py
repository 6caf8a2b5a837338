"""The library of balls, python-flint, which is an extra."""

from __future__ import annotations

from adcli.errors import UsageError

try:
    import flint
except ImportError as missing:
    raise UsageError(
        "certified digits need python-flint, which is not installed", hint='pip install "adcli[num]"'
    ) from missing

__all__ = ["flint"]
