"""Explanations for the operator: the same as the live answer, whatever is asked."""

import re
from urllib.parse import urlencode

import pytest

from mirrorsel.model import Health, Outcome, State
from mirrorsel.web.app import Wsgi
from tests.web.asking import FRENCH, GERMAN, Answer, ask
from tests.web.elements import Elements
from tests.web.sites import NOON, SETTINGS, MakeSite

PAGE = "/mirrors/explain"
NOTE = "<b>quarrel</b> with Jean \u202e"
SAID = "<script>alert(1)</script>\"'\x1b[2J"
LIST = f"""\
http de https://near.example/ - weight=300
http de https://beside.example/ -
http de https://dead.example/
http fr https://off.example/ jean@fr.example disabled="{NOTE.replace(chr(0x202E), "!")}"
http us https://far.example/
http Backup https://backup.example/
"""
DEAD = Health(
    state=State.DOWN, checked=NOON, outcome=Outcome.SOFT_404, detail=SAID, stamp=NOON
)


@pytest.fixture(scope="module", name="site")
def fixture_site(make_site: MakeSite) -> Wsgi:
    """Return a site with notes of the operator and words of a hostile mirror."""
    return make_site(
        f'{SETTINGS}[[selection.override]]\ncountry = "de"\navoid = ["us"]\n',
        listed=LIST,
        health={"dead.example": DEAD},
    )


def explained(site: Wsgi, **parameters: str) -> Answer:
    """Return the explanation as JSON."""
    return ask(site, f"{PAGE}?{urlencode({**parameters, 'json': ''})}")


def page(site: Wsgi, **parameters: str) -> Elements:
    """Return the explanation as a page."""
    return Elements(ask(site, f"{PAGE}?{urlencode(parameters)}").text)


def test_without_a_client_it_is_about_the_asker(site: Wsgi) -> None:
    """Address and scheme are then those of the request itself."""
    answer = ask(
        site,
        f"{PAGE}?json&path=x",
        address=FRENCH,
        environ={"wsgi.url_scheme": "https"},
    ).json

    assert [FRENCH, "fr", True] == [
        answer["client"][one] for one in ("address", "country", "https")
    ]


def test_a_named_client_comes_as_it_is_said(site: Wsgi) -> None:
    """The asker's own scheme then plays no part."""
    path = f"{PAGE}?json&client={GERMAN}&ipv6=1"
    client = ask(site, path, environ={"wsgi.url_scheme": "https"}).json["client"]

    assert (False, True) == (client["https"], client["ipv6"])
    assert explained(site, client=GERMAN, https="1").json["client"]["https"]


def test_it_has_all_numbers(site: Wsgi) -> None:
    """Rings with bounds, slot, score, share and overrides are told."""
    told = explained(site, client=GERMAN, path="x").json
    first, second = told["ranked"][:2]

    assert isinstance(told["client"]["slot"], int)
    assert {"near.example", "beside.example"} == {
        one["url"].split("/")[2] for one in (first, second)
    }
    assert 1.0 == first["share"] + second["share"]
    assert first["score"] > second["score"]
    assert [1, 1] == [one["ring"] for one in (first, second)]
    ring = told["rings"][0]
    assert [1, False, 3] == [ring[one] for one in ("number", "backup", "mirrors")]
    assert ring["anchor"] <= first["cost"] <= ring["limit"]
    far = next(one for one in told["ranked"] if "far" in one["url"])
    assert [1] == far["overrides"]
    assert ["override 1: clients of de avoid us"] == told["overrides"]


def test_the_page_has_all_of_it(site: Wsgi) -> None:
    """What JSON tells is in the page, in words."""
    shown = page(site, client=GERMAN, path="httpd/x.tgz").text

    for words in (
        "near.example/httpd/x.tgz",
        "1, the near set",
        "75 %",
        "override 1",
        "Override 1: clients of de avoid us.",
        "hashes to the slot",
        "is disabled <b>quarrel</b> with Jean !",
        "is down web page in place of a file: <script>alert(1)</script>",
    ):
        assert words in shown


def test_notes_are_for_the_operator_alone(site: Wsgi) -> None:
    """Neither they nor what a probe saw are in what everybody may ask."""
    private = explained(site, client=GERMAN).text
    public = ask(site, "/get/x?json").text

    for words in ("quarrel", "alert"):
        assert (True, False) == (words in private, words in public)


def test_what_others_sent_is_text(site: Wsgi) -> None:
    """No element and no control character of a mirror or of a client gets there."""
    name = '<b>&amp;"x'
    answer = ask(site, f"{PAGE}?{urlencode({'client': GERMAN, 'path': name})}")
    found = Elements(answer.text)

    assert not {"script", "b", "img"} & set(found.names)
    assert ("value", name) in found.attributes
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", answer.text)


@pytest.mark.parametrize(("query", "kind"), [("", "text/html"), ("json", "text/json")])
def test_nobody_keeps_or_frames_it(site: Wsgi, query: str, kind: str) -> None:
    """It has the headers of the status pages, and stays in no cache."""
    answer = ask(site, f"{PAGE}?{query}")
    style = "" if kind != "text/html" else "style-src 'sha256-"

    assert "no-store" == answer.headers["cache-control"]
    assert "no-referrer" == answer.headers["referrer-policy"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert style in policy
    assert "unsafe" not in policy


def test_head_is_get_without_the_body(site: Wsgi) -> None:
    """RFC 9110, section 9.3.2."""
    get, head = (ask(site, PAGE, method=one) for one in ("GET", "HEAD"))

    assert (200, get.headers, b"") == (head.status, head.headers, head.body)


@pytest.mark.parametrize("accept", ["application/json", "text/html;q=0.1, */json"])
def test_programs_may_say_so_in_accept(site: Wsgi, accept: str) -> None:
    """RFC 9110, section 12.5.1."""
    answer = ask(site, PAGE, environ={"HTTP_ACCEPT": accept})

    json = accept == "application/json"
    assert json is (answer.headers["content-type"] == "application/json")


def test_a_long_list_makes_no_endless_page(make_site: MakeSite) -> None:
    """The page shows the first thousand of each; JSON has them all."""
    listed = "".join(f"http de https://m{one}.example/\n" for one in range(1100))
    site = make_site(listed=listed)

    assert 1000 < page(site, client=GERMAN).names.count("tr") < 1010
    assert "the first of 1,101" in page(site, client=GERMAN).text
    assert 1101 == len(explained(site, client=GERMAN).json["ranked"])


def test_a_proof_is_said_to_be_one(site: Wsgi) -> None:
    """Files of some names come from the origin, and no mirror is ranked for them."""
    told = explained(site, client=GERMAN, path="httpd/KEYS").json

    assert "https://origin.example/httpd/KEYS" == told["answer"]
    assert [None] == [one["ring"] for one in told["ranked"]]
    assert "never from a mirror" in page(site, path="httpd/KEYS").text
