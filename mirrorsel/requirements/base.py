"""The base URL of a would-be mirror, as a person writes it."""

import re

from mirrorsel.hostname import is_host, is_port, split_server

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BASE = re.compile(r"https?://(?P<server>[^/]+)/(?:[^\s?#]+/)?")
_LONGEST = 1000


def read_base(text: str) -> str | None:
    """Return a base URL with its scheme and final slash; None if it cannot be one.

    Without a scheme it is taken for http.
    """
    written = text.strip()
    url = written if _SCHEME.match(written) else f"http://{written}"
    scheme, _, rest = url.partition("://")
    url = f"{scheme.lower()}://{rest}"
    url = url if url.endswith("/") else f"{url}/"
    match = _BASE.fullmatch(url)
    if match is None or len(url) > _LONGEST or not url.isprintable():
        return None
    return url if _is_server(match["server"]) else None


def _is_server(server: str) -> bool:
    parts = split_server(server)
    if parts is None or not is_host(parts[0]):
        return False
    return parts[1] is None or is_port(parts[1])
