"""JSON as programs of all ages can read it."""

import json
from datetime import datetime
from typing import Any

import msgspec
from falcon import Request, Response

from mirrorsel.web.headers import put_private

JSON = "application/json"
# A browser that mistakes JSON for a page must find no tag in it.
_ESCAPES = (("<", r"\u003c"), (">", r"\u003e"), ("&", r"\u0026"))


def json_text(value: Any) -> str:
    """Return a value as JSON, a key a line, sorted, in ASCII, with a final newline.

    Line-oriented clients of the closer interface count on this very layout.
    """
    # What indents in the standard library is written in Python, and ten times slower.
    text = msgspec.json.format(json.dumps(value, sort_keys=True), indent=4)
    for mark, escape in _ESCAPES:
        text = text.replace(mark, escape)
    return f"{text}\n"


def json_time(moment: datetime | None) -> str | None:
    """Return a time in UTC as JSON of ours has it everywhere (RFC 3339)."""
    if moment is None:
        return None
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def wants_json(request: Request, other: str) -> bool:
    """Return whether JSON is asked for, by ``?json`` or rather than another type."""
    if request.query_string and request.has_param("json"):
        return True
    accept = request.env.get("HTTP_ACCEPT", "")
    return JSON in accept and request.client_prefers((other, JSON)) == JSON


def put_json(response: Response, value: Any) -> None:
    """Make a value the answer."""
    response.content_type = JSON
    response.set_header("X-Content-Type-Options", "nosniff")
    put_private(response)
    response.text = json_text(value)
