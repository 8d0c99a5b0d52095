"""What holds for every address: methods, errors, mounting."""

from io import BytesIO, StringIO

import pytest
from falcon.testing import create_environ

from mirrorsel.web.app import CLOSERS, Wsgi
from tests.web.asking import ask
from tests.web.sites import BASES

ADDRESSES = ["/get/x", "/get", "/nowhere", *CLOSERS, f"{CLOSERS[0]}/x"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "method",
    ["OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "MADEUP", "get"],
)
def test_only_reading_is_allowed(app: Wsgi, address: str, method: str) -> None:
    """REQ-6: every method but GET and HEAD is answered 405, OPTIONS included."""
    answer = ask(app, address, method=method)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("target", "method", "status"),
    [
        pytest.param("/get/x", "POST", 405, id="method"),
        pytest.param("/get/../x", "GET", 404, id="name"),
        pytest.param("/nowhere", "GET", 404, id="address"),
        pytest.param("/", "GET", 404, id="root"),
        pytest.param(f"{CLOSERS[0]}?action=x", "GET", 400, id="action"),
        pytest.param(f"{CLOSERS[0]}?path=../x", "GET", 400, id="path"),
    ],
)
def test_errors_are_one_line_of_text(
    app: Wsgi, target: str, method: str, status: int
) -> None:
    """REQ-32: an error is short text, which no browser takes for a page."""
    answer = ask(app, target, method=method)

    assert answer.status == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text.endswith("\n")
    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    ("script", "path"),
    [
        pytest.param("/get", "/httpd/x", id="a mapping of its own"),
        pytest.param("", "/get/httpd/x", id="the whole server"),
        pytest.param("/get/httpd", "/x", id="somewhere between"),
    ],
)
def test_httpd_may_take_the_path_apart_anywhere(
    app: Wsgi, script: str, path: str
) -> None:
    """Each of httpd's mappings makes its own address the SCRIPT_NAME."""
    answer = ask(
        app, "/get/httpd/x", environ={"SCRIPT_NAME": script, "PATH_INFO": path}
    )

    assert answer.location in {f"{base}httpd/x" for base in BASES}


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO"])
def test_an_empty_half_of_the_path_may_be_missing(app: Wsgi, name: str) -> None:
    """PEP 3333: a server may leave out what would be an empty string."""
    other = {"SCRIPT_NAME": "PATH_INFO", "PATH_INFO": "SCRIPT_NAME"}[name]
    environ = {
        "REQUEST_METHOD": "GET",
        other: "/get",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.errors": StringIO(),
        "wsgi.input": BytesIO(),
    }
    statuses: list[str] = []

    app(environ, lambda status, _headers: statuses.append(status))

    assert statuses == ["302 Found"]


@pytest.mark.parametrize(
    "name", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"]
)
def test_headers_do_not_move_a_client(app: Wsgi, name: str) -> None:
    """The address is REMOTE_ADDR, which httpd has settled."""
    forged = ask(app, "/get/x", environ={name: "127.0.0.33"})

    assert forged == ask(app, "/get/x")


def test_headers_do_not_change_the_scheme(app: Wsgi) -> None:
    """The scheme is the server's, not one that a client writes."""
    forged = ask(app, "/get/x?json", environ={"HTTP_X_FORWARDED_PROTO": "https"})

    assert forged.json["client"]["https"] is False


def test_an_answer_depends_on_no_earlier_one(app: Wsgi) -> None:
    """REQ-9: nothing that one client asks for is remembered for the next."""
    before = ask(app, f"{CLOSERS[0]}?as_json=1")

    ask(app, f"{CLOSERS[0]}?as_json=1&cca2=fr&archive_aware=1&path=x&debug=1")
    ask(app, f"{CLOSERS[0]}?preferred=https://us.example/apache/")

    assert ask(app, f"{CLOSERS[0]}?as_json=1") == before


def test_headers_are_spelt_as_people_do(app: Wsgi) -> None:
    """Old scripts look for `Location:`, though names are case-insensitive."""
    seen: list[str] = []

    def start(_status: str, headers: list[tuple[str, str]], *_more: object) -> None:
        seen.extend(name for name, _ in headers)

    environ = create_environ("/get/x", remote_addr="127.0.0.1")
    list(app(environ, start))

    assert {"Location", "Cache-Control", "X-Mirrorsel"} <= set(seen)
