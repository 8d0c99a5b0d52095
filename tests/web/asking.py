"""Requests to a WSGI application, made as a server makes them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.validate import validator

from mirrorsel.web.app import Wsgi
from mirrorsel.web.counted import SELECTED

GERMAN = "127.0.0.49"
FRENCH = "127.0.0.33"
BRITON = "127.0.0.44"
NOBODY = "127.9.9.9"
"""A client whose place is unknown."""


_KNOWN = ("GET", "HEAD", "POST", "OPTIONS", "PATCH", "PUT", "DELETE", "TRACE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """By names in lower case; none came twice."""
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as a JSON value."""
        return json.loads(self.body)

    @property
    def location(self) -> str:
        """The address that it redirects to; empty if to none."""
        return self.headers.get("location", "")


def ask(
    app: Wsgi,
    target: str,
    *,
    method: str = "GET",
    address: str = GERMAN,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """Ask for a request target, holding both sides against PEP 3333.

    The protocol's checker warns of methods that it does not know; with those the
    application is asked alone.

    Args:
        app: The application.
        target: Path and query, percent-encoded as on the wire.
        method: The method.
        address: Where the request comes from.
        environ: What else is in the environ, or is there differently.

    """
    written: list[bytes] = []
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        started.append((status, headers))
        return written.append

    asked = _environ(target, method, address) | dict(environ)
    result: Any = (validator(app) if method in _KNOWN else app)(asked, start_response)
    try:
        body = b"".join((*written, *result))
    finally:
        if close := getattr(result, "close", None):
            close()
    [(status, headers)] = started
    by_name = {name.lower(): value for name, value in headers}
    assert len(by_name) == len(headers)
    return Answer(status=int(status[:3]), headers=by_name, body=body)


def counted_answer(
    app: Wsgi, target: str, environ: Mapping[str, str], method: str
) -> tuple[Answer, Sequence[str], object]:
    """Return an answer, its headers in their order, and what is counted."""
    counted: list[object] = []

    def watched(environ: dict[str, Any], start_response: Any) -> Any:
        answer = app(environ, start_response)
        counted.append(environ.get(SELECTED))
        return answer

    answer = ask(watched, target, method=method, environ=environ)
    return answer, list(answer.headers), counted


def _environ(target: str, method: str, address: str) -> dict[str, Any]:
    path, _, query = target.partition("?")
    return {
        "REQUEST_METHOD": method,
        "REQUEST_URI": target,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "www.apache.org",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "www.apache.org",
        "REMOTE_ADDR": address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
