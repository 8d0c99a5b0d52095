"""The network: bounded fetches, questions and lists, and nothing without a limit."""

from mirrorsel.net.address import Address, Resolver, resolve
from mirrorsel.net.answer import ask
from mirrorsel.net.deadline import Deadline
from mirrorsel.net.download import Progress, download, no_progress
from mirrorsel.net.fetch import Fetched, fetch
from mirrorsel.net.ftp import fetch_ftp
from mirrorsel.net.limits import Limits
from mirrorsel.net.listed import Lister
from mirrorsel.net.look import look
from mirrorsel.net.own_time import OwnTime
from mirrorsel.net.page import begins_as_page
from mirrorsel.net.plain import plain
from mirrorsel.net.quiet import quiet_library
from mirrorsel.net.reach import Reach
from mirrorsel.net.redirect import other_host
from mirrorsel.net.rsync import fetch_rsync
from mirrorsel.net.span import Span
from mirrorsel.net.transport import TRANSPORTS, Transport
from mirrorsel.net.tree_walk import Unlisted

__all__ = [
    "TRANSPORTS",
    "Address",
    "Deadline",
    "Fetched",
    "Limits",
    "Lister",
    "OwnTime",
    "Progress",
    "Reach",
    "Resolver",
    "Span",
    "Transport",
    "Unlisted",
    "ask",
    "begins_as_page",
    "download",
    "fetch",
    "fetch_ftp",
    "fetch_rsync",
    "look",
    "no_progress",
    "other_host",
    "plain",
    "quiet_library",
    "resolve",
]
