"""`mirrorsel disable`, `enable` and `remove`."""

import pytest

from tests.cli.editing import LIST, Admin


def test_disable_and_enable(admin: Admin) -> None:
    """A mirror is out of service with the reason, and back without a trace."""
    done = admin.run("disable", "a.example", "--reason", ' says "later" ')

    assert done.code == 0
    assert admin.line(2).endswith(r' weight=200 disabled="says \"later\""   # fast')
    assert admin.run("enable", "a.example").code == 0
    assert admin.text == LIST


@pytest.mark.parametrize(
    ("verb", "mirror", "arguments", "words"),
    [
        (
            "disable",
            "c.example",
            ["--reason", "new"],
            "already, in line 4: disk full",
        ),
        ("enable", "a.example", [], "https://a.example/apache/ is in service already"),
    ],
)
def test_done_already(
    admin: Admin, verb: str, mirror: str, arguments: list[str], words: str
) -> None:
    """What is so already is said; nothing is written, and it is no failure."""
    done = admin.run(verb, mirror, *arguments)

    assert (done.code, done.err, admin.text) == (0, "", LIST)
    assert words in done.out
    assert not admin.kept.exists()


def test_half_done_already(admin: Admin) -> None:
    """Of two lines only the one is changed that is not so yet."""
    admin.run("disable", "b.example", "--reason", "old", "--backup")
    done = admin.run("disable", "b.example", "--reason", "new")

    assert "disabled already, in line 8: old" in done.out
    assert admin.line(3).endswith("disabled=new")
    assert admin.line(8).endswith("disabled=old")


@pytest.mark.parametrize(
    "reason", ["", "  ", "a\nhttp de https://evil.example/", "\x1b[2J"]
)
def test_no_reason(admin: Admin, reason: str) -> None:
    """Without a reason that fits into a line nothing is written."""
    done = admin.run("disable", "a.example", "--reason", reason)

    assert (done.code, admin.text) == (2, LIST)
    assert "\x1b" not in done.err


def test_reason_is_asked_for(admin: Admin) -> None:
    """The reason is no option that may be left out."""
    assert "--reason" in admin.run("disable", "a.example").err


def test_remove(admin: Admin) -> None:
    """A line goes, comments stay."""
    done = admin.run("remove", "a.example", "--yes")

    assert done.code == 0
    assert admin.text == "".join(
        f"{one}\n" for one in LIST.splitlines() if "a.example" not in one
    )
    assert f"{admin.list}:2\n- http  de " in done.out


@pytest.mark.parametrize(
    ("arguments", "left"),
    [([], []), (["--backup"], [3]), (["--no-backup"], [7])],
)
def test_remove_of_two(admin: Admin, arguments: list[str], left: list[int]) -> None:
    """Both lines of a mirror that is a Backup too go, or the one that is named."""
    admin.run("remove", "b.example", "--yes", *arguments)
    lines = admin.text.splitlines()

    assert left == [n for n, one in enumerate(lines, 1) if "https://b.example/" in one]


def test_remove_of_repetitions(admin: Admin) -> None:
    """A repetition, which did not count before, does not count afterwards."""
    admin.list.write_text(LIST + "http fr https://a.example/apache/\n")
    admin.run("remove", "a.example", "--yes")

    assert "https://a.example/" not in admin.text


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_nobody_to_ask(admin: Admin, arguments: list[str]) -> None:
    """Without a terminal the line is shown, and what is to be given."""
    done = admin.run("remove", "a.example", *arguments)

    assert (done.code, admin.text) == (2, LIST)
    assert "--yes" in done.err
    assert bool(arguments) or "- http  de" in done.out


def test_last_mirror_stays(admin: Admin) -> None:
    """A list without a mirror would not be taken, so it is not made."""
    admin.list.write_text("http de https://a.example/\n")
    done = admin.run("remove", "a.example", "--yes")

    assert (done.code, "no mirror in it" in done.err) == (2, True)
    assert admin.text


@pytest.mark.parametrize(
    "arguments",
    [("disable", "--reason", "x"), ("enable",), ("remove",)],
)
def test_dry_runs(admin: Admin, arguments: tuple[str, ...]) -> None:
    """A dry run needs no answer, shows a diff and writes nothing."""
    verb, *more = arguments
    mirror = "c.example" if verb == "enable" else "a.example"
    done = admin.run(verb, mirror, "--dry-run", *more)

    assert (done.code, admin.text) == (0, LIST)
    assert done.out.startswith(f"--- {admin.list}\n")
