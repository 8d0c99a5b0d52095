"""Descriptions of files that nobody would publish, and some that all would."""

import string

from hypothesis import strategies as st

from mirrorsel.metalink import Description, Source
from mirrorsel.model import Pieces, PublishedFile

ARMOUR = (
    "-----BEGIN PGP SIGNATURE-----\n\niHUEABYKAB0WIQ==\n=AbCd\n"
    "-----END PGP SIGNATURE-----\n"
)
# What XML has no character for is in no name that reaches a document.
LETTERS = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="/\\\ufffe\uffff"
)
NAMES = st.one_of(
    st.text(LETTERS, min_size=1, max_size=20),
    st.sampled_from(
        (
            "]]>",
            "<!--",
            "&lt;",
            "\"'",
            "a b.tar.gz",
            "x?y#z%41",
            "<file name='x'>",
            "ünï\u202ecode",
            "a..b",
        )
    ),
).filter(lambda name: name not in {".", ".."})
FOLDERS = st.lists(st.text(string.ascii_lowercase, min_size=1), max_size=3)
PIECES = st.integers(1, 4).flatmap(
    lambda count: st.builds(
        Pieces,
        length=st.integers(1, 2**40),
        sha256=st.binary(min_size=32 * count, max_size=32 * count),
        sha1=st.binary(min_size=20 * count, max_size=20 * count),
    )
)


def _digest(size: int) -> st.SearchStrategy[bytes]:
    return st.one_of(st.just(b""), st.binary(min_size=size, max_size=size))


FILES = st.builds(
    PublishedFile,
    path=st.builds(lambda folders, name: "/".join((*folders, name)), FOLDERS, NAMES),
    number=st.integers(1),
    size=st.one_of(st.none(), st.integers(0, 2**60)),
    modified=st.integers(-(2**62), 2**62),
    sha256=_digest(32),
    sha512=_digest(64),
)
SOURCES = st.builds(
    Source,
    url=st.text(string.ascii_lowercase + "&'=+~", max_size=9).map(
        lambda path: f"https://x.example/{path}"
    ),
    country=st.one_of(st.none(), st.sampled_from(("de", "gb"))),
)
DESCRIPTIONS = st.builds(
    Description,
    file=FILES,
    sources=st.lists(SOURCES, min_size=1, max_size=5).map(tuple),
    address=st.sampled_from(("https://www.example/get/x.meta4", "")),
    generator=st.just("mirrorsel/1"),
    pieces=st.one_of(st.none(), PIECES),
    signature=st.sampled_from(("", ARMOUR)),
)
FILE = PublishedFile(
    path="httpd/a.tar.gz",
    number=1,
    size=9,
    modified=1_795_000_000,
    sha256=bytes(range(32)),
    sha512=bytes(range(64)),
)
DESCRIBED = Description(
    file=FILE,
    sources=(
        Source(url="https://de.example/httpd/a.tar.gz", country="de"),
        Source(url="https://origin.example/httpd/a.tar.gz"),
    ),
    address="https://www.example/get/httpd/a.tar.gz.meta4",
    generator="mirrorsel/1",
    pieces=Pieces(length=5, sha256=bytes(64), sha1=bytes(40)),
    signature=ARMOUR,
)
