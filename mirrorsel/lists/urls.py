"""The base URL of a mirror."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from mirrorsel.hostname import is_host, is_port, split_server
from mirrorsel.lists.words import LineError, Word, in_ticks
from mirrorsel.model import Kind

KINDS: Mapping[str, Kind] = MappingProxyType(
    {"http": Kind.HTTP, "https": Kind.HTTP, "ftp": Kind.FTP, "rsync": Kind.RSYNC}
)
"""The kind of mirror for every scheme of a URL, and every type of a line."""
# The shape of nearly all base URLs, which spares them the closer look.
_USUAL = re.compile(
    r"(?P<scheme>https?|ftp|rsync)://(?:[a-z0-9](?:-?[a-z0-9]){0,30}\.){1,6}[a-z]{2,9}/"
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._~-]*/)*"
)
_PARTS = re.compile(r"(?P<scheme>[A-Za-z]+)://(?P<server>[^/]*)(?P<path>.*)")
# All that RFC 3986, section 2, allows in a URL, without the marks of a query
# and a fragment.
_FOREIGN = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@%/\[\]-]|%(?![0-9A-Fa-f]{2})")


def read_url(word: Word, kind: Kind | None) -> str:
    """Return the base URL, its scheme in lower case, with a final slash.

    `kind` is the type of the line, None if that could not be read.

    Raises:
        LineError: it is no absolute URL of that kind, or has what a base URL cannot
            have: a user name, query, fragment, dot segment (RFC 3986, section 3.3)
            or character that would have to be encoded.

    """
    usual = _USUAL.fullmatch(word.text)
    if usual and kind is KINDS[usual["scheme"]]:
        return word.text
    parts = _PARTS.fullmatch(word.text)
    if parts is None or parts["scheme"].lower() not in KINDS:
        message = "a URL must start with https://, http://, ftp:// or rsync://"
        raise LineError(message, word.column, code="not-a-url")
    scheme = parts["scheme"].lower()
    _check_kind(scheme, kind, word.column)
    _check_characters(word)
    _check_server(parts["server"], word.column + parts.start("server"))
    _check_path(parts["path"], word.column + parts.start("path"))
    path = parts["path"] if parts["path"].endswith("/") else f"{parts['path']}/"
    return f"{scheme}://{parts['server']}{path}"


def _check_kind(scheme: str, kind: Kind | None, column: int) -> None:
    if kind is not None and KINDS[scheme] is not kind:
        message = f"a URL with {scheme}:// needs the type `{KINDS[scheme]}`"
        raise LineError(message, column, code="type-mismatch")


def _check_characters(word: Word) -> None:
    if foreign := _FOREIGN.search(word.text):
        column = word.column + foreign.start()
        if foreign[0] in "?#":
            message = "a base URL has no query and no fragment"
            raise LineError(message, column, code="query-in-url")
        message = f"`{foreign[0]}` in a URL must be written percent-encoded"
        raise LineError(message, column, code="unencoded-character")


def _check_server(server: str, column: int) -> None:
    if "@" in server:
        message = "a public URL cannot have a user name or password"
        raise LineError(message, column, code="user-in-url")
    if not server:
        raise LineError("the URL has no host", column, code="missing-host")
    parts = split_server(server)
    if parts is None or not is_host(parts[0]):
        raise LineError(f"{in_ticks(server)} is no host", column, code="not-a-host")
    host, port = parts
    if port is not None and not is_port(port):
        written = server[len(host) + 1 :]
        message = f"{written} is no port"
        raise LineError(message, column + len(host) + 1, code="not-a-port")


def _check_path(path: str, column: int) -> None:
    if {".", ".."} & set(path.split("/")):
        message = "a base URL has no segment `.` or `..`"
        raise LineError(message, column, code="dot-segment")
