"""`mirrorsel set`, and what all verbs have in common that change the list."""

import re
from pathlib import Path

import pytest

from tests.cli.editing import LIST, Admin
from tests.docs.reference import ROOT

OLD = LIST.splitlines()[1]
NEW = OLD.replace("weight=200", "weight=300")


def test_one_word(admin: Admin) -> None:
    """A word is replaced, the line is shown before and after, the old list is kept."""
    done = admin.run("set", "a.example", "weight=300")

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{admin.list}:2",
        f"- {OLD}",
        f"+ {NEW}",
        f"Written; the version before is kept as {admin.kept}.",
    ]
    assert admin.text == LIST.replace(OLD, NEW)
    assert admin.kept.read_bytes().decode() == LIST


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--unset", "weight"], OLD.replace(" weight=200", "")),
        (["weight="], OLD.replace(" weight=200", "")),
        (
            ["--country", "GB", "lat=", "lon="],
            "http  uk      https://a.example/apache/     -  weight=200   # fast",
        ),
        (
            ["--url", "RSYNC://A.example:873/x", "--contact", "Joe <j@a.example>"],
            OLD.replace("http ", "rsync", 1)
            .replace("https://a.example/apache/", "rsync://a.example/x/     ")
            .replace("-  ", '"Joe <j@a.example>" '),
        ),
        (["--country", "backup"], OLD.replace("de    ", "Backup")),
        (
            ["disabled=disk full", "max_share=20"],
            OLD.replace("   #", ' disabled="disk full" max_share=20   #'),
        ),
    ],
)
def test_line(admin: Admin, arguments: list[str], line: str) -> None:
    """All that a line can say can be changed."""
    done = admin.run("set", "https://a.example/apache/", *arguments)

    assert (done.code, admin.line(2)) == (0, line)


def test_nothing_to_do(admin: Admin) -> None:
    """What the line says already is no change, and no reason to write."""
    done = admin.run("set", "a.example", "weight=0200", "--country", "de")

    assert (done.code, done.out) == (0, "Nothing to do: line 2 says so already.\n")
    assert not admin.kept.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([], "Nothing to set", id="nothing"),
        pytest.param(["wieght=2"], "'wieght'; did you mean `weight`?", id="unknown"),
        pytest.param(["contact=a@b"], "use --contact", id="field"),
        pytest.param(["weight=0"], "a whole number from 1 to 10000", id="value"),
        pytest.param(["weight"], "did you mean `weight=`?", id="no value"),
        pytest.param(["asn=1", "asn=2"], "given twice", id="twice"),
        pytest.param(["asn=1", "--unset", "asn"], "both set and", id="both"),
        pytest.param(["--unset", "wait"], "no option 'wait'", id="unset"),
        pytest.param(["--country", "deu"], "no country code", id="country"),
        pytest.param(["--contact", "123"], "something else", id="contact"),
        pytest.param(["--contact", "a\nhttp\tde\thttp://e/"], "else", id="more lines"),
        pytest.param(["disabled=a\x1bb"], "cannot stand in a list", id="escape"),
        pytest.param(["--url", "gopher://x/"], "must start with https", id="URL"),
        pytest.param(["--url", "https://b.example/"], "in line 3", id="listed"),
        pytest.param(["lat=1", "lon="], "`lat` needs `lon` beside it", id="worse"),
    ],
)
def test_refused(admin: Admin, arguments: list[str], words: str) -> None:
    """What cannot be is refused with 2 and the reason; nothing is written."""
    done = admin.run("set", "a.example", *arguments)

    assert (done.code, admin.text) == (2, LIST)
    assert words in done.err
    assert "\x1b" not in done.err
    assert not admin.kept.exists()


def test_refused_line_is_shown(admin: Admin) -> None:
    """An edit that would bring an error is shown with file, line and column."""
    done = admin.run("set", "a.example", "lon=")

    assert f"+ {OLD.replace(' lon=8.7', '')}" in done.out
    assert f"{admin.list}:2:48: error: `lat` needs `lon` beside it" in done.err
    assert "nothing was written, since" in done.err


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [([], [3, 8]), (["--backup"], [8]), (["--no-backup"], [3])],
)
def test_listed_twice(admin: Admin, arguments: list[str], lines: list[int]) -> None:
    """Of a mirror that is a Backup too, both lines are changed, or the one named."""
    done = admin.run("set", "b.example", "ipv6=no", *arguments)
    changed = [one for one in range(1, 9) if admin.line(one).endswith("ipv6=no")]

    assert changed == lines
    assert ("listed twice, in line 3 and line 8" in done.out) == (not arguments)


def test_country_of_one_line(admin: Admin) -> None:
    """Two lines cannot have the same country; it must be said which one is meant."""
    done = admin.run("set", "b.example", "--country", "fr")

    assert (done.code, admin.text) == (2, LIST)
    assert "say --backup or --no-backup" in done.err
    assert admin.run("set", "b.example", "--country", "fr", "--no-backup").code == 0


@pytest.mark.parametrize(
    ("mirror", "role", "words"),
    [
        ("d.example", "--no-backup", "is listed as Backup only"),
        ("a.example", "--backup", "is listed, but not as Backup"),
        ("example", "--backup", "may be http://c.example/"),
        ("e.example", "--backup", "There is no mirror 'e.example'"),
    ],
)
def test_no_such_line(admin: Admin, mirror: str, role: str, words: str) -> None:
    """A mirror that is not there, or may be several, is told."""
    done = admin.run("set", mirror, role, "weight=1")

    assert (done.code, admin.text) == (2, LIST)
    assert words in done.err


