"""The whole content of a module, by rsync."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from mirrorsel.errors import FetchError
from mirrorsel.listing.rsync import is_line, read_line, unreadable
from mirrorsel.model import Outcome
from mirrorsel.net.address import Address, Resolver
from mirrorsel.net.candidates import candidates, first_reached
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.empty_folder import empty_folder
from mirrorsel.net.limits import Limits
from mirrorsel.net.pace import Pace, StopError
from mirrorsel.net.plain import plain
from mirrorsel.net.program import Ended
from mirrorsel.net.rsync_client import Client
from mirrorsel.net.rsync_failure import ABSENT, explain
from mirrorsel.net.rsync_target import folder_of
from mirrorsel.net.target import Target
from mirrorsel.net.tree_flat import FlatTree
from mirrorsel.net.tree_walk import Unlisted, Wanted

_PARTIAL = frozenset({23, 24})
_ERRORS = 2**20
_LONGEST_LINE = 65536
_MOST_LINKS = 64


class RsyncTree:
    """Lists a mirror's folders with all that is below them.

    Args:
        base: The mirror's URL, ending in a slash.
        client: The path of the client.
        limits: What waiting may cost, and where it may go.
        resolve: Gives the addresses of a host that may be tried, of one at least.
        pace: What all may cost.

    """

    def __init__(
        self, base: str, client: str, limits: Limits, resolve: Resolver, pace: Pace
    ) -> None:
        self._base = base
        self._client = client
        self._limits = replace(limits, overhead=_ERRORS, deadline=pace.remaining)
        self._resolve = resolve
        self._pace = pace
        self.unlisted: list[Unlisted] = []

    def list_all(self, wanted: Wanted) -> None:
        """List all below the prefixes.

        A link is followed where a folder is wanted.

        Raises:
            FetchError: the list is none, or broke off; then nothing of it is covered.

        """
        waiting = list(reversed(wanted.prefixes))
        links = 0
        while waiting:
            prefix = waiting.pop()
            if prefix in wanted.coverage.folders:
                continue
            try:
                found = self._list(prefix, wanted)
            except FetchError as error:
                if error.outcome != Outcome.STATUS:
                    raise
                self._pass_over(prefix, error.detail)
                continue
            links += len(found)
            if links > _MOST_LINKS:
                detail = f"more than {_MOST_LINKS} links in the place of folders"
                raise StopError(Outcome.TOO_LARGE, detail)
            waiting += found

    def _list(self, prefix: str, wanted: Wanted) -> list[str]:
        """List one folder with all below it, and return the links to wanted ones."""
        target = folder_of(self._base + (f"{quote(prefix)}/" if prefix else ""))
        self._pace.turn()
        with (
            Deadline(self._pace.remaining) as deadline,
            empty_folder() as folder,
        ):
            client = Client(self._client, self._limits, deadline, 0)
            tree = FlatTree(prefix, wanted, self._pace)
            run = _Run(client, target, folder, tree)
            found = candidates(target.host, self._limits, deadline, self._resolve)
            ended = first_reached(found, run.once, deadline)
        if prefix and _is_gone(ended):
            wanted.coverage.lose(prefix)
            return []
        left_out = run.left_out(ended)
        for one in tree.cover(left_out):
            self._pass_over(one, "not all of it could be read")
        return tree.links

    def _pass_over(self, folder: str, detail: str) -> None:
        self.unlisted.append(
            Unlisted(folder=folder, outcome=Outcome.STATUS, detail=detail)
        )


class _Run:
    """One run of the client, whose list is read as it comes."""

    def __init__(
        self, client: Client, target: Target, folder: Path, tree: FlatTree
    ) -> None:
        self._client = client
        self._target = target
        self._folder = folder
        self._rest = b""
        self._tree = tree

    def once(self, to: Address) -> Ended:
        """Run the client against one address."""
        self._rest = b""
        ended = self._client.list_all(self._target, to, self._folder, self._take)
        if ended.status != 0 and ended.status not in _PARTIAL:
            raise explain(ended)
        return ended

    def left_out(self, ended: Ended) -> tuple[str, ...]:
        """Return the folders that were not listed as a whole.

        Raises:
            FetchError: it is not known which, or the list itself is gone.

        """
        if self._rest:
            raise FetchError(Outcome.PROTOCOL, "the list breaks off")
        if ended.status == 0 and not ended.errors:
            return ()
        _, _, inner = self._target.path.rstrip(b"/").partition(b"/")
        found = unreadable(ended.errors, inner)
        if found is None or (ended.status != 0 and not found):
            raise explain(ended)
        return found

    def _take(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise FetchError(Outcome.TOO_LARGE, "a line without end")
        for line in lines:
            found = read_line(line)
            if found is not None:
                self._tree.put(found.folder, found.entry)
            elif is_line(line):
                self._tree.pass_over()
            else:
                said = plain(line[:200].decode(errors="replace"))
                raise FetchError(Outcome.PROTOCOL, f"no line of a list: {said}")


def _is_gone(ended: Ended) -> bool:
    """Return whether there is no such folder, by what the daemon says of it."""
    first = ended.errors.partition(b"\n")[0]
    absent = b"change_dir" in first and first.endswith(ABSENT)
    return ended.status in _PARTIAL and absent
