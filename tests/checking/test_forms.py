"""Answers in the forms that people write, and near misses: derived by hand, none of them from a table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import adcli

ITEMS = json.loads((Path(__file__).parents[1] / "data" / "homework_forms.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["function"])
def test_right_forms_are_right_and_near_misses_are_not(item: dict[str, Any]) -> None:
    source = adcli.parse(item["function"], names=item.get("at", ()))
    accepted = {form: adcli.check(source, item.get("at"), form).correct for form in item["right"]}
    assert accepted == dict.fromkeys(item["right"], True)
    taken = [form for form in item["wrong"] if adcli.check(source, item.get("at"), form).correct is not False]
    assert taken == []
