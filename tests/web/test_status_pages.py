"""The public status pages: what they tell, and what they never do."""

import gc
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from mirrorsel.web.realm import Realm
from tests.geodb import write_database
from tests.web.asking import ask
from tests.web.elements import Elements
from tests.web.status_site import DE, FR, NOON, UP, US, Site, make_site

PAGES = ("/mirrors/", "/mirrors/at/us.example/", "/mirrors/at/off.example/")
ALL = (
    *PAGES,
    "/mirrors/status.json",
    "/mirrors/status.schema.json",
    "/mirrors/at/us.example/badge.svg",
)


@pytest.fixture(scope="module", name="site")
def fixture_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that no test changes."""
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(name="own")
def fixture_own(tmp_path: Path) -> Site:
    """Return a site that a test may change."""
    return make_site(tmp_path)


def state(site: Site, url: str) -> str:
    """Return the state of a mirror, as programs are told."""
    found = ask(site.app, "/mirrors/status.json").json["mirrors"]
    return str(next(one["state"] for one in found if one["url"] == url))


@pytest.mark.parametrize("path", ALL)
def test_everybody_may_keep_an_answer_for_a_while(site: Site, path: str) -> None:
    """It has what caches need, and allows nothing that it does not need."""
    answer = ask(site.app, path)
    seconds = 60 if path.endswith("svg") else 30

    assert 200 == answer.status
    assert f"public, max-age={seconds}" == answer.headers["cache-control"]
    assert re.fullmatch('"[0-9a-f]{32}"', answer.headers["etag"])
    assert "Mon, 23 Nov 2026 12:00:00 GMT" == answer.headers["last-modified"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert "no-referrer" == answer.headers["referrer-policy"]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ALL)
def test_head_is_get_without_the_body(site: Site, path: str) -> None:
    """RFC 9110, section 9.3.2."""
    get, head = (ask(site.app, path, method=one) for one in ("GET", "HEAD"))

    assert (get.status, get.headers, b"") == (head.status, head.headers, head.body)


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        pytest.param("HTTP_IF_NONE_MATCH", "{etag}", 304, id="tag"),
        pytest.param("HTTP_IF_NONE_MATCH", "W/{etag}", 304, id="weak"),
        pytest.param("HTTP_IF_NONE_MATCH", '"x", {etag}', 304, id="one of several"),
        pytest.param("HTTP_IF_NONE_MATCH", "*", 304, id="any"),
        pytest.param("HTTP_IF_NONE_MATCH", "{zipped}", 304, id="of mod_deflate"),
        pytest.param("HTTP_IF_NONE_MATCH", '"x"', 200, id="another"),
        pytest.param("HTTP_IF_MODIFIED_SINCE", "{date}", 304, id="time"),
        pytest.param(
            "HTTP_IF_MODIFIED_SINCE", "Mon, 23 Nov 2026 11:59:59 GMT", 200, id="older"
        ),
        pytest.param("HTTP_IF_MODIFIED_SINCE", "yesterday", 200, id="no time"),
    ],
)
@pytest.mark.parametrize("path", ALL)
def test_what_a_client_has_is_not_sent_again(
    site: Site, path: str, name: str, value: str, status: int
) -> None:
    """RFC 9110, section 13: 304 without a body."""
    known = ask(site.app, path).headers
    asked = value.format(
        etag=known["etag"],
        zipped=f'{known["etag"][:-1]}-gzip"',
        date=known["last-modified"],
    )
    answer = ask(site.app, path, environ={name: asked})

    assert status == answer.status
    assert (b"" == answer.body) == (status == 304)
    assert known["etag"] == answer.headers["etag"]


@pytest.mark.parametrize("path", ALL)
def test_what_is_private_is_nowhere(site: Site, path: str) -> None:
    """Neither people, nor the operator's notes, nor our machine, nor its networks."""
    text = ask(site.app, path).text
    text = text.replace("@media", "").replace("/etc/passwd", "")

    assert "@" not in text
    for word in ("quarrel", "10.9.8.7", str(site.folder), "\u202e", "\u2066"):
        assert word not in text


