"""The page of an account, in the look of the status pages."""

from mirrorsel.web.explain.account import Account
from mirrorsel.web.explain.values import values
from mirrorsel.web.styled import StyledPage


class ExplainPage:
    """Renders accounts."""

    def __init__(self) -> None:
        """Read the template."""
        self._page = StyledPage("explain/explain.html", forms="'self'")
        self.policy = self._page.policy

    def render(self, account: Account) -> bytes:
        """Return the page."""
        return self._page.render(values(account))
