"""Folders with all files of a small site."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from mirrorsel.model import Health, Snapshot, State
from mirrorsel.state import write_snapshot
from mirrorsel.web.app import Wsgi

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

LIST = """\
http de https://de1.example/apache/
http de https://de2.example/apache/
http fr https://fr.example/
http uk https://uk.example/apache/
http us https://us.example/apache/
http jp http://jp.example/apache/
ftp de ftp://ftp.example/apache/
rsync de rsync://rsync.example/apache/
http fr https://off.example/apache/ - disabled="disk full"
http Backup https://backup.example/
"""

ORIGIN = "https://origin.example/"

BASES = (
    "https://de1.example/apache/",
    "https://de2.example/apache/",
    "https://fr.example/",
    "https://uk.example/apache/",
    "https://us.example/apache/",
    "http://jp.example/apache/",
    "https://backup.example/",
    ORIGIN,
)
"""The bases of `LIST` that a redirect may lie below."""

SETTINGS = f'[list]\norigin = "{ORIGIN}"\n'

MakeSite = Callable[..., Wsgi]
"""Makes an application; takes what `lay_out` takes, without the folder, and what
`tests.tree.published.publish` takes besides: `published` and `held`."""


UP = Health(state=State.UP, checked=NOON, stamp=NOON)
DOWN = Health(state=State.DOWN, checked=NOON, stamp=NOON)
STALE = Health(state=State.UP, checked=NOON, stamp=NOON, stale=True)

WELL: Mapping[str, Health] = MappingProxyType({})


def lay_out(
    folder: Path,
    *,
    listed: str | None = LIST,
    settings: str | None = SETTINGS,
    health: Mapping[str, Health] | None = WELL,
) -> Path:
    """Write the files of a site; return its settings file.

    Args:
        folder: Where they go.
        listed: The text of mirrors.list; None for no such file.
        settings: The text of mirrorsel.toml; None for no such file.
        health: What the snapshot says of hosts, of all others that they are up;
            None for no snapshot.

    """
    file = folder / "mirrorsel.toml"
    if settings is not None:
        file.write_text(settings)
    if listed is not None:
        (folder / "mirrors.list").write_text(listed)
    (folder / "state").mkdir(exist_ok=True)
    if health is not None:
        write_health(folder, listed or "", health)
    return file


def indexed(settings: str) -> str:
    """Return settings with an index of the published files, as far as they have none.

    It is one that another machine made, so that none is made from a folder here.
    """
    if "index = " in settings:
        return settings
    section = "[tree]\n"
    head, _, rest = settings.partition(section)
    return f'{head}\n{section}index = "origin"\n{rest}'


def write_health(
    folder: Path, listed: str, health: Mapping[str, Health] = WELL
) -> None:
    """Write a snapshot in which every mirror of a list was probed."""
    known = {
        url: health.get(url.split("/")[2], UP) for url in listed.split() if "://" in url
    }
    write_snapshot(folder / "state" / "snapshot", Snapshot(taken=NOON, health=known))
