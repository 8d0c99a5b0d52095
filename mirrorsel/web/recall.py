"""Answers that are given again, without Falcon and without working them out.

The same client with the same question gets the same answer while the realm is the same
and what else it was made of is: a test holds what is remembered against what is made
anew. Only what a resource lets be given again is remembered.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from mirrorsel.web.counted import CLOSERS, SELECTED
from mirrorsel.web.lasting import LASTING, Lasting
from mirrorsel.web.place import VARIABLES
from mirrorsel.web.realm import Realm
from mirrorsel.web.shown import Answer, Question, Shown

READ = (
    *("REMOTE_ADDR", "PATH_INFO", "QUERY_STRING", "REQUEST_URI", "wsgi.url_scheme"),
    *("HTTP_HOST", "HTTP_ACCEPT", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"),
    *VARIABLES,
)
"""All of an environ that an answer depends on; the client comes first."""

_LONGEST = 2048
"""Longer questions are not remembered: a client can make up as many as it likes."""

_PLACES = ("/get/", "/mirrors/", *CLOSERS)
"""Where else than at pages there are answers that may be given again."""

_ANYBODY = "*"
"""Stands for all clients, and is none: even a client without an address is one."""

_App: TypeAlias = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Recall:
    """Stands before an application: answers what it remembers, and passes on the rest.

    Several threads may use it: the worst that can happen is work done twice.
    """

    def __init__(self, app: _App, realm: Callable[[], Realm]) -> None:
        """Take the application, and what gives the realm."""
        self._app = app
        self._realm = realm

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer as the application did before, or have it answer."""
        if environ["REQUEST_METHOD"] != "GET" or not _may_last(environ["PATH_INFO"]):
            return self._app(environ, start_response)
        shown = self._realm().shown
        question = tuple(map(environ.get, READ))
        answer = shown.find(question) or shown.find(_of_anybody(question))
        if answer is None:
            return self._pass_on(environ, start_response, question, shown)
        if answer.selected:
            environ[SELECTED] = answer.selected
        start_response(answer.status, list(answer.headers))
        return list(answer.body)

    def _pass_on(
        self,
        environ: dict[str, Any],
        start_response: Any,
        question: Question,
        shown: Shown,
    ) -> Iterable[bytes]:
        """Have the application answer; remember it where it lets that be done.

        It may answer by a newer realm, after which nobody looks at `shown` any more.
        """
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            started.append((status, headers))
            return start_response(status, headers, *more)

        body = self._app(environ, start)
        lasting: Lasting | None = environ.get(LASTING)
        if lasting and sum(map(len, filter(None, question))) < _LONGEST:
            status, headers = started[-1]
            answer = Answer(
                status=status,
                headers=tuple(headers),
                body=tuple(body),
                selected=environ.get(SELECTED),
                holds=lasting.holds,
            )
            shown.keep(_of_anybody(question) if lasting.public else question, answer)
        return body


def _may_last(path: str) -> bool:
    return ".cgi" in path or path.startswith(_PLACES)


def _of_anybody(question: Question) -> Question:
    return _ANYBODY, *question[1:]
