"""What is kept of a certificate."""

import ssl
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from mirrorsel.model import Certificate
from mirrorsel.net.plain import plain


def read_certificate(shown: Mapping[str, Any]) -> Certificate | None:
    """Return what is kept of a certificate that was verified; None if it has no end.

    Args:
        shown: What `ssl.SSLSocket.getpeercert` gives.

    """
    end = shown.get("notAfter")
    if not isinstance(end, str):
        return None
    names = dict(_names(shown.get("issuer", ())))
    issuer = names.get("organizationName") or names.get("commonName", "")
    expiry = datetime.fromtimestamp(ssl.cert_time_to_seconds(end), UTC)
    return Certificate(expiry=expiry, issuer=plain(issuer))


def _names(distinguished: Any) -> Iterator[tuple[str, str]]:
    for relative in distinguished:
        yield from relative
