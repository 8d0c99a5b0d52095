"""``/get/``: redirects with their headers, and the choice as JSON."""

from collections.abc import Mapping

import pytest

from mirrorsel.selection.rendezvous import slot
from mirrorsel.web.app import Wsgi
from tests.web.asking import BRITON, FRENCH, GERMAN, NOBODY, ask
from tests.web.sites import BASES, DOWN, ORIGIN, SETTINGS, STALE, MakeSite

FILE = "httpd/httpd-2.4.66.tar.gz"
RANK = {
    "ring": 1,
    "turn": 1,
    "score": [pytest.approx(-0.005, abs=0.05)],
    "share": 1,
    "surplus": False,
    "lacks_ipv6": False,
}


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        pytest.param(GERMAN, {"de1.example", "de2.example"}, id="Germany"),
        pytest.param(FRENCH, {"fr.example"}, id="France"),
        pytest.param(BRITON, {"uk.example"}, id="United Kingdom"),
        pytest.param(f"::ffff:{FRENCH}", {"fr.example"}, id="IPv4 in IPv6"),
    ],
)
def test_a_download_goes_to_the_nearest_mirror(
    app: Wsgi, address: str, hosts: set[str]
) -> None:
    """A client gets 302 to a mirror of its own country where there is one."""
    answer = ask(app, f"/get/{FILE}", address=address)

    assert answer.status == 302
    assert answer.location.split("/")[2] in hosts
    assert answer.location.endswith(f"/{FILE}")


def test_a_redirect_says_which_mirror_and_how(app: Wsgi) -> None:
    """X-Mirrorsel names host and step, and the country, for the access log."""
    headers = ask(app, f"/get/{FILE}", address=FRENCH).headers

    assert headers["x-mirrorsel"] == "fr.example; how=near"
    assert headers["x-mirrorsel-country"] == "fr"


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(NOBODY, id="in no database"),
        pytest.param("", id="a Unix socket"),
        pytest.param("unix:", id="no address"),
    ],
)
def test_a_client_without_a_place_gets_any_mirror(app: Wsgi, address: str) -> None:
    """How says anywhere, and no country is made up."""
    headers = ask(app, f"/get/{FILE}", address=address).headers

    assert headers["x-mirrorsel"].endswith("; how=anywhere")
    assert "x-mirrorsel-country" not in headers


@pytest.mark.parametrize(
    ("site", "scheme", "expected"),
    [
        pytest.param(
            {"health": None}, "http", "fr.example; how=unprobed", id="never probed"
        ),
        pytest.param(
            {"listed": "http fr https://fr.example/\n", "health": {"fr.example": DOWN}},
            "http",
            "origin.example; how=backup",
            id="all down",
        ),
        pytest.param(
            {
                "listed": "http fr https://f.example/\nhttp Backup http://b.example/\n",
                "health": {"f.example": STALE},
            },
            "https",
            "f.example; how=stale",
            id="all stale",
        ),
        pytest.param(
            {"listed": "http Backup http://b.example/\n"},
            "https",
            "origin.example; how=origin",
            id="nothing left",
        ),
    ],
)
def test_how_names_the_fallback_step(
    make_site: MakeSite, site: Mapping[str, object], scheme: str, expected: str
) -> None:
    """Whatever befalls the mirrors, there is an answer that says which step it is."""
    environ = {"wsgi.url_scheme": scheme}

    answer = ask(make_site(**site), f"/get/{FILE}", address=FRENCH, environ=environ)

    assert (answer.status, answer.headers["x-mirrorsel"]) == (302, expected)


def test_mirrors_are_named_in_the_link_header(make_site: MakeSite) -> None:
    """RFC 6249, section 2: duplicates with their priority and country, in order.

    The one of `Location` comes first, since some clients read the first link alone.
    """
    listed = (
        "http fr https://fr.example/\n"
        "http uk https://uk.example/a/\n"
        "http Backup https://backup.example/\n"
    )

    answer = ask(make_site(listed=listed), "/get/a%20b/x.tgz", address=FRENCH)

    assert answer.location == "https://fr.example/a%20b/x.tgz"
    assert answer.headers["link"] == (
        "<https://fr.example/a%20b/x.tgz>; rel=duplicate; pri=1; geo=fr, "
        "<https://uk.example/a/a%20b/x.tgz>; rel=duplicate; pri=2; geo=gb, "
        "<https://backup.example/a%20b/x.tgz>; rel=duplicate; pri=3"
    )


