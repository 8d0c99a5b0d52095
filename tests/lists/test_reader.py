"""Tests for mirrorsel.lists.reader: what holds of every text."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.lists import parse
from mirrorsel.lists.options import OPTIONS
from mirrorsel.model import Mirror

WORDS = st.one_of(
    st.sampled_from(["http", "https", "ftp", "rsync", "de", "GB", "Backup", "-", "#"]),
    st.sampled_from(["https://a.example/", "https://a.example/x", "rsync://b.example"]),
    st.sampled_from([option.example for option in OPTIONS.values()]),
    st.sampled_from(["1523922540", "0", "a@example.de", 'disabled="', '"', "=", "\r"]),
    st.text(max_size=8),
)
LINES = st.lists(WORDS, max_size=8).map(" ".join)
TEXTS = st.one_of(st.text(), st.lists(LINES, max_size=6).map("\n".join))


@given(TEXTS)
def test_any_text(text: str) -> None:
    """No text raises, and all mirrors have what others rely upon."""
    loaded = parse(text, None)

    assert all(is_sound(mirror) for mirror in loaded.list.mirrors)


def is_sound(mirror: Mirror) -> bool:
    """Tell whether a mirror is one that other parts can use as it is."""
    placed = mirror.backup == (mirror.country is None)
    bounded = 1 <= mirror.weight <= 10000 and (mirror.ipv4 or mirror.ipv6)
    printable = (mirror.url + (mirror.contact or "") + mirror.logo).isprintable()
    return placed and bounded and printable and mirror.url.endswith("/")


@given(TEXTS)
def test_no_line_is_lost(text: str) -> None:
    """Every line with content gives a mirror or a problem."""
    loaded = parse(text, None)
    spoken = {mirror.line for mirror in loaded.list.mirrors}
    spoken |= {problem.line for problem in loaded.problems}

    silent = [
        content
        for number, content in enumerate(text.removeprefix("\ufeff").split("\n"), 1)
        if number not in spoken and content.strip(" \t\r")
    ]

    assert all(content.lstrip(" \t\r").startswith("#") for content in silent)


@given(TEXTS)
def test_places(text: str) -> None:
    """Every problem of a line stands in that line, or just behind it."""
    lines = text.removeprefix("\ufeff").split("\n")

    outside = [
        problem
        for problem in parse(text, None).problems
        if problem.line and not 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    ]

    assert not outside


@given(TEXTS)
def test_problems_are_in_order(text: str) -> None:
    """Problems come in the order of the lines, the one of the whole file last."""
    lines = [problem.line for problem in parse(text, None).problems]

    assert sorted(lines, key=lambda line: line or len(text) + 2) == lines


@given(
    hosts=st.lists(st.sampled_from(["a", "b", "c"]), min_size=1),
    backup=st.booleans(),
)
def test_urls_are_unique(hosts: list[str], *, backup: bool) -> None:
    """A URL is listed once as a mirror and once as Backup, however often it stands."""
    place = "Backup" if backup else "de"
    text = "".join(f"http {place} https://{host}.example/\n" for host in hosts)
    text += f"http fr https://{hosts[0]}.example/\n"

    mirrors = parse(text, None).list.mirrors

    assert len(set(hosts)) + backup == len(mirrors)


@given(LINES.filter(lambda line: "\n" not in line))
def test_half_a_line(line: str) -> None:
    """A line that is not yet ended never becomes a mirror."""
    assert not parse(line, None).list.mirrors
