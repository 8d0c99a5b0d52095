"""A process that downloads the lists of a mirror, and looks at nothing.

``python -m bench.files.bare URL FILE`` takes the lists that FILE names, a line each,
and prints the seconds that it computed; of rsync all comes in one.
"""

import ftplib
import http.client
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bench.ending import end_in_order
from bench.files.usage import cpu_seconds


def main(url: str, lists: Sequence[str]) -> None:
    """Get all lists once."""
    used = cpu_seconds()
    _WAYS[urlsplit(url).scheme](url, lists)
    sys.stdout.write(f"{cpu_seconds() - used}")


def _by_http(url: str, lists: Sequence[str]) -> None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    for one in lists:
        connection.request("GET", one)
        connection.getresponse().read()
    connection.close()


def _by_ftp(url: str, lists: Sequence[str]) -> None:
    parts = urlsplit(url)
    with ftplib.FTP(timeout=60) as session:  # noqa: S321 - what mirrors speak
        session.connect(parts.hostname or "", parts.port or 0)
        session.login()
        for one in lists:
            session.retrlines(f"MLSD {one}", lambda _: None)


def _by_rsync(url: str, _: Sequence[str]) -> None:
    command = ["rsync", "--list-only", "--recursive", url]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


_WAYS: Mapping[str, Callable[[str, Sequence[str]], None]] = {
    "http": _by_http,
    "ftp": _by_ftp,
    "rsync": _by_rsync,
}

if __name__ == "__main__":
    end_in_order()
    main(sys.argv[1], Path(sys.argv[2]).read_text().splitlines())
