"""The network: one bounded fetch, and nothing without a limit."""

from mirrorsel.net.fetch import Fetched, fetch
from mirrorsel.net.limits import Limits
from mirrorsel.net.plain import plain

__all__ = ["Fetched", "Limits", "fetch", "plain"]
