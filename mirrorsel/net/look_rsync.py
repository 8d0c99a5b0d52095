"""What a mirror says of one file by rsync."""

from functools import partial

from mirrorsel.listing import ListedFile
from mirrorsel.listing.rsync import read_line
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.empty_folder import empty_folder
from mirrorsel.net.limits import Limits
from mirrorsel.net.program import Ended
from mirrorsel.net.rsync_client import Client, installed
from mirrorsel.net.rsync_failure import ABSENT, explain
from mirrorsel.net.rsync_target import file_of
from mirrorsel.net.target import Target


def look_rsync(
    url: str, path: str, limits: Limits, resolve: Resolver
) -> ListedFile | None:
    """Return what the daemon lists for one name; None for no such file.

    The size of what a link leads to is not told.
    """
    target = file_of(url)
    program = installed()
    with Deadline(limits.deadline) as deadline:
        addresses = candidates(target.host, limits, deadline, resolve)
        client = Client(program, limits, deadline, limits.size)
        ended = first_reached(addresses, partial(_ask, client, target), deadline)
    if _is_gone(ended):
        return None
    line = read_line(ended.output.removesuffix(b"\n"))
    if ended.status != 0 or line is None:
        raise explain(ended)
    if line.entry.folder:
        return None
    size = line.entry.size
    return ListedFile(path=path, size=size.about if size else None)


def _ask(client: Client, target: Target, to: Address) -> Ended:
    with empty_folder() as folder:
        ended = client.list(target, to, folder)
    if ended.status != 0 and not _is_gone(ended):
        raise explain(ended)
    return ended


def _is_gone(ended: Ended) -> bool:
    first = ended.errors.partition(b"\n")[0]
    return ended.status == 23 and first.endswith(ABSENT)  # noqa: PLR2004 - rsync(1)
