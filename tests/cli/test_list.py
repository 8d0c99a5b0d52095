"""`mirrorsel list`."""

from dataclasses import replace

import pytest

from mirrorsel.model import Health, Outcome, State
from tests.cli.editing import LIST, UP, Admin

A, B, C, D = (
    "https://a.example/apache/",
    "https://b.example/",
    "http://c.example/",
    "https://d.example/",
)
DOWN = Health(state=State.DOWN, outcome=Outcome.DNS)
E, F = "ftp://e.example/", "rsync://f.example/"
MORE = f"ftp jp {E}\nrsync nl {F} - only=country\n"


def urls(admin: Admin, *arguments: str) -> list[str]:
    """Return the URLs that are printed for a script."""
    return admin.run("list", "--urls", *arguments).out.split()


def test_columns(admin: Admin) -> None:
    """Each mirror is a line, in the order of the list."""
    admin.sees(a=UP, b=replace(UP, stale=True))
    done = admin.run("list")

    assert (done.code, done.err) == (0, "")
    assert [one.split(None, 4) for one in done.out.splitlines()[:3]] == [
        ["line", "state", "where", "type", "mirror                     options"],
        ["2", "up", "de", "http", f"{A}  lat=50.1 lon=8.7 weight=200"],
        ["3", "up,", "stale", "uk", f"http  {B}"],
    ]


def test_urls(admin: Admin) -> None:
    """A URL that stands twice is printed once."""
    assert urls(admin) == [A, B, C, D]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["--country", "de", "--country", "GB"], [A, B]),
        (["--state", "up"], [A, B]),
        (["--state", "stale"], [B]),
        (["--state", "down"], [D]),
        (["--state", "quarantined"], [D]),
        (["--state", "disabled"], [C]),
        (["--disabled"], [C]),
        (["--state", "unknown"], [E, F]),
        (["--state", "unknown", "--state", "stale"], [B, E, F]),
        (["--kind", "ftp"], [E]),
        (["--kind", "ftp", "--kind", "rsync"], [E, F]),
        (["--backup"], [D, B]),
        (["--no-backup", "--kind", "http"], [A, B, C]),
        (["Germany"], [A]),
        (["DISK"], [C]),
        (["b@b"], [B]),
        (["only="], [F]),
        (["example", "apache"], [A]),
        (["--country", "de", "--state", "up", "weight"], [A]),
    ],
)
def test_filters(admin: Admin, arguments: list[str], found: list[str]) -> None:
    """What all filters let through is found."""
    admin.list.write_text(LIST + MORE)
    admin.sees(
        a=UP,
        b=replace(UP, stale=True),
        c=UP,
        d=replace(DOWN, quarantine="it lies"),
    )

    assert found == urls(admin, *arguments)


def test_nothing_found(admin: Admin) -> None:
    """Without such a mirror the exit code is 1, and standard output is empty."""
    done = admin.run("list", "--country", "fr")

    assert (done.code, done.out) == (1, "")
    assert "no such mirror" in done.err


def test_without_a_snapshot(admin: Admin) -> None:
    """Where no checker has been, all that is in service is unknown."""
    assert urls(admin, "--state", "unknown") == [A, B, D]


def test_json(admin: Admin) -> None:
    """Programs get the mirrors with their states; nothing found is an empty list."""
    admin.sees(a=replace(UP, stale=True))
    (found,) = admin.run("list", "a.example", "--json").json

    assert (found["mirror"]["url"], found["state"]) == (A, "up, stale")
    assert found["states"] == ["up", "stale"]
    assert admin.run("list", "nobody", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--country", "deu"], "no country code"),
        (["--state", "gone"], "'gone' is not one of"),
        (["--kind", "https"], "'https' is not one of"),
    ],
)
def test_wrong_use(admin: Admin, arguments: list[str], words: str) -> None:
    """A filter that does not exist is told."""
    done = admin.run("list", *arguments)

    assert (done.code, words in done.err) == (2, True)


def test_broken_list(admin: Admin) -> None:
    """Good lines of a bad list are listed, with what is wrong."""
    admin.list.write_text("http\n" + LIST)
    done = admin.run("list", "--urls")

    assert done.out.split() == [A, B, C, D]
    assert f"{admin.list}:1:5: a line needs" in done.err


def test_missing_list(admin: Admin) -> None:
    """Without a list it cannot be told."""
    admin.list.unlink()

    assert admin.run("list").code == 2
