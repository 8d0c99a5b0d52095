"""What wrk is told, and what it tells."""

from pathlib import Path

import pytest

from bench.case import Clients, Load
from bench.load import LoadError, command, parse

OUTPUT = """Running 1s test @ http://127.0.0.1:8080/get/x
  1 threads and 16 connections
  7650 requests in 1.10s, 3.50MB read
Requests/sec:   6954.54
bench: 7650 1100000 3670016 2 1 5 1500 4200 9100 15000
"""


def test_what_wrk_tells() -> None:
    """Times are given in seconds, and the rate is that of the whole run."""
    told = parse(OUTPUT)

    assert (told.requests, told.size) == (7650, 3_670_016)
    assert (told.refused, told.failed, told.closed) == (2, 1, 5)
    assert told.rate == pytest.approx(6954.5, abs=0.1)
    assert (told.p50, told.p99, told.p999, told.longest) == pytest.approx(
        (0.0015, 0.0042, 0.0091, 0.015)
    )


@pytest.mark.parametrize(
    "output",
    [
        pytest.param("", id="nothing"),
        pytest.param("Requests/sec: 12\n", id="without the script"),
        pytest.param("bench: 1 2 3\n", id="cut off"),
        pytest.param("bench: 1 2 3 4 5 6 7 8 9 nan\n", id="no number"),
    ],
)
def test_what_cannot_be_read(output: str) -> None:
    """Other output is an error, and no figure."""
    with pytest.raises(LoadError, match="tells nothing"):
        parse(output)


@pytest.mark.parametrize(
    ("load", "words"),
    [
        pytest.param(Load(), ("-c16", "one client"), id="usual"),
        pytest.param(Load(connections=1), ("-c1", "-t1"), id="one connection"),
        pytest.param(
            Load(keep_alive=False), ("-H", "Connection: close"), id="no keep-alive"
        ),
        pytest.param(
            Load(clients=Clients.RANDOM), (str(Clients.RANDOM),), id="random clients"
        ),
        pytest.param(Load(paths=Path("paths")), ("paths",), id="random paths"),
    ],
)
def test_how_wrk_is_called(load: Load, words: tuple[str, ...]) -> None:
    """Each part of a load has its option."""
    made = command("http://127.0.0.1:1/", load, seconds=2)

    assert {"-d2s", "http://127.0.0.1:1/", *words} <= set(made)
