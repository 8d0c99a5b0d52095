"""What proves a download: headers of redirects, hashes and Metalink documents."""

import base64
import re
from pathlib import Path

import pytest
from lxml import etree

from mirrorsel.indexing.store import Facts
from mirrorsel.web.app import Wsgi
from tests.metalink.described import ARMOUR
from tests.metalink.test_fourth import RULES
from tests.tree.published import Known, facts_of
from tests.web.asking import FRENCH, GERMAN, Answer, ask
from tests.web.proof_site import (
    CONTENT,
    DE1,
    DE2,
    DISPUTED,
    FILE,
    HELD,
    LARGE,
    ODD,
    ONLY_512,
    PUBLISHED,
    REAL,
    SHA256,
    SHA512,
    SIGNED,
    UNHASHED,
    lay_out_tree,
    quoted,
)
from tests.web.scraped import METRICS, samples
from tests.web.sites import ORIGIN, SETTINGS, MakeSite

ACCEPT = "application/metalink4+xml"
HOME = "http://www.apache.org/get/"


@pytest.fixture(scope="module")
def app(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory) -> Wsgi:
    """Return the application of a site that knows and has its files."""
    settings = lay_out_tree(tmp_path_factory.mktemp("tree"))
    return make_site(settings, published=PUBLISHED, held=HELD)


@pytest.fixture(scope="module")
def bare(make_site: MakeSite) -> Wsgi:
    """Return the application of a site without an index."""
    return make_site()


def urls(answer: Answer) -> list[str]:
    """Return the sources that a document names, in their order."""
    return [str(one.text) for one in etree.fromstring(answer.body).iter("{*}url")]


def selections(app: Wsgi) -> float:
    """Return how many selections were counted."""
    found = samples(ask(app, METRICS).text)
    return sum(
        value for key, value in found.items() if key[0] == "mirrorsel_selections_total"
    )


def test_a_redirect_vouches_for_its_file(app: Wsgi) -> None:
    """Digests, and the address of the document, go with the redirect itself."""
    headers = ask(app, f"/get/{FILE}").headers
    first = base64.b64encode(SHA256.digest()).decode()
    second = base64.b64encode(SHA512.digest()).decode()

    assert headers["digest"] == f"SHA-256={first},SHA-512={second}"
    assert headers["repr-digest"] == f"sha-256=:{first}:"
    assert headers["vary"] == "Accept"
    assert headers["link"].startswith(
        f'<{HOME}{FILE}.meta4>; rel=describedby; type="{ACCEPT}", <'
    )
    assert "rel=duplicate; pri=2" in headers["link"]


def test_a_redirect_names_the_signature(app: Wsgi) -> None:
    """Where the tree has one, it is named as it lies on the origin."""
    described = (
        f'<{ORIGIN}{SIGNED}.asc>; rel=describedby; type="application/pgp-signature"'
    )

    assert ask(app, f"/get/{SIGNED}").headers["link"].split(", ")[1] == described
    assert ".asc" not in ask(app, f"/get/{FILE}").headers["link"]


def test_one_hash_is_enough(app: Wsgi) -> None:
    """A file of which only one hash is published is vouched for by that."""
    headers = ask(app, f"/get/{ONLY_512}").headers

    assert headers["digest"].startswith("SHA-512=")
    assert headers["repr-digest"].startswith("sha-512=:")
    assert ask(app, f"/get/{ONLY_512}.sha256").status == 404
    assert ask(app, f"/get/{ONLY_512}.sha512").status == 200


@pytest.mark.parametrize("path", [DISPUTED, UNHASHED, "httpd/"])
def test_what_nobody_can_vouch_for(app: Wsgi, path: str) -> None:
    """It is sent on as ever, without a word on what it should be."""
    answer = ask(app, f"/get/{path}", environ={"HTTP_ACCEPT": ACCEPT})

    assert answer.status in {200, 302}
    assert not {"digest", "repr-digest"} & answer.headers.keys()
    assert "describedby" not in answer.headers.get("link", "")
    assert answer.headers.get("content-type") != ACCEPT


