"""The build hook: the grammars and their compiled tables go into the wheel as adcli/grammars.

Lark needs a quarter of a second to compile the grammar, so a wheel carries the result. An editable
install reads grammars/ beside the checkout and compiles in memory.
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
        """Name the files to include; `version` is hatchling's word for "standard" or "editable"."""
        if version != "standard":
            return
        sys.path.insert(0, self.root)
        from adcli.language import tables

        self.scratch = TemporaryDirectory()
        built = Path(self.scratch.name, tables.TABLES)
        built.write_text(tables.build(), encoding="utf-8", newline="\n")
        shipped = [*sorted(Path(self.root, "grammars").glob("*.lark")), built]
        build_data["force_include"].update({str(path): f"adcli/grammars/{path.name}" for path in shipped})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder."""
        if version == "standard":
            self.scratch.cleanup()
