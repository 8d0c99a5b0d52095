"""A small network of mirrors on loopback, with clients placed in countries."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.geodb import write_city_database
from tests.httpd.served import Order
from tests.loopback import Loopback, closed_port, hanging, stamped

GERMAN, JAPANESE, AMERICAN, NOWHERE = "127.0.1.5", "127.0.2.5", "127.0.3.5", "127.0.9.5"
PROXY = "127.0.0.9"
FILE = "httpd/httpd-2.4.66.tar.gz"

_PLACES = {
    "127.0.1.0/24": {"country": "de", "latitude": 52.5, "longitude": 13.4},
    "127.0.2.0/24": {"country": "jp", "latitude": 35.7, "longitude": 139.7},
    "127.0.3.0/24": {"country": "us", "latitude": 40.7, "longitude": -74.0},
}
_DAY = 86400

SETTINGS = """
[list]
origin = "{origin}"
[health]
rise = 1
fall = 2
[checker]
period = "1s"
timeout = "0.5s"
deadline = "1s"
private_addresses = true
# They answer everything with their stamp.
samples = []
[geoip]
database = "places.mmdb"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Mirrors that run, by what they are like."""

    origin: Loopback
    german: Loopback
    japanese: Loopback
    stale: Loopback
    hanging: Loopback
    refusing: str
    """The URL of a mirror that is not there."""

    @property
    def mirrors(self) -> str:
        """All of them as a list."""
        return (
            f"http de {self.german.url} -\n"
            f"http jp {self.japanese.url} -\n"
            f"http de {self.stale.url} - lat=52.5 lon=13.4\n"
            f"http us {self.hanging.url} -\n"
            f"http us {self.refusing} -\n"
            f"http Backup {self.origin.url}\n"
        )

    def order(self, **more: object) -> Order:
        """Return what serves this network, with two processes."""
        with TemporaryDirectory() as folder:
            places = write_city_database(Path(folder, "places.mmdb"), _PLACES)
            database = places.read_bytes()
        values: dict[str, object] = {
            "settings": SETTINGS.format(origin=self.origin.url),
            "mirrors": self.mirrors,
            "files": {"places.mmdb": database},
            "processes": 2,
            "trusted_proxies": (PROXY,),
            **more,
        }
        return Order(**values)  # type: ignore[arg-type] # any field of an order


@contextlib.contextmanager
def network() -> Iterator[Network]:
    """Run the mirrors until the context is left."""
    with contextlib.ExitStack() as stack:
        run = stack.enter_context
        yield Network(
            origin=run(Loopback(stamped(0), host="127.0.0.10")),
            german=run(Loopback(stamped(0), host="127.0.0.11")),
            japanese=run(Loopback(stamped(0), host="127.0.0.12")),
            stale=run(Loopback(stamped(3 * _DAY), host="127.0.0.13")),
            hanging=run(Loopback(hanging, host="127.0.0.14")),
            refusing=run(closed_port("127.0.0.15")),
        )
