"""A small simulated class; benchmarks/classroom.py has the large one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import classroom  # it lies beside the scripts


@pytest.mark.parametrize(("level", "least"), [("table", 0.99), ("adjoints", 0.95), ("gradient", 0.9)])
def test_a_class_is_told_where_its_mistakes_are(level: str, least: float) -> None:
    tally = classroom.sit(level, 100)
    assert tally.found >= least, tally.missed
    if level == "gradient":
        assert tally.single >= 0.6, tally.tied


def test_right_calculations_by_hand_are_accepted() -> None:
    taken = classroom.honest(100)
    assert min(taken) >= 0.99
