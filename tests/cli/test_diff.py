"""`mirrorsel diff`."""

import subprocess
import sys

import pytest

from tests.cli.editing import LIST, Admin

A, B, C, D = (
    "https://a.example/apache/",
    "https://b.example/",
    "http://c.example/",
    "https://d.example/",
)


def told(admin: Admin, new: str) -> list[str]:
    """Return what is said of a new version, with single blanks."""
    admin.kept.write_text(LIST)
    admin.list.write_text(new)
    done = admin.run("diff")
    assert (done.code, done.err) == (int(new != LIST), "")
    return [" ".join(one.split()) for one in done.out.splitlines()]


WEIGHT, FULL = " weight=200", ' disabled="disk full"'
SAME = "both lists say the same of all mirrors"
DATE = "Wed Sep  2 09:49:53 2015 [UTC]"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (WEIGHT, " weight=50", f"changed {A} weight 200 -> 50"),
        (WEIGHT, "", f"changed {A} weight 200 -> 100"),
        ("lon=8.7", "lon=8.7 max_share=20", f"changed {A} max_share no limit -> 20%"),
        ("http  de ", "http  fr ", f"changed {A} moved from de to fr"),
        ("http  de ", "http  Backup ", f"changed {A} is a Backup now, was in de"),
        (
            "Backup  https://d",
            "nz https://d",
            f"changed {D} is in nz now, was a Backup",
        ),
        (WEIGHT, f"{WEIGHT} disabled=full", f"changed {A} disabled: full"),
        (FULL, "", f"changed {C} enabled; it was disabled: disk full"),
        (
            FULL,
            " disabled=x",
            f"changed {C} disabled for another reason: x; before: disk full",
        ),
        (
            "http://c",
            "https://c",
            "changed https://c.example/ URL changed from http to https",
        ),
        ("c.example/ ", "c.example/x/ ", f"changed {C}x/ URL changed from {C}"),
        ("b@b.example", "", f"changed {B} contact b@b.example -> none"),
        ("# Last", "http fr http://e/\n# Last", "added http://e/ in France (fr)"),
        ("http  Backup  https://d.example/\n", "", f"removed {D} as Backup"),
        ("# Last\n", "# A\n# B\n", f"{SAME}|comments changed: 2 added, 1 removed"),
        (
            "# Europe\n",
            f"# Europe\n# date : {DATE}\n",
            f"{SAME}|the date of the list changed: none -> {DATE}",
        ),
        ("  # fast", " # fast", SAME),
        ("# fast", "# fast", "no difference"),
    ],
)
def test_words(admin: Admin, old: str, new: str, words: str) -> None:
    """Each change is said in words."""
    assert words.replace("  ", " ").split("|") == told(admin, LIST.replace(old, new, 1))


def test_order(admin: Admin) -> None:
    """Mirrors that were only moved are told in one line."""
    lines = LIST.splitlines()
    lines[1:4] = [lines[3], lines[1], lines[2]]

    assert told(admin, "\n".join([*lines, ""])) == [
        "the order of the mirrors changed: 1 mirror moved"
    ]


def test_stamps(admin: Admin) -> None:
    """Time stamps, which all change with each publication, are told in one line."""
    old = admin.folder / "old.list"
    old.write_text(
        "http de http://a.example/ 1523922540\nhttp de http://b/ 1523922540\n"
    )
    admin.list.write_text(old.read_text().replace("22540", "22541"))

    assert admin.run("diff", old).out == "  2 mirrors have another time stamp\n"


def test_two_files(admin: Admin) -> None:
    """Any two lists can be compared; then no settings are needed."""
    one, other = admin.folder / "one", admin.folder / "other"
    one.write_text(LIST)
    other.write_text(LIST.replace("200", "300"))
    admin.config.unlink()

    assert "weight 200 -> 300" in admin.run("diff", one, other).out
    assert "weight 300 -> 200" in admin.run("diff", other, one).out
    assert admin.run("diff", one, one).code == 0


def test_json(admin: Admin) -> None:
    """Programs get the same with the values."""
    admin.kept.write_text(LIST.replace("200", "300"))
    found = admin.run("diff", "--json").json

    assert (found["same"], found["added"], found["removed"]) == (False, [], [])
    assert found["changed"] == [
        {
            "url": A,
            "differences": [{"name": "weight", "before": "300", "after": "200"}],
            "words": ["weight 300 -> 200"],
        }
    ]


def test_standard_input(admin: Admin) -> None:
    """One of the lists may come through a pipe."""
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from mirrorsel.cli.main import main; main()"),
            *("diff", "--config", admin.config, "-"),
        ],
        input=LIST.replace("200", "300").encode(),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, b"weight 300 -> 200" in done.stdout) == (1, True)


def test_trouble(admin: Admin) -> None:
    """A list that is missing or has errors is 2, as with diff itself."""
    assert admin.run("diff").code == 2
    admin.kept.write_text(LIST + "http\n")
    done = admin.run("diff")

    assert (done.code, f"{admin.kept}:9:5: a line" in done.err) == (2, True)
    assert admin.run("diff", "-", "-").code == 2


def test_hostile_text(admin: Admin) -> None:
    """What a list says cannot write to the terminal."""
    admin.kept.write_text(LIST.replace("# fast", "# \x1b[2J"))

    assert "\x1b" not in admin.run("diff").out
