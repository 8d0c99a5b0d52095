"""The JSON of the closer interface, as programs of all ages read it."""

import json
import re
from collections.abc import Mapping

import pytest

from mirrorsel.web.app import CLOSERS, Wsgi
from tests.web.asking import FRENCH, GERMAN, NOBODY, ask
from tests.web.sites import BASES, DOWN, STALE, MakeSite

CLOSER = CLOSERS[0]
KEYS = [
    "backup",
    "cca2",
    "ftp",
    "http",
    "in_attic",
    "in_dist",
    "path_info",
    "preferred",
]


@pytest.mark.parametrize(
    ("query", "is_json"),
    [
        pytest.param("as_json=1", True, id="as_json"),
        pytest.param("asjson=1", True, id="asjson"),
        pytest.param("as_json", True, id="without a value"),
        pytest.param("asjson=", True, id="blank"),
        pytest.param("as_json=false", True, id="false"),
        pytest.param("as_json=00", True, id="two noughts"),
        pytest.param("as_json=0", False, id="nought"),
        pytest.param("as_json=0&asjson=1", True, id="the other one"),
        pytest.param("as_json=0&as_json=1", False, id="the first counts"),
        pytest.param("AS_JSON=1", False, id="letter case"),
        pytest.param("", False, id="not asked"),
    ],
)
def test_when_json_is_given(app: Wsgi, query: str, *, is_json: bool) -> None:
    """REQ-20, HR-3: with as_json or asjson, unless the value is 0."""
    answer = ask(app, f"{CLOSER}?{query}")

    assert answer.status == 200
    assert (answer.headers["content-type"] == "application/json") is is_json


def test_the_layout_is_kept_byte_for_byte(make_site: MakeSite) -> None:
    """REQ-28 to REQ-31, HR-1, HR-2: a key a line, sorted, one blank after the colon."""
    listed = (
        "http de https://dlcdn.apache.org/\nhttp Backup https://downloads.apache.org/\n"
    )

    answer = ask(
        make_site(listed=listed), f"{CLOSER}?as_json=1&path=/spark/spark-4.0.0/x.tgz"
    )

    assert answer.headers["content-type"] == "application/json"
    assert answer.body == (
        b"{\n"
        b'    "backup": [\n'
        b'        "https://downloads.apache.org/"\n'
        b"    ],\n"
        b'    "cca2": "de",\n'
        b'    "ftp": [],\n'
        b'    "http": [\n'
        b'        "https://dlcdn.apache.org/"\n'
        b"    ],\n"
        b'    "in_attic": false,\n'
        b'    "in_dist": true,\n'
        b'    "path_info": "spark/spark-4.0.0/x.tgz",\n'
        b'    "preferred": "https://dlcdn.apache.org/"\n'
        b"}\n"
    )


SITES: list[Mapping[str, object]] = [
    {},
    {"listed": ""},
    {"health": None},
    {"health": dict.fromkeys(["fr.example", "de1.example", "de2.example"], DOWN)},
    {"listed": "ftp fr ftp://ftp.example/\n"},
]


@pytest.mark.parametrize("site", SITES, ids=["well", "empty", "new", "down", "ftp"])
@pytest.mark.parametrize("address", [GERMAN, FRENCH, NOBODY])
def test_all_keys_are_always_there(
    make_site: MakeSite, site: Mapping[str, object], address: str
) -> None:
    """REQ-31, HR-7: these eight, of these types, and backup never empty."""
    if site.get("listed") == "":
        site = {"listed": "# nothing\nrsync fr rsync://x.example/\n"}

    value = ask(make_site(**site), f"{CLOSER}?as_json=1", address=address).json

    assert list(value) == KEYS
    assert [type(value[key]) for key in KEYS] == [
        list,
        str,
        list,
        list,
        bool,
        bool,
        str,
        str,
    ]
    assert value["backup"]


@pytest.mark.parametrize("address", [GERMAN, FRENCH, NOBODY])
def test_every_base_ends_in_a_slash(app: Wsgi, address: str) -> None:
    """REQ-27, HR-4: clients join base and name blindly."""
    value = ask(app, f"{CLOSER}/x?as_json=1", address=address).json

    bases = [value["preferred"], *value["backup"], *value["http"], *value["ftp"]]

    assert [one for one in bases if not one.endswith("/")] == []


def test_line_oriented_programs_find_the_base(app: Wsgi) -> None:
    """REQ-29, HR-1, HR-2: by the fourth field at the quotes, or a greedy match."""
    lines = ask(app, f"{CLOSER}?as_json=1", address=FRENCH).text.splitlines()

    [line] = [one for one in lines if '"preferred"' in one]

    assert line.split('"')[3] == "https://fr.example/"
    assert re.findall('"preferred": "(.*)"', line) == ["https://fr.example/"]
    assert lines[-2:] == [line, "}"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("<b>&amp;", r"\u003cb\u003e\u0026amp;", id="marks of HTML"),
        pytest.param("ü", r"\u00fc", id="beyond ASCII"),
        pytest.param("\U0001f600", r"\ud83d\ude00", id="beyond 16 bits"),
        pytest.param('"', r"\"", id="quote"),
        pytest.param("'", "'", id="apostrophe"),
        pytest.param("a/b", "a/b", id="slash"),
    ],
)
def test_how_characters_are_written(app: Wsgi, written: str, value: str) -> None:
    """REQ-30, REQ-32: ASCII, no tag, no escape that JSON does not need."""
    name = "".join(f"%{octet:02x}" for octet in written.encode())

    answer = ask(app, f"{CLOSER}?as_json=1&path={name}")

    assert f'"path_info": "{value}"'.encode() in answer.body
    assert json.loads(answer.body)["path_info"] == written
    assert answer.headers["x-content-type-options"] == "nosniff"


