"""Requests as mod_wsgi hands them to an application."""

import io
import random
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

KNOWN = "91.198.174.192"


def environ(path: str, query: str = "", script: str = "", **more: str) -> Any:
    """Return the environ of a request for a path; `script` is what httpd mapped."""
    return {
        "REQUEST_METHOD": "GET",
        "REQUEST_URI": f"{path}?{query}" if query else path,
        "SCRIPT_NAME": script,
        "PATH_INFO": path.removeprefix(script),
        "QUERY_STRING": query,
        "SERVER_NAME": "downloads.example.org",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "downloads.example.org",
        "HTTP_ACCEPT": "*/*",
        "HTTP_USER_AGENT": "curl/7.88.1",
        "REMOTE_ADDR": KNOWN,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **more,
    }


def page_environ(root: Path, name: str, address: str = KNOWN) -> Any:
    """Return the environ of a request for a page of a document root."""
    return environ(
        name,
        script=name,
        DOCUMENT_ROOT=str(root),
        SCRIPT_FILENAME=str(root / name.lstrip("/")),
        REMOTE_ADDR=address,
    )


def known() -> Iterator[str]:
    """Yield one address for ever."""
    return repeat(KNOWN)


def strangers(seed: int = 0) -> Iterator[str]:
    """Yield addresses that hardly ever share a network, the same for each seed.

    They are of so few /16 networks that all their places are known after a while: what
    the first client of a place costs is another figure.
    """
    chance = random.Random(3)
    regions = [f"{chance.randrange(1, 224)}.{chance.randrange(256)}" for _ in range(40)]
    chance.seed(seed)
    while True:
        host = f"{chance.randrange(256)}.{chance.randrange(256)}"
        yield f"{chance.choice(regions)}.{host}"
