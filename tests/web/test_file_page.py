"""The page of one file, and the same as JSON."""

import html
import re
from html.parser import HTMLParser

import pytest

from mirrorsel.model import Reason
from mirrorsel.web.app import Wsgi
from mirrorsel.web.proofs.holding import REASONS
from mirrorsel.web.sizes import in_words
from tests.web.asking import Answer, ask
from tests.web.proof_site import (
    DE1,
    DE2,
    DISPUTED,
    FILE,
    HELD,
    ODD,
    PUBLISHED,
    SHA256,
    SHA512,
    SIGNED,
    UNHASHED,
    lay_out_tree,
    quoted,
)
from tests.web.sites import ORIGIN, MakeSite

PAGE = "text/html; charset=utf-8"


@pytest.fixture(scope="module")
def app(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Wsgi:
    """Return the application of a site that knows and has its files."""
    settings = lay_out_tree(tmp_path_factory.mktemp("tree"))
    return make_site(settings, published=PUBLISHED, held=HELD)


class _Nesting(HTMLParser):
    """Fails at the first end tag that closes another element than the open one."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002 - the parser's interface
    ) -> None:
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page_of(app: Wsgi, path: str) -> Answer:
    """Return the page of a file, after a look at its form."""
    answer = ask(app, f"/get/{quoted(path)}?mirrorlist")
    assert (answer.status, answer.headers["content-type"]) == (200, PAGE)
    nesting = _Nesting()
    nesting.feed(answer.text)
    assert nesting.open == []
    return answer


def row(text: str, host: str) -> str:
    """Return what the table says of a host, without tags."""
    [found] = re.findall(rf"<tr>((?:(?!</tr>).)*>{host}<.*?)</tr>", text)
    return re.sub(r"<[^>]*>", " ", found)


def test_who_has_it(app: Wsgi) -> None:
    """Mirrors come in the client's order, with country and distance."""
    text = page_of(app, FILE).text
    first, second = text.index("de2.example"), text.index("fr.example")

    assert first < second
    assert f'href="{DE2}{FILE}"' in text
    assert re.search(r"Germany\s+about \d+ km", row(text, "de2.example"))


def test_who_has_it_not(app: Wsgi) -> None:
    """Each other mirror has its reason, and no link to the file."""
    text = page_of(app, FILE).text

    assert "does not have it yet" in row(text, "de1.example")
    assert "out of service" in row(text, "off.example")
    assert f"{DE1}{FILE}" not in text
    assert "disk full" not in text


def test_every_reason_has_words() -> None:
    """None would be missing on the page."""
    assert set(Reason) == set(REASONS)


def test_how_to_verify(app: Wsgi) -> None:
    """Hashes, commands and proofs are there, and the signature where there is one."""
    text = html.unescape(page_of(app, SIGNED).text)
    command = f'echo "{SHA512.hexdigest()}  signed.zip"'

    assert f"{command} | sha512sum -c" in text
    assert f"{command} | shasum -a 512 -c" in text
    assert "certutil -hashfile signed.zip SHA512" in text
    assert f"curl -O {ORIGIN}{SIGNED}.asc" in text
    assert SHA256.hexdigest() in text
    for word in ("meta4", "metalink", "sha256", "sha512"):
        assert f'href="/get/{SIGNED}.{word}"' in text
        assert ask(app, f"/get/{SIGNED}.{word}").status == 200
    assert ".asc" not in page_of(app, FILE).text


def test_a_disputed_file(app: Wsgi) -> None:
    """The page says so at its top, and shows no hash."""
    text = page_of(app, DISPUTED).text

    assert "Nobody vouches" in text
    assert "bad.zip.sha512 says otherwise" in text
    assert SHA256.hexdigest() not in text
    assert ".meta4" not in text


def test_the_folder(app: Wsgi) -> None:
    """The page leads to the folder of the file."""
    assert f'href="/get/{FILE.rpartition("/")[0]}/"' in page_of(app, FILE).text
    assert 'href="/get/"' in page_of(app, "KEYS").text


def test_what_the_origin_alone_gives(app: Wsgi) -> None:
    """A key comes from no mirror: it is said so, and there is no map."""
    text = page_of(app, "KEYS").text

    assert "Download from the origin" in text
    assert "the origin" in row(text, ORIGIN.split("/")[2])
    assert "<figure" not in text
    assert "GeoNames" not in text
    assert "Download from the nearest mirror" in page_of(app, FILE).text


def test_distances(app: Wsgi) -> None:
    """Where no distance is known, there is no column of them."""
    nowhere = {"REMOTE_ADDR": "127.0.0.1"}
    text = ask(app, f"/get/{FILE}?mirrorlist", environ=nowhere).text

    assert "Distance" not in text
    assert "Distance" in page_of(app, FILE).text


@pytest.mark.parametrize("path", [DISPUTED, UNHASHED])
def test_nothing_to_compare(app: Wsgi, path: str) -> None:
    """Without hash and signature, nobody is told to compare them."""
    text = page_of(app, path).text

    assert "There is nothing to compare this file with" in text
    assert "The hashes of this page" not in text


def test_odd_names(app: Wsgi) -> None:
    """They are text on the page, and in no command for a shell."""
    text = page_of(app, ODD).text

    assert ODD.rpartition("/")[2] in html.unescape(text)
    assert "<]]>" not in text
    assert "sha512sum" not in text


def test_little_is_known(app: Wsgi) -> None:
    """A file without hash and size has a page all the same."""
    text = page_of(app, UNHASHED).text

    assert "SHA-" not in text.replace("the hash", "")
    assert "as none is known here: the origin publishes none of it" in text
    assert "The hashes of this page" not in text
    assert "Size" not in text


def test_the_page_is_safe_and_private(app: Wsgi) -> None:
    """It needs no script, and is for one client."""
    headers = page_of(app, FILE).headers

    assert "script-src" not in headers["content-security-policy"]
    assert headers["cache-control"] == "private, no-cache"
    assert headers["x-content-type-options"] == "nosniff"
    tag = {"HTTP_IF_NONE_MATCH": headers["etag"]}
    assert ask(app, f"/get/{FILE}?mirrorlist", environ=tag).status == 304


@pytest.mark.parametrize("query", ["mirrorlist&json", "json"])
def test_the_same_for_programs(app: Wsgi, query: str) -> None:
    """The explanation has the facts of the file."""
    told = ask(app, f"/get/{FILE}?{query}").json

    assert told["ranked"][0]["url"] == DE2
    assert told["file"] == {
        "size": 17,
        "modified": "2026-11-18T11:06:40Z",
        "sha256": SHA256.hexdigest(),
        "sha512": SHA512.hexdigest(),
        "disputed": None,
    }


def test_programs_and_a_disputed_file(app: Wsgi) -> None:
    """They get the reason, and no hash."""
    told = ask(app, f"/get/{DISPUTED}?json").json["file"]

    assert (told["sha256"], told["disputed"]) == (None, "bad.zip.sha512 says otherwise")


@pytest.mark.parametrize("target", ["httpd/", "httpd/none.zip", ""])
def test_what_is_no_file_has_no_such_page(app: Wsgi, target: str) -> None:
    """It is answered as without the parameter."""
    with_it, without = (
        ask(app, f"/get/{target}{query}") for query in ("?mirrorlist", "")
    )

    assert (with_it.status, with_it.body) == (without.status, without.body)


def test_without_an_index(make_site: MakeSite) -> None:
    """It is a redirect as before."""
    assert ask(make_site(), f"/get/{FILE}?mirrorlist").status == 302


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB (1,000 bytes)"),
        (2_621_440, "2.6 MB (2,621,440 bytes)"),
    ],
)
def test_sizes_in_words(size: int, words: str) -> None:
    """A person reads the unit, a careful one the bytes."""
    assert words == in_words(size)
