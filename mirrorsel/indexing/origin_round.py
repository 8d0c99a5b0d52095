"""One round of indexing of an origin that is known by its URL alone."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from mirrorsel.errors import FetchError, IndexingError
from mirrorsel.indexing.claims import LIST_LARGEST, may_claim, read_claims
from mirrorsel.indexing.crosscheck import keep_claims
from mirrorsel.indexing.listed import Listed
from mirrorsel.indexing.loss import loss
from mirrorsel.indexing.means import Means
from mirrorsel.indexing.omission import Omission, Omissions
from mirrorsel.indexing.outcome import RoundOutcome
from mirrorsel.indexing.progress import Phase, Progress
from mirrorsel.indexing.sign import Sign
from mirrorsel.indexing.stand import Stand
from mirrorsel.listing import Coverage
from mirrorsel.model import joined
from mirrorsel.net import Limits, fetch
from mirrorsel.net.listed import Lister
from mirrorsel.net.pace import Pace
from mirrorsel.net.reach import Reach
from mirrorsel.net.tree_walk import Wanted

# In random order, so that a few that cannot be had never keep all others waiting.
_UNREAD = """
SELECT file.number, folder.path, file.name, size FROM file
JOIN folder ON folder.id = file.folder
LEFT JOIN sign ON sign.number = file.number
WHERE sign.number IS NULL AND (file.name LIKE '%sha%' OR file.name LIKE '%checksum%')
ORDER BY random()
"""
_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class _HashFile:
    """A hash file that was not read yet."""

    number: int
    path: str
    size: int


class OriginRound:
    """Brings the store up to date with what the origin lists.

    Its hash files are fetched when they are new or changed, and nothing else is.

    Args:
        url: The origin.
        limits: What one request may cost, and where it may go.
        rate: Requests a second at most.
        means: What it works with.
        accept: Whether it is believed at once that most files are gone.

    """

    def __init__(
        self, url: str, limits: Limits, rate: float, means: Means, *, accept: bool
    ) -> None:
        self._url = url
        self._limits = limits
        self._reach = Reach(pause=1 / rate)
        self._means = means
        self._store = means.store
        self._stand = Stand(means.store.database)
        self._accept = accept
        self._omissions = Omissions()

    def run(self) -> RoundOutcome:
        """List all files, and read the hash files that are new or changed.

        Raises:
            IndexingError: the origin cannot be listed.
            StateError: the store cannot be written.

        """
        listed = Listed(self._store, self._omissions, self._means.tell)
        coverage = self._list(listed)
        files, size = listed.count()
        changed, gone = listed.changed(), listed.gone(coverage)
        now = int(self._means.clocks.wall())
        lost = loss(self._stand, files, len(gone), now, accept=self._accept)
        if not lost:
            self._store.forget(*gone)
            self._store.forget_empty_folders()
        for one in changed:
            self._store.put(one.path, one.facts)
        self._stand.completed()
        self._store.commit()
        read = self._read_all(Progress(phase=Phase.READ, files=files, bytes=size))
        return RoundOutcome(
            files=files,
            bytes=size,
            read_files=len(changed),
            read_bytes=read,
            gone=len(gone),
            lost=lost,
            omissions=self._omissions,
        )

    def _list(self, listed: Listed) -> Coverage:
        coverage = Coverage()
        wanted = Wanted(seen=listed.add, coverage=coverage, folder=listed.is_wanted)
        lister = Lister(limits=self._limits, reach=self._reach, pace=self._turns)
        try:
            unlisted = lister.list_tree(self._url, wanted)
        except FetchError as error:
            raise IndexingError(
                f"{self._url}: the published tree cannot be listed: {error.detail}"
            ) from error
        if "" not in coverage.folders:
            why = f": {unlisted[0].detail}" if unlisted else ""
            raise IndexingError(f"{self._url}: the origin lists no files{why}")
        for one in unlisted:
            self._omissions.add(one.folder, Omission.FAULT)
        return coverage

    def _turns(self, reach: Reach) -> Pace:
        """Return when requests may be sent, which ends with the work."""
        work = self._means.pace
        return Pace(reach, sleep=work.wait, check=work.check)

    def _read_all(self, progress: Progress) -> int:
        """Read the hash files that were not read yet; return their bytes."""
        due = self._unread()
        total = sum(one.size for one in due)
        progress = replace(progress, due_files=len(due), due_bytes=total)
        turns, failures, done = self._turns(self._reach), 0, 0
        for count, one in enumerate(due, start=1):
            failures = 0 if self._read(one, turns) else failures + 1
            if failures >= _PATIENCE:
                break
            done += one.size
            self._means.tell(replace(progress, done_files=count, done_bytes=done))
            self._store.commit()
            self._means.publisher.within()
        return done

    def _unread(self) -> list[_HashFile]:
        found = (
            _HashFile(number, joined(folder, name), size or 0)
            for number, folder, name, size in self._store.database.rows(_UNREAD)
        )
        return [one for one in found if may_claim(one.path, one.size)]

    def _read(self, file: _HashFile, turns: Pace) -> bool:
        """Read one hash file; return whether it could be had."""
        limits = replace(self._limits, size=LIST_LARGEST)
        try:
            turns.turn()
            content = fetch(self._url + quote(file.path), limits).body
        except FetchError:
            self._means.pace.check()
            self._omissions.add(file.path, Omission.WITHHELD)
            return False
        keep_claims(self._store, file.number, read_claims(file.path, content))
        self._store.mark()
        # It is read again when it is another file.
        self._store.sign(file.number, Sign(0, 0, 0, int(self._means.clocks.wall())))
        return True
