"""adcli check --key: a folder of submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.errors import ExitStatus, UsageError

if TYPE_CHECKING:
    from adcli.commands.asked import Asked

FORMS = ("table", "plain", "markdown", "csv", "json", "gradescope", "canvas", "nbgrader")


def grade_folder(asked: Asked, key: str, workers: int | None, fail_under: float | None) -> int:
    """Answer with the class; 4 where something could not be read, 1 where somebody has too few points."""
    from adcli.commands import files
    from adcli.commands.present import SUFFIXES, emit, form_of, show_text
    from adcli.grading.classes import grade

    folder = asked.source.expression
    if folder is None:
        raise UsageError(
            "--key needs the folder of submissions", hint="write adcli check --key key.toml folder/"
        )
    suffixes = {suffix: form for suffix, form in SUFFIXES.items() if form in FORMS}
    form = form_of(asked.showing, FORMS, suffixes)
    found = grade(files.read_text(key), key, folder, workers=workers)
    if form in ("csv", "gradescope", "canvas", "nbgrader"):
        from adcli.render.gradebook import GRADEBOOKS

        emit(GRADEBOOKS[form](found), asked.showing.out)
    else:
        show_text(found, asked.showing, form=form)
    if found.unread:
        return ExitStatus.NOT_ALL_READ
    return ExitStatus.WRONG if fail_under is not None and found.below(fail_under) else ExitStatus.DONE
