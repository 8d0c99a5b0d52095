"""How generated files are sent."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from falcon import HTTP_304, Request, Response

from mirrorsel.web.conditional import has_it
from mirrorsel.web.headers import put_private

_HOLDS = 300
"""For how many seconds anybody may keep what is the same for all clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file that no tree has."""

    body: bytes
    kind: str
    """Its media type."""
    modified: datetime | None = None
    """When it was last changed; None if unknown, or if it differs by client."""
    public: bool = False
    """Whether it is the same for all clients."""


def send(request: Request, response: Response, made: Made) -> None:
    """Answer with a file, or with 304 to whoever has it."""
    etag = sha256(made.body).hexdigest()[:32]
    response.etag = etag
    if made.modified is not None:
        response.last_modified = made.modified
    response.set_header("X-Content-Type-Options", "nosniff")
    if made.public:
        response.set_header("Cache-Control", f"public, max-age={_HOLDS}")
    else:
        put_private(response)
    if has_it(request, etag, made.modified):
        response.status = HTTP_304
    else:
        response.content_type = made.kind
        response.data = made.body
