"""The servers of last resort."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.subject import Subject

NO_BACKUP = Code(
    name="no-backup",
    what="No Backup in service is listed.",
    why="When no mirror is usable, all clients go to the origin at once.",
    mend="List a server that can bear that, as in"
    " `http Backup https://downloads.example.org/`; if that is the origin, list it, or"
    " silence this.",
)

CODES = (NO_BACKUP,)


def backups(subject: Subject) -> Iterator[Problem]:
    """Find that there is no Backup; for a list without errors."""
    if subject.backups:
        return
    listed = any(one.backup for one in subject.mirrors)
    which = "no Backup takes redirects" if listed else "no Backup is listed"
    yield NO_BACKUP.at(f"{which}; with no mirror up, all clients go to the origin")