@pytest.mark.parametrize("path", PAGES)
def test_what_mirrors_send_is_text(site: Site, path: str) -> None:
    """A browser finds our own script, and nothing that came from a mirror."""
    found = Elements(ask(site.app, path).text)

    assert 1 == found.names.count("script")
    assert "b" not in found.names or path == "/mirrors/"
    assert not [name for name, _ in found.attributes if name.startswith("on")]


def test_a_mirror_s_words_are_shown_all_the_same(site: Site) -> None:
    """They are what an operator of a mirror may need to see."""
    text = Elements(ask(site.app, "/mirrors/at/us.example/").text).text

    assert "web page in place of a file: <script>alert(1)</script>]]>" in text


@pytest.mark.parametrize("path", PAGES)
def test_no_directive_is_left(site: Site, path: str) -> None:
    """The templates know all their names, and all is printed."""
    page = ask(site.app, path).text
    page = re.sub(r"<(script|style|pre)\b.*?</\1>", "", page, flags=re.DOTALL)

    assert [] == re.findall(r"\[[a-z][\w.-]*\]", page)
    assert page.endswith("</html>\n")


def test_the_page_of_all_mirrors(site: Site) -> None:
    """It says how many are up, and of each how it is and why."""
    text = Elements(ask(site.app, "/mirrors/").text).text

    assert "1 of 3 mirrors are up. Checked 0 s ago from <script>" in text
    assert "France fr.example stale 2 d" in text
    assert "its files are 2 d behind; has a certificate that ends in 9 d" in text
    assert "off.example out of service" in text
    assert "taken out of service by the operator" in text


def test_it_is_small_enough_for_a_telephone(tmp_path: Path) -> None:
    """Two hundred mirrors, with the map, are less than 200 kB before compression."""
    lines = "".join(f"http de https://m{n}.example/pub/apache/\n" for n in range(200))
    page = ask(make_site(tmp_path, listed=lines).app, "/mirrors/").body

    assert 200 == page.count(b"<tr class=")
    assert len(page) < 200_000


def test_a_very_long_list(tmp_path: Path) -> None:
    """The page ends whole after a thousand mirrors, and says where the others are."""
    lines = "".join(f"http de https://m{n}.example/\n" for n in range(1200))
    page = ask(make_site(tmp_path, listed=lines).app, "/mirrors/").text

    assert 1000 == page.count("<tr class=") == page.count("data-at=")
    assert "These are the first of 1,200;" in page
    assert page.endswith("</html>\n")


def test_the_page_of_one_mirror(site: Site) -> None:
    """Who runs a dropped mirror reads why, since when, and what helps."""
    text = Elements(ask(site.app, "/mirrors/at/us.example/").text).text

    assert "This mirror is down. Down for 3 h: <script>" in text
    assert "Only those who keep the list of mirrors can bring it back." in text
    assert "The last probe, 0 s ago, ended so: web page in place of a file:" in text
    assert "of 14 days 13 up, 1 down" in text
    assert "Mon 23 Nov: down in 3 of 24 hours" in text
    assert "2026-11-23 09:00 up down web page in place of a file" in text
    assert "It goes down after 3 failed probes in a row" in text
    assert "[![mirror](HERE/mirrors/at/us.example/badge.svg)]" in text


def test_the_last_hundred_probes(site: Site) -> None:
    """They are shown newest first."""
    text = Elements(ask(site.app, "/mirrors/at/us.example/").text).text
    numbers = [int(one) for one in re.findall(r"number (\d+)", text)]

    assert list(range(119, 19, -1)) == numbers


def test_a_mirror_of_which_little_is_known(site: Site) -> None:
    """It has a page, which says so."""
    text = Elements(ask(site.app, "/mirrors/at/off.example/").text).text

    assert (
        "This mirror is out of service. It was taken out of service by the operator"
        in text
    )
    assert "None has been seen yet." in text
    assert "There is no record of them yet." in text


@pytest.mark.parametrize(
    ("slug", "word"),
    [
        ("de.example-apache", "up"),
        ("fr.example", "stale"),
        ("us.example", "down"),
        ("off.example", "off"),
    ],
)
def test_a_badge(site: Site, slug: str, word: str) -> None:
    """It is a whole picture with one word, and a title for who cannot see it."""
    answer = ask(site.app, f"/mirrors/at/{slug}/badge.svg")
    picture = ET.fromstring(answer.text)  # noqa: S314 - we have written it
    texts = [one.text for one in picture.iter("{http://www.w3.org/2000/svg}text")]

    assert "image/svg+xml" == answer.headers["content-type"]
    assert ["mirror", word] == texts
    assert f"mirror: {word}" == picture[0].text == picture.attrib["aria-label"]
    assert "style" not in answer.text


