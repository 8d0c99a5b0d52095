"""A WSGI function without any framework, for comparison."""

from collections.abc import Iterable
from typing import Any


def application(_environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer with a letter."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "1")])
    return [b"x"]
