"""The page of an account, in the look of the status pages."""

from importlib.resources import files

from mirrorsel.pages import Markup, parse
from mirrorsel.web.explain.account import Account
from mirrorsel.web.explain.values import values
from mirrorsel.web.status.answer import hashed
from mirrorsel.web.status.templates import text

_NAME = "explain.html"


class ExplainPage:
    """The template, with its style put in, and its policy."""

    def __init__(self) -> None:
        """Read what lies beside this module, and what status pages look like."""
        own = files("mirrorsel.web.explain").joinpath(_NAME)
        style = text("style.css")
        self._template = parse(own.read_bytes(), name=_NAME)
        self._shared = {
            "style": Markup(text=style),
            "symbols": Markup(text=text("symbols.html")),
        }
        self.policy = (
            f"default-src 'none'; style-src {hashed(style)}; base-uri 'none';"
            " form-action 'self'; frame-ancestors 'none'"
        )
        """The strictest policy that shows the page (CSP Level 3, section 6)."""

    def render(self, account: Account) -> bytes:
        """Return the page."""
        return self._template.render(self._shared | values(account))
