"""What mirrorsel is held against: the least that a WSGI server can be asked to run."""

from collections.abc import Iterable
from typing import Any

from falcon import App, Request, Response

from mirrorsel.web.app import Wsgi


class _Nothing:
    def on_get(self, _request: Request, response: Response, target: str) -> None:
        del target
        response.text = "x"


def empty_app() -> Wsgi:
    """Return a Falcon application that does nothing."""
    app = App()
    app.add_route("/{target:path}", _Nothing())
    return app


def bare(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer as a WSGI function without any framework."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "1")])
    return [b"x"]