def lists(site: Wsgi, query: str = "", address: str = GERMAN) -> dict[str, list[str]]:
    """Return the lists of the JSON, as hosts."""
    value = ask(site, f"{CLOSER}?as_json=1&{query}", address=address).json
    return {
        name: [url.split("/")[2] for url in value[name]]
        for name in ("http", "ftp", "backup")
    }


def test_the_lists_are_the_country_s(app: Wsgi) -> None:
    """REQ-26: its healthy and fresh entries, and Backup's http entries always."""
    shown = lists(app)

    assert sorted(shown["http"]) == ["de1.example", "de2.example"]
    assert shown["ftp"] == ["ftp.example"]
    assert shown["backup"] == ["backup.example"]


@pytest.mark.parametrize("host", ["de1.example", "de2.example"])
def test_the_preferred_one_comes_first(app: Wsgi, host: str) -> None:
    """REQ-26: where it is one of the country's; the rest is nearest first."""
    shown = lists(app, f"preferred=https://{host}/apache/")

    assert shown["http"][0] == host
    assert len(shown["http"]) == 2


def test_the_rest_is_nearest_first(make_site: MakeSite) -> None:
    """REQ-26: by the distance to the client, not by the order of the list."""
    listed = (
        "http de https://far.example/ - lat=48 lon=8\n"
        "http de https://near.example/ - lat=52 lon=13\n"
        "http de https://middle.example/ - lat=51 lon=10\n"
    )

    shown = lists(make_site(listed=listed), "preferred=https://far.example/")

    assert shown["http"] == ["far.example", "near.example", "middle.example"]


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        pytest.param(
            {"health": {"de1.example": DOWN}}, ["de2.example"], id="one is down"
        ),
        pytest.param(
            {"health": {"de1.example": STALE}}, ["de2.example"], id="one is stale"
        ),
        pytest.param(
            {"health": {"de1.example": DOWN, "de2.example": STALE}},
            ["fr.example", "uk.example"],
            id="none: the near set",
        ),
        pytest.param(
            {"health": dict.fromkeys((url.split("/")[2] for url in BASES), DOWN)},
            ["backup.example"],
            id="no mirror at all: Backup",
        ),
    ],
)
def test_a_country_without_mirrors_gets_others(
    make_site: MakeSite, site: Mapping[str, object], expected: list[str]
) -> None:
    """REQ-26: the near set of the selection, and Backup's when that is empty."""
    shown = lists(make_site(**site))

    assert set(shown["http"]) <= set(expected)
    assert shown["http"]


def test_without_a_country_all_mirrors_are_equals(app: Wsgi) -> None:
    """REQ-10: http comes from all candidates, and ftp has no country to show."""
    shown = lists(app, address=NOBODY)

    assert sorted(shown["http"]) == [
        "de1.example",
        "de2.example",
        "fr.example",
        "jp.example",
        "uk.example",
        "us.example",
    ]
    assert shown["ftp"] == []


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        pytest.param(
            "http Backup https://b.example\nftp Backup ftp://f.example/\n",
            ["b.example"],
            id="http entries only",
        ),
        pytest.param(
            'http Backup https://off.example/ - disabled="x"\nhttp de https://a.example/\n',
            ["origin.example"],
            id="disabled ones do not count",
        ),
        pytest.param("http de https://a.example/\n", ["origin.example"], id="built in"),
    ],
)
def test_backup_is_never_empty(
    make_site: MakeSite, listed: str, expected: list[str]
) -> None:
    """REQ-31, REQ-75: without an entry it is the origin of the settings."""
    assert lists(make_site(listed=listed))["backup"] == expected


def test_a_missing_final_slash_is_added(make_site: MakeSite) -> None:
    """REQ-73: without it the name of a file could lengthen the host."""
    site = make_site(listed="http fr http://www.mirror.example\n")

    answer = ask(site, f"{CLOSER}/.foo.evil?action=download", address=FRENCH)

    assert answer.location == "http://www.mirror.example/.foo.evil"


@pytest.mark.parametrize(
    ("epoch", "host"),
    [
        pytest.param("1441187393", "fr.example", id="as new as the list"),
        pytest.param("1441101600", "fr.example", id="less than a day older"),
        pytest.param("1441100000", "uk.example", id="more than a day older"),
        pytest.param("2000000000", "fr.example", id="from the future"),
    ],
)
def test_stamps_of_the_list_count_against_its_date(
    make_site: MakeSite, epoch: str, host: str
) -> None:
    """REQ-74: never against the present, so that an old list empties no choice."""
    listed = (
        "# date : Wed Sep  2 09:49:53 2015 [UTC]\n"
        f"http fr https://fr.example/ {epoch}\n"
        "http uk https://uk.example/ 1441187393\n"
    )

    site = make_site(listed=listed, health=None)

    assert lists(site, address=FRENCH)["http"] == [host]


def test_backup_entries_are_never_stale(make_site: MakeSite) -> None:
    """REQ-74: a last resort cannot be too old."""
    listed = (
        "# date : Wed Sep  2 09:49:53 2015 [UTC]\nhttp Backup https://b.example/ 1\n"
    )

    site = make_site(listed=listed, health=None)

    assert lists(site)["http"] == ["b.example"]
