"""Tests for mirrorsel.lists.compare: what two lists say differently."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.lists import parse
from mirrorsel.lists.change import change_lines, remove_lines
from mirrorsel.lists.change_line import Change
from mirrorsel.lists.compare import Comparison, Difference, compare
from tests.lists.writing import texts

OLD = """\
# date : Wed Sep  2 09:49:53 2015 [UTC]
# one
http de http://a.example/apache/ -
http fr http://b.example/ b@b.example
http us http://c.example/ 1523922540
http Backup http://d.example/
"""


def compared(old: str, new: str) -> Comparison:
    """Compare two texts."""
    return compare(parse(old, None), parse(new, None))


def told(old: str, new: str) -> list[tuple[str, str, str | None, str | None]]:
    """Return what a comparison tells of mirrors that both have."""
    return [
        (changed.after.host, one.name, one.before, one.after)
        for changed in compared(old, new).changed
        for one in changed.differences
    ]


def test_changes() -> None:
    """Each word of a line that says something else is told."""
    new = OLD.replace("apache/ -", "apache/ x@x weight=7 lat=1 lon=2").replace(
        "fr", "be"
    )

    assert told(OLD, new) == [
        ("a.example", "contact", None, "x@x"),
        ("a.example", "lat", None, "1"),
        ("a.example", "lon", None, "2"),
        ("a.example", "weight", None, "7"),
        ("b.example", "country", "fr", "be"),
    ]


def test_found_again() -> None:
    """A mirror with another URL is the same by its tree, or by its host."""
    new = OLD.replace("http://a", "https://a").replace("b.example/", "b.example/new/")

    assert told(OLD, new) == [
        ("a.example", "url", "http://a.example/apache/", "https://a.example/apache/"),
        ("b.example", "url", "http://b.example/", "http://b.example/new/"),
    ]


def test_several_of_a_host() -> None:
    """Where the host has several that may be meant, none is taken for another."""
    two = "http de http://a.example/1/\nhttp de http://a.example/2/\n"
    found = compared(two, "http de http://a.example/3/\n")

    assert len(found.removed) == 2
    assert len(found.added) == 1


def test_now_a_backup() -> None:
    """The same URL in another role is the same mirror; twice, it is one more."""
    new = OLD.replace("http us", "http Backup")
    twice = OLD + "http de http://d.example/\n"

    assert told(OLD, new) == [("c.example", "country", "us", "Backup")]
    assert [one.country for one in compared(OLD, twice).added] == ["de"]


def test_besides_mirrors() -> None:
    """Order, time stamps, dates and comments are told in numbers."""
    *lines, backup = OLD.splitlines()
    lines[0] = lines[0].replace("2015", "2016")
    lines[1:4] = [lines[3], lines[2]]
    new = "\n".join([*lines, backup, "# two # more", ""]).replace("1523922540", "0")
    found = compared(OLD, new)

    assert (found.moved, found.stamps) == (1, 1)
    assert [one and one.year for one in found.dated] == [2015, 2016]
    assert (found.comments_added, found.comments_removed) == (1, 1)
    assert not found.same_mirrors


def test_blanks() -> None:
    """A list that is only laid out anew has the same mirrors."""
    found = compared(OLD, OLD.replace(" ", "\t"))

    assert found.same_mirrors
    assert not found.same_text


@given(text=texts(broken=True))
def test_same(text: str) -> None:
    """A list is no different from itself."""
    found = compared(text, text)

    assert found.same_mirrors
    assert found.same_text
    assert not found.comments_added + found.comments_removed


@given(text=texts(), data=st.data())
def test_one_edit(text: str, data: st.DataObject) -> None:
    """An edit is told as what it was, and as nothing else."""
    mirrors = parse(text, None).list.mirrors
    mirror = data.draw(st.sampled_from(mirrors))
    before = str(mirror.weight) if mirror.weight != 100 else None
    change = Change(options={"weight": "9876"})
    found = compared(text, change_lines(text, [mirror.line], change))

    assert [one.after.line for one in found.changed] == [mirror.line]
    assert found.changed[0].differences == (
        Difference(name="weight", before=before, after="9876"),
    )
    assert not found.added + found.removed
    assert not found.moved + found.stamps


@given(text=texts(), data=st.data())
def test_one_removed(text: str, data: st.DataObject) -> None:
    """Of a list without a mirror, just that one is missing."""
    mirrors = parse(text, None).list.mirrors
    mirror = data.draw(st.sampled_from(mirrors))
    shorter = remove_lines(text, [one.line for one in mirrors if one == mirror])
    again = parse(shorter, None).list.mirrors
    gone = {(one.url, one.backup) for one in mirrors}
    gone -= {(one.url, one.backup) for one in again}
    found = compared(text, shorter)

    assert {(one.url, one.backup) for one in found.removed} <= gone
    assert len(found.removed) - len(found.added) == len(gone)
