"""Names of files below a mirror's base, as clients write them."""

import re
from urllib.parse import quote

_LONGEST = 2048
_LONGEST_ESCAPED = 8192

# C0 and C1 control characters, the backslash, and what Falcon puts in the place of
# bytes that are not UTF-8.
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ufffd\ud800-\udfff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SEGMENTS = re.compile(r"(?:(?!\.{1,2}(?:/|\Z))[^/]+/)*(?:(?!\.{1,2}\Z)[^/]+)?")
# An absolute request target (RFC 9112, section 3.2.2) begins with scheme and host.
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
_ROUNDABOUT = re.compile(r"//|/(?:\.|%2[eE]){1,2}(?:/|\Z)")

# Nearly all targets: nothing in them needs a check or an escape.
_NAME = r"[A-Za-z0-9_~][A-Za-z0-9_~.+,@=-]*"
_PLAIN = re.compile(rf"(?:{_NAME}/)*(?:{_NAME})?")

# RFC 3986, section 3.3: what a path segment may hold besides letters and digits.
_PATH = "/!$&'()*+,;=:@~"


def is_canonical(target: str) -> bool:
    """Return whether a target can be put behind a base as it is.

    It then has no empty, ``.`` or ``..`` segment, no control character, no
    backslash, no scheme, and lies below any base.
    """
    if len(target) > _LONGEST:
        return False
    return _PLAIN.fullmatch(target) is not None or (
        _SEGMENTS.fullmatch(target) is not None
        and _FORBIDDEN.search(target) is None
        and _SCHEME.match(target) is None
        and len(quote(target, safe=_PATH)) <= _LONGEST_ESCAPED
    )


def is_plain(target: str) -> bool:
    """Return whether a target has no character that a URL or a shell reads."""
    return _PLAIN.fullmatch(target) is not None


def is_roundabout(uri: str) -> bool:
    """Return whether a request target holds ``//``, ``.`` or ``..`` segments.

    httpd resolves them before the application sees the path; the raw URI tells.
    """
    if not ("//" in uri or "/." in uri or "/%" in uri):
        return False
    path = uri.partition("?")[0]
    if not path.startswith("/"):
        path = _AUTHORITY.sub("", path, count=1)
    return _ROUNDABOUT.search(path) is not None


def normalised(target: str) -> str | None:
    """Return a target as the closer interface reads it, or None to refuse it.

    Leading slashes, double slashes and ``.`` segments go; one final slash stays.
    """
    if len(target) > _LONGEST:
        return None
    if _PLAIN.fullmatch(target):
        return target
    segments = [one for one in target.split("/") if one not in {"", "."}]
    ending = "/" if segments and target.endswith(("/", "/.")) else ""
    tidy = "/".join(segments) + ending
    return tidy if is_canonical(tidy) else None


def escaped(target: str) -> str:
    """Return a target with all that a URL's path may not hold percent-encoded."""
    return target if _PLAIN.fullmatch(target) else quote(target, safe=_PATH)
