"""adcli forget: remove the stored last expression."""

from __future__ import annotations

import sys

from adcli.commands.asked import Asked
from adcli.commands.help import DISPLAY, Page

TAKES_PROGRAM = HAS_FORMS = False
PAGE = Page(
    usage="adcli forget",
    summary="Remove the last expression and point that adcli remembers.",
    examples=(("adcli forget", ""),),
    groups=(
        (
            "What is remembered",
            (
                ("the last expression", "of eval, grad, jacobian, trace, graph; its point"),
                ("where", "in the folder XDG_STATE_HOME, or ~/.local/state"),
                ("ADCLI_NO_STATE=1", "nothing is remembered"),
            ),
        ),
        (
            "The output",
            (
                ("--json", "one JSON object"),
                ("--precision N", "as everywhere; there are no numbers here"),
                *DISPLAY,
            ),
        ),
    ),
    exit="Exit: 0 done, 2 not understood",
)


def run(asked: Asked) -> None:
    """Forget, and say whether there was something."""
    from adcli.answers.answer import SCHEMA  # --help stays quick
    from adcli.commands import state
    from adcli.commands.present import as_json

    found = state.forget()
    if asked.showing.json:
        sys.stdout.write(as_json({"schema": SCHEMA, "command": "forget", "forgotten": found, "notes": []}))
    elif not asked.showing.quiet:
        sys.stdout.write("the last expression is forgotten\n" if found else "there was nothing to forget\n")
