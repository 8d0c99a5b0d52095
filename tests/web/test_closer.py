"""The closer interface: base, redirect, suggestion, and by which parameters."""

import json
from datetime import timedelta
from importlib.metadata import version

import pytest

from mirrorsel.model import Health, State
from mirrorsel.web.app import CLOSERS, Wsgi
from tests.web.asking import FRENCH, GERMAN, NOBODY, ask
from tests.web.sites import BASES, DOWN, LIST, NOON, ORIGIN, STALE, MakeSite

CLOSER = CLOSERS[0]
FTP = "ftp://ftp.example/apache/"
DE = "https://de1.example/apache/"
US = "https://us.example/apache/"
JP = "http://jp.example/apache/"


def base(app: Wsgi, query: str, address: str = FRENCH) -> str:
    """Return the base that is preferred for a query."""
    answer = ask(app, f"{CLOSER}?as_json=1&{query}", address=address)
    preferred: str = answer.json["preferred"]
    return preferred


@pytest.mark.parametrize("endpoint", CLOSERS)
@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("?as_json=1", id="JSON"),
        pytest.param("/a/b?asjson=1", id="JSON of a file"),
        pytest.param("?preferred=true", id="base"),
        pytest.param("?action=download&filename=a/b", id="redirect"),
        pytest.param("/a/b?action=download", id="redirect by path"),
        pytest.param("?path=a/b", id="page of a file"),
        pytest.param("", id="page"),
    ],
)
def test_all_endpoints_answer_alike(app: Wsgi, endpoint: str, rest: str) -> None:
    """REQ-4, HR-3: each of the three takes all parameters and answers itself."""
    answer = ask(app, endpoint + rest)

    expected = ask(app, CLOSER + rest)
    at_home = answer.body.replace(endpoint.encode(), CLOSER.encode())

    assert (expected.status, expected.body) == (answer.status, at_home)
    assert not answer.location.startswith(("/", "http://www.apache.org"))


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["apache.org", "www.apache.org", "evil.example", ""])
def test_the_host_does_not_matter(app: Wsgi, host: str, scheme: str) -> None:
    """REQ-5, HR-9: answers are the same on both hosts, over http and https."""
    environ = {"HTTP_HOST": host, "SERVER_NAME": host or "x"}
    environ["wsgi.url_scheme"] = scheme

    answer = ask(app, f"{CLOSER}?as_json=1", environ=environ)

    assert answer == ask(app, f"{CLOSER}?as_json=1")


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("?as_json=1", id="JSON"),
        pytest.param("?preferred=true", id="base"),
        pytest.param("/x?action=download", id="redirect"),
        pytest.param("?path=x", id="suggestion"),
        pytest.param("?action=download", id="error"),
    ],
)
def test_head_is_get_without_the_body(app: Wsgi, rest: str) -> None:
    """REQ-6, HR-6: same status and headers, whatever is asked."""
    get, head = (ask(app, CLOSER + rest, method=method) for method in ("GET", "HEAD"))

    assert (get.status, get.headers) == (head.status, head.headers)
    assert head.body == b""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("cca2=us&cca2=fr", "us", id="the first counts"),
        pytest.param("cca2=&cca2=fr", "fr", id="unless it is blank"),
        pytest.param("CCA2=us", "fr", id="names are case-sensitive"),
        pytest.param("cca2=", "fr", id="blank is absent"),
        pytest.param("f=/etc/passwd&debug=1&x=y", "fr", id="unknown names"),
        pytest.param("%63ca2=us", "us", id="names are decoded too"),
    ],
)
def test_how_parameters_are_read(app: Wsgi, query: str, expected: str) -> None:
    """REQ-7, REQ-19: case-sensitive, the first value, blank is absent."""
    answer = ask(app, f"{CLOSER}?as_json=1&{query}", address=FRENCH)

    assert answer.json["cca2"] == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        pytest.param("?path=a+b", "a b", id="plus in a query"),
        pytest.param("?path=a%2Bb", "a+b", id="encoded plus in a query"),
        pytest.param("/a+b?", "a+b", id="plus in a path"),
        pytest.param("?path=a%2520b", "a%20b", id="query, decoded once"),
        pytest.param("/a%2520b?", "a%20b", id="path, decoded once"),
        pytest.param("/x.cgi/y?", "x.cgi/y", id="a file of the other kind"),
        pytest.param("?path=%C3%BC", "ü", id="UTF-8 in a query"),
        pytest.param("/%C3%BC?", "ü", id="UTF-8 in a path"),
    ],
)
def test_how_names_are_decoded(app: Wsgi, rest: str, expected: str) -> None:
    """REQ-8: the endpoint ends at its own name; escapes are decoded exactly once."""
    answer = ask(app, f"{CLOSER}{rest}&as_json=1")

    assert answer.json["path_info"] == expected


