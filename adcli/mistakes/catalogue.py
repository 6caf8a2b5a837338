"""The one table of mistakes. A new mistake is one entry of one of its parts."""

from __future__ import annotations

from adcli.mistakes.hypothesis import Hypothesis
from adcli.mistakes.partials import PARTIALS
from adcli.mistakes.settings import SETTINGS
from adcli.mistakes.slips import SLIPS
from adcli.mistakes.steps import STEPS
from adcli.mistakes.sums import SUMS
from adcli.mistakes.whole import WHOLE

CATALOGUE: tuple[Hypothesis, ...] = (*SETTINGS, *WHOLE, *PARTIALS, *SUMS, *STEPS, *SLIPS)
