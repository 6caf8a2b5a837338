"""Rubbish is collected as the suite needs it: not while tests are gathered, and then seldom."""

from __future__ import annotations

import gc

gc.disable()  # gathering makes hundreds of thousands of objects, and all of them stay


def pytest_collection_finish() -> None:
    """What has been gathered is looked at never again, and what the tests make less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
