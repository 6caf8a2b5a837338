"""The build hook: the grammars and the tables that Lark makes of them go into the wheel as adcli/grammars.

Lark needs a quarter of a second for the tables. An editable install reads grammars/ of the checkout, so
there they are put beside the grammar; when that is edited, they no longer fit and are made in memory.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GrammarHook(BuildHookInterface[Any]):
    """Adds the grammars, and the tables made of them, to a wheel as adcli/grammars/*."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the tables and name the files to include; `version` is "standard" or "editable"."""
        sys.path.insert(0, self.root)
        from adcli.language import tables

        grammars = Path(self.root, "grammars")
        self.scratch = TemporaryDirectory(dir=grammars if version == "editable" else None)
        built = Path(self.scratch.name, tables.TABLES)
        built.write_text(tables.build(), encoding="utf-8", newline="\n")
        if version == "editable":
            built.replace(grammars / tables.TABLES)
            return
        shipped = [*sorted(grammars.glob("*.lark")), built]
        build_data["force_include"].update({str(path): f"adcli/grammars/{path.name}" for path in shipped})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder."""
        self.scratch.cleanup()
