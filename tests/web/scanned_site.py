"""A site whose published files are indexed, and whose mirrors were scanned."""

from datetime import timedelta
from pathlib import Path

from mirrorsel.indexing.omission import Omission
from mirrorsel.indexing.standing import IndexStanding, write_standing
from mirrorsel.model import LastScan, WholeScan
from mirrorsel.state import StateFolder
from mirrorsel.state.holders import read_holders, write_holders
from mirrorsel.state.scans import write_scans
from tests.tree.published import publish
from tests.web.status_site import DE, FR, HOSTILE, NOON, US, Site, make_site

INDEXED = '[tree]\nindex = "origin"\n'
WHOLE = WholeScan(
    at=(NOON - timedelta(hours=3)).timestamp(),
    seconds=12.5,
    protocol="rsync",
    folders=40,
    unlisted=0,
    listed=2100,
    held=1997,
    missing=2,
    wrong=1,
)
SCANS = {
    DE: LastScan(ended=NOON.timestamp() - 9000, seconds=12.5, whole=WHOLE),
    FR: LastScan(
        ended=NOON.timestamp() - 600,
        failures=2,
        outcome="status",
        detail=f"503 {HOSTILE}",
        whole=WHOLE,
    ),
    US: LastScan(
        ended=NOON.timestamp() - 60,
        failures=3,
        outcome="status",
        detail="403 Forbidden",
        unscannable=True,
    ),
}
STANDING = IndexStanding(
    root="https://origin.example/",
    at=NOON,
    ended=NOON - timedelta(minutes=4),
    seconds=2.5,
    files=2000,
    bytes=10**12,
    disputed=1,
    left_out={Omission.HIDDEN: 3},
)


def make_scanned_site(folder: Path) -> Site:
    """Return a site in which one mirror was scanned, one waits and one lists none."""
    state = StateFolder(folder / "state")
    publish(state.path, {"a": b"a"}, {DE: {"a"}, FR: {"a"}})
    holders = read_holders(state.holders)
    write_holders(state.holders, holders.with_waiting({FR}))
    write_scans(state.scans, SCANS)
    write_standing(state.indexed, STANDING)
    return make_site(folder, INDEXED)
