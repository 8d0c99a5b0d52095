"""Metalink 4, held against the rules of RFC 5854 and read back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from lxml import etree

from mirrorsel.metalink import Description, metalink4
from tests.metalink.described import ARMOUR, DESCRIBED, DESCRIPTIONS

RULES = etree.RelaxNG(etree.parse(Path(__file__).with_name("meta4.rng")))
HASH = bytes(range(32))
NAMESPACES = {"m": "urn:ietf:params:xml:ns:metalink"}
WHOLE = f"""\
<?xml version='1.0' encoding='utf-8'?>
<metalink xmlns="urn:ietf:params:xml:ns:metalink">
 <generator>mirrorsel/1</generator>
 <origin dynamic="true">https://www.example/get/httpd/a.tar.gz.meta4</origin>
 <published>2026-11-18T11:06:40Z</published>
 <updated>2026-11-18T11:06:40Z</updated>
 <file name="a.tar.gz">
  <size>9</size>
  <hash type="sha-256">{bytes(range(32)).hex()}</hash>
  <hash type="sha-512">{bytes(range(64)).hex()}</hash>
  <pieces length="5" type="sha-256">
   <hash>{bytes(32).hex()}</hash>
   <hash>{bytes(32).hex()}</hash>
  </pieces>
  <signature mediatype="application/pgp-signature">{ARMOUR}</signature>
  <url location="de" priority="1">https://de.example/httpd/a.tar.gz</url>
  <url priority="2">https://origin.example/httpd/a.tar.gz</url>
 </file>
</metalink>
"""


def test_a_whole_document() -> None:
    """This is what a client gets."""
    assert WHOLE == metalink4(DESCRIBED).decode()


@given(DESCRIPTIONS)
def test_every_document_keeps_the_rules(described: Description) -> None:
    """Whatever the file is called and however little is known of it."""
    assert RULES.validate(etree.fromstring(metalink4(described))), RULES.error_log


@given(DESCRIPTIONS)
def test_what_was_put_in_is_read_back(described: Description) -> None:
    """Name, size, hashes and addresses are the same for who parses the document."""
    [file] = etree.fromstring(metalink4(described)).iterfind("m:file", NAMESPACES)
    hashes = {one.get("type"): one.text for one in file.iterfind("m:hash", NAMESPACES)}
    urls = [one.text for one in file.iterfind("m:url", NAMESPACES)]
    size = file.findtext("m:size", None, NAMESPACES)
    known = (("sha-256", described.file.sha256), ("sha-512", described.file.sha512))

    assert described.file.name == file.get("name")
    assert described.file.size == (None if size is None else int(size))
    assert hashes == {kind: digest.hex() for kind, digest in known if digest}
    assert [one.url for one in described.sources] == urls


@given(DESCRIPTIONS)
def test_pieces_stand_in_their_order(described: Description) -> None:
    """Together they are what the index has, piece after piece."""
    assume(described.pieces is not None)
    _, hashes = pieces_in(described)

    assert described.pieces is not None
    assert hashes == described.pieces.sha256


def pieces_in(described: Description) -> tuple[str, bytes]:
    """Return the length of the pieces in a document, and their hashes."""
    root = etree.fromstring(metalink4(described))
    told = root.iterfind("m:file/m:pieces/m:hash", NAMESPACES)
    length = root.xpath("string(m:file/m:pieces/@length)", namespaces=NAMESPACES)
    return str(length), bytes.fromhex("".join(str(one.text) for one in told))


@pytest.mark.parametrize(
    ("size", "sha256", "expected"),
    [
        pytest.param(9, HASH, ("9", HASH), id="a small file"),
        pytest.param(2**24, HASH, (str(2**24), HASH), id="the largest of them"),
        pytest.param(2**24 + 1, HASH, ("", b""), id="a larger one"),
        pytest.param(0, HASH, ("", b""), id="an empty one"),
        pytest.param(None, HASH, ("", b""), id="of unknown size"),
        pytest.param(9, b"", ("", b""), id="without that hash"),
    ],
)
def test_a_small_file_is_one_piece(
    size: int | None, sha256: bytes, expected: tuple[str, bytes]
) -> None:
    """A client then gets it from another mirror if the first one has it wrong."""
    file = replace(DESCRIBED.file, size=size, sha256=sha256)

    assert expected == pieces_in(replace(DESCRIBED, file=file, pieces=None))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param('priority="1"', 'priority="0"', id="priority"),
        pytest.param('location="de"', 'location="DEU"', id="country"),
        pytest.param(' name="a.tar.gz"', "", id="no name"),
        pytest.param('"a.tar.gz"', '"../a.tar.gz"', id="a name that climbs"),
        pytest.param('"a.tar.gz"', '"/a.tar.gz"', id="an absolute name"),
        pytest.param("<size>9<", "<size>-9<", id="size"),
        pytest.param('type="sha-256"', 'type="sha256"', id="name of a hash"),
        pytest.param("40Z</updated>", "40</updated>", id="time without zone"),
        pytest.param(' mediatype="application/pgp-signature"', "", id="signature"),
        pytest.param(">https://www", ">www", id="origin"),
    ],
)
def test_the_rules_refuse(old: str, new: str) -> None:
    """The schema of these tests would find each of these."""
    assert old in WHOLE

    assert not RULES.validate(etree.fromstring(WHOLE.replace(old, new).encode()))
