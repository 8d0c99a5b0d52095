"""Proofs of downloads through a real httpd, checked with real programs."""

import hashlib
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from tests.httpd.served import Order, Serve, Served
from tests.metalink.test_fourth import RULES
from tests.tree.published import publish
from tests.waiting import eventually
from tests.web.sites import ORIGIN

pytestmark = pytest.mark.httpd

FILE, CONTENT = "httpd/a b.tar.gz", b"content of a file"
PATH = "/get/httpd/a%20b.tar.gz"
SETTINGS = f"""\
[checker]
enabled = false
[list]
origin = "{ORIGIN}"
[tree]
index = "origin"
"""


@pytest.fixture(scope="module")
def served(serve: Serve) -> Served:
    """Return an httpd that has seen an index."""
    httpd = serve(Order(settings=SETTINGS))
    publish(httpd.home.state, {FILE: CONTENT})
    assert eventually(lambda: "digest" in httpd.ask(PATH).headers)
    return httpd


def checked(folder: Path, hashes: str) -> int:
    """Return with which status sha256sum ends."""
    command = ("sha256sum", "-c")
    return subprocess.run(
        command, input=hashes, text=True, cwd=folder, check=False, capture_output=True
    ).returncode


def test_headers_of_a_redirect(served: Served) -> None:
    """They come through httpd, under the name by which the client knows it."""
    options = served.httpd.options
    answer = served.ask(PATH)
    home = f"http://{options.host}:{options.port}"

    assert answer.status == 302
    assert f"<{home}{PATH}.meta4>; rel=describedby" in answer.headers["link"]
    assert answer.headers["repr-digest"].startswith("sha-256=:")


def test_sha256sum_checks_a_download(served: Served, tmp_path: Path) -> None:
    """The real program takes the hash file for what it is."""
    (tmp_path / "a b.tar.gz").write_bytes(CONTENT)
    hashes = served.ask(f"{PATH}.sha256").text

    good = checked(tmp_path, hashes)
    (tmp_path / "a b.tar.gz").write_bytes(b"other content")

    assert (good, checked(tmp_path, hashes)) == (0, 1)


def test_a_document(served: Served) -> None:
    """It keeps the rules, and who has it already is told so."""
    answer = served.ask(f"{PATH}.meta4")
    tag = {"If-None-Match": answer.headers["etag"]}
    root = etree.fromstring(answer.text.encode())

    assert RULES.validate(root), RULES.error_log
    assert root.findtext("{*}file/{*}hash") == hashlib.sha256(CONTENT).hexdigest()
    assert served.ask(f"{PATH}.meta4", headers=tag).status == 304
    assert served.ask(f"{PATH}.meta4", "HEAD").text == ""


def test_the_page(served: Served) -> None:
    """It comes with a policy under which it needs nothing else."""
    answer = served.ask(f"{PATH}?mirrorlist")

    assert answer.status == 200
    assert "mirror.example.de" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