def test_the_report_is_as_its_schema_says(own: Site) -> None:
    """JSON Schema 2020-12, with all members that there are."""
    own.select(DE, 3)
    own.select(FR, 1)
    schema = ask(own.app, "/mirrors/status.schema.json").json
    Draft202012Validator.check_schema(schema)
    checked = Draft202012Validator(schema, format_checker=FormatChecker())
    report = ask(own.app, "/mirrors/status.json").json
    own.write({})
    bare = ask(own.app, "/mirrors/status.json").json

    assert [] == [*checked.iter_errors(report), *checked.iter_errors(bare)]
    assert set(schema["required"]) == set(report)
    known = schema["$defs"]["mirror"]
    # What is told of files needs an index of them.
    assert set(known["required"]) == set(known["properties"]) - {"files"}
    assert all(set(known["required"]) == set(one) for one in report["mirrors"])
    assert [0.25, 0.0, 0.75, 0.0] == [one["share"] for one in report["mirrors"]]


def test_the_report_is_ascii_that_no_browser_takes_for_a_page(site: Site) -> None:
    """REQ-32 holds here too."""
    answer = ask(site.app, "/mirrors/status.json")

    assert answer.body.isascii()
    assert not set("<>&") & set(answer.text)
    assert "application/json" == answer.headers["content-type"]


def test_pages_follow_the_snapshot(own: Site) -> None:
    """What the checker writes shows at once, though answers are kept."""
    before = [state(own, US), ask(own.app, "/mirrors/").headers["etag"]]
    own.write({DE: UP, US: UP})
    after = [state(own, US), ask(own.app, "/mirrors/").headers["etag"]]

    assert ["down", "up"] == [before[0], after[0]]
    assert before[1] != after[1]


def test_pages_follow_the_history(own: Site) -> None:
    """A history that goes missing leaves the last one; a later one counts."""
    path = "/mirrors/at/us.example/"
    own.state.history.unlink()
    own.live.poll()
    assert "Mon 23 Nov: down in 3 of 24 hours" in ask(own.app, path).text
    own.state.history.write_text(
        '{"format": 1, "history": {"hour": "2026-11-23T12:00:00Z"}}'
    )
    own.live.poll()

    assert "Mon 23 Nov: down" not in ask(own.app, path).text


def test_pages_are_made_anew_twice_a_minute(own: Site) -> None:
    """Ages are told anew then; all processes change at the same moment."""
    texts = []
    for seconds in (0, 29, 30):
        own.moment = NOON + timedelta(minutes=5, seconds=seconds)
        texts.append(ask(own.app, "/mirrors/").text)

    assert texts[0] == texts[1] != texts[2]


def test_no_client_makes_work_beyond_that(own: Site) -> None:
    """However often a page is asked for, the log is read once in half a minute."""
    path = "/mirrors/at/us.example/"
    before = ask(own.app, path)
    for file in own.state.probes.iterdir():
        file.unlink()

    assert before == ask(own.app, path)
    own.moment += timedelta(seconds=30)
    assert "There is no record of them yet." in ask(own.app, path).text


def test_nor_by_asking_for_every_mirror(tmp_path: Path) -> None:
    """All pages of a long list are kept at once, so that each is rendered once."""
    others = "".join(f"http de https://m{n}.example/\n" for n in range(200))
    own = make_site(tmp_path, listed=f"http us {US}\n{others}")
    before = ask(own.app, "/mirrors/at/us.example/")
    for file in own.state.probes.iterdir():
        file.unlink()
    for number in range(200):
        ask(own.app, f"/mirrors/at/m{number}.example/")

    assert before == ask(own.app, "/mirrors/at/us.example/")


def test_old_realms_are_let_go(own: Site) -> None:
    """Pages that were asked for long ago hold nothing but themselves."""

    def realms() -> int:
        gc.collect()
        return sum(isinstance(one, Realm) for one in gc.get_objects())

    before = realms()
    for slug in ("us.example", "fr.example", "off.example"):
        own.write({DE: replace(UP, detail=slug)})
        assert 200 == ask(own.app, f"/mirrors/at/{slug}/").status

    assert before == realms()


