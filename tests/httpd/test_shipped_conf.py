"""The configuration that operators include, under a real httpd."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.access import check_readable, check_writable
from mirrorsel.httpd.accounts import choose_accounts
from mirrorsel.httpd.conf import Options
from mirrorsel.httpd.run import PrivateHttpd
from tests.httpd.served import Order, Serve, Served, documents, open_folder
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

FILE = "/get/httpd/httpd-2.4.66.tar.gz"
PROXY = "127.0.0.2"
LONG = 800_000
"""Of a page that is held for a client who does not read it."""
WRITE_SECONDS = 8.0
"""A thread that is held would be so for longer."""
FORWARDED = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(Order(), id="plain"),
        pytest.param(Order(embedded=True), id="embedded"),
        pytest.param(Order(trusted_proxies=(PROXY, "10.0.0.0/8")), id="proxies"),
        pytest.param(Order(processes=2), id="two processes"),
    ],
)
def test_every_form_answers(serve: Serve, order: Order) -> None:
    """However it is parametrised, httpd takes it and sends clients to a mirror."""
    answer = serve(order).ask(FILE)

    assert answer.status == 302
    assert answer.headers["location"].startswith("https://mirror.example.de/")


def test_a_mistyped_home_is_told_before_anything_runs() -> None:
    """Without wsgi.py there httpd refuses the configuration, and names the folder."""
    with open_folder() as base:
        home = base / "mistyped"
        options = Options(home=home, accounts=choose_accounts())

        with pytest.raises(HttpdError, match=f"needs its wsgi.py in {home};"):
            PrivateHttpd(options).__enter__()


@pytest.mark.parametrize(
    "path",
    [
        FILE,
        "/dyn/closer.lua?as_json=1",
        "/dyn/closer.cgi?preferred=true",
        "/dyn/mirrors/mirrors.cgi?as_json=1",
    ],
)
def test_one_line_maps_all_endpoints(served: Served, path: str) -> None:
    """A virtual host with `Use MirrorselVhost` answers at every address."""
    assert served.ask(path).status in {200, 302}


def test_trace_is_refused(served: Served) -> None:
    """The server does not echo requests."""
    assert served.ask(FILE, "TRACE").status == 405


def test_other_methods_reach_the_application(served: Served) -> None:
    """The application names the methods that are allowed (RFC 9110, 15.5.6)."""
    answer = served.ask(FILE, "POST")

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("source", "network", "https"),
    [
        pytest.param(PROXY, "198.51.100.0/24", True, id="from a trusted proxy"),
        pytest.param("127.0.0.3", "127.0.0.0/24", False, id="forged"),
    ],
)
def test_only_trusted_proxies_are_believed(
    serve: Serve, source: str, network: str, *, https: bool
) -> None:
    """Forwarded headers count from a trusted peer and from nobody else."""
    served = serve(Order(trusted_proxies=(PROXY,)))
    answer = served.ask(f"{FILE}?json", headers=FORWARDED, source=source)
    client = json.loads(answer.text)["client"]

    assert {"network": network, "https": https}.items() <= client.items()


def test_without_proxies_nobody_is_believed(served: Served) -> None:
    """By default forwarded headers change nothing."""
    answer = served.ask(f"{FILE}?json", headers=FORWARDED)
    client = json.loads(answer.text)["client"]

    assert (client["network"], client["https"]) == ("127.0.0.0/24", False)


def test_the_log_is_the_statistics(served: Served) -> None:
    """A line ends in the mirror with how it was chosen, and the country."""
    served.ask("/get/recorded.tar.gz")

    def recorded() -> list[str]:
        # httpd writes its line after it has answered.
        lines = served.httpd.layout.access_log.read_text().splitlines()
        return [line for line in lines if "/get/recorded.tar.gz" in line]

    assert eventually(lambda: bool(recorded()))
    assert recorded()[0].endswith(' "mirror.example.de; how=unprobed" -')


@pytest.mark.parametrize(
    "name", ["wsgi.py", "mirrorsel.toml", "mirrors.list", "state/", "state/snapshot"]
)
def test_the_home_is_never_sent(serve: Serve, name: str) -> None:
    """Even where somebody maps the folder, neither source nor state is shown."""
    alias = 'Alias /home "${MIRRORSEL_HOME}"'

    assert serve(Order(extra=alias)).ask(f"/home/{name}").status == 403


def test_web_processes_write_nothing(served: Served) -> None:
    """The account that answers requests cannot write state, home or settings."""
    accounts = served.httpd.options.accounts
    closed = []
    for folder in (served.home.state, served.home.folder):
        try:
            check_writable(accounts.web, folder)
        except HttpdError:
            closed.append(folder)

    parted = [served.home.state] if accounts.parted else []
    root = [served.home.folder] if os.geteuid() == 0 else []

    assert closed == [*parted, *root]


def test_nothing_in_a_document_root_runs(serve: Serve) -> None:
    """A script is a text file there, whatever a .htaccess says; wrappers are hidden."""
    with open_folder() as documents:
        _publish(documents, ".htaccess", "Options +ExecCGI\nSetHandler cgi-script\n")
        _publish(documents, "dropped.sh", "#!/bin/sh\necho; echo executed\n")
        _publish(documents, "download.cgi", "#!/bin/sh\necho; echo executed\n")
        served = serve(Order(modules=("cgid",), extra=_document_root(documents)))
        dropped = served.ask("/files/dropped.sh")
        wrapper = served.ask("/files/download.cgi")

    assert (dropped.status, dropped.text.startswith("#!/bin/sh")) == (200, True)
    assert (wrapper.status, "executed" in wrapper.text) == (200, False)


def test_redirects_of_a_document_root_go_on(serve: Serve) -> None:
    """The few directives that sites need in a .htaccess are allowed."""
    with open_folder() as documents:
        _publish(documents, ".htaccess", "Redirect /files/old http://new.example/\n")
        answer = serve(Order(extra=_document_root(documents))).ask("/files/old")

    assert (answer.status, answer.headers["location"]) == (302, "http://new.example/")


def test_the_checker_writes_the_state(serve: Serve) -> None:
    """The server runs the checker, whose snapshot the web processes can read."""
    nowhere = "http://127.0.0.1:1/"
    served = serve(
        Order(
            settings=f'[list]\norigin = "{nowhere}"\n'
            "[checker]\nprivate_addresses = true\n",
            mirrors=f"http de {nowhere}\n",
        )
    )
    snapshot = served.home.state / "snapshot"

    assert eventually(snapshot.exists)
    check_readable(served.httpd.options.accounts.web, [snapshot])


def _publish(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.write_text(text)
    file.chmod(0o755)


def _document_root(folder: Path) -> str:
    return (
        f'Alias /files "{folder}"\n'
        f'<Directory "{folder}">\nRequire all granted\n</Directory>\n'
        f'Use MirrorselDocumentRoot "{folder}"\n'
    )


@pytest.fixture(scope="module", name="site")
def fixture_site(serve: Serve) -> Iterator[Served]:
    """Serve a document root with a page, an index page and a plain file."""
    with open_folder() as root:
        (root / "index").mkdir()
        _publish(root, "index/.htaccess", "DirectoryIndex index.cgi\n")
        for name in ("download.html", "index/index.html", "plain.txt"):
            _publish(root, name, "[preferred]")
        yield serve(Order(extra=documents(root)))


BODIES = ("Content-Length: 1000000", "Transfer-Encoding: chunked")
PLACES = (
    FILE,
    "/get/",
    "/dyn/closer.cgi",
    "/dyn/closer.lua/x",
    "/download.cgi",
    "/download.cgi/x",
    "/index.cgi",
    "/index/index.cgi",
    "/index/",
    "/",
    "/plain.txt",
)


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize("header", BODIES)
def test_bodies_are_refused(site: Served, header: str, method: str, path: str) -> None:
    """A body is refused before it comes (RFC 9110, 15.5.14); who sends it must go."""
    with _idle(site, method, path, header) as connection:
        status, *headers = (
            _everything(connection).partition("\r\n\r\n")[0].split("\r\n")
        )

    assert status.startswith("HTTP/1.1 413 ")
    assert [one for one in headers if one.startswith("Allow")] == ["Allow: GET, HEAD"]
    assert "Connection: close" in headers


@pytest.mark.parametrize("path", ["/index/", "/download.cgi", FILE])
@pytest.mark.parametrize("header", BODIES)
def test_announced_bodies_hold_nobody_up(site: Served, header: str, path: str) -> None:
    """More idle uploads than there are threads leave the application to others."""
    threads = site.httpd.options.threads * site.httpd.options.processes
    with contextlib.ExitStack() as stack:
        for _ in range(4 * threads):
            stack.enter_context(_idle(site, "POST", path, header))

        assert site.ask(FILE).status == 302
        assert site.ask("/index/").status == 200


def test_who_does_not_read_holds_nobody_up(serve: Serve) -> None:
    """More clients that leave a long page unread than there are threads hold none."""
    with open_folder() as root, contextlib.ExitStack() as stack:
        _publish(root, "long.html", "x" * LONG)
        # Loopback would take the whole page, as no other network does.
        served = serve(Order(extra=f"SendBufferSize 65536\n{_document_root(root)}"))
        threads = served.httpd.options.threads * served.httpd.options.processes
        for _ in range(2 * threads):
            stack.enter_context(_unread(served, "/files/long.cgi"))
        began = time.monotonic()
        answer = served.ask(FILE)

    assert answer.status == 302
    assert time.monotonic() - began < WRITE_SECONDS


def _unread(served: Served, path: str) -> socket.socket:
    """Ask for a page and wait for its first bytes, of which few find room."""
    connection = socket.socket()
    connection.settimeout(10)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", served.httpd.options.port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    connection.recv(1)
    return connection


def _idle(served: Served, method: str, path: str, header: str) -> socket.socket:
    """Announce a body that never comes."""
    address = ("127.0.0.1", served.httpd.options.port)
    connection = socket.create_connection(address, timeout=10)
    connection.sendall(
        f"{method} {path} HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n".encode()
    )
    return connection


def _everything(connection: socket.socket) -> str:
    """Return what comes until the other side closes the connection."""
    with connection.makefile(encoding="latin-1", newline="") as stream:
        return stream.read()