@pytest.mark.parametrize(
    ("query", "address", "expected"),
    [
        pytest.param("cca2=us", FRENCH, "us", id="cca2"),
        pytest.param("ccode=us", FRENCH, "us", id="ccode"),
        pytest.param("ccode=us&cca2=de", FRENCH, "de", id="cca2 before ccode"),
        pytest.param("cca2=usa&ccode=de", FRENCH, "de", id="only if it is valid"),
        pytest.param("cca2=US", FRENCH, "us", id="any letter case"),
        pytest.param("cca2=gb", FRENCH, "uk", id="gb is uk"),
        pytest.param("cca2=Backup", FRENCH, "backup", id="Backup"),
        pytest.param("cca2=zz", FRENCH, "zz", id="no such country"),
        pytest.param("cca2=u%0A", FRENCH, "fr", id="no letters"),
        pytest.param("cca2=%C3%BC%C3%BC", FRENCH, "fr", id="no ASCII letters"),
        pytest.param("", FRENCH, "fr", id="the client's own"),
        pytest.param("", "127.0.0.44", "uk", id="the client's own, gb"),
        pytest.param("", NOBODY, "backup", id="unknown"),
    ],
)
def test_the_country(app: Wsgi, query: str, address: str, expected: str) -> None:
    """REQ-10: the first valid of cca2, ccode, the client's own, backup."""
    answer = ask(app, f"{CLOSER}?as_json=1&{query}", address=address)

    assert answer.json["cca2"] == expected


def test_a_named_country_moves_the_client_there(app: Wsgi) -> None:
    """REQ-10: the choice is the one of a client in that country."""
    assert base(app, "cca2=us") == US
    assert base(app, "cca2=us", NOBODY) == US


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(f"preferred={US}", id="lower case"),
        pytest.param(f"Preferred={US}", id="capital"),
        pytest.param(f"Preferred={US[:-1]}", id="one slash is added"),
        pytest.param("Preferred=https%3A%2F%2Fus.example%2Fapache%2F", id="encoded"),
        pytest.param(f"Preferred=https://gone.example/&preferred={US}", id="valid one"),
        pytest.param(f"preferred=https://gone.example/&Preferred={US}", id="or other"),
        pytest.param(f"Preferred={JP}&preferred={US}", id="lower case comes first"),
    ],
)
def test_a_listed_mirror_may_be_named(app: Wsgi, query: str) -> None:
    """REQ-11: the first valid of preferred, Preferred is the base."""
    assert base(app, query) == US


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(FTP, id="ftp"),
        pytest.param("https://backup.example/", id="Backup"),
        pytest.param(JP, id="another country"),
    ],
)
def test_any_mirror_for_downloads_may_be_named(app: Wsgi, url: str) -> None:
    """REQ-11: http or ftp, of any country, Backup included."""
    assert base(app, f"preferred={url}") == url


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://off.example/apache/", id="disabled"),
        pytest.param("rsync://rsync.example/apache/", id="rsync"),
        pytest.param("http%3A%2F%2Fgone.example%2F", id="vanished"),
        pytest.param("ftp://gone.example/pub/", id="vanished, not encoded"),
        pytest.param("https://US.example/apache/", id="letter case"),
        pytest.param("https://us.example/", id="a part of it"),
        pytest.param("https://us.example/apache//", id="a slash too many"),
        pytest.param("https%253A%252F%252Fus.example%252Fapache%252F", id="twice"),
        pytest.param("https://us.example/apache/%20", id="a blank"),
        pytest.param("//evil.example/", id="no scheme"),
        pytest.param("https://evil.example/", id="never listed"),
        pytest.param("false", id="a word"),
        pytest.param("/", id="a slash"),
    ],
)
def test_what_is_not_listed_is_never_the_base(app: Wsgi, url: str) -> None:
    """REQ-11, REQ-12: any other value gets the ordinary choice, silently."""
    answer = ask(app, f"{CLOSER}?as_json=1&Preferred={url}", address=FRENCH)

    assert (answer.status, answer.json["preferred"]) == (200, "https://fr.example/")


def test_a_named_mirror_may_be_stale_but_not_down(make_site: MakeSite) -> None:
    """REQ-11: fresh or stale; one that is down gets the ordinary choice."""
    site = make_site(health={"us.example": STALE, "jp.example": DOWN})

    assert base(site, f"preferred={US}") == US
    assert base(site, f"preferred={JP}") == "https://fr.example/"


