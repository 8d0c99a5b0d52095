"""Our own addresses, as the client knows us."""

import re

# A host and a port; RFC 3986 allows more, which no name in use has.
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


def home(host: str, *, https: bool) -> str:
    """Return the URL below which files are asked for, with its final slash.

    Programs such as wget2 read no relative URL in a header. Without a usable name
    of ours it has neither scheme nor host, and a browser still finds its way.
    """
    if _HOST.fullmatch(host) is None:
        return "/get/"
    return f"{'https' if https else 'http'}://{host}/get/"
