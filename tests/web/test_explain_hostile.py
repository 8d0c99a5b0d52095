"""Questions for an explanation that nobody means well with."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.web.app import Wsgi
from mirrorsel.web.explain.question import NAMES
from tests.web.asking import NOBODY, ask
from tests.web.elements import Elements

PAGE = "/mirrors/explain"

REFUSED = [
    pytest.param("client=1.2.3", "`client`", id="no address"),
    pytest.param("client=near.example", "`client`", id="a name"),
    pytest.param("client=fe80::1%25<script>", "`client`", id="a zone"),
    pytest.param(f"client={'1' * 4000}", "`client`", id="endless"),
    pytest.param("client=1.2.3.4%0d%0aX:%20y", "`client`", id="header"),
    pytest.param("client=1.2.3.4%00", "`client`", id="NUL"),
    pytest.param("client=%FF", "`client`", id="not UTF-8"),
    pytest.param("path=/x", "`path`", id="leading slash"),
    pytest.param("path=a/../x", "`path`", id="parent"),
    pytest.param("path=http://evil.example/", "`path`", id="a URL"),
    pytest.param("path=a%0d%0aSet-Cookie:%20x", "`path`", id="CR and LF"),
    pytest.param("path=a%ff", "`path`", id="a byte that is not UTF-8"),
    pytest.param("path=%ed%a0%80", "`path`", id="a surrogate"),
    pytest.param(f"path={'x' * 2049}", "`path`", id="a long name"),
    pytest.param("https=yes", "`https`", id="no flag"),
    pytest.param("ipv6=", "`ipv6`", id="an empty flag"),
    pytest.param("ip=1.2.3.4", "unknown", id="unknown"),
    pytest.param("<script>=1", "unknown", id="a hostile name"),
    pytest.param("path=a&path=b", "twice", id="twice"),
    pytest.param("a=1&" * 50, "Too many", id="without end"),
]


@pytest.mark.parametrize(("query", "words"), REFUSED)
def test_what_cannot_be_is_refused(app: Wsgi, query: str, words: str) -> None:
    """It is 400 with a sentence, in which nothing is that was sent."""
    answer = ask(app, f"{PAGE}?{query}")

    assert (400, "text/plain; charset=utf-8") == (
        answer.status,
        answer.headers["content-type"],
    )
    assert words in answer.text
    assert not {"script", "evil", "Set-Cookie", "1.2.3"} & set(
        re.findall(r"[\w.-]+", answer.text)
    )
    assert {"content-type", "content-length", "x-content-type-options"} >= (
        answer.headers.keys() - {"vary"}
    )


@given(
    st.dictionaries(
        st.sampled_from(NAMES), st.text(st.characters(codec="utf-8"), max_size=30)
    )
)
def test_any_question_has_a_safe_answer(app: Wsgi, parameters: dict[str, str]) -> None:
    """It is explained or refused; nothing is a fault, and no markup comes back."""
    answer = ask(app, f"{PAGE}?{urlencode(parameters)}")

    assert answer.status in {200, 400}
    if "html" in answer.headers["content-type"]:
        found = Elements(answer.text)
        assert not {"script", "img", "iframe", "object"} & set(found.names)
        assert not [name for name, _ in found.attributes if name.startswith("on")]


@given(st.text(st.characters(codec="ascii", exclude_characters="\r\n\0")))
def test_any_query_has_an_answer(app: Wsgi, query: str) -> None:
    """However it is written, it is no fault."""
    assert ask(app, f"{PAGE}?{query}").status in {200, 400}


@pytest.mark.parametrize("address", [NOBODY, "", "unix:", "fe80::1%eth0"])
def test_any_asker_has_an_answer(app: Wsgi, address: str) -> None:
    """What httpd gives as an address need not be one."""
    assert 200 == ask(app, PAGE, address=address).status
