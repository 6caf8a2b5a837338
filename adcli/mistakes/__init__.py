"""Where a student's calculation went wrong: the mistakes that give exactly the student's numbers."""

from __future__ import annotations

from adcli.mistakes.catalogue import CATALOGUE
from adcli.mistakes.claim import KINDS, Claim, EdgeName, Explanation, Judged, key
from adcli.mistakes.rounding import Allowance, allowances
from adcli.mistakes.rows import judge_rows
from adcli.mistakes.search import explain

__all__ = [
    "CATALOGUE",
    "KINDS",
    "Allowance",
    "Claim",
    "EdgeName",
    "Explanation",
    "Judged",
    "allowances",
    "explain",
    "judge_rows",
    "key",
]
