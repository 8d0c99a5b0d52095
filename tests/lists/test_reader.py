"""Tests for mirrorsel.lists.reader: what holds of every text."""

from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.errors import Problem
from mirrorsel.lists import parse
from mirrorsel.lists.options import OPTIONS
from mirrorsel.lists.times import header_date
from mirrorsel.model import Mirror

GOOD = "http de https://a.example/\n"
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


def test_a_long_date_costs_no_time() -> None:
    """A header with very many blanks is read about as fast as any other line."""
    date = header_date("#date:a" + " " * 500_000 + "b")

    assert date is not None
    assert date.endswith("b")


def test_a_line_has_its_limit() -> None:
    """A longer line is an error at the first character that is too many."""
    longest = "# " + "x" * 8190
    fits, exceeds = (parse(f"{GOOD}{one}\n", None) for one in (longest, f"{longest}x"))
    message = "a line has at most 8192 characters"
    expected = (Problem(message=message, line=2, column=8193, code="line-too-long"),)

    assert ((), expected) == (fits.problems, exceeds.problems)


def test_a_hundred_errors_are_enough() -> None:
    """Reading stops soon after, and a last problem says that there is more."""
    loaded = parse("nonsense\n" * 1_000_000, None)
    problems = loaded.problems

    assert (101, 100, "and more") == (
        len(problems),
        problems[99].line,
        problems[100].message,
    )
    assert not loaded.ok


def test_warnings_end_no_list() -> None:
    """However many warnings there are, all mirrors are read."""
    text = "".join(f"http de https://{one}.example\n" for one in range(1, 150))
    loaded = parse(text, None)

    assert (149, 101, True) == (
        len(loaded.list.mirrors),
        len(loaded.problems),
        loaded.ok,
    )


def test_an_error_is_told_before_warnings() -> None:
    """An error behind a hundred warnings is told, and the list is not taken."""
    text = "".join(f"http de https://{one}.example\n" for one in range(1, 150))
    loaded = parse(f"{text}nonsense\n", None)

    assert [150] == [one.line for one in loaded.errors if one.line]
    assert not loaded.ok
