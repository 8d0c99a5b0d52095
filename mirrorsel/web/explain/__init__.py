"""One client's choice, with all its reasons, for the operator alone."""

from mirrorsel.web.explain.account import Account
from mirrorsel.web.explain.document import document
from mirrorsel.web.explain.routes import add_explain

__all__ = ["Account", "add_explain", "document"]
