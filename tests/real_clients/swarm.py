"""BitTorrent clients that find their peers and seeds in the torrent alone."""

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import libtorrent as lt
import pytest

from tests.waiting import wait_for

# Nobody outside is asked or told: no DHT, no local peers, no router.
_QUIET: Mapping[str, Any] = {
    "enable_dht": False,
    "enable_lsd": False,
    "enable_upnp": False,
    "enable_natpmp": False,
    "listen_interfaces": "127.0.0.1:0",
    "outgoing_interfaces": "lo",
    "alert_mask": lt.alert.category_t.error_notification,
}
BANNED = "peer banned"
"""What is said of a seed that is not asked any more."""
_TRIES = 5
_ARIA2 = (
    "--no-conf",
    "--enable-dht=false",
    "--enable-dht6=false",
    "--bt-enable-lpd=false",
    "--enable-peer-exchange=false",
    "--disable-ipv6",
    "--seed-time=0",
    "--bt-stop-timeout=3",
    "--max-tries=2",
    "--follow-torrent=mem",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A session of libtorrent with one torrent."""

    session: lt.session
    handle: lt.torrent_handle

    @property
    def finished(self) -> bool:
        """Whether it has the whole file, and has found it to be right."""
        return bool(self.handle.status().is_seeding)

    @property
    def pieces(self) -> int:
        """How many pieces it has found to be right."""
        return int(self.handle.status().num_pieces)

    @property
    def port(self) -> int:
        """Where other clients find it on this machine."""
        return int(self.session.listen_port())

    def complaints(self) -> list[str]:
        """Return what it has complained of since it was last asked."""
        return [one.message() for one in self.session.pop_alerts()]


@contextlib.contextmanager
def client(torrent: lt.add_torrent_params, folder: Path) -> Iterator[Client]:
    """Download a torrent into a folder until the context is left."""
    folder.mkdir(exist_ok=True)
    torrent.save_path = str(folder)
    session = lt.session(cast("lt.settings_pack", dict(_QUIET)))
    try:
        yield Client(session=session, handle=session.add_torrent(torrent))
    finally:
        # Its end is waited for when the last reference to it goes.
        session.pause()
        del session


def download(torrent: lt.add_torrent_params, folder: Path) -> None:
    """Return when the whole file is there.

    Where several seeds have sent parts of a wrong piece, libtorrent now and then bans
    the one that was right as well. Its user begins anew then, with what is there.
    """
    for _ in range(_TRIES):
        with client(torrent, folder) as running:
            if _is_downloaded(running, len(torrent.url_seeds)):
                return
    pytest.fail(f"all seeds were banned, {_TRIES} times")


def _is_downloaded(running: Client, seeds: int) -> bool:
    """Return whether it has all in the end; else it has banned all its seeds."""
    heard: list[str] = []

    def ended() -> bool:
        heard.extend(running.complaints())
        return running.finished or sum(BANNED in one for one in heard) == seeds > 0

    wait_for(ended)
    return running.finished


def aria2(address: str, folder: Path) -> int:
    """Let aria2 download what a torrent describes, and return how it ends."""
    folder.mkdir(exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    command = ("aria2c", *_ARIA2, f"--listen-port={port}", "--dir", str(folder))
    ran = subprocess.run(
        (*command, "--interface=127.0.0.1", address),
        env=own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return ran.returncode
