"""Lines that list what another line lists."""

from collections.abc import Iterator

from mirrorsel.errors import Problem
from mirrorsel.lint.code import Code
from mirrorsel.lint.subject import Subject
from mirrorsel.lists.canonical import Canonical, canonical
from mirrorsel.model import Kind, Mirror

EQUIVALENT = Code(
    name="equivalent-url",
    what="The URL of another line names the same place, written in another way.",
    why="One mirror is probed as two, and gets two shares of the clients.",
    mend="Remove one of the lines; the case of a host, a default port and encoded"
    " letters make no difference to servers.",
)
PAIR = Code(
    name="http-and-https",
    what="One mirror is listed by http, and by https in another line.",
    why="It gets two shares of the clients; a mirror by https serves clients that come"
    " by http as well.",
    mend="Remove the line with http.",
)
SAME_HOST = Code(
    name="several-on-host",
    what="Another line of the same type lists another folder of the same host.",
    why="The two go down together, get two shares of the clients, and are named to a"
    " client as if one could stand in for the other.",
    mend="Keep the line whose folder holds the tree; give them different `prefix` if"
    " each carries a part.",
)

CODES = (EQUIVALENT, PAIR, SAME_HOST)


def duplicates(subject: Subject) -> Iterator[Problem]:
    """Find the mirrors that are listed more than once."""
    known = {one.line: canonical(one.url) for one in subject.mirrors}
    firsts: dict[tuple[Canonical, bool], Mirror] = {}
    for one in subject.mirrors:
        first = firsts.setdefault((known[one.line], one.backup), one)
        if first is not one:
            message = f"the URL names the same place as the one in line {first.line}"
            yield EQUIVALENT.at(message, one.line, subject.url_column(one))
    # A mirror may stand beside its Backup, and beside one that is out of service.
    for backup in (False, True):
        some = {
            url: one
            for (url, _), one in firsts.items()
            if one.backup is backup and one.disabled is None
        }
        yield from _pairs(subject, some)
        if not backup:
            yield from _same_hosts(subject, some)


def _pairs(subject: Subject, known: dict[Canonical, Mirror]) -> Iterator[Problem]:
    secure = {
        (url.host, url.path): one
        for url, one in known.items()
        if url.scheme == "https" and url.port is None
    }
    for url, one in known.items():
        if url.scheme == "http" and url.port is None:
            twin = secure.get((url.host, url.path))
            if twin is not None:
                message = f"line {twin.line} has the same mirror by https"
                yield PAIR.at(message, one.line, subject.url_column(one))


def _same_hosts(subject: Subject, known: dict[Canonical, Mirror]) -> Iterator[Problem]:
    firsts: dict[tuple[Kind, str, int | None], tuple[Canonical, Mirror]] = {}
    for url, one in known.items():
        there, first = firsts.setdefault((one.kind, url.host, url.port), (url, one))
        if there.path != url.path and not _share_out(first, one):
            message = f"line {first.line} has another mirror of this host"
            yield SAME_HOST.at(message, one.line, subject.url_column(one))


def _share_out(one: Mirror, other: Mirror) -> bool:
    """Return whether two mirrors carry different parts of the tree."""
    if not one.prefixes or not other.prefixes:
        return False
    return not any(
        mine.startswith(theirs) or theirs.startswith(mine)
        for mine in one.prefixes
        for theirs in other.prefixes
    )
