"""Generated code runs in folders of its own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `generated`

needs_cc = pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler, cc")
