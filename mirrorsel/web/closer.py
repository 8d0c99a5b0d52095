"""The closer interface of existing pages and programs.

It keeps the words of the scripts that it stands in for: the parameters, the
layout of the JSON, the plain URL without a newline.
"""

from collections.abc import Callable

from falcon import Request, Response

from mirrorsel.web.asked import Asked
from mirrorsel.web.decision import answer
from mirrorsel.web.realm import Realm
from mirrorsel.web.standard import Standard


class Closer:
    """Answers in the words of the ASF's mirror scripts."""

    def __init__(self, realm: Callable[[], Realm], standard: Standard) -> None:
        """Take what gives the realm of the moment, and the default page."""
        self._realm = realm
        self._standard = standard

    def on_get(self, request: Request, response: Response, target: str = "") -> None:
        """Answer by the parameters, else with the default page."""
        endpoint = request.path.removesuffix(f"/{target}") if target else request.path
        asked = Asked.of(self._realm(), request, endpoint, target)
        answer(asked, response, self._standard.show)

    on_head = on_get