def test_the_same_page_keeps_its_date(own: Site) -> None:
    """JSON in which nothing has changed was not modified."""
    own.write({DE: UP})
    dates = []
    for minutes in (0, 1):
        own.moment = NOON + timedelta(minutes=minutes)
        dates.append(ask(own.app, "/mirrors/status.json").headers["last-modified"])

    assert dates[0] == dates[1]


def test_a_silent_checker_shows(own: Site) -> None:
    """The page says for how long, in plain words."""
    own.moment = NOON + timedelta(hours=3)

    for path in PAGES:
        text = ask(own.app, path).text
        assert "The checker has been silent for 3 h:" in text


def test_before_the_first_probe(tmp_path: Path) -> None:
    """There is a page, and it says that nothing is known."""
    own = make_site(tmp_path)
    own.write({})
    text = Elements(ask(own.app, "/mirrors/").text).text

    assert "0 of 3 mirrors are up." in text
    assert text.count("not probed yet") == 3


@pytest.mark.parametrize(
    "path",
    [
        "/mirrors/at/nobody/",
        "/mirrors/at/nobody",
        "/mirrors/at/nobody/badge.svg",
        "/mirrors/at/..%2f..%2fsnapshot/",
        "/mirrors/at/US.EXAMPLE/",
        "/mirrors/at//",
        "/mirrors/at/us.example/x",
        "/mirrors/status.json/",
    ],
)
def test_only_listed_mirrors_have_a_page(site: Site, path: str) -> None:
    """All other names are 404, in one line of text."""
    answer = ask(site.app, path)

    assert (404, 1) == (answer.status, len(answer.text.splitlines()))


@pytest.mark.parametrize("path", ["/mirrors", "/mirrors/at/us.example"])
def test_a_missing_slash_is_added(site: Site, path: str) -> None:
    """Links in the page are relative, and so it has one address."""
    answer = ask(site.app, path)

    assert (301, f"{path}/") == (answer.status, answer.location)


@pytest.mark.parametrize("path", ["/mirrors", "/mirrors/at/us.example", *ALL])
def test_the_pages_may_be_off(tmp_path: Path, path: str) -> None:
    """By the setting `status` there are none."""
    own = make_site(tmp_path, "[web]\nstatus = false\n")

    assert 404 == ask(own.app, path).status


@pytest.mark.parametrize("path", ALL)
def test_an_answer_does_not_depend_on_who_asks(site: Site, path: str) -> None:
    """Caches may give it to everybody: no header, query or address has a part in it."""
    other = ask(
        site.app,
        f"{path}?x=<script>",
        address="127.0.0.33",
        environ={"HTTP_HOST": "evil.example", "HTTP_ACCEPT_LANGUAGE": "fr"},
    )

    assert ask(site.app, path) == other


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param(
            "DBIP-City-Lite (compat=City)",
            'IP geolocation by <a href="https://db-ip.com/">DB-IP</a>.',
            id="DB-IP",
        ),
        pytest.param(
            "GeoLite2-City",
            'available from <a href="https://www.maxmind.com">https://www.maxmind.com</a>.',
            id="MaxMind, without a price",
        ),
    ],
)
def test_makers_of_databases_are_named(
    kind: str, expected: str, tmp_path: Path
) -> None:
    """The page of all mirrors says whose database places the clients."""
    write_database(tmp_path / "a.mmdb", kind, {})
    with_it = make_site(tmp_path, settings='[geoip]\ndatabase = "a.mmdb"\n')

    assert expected in ask(with_it.app, "/mirrors/").text


def test_only_makers_who_ask_for_it_are_named(site: Site, tmp_path: Path) -> None:
    """Nobody is named for the embedded table, or for a database that was paid for."""
    write_database(tmp_path / "a.mmdb", "GeoIP2-City", {})
    paid = make_site(tmp_path, settings='[geoip]\ndatabase = "a.mmdb"\n')

    for one in (site, paid):
        page = ask(one.app, "/mirrors/").text
        assert "centre of its country.</p></footer>" in page