@pytest.mark.parametrize("path", [DISPUTED, UNHASHED, "httpd", "httpd/none.zip"])
@pytest.mark.parametrize("word", ["meta4", "metalink", "sha256", "sha512"])
def test_no_proof_is_made_up(app: Wsgi, path: str, word: str) -> None:
    """Without an undisputed hash there is no file of any of these names."""
    assert ask(app, f"/get/{path}.{word}").status == 404


@pytest.mark.parametrize("word", ["meta4", "metalink", "sha256", "sha512"])
def test_without_an_index(bare: Wsgi, word: str) -> None:
    """All is sent on as before."""
    answer = ask(bare, f"/get/{FILE}.{word}", environ={"HTTP_ACCEPT": ACCEPT})

    assert answer.status == 302
    assert answer.location.endswith(f"{FILE}.{word}")
    assert not {"digest", "repr-digest", "vary"} & answer.headers.keys()


@pytest.mark.parametrize("path", [FILE, ODD])
@pytest.mark.parametrize(
    ("word", "digest"),
    [
        pytest.param("sha256", SHA256.hexdigest(), id="SHA-256"),
        pytest.param("sha512", SHA512.hexdigest(), id="SHA-512"),
    ],
)
def test_hash_files(app: Wsgi, path: str, word: str, digest: str) -> None:
    """They are as sha256sum reads them, and anybody may keep them for a while."""
    answer = ask(app, f"/get/{quoted(path)}.{word}")

    assert answer.text == f"{digest}  {path.rpartition('/')[2]}\n"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["last-modified"] == "Wed, 18 Nov 2026 11:06:40 GMT"


def test_a_real_file_wins(app: Wsgi) -> None:
    """What the tree has of such a name is sent on, and nothing made in its place."""
    answer = ask(app, f"/get/{REAL}.sha256")

    assert answer.status == 302
    assert answer.location == f"{ORIGIN}{REAL}.sha256"
    assert ask(app, f"/get/{REAL}.sha512").text.startswith(SHA512.hexdigest())


def test_a_real_file_that_is_not_indexed_yet_wins(
    make_site: MakeSite, tmp_path: Path
) -> None:
    """A hash file that came into the tree a moment ago counts already."""
    (tmp_path / "httpd").mkdir()
    settings = f'{SETTINGS}[tree]\nfolder = "{tmp_path}"\n'
    site = make_site(settings, published=PUBLISHED)
    assert ask(site, f"/get/{FILE}.sha256").status == 200

    (tmp_path / f"{FILE}.sha256").write_text("real")

    assert ask(site, f"/get/{FILE}.sha256").status == 302


def test_a_metalink(app: Wsgi) -> None:
    """Mirrors that have the file come first, the origin last; the rules are kept."""
    answer = ask(app, f"/get/{FILE}.meta4")
    found = urls(answer)

    assert RULES.validate(etree.fromstring(answer.body)), RULES.error_log
    assert found[0] == f"{DE2}{FILE}"
    assert found[-1] == f"{ORIGIN}{FILE}"
    assert f"{DE1}{FILE}" not in found
    assert f'<origin dynamic="true">{HOME}{FILE}.meta4</origin>' in answer.text
    assert answer.headers["content-type"] == ACCEPT
    assert answer.headers["cache-control"] == "private, no-cache"


def test_a_metalink_differs_by_client(app: Wsgi) -> None:
    """The nearest mirror comes first for each."""
    german, french = (
        urls(ask(app, f"/get/{FILE}.meta4", address=one)) for one in (GERMAN, FRENCH)
    )

    assert french[0].startswith("https://fr.example/")
    assert german[0] != french[0]


def test_https_clients_get_https(app: Wsgi) -> None:
    """Whoever came by https is not led away from it, as in a redirect."""
    secure = {"wsgi.url_scheme": "https"}
    plain = urls(ask(app, f"/get/{FILE}.meta4"))
    safe = urls(ask(app, f"/get/{FILE}.meta4", environ=secure))

    assert any(one.startswith("http:") for one in plain)
    assert all(one.startswith("https:") for one in safe)


