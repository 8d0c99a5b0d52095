"""What the page of a file says of the file itself."""

from collections.abc import Iterator

from mirrorsel.metalink import is_writable
from mirrorsel.pages import Item, Value
from mirrorsel.web.proofs.seeded import seeded_of
from mirrorsel.web.proofs.torrent import Seeded, magnet
from mirrorsel.web.proofs.wanted import Wanted
from mirrorsel.web.published import project_of
from mirrorsel.web.sizes import in_words
from mirrorsel.web.styled import described
from mirrorsel.web.target import escaped, is_plain
from mirrorsel.web.vouched import is_provable


def about(wanted: Wanted) -> dict[str, Value]:
    """Return what the template prints of a file."""
    file, realm = wanted.file, wanted.realm
    nearest = not realm.only_origin(file.path)
    return {
        "name": file.name,
        "path": file.path,
        "href": f"/get/{escaped(file.path)}",
        "folder": f"/get/{escaped(file.path.rpartition(file.name)[0])}",
        "source": "the nearest mirror" if nearest else "the origin",
        "facts": described(_facts(wanted)),
        "disputed": file.disputed,
        # The page shows commands, which people paste into their shells.
        "command": file.name if is_plain(file.path) else "",
        **_proofs(wanted),
        **_at_origin(wanted),
    }


def _proofs(wanted: Wanted) -> dict[str, Value]:
    """Return what proves a file; all of it is empty where nobody can vouch for it."""
    file = wanted.file
    good = is_provable(file)
    seeded = seeded_of(wanted) if good else None
    return {
        "good": "good" if good else "",
        "magnet": magnet(seeded) if seeded else "",
        "proofs": [
            Item(text=name, attributes={"href": href})
            for name, href in _links(wanted, seeded)
        ],
        "sha256": file.sha256.hex() if good else "",
        "sha512": file.sha512.hex() if good else "",
    }


def _at_origin(wanted: Wanted) -> dict[str, Value]:
    """Return where the signature and the keys of its makers are, if they are there."""
    path, realm = wanted.file.path, wanted.realm
    origin = realm.index.geography.origin.mirror.url
    signature, keys = f"{path}.asc", f"{project_of(path)}/KEYS"
    return {
        "signature": origin + escaped(signature) if realm.has(signature) else "",
        "keys": origin + keys if realm.has(keys) else "",
    }


def _facts(wanted: Wanted) -> Iterator[tuple[str, str]]:
    file = wanted.file
    if file.size is not None:
        yield "Size", in_words(file.size)
    if file.changed:
        yield "Changed", f"{file.changed:%Y-%m-%d %H:%M} UTC"
    if is_provable(file):
        if file.sha256:
            yield "SHA-256", file.sha256.hex()
        if file.sha512:
            yield "SHA-512", file.sha512.hex()


def _links(wanted: Wanted, seeded: Seeded | None) -> Iterator[tuple[str, str]]:
    """Yield the generated files that there are, each with its address."""
    file = wanted.file
    if not is_provable(file):
        return
    there = {
        "meta4": is_writable(file.name),
        "metalink": is_writable(file.name),
        "sha256": bool(file.sha256),
        "sha512": bool(file.sha512),
        "torrent": seeded is not None,
    }
    for word, is_there in there.items():
        if is_there:
            yield f"{file.name}.{word}", f"/get/{escaped(file.path)}.{word}"