def test_a_named_mirror_counts_for_redirects(app: Wsgi) -> None:
    """REQ-11, REQ-16: the redirect leads below it, and says how it came to it."""
    answer = ask(app, f"{CLOSER}/x?action=download&Preferred={US}")

    assert answer.location == f"{US}x"
    assert answer.headers["x-mirrorsel"] == "us.example; how=preferred"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        pytest.param("?path=x", "x", id="path"),
        pytest.param("?path=/x", "x", id="path with a slash"),
        pytest.param("/x?", "x", id="PATH_INFO"),
        pytest.param("/y?path=x", "x", id="path before PATH_INFO"),
        pytest.param("/x?path=", "x", id="unless it is blank"),
        pytest.param("?", "", id="neither"),
        pytest.param("/?", "", id="only a slash"),
        pytest.param("?path=///x", "x", id="all leading slashes"),
        pytest.param("/a//b?", "a/b", id="double slashes"),
        pytest.param("?path=./a/./b", "a/b", id="dot segments"),
        pytest.param("?path=a/.", "a/", id="a final dot segment"),
        pytest.param("?path=.", "", id="only a dot segment"),
        pytest.param("?path=a//", "a/", id="one final slash"),
        pytest.param("?path=a..b", "a..b", id="dots in a name"),
        pytest.param(f"?path={'x' * 2048}", "x" * 2048, id="as long as it may be"),
        pytest.param(f"{CLOSER}?", "", id="PATH_INFO that is SCRIPT_NAME"),
        pytest.param(f"{CLOSER}/x?", f"{CLOSER[1:]}/x", id="and more"),
    ],
)
def test_the_target(app: Wsgi, rest: str, expected: str) -> None:
    """REQ-14, REQ-27, HR-3, HR-4: path or PATH_INFO, tidied, without a slash."""
    answer = ask(app, f"{CLOSER}{rest}&as_json=1")

    assert answer.json["path_info"] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("preferred=true", "https://fr.example/", id="alone"),
        pytest.param(f"preferred=true&Preferred={US}", US, id="beside Preferred"),
        pytest.param("preferred=true&as_json=1", "https://fr.example/", id="and JSON"),
        pytest.param("preferred=true&action=x", "https://fr.example/", id="and action"),
        pytest.param("preferred=true&path=../x", "https://fr.example/", id="bad path"),
        pytest.param("preferred=true&cca2=us", US, id="of a country"),
    ],
)
def test_the_base_alone(app: Wsgi, query: str, expected: str) -> None:
    """REQ-15, HR-5: text/plain, the base, no newline, no byte order mark."""
    answer = ask(app, f"{CLOSER}?{query}", address=FRENCH)

    assert (answer.status, answer.body) == (200, expected.encode())
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("value", ["True", "TRUE", "1", "true%20"])
def test_only_true_is_true(app: Wsgi, value: str) -> None:
    """REQ-15: exactly so; another value is the name of no mirror."""
    answer = ask(app, f"{CLOSER}?preferred={value}&as_json=1")

    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("?action=download&filename=a/x.tgz", id="filename"),
        pytest.param("?filename=a/x.tgz&action=download", id="the other order"),
        pytest.param("?action=download&filename=/a/x.tgz", id="leading slash"),
        pytest.param("?action=download&path=a/x.tgz", id="path"),
        pytest.param("/a/x.tgz?action=download", id="PATH_INFO"),
        pytest.param("/b?action=download&filename=a/x.tgz", id="filename first"),
        pytest.param("/a/x.tgz?action=download&filename=", id="unless it is blank"),
        pytest.param("?action=download&as_json=1&filename=a/x.tgz", id="and JSON"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("endpoint", CLOSERS)
def test_a_download(app: Wsgi, endpoint: str, method: str, rest: str) -> None:
    """REQ-16, REQ-17, HR-6: 302 to the file, by whichever way it is named."""
    answer = ask(app, endpoint + rest, method=method, address=FRENCH)

    assert (answer.status, answer.location) == (302, "https://fr.example/a/x.tgz")


@pytest.mark.parametrize(
    ("name", "end"),
    [
        pytest.param("a%20b", "a%20b", id="blank"),
        pytest.param("a%3Fb%23c", "a%3Fb%23c", id="query and fragment"),
        pytest.param("a%2541", "a%2541", id="percent"),
        pytest.param("%C3%BC", "%C3%BC", id="UTF-8"),
        pytest.param("%22%3C%3E", "%22%3C%3E", id="marks of HTML"),
        pytest.param("a:b/c", None, id="scheme"),
    ],
)
def test_a_download_is_escaped(app: Wsgi, name: str, end: str | None) -> None:
    """REQ-16: what may not stand in the path of a URL is percent-encoded."""
    answer = ask(app, f"{CLOSER}?action=download&filename={name}", address=FRENCH)

    assert answer.location == (f"https://fr.example/{end}" if end else "")


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("?action=download", id="nothing"),
        pytest.param("?action=download&filename=///", id="slashes"),
        pytest.param("/?action=download", id="a slash"),
        pytest.param("?action=download&filename=.", id="a dot"),
    ],
)
def test_a_download_needs_a_name(app: Wsgi, rest: str) -> None:
    """REQ-17: 400 with one sentence that names filename."""
    answer = ask(app, CLOSER + rest)

    assert answer.status == 400
    assert "filename" in answer.text