@pytest.mark.parametrize(
    ("links", "count"),
    [
        pytest.param("", 1 + 4, id="by default"),
        pytest.param("\n[web]\nlinks = 2\n", 1 + 2, id="as set"),
        pytest.param("\n[web]\nlinks = 0\n", 0, id="none"),
    ],
)
def test_the_number_of_links_is_a_setting(
    make_site: MakeSite, links: str, count: int
) -> None:
    """A redirect names as many mirrors as wanted, beside the one it leads to."""
    answer = ask(make_site(settings=SETTINGS + links), f"/get/{FILE}")

    assert answer.headers.get("link", "").count("rel=duplicate") == count


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(f"/get/{FILE}", id="redirect"),
        pytest.param(f"/get/{FILE}?json", id="JSON"),
        pytest.param("/get/KEYS", id="proof"),
    ],
)
def test_an_answer_is_for_one_client_only(app: Wsgi, target: str) -> None:
    """REQ-9: shared caches must not keep it, and no cookie is set."""
    headers = ask(app, target).headers

    assert headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "name",
    [
        "x.asc",
        "x.sig",
        "x.md5",
        "x.sha1",
        "x.sha256",
        "x.sha512",
        "KEYS",
        "httpd/KEYS",
        "a/b/x.tar.gz.asc",
    ],
)
def test_proofs_always_come_from_the_origin(app: Wsgi, name: str) -> None:
    """What proves a download never comes from where the download came from."""
    answer = ask(app, f"/get/{name}")

    assert answer.location == ORIGIN + name
    assert answer.headers["x-mirrorsel"] == "origin.example; how=origin"
    assert "link" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KEYS/x", id="a folder called KEYS"),
        pytest.param("x.asc/y", id="a folder with the ending"),
        pytest.param("MYKEYS", id="another name"),
        pytest.param("x.ascx", id="another ending"),
    ],
)
def test_only_proofs_always_come_from_the_origin(app: Wsgi, name: str) -> None:
    """The patterns are held against the whole of the file's own name."""
    answer = ask(app, f"/get/{name}")

    assert answer.headers["x-mirrorsel"].endswith("; how=near")


@pytest.mark.parametrize(
    ("patterns", "name", "how"),
    [
        pytest.param('["*.proof"]', "x.proof", "origin", id="its own pattern"),
        pytest.param('["*.proof"]', "x.asc", "near", id="in place of the usual ones"),
        pytest.param("[]", "x.asc", "near", id="none"),
    ],
)
def test_which_files_are_proofs_is_a_setting(
    make_site: MakeSite, patterns: str, name: str, how: str
) -> None:
    """The operator may name other patterns, or none."""
    site = make_site(settings=f"{SETTINGS}always_origin = {patterns}\n")

    answer = ask(site, f"/get/{name}")

    assert answer.headers["x-mirrorsel"].endswith(f"; how={how}")


@pytest.mark.parametrize(
    ("query", "accept", "is_json"),
    [
        pytest.param("?json", "", True, id="by parameter"),
        pytest.param("?json=1", "", True, id="with a value"),
        pytest.param("?x=1&json=", "text/html", True, id="beside others"),
        pytest.param("", "application/json", True, id="by Accept"),
        pytest.param("", "application/json, text/plain;q=0.5", True, id="rather"),
        pytest.param("", "text/plain, application/json;q=0.5", False, id="less"),
        pytest.param("", "*/*", False, id="curl"),
        pytest.param("", "text/html,*/*;q=0.8", False, id="a browser"),
        pytest.param("", "application/json;q=0", False, id="anything but JSON"),
        pytest.param("", "application/json;q=x, /, ;", False, id="nonsense"),
        pytest.param("?JSON", "", False, id="names are case-sensitive"),
        pytest.param("", "", False, id="not asked"),
    ],
)
def test_programs_get_the_choice_as_json(
    app: Wsgi, query: str, accept: str, *, is_json: bool
) -> None:
    """By ``?json`` or by content negotiation (RFC 9110, section 12.5.1)."""
    answer = ask(app, f"/get/{FILE}{query}", environ={"HTTP_ACCEPT": accept})

    assert answer.status == (200 if is_json else 302)
    assert (answer.headers.get("content-type") == "application/json") is is_json


