"""What is asked of servers by HTTP."""

from importlib import metadata
from urllib.parse import urlsplit

import requests


def prepare(url: str) -> requests.PreparedRequest:
    """Return the request for a URL, which says what asks and wants no coding."""
    headers = {
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": f"mirrorsel/{_version()} (+mirror health check)",
    }
    request = requests.Request("GET", url, headers=headers).prepare()
    # The connection knows only the address; the name has its final form here.
    request.headers["Host"] = urlsplit(request.url or url).netloc
    return request


def _version() -> str:
    try:
        return metadata.version("mirrorsel")
    except metadata.PackageNotFoundError:
        return "unreleased"
