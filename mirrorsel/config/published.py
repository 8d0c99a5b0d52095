"""The section of the settings about the published files."""

from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.setting import (
    base_url,
    choice,
    duration,
    number,
    setting,
    size,
    size_or_none,
    text,
    trackers,
    whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeSettings:
    """The section `[tree]`: the published files, where this machine has them."""

    folder: str = setting(
        text(),
        "",
        "The folder that mirrors copy; a file that is not in it gets the page that"
        " names the archive. Empty if it is not here: every file then counts as"
        " published. The account that answers requests must be able to enter it,"
        " with all folders above and below, and needs no right to list or write them."
        " The checker compares mirrors with its files as far as its account can list"
        " and read them.",
    )
    archive: str = setting(
        base_url(),
        "https://archive.apache.org/dist/",
        "The tree of all that was ever published.",
    )
    index: str = setting(
        choice("off", "folder", "origin"),
        "off",
        "Whether the checker keeps an index of the published files, so that a request"
        " goes to a mirror that has the file: made from `folder`, whose files it"
        " hashes, or from listings and hash files of `origin` of `[list]`. Where the"
        " checker is off, an index that was copied into the state folder is used.",
    )
    index_period: float = setting(
        duration(1, 7 * 86400),
        "5m",
        "The time from the end of one look at all published files to the next.",
    )
    pieces_from: int = setting(
        size(2**20, 2**40),
        "16MiB",
        "Files of this size and larger get hashes of their pieces too, so that a"
        " client can mend a download that is wrong in one place.",
    )
    torrent_from: int = setting(
        size_or_none(2**20, 2**40),
        0,
        "Files of this size and larger that have hashes of their pieces get a torrent"
        " whose seeds are the mirrors; `0` for none.",
    )
    trackers: tuple[str, ...] = setting(
        trackers(),
        (),
        "Where clients of a torrent find each other; without one they take all from"
        " the mirrors, or find each other by themselves.",
    )
    scan_period: float = setting(
        duration(1, 30 * 86400),
        "24h",
        "The time from one scan of a mirror to the next: what it holds of the"
        " published files. New files are looked for on all mirrors at once.",
    )
    scan_jobs: int = setting(
        whole(1, 50),
        4,
        "How many mirrors are scanned at once; of several, one place is kept for those"
        " that were out or got new files.",
    )
    scan_rate: float = setting(
        number(0.1, 1000),
        4,
        "How many requests a second a scan makes to one mirror at most.",
    )


def tree_contradictions(settings: TreeSettings) -> Iterator[tuple[str, str]]:
    """Yield the settings that cannot be as they are, each with what is wrong."""
    if settings.index == "folder" and not settings.folder:
        message = '`index = "folder"` needs a `folder`; without one there is "origin"'
        yield "index", message