def test_the_json_tells_who_what_and_why(make_site: MakeSite) -> None:
    """It holds the client's place, the ranking with costs, and each rejection."""
    listed = (
        "http de https://de.example/ - lat=52.5 lon=13.4\n"
        'http fr https://off.example/ - disabled="disk full"\n'
        "http uk https://down.example/\n"
    )
    site = make_site(listed=listed, health={"down.example": DOWN})

    answer = ask(site, f"/get/{FILE}?json")

    assert answer.json == {
        "target": FILE,
        "how": "near",
        "client": {
            "country": "de",
            "continent": "EU",
            "latitude": 52.0,
            "longitude": 13.0,
            "asn": None,
            "network": "127.0.0.0/24",
            "slot": slot("127.0.0.0/24"),
            "https": False,
            "ipv6": False,
        },
        "rings": [
            {
                "number": 1,
                "backup": False,
                "anchor": pytest.approx(0, abs=100),
                "limit": pytest.approx(300, abs=100),
                "mirrors": 1,
            },
            {
                "number": 2,
                "backup": False,
                "anchor": pytest.approx(1500, abs=100),
                "limit": pytest.approx(2100, abs=100),
                "mirrors": 1,
            },
            {
                "number": 1,
                "backup": True,
                "anchor": 20016.0,
                "limit": 25270.0,
                "mirrors": 1,
            },
        ],
        "ranked": [
            {
                "url": "https://de.example/",
                "how": "near",
                "country": "de",
                "cost": pytest.approx(0, abs=100),
                "overrides": [],
                "state": "up",
                "stamp": "2026-11-23T12:00:00Z",
                **RANK,
            },
            {
                "url": ORIGIN,
                "how": "backup",
                "country": None,
                "cost": 20016.0,
                "overrides": [],
                "state": "unknown",
                "stamp": None,
                **RANK,
            },
        ],
        "rejected": [
            {
                "url": "https://off.example/",
                "reason": "disabled",
                "cost": pytest.approx(1400, abs=200),
                "ring": None,
            },
            {
                "url": "https://down.example/",
                "reason": "down",
                "cost": pytest.approx(1500, abs=100),
                "ring": 2,
            },
        ],
    }


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("/get/x?json", id="choice"),
        pytest.param("/get/../x", id="error"),
    ],
)
def test_answers_with_a_body_are_what_they_say(app: Wsgi, target: str) -> None:
    """REQ-32: no browser may take them for a page."""
    assert ask(app, target).headers["x-content-type-options"] == "nosniff"


def test_the_json_of_a_proof_names_the_origin_alone(app: Wsgi) -> None:
    """No other place comes into question, so none is ranked or rejected."""
    answer = ask(app, "/get/x.asc?json").json

    assert (answer["how"], answer["rejected"]) == ("origin", [])
    assert [one["url"] for one in answer["ranked"]] == [ORIGIN]


def test_the_redirect_is_what_the_json_ranks_first(app: Wsgi) -> None:
    """Both forms of an answer tell the same."""
    ranked = ask(app, f"/get/{FILE}?json").json["ranked"]

    assert ask(app, f"/get/{FILE}").location == ranked[0]["url"] + FILE


@pytest.mark.parametrize(
    ("target", "end"),
    [
        pytest.param("/get", "", id="without a slash"),
        pytest.param("/get/", "", id="the root of the tree"),
        pytest.param("/get/httpd/", "httpd/", id="a folder"),
        pytest.param("/get/a%20b%23c%3fd%25e", "a%20b%23c%3Fd%25e", id="escapes"),
        pytest.param("/get/a%252fb", "a%252fb", id="decoded exactly once"),
        pytest.param("/get/a+b", "a+b", id="a plus is a plus"),
        pytest.param("/get/%C3%BC", "%C3%BC", id="UTF-8"),
        pytest.param("/get/a..b/.c", "a..b/.c", id="dots that are no segments"),
        pytest.param("/get/a/b:c", "a/b:c", id="a colon behind a slash"),
        pytest.param("/get/x?a=//../", "x", id="the query is not the name"),
        pytest.param("/get/%22%3Cb%3E", "%22%3Cb%3E", id="marks of HTML"),
    ],
)
def test_names_are_escaped_once(app: Wsgi, target: str, end: str) -> None:
    """The Location is a base and the name, percent-encoded where it must be."""
    assert ask(app, target).location in {base + end for base in BASES}


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_clients_by_https_get_mirrors_with_https(
    make_site: MakeSite, scheme: str
) -> None:
    """Browsers block downloads by http from an https page."""
    site = make_site(listed="http de http://a.example/\nhttp jp https://b.example/\n")

    answer = ask(site, f"/get/{FILE}", environ={"wsgi.url_scheme": scheme})

    assert answer.location.split(":")[0] == scheme


@pytest.mark.parametrize("target", ["x.ASC", "KEYS/", "dir/x.asc/", "Keys"])
def test_neither_case_nor_slashes_hide_a_proof(app: Wsgi, target: str) -> None:
    """What proves a download comes from the origin under all its names."""
    assert ask(app, f"/get/{target}").location == f"{ORIGIN}{target}"


def test_long_names_keep_the_headers_short(app: Wsgi) -> None:
    """A name that escaping makes long leaves room for fewer links, or for none."""
    long = ask(app, "/get/" + "%C3%A9" * 1000)
    longer = ask(app, "/get/" + "%F0%9F%98%80" * 690)

    assert long.status == 302
    assert len(long.headers.get("link", "")) < 16_000
    assert longer.status == 404
