"""Messages posted to webhooks, good and bad ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from mirrorsel.config import NotifySettings, Settings
from mirrorsel.net import Limits
from mirrorsel.notify.failure import Failure
from mirrorsel.notify.payload import signature
from mirrorsel.notify.webhook import send_hook
from tests import loopback
from tests.loopback import Behaviour, Connection, Loopback, answer, redirecting

_LIMITS = Limits(timeout=0.5, deadline=1, private_addresses=True)
_BODY = b'{"changes": []}'


def settings(url: str, folder: Path = Path(), secret: str = "") -> Settings:
    """Return settings with a webhook."""
    notify = NotifySettings(webhook=url, webhook_secret_file=secret)
    return Settings(folder=folder, notify=notify)


def taking(then: Behaviour) -> Behaviour:
    """Return the behaviour of a server that reads the body first."""

    def behave(connection: Connection) -> None:
        connection.read_body()
        then(connection)

    return behave


def test_taken(tmp_path: Path) -> None:
    """A body that is taken has no signature where there is no secret."""
    with Loopback(taking(answer(b"", "202 Accepted"))) as server:
        found = send_hook(settings(server.url, tmp_path), _BODY, _LIMITS)

    assert found is None
    assert b"Signature" not in server.requests[0]
    assert b"Content-Type: application/json\r\n" in server.requests[0]


def keep(file: Path, content: str) -> None:
    """Write a secret that its owner alone can read."""
    file.touch(0o600)
    file.write_text(content)


def test_a_secret_of_everybody(tmp_path: Path) -> None:
    """A secret that the account of the web could read is told, and not used."""
    keep(tmp_path / "secret", "s3cret")
    (tmp_path / "secret").chmod(0o644)
    with Loopback(taking(answer(b""))) as server:
        found = send_hook(settings(server.url, tmp_path, "secret"), _BODY, _LIMITS)

    assert found is not None
    assert "everybody can read it" in found.words
    assert [] == server.requests


def test_signed(tmp_path: Path) -> None:
    """With a secret the body is signed; blanks around the secret do not count."""
    keep(tmp_path / "secret", "  s3cret\n")
    with Loopback(taking(answer(b""))) as server:
        one = settings(server.url, tmp_path, "secret")
        assert send_hook(one, _BODY, _LIMITS) is None

    expected = f"X-Mirrorsel-Signature: {signature(_BODY, b's3cret')}\r\n"
    assert expected.encode() in server.requests[0]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(None, "No such file or directory", id="missing"),
        pytest.param("\n", "it is empty", id="empty"),
        pytest.param("x" * 5000, "it is larger", id="large"),
    ],
)
def test_no_secret(content: str | None, expected: str, tmp_path: Path) -> None:
    """Without the secret that the settings name, nothing is sent."""
    if content is not None:
        keep(tmp_path / "secret", content)
    with Loopback(taking(answer(b""))) as server:
        found = send_hook(settings(server.url, tmp_path, "secret"), _BODY, _LIMITS)

    assert found is not None
    assert expected in found.words
    assert [] == server.requests


@pytest.mark.parametrize(
    ("behaviour", "words", "final"),
    [
        pytest.param(answer(b"", "400 No"), "400 No", True, id="400"),
        pytest.param(answer(b"", "404 Gone"), "404 Gone", True, id="404"),
        pytest.param(answer(b"", "429 Slow"), "429 Slow", False, id="429"),
        pytest.param(answer(b"", "408 Late"), "408 Late", False, id="408"),
        pytest.param(answer(b"", "500 Oh"), "500 Oh", False, id="500"),
        pytest.param(answer(b"", "503 \x1b[2J"), "503 [2J", False, id="escapes"),
        pytest.param(redirecting("http://127.0.0.1/"), "302 Found", True, id="302"),
        pytest.param(loopback.hanging, "timed out", False, id="hangs"),
        pytest.param(
            loopback.trickling_headers, "not done within 1 s", False, id="trickles"
        ),
    ],
)
def test_not_taken(behaviour: Behaviour, words: str, *, final: bool) -> None:
    """What is not taken is told, with whether another try is in vain."""
    with Loopback(taking(behaviour)) as server:
        found = send_hook(settings(server.url), _BODY, _LIMITS)

    expected = Failure(words=f"127.0.0.1:{server.port}: {words}", final=final)
    assert found is not None
    assert expected == replace(found, words=found.words.replace("Read ", ""))


def test_url_is_secret() -> None:
    """No failure names more of the URL than its host."""
    with loopback.closed_port() as url:
        found = send_hook(settings(f"{url}services/T0P-SECRET?k=v"), _BODY, _LIMITS)

    assert found is not None
    assert "T0P-SECRET" not in found.words
