"""The names of the files in the state folder."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StateFolder:
    """A state folder, which the checker alone writes."""

    path: Path

    @property
    def snapshot(self) -> Path:
        """What requests need to know of the mirrors' health."""
        return self.path / "snapshot"

    @property
    def has_snapshot(self) -> bool:
        """Whether there is one; where that cannot be seen, reading it tells why."""
        try:
            self.snapshot.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    @property
    def journal(self) -> Path:
        """What happened, cycle by cycle."""
        return self.path / "journal"

    @property
    def history(self) -> Path:
        """What the status pages tell of the past."""
        return self.path / "history"

    @property
    def probes(self) -> Path:
        """The folder with the last probes of each mirror, a file a mirror."""
        return self.path / "probes"

    @property
    def index(self) -> Path:
        """The folder of all that is known of published files."""
        return self.path / "index"

    @property
    def files(self) -> Path:
        """The index of published files, a version that is never written again."""
        return self.index / "files"

    @property
    def work(self) -> Path:
        """The writer's own copy of that index, for nobody else."""
        return self.index / "work"

    @property
    def indexed(self) -> Path:
        """How the index stands, and what is left out of it."""
        return self.index / "indexed"

    @property
    def holders(self) -> Path:
        """Which mirror holds which published file."""
        return self.index / "holders"

    @property
    def scans(self) -> Path:
        """How the last scan of each mirror went."""
        return self.index / "scans"

    @property
    def underway(self) -> Path:
        """The folder of what scans that have not ended have seen, a file a mirror."""
        return self.index / "underway"

    @property
    def last_good_list(self) -> Path:
        """A copy of the last list of mirrors without an error."""
        return self.path / "last-good.list"

    @property
    def lock(self) -> Path:
        """What keeps a second checker from writing here."""
        return self.path / "lock"

    @property
    def starts(self) -> Path:
        """How often the checker started without finishing a cycle."""
        return self.path / "starts"

    @property
    def published_list(self) -> Path:
        """The list as it is published."""
        return self.path / "published" / "mirrors.list"
