"""An origin on loopback that lists its folders as nginx does."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

from tests.threads import answering


class Origin:
    """A folder as an origin serves it.

    Args:
        folder: The folder.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        """The paths that were asked for."""
        self.refused: set[str] = set()
        """The paths that are answered with 403."""

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return status, type and body."""
        self.asked.append(path)
        place = self.folder / unquote(path).lstrip("/")
        if path in self.refused:
            return 403, "text/plain", b"no"
        if place.is_dir() and path.endswith("/"):
            return 200, "text/html", self._listing(path, place).encode()
        if place.is_file():
            return 200, "application/octet-stream", place.read_bytes()
        return 404, "text/plain", b"nothing here"

    @staticmethod
    def _listing(path: str, folder: Path) -> str:
        title = f"Index of {html.escape(path)}"
        lines = [
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1><hr><pre>",
            '<a href="../">../</a>',
        ]
        for one in sorted(folder.iterdir()):
            status, slash = one.stat(), "/" if one.is_dir() else ""
            when = datetime.fromtimestamp(status.st_mtime, UTC)
            size = "-" if slash else str(status.st_size)
            name = one.name + slash
            lines.append(
                f'<a href="{quote(name)}">{html.escape(name)}</a>'
                f"    {when:%d-%b-%Y %H:%M}    {size}"
            )
        return "\n".join([*lines, "</pre><hr></body></html>"])


@contextmanager
def serving(origin: Origin) -> Iterator[str]:
    """Serve an origin; give its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, body = origin.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with answering(server):
        yield f"http://127.0.0.1:{server.server_port}/"
