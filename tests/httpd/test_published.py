"""The published list as programs in the wild fetch it, from a real httpd."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from mirrorsel.lists import parse
from mirrorsel.state import StateFolder
from tests.httpd.network import Network
from tests.httpd.served import SETTINGS, Order, Serve, Served, open_folder, serving
from tests.waiting import eventually

pytestmark = pytest.mark.httpd

PATH = "/mirrors/mirrors.list"
_MANY = 10


@pytest.fixture(scope="module")
def world(mirrors: Network) -> Iterator[Served]:
    """Serve them, from the moment on when their stamps are published."""
    # One cycle is all, so that what is published stays as it is.
    order = mirrors.order()
    settings = order.settings.replace('period = "1s"', 'period = "1h"')
    with serving(mirrors.order(settings=settings)) as served:
        assert eventually(StateFolder(served.home.state).journal.exists)
        # Each process takes up what is published in its own time.
        stale = mirrors.stale.url
        assert eventually(lambda: all(behind(served).get(stale) for _ in range(_MANY)))
        yield served


def behind(served: Served) -> dict[str, int]:
    """Return how many days mirrors are behind the date of the published list."""
    read = parse(served.ask(PATH).text, None).list
    return {
        one.url: round((read.dated - one.stamp) / timedelta(days=1))
        for one in read.mirrors
        if one.stamp and read.dated
    }


def test_the_list_is_published_with_the_stamps_that_were_seen(
    world: Served, mirrors: Network
) -> None:
    """The stale mirror is as far behind the date as it really is."""
    read = parse(world.ask(PATH).text, None).list
    assert read.dated is not None

    assert datetime.now(UTC) - read.dated < timedelta(hours=1)
    assert {
        mirrors.german.url: 0,
        mirrors.stale.url: 3,
    }.items() <= behind(world).items()


def test_an_installer_finds_a_mirror(world: Served, mirrors: Network) -> None:
    """REQ-72: lines end in a newline; one blank parts type, country, URL, epoch."""
    lines = [
        line.split(" ")
        for line in world.ask(PATH).text.split("\n")
        if line and not line.startswith("#")
    ]

    assert ["http", "de", mirrors.german.url] == lines[0][:3]
    assert {4} == {len(fields) for fields in lines}
    assert all(fields[3].isdigit() for fields in lines)
    assert ["http", "Backup", mirrors.origin.url] == lines[-1][:3]


def test_it_is_plain_text_with_what_caches_need(world: Served) -> None:
    """A client may keep it and ask whether it is still the same."""
    answer = world.ask(PATH)

    assert answer.headers["content-type"] == "text/plain"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["etag"]
    assert parsedate_to_datetime(answer.headers["last-modified"]) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("condition", "validator"),
    [
        pytest.param("If-None-Match", "etag", id="by its tag"),
        pytest.param("If-Modified-Since", "last-modified", id="by its time"),
    ],
)
def test_what_a_client_has_is_not_sent_again(
    world: Served, condition: str, validator: str
) -> None:
    """The answer is 304 (RFC 9110, 15.4.5), also to HEAD."""
    headers = {condition: world.ask(PATH).headers[validator]}
    answers = [world.ask(PATH, method, headers=headers) for method in ("GET", "HEAD")]

    assert [(304, ""), (304, "")] == [(one.status, one.text) for one in answers]


def test_an_edit_is_published(serve: Serve) -> None:
    """A mirror that is taken out of service is no longer listed, at once."""
    served = serve(Order(mirrors="http fr https://off.example/ a@example.fr\n"))
    assert eventually(lambda: "off.example" in served.ask(PATH).text)
    before = served.ask(PATH).headers
    served.list_file.write_text(
        "http de https://kept.example/ a@example.de\n"
        'http fr https://off.example/ a@example.fr disabled="disk full"\n'
    )
    served.home.follower.poll()

    assert eventually(lambda: "kept.example" in served.ask(PATH).text, 10)
    answer = served.ask(PATH, headers={"If-None-Match": before["etag"]})
    assert answer.status == 200
    assert not any(word in answer.text for word in ("off.example", "@"))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("snapshot", id="the snapshot"),
        pytest.param("published/", id="the folder"),
        pytest.param("published/mirrors.list", id="the list by another name"),
        pytest.param("published/.mirrors.list.x", id="a temporary file"),
        pytest.param("published/%2e%2e/snapshot", id="up and beside"),
        pytest.param("published/mirrors.list/../../snapshot", id="below and up"),
    ],
)
def test_nothing_else_of_the_state_folder_is_served(serve: Serve, name: str) -> None:
    """Not even where somebody maps the folder."""
    served = serve(Order(extra='Alias /state "${MIRRORSEL_HOME}/state"'))
    folder = served.home.state / "published"
    folder.mkdir(exist_ok=True)
    (folder / ".mirrors.list.x").write_text("half")
    (served.home.state / "snapshot").write_text("{}")

    assert served.ask(f"/state/{name}").status == 403
    assert served.ask(f"/mirrors/{name}").status == 404


def test_a_state_folder_elsewhere_is_served_too(serve: Serve) -> None:
    """Where the settings name it is enough."""
    with open_folder() as folder:
        published = folder / "published" / "mirrors.list"
        published.parent.mkdir()
        published.write_text("# published\n")
        # Whoever writes there must be let.
        for path in (folder, published.parent):
            path.chmod(0o777)
        settings = f'{SETTINGS}[state]\nfolder = "{folder}"\n'
        answer = serve(Order(settings=settings, checker=False)).ask(PATH)

    assert (answer.status, answer.text) == (200, "# published\n")
