"""How generated files are sent."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from falcon import HTTP_304, Request, Response

from mirrorsel.web.conditional import has_it
from mirrorsel.web.headers import put_private
from mirrorsel.web.lasting import leave
from mirrorsel.web.published import is_missing
from mirrorsel.web.realm import Realm
from mirrorsel.web.shown import Holds
from mirrorsel.web.tree import Tree
from mirrorsel.web.versions import Versions

_MAX_AGE = 300
"""For how many seconds anybody may keep what is the same for all clients."""
_NONE = Versions()


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
    files: Versions = _NONE
    """What was read for it, beside the index."""


def send(
    request: Request,
    response: Response,
    realm: Realm,
    made: Made,
    real: Path | None = None,
) -> None:
    """Answer with a file, or with 304 to whoever has it.

    Where a `real` file of its name might appear, that would be sent in its place.
    """
    etag = sha256(made.body).hexdigest()[:32]
    response.etag = etag
    if made.modified is not None:
        response.last_modified = made.modified
    response.set_header("X-Content-Type-Options", "nosniff")
    if made.public:
        response.set_header("Cache-Control", f"public, max-age={_MAX_AGE}")
    else:
        put_private(response)
    if has_it(request, etag, made.modified):
        response.status = HTTP_304
    else:
        response.content_type = made.kind
        response.data = made.body
    leave(request.env, _holds(realm.tree, made.files, real), public=made.public)


def _holds(tree: Tree | None, files: Versions, real: Path | None) -> Holds:
    """Return what tells whether the same would be sent again."""

    def holds() -> bool:
        return (
            tree is not None
            and tree.usable
            and files.are_current()
            and (real is None or is_missing(real))
        )

    return holds
