"""What is asked of servers by HTTP."""

from urllib.parse import urlsplit

import requests

from mirrorsel.version import own_version


def prepare(url: str, errand: str = "mirror health check") -> requests.PreparedRequest:
    """Return the request for a URL, which says who asks and wants no coding.

    Args:
        url: An http or https URL.
        errand: What it is asked for, as the header `User-Agent` says it.

    """
    headers = {
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "User-Agent": f"mirrorsel/{own_version()} (+{errand})",
    }
    request = requests.Request("GET", url, headers=headers).prepare()
    # The connection knows only the address; the name has its final form here.
    request.headers["Host"] = urlsplit(request.url or url).netloc
    return request
