"""The page of one file: what it is, who has it, who has it not and why."""

from functools import cache
from importlib.resources import files

from falcon import Request, Response

from mirrorsel.pages import Markup, Template, parse
from mirrorsel.web.json import wants_json
from mirrorsel.web.proofs.about import about
from mirrorsel.web.proofs.holding import holding
from mirrorsel.web.proofs.sending import Made, send
from mirrorsel.web.proofs.wanted import Wanted
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import put_safety
from mirrorsel.web.status.templates import plain_look, text

_HTML = "text/html; charset=utf-8"


def mirrorlist(request: Request, response: Response, realm: Realm, target: str) -> bool:
    """Answer with the page of an indexed file, if that is asked for."""
    if "mirrorlist" not in request.query_string:
        return False
    if not request.has_param("mirrorlist") or wants_json(request, "text/html"):
        return False
    file = realm.tree.find(target) if realm.tree else None
    if file is None:
        return False
    wanted = Wanted(realm=realm, request=request, file=file)
    look = plain_look()
    page = _template().render(
        {
            "style": look.style,
            "symbols": Markup(text=text("symbols.html")),
            **about(wanted),
            **holding(wanted),
        }
    )
    put_safety(response, look.policy)
    send(request, response, Made(body=page, kind=_HTML))
    return True


@cache
def _template() -> Template:
    page = files("mirrorsel.web.proofs").joinpath("page.html")
    return parse(page.read_bytes(), name="page.html")