def test_pieces_of_large_files(app: Wsgi) -> None:
    """A client can tell which part of a download is wrong."""
    root = etree.fromstring(ask(app, f"/get/{LARGE}.meta4").body)
    pieces = root.find("{*}file/{*}pieces")

    assert pieces is not None
    assert pieces.get("length") == "1024"
    assert len(pieces) == 3


def test_the_signature_stands_in_the_metalink(app: Wsgi) -> None:
    """It is the text of the file in the tree."""
    for word in ("meta4", "metalink"):
        root = etree.fromstring(ask(app, f"/get/{SIGNED}.{word}").body)

        assert [one.text for one in root.iter("{*}signature")] == [ARMOUR]
        assert "signature" not in ask(app, f"/get/{FILE}.{word}").text


@pytest.mark.parametrize("text", [b"\xff\x00", b"<script>", ARMOUR.encode() * 999])
def test_what_is_no_signature_is_left_out(
    make_site: MakeSite, tmp_path: Path, text: bytes
) -> None:
    """Binary, another text, or more than a signature is: it goes without."""
    (tmp_path / "httpd").mkdir()
    (tmp_path / f"{SIGNED}.asc").write_bytes(text)
    settings = f'{SETTINGS}[tree]\nfolder = "{tmp_path}"\n'
    site = make_site(settings, published=PUBLISHED)

    assert "<signature" not in ask(site, f"/get/{SIGNED}.meta4").text


def test_version_3(app: Wsgi) -> None:
    """Package managers get the same sources, by preference."""
    answer = ask(app, f"/get/{FILE}.metalink")
    root = etree.fromstring(answer.body)
    preferences = [int(one.get("preference", "")) for one in root.iter("{*}url")]

    assert answer.headers["content-type"] == "application/metalink+xml"
    assert urls(answer) == urls(ask(app, f"/get/{FILE}.meta4"))
    assert preferences == sorted(preferences, reverse=True)


@pytest.mark.parametrize("word", ["meta4", "metalink"])
def test_odd_names(app: Wsgi, word: str) -> None:
    """A name is read back as it is; in URLs it is encoded."""
    answer = ask(app, f"/get/{quoted(ODD)}.{word}")
    [file] = etree.fromstring(answer.body).iter("{*}file")

    assert file.get("name") == ODD.rpartition("/")[2]
    assert urls(answer)[-1] == ORIGIN + quoted(ODD)


def test_a_name_that_xml_cannot_express(app: Wsgi) -> None:
    """There is a hash of it, and no document."""
    path = quoted("odd/\ufffe")

    assert ask(app, f"/get/{path}.meta4").status == 404
    assert ask(app, f"/get/{path}.sha256").status == 200
    assert "describedby" not in ask(app, f"/get/{path}").headers["link"]


def test_keys_come_from_the_origin_alone(app: Wsgi) -> None:
    """What never comes from a mirror has one source."""
    assert urls(ask(app, "/get/KEYS.meta4")) == [f"{ORIGIN}KEYS"]


@pytest.mark.parametrize(
    ("accept", "metalink"),
    [
        pytest.param(ACCEPT, True, id="metalink alone"),
        pytest.param(f"{ACCEPT}, */*;q=0.5", True, id="metalink first"),
        pytest.param(f"*/*,{ACCEPT},application/metalink+xml", True, id="aria2"),
        pytest.param(f"{ACCEPT};q=0.5, */*", False, id="metalink last"),
        pytest.param(f"{ACCEPT};q=0, */*;q=0.1", False, id="no metalink"),
        pytest.param("*/*", False, id="anything"),
        pytest.param("text/html,application/xml;q=0.9,*/*;q=0.8", False, id="browser"),
        pytest.param(f";;{ACCEPT}/,", False, id="nonsense"),
    ],
)
def test_negotiation(app: Wsgi, accept: str, *, metalink: bool) -> None:
    """By preference the address of the file itself gives its document."""
    answer = ask(app, f"/get/{FILE}", environ={"HTTP_ACCEPT": accept})

    assert answer.headers["vary"] == "Accept"
    if metalink:
        assert answer.body == ask(app, f"/get/{FILE}.meta4").body
        assert answer.headers["content-location"] == f"/get/{FILE}.meta4"
        assert answer.headers["cache-control"] == "private, no-cache"
    else:
        assert answer.status == 302


