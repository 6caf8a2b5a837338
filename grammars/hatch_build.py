"""The build hook: the grammars and their compiled tables go into the wheel as adcli/grammars.

Lark needs a quarter of a second to compile the grammar, so a wheel carries the result. An editable
install has it beside the grammar of the checkout, where git ignores it; when the grammar has changed since,
adcli compiles in memory.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GrammarHook(BuildHookInterface[Any]):
    """Adds the grammars, and the tables made of them, to a wheel as adcli/grammars/*."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to include; `version` is hatchling's word for "standard" or "editable"."""
        sys.path.insert(0, self.root)
        from adcli.language import tables

        if version != "standard":
            self.beside(Path(self.root, "grammars", tables.TABLES), tables.build())
            return
        self.scratch = TemporaryDirectory()
        built = Path(self.scratch.name, tables.TABLES)
        built.write_text(tables.build(), encoding="utf-8", newline="\n")
        shipped = [*sorted(Path(self.root, "grammars").glob("*.lark")), built]
        build_data["force_include"].update({str(path): f"adcli/grammars/{path.name}" for path in shipped})

    def beside(self, target: Path, text: str) -> None:
        """Put the tables in place, whole at once for those who read them now, unless they are there."""
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            return
        part = target.with_suffix(f".{os.getpid()}")
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(target)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the scratch folder."""
        if version == "standard":
            self.scratch.cleanup()
