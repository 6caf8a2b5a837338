"""Long runs are left out unless -m asks for them; and rubbish is collected seldom."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

gc.disable()  # gathering the tests makes hundreds of thousands of objects, and all of them stay


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what is marked as long."""
    if "long" in (config.option.markexpr or ""):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if not item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """Look at what has been gathered never again, and at what the tests make less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
