"""A server that hands out GeoIP databases as MaxMind and DB-IP do."""

import base64
import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.geodb import write_city_database
from tests.loopback import Behaviour, Connection, answer, redirecting

ACCOUNT, KEY = 12345, "K3yOfTheAccount_mmk"
EDITION = "GeoLite2-City"
_DATE = "2026-11-20"


def city(
    folder: Path,
    country: str = "de",
    *,
    address: str = "127.0.0.2",
    latitude: float = 50.1,
    longitude: float = 8.7,
) -> bytes:
    """Return a small City database that places one address in a country."""
    place = {"country": country, "latitude": latitude, "longitude": longitude}
    made = write_city_database(folder / "made.mmdb", {f"{address}/32": place})
    return made.read_bytes()


def lay_out_key(folder: Path) -> str:
    """Write the licence key; return the settings that name the account."""
    file = folder / "key"
    file.write_text(f"{KEY}\n")
    file.chmod(0o600)
    return f'account_id = {ACCOUNT}\nlicence_key_file = "{file.name}"\n'


def archive(content: bytes, notice: bytes = b"(c)") -> bytes:
    """Return a database in an archive as MaxMind packs it, with a notice before it."""
    packed = io.BytesIO()
    members = {
        "COPYRIGHT.txt": notice,
        f"{EDITION}.mmdb": content,
        "LICENSE.txt": b"see there",
    }
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        folder = tarfile.TarInfo(f"{EDITION}_20261120")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o755
        tar.addfile(folder)
        for member, data in members.items():
            about = tarfile.TarInfo(f"{folder.name}/{member}")
            about.size = len(data)
            tar.addfile(about, io.BytesIO(data))
    return packed.getvalue()


@dataclass
class MaxMindServer:
    """The behaviour of a server that speaks the protocol of geoipupdate.

    Args:
        content: The newest database.
        older: Whether it knows only the protocol of versions before 7.
        store: Where it redirects downloads to; empty to hand them out itself.
        instead: What it does in the place of handing a database out.
        md5: The checksum that it tells; None for the right one.

    """

    content: bytes
    older: bool = False
    store: str = ""
    instead: Behaviour | None = None
    md5: str | None = None
    asked: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The checksum that is told."""
        return self.md5 or hashlib.md5(self.content, usedforsecurity=False).hexdigest()

    def __call__(self, connection: Connection) -> None:
        """Answer one request."""
        self.asked.append(connection.path)
        parts = urlsplit(connection.path)
        query = {name: one[0] for name, one in parse_qs(parts.query).items()}
        self._answer(parts.path, query, connection.request)(connection)

    def _answer(self, path: str, query: Mapping[str, str], request: bytes) -> Behaviour:
        if not authorized(request):
            text = b'{"code":"AUTHORIZATION_INVALID","error":"Invalid license key"}'
            return answer(text, "401 Unauthorized")
        newer = {
            "/geoip/updates/metadata": self._metadata,
            f"/geoip/databases/{EDITION}/download": self._download,
        }
        older = {f"/geoip/databases/{EDITION}/update": self._update}
        known = older if self.older else older | newer
        if path not in known:
            return answer(b"Not found", "404 Not Found")
        return known[path](query)

    def _metadata(self, query: Mapping[str, str]) -> Behaviour:
        newest = {"edition_id": EDITION, "date": _DATE, "md5": self.digest}
        found = [newest] if query == {"edition_id": EDITION} else []
        return answer(json.dumps({"databases": found}).encode())

    def _download(self, query: Mapping[str, str]) -> Behaviour:
        if query != {"date": _DATE.replace("-", ""), "suffix": "tar.gz"}:
            return answer(b"Bad request", "400 Bad Request")
        if self.store:
            return redirecting(f"{self.store}{EDITION}_20261120.tar.gz?X-Amz-Sign=ab")
        return self.instead or answer(archive(self.content))

    def _update(self, query: Mapping[str, str]) -> Behaviour:
        if query.get("db_md5") == self.digest:
            return answer(b"", "304 Not Modified")
        told = {"X-Database-MD5": self.digest}
        return self.instead or answer(gzip.compress(self.content), headers=told)


def authorized(request: bytes) -> bool:
    """Return whether a request has the right account and key (RFC 7617)."""
    pair = base64.b64encode(f"{ACCOUNT}:{KEY}".encode())
    return b"\r\nAuthorization: Basic " + pair + b"\r\n" in request


def folder_of(files: Mapping[str, bytes]) -> Callable[[Connection], None]:
    """Return the behaviour of a server that has only these files at its root."""

    def behave(connection: Connection) -> None:
        name = connection.path.removeprefix("/")
        found = files.get(name)
        if found is None:
            answer(b"<html>Not found</html>", "404 Not Found")(connection)
        else:
            answer(found)(connection)

    return behave
