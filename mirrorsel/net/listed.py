"""What a mirror holds: all of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.bucket_tree import BucketTree
from mirrorsel.net.conversation import Conversation
from mirrorsel.net.folder_pages import BucketMetError, FolderPages
from mirrorsel.net.ftp_folders import FtpFolders
from mirrorsel.net.limits import Limits
from mirrorsel.net.pace import Pace
from mirrorsel.net.reach import Reach
from mirrorsel.net.rsync_client import installed
from mirrorsel.net.rsync_tree import RsyncTree
from mirrorsel.net.target import Target
from mirrorsel.net.tree_walk import TreeWalk, Unlisted, Wanted

_FTP_PORT = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Lister:
    """How mirrors are listed."""

    limits: Limits
    """What one request may cost, and where it may go; `size` does not count."""
    reach: Reach = field(default_factory=Reach)
    """What a whole listing may cost."""
    resolve: Resolver = resolve
    """Gives the addresses of a host that may be tried, of one at least."""
    program: str = "rsync"
    """The rsync client, by its name or path."""
    pace: Callable[[Reach], Pace] = Pace
    """Makes what tells when requests are sent."""

    def list_tree(self, url: str, wanted: Wanted) -> tuple[Unlisted, ...]:
        """List what a mirror holds, by the protocol of its URL.

        Args:
            url: The mirror's root: http, https, ftp or rsync, ending in a slash.
            wanted: What is wanted, and who is told of it. With what its coverage
                holds of a listing that broke off, by HTTP or FTP, the listing goes on.

        Returns:
            The folders that could not be listed, whose files nobody knows.

        Raises:
            FetchError: the listing cannot go on. What was told and covered until then
                holds.

        """
        pace = self.pace(self.reach)
        scheme = url.partition(":")[0]
        if scheme == "rsync":
            return self._by_rsync(url, wanted, pace)
        if scheme == "ftp":
            return self._by_ftp(url, wanted, pace)
        return self._by_http(url, wanted, pace)

    def _by_http(self, url: str, wanted: Wanted, pace: Pace) -> tuple[Unlisted, ...]:
        limits = replace(self.limits, size=self.reach.page)
        with Conversation(limits, self.resolve) as conversation:
            pages = FolderPages(url, conversation, limits.redirects, pace)
            walk = TreeWalk(pages, wanted, pace)
            try:
                walk.run()
            except BucketMetError:
                BucketTree(url, conversation, pace).list_all(wanted)
        return tuple(walk.unlisted)

    def _by_ftp(self, url: str, wanted: Wanted, pace: Pace) -> tuple[Unlisted, ...]:
        target = Target.of(url, "ftp", _FTP_PORT)
        with FtpFolders(target, self.limits, self.resolve, pace) as folders:
            walk = TreeWalk(folders, wanted, pace)
            walk.run()
        return tuple(walk.unlisted)

    def _by_rsync(self, url: str, wanted: Wanted, pace: Pace) -> tuple[Unlisted, ...]:
        tree = RsyncTree(url, installed(self.program), self.limits, self.resolve, pace)
        tree.list_all(wanted)
        return tuple(tree.unlisted)
