"""``/get/``: a download from the nearest healthy mirror."""

from collections.abc import Callable

from falcon import HTTP_302, HTTPNotFound, Request, Response

from mirrorsel.web.answers import OtherAnswers
from mirrorsel.web.counted import SELECTED
from mirrorsel.web.explanation import explanation
from mirrorsel.web.json import put_json, wants_json
from mirrorsel.web.lasting import always, leave
from mirrorsel.web.prepared import redirect_headers
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped, is_canonical, is_roundabout


class Redirect:
    """Sends a client to a mirror, or tells programs what it would do."""

    def __init__(self, realm: Callable[[], Realm]) -> None:
        """Take what gives the realm of the moment."""
        self._realm = realm
        self._others = OtherAnswers()

    def on_get(self, request: Request, response: Response, target: str = "") -> None:
        """Answer 302 to a mirror, or 200 with the choice as JSON."""
        environ = request.env
        if not is_canonical(target) or is_roundabout(environ.get("REQUEST_URI", "")):
            # Nothing but the address says so.
            leave(environ, always, public=True)
            raise HTTPNotFound(title="No such file: its name is not canonical")
        realm = self._realm()
        if self._others.put(request, response, realm, target):
            return
        if realm.lacks(target):
            self._others.put_instead(request, response, realm, target)
            return
        address = environ.get("REMOTE_ADDR", "")
        https = request.scheme == "https"
        if wants_json(request, "text/plain"):
            client = realm.client(address, https=https)
            selection = realm.select(client, target)
            put_json(response, explanation(realm, client, selection))
        else:
            ready = realm.redirect(address, target, https=https)
            environ[SELECTED] = ready.selected
            host = environ.get("HTTP_HOST", "")
            vouched = realm.vouched(target, host, https=https)
            response.status = HTTP_302
            path = escaped(target)
            response.set_headers(redirect_headers(ready, path, vouched))

    on_head = on_get
