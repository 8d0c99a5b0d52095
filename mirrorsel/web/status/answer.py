"""An answer that everybody may keep for a while."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from falcon import HTTP_304, Request, Response

from mirrorsel.web.conditional import has_it

FORBIDS_ALL = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is sent."""

    body: bytes
    kind: str
    """Its media type."""
    etag: str
    """Without its quotes; the same for the same body, whichever process made it."""
    made: datetime
    """When this body was first made, in whole seconds."""


def page(body: bytes, kind: str, made: datetime) -> Page:
    """Return a page of a body."""
    etag = sha256(body).hexdigest()[:32]
    return Page(body=body, kind=kind, etag=etag, made=made)


def put_page(
    request: Request, response: Response, found: Page, *, seconds: int
) -> None:
    """Answer with a page, or with 304 to whoever has it (RFC 9110, section 13.2.2)."""
    response.etag = found.etag
    response.last_modified = found.made
    response.set_header("Cache-Control", f"public, max-age={seconds}")
    if has_it(request, found.etag, found.made):
        response.status = HTTP_304
    else:
        response.content_type = found.kind
        response.data = found.body


def put_safety(response: Response, policy: str) -> None:
    """Allow a page nothing but what its policy names."""
    response.set_header("Content-Security-Policy", policy)
    response.set_header("Referrer-Policy", "no-referrer")
    response.set_header("X-Content-Type-Options", "nosniff")