@pytest.mark.parametrize("action", ["nonsense", "Download", "<b>", "download%20"])
def test_an_unknown_action_is_an_error(app: Wsgi, action: str) -> None:
    """REQ-18: 400, and the value is not echoed."""
    answer = ask(app, f"{CLOSER}/x?action={action}")

    assert (answer.status, answer.text) == (400, "unknown action\n")


def test_information(app: Wsgi) -> None:
    """REQ-18: name and version, the list's date, how many mirrors, the country."""
    answer = ask(app, f"{CLOSER}?action=info", address=FRENCH)
    lines = answer.text.splitlines()

    assert lines[0] == f"mirrorsel {version('mirrorsel')}"
    assert lines[1].startswith("list date: 20")
    assert lines[2:] == ["mirrors: 10", "country: fr"]


def test_nothing_is_looked_up_in_the_archive(app: Wsgi) -> None:
    """REQ-18, REQ-22: the count is all that is told, and it stays 0."""
    ask(app, f"{CLOSER}?path=a/b&archive_aware=1")

    assert ask(app, f"{CLOSER}?action=catlog").text == "archive look-ups: 0\n"


OLD = Health(state=State.UP, checked=NOON, stamp=NOON - timedelta(days=2))


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param("202611210000", "https://fr.example/", id="older than all"),
        pytest.param("202611220000", DE, id="newer than one"),
        pytest.param("202611231159", DE, id="to the minute"),
        pytest.param("202611231200", "https://backup.example/", id="as new as all"),
        pytest.param("203001010000", "https://backup.example/", id="to come"),
        pytest.param("200001010000", "https://fr.example/", id="moved near the list"),
        pytest.param("20261123120", "https://fr.example/", id="too short"),
        pytest.param("202613010000", "https://fr.example/", id="no date"),
        pytest.param("2026112312OO", "https://fr.example/", id="no digits"),
        pytest.param("", "https://fr.example/", id="blank"),
    ],
)
def test_only_mirrors_changed_lately(
    make_site: MakeSite, update: str, expected: str
) -> None:
    """REQ-13: only those with a newer stamp, read as UTC; else Backup's."""
    dated = "# date : Mon Nov 23 12:00:00 2026 [UTC]\n"
    site = make_site(
        listed=f"{dated}http de {DE}\nhttp fr https://fr.example/\n"
        "http Backup https://backup.example/\n",
        health={"fr.example": OLD},
    )

    assert base(site, f"update={update}") == expected


def test_the_lists_hold_only_mirrors_changed_lately(make_site: MakeSite) -> None:
    """REQ-13: the lists are narrowed as the choice is."""
    dated = "# date : Mon Nov 23 12:00:00 2026 [UTC]\n"
    site = make_site(listed=f"{dated}{LIST}", health={"de1.example": OLD})

    answer = ask(site, f"{CLOSER}?as_json=1&update=202611221300", address=GERMAN)

    assert answer.json["http"] == ["https://de2.example/apache/"]


@pytest.mark.parametrize("address", [GERMAN, FRENCH, NOBODY])
def test_the_choice_is_the_one_of_a_redirect(app: Wsgi, address: str) -> None:
    """REQ-25: both doors lead to the same mirror, never one for ftp or rsync."""
    download = ask(app, f"{CLOSER}/x?action=download", address=address)

    assert download.location == ask(app, "/get/x", address=address).location
    assert base(app, "", address) in BASES


@pytest.mark.parametrize(
    "query",
    [
        "action=download&filename=httpd/httpd.tar.gz.asc",
        "action=download&filename=KEYS",
        "action=download&path=httpd/x.sha512&preferred=https://fr.example/",
    ],
)
def test_proofs_come_from_the_origin(app: Wsgi, query: str) -> None:
    """What proves a download is never taken from a mirror, not even by wish."""
    answer = ask(app, f"/dyn/closer.lua?{query}")

    assert answer.headers["location"].startswith(ORIGIN)
    assert answer.headers["x-mirrorsel"].endswith("how=origin")


def test_json_names_the_origin_for_proofs(app: Wsgi) -> None:
    """Who joins `preferred` and `path_info` gets the proof from the origin."""
    answer = json.loads(ask(app, "/dyn/closer.lua?as_json=1&path=httpd/x.asc").text)

    assert answer["preferred"] + answer["path_info"] == f"{ORIGIN}httpd/x.asc"
