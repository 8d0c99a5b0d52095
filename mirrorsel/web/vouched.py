"""The headers by which a redirect vouches for the file that it leads to."""

from base64 import b64encode
from dataclasses import dataclass

from mirrorsel.metalink import is_writable
from mirrorsel.model import PublishedFile
from mirrorsel.web.headers import Headers

METALINK4 = "application/metalink4+xml"
_SIGNATURE = "application/pgp-signature"
_LONG = 1000
"""Beyond this length an address stands in no further header: httpd bounds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What clients who know us by one name get for one file."""

    headers: Headers
    link: str
    """What leads to more about the file (RFC 6249, sections 4 and 5); may be empty."""


def is_provable(file: PublishedFile) -> bool:
    """Return whether a file can be vouched for: its hash is known and undisputed."""
    return not file.disputed and bool(file.sha256 or file.sha512)


def vouch(file: PublishedFile, url: str, signature: str) -> Vouched | None:
    """Return the headers for a file; None for one that nobody can vouch for.

    Args:
        file: The file.
        url: Where it was asked for.
        signature: The URL of its signature; empty for none.

    """
    if not is_provable(file):
        return None
    link = ""
    if len(url) <= _LONG and is_writable(file.name):
        link = f'<{url}.meta4>; rel=describedby; type="{METALINK4}"'
        if signature:
            link += f', <{signature}>; rel=describedby; type="{_SIGNATURE}"'
    return Vouched(
        headers=(
            ("Digest", _digest(file)),
            ("Repr-Digest", _repr_digest(file)),
            ("Vary", "Accept"),
        ),
        link=link,
    )


def _digest(file: PublishedFile) -> str:
    """Return the value of `Digest` (RFC 3230), which RFC 6249 asks for."""
    known = (("SHA-256", file.sha256), ("SHA-512", file.sha512))
    return ",".join(f"{name}={_base64(digest)}" for name, digest in known if digest)


def _repr_digest(file: PublishedFile) -> str:
    """Return the value of `Repr-Digest`, of one hash (RFC 9530, section 3)."""
    if file.sha256:
        return f"sha-256=:{_base64(file.sha256)}:"
    return f"sha-512=:{_base64(file.sha512)}:"


def _base64(digest: bytes) -> str:
    return b64encode(digest).decode()