def test_dry_run(admin: Admin) -> None:
    """A dry run prints a diff that patch could take, and writes nothing."""
    done = admin.run("set", "a.example", "weight=300", "--dry-run")
    header, lines = done.out.splitlines()[:3], done.out.splitlines()[3:]

    assert (done.code, admin.text) == (0, LIST)
    assert header == [f"--- {admin.list}", f"+++ {admin.list}", "@@ -1,5 +1,5 @@"]
    assert lines[:3] == [" # Europe", f"-{OLD}", f"+{NEW}"]
    assert not admin.kept.exists()


def test_json(admin: Admin) -> None:
    """Programs get the same as an object, dry or not."""
    dry = admin.run("set", "a.example", "weight=300", "--dry-run", "--json").json
    wet = admin.run("set", "a.example", "weight=300", "--json").json

    assert wet["lines"] == [{"line": 2, "before": OLD, "after": NEW}]
    assert wet["diff"].startswith(f"--- {admin.list}\n+++ ")
    assert (wet["file"], wet["kept"]) == (str(admin.list), str(admin.kept))
    assert {**wet, "written": False, "kept": None} == dry


def test_json_is_as_documented(admin: Admin) -> None:
    """The document names all keys."""
    text = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    table = text.partition("`--json` prints an object")[2].partition("The new list")[0]
    keys = re.findall(r"^\| `([a-z]+)` \|", table, re.MULTILINE)

    assert keys == list(admin.run("set", "a.example", "weight=7", "--json").json)


def test_json_of_a_refusal(admin: Admin) -> None:
    """They get the reason, too."""
    done = admin.run("set", "a.example", "lat=", "--json")

    assert (done.code, done.json["written"]) == (2, False)
    assert done.json["errors"] == [f"{admin.list}:2:48: `lon` needs `lat` beside it"]


def test_errors_elsewhere(admin: Admin) -> None:
    """Errors that were there before are told, and do not hinder an edit."""
    admin.list.write_text(LIST + "http de gopher://x/\nhttp de half")
    done = admin.run("set", "a.example", "weight=300")

    assert done.code == 0
    assert f"error before: {admin.list}:9:9: a URL must start" in done.err
    assert "the list is not in force" in done.err
    assert admin.text == LIST.replace(OLD, NEW) + "http de gopher://x/\nhttp de half"


def test_too_many_errors(admin: Admin) -> None:
    """A list with more errors than are told is to be mended first."""
    admin.list.write_text(LIST + "http\n" * 101)

    assert admin.run("set", "a.example", "weight=300").code == 2
    assert not admin.kept.exists()


def test_new_warning(admin: Admin) -> None:
    """A warning is told, and no reason to refuse."""
    done = admin.run("set", "a.example", "--country", "zz")

    assert (done.code, admin.line(2)) == (0, OLD.replace(" de ", " zz "))
    assert f"{admin.list}:2:7: warning: no country has the code `zz`" in done.err


def test_what_lint_says(admin: Admin) -> None:
    """What is to be warned of in the new line is said, and nothing of old lines."""
    admin.list.write_text(f"{LIST}http fr http://e.example\n")
    done = admin.run("set", "a.example", "--url", "rsync://a.example/apache/")

    assert "a final `/`" in admin.run("lint", admin.list).out
    assert "`weight` changes nothing: no client is sent to rsync" in done.err
    assert "a final `/`" not in done.err


def test_preview(admin: Admin) -> None:
    """Who wants it sees what the edit changes for the world, before it is made."""
    options = ("b.example", "--country", "us", "--no-backup", "--preview", "--dry-run")
    done = admin.run("set", *options)

    assert (done.code, admin.text) == (0, LIST)
    assert "of all clients get another mirror first" in done.out
    assert admin.run("set", *options, "--json").json["preview"]["moved"] > 0
    assert admin.run("set", *options[:-2], "--json").json["preview"] is None


def test_notes_of_the_file(admin: Admin) -> None:
    """What a new version will not have as the old one is told."""
    (admin.folder / "name").hardlink_to(admin.list)
    done = admin.run("set", "a.example", "weight=300")

    assert "note: it has 2 names" in done.err


def test_stamp_gives_way(admin: Admin) -> None:
    """A line of the published form has a contact in the place of its time stamp."""
    admin.list.write_text("http de http://a.example/ 1523922540 logo\n")
    done = admin.run("set", "a.example", "--contact", "a@a.example")

    assert admin.text == "http de http://a.example/ a@a.example\n"
    assert "The contact takes the place of the time stamp" in done.out


def test_strange_bytes_stay(admin: Admin) -> None:
    """Byte order mark, carriage returns and strange comments are as they were."""
    before = "\ufeff# \x07 \u2028 é\r\nhttp\tde\thttp://a.example/\r\n\x0b# end\r\n"
    admin.list.write_bytes(before.encode())
    done = admin.run("set", "a.example", "weight=7")

    assert admin.text == before.replace("a.example/", "a.example/\tweight=7")
    assert "\x07" not in done.out


def test_not_text(admin: Admin) -> None:
    """A list that is not UTF-8 is left alone."""
    admin.list.write_bytes(LIST.encode() + b"# \xff\n")

    assert "is not UTF-8" in admin.run("set", "a.example", "weight=7").err


def test_missing_list(admin: Admin) -> None:
    """Without a list there is nothing to change."""
    admin.list.unlink()
    done = admin.run("set", "a.example", "weight=7")

    assert (done.code, "No such file" in done.err) == (2, True)


def test_link(admin: Admin, tmp_path: Path) -> None:
    """A list that is a link stays one; the file behind it is changed."""
    real = tmp_path / "real"
    real.mkdir()
    admin.list.rename(real / "ours.list")
    admin.list.symlink_to(real / "ours.list")
    done = admin.run("set", "a.example", "weight=300")

    assert admin.list.is_symlink()
    assert (admin.line(2), "ours.list~." in done.out) == (NEW, True)
