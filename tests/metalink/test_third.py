"""Metalink 3, as package managers read it."""

from hypothesis import given
from lxml import etree

from mirrorsel.metalink import Description, Source, metalink3
from tests.metalink.described import ARMOUR, DESCRIBED, DESCRIPTIONS

NAMESPACES = {"m": "http://www.metalinker.org/"}


def test_a_whole_document() -> None:
    """This is what a client gets."""
    text = metalink3(DESCRIBED).decode()

    assert (
        text
        == f"""\
<?xml version='1.0' encoding='utf-8'?>
<metalink version="3.0" xmlns="http://www.metalinker.org/" type="dynamic"\
 generator="mirrorsel/1" origin="https://www.example/get/httpd/a.tar.gz.meta4"\
 pubdate="Wed, 18 Nov 2026 11:06:40 GMT">
 <files>
  <file name="a.tar.gz">
   <size>9</size>
   <verification>
    <hash type="sha256">{bytes(range(32)).hex()}</hash>
    <hash type="sha512">{bytes(range(64)).hex()}</hash>
    <pieces length="5" type="sha256">
     <hash piece="0">{bytes(32).hex()}</hash>
     <hash piece="1">{bytes(32).hex()}</hash>
    </pieces>
    <signature type="pgp" file="a.tar.gz.asc">{ARMOUR}</signature>
   </verification>
   <resources>
    <url type="https" location="de" preference="100">\
https://de.example/httpd/a.tar.gz</url>
    <url type="https" preference="99">https://origin.example/httpd/a.tar.gz</url>
   </resources>
  </file>
 </files>
</metalink>
"""
    )


@given(DESCRIPTIONS)
def test_what_was_put_in_is_read_back(described: Description) -> None:
    """Name, size, hashes and addresses are the same for who parses the document."""
    root = etree.fromstring(metalink3(described))
    [file] = root.iterfind("m:files/m:file", NAMESPACES)
    hashes = {
        one.get("type"): one.text
        for one in file.iterfind("m:verification/m:hash", NAMESPACES)
    }
    urls = [one.text for one in file.iterfind("m:resources/m:url", NAMESPACES)]
    size = file.findtext("m:size", None, NAMESPACES)
    known = (("sha256", described.file.sha256), ("sha512", described.file.sha512))

    assert described.file.name == file.get("name")
    assert described.file.size == (None if size is None else int(size))
    assert hashes == {kind: digest.hex() for kind, digest in known if digest}
    assert [one.url for one in described.sources] == urls


def test_preference_never_ends() -> None:
    """However many sources there are, each has a preference of 1 to 100."""
    many = tuple(Source(url=f"http://{one}.example/") for one in range(120))
    root = etree.fromstring(
        metalink3(
            Description(
                file=DESCRIBED.file, sources=many, address="http://x/", generator="x"
            )
        )
    )
    found = [int(one.get("preference", "")) for one in root.iter("{*}url")]

    assert found == [*range(100, 1, -1), *[1] * 21]
