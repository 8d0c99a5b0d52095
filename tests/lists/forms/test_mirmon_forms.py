"""Tests for the forms of mirmon, as they are written."""

from datetime import UTC, datetime

import pytest

from mirrorsel.lists.forms.form import Form, Listing, Sources
from mirrorsel.lists.forms.mirmon_forms import (
    MIRMON_APACHE,
    MIRMON_PLAIN,
    MIRMON_STATE,
)
from mirrorsel.model import Health, Kind, Mirror, MirrorList, Outcome, Snapshot, State
from tests.lists.forms.making import listing, page, unnumbered

NOW = 1795424707
URL = "https://a.example/"
MIRRORS = (
    Mirror(url=URL, country="de", contact="a@example.de"),
    Mirror(url="ftp://b.example/", kind=Kind.FTP, country="uk"),
    Mirror(url="http://c.example/", backup=True),
    Mirror(url=URL, backup=True),
    Mirror(url="http://d.example/", country="de", disabled="gone"),
)


def at(seconds: int) -> datetime:
    """Return a time."""
    return datetime.fromtimestamp(seconds, UTC)


def state(health: Health | None) -> str:
    """Return the line of a mirror of which that is believed, without its URL."""
    mirror = Mirror(url=URL, country="de", stamp=at(7))
    known = {} if health is None else {URL: health}
    seen = Snapshot(taken=at(NOW + 9), health=known)
    mirrors = MirrorList(mirrors=(mirror,))
    (written,) = MIRMON_STATE.written(Listing(mirrors=mirrors, snapshot=seen))
    return written.content.decode().removeprefix(f"{URL} ").removesuffix("\n")


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        pytest.param(
            MIRMON_PLAIN,
            [
                f"de\t{URL}\ta@example.de",
                "uk\tftp://b.example/",
                "Backup\thttp://c.example/",
            ],
            id="plain",
        ),
        pytest.param(
            MIRMON_APACHE,
            [
                f"http\tde\t{URL}\ta@example.de",
                "ftp\tuk\tftp://b.example/",
                "http\tBackup\thttp://c.example/",
            ],
            id="apache",
        ),
    ],
)
def test_lists(form: Form, lines: list[str]) -> None:
    """They have the mirrors in service, each URL once, and are read again."""
    (written,) = form.written(listing(*MIRRORS))

    assert written.content.decode().splitlines() == lines
    assert tuple(map(unnumbered, form.kept((written,)))) == MIRRORS[:3]


@pytest.mark.parametrize(
    ("health", "line"),
    [
        pytest.param(None, "", id="unknown"),
        pytest.param(Health(), "", id="never probed"),
        pytest.param(
            Health(state=State.UP, stamp=at(NOW - 60), checked=at(NOW)),
            f"{NOW - 60} ok {NOW} s {NOW}-s {NOW}",
            id="up",
        ),
        pytest.param(
            Health(state=State.UP, stale=True, stamp=at(5), checked=at(NOW)),
            f"5 ok {NOW} s {NOW}-f {NOW}",
            id="stale",
        ),
        pytest.param(
            Health(state=State.DOWN, checked=at(NOW), outcome=Outcome.TIMEOUT),
            f"undef timeout undef f {NOW}-z {NOW}",
            id="down",
        ),
    ],
)
def test_states(health: Health | None, line: str) -> None:
    """A line has seven fields, none of them empty: mirmon could not read it."""
    assert state(health) == line


def test_state_comes_back() -> None:
    """With the list beside it, places and states are those that there were."""
    health = {
        URL: Health(state=State.UP, stamp=at(NOW - 60), checked=at(NOW)),
        "http://c.example/": Health(state=State.UP, checked=at(NOW)),
        "ftp://b.example/": Health(state=State.DOWN, stamp=at(7), checked=at(NOW)),
    }
    seen = Snapshot(taken=at(NOW), health=health)
    whole = Listing(mirrors=MirrorList(mirrors=MIRRORS), snapshot=seen)
    (written,) = MIRMON_STATE.written(whole)
    (listed,) = MIRMON_PLAIN.written(whole)
    taken = MIRMON_STATE.read(Sources(pages=(written,), listed=listed), None)

    assert tuple(map(unnumbered, taken.mirrors.mirrors)) == MIRRORS[:3]
    assert taken.snapshot is not None
    assert {url: taken.snapshot.health[url] for url in health} == health


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("DE\thttp://a.example/\ta@example.de", id="of mirrorbits"),
        pytest.param("de\thttp://a.example/\t", id="without an address"),
    ],
)
def test_exports_of_other_programs(line: str) -> None:
    """Both `mirrorbits export mirmon` and `mb export` are read as they are."""
    taken = MIRMON_PLAIN.read(Sources(pages=(page(f"{line}\n"),)), {"de"})

    assert [one.country for one in taken.mirrors.mirrors] == ["de"]
    assert (taken.skipped, taken.warnings) == ((), ())


@pytest.mark.parametrize(
    ("form", "line", "needs"),
    [
        pytest.param(MIRMON_PLAIN, "de", "a region and a URL", id="plain"),
        pytest.param(
            MIRMON_APACHE, "http de", "a type, a region and a URL", id="apache"
        ),
    ],
)
def test_short_lines(form: Form, line: str, needs: str) -> None:
    """It is said what a line of the style needs."""
    taken = form.read(Sources(pages=(page(f"{line}\n"),)), None)

    assert taken.skipped[0].endswith(f"a line needs {needs}")
