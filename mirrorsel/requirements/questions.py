"""The questions that a would-be mirror is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

_STAMP_SIZE = 4096
_PAGE_SIZE = 256 * 1024
_REDIRECTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One URL with how it is asked for."""

    path: str
    """Below the base."""
    of_origin: bool = False
    """Whether it goes to the origin instead of the mirror."""
    size: int = 0
    """How many bytes of the body are wanted."""
    redirects: int = 0
    """How many redirects are followed; with 0, a redirect is the answer."""
    coding: str = "identity"
    """The content coding that the client says it takes."""
    family: int | None = None
    """The IP family, 4 or 6, over which it is asked, at the very base that was given.

    None for any.
    """
    by_https: bool = False
    """Whether it is asked by https of a base that was given with http."""

    @property
    def is_page(self) -> bool:
        """Whether it asks for the page of a folder."""
        return bool(self.size) and (not self.path or self.path.endswith("/"))


def _archive(suffix: str) -> Question:
    # As browsers ask, so that a server which compresses archives shows it.
    return Question(
        path=f"zzz/mirror-tests/1mb.img.{suffix}", redirects=_REDIRECTS, coding="gzip"
    )


_TAR_GZ = _archive("tar.gz")
_ARCHIVES = (*map(_archive, ("7z", "bz2", "tgz", "zip")), _TAR_GZ)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All questions that one checklist needs; the first tells whether it is there."""

    stamp: Question = Question(
        path="zzz/time.txt", size=_STAMP_SIZE, redirects=_REDIRECTS
    )
    home: Question = Question(path="", size=_PAGE_SIZE, redirects=_REDIRECTS)
    zzz: Question = Question(path="zzz/", size=_PAGE_SIZE, redirects=_REDIRECTS)
    no_folder: Question = Question(path="harmony/")
    no_file: Question = Question(path="zzz/___")
    redirect: Question = Question(path="zzz/mirror-tests/redirect-test/xyz")
    archives: tuple[Question, ...] = _ARCHIVES
    tar_gz: Question = _TAR_GZ
    original: Question = Question(
        path="", of_origin=True, size=_PAGE_SIZE, redirects=_REDIRECTS
    )

    ipv4: Question = Question(path="", family=4)
    ipv6: Question = Question(path="", family=6)

    @property
    def twin(self) -> Question:
        """What asks for the stamp by https."""
        return replace(self.stamp, by_https=True)

    def with_stamp(self, path: str) -> "Questions":
        """Return the same questions with another path of the stamp."""
        return replace(self, stamp=replace(self.stamp, path=path.lstrip("/")))

    def __iter__(self) -> Iterator[Question]:
        yield from (self.home, self.stamp, self.zzz, self.no_folder, self.no_file)
        yield from (self.redirect, *self.archives, self.original)
        yield from (self.ipv4, self.ipv6, self.twin)
