"""The network: one bounded fetch or question, and nothing without a limit."""

from mirrorsel.net.answer import ask
from mirrorsel.net.fetch import Fetched, fetch
from mirrorsel.net.ftp import fetch_ftp
from mirrorsel.net.limits import Limits
from mirrorsel.net.plain import plain
from mirrorsel.net.quiet import quiet_library
from mirrorsel.net.rsync import fetch_rsync
from mirrorsel.net.span import Span

__all__ = [
    "Fetched",
    "Limits",
    "Span",
    "ask",
    "fetch",
    "fetch_ftp",
    "fetch_rsync",
    "plain",
    "quiet_library",
]
