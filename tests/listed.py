"""How tests list mirrors on loopback."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mirrorsel.errors import FetchError
from mirrorsel.listing import Coverage, ListedFile
from mirrorsel.net import Limits, Lister, Reach, Unlisted
from mirrorsel.net.tree_walk import Wanted

LIMITS = Limits(timeout=3, deadline=5, private_addresses=True)
REACH = Reach(pause=0, seconds=60)


@dataclass
class Listed:
    """What one listing came to, and those that went on with it."""

    lister: Lister = field(default_factory=lambda: Lister(limits=LIMITS, reach=REACH))
    coverage: Coverage = field(default_factory=Coverage)
    seen: list[ListedFile] = field(default_factory=list)
    unlisted: tuple[Unlisted, ...] = ()

    def go(
        self,
        url: str,
        prefixes: Iterable[str] = ("",),
        wanted: Callable[[str], bool] = lambda _: True,
    ) -> "Listed":
        """List a mirror."""
        asked = Wanted(
            seen=self.seen.append,
            coverage=self.coverage,
            prefixes=tuple(prefixes),
            folder=wanted,
        )
        self.unlisted = self.lister.list_tree(url, asked)
        return self

    def fails(self, url: str, prefixes: Iterable[str] = ("",)) -> FetchError:
        """List a mirror, and return why that cannot go on."""
        with pytest.raises(FetchError) as caught:
            self.go(url, prefixes)
        return caught.value

    @property
    def paths(self) -> list[str]:
        """The files that were seen, sorted."""
        return sorted(one.path for one in self.seen)

    @property
    def sizes(self) -> dict[str, int | None]:
        """The sizes of the files that were seen, or about so many bytes."""
        return {one.path: one.size for one in self.seen}

    @property
    def folders(self) -> list[str]:
        """The folders that were covered, sorted."""
        return sorted(self.coverage.folders)


SIZES = {
    "KEYS": 5,
    "a/big.tar.gz": 1234567,
    'a/b/odd é %41 & <b> "q" #?;+.txt': 3,
    "a/b/empty": 0,
    "a/mid:1.zip": 12345,
}


def make_tree(root: Path) -> Path:
    """Make the files of `SIZES`, an empty folder and one that nobody wants."""
    for path, size in SIZES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"x" * size)
    (root / "none").mkdir()
    (root / "private").mkdir()
    (root / "private" / "secret").write_bytes(b"x")
    return root


def is_wanted(folder: str) -> bool:
    """Return whether a folder of `make_tree` is published, or one that is not there."""
    return folder in {"", "a", "a/b", "none", "gone"}


FOLDERS = ["", "a", "a/b", "none"]
