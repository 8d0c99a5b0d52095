"""A server of pages that were made before: it costs what sending them costs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.threads import answering

Pages = Mapping[str, tuple[str, bytes]]
"""Types and bodies by paths with their queries."""


@contextmanager
def serving(pages: Pages, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve pages on a loopback address, and give the URL of the root."""
    names = {"protocol_version": "HTTP/1.1", "get": staticmethod(pages.get)}
    server = ThreadingHTTPServer((host, 0), type("Handler", (_Handler,), names))
    with answering(server):
        yield f"http://{host}:{server.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    """Answers over connections that are kept."""

    get: Callable[[str], tuple[str, bytes] | None]
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a page, or 404."""
        found = self.get(self.path)
        kind, body = found or ("text/plain", b"not here\n")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
        """Say nothing."""
