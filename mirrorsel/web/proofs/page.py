"""The page of one file: what it is, who has it, who has it not and why."""

from falcon import Request, Response

from mirrorsel.web.json import wants_json
from mirrorsel.web.proofs.about import about
from mirrorsel.web.proofs.holding import holding
from mirrorsel.web.proofs.sending import Made, send
from mirrorsel.web.proofs.wanted import Wanted
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import put_safety
from mirrorsel.web.styled import HTML, StyledPage


class FilePage:
    """Answers with the page of an indexed file."""

    def __init__(self) -> None:
        """Read the template."""
        self._page = StyledPage("proofs/page.html")

    def answer(
        self, request: Request, response: Response, realm: Realm, target: str
    ) -> bool:
        """Answer with the page of a file, if that is asked for."""
        if "mirrorlist" not in request.query_string:
            return False
        if not request.has_param("mirrorlist") or wants_json(request, "text/html"):
            return False
        file = realm.tree.find(target) if realm.tree else None
        if file is None:
            return False
        wanted = Wanted(realm=realm, request=request, file=file)
        body = self._page.render({**about(wanted), **holding(wanted)})
        put_safety(response, self._page.policy)
        send(request, response, realm, Made(body=body, kind=HTML))
        return True
