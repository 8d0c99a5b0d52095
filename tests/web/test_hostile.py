"""Names of files that nobody means well with, at every door."""

import re
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mirrorsel.web.app import CLOSERS, Wsgi
from tests.web.asking import ask
from tests.web.sites import BASES

CLOSER = CLOSERS[0]

# Each is written as on the wire.
HOSTILE = [
    pytest.param("..", id="parent"),
    pytest.param("../x", id="parent at the start"),
    pytest.param("a/../x", id="parent within"),
    pytest.param("a/..", id="parent at the end"),
    pytest.param("%2e%2e/x", id="encoded dots"),
    pytest.param(".%2E/x", id="half encoded dots"),
    pytest.param("..%2fx", id="parent with an encoded slash"),
    pytest.param("..%5cx", id="parent with an encoded backslash"),
    pytest.param("a%5Cb", id="backslash"),
    pytest.param("a%00b", id="NUL"),
    pytest.param("a%0d%0aSet-Cookie:%20x=1", id="CR and LF"),
    pytest.param("a%0a", id="LF at the end"),
    pytest.param("a%09b", id="tab"),
    pytest.param("a%1bb", id="escape"),
    pytest.param("a%7fb", id="DEL"),
    pytest.param("a%C2%85b", id="a control character of C1"),
    pytest.param("http://evil.example/x", id="URL"),
    pytest.param("http:%2F%2Fevil.example/x", id="encoded URL"),
    pytest.param("javascript:alert(1)", id="script"),
    pytest.param("a+b-c.d:x", id="a scheme of all its characters"),
    pytest.param("a%FFb", id="not UTF-8"),
    pytest.param("a%C3", id="half a character"),
    pytest.param("%ED%A0%80", id="an encoded surrogate"),
    pytest.param("%C0%AE%C0%AE/x", id="overlong dots"),
    pytest.param("x" * 2049, id="too long"),
]

# The closer interface tidies these up, the strict one refuses them.
UNTIDY = [
    pytest.param("/x", id="leading slash"),
    pytest.param("//evil.example/x", id="host"),
    pytest.param("%2Fx", id="encoded leading slash"),
    pytest.param("a//x", id="empty segment"),
    pytest.param("a%2f%2fx", id="encoded empty segment"),
    pytest.param("x//", id="empty segment at the end"),
    pytest.param("./x", id="here"),
    pytest.param("a/./x", id="here within"),
    pytest.param("a/.", id="here at the end"),
    pytest.param("%2e/x", id="encoded here"),
]


@pytest.mark.parametrize("name", [*HOSTILE, *UNTIDY])
def test_a_download_by_a_hostile_name_is_refused(app: Wsgi, name: str) -> None:
    """``/get/`` answers 404 to every name that is not canonical."""
    answer = ask(app, f"/get/{name}")

    assert (answer.status, answer.location) == (404, "")


@pytest.mark.parametrize("name", [*HOSTILE, *UNTIDY])
def test_the_choice_for_a_hostile_name_is_not_told(app: Wsgi, name: str) -> None:
    """The JSON of ``/get/`` is as strict as its redirect."""
    assert ask(app, f"/get/{name}?json").status == 404


@pytest.mark.parametrize(
    "uri",
    [
        pytest.param("/get//x", id="empty segment"),
        pytest.param("//get/x", id="empty segment at the start"),
        pytest.param("/get/./x", id="here"),
        pytest.param("/get/a/../x", id="parent"),
        pytest.param("/get/x/..", id="parent at the end"),
        pytest.param("/get/%2e%2E/get/x", id="encoded parent"),
        pytest.param("/get/.%2e/get/x", id="half encoded parent"),
        pytest.param("http://www.apache.org/get//x", id="absolute form"),
        pytest.param("http://www.apache.org/get/../get/x?q", id="absolute, a query"),
    ],
)
def test_what_httpd_tidied_up_is_refused_too(app: Wsgi, uri: str) -> None:
    """Apache resolves ``..`` and ``//`` before we see the path; the raw URI tells."""
    answer = ask(app, "/get/x", environ={"REQUEST_URI": uri})

    assert answer.status == 404


@pytest.mark.parametrize(
    "uri",
    [
        pytest.param("/get/x?a=//b/../c", id="a query"),
        pytest.param("http://www.apache.org/get/x", id="absolute form"),
        pytest.param("HTTPS://www.apache.org:443/get/x", id="absolute, with a port"),
        pytest.param("/get/.x", id="a hidden file"),
        pytest.param("/get/..x", id="a name with dots"),
        pytest.param("/get/x/", id="a folder"),
        pytest.param("", id="a server that does not tell"),
    ],
)
def test_what_is_canonical_on_the_wire_is_served(app: Wsgi, uri: str) -> None:
    """RFC 9112, section 3.2: all forms of a request target are understood."""
    assert ask(app, "/get/x", environ={"REQUEST_URI": uri}).status == 302


