"""The answer for what is not published any more, or never was."""

from functools import cache
from importlib.resources import files

from falcon import HTTP_404, Request, Response

from mirrorsel.pages import Template, parse
from mirrorsel.web.json import put_json, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import put_safety
from mirrorsel.web.status.templates import plain_look
from mirrorsel.web.target import escaped


def put_archived(
    request: Request, response: Response, realm: Realm, target: str
) -> None:
    """Answer 404 with where in the archive a file may be, in the form asked for."""
    url = realm.sources.settings.tree.archive + escaped(target)
    response.status = HTTP_404
    response.set_header("Vary", "Accept")
    response.set_header("Cache-Control", "no-cache")
    response.set_header("X-Content-Type-Options", "nosniff")
    if wants_json(request, "text/plain"):
        put_json(response, {"archive": url, "error": "not_published", "target": target})
    elif _wants_page(request):
        _put_page(response, target, url)
    else:
        response.text = f"Not published here; it may be in the archive: {url}\n"


def _put_page(response: Response, target: str, url: str) -> None:
    look = plain_look()
    put_safety(response, look.policy)
    response.content_type = "text/html; charset=utf-8"
    response.data = _template().render(
        {"style": look.style, "path": target, "url": url}
    )


@cache
def _template() -> Template:
    page = files("mirrorsel.web").joinpath("archived.html")
    return parse(page.read_bytes(), name="archived.html")


def _wants_page(request: Request) -> bool:
    return "text/html" in request.env.get("HTTP_ACCEPT", "") and (
        request.client_prefers(("text/plain", "text/html")) == "text/html"
    )
