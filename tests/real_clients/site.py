"""A site of published files behind a real httpd, with mirrors that copy it.

The mirrors stand at growing distances from the client, and the origin last, so that
their order is known. Each folder of the tree is a scene, in which some of them
misbehave.
"""

import contextlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests.geodb import write_city_database
from tests.httpd.served import Order, Served, open_folder, serving
from tests.indexing.trees import index, lay
from tests.real_clients.mirrors import (
    BREAKS_OFF,
    CORRUPTS,
    HANGS,
    LACKS,
    LEAVES,
    LENGTHENS,
    TRICKLES,
    TRUNCATES,
    Conduct,
    Mirror,
)
from tests.waiting import eventually

LARGE, SMALL, ODD = "release.iso", "notes.txt", "a b%20.iso"
_PIECE = 2**20
_SIZES: Mapping[str, int] = MappingProxyType(
    {LARGE: 5 * _PIECE + 12_345, SMALL: 50_000}
)

Scene = Mapping[str, Conduct]
"""What those do that misbehave: `first`, `second`, `third` or `origin`."""


def _all(conduct: Conduct) -> Scene:
    return dict.fromkeys(("first", "second", "third", "origin"), conduct)


SCENES: Mapping[str, Scene] = MappingProxyType(
    {
        "well": {},
        "corrupt": {"first": CORRUPTS},
        "corrupt-two": {"first": CORRUPTS, "second": CORRUPTS},
        "corrupt-all": _all(CORRUPTS),
        "truncated": {"first": TRUNCATES},
        "truncated-all": _all(TRUNCATES),
        "longer": {"first": LENGTHENS},
        "longer-all": _all(LENGTHENS),
        "lacking": {"first": LACKS},
        "lacking-all": _all(LACKS),
        "breaking": {"first": BREAKS_OFF},
        "leaving": {"first": LEAVES},
        "leaving-all": _all(LEAVES),
        "hanging": {"first": HANGS},
        "trickling": {"first": TRICKLES},
    }
)
_PLACES = {"127.0.0.0/8": {"country": "de", "latitude": 52.5, "longitude": 13.4}}
_SETTINGS = """\
[list]
origin = "{origin}"
[checker]
enabled = false
[geoip]
database = "places.mmdb"
[tree]
folder = "{tree}"
index = "{index}"
pieces_from = "1MiB"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running site."""

    served: Served
    mirrors: Mapping[str, Mirror]
    """From the nearest to the farthest, `origin` last."""
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def url(self) -> str:
        """The address below which files are asked for."""
        return f"{self.served.httpd.url}/get/"

    def content(self, scene: str, name: str = LARGE) -> bytes:
        """Return what is published under a name in a scene."""
        return self.files[f"{scene}/{name}"]

    def sent(self, scene: str, name: str = LARGE) -> dict[str, int]:
        """Return what each mirror sent of a file, where it sent anything."""
        path = f"{scene}/{name}"
        return {
            role: one.sent[path] for role, one in self.mirrors.items() if one.sent[path]
        }

    def forget(self) -> None:
        """Begin anew."""
        for one in self.mirrors.values():
            one.forget()


@contextlib.contextmanager
def running_site(*, indexed: bool = True) -> Iterator[Site]:
    """Run the site until the context is left.

    Args:
        indexed: Whether there is an index of the published files.

    """
    files = _published()
    with contextlib.ExitStack() as stack:
        tree = stack.enter_context(open_folder())
        lay(tree, files)
        mirrors = {
            role: stack.enter_context(_mirror(role, number, files))
            for number, role in enumerate(("first", "second", "third", "origin"))
        }
        served = stack.enter_context(serving(_order(tree, mirrors, indexed=indexed)))
        if indexed:
            index(tree, served.home.state, pieces_from=_PIECE)
        # The first answer also takes as long as the application takes to begin.
        wanted = "digest" if indexed else "location"
        asked = f"/get/well/{LARGE}"
        assert eventually(lambda: wanted in served.ask(asked).headers)
        yield Site(served=served, mirrors=mirrors, files=files)


def _published() -> dict[str, bytes]:
    files = {}
    for scene in SCENES:
        for name, size in _SIZES.items():
            path = f"{scene}/{name}"
            files[path] = random.Random(path).randbytes(size)
    files[f"well/{ODD}"] = random.Random(ODD).randbytes(_SIZES[LARGE])
    return files


def _mirror(role: str, number: int, files: Mapping[str, bytes]) -> Mirror:
    conducts = {name: scene[role] for name, scene in SCENES.items() if role in scene}
    return Mirror(f"127.0.0.{31 + number}", "/pub/", files, conducts)


def _order(tree: Path, mirrors: Mapping[str, Mirror], *, indexed: bool) -> Order:
    """Return what serves the site; a mirror is farther away than the one before."""
    settings = _SETTINGS.format(
        origin=mirrors["origin"].url, tree=tree, index="folder" if indexed else "off"
    )
    lines = (
        f"http {country} {mirrors[role].url} -\n"
        for role, country in (("first", "de"), ("second", "us"), ("third", "au"))
    )
    with TemporaryDirectory() as folder:
        database = write_city_database(Path(folder, "places.mmdb"), _PLACES)
        return Order(
            settings=settings,
            mirrors="".join(lines),
            files={"places.mmdb": database.read_bytes()},
        )
