"""The answer for what is not published any more, or never was."""

from falcon import HTTP_404, Request, Response

from mirrorsel.web.json import put_json, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import put_safety
from mirrorsel.web.styled import HTML, StyledPage
from mirrorsel.web.target import escaped


class Archived:
    """Answers with where in the archive a file may be."""

    def __init__(self) -> None:
        """Read the template."""
        self._page = StyledPage("archived.html")

    def put(
        self, request: Request, response: Response, realm: Realm, target: str
    ) -> None:
        """Answer 404, in the form asked for."""
        url = realm.sources.settings.tree.archive + escaped(target)
        response.status = HTTP_404
        response.set_header("Vary", "Accept")
        response.set_header("Cache-Control", "no-cache")
        response.set_header("X-Content-Type-Options", "nosniff")
        if wants_json(request, "text/plain"):
            told = {"archive": url, "error": "not_published", "target": target}
            put_json(response, told)
        elif _wants_page(request):
            put_safety(response, self._page.policy)
            response.content_type = HTML
            response.data = self._page.render({"path": target, "url": url})
        else:
            response.text = f"Not published here; it may be in the archive: {url}\n"


def _wants_page(request: Request) -> bool:
    return "text/html" in request.env.get("HTTP_ACCEPT", "") and (
        request.client_prefers(("text/plain", "text/html")) == "text/html"
    )
