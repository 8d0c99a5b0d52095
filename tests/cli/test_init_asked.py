"""What `mirrorsel init` asks."""

from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mirrorsel.cli.init_asked import Answers, answers
from mirrorsel.instance.plan import Site

USUAL = "https://usual.example/"
HOST = "here.example.org"


def asked(
    *lines: str, origin: str = "", names: Sequence[str] = (), roots: Sequence[Path] = ()
) -> Answers:
    """Return what is made of lines that somebody types."""
    with CliRunner().isolation(input="".join(f"{one}\n" for one in lines)):
        return answers(
            origin=origin,
            names=names,
            roots=roots,
            asked=True,
            usual_origin=USUAL,
            host=HOST,
        )


def test_enter_takes_defaults() -> None:
    """They are the origin that there is, this machine and a folder of its name."""
    site = Site(name=HOST, root=Path("/srv/www", HOST))

    assert asked("", "", "", "") == Answers(origin=USUAL, sites=(site,))


def test_several_hosts() -> None:
    """It is asked until there is no more."""
    found = asked("https://o.example", "a.example", "/a", "B.example", "", "-")

    assert found.origin == "https://o.example/"
    assert found.sites == (
        Site(name="a.example", root=Path("/a")),
        Site(name="b.example", root=Path("/srv/www/b.example")),
    )


def test_what_cannot_be_is_asked_again() -> None:
    """Each question is asked until its answer can be."""
    found = asked("x", USUAL, "a b", "a.example", "relative", "/", "/a", "-")

    assert found == Answers(
        origin=USUAL, sites=(Site(name="a.example", root=Path("/a")),)
    )


def test_what_options_say_is_not_asked() -> None:
    """Neither the origin nor names nor a root, where they are given."""
    site = Site(name="a.example", root=Path("/a"))

    assert asked(origin=USUAL, names=["a.example"], roots=[Path("/a")]).sites == (site,)
    assert asked("a.example", "-", origin=USUAL, roots=[Path("/a")]).sites == (site,)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        pytest.param(HOST, HOST, id="a whole name"),
        pytest.param("here", "downloads.example.org", id="a short one"),
        pytest.param("a b.example", "downloads.example.org", id="no name"),
    ],
)
def test_the_name_of_this_machine(host: str, name: str) -> None:
    """It is what the system says, if that can be the name of a server."""
    found = answers(
        origin="", names=(), roots=(), asked=False, usual_origin=USUAL, host=host
    )

    assert [name] == [one.name for one in found.sites]


def test_a_root_without_a_name() -> None:
    """Two roots cannot be one server's."""
    with pytest.raises(click.UsageError, match="--server-name of its own"):
        asked(names=["a.example"], roots=[Path("/a"), Path("/b")])