@pytest.mark.parametrize("word", ["meta4", "metalink", "sha256", "sha512"])
def test_who_has_it_is_told_so(app: Wsgi, word: str) -> None:
    """The tag is of the content, and HEAD tells the same headers."""
    target = f"/get/{FILE}.{word}"
    first = ask(app, target)
    head = ask(app, target, method="HEAD")
    tag = first.headers["etag"]

    again = ask(app, target, environ={"HTTP_IF_NONE_MATCH": tag})
    other = ask(app, target, environ={"HTTP_IF_NONE_MATCH": '"other"'})

    assert re.fullmatch('"[0-9a-f]{32}"', tag)
    assert (again.status, again.body) == (304, b"")
    assert (other.status, other.body) == (200, first.body)
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", tag)
    assert head.headers["content-length"] == str(len(first.body))


def test_dates(app: Wsgi) -> None:
    """A hash is as old as its file; a document with mirrors has no date."""
    since = {"HTTP_IF_MODIFIED_SINCE": "Wed, 18 Nov 2026 11:06:40 GMT"}

    assert ask(app, f"/get/{FILE}.sha256", environ=since).status == 304
    assert ask(app, f"/get/{FILE}.meta4", environ=since).status == 200
    assert "last-modified" not in ask(app, f"/get/{ONLY_512}.sha512").headers


@pytest.mark.parametrize("host", ["evil>.example", "a b", "", "x" * 999])
def test_a_host_that_is_none(app: Wsgi, host: str) -> None:
    """No header and no document repeats it; links are relative then."""
    environ = {"HTTP_HOST": host}
    link = ask(app, f"/get/{FILE}", environ=environ).headers["link"]

    assert f"</get/{FILE}.meta4>; rel=describedby" in link
    assert "<origin" not in ask(app, f"/get/{FILE}.meta4", environ=environ).text


def test_long_names_take_no_further_headers(make_site: MakeSite) -> None:
    """Httpd bounds what an answer's headers may take together."""
    path = "/".join(["é" * 100] * 12)
    site = make_site(published={path: CONTENT})

    answer = ask(site, "/get/" + "%C3%A9".join(path.split("é")))

    assert answer.status == 302
    assert "digest" in answer.headers
    assert "describedby" not in answer.headers.get("link", "")
    assert sum(map(len, answer.headers.values())) < 20_000


@pytest.mark.parametrize("modified", [-1, 2**62])
def test_times_that_no_calendar_has(make_site: MakeSite, modified: int) -> None:
    """A file whose time was set to nonsense is vouched for without it."""
    facts = Facts(size=1, modified=modified, sha256=SHA256.digest())
    site = make_site(published={FILE: Known(facts=facts)})

    for form in (".meta4", ".metalink", ".sha256", "?mirrorlist", "?json"):
        assert ask(site, f"/get/{FILE}{form}").status == 200


@pytest.mark.parametrize(
    ("form", "counted"),
    [
        pytest.param("", 1, id="redirect"),
        pytest.param(".meta4", 0, id="metalink"),
        pytest.param(".sha256", 0, id="hash"),
        pytest.param("?mirrorlist", 0, id="page"),
    ],
)
def test_what_counts_as_a_selection(app: Wsgi, form: str, counted: int) -> None:
    """Only who is sent to a mirror is counted for it: a document names many."""
    before = selections(app)
    ask(app, f"/get/{FILE}{form}")

    assert selections(app) - before == counted


def test_facts_are_those_of_the_content() -> None:
    """The helper of these tests hashes what it is given."""
    assert facts_of(CONTENT).sha256 == SHA256.digest()
