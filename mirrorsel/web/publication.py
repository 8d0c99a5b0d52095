"""``/mirrors/mirrors.list``: the list as the checker has published it.

httpd could send the file by itself, but it asks for the length of a file before it
opens it: where the file is replaced between the two, the new list goes out with the
length of the old one, cut off.
"""

from collections.abc import Callable

from falcon import HTTPNotFound, Request, Response

from mirrorsel.state import PublishedList
from mirrorsel.web.past import Past
from mirrorsel.web.status.answer import Page, page, put_page

_KIND = "text/plain"
_SECONDS = 30


class Publication:
    """Answers with a whole list, or with 304 to whoever has it."""

    def __init__(self, past: Callable[[], Past | None]) -> None:
        """Take what gives the files of the checker."""
        self._past = past
        self._made: tuple[PublishedList, Page] | None = None

    def on_get(self, request: Request, response: Response) -> None:
        """Answer with the list; 404 as long as there is none."""
        past = self._past()
        if past is None or past.published is None:
            raise HTTPNotFound(title="No list has been published yet")
        response.set_header("X-Content-Type-Options", "nosniff")
        found = self._page(past.published)
        put_page(request, response, found, seconds=_SECONDS)

    on_head = on_get

    def _page(self, published: PublishedList) -> Page:
        made = self._made
        if made is None or made[0] is not published:
            made = published, page(published.body, _KIND, published.changed)
            self._made = made
        return made[1]
