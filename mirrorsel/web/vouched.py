"""The headers by which a redirect vouches for the file that it leads to."""

from base64 import b64encode
from dataclasses import dataclass

from mirrorsel.metalink import is_writable
from mirrorsel.model import PublishedFile

METALINK4 = "application/metalink4+xml"
_SIGNATURE = "application/pgp-signature"
_LONG = 1000
"""From this length on a name stands in no further header: httpd bounds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What all clients get for one file."""

    headers: tuple[tuple[str, str], ...]
    """Names in lower case and values."""
    described: str
    """What stands in `Link` behind ``<`` and our own base; empty for no such link."""

    def link(self, base: str) -> str:
        """Return the links to what describes the file (RFC 6249, sections 4 and 5).

        Args:
            base: The URL below which the file was asked for, with its final slash.

        """
        return f"<{base}{self.described}" if self.described else ""


def is_provable(file: PublishedFile) -> bool:
    """Return whether a file can be vouched for: its hash is known and undisputed."""
    return not file.disputed and bool(file.sha256 or file.sha512)


def vouch(file: PublishedFile, path: str, signature: str) -> Vouched | None:
    """Return the headers for a file; None for one that nobody can vouch for.

    Args:
        file: The file.
        path: Its path, percent-encoded.
        signature: The URL of its signature; empty for none.

    """
    if not is_provable(file):
        return None
    described = ""
    if len(path) <= _LONG and is_writable(file.name):
        described = f'{path}.meta4>; rel=describedby; type="{METALINK4}"'
        if signature:
            described += f', <{signature}>; rel=describedby; type="{_SIGNATURE}"'
    return Vouched(
        headers=(
            ("digest", _digest(file)),
            ("repr-digest", _repr_digest(file)),
            ("vary", "Accept"),
        ),
        described=described,
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
