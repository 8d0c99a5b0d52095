"""The port that httpd is to listen on."""

import socket

import pytest

from mirrorsel.errors import HttpdError
from mirrorsel.httpd.port import claim_port


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_zero_gives_a_free_port(host: str) -> None:
    """Port 0 stands for any that is free."""
    assert claim_port(host, 0) > 0


def test_a_free_port_is_kept() -> None:
    """A port that can be used is the one that is used."""
    free = claim_port("127.0.0.1", 0)

    assert free == claim_port("127.0.0.1", free)


def test_a_taken_port_is_told() -> None:
    """The message names the port and the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(HttpdError) as caught:
            claim_port("127.0.0.1", port)

    assert str(caught.value) == (
        f"port {port} of 127.0.0.1 is taken: choose another with --port"
    )


def test_a_foreign_address_is_told() -> None:
    """An address that this machine does not have cannot be listened on."""
    with pytest.raises(HttpdError, match=r"cannot listen on port 0 of 192\.0\.2\.1"):
        claim_port("192.0.2.1", 0)
