"""The answer for what is not published any more, or never was."""

from html import escape

from falcon import HTTP_404, Request, Response

from mirrorsel.web.json import put_json, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not published here</title>
</head>
<body>
<h1>Not published here</h1>
<p><code>{path}</code> is not among the published files.</p>
<p>It may be in our archive: <a rel="nofollow" href="{url}">{url}</a></p>
</body>
</html>
"""
_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


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
        response.content_type = "text/html; charset=utf-8"
        response.set_header("Content-Security-Policy", _POLICY)
        response.text = _PAGE.format(path=escape(target), url=escape(url))
    else:
        response.text = f"Not published here; it may be in the archive: {url}\n"


def _wants_page(request: Request) -> bool:
    return "text/html" in request.env.get("HTTP_ACCEPT", "") and (
        request.client_prefers(("text/plain", "text/html")) == "text/html"
    )
