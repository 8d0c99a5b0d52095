"""The Falcon application: which address is answered by which resource."""

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from falcon import App, HTTPError, Request, Response

from mirrorsel.web.closer import Closer
from mirrorsel.web.counted import CLOSERS
from mirrorsel.web.counters import Counters
from mirrorsel.web.explain import add_explain
from mirrorsel.web.library import Library
from mirrorsel.web.metrics import make_metrics
from mirrorsel.web.pages import Pages
from mirrorsel.web.past import Past
from mirrorsel.web.place import ENDPOINT
from mirrorsel.web.publication import Publication
from mirrorsel.web.realm import Realm
from mirrorsel.web.recall import Recall
from mirrorsel.web.redirect import Redirect
from mirrorsel.web.standard import Standard
from mirrorsel.web.status import add_status
from mirrorsel.web.status.source import utc_now
from mirrorsel.web.straight import TEXT, answer_straight
from mirrorsel.web.tally import Tally

__all__ = ["CLOSERS", "Wsgi", "create_app"]

Wsgi: TypeAlias = Callable[[dict[str, Any], Any], Iterable[bytes]]

_METHODS = ("GET", "HEAD")
_SPELT: Mapping[str, str] = {"etag": "ETag"} | {
    name: name.title()
    for name in (
        *("location", "cache-control", "x-mirrorsel", "x-mirrorsel-country", "link"),
        *("digest", "repr-digest", "vary", "content-length", "content-type"),
    )
}
"""Headers of redirects: to look one up takes a third of the time of spelling it."""


def create_app(
    realm: Callable[[], Realm],
    counters: Counters | None = None,
    *,
    list_errors: Callable[[], int] = lambda: 0,
    past: Callable[[], Past | None] = lambda: None,
    now: Callable[[], datetime] = utc_now,
) -> Wsgi:
    """Return the WSGI application.

    Args:
        realm: Gives the realm of the moment.
        counters: Count requests; by default, for this application alone.
        list_errors: Tells how many errors the list has as it is now.
        past: Gives what the checker remembers, if that is known at all.
        now: Tells the present, in UTC.

    """
    counters = counters or Counters(None, realm().countries)
    app = App(media_type=TEXT)
    app.set_error_serializer(_put_error)
    library = Library()
    standard = Standard(library)
    redirect, closer = Redirect(realm), Closer(realm, standard)
    app.add_route("/get", redirect)
    app.add_route("/get/{target:path}", redirect)
    for address in CLOSERS:
        app.add_route(address, closer)
        app.add_route(f"{address}/{{target:path}}", closer)
    metrics = make_metrics(realm, counters, list_errors, past, now)
    app.add_route("/mirrors/metrics", metrics)
    app.add_route("/mirrors/mirrors.list", Publication(past))
    add_explain(app, realm, list_errors, now)
    add_status(app, realm, past, counters.shares, now)
    app.add_sink(Pages(realm, library, standard), r"/")
    recall = Recall(_Spelling(app), realm)
    return _Mounted(recall, counters.tally, realm)


class _Mounted:
    """Stands before all else: refuses methods, joins the path, counts.

    Falcon answers OPTIONS by itself, and methods unknown to it as bad requests.
    Each of httpd's mappings makes its own address the SCRIPT_NAME, while the
    application wants to see the whole path.
    """

    def __init__(
        self,
        app: Wsgi,
        tally: Tally,
        realm: Callable[[], Realm],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._app = app
        self._tally = tally
        self._realm = realm
        self._clock = clock

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        started = self._clock()
        if environ["REQUEST_METHOD"] not in _METHODS:
            return _refuse(start_response)
        # Either may be missing where it would be empty (PEP 3333).
        names = ("SCRIPT_NAME", "PATH_INFO")
        environ[ENDPOINT] = environ.get("SCRIPT_NAME", "")
        environ["PATH_INFO"] = "".join(environ.get(name, "") for name in names)
        environ["SCRIPT_NAME"] = ""
        answer: Iterable[bytes] = ()
        if not answer_straight(environ, start_response, self._realm):
            answer = self._app(environ, start_response)
        self._tally.note(environ, self._clock() - started)
        return answer


class _Spelling:
    """Spells headers as people do: Falcon lowers them, and old scripts grep."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            spelt = [(_SPELT.get(one) or one.title(), value) for one, value in headers]
            return start_response(status, spelt, *more)

        return self._app(environ, start)


def _refuse(start_response: Any) -> Iterable[bytes]:
    """Answer 405 with what is allowed (RFC 9110, section 15.5.6)."""
    text = b"405 Method Not Allowed\n"
    headers = [
        ("Allow", ", ".join(_METHODS)),
        ("Content-Type", TEXT),
        ("Content-Length", str(len(text))),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response("405 Method Not Allowed", headers)
    return [text]


def _put_error(_request: Request, response: Response, error: HTTPError) -> None:
    """Answer an error with one line of text."""
    response.content_type = TEXT
    response.set_header("X-Content-Type-Options", "nosniff")
    response.text = f"{error.title}\n"
