"""What answers with an account, as a page or as JSON."""

from collections.abc import Callable
from datetime import datetime

from falcon import HTTPBadRequest, Request, Response

from mirrorsel.web.explain.account import Account
from mirrorsel.web.explain.document import document
from mirrorsel.web.explain.page import ExplainPage
from mirrorsel.web.explain.question import Question, QuestionError
from mirrorsel.web.json import JSON, json_text, wants_json
from mirrorsel.web.realm import Realm
from mirrorsel.web.status.answer import FORBIDS_ALL, put_safety
from mirrorsel.web.styled import HTML


class Explain:
    """Explains one client's choice; nothing of the answer may be kept."""

    def __init__(
        self,
        realm: Callable[[], Realm],
        list_errors: Callable[[], int],
        now: Callable[[], datetime],
    ) -> None:
        """Take what gives the realm, the errors of the list and the time."""
        self._realm = realm
        self._list_errors = list_errors
        self._now = now
        self._page = ExplainPage()

    def on_get(self, request: Request, response: Response) -> None:
        """Answer what is asked, else with 400 and a sentence."""
        try:
            account = self._account(request)
        except QuestionError as error:
            raise HTTPBadRequest(title=str(error)) from error
        response.set_header("Cache-Control", "no-store")
        if wants_json(request, "text/html"):
            put_safety(response, FORBIDS_ALL)
            response.content_type = JSON
            response.text = json_text(document(account))
        else:
            put_safety(response, self._page.policy)
            response.content_type = HTML
            response.data = self._page.render(account)

    on_head = on_get

    def _account(self, request: Request) -> Account:
        question = Question.of(
            request.query_string,
            request.env.get("REMOTE_ADDR", ""),
            https=request.scheme == "https",
        )
        realm = self._realm()
        mirrors = _in_force(realm, self._list_errors())
        return Account.of(realm, question, mirrors, self._now())


def _in_force(realm: Realm, errors: int) -> str:
    """Return which list is used, in words."""
    sources = realm.sources
    count, file = len(sources.mirrors.mirrors), sources.settings.list_file
    mirrors = "1 mirror" if count == 1 else f"{count} mirrors"
    if not errors:
        return f"{file}, {mirrors}"
    return f"{mirrors} of a list before, for {file} cannot be used as it is now"
