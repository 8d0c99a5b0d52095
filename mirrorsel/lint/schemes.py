"""Mirrors by http where clients come by https."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.subject import Subject

TWIN = Code(
    name="https-twin",
    what="A mirror is listed by http, and the checker found that it answers by https"
    " too.",
    why="Clients that come by https are not sent to http mirrors.",
    mend="Write `https://`. The mirror then has a new URL, and begins without a past.",
    needs="twins",
)
NO_HTTPS = Code(
    name="no-https-mirror",
    what="No mirror in service is listed by https.",
    why="Clients that come by https get a Backup or the origin, unless the setting"
    " `selection.allow_http` is `true`.",
    mend="List mirrors by https; `mirrorsel status` names those that have it.",
)
NO_HTTPS_BACKUP = Code(
    name="no-https-backup",
    what="There are Backup entries, and none by https.",
    why="For clients that come by https the origin is the last resort instead, unless"
    " the setting `selection.allow_http` is `true`.",
    mend="Write `https://` in a line with Backup.",
)

CODES = (TWIN, NO_HTTPS, NO_HTTPS_BACKUP)


def twins(subject: Subject) -> Iterator[Problem]:
    """Find the http mirrors that could be listed by https."""
    for one in subject.mirrors if subject.facts.twins else ():
        if one.url in subject.facts.twins and one.disabled is None:
            message = "the mirror answers by https too; list it so"
            yield TWIN.at(message, one.line, subject.url_column(one))


def schemes(subject: Subject) -> Iterator[Problem]:
    """Find that clients by https have no mirror; for a list without errors."""
    if subject.facts.allow_http:
        return
    if subject.serving and not any(one.https for one in subject.serving):
        yield NO_HTTPS.at(
            "no mirror has https; clients by https get a Backup or the origin"
        )
    if subject.backups and not any(one.https for one in subject.backups):
        first = subject.backups[0]
        message = "no Backup has https; clients by https get the origin instead"
        yield NO_HTTPS_BACKUP.at(message, first.line, subject.url_column(first))
