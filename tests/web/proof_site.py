"""A site with files of all sorts, some of which nobody can vouch for."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from mirrorsel.indexing.store import Facts
from tests.metalink.described import ARMOUR
from tests.tree.published import MODIFIED, Known, cut
from tests.web.sites import SETTINGS

FILE, LARGE, SIGNED = "httpd/a.tar.gz", "httpd/large.iso", "httpd/signed.zip"
REAL, ODD = "httpd/real.zip", "odd/a b&c'<]]>.zip"
DISPUTED, UNHASHED, ONLY_512 = "httpd/bad.zip", "httpd/new.zip", "httpd/512.zip"
CONTENT = b"content of a file"
PUBLISHED: Mapping[str, bytes | Known] = {
    FILE: CONTENT,
    LARGE: cut(b"l" * 2500, 1024),
    SIGNED: CONTENT,
    f"{SIGNED}.asc": ARMOUR.encode(),
    REAL: CONTENT,
    f"{REAL}.sha256": b"a real file",
    ODD: CONTENT,
    "KEYS": b"keys",
    DISPUTED: Known(
        facts=Facts(
            size=17,
            modified=MODIFIED,
            sha256=hashlib.sha256(CONTENT).digest(),
            disputed="bad.zip.sha512 says otherwise",
        )
    ),
    UNHASHED: Known(facts=Facts(size=None, modified=0)),
    ONLY_512: Known(
        facts=Facts(size=17, modified=0, sha512=hashlib.sha512(CONTENT).digest())
    ),
    "odd/\ufffe": CONTENT,
}
DE1, DE2 = "https://de1.example/apache/", "https://de2.example/apache/"
HELD = {DE1: set[str](), DE2: {FILE, ODD, SIGNED, LARGE}}
SHA256 = hashlib.sha256(CONTENT)
SHA512 = hashlib.sha512(CONTENT)


def quoted(path: str) -> str:
    """Return a path as it stands in a URL."""
    return (
        path.replace(" ", "%20")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("]", "%5D")
        .replace("\ufffe", "%EF%BF%BE")
    )


def lay_out_tree(tree: Path) -> str:
    """Put the files below a folder; return the settings of a site that has them."""
    for path in PUBLISHED:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(ARMOUR.encode() if path.endswith(".asc") else b"x")
    return f'{SETTINGS}[tree]\nfolder = "{tree}"\n'
