"""Whether a client has already what it asks for (RFC 9110, section 13.2.2)."""

from datetime import datetime

from falcon import HTTPInvalidHeader, Request


def has_it(request: Request, etag: str, made: datetime | None) -> bool:
    """Return whether a client has what it would get.

    Args:
        request: Its request.
        etag: The tag of what it would get, without quotes.
        made: When that was last changed, in whole seconds; None if unknown.

    """
    known = request.if_none_match
    if known is not None:
        # mod_deflate and mod_brotli put their own name behind a tag.
        return any(one == "*" or one.partition("-")[0] == etag for one in known)
    since = _since(request)
    return since is not None and made is not None and made <= since


def _since(request: Request) -> datetime | None:
    try:
        return request.if_modified_since
    except HTTPInvalidHeader:
        # A date that is none is to be ignored (RFC 9110, section 13.1.3).
        return None
