"""The forms in which a file is described: which is asked for, and how it is made."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from falcon import Request, Response

from mirrorsel.metalink import Description, is_writable, metalink3, metalink4
from mirrorsel.web.proofs.seeded import seeded_of
from mirrorsel.web.proofs.sending import Made, send
from mirrorsel.web.proofs.signature import armour
from mirrorsel.web.proofs.sources import sources
from mirrorsel.web.proofs.torrent import magnet, torrent
from mirrorsel.web.proofs.wanted import Wanted, generator
from mirrorsel.web.realm import Realm
from mirrorsel.web.target import escaped
from mirrorsel.web.vouched import METALINK4, is_provable

Form: TypeAlias = Callable[[Wanted], Made | None]
"""Makes a form of a file; None for a file that has none."""

_METALINK3 = "application/metalink+xml"
_TORRENT = "application/x-bittorrent"
_TEXT = "text/plain; charset=utf-8"


def generated(request: Request, response: Response, realm: Realm, target: str) -> bool:
    """Answer with a form of a file whose name is the file's with a word behind it.

    It is asked only for what is not published: a real file of such a name wins.
    """
    path, _, word = target.rpartition(".")
    form = _FORMS.get(word)
    made = _made(form, request, realm, path) if form else None
    if made is None:
        return False
    folder = realm.sources.settings.tree.folder
    real = realm.sources.settings.path(folder) / target if folder else None
    send(request, response, realm, made, real)
    return True


def other_form(request: Request, response: Response, realm: Realm, target: str) -> bool:
    """Answer with a Metalink document if the client prefers it to the file."""
    accept = request.env.get("HTTP_ACCEPT", "")
    if METALINK4 not in accept or not _prefers_metalink(request):
        return False
    made = _made(_fourth, request, realm, target)
    if made is None:
        return False
    response.set_header("Vary", "Accept")
    response.set_header("Content-Location", f"/get/{escaped(target)}.meta4")
    send(request, response, realm, made)
    return True


def _prefers_metalink(request: Request) -> bool:
    """Return whether it is at least as welcome as the file (RFC 9110, 12.5.1)."""
    kinds = (METALINK4, "application/octet-stream")
    return request.client_prefers(kinds) == METALINK4


def _made(form: Form, request: Request, realm: Realm, path: str) -> Made | None:
    file = realm.tree.find(path) if realm.tree else None
    if file is None or not is_provable(file):
        return None
    return form(Wanted(realm=realm, request=request, file=file))


def _fourth(wanted: Wanted) -> Made | None:
    return _document(wanted, "meta4", metalink4, METALINK4)


def _third(wanted: Wanted) -> Made | None:
    return _document(wanted, "metalink", metalink3, _METALINK3)


def _document(
    wanted: Wanted, word: str, write: Callable[[Description], bytes], kind: str
) -> Made | None:
    realm, file = wanted.realm, wanted.file
    if not is_writable(file.name):
        return None
    signature, files = armour(wanted)
    described = Description(
        file=file,
        sources=sources(wanted),
        address=wanted.address(word),
        generator=generator(),
        pieces=realm.tree.pieces(file) if realm.tree else None,
        signature=signature,
    )
    return Made(body=write(described), kind=kind, files=files)


def _sha256(wanted: Wanted) -> Made | None:
    return _hashes(wanted, wanted.file.sha256)


def _sha512(wanted: Wanted) -> Made | None:
    return _hashes(wanted, wanted.file.sha512)


def _hashes(wanted: Wanted, digest: bytes) -> Made | None:
    """Return what ``sha256sum -c`` and ``sha512sum -c`` read."""
    if not digest:
        return None
    text = f"{digest.hex()}  {wanted.file.name}\n"
    return Made(
        body=text.encode(), kind=_TEXT, modified=wanted.file.changed, public=True
    )


def _torrent(wanted: Wanted) -> Made | None:
    seeded = seeded_of(wanted)
    return Made(body=torrent(seeded), kind=_TORRENT) if seeded else None


def _magnet(wanted: Wanted) -> Made | None:
    seeded = seeded_of(wanted)
    return Made(body=f"{magnet(seeded)}\n".encode(), kind=_TEXT) if seeded else None


_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "meta4": _fourth,
        "metalink": _third,
        "sha256": _sha256,
        "sha512": _sha512,
        "torrent": _torrent,
        "magnet": _magnet,
    }
)
"""Each by the word behind the name of the file."""