DOORS = [
    pytest.param("?action=download&filename={}", id="filename"),
    pytest.param("?action=download&path={}", id="path"),
    pytest.param("/{}?action=download", id="PATH_INFO"),
    pytest.param("?as_json=1&path={}", id="JSON, path"),
    pytest.param("/{}?as_json=1", id="JSON, PATH_INFO"),
    pytest.param("?path={}", id="suggestion"),
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", HOSTILE)
def test_the_closer_interface_refuses_hostile_names(
    app: Wsgi, door: str, name: str
) -> None:
    """REQ-14, REQ-16: they are answered 400, by whichever parameter they come."""
    # What is a plus in a path is a blank in a query.
    written = name if door.startswith("/") else name.replace("+", "%2B")

    answer = ask(app, CLOSER + door.format(written))

    assert (answer.status, answer.location) == (400, "")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("door", DOORS[:3])
@pytest.mark.parametrize("name", UNTIDY)
def test_the_closer_interface_tidies_names(app: Wsgi, door: str, name: str) -> None:
    """REQ-14, REQ-16: slashes too many can never lead away from the base."""
    answer = ask(app, CLOSER + door.format(name))

    assert answer.status == 302
    assert answer.location.startswith(BASES)
    assert "//" not in answer.location.partition("://")[2]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".evil.example", id="a longer host"),
        pytest.param("@evil.example/", id="a user name"),
        pytest.param("%40evil.example", id="an encoded user name"),
        pytest.param("%3F.evil.example", id="a query"),
        pytest.param("%23x", id="a fragment"),
        pytest.param("%25%30%41", id="a line feed, encoded twice"),
    ],
)
@pytest.mark.parametrize("door", ["/get/{}", f"{CLOSER}?action=download&filename={{}}"])
def test_a_name_never_leaves_its_base(app: Wsgi, door: str, name: str) -> None:
    """REQ-16, REQ-27: a Location is a listed base, a slash, then the name."""
    answer = ask(app, door.format(name))

    assert answer.location.startswith(BASES)
    assert re.fullmatch(r"https?://[a-z0-9.]+/[!-~]+", answer.location)
    assert not set(answer.location) & set("?#")


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.lists(
    st.sampled_from(["..", ".", "", "a", "b:c", "\\", "\r\n", "\x85", "%2e", "ü", "?"])
).map("/".join)


@given(TEXTS, st.sampled_from(["/get/", f"{CLOSER}/", f"{CLOSER}?filename="]))
@example("\r\nSet-Cookie: x", "/get/")
def test_any_name_has_a_safe_answer(app: Wsgi, name: str, door: str) -> None:
    """The answer is 302 below a listed base, 400 or 404; nothing is a fault."""
    mark = "&" if "?" in door else "?"

    answer = ask(app, f"{door}{quote(name, safe='/')}{mark}action=download")

    assert answer.status in {302, 400, 404}
    assert (answer.status == 302) == answer.location.startswith(BASES)


@given(st.binary(max_size=40), st.sampled_from(["/get/", f"{CLOSER}/"]))
def test_any_octets_have_a_safe_answer(app: Wsgi, octets: bytes, door: str) -> None:
    """Paths need not be text at all."""
    answer = ask(app, f"{door}{quote(octets, safe='/')}?action=download")

    assert answer.status in {302, 400, 404}
    assert (answer.status == 302) == answer.location.startswith(BASES)


@given(st.text(st.characters(codec="ascii", exclude_characters="\r\n\0")))
def test_any_query_has_an_answer(app: Wsgi, query: str) -> None:
    """However a query is written, it is no fault."""
    answer = ask(app, f"{CLOSER}?{query}")

    assert answer.status in {200, 302, 400}


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_any_accept_header_has_an_answer(app: Wsgi, accept: str) -> None:
    """However a client writes what it accepts, it is no fault."""
    answer = ask(app, "/get/x", environ={"HTTP_ACCEPT": f"application/json{accept}"})

    assert answer.status in {200, 302}


def test_too_many_parameters_are_refused(app: Wsgi) -> None:
    """Nobody makes us take apart a query without end."""
    answer = ask(app, f"{CLOSER}?{'a=1&' * 101}")

    assert answer.status == 400
