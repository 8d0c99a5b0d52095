"""The loss of most files at once, which is not believed at once."""

from mirrorsel.indexing.stand import Stand

_FEW = 100
_BELIEVED_AFTER = 86400


def loss(stand: Stand, seen: int, gone: int, now: int, *, accept: bool) -> int:
    """Return since when most files are gone, if that is not believed; else 0.

    A disk that is not mounted leaves an empty folder behind, which no release does: so
    a tree in which nothing is left is never believed, and one that has lost more than
    half of its files, and at least 100, after a day.

    Args:
        stand: How far the index has come, which remembers since when.
        seen: How many files are there.
        gone: How many are not there any more.
        now: The present, in seconds of Unix time.
        accept: Whether it is believed in any case.

    """
    before, _ = stand.count()
    empty = before > 0 and seen == 0
    most = gone >= _FEW and seen < before / 2
    since = (stand.lost or now) if empty or most else 0
    if accept or (not empty and now - since >= _BELIEVED_AFTER):
        since = 0
    stand.lose(since)
    return since
