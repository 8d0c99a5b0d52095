"""``/get/``: a download from the nearest healthy mirror."""

from collections.abc import Callable

from falcon import HTTP_302, HTTPNotFound, Request, Response

from mirrorsel.model import Client, How
from mirrorsel.selection.index import Choice
from mirrorsel.web.explanation import explanation
from mirrorsel.web.headers import mark, put_private
from mirrorsel.web.json import put_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped, is_canonical, is_roundabout


class Redirect:
    """Sends a client to a mirror, or tells programs what it would do."""

    def __init__(self, realm: Callable[[], Realm]) -> None:
        """Take what gives the realm of the moment."""
        self._realm = realm

    def on_get(self, request: Request, response: Response, target: str = "") -> None:
        """Answer 302 to a mirror, or 200 with the choice as JSON."""
        realm = self._realm()
        environ = request.env
        uri = environ.get("REQUEST_URI", "")
        if not is_canonical(target) or is_roundabout(uri):
            raise HTTPNotFound(title="No such file: its name is not canonical")
        client = realm.client(
            environ.get("REMOTE_ADDR", ""), https=request.scheme == "https"
        )
        only_origin = realm.only_origin(target)
        if _wants_json(request):
            put_json(
                response, explanation(realm, client, target, only_origin=only_origin)
            )
        elif only_origin:
            origin = realm.index.geography.origin.mirror
            choice = Choice(how=How.ORIGIN, mirrors=(origin,))
            _send(response, realm, client, choice, escaped(target))
        else:
            count = 1 + realm.sources.settings.web.links
            choice = realm.index.choose(client, target, count)
            _send(response, realm, client, choice, escaped(target))

    on_head = on_get


def _send(
    response: Response, realm: Realm, client: Client, choice: Choice, path: str
) -> None:
    first, *others = choice.mirrors
    response.status = HTTP_302
    response.set_header("Location", first.url + path)
    put_private(response)
    mark(response, realm, client, first, choice.how)
    if others:
        # Metalink/HTTP: RFC 6249, section 2; the Location is the one of priority 1.
        labels = realm.labels
        links = [
            f"<{one.url}{path}>; rel=duplicate; pri={rank}{labels[one.url].geo}"
            for rank, one in enumerate(others, start=2)
        ]
        response.set_header("Link", ", ".join(links))


def _wants_json(request: Request) -> bool:
    if request.query_string and request.has_param("json"):
        return True
    accept = request.env.get("HTTP_ACCEPT", "")
    return "application/json" in accept and (
        request.client_prefers(("text/plain", "application/json")) == "application/json"
    )
