"""Pages that are shown again, without Falcon and without working them out.

The same client with the same question gets the same page while the realm is the same
and the page's files are: a test holds what is remembered against what is made anew.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mirrorsel.web.counted import SELECTED
from mirrorsel.web.library import Key, Library
from mirrorsel.web.place import VARIABLES
from mirrorsel.web.realm import Realm
from mirrorsel.web.shown import Page, Question, Shown

SHOWN = "mirrorsel.shown"
"""The key of the environ under which a resource leaves what may be shown again."""
READ = (*VARIABLES, "PATH_INFO", "QUERY_STRING", "REMOTE_ADDR", "wsgi.url_scheme")
"""All of an environ that a page depends on."""

_OK = "200 OK"
_LONGEST = 1024
"""Longer questions are not remembered: a client can make up as many as it likes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A page of which a resource knows that it may be shown again."""

    realm: Realm
    """The one that it was made with."""
    key: Key
    page: Page


class Recall:
    """Stands before an application: answers what it remembers, and passes on the rest.

    Several threads may use it: the worst that can happen is work done twice.
    """

    def __init__(
        self,
        app: Callable[[dict[str, Any], Any], Iterable[bytes]],
        realm: Callable[[], Realm],
        library: Library,
    ) -> None:
        """Take the application, what gives the realm, and where templates are."""
        self._app = app
        self._realm = realm
        self._library = library

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as the application did before, or have it answer."""
        if not _may_be_page(environ):
            return self._app(environ, start_response)
        question = tuple(map(environ.get, READ))
        shown = self._realm().shown.get(question)
        content = shown.content(self._library) if shown else None
        if shown is None or content is None:
            return self._app(environ, _noting(environ, question, start_response))
        environ[SELECTED] = shown.selected
        start_response(_OK, list(shown.headers))
        return [content]


def _may_be_page(environ: Mapping[str, Any]) -> bool:
    return ".cgi" in environ["PATH_INFO"] and environ["REQUEST_METHOD"] == "GET"


def _noting(environ: dict[str, Any], question: Question, start_response: Any) -> Any:
    """Remember what an application answers, where it has left something."""

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        left = environ.get(SHOWN)
        if left and status == _OK and sum(map(len, filter(None, question))) < _LONGEST:
            shown = Shown.of(left.page, left.key, headers, environ[SELECTED])
            left.realm.shown[question] = shown
        return start_response(status, headers, *more)

    return start
