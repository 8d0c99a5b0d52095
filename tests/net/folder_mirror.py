"""A mirror on loopback that lists folders over connections that it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.listing import forms
from tests.loopback import Behaviour, Connection, answer

Answer = bytes | Behaviour
"""A page, after which the connection is kept, or else what is done with it."""


@dataclass
class FolderMirror:
    """Answers by path, with what stands there; of several answers one after the other.

    All else is not found.
    """

    pages: Mapping[str, Answer | list[Answer]]
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for, in their order."""
    requests: list[bytes] = field(default_factory=list)

    def __call__(self, connection: Connection) -> None:
        """Answer one request after the other."""
        while connection.request:
            path = connection.path
            self.asked.append(path)
            self.requests.append(connection.request)
            found = self._answer(path)
            if not isinstance(found, bytes):
                found(connection)
                return
            status = "200 OK" if found else "404 Not Found"
            answer(found, status, {"Connection": "keep-alive"})(connection)
            connection.request = b""
            connection.read_request()

    def _answer(self, path: str) -> Answer:
        found = self.pages.get(path, b"")
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


def page(path: str, *names: str) -> bytes:
    """Return the page of a folder with these names, those of folders with a slash."""
    entries = [
        forms.entry(name.rstrip("/"), None if name.endswith("/") else len(name))
        for name in names
    ]
    return forms.nginx(entries).replace(b"Index of /a/", f"Index of {path}".encode())


def small() -> dict[str, Answer | list[Answer]]:
    """Return the pages of a small tree."""
    return {
        "/": page("/", "KEYS", "a/", "b/"),
        "/a/": page("/a/", "f", "c/"),
        "/a/c/": page("/a/c/", "g"),
        "/b/": page("/b/", "h"),
    }


PATHS = ["KEYS", "a/c/g", "a/f", "b/h"]
"""The files of `small`."""
FOLDERS = ["", "a", "a/c", "b"]
