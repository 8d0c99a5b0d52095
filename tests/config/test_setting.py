"""Tests for mirrorsel.setting."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirrorsel.config import sections
from mirrorsel.selection.policy import Override
from mirrorsel.setting import (
    Parser,
    Setting,
    base_url,
    choice,
    country,
    duration,
    flag,
    host,
    is_mailbox,
    mailbox,
    mailboxes,
    number,
    page_url,
    places,
    setting,
    settings_of,
    size,
    size_or_none,
    spell,
    spell_size,
    text,
    texts,
    trackers,
    web_url,
    whole,
)


@pytest.mark.parametrize(
    ("parser", "value", "expected"),
    [
        pytest.param(text(), "", "", id="text, empty"),
        pytest.param(text(), "käse", "käse", id="text"),
        pytest.param(flag(), False, False, id="flag"),
        pytest.param(whole(0, 5), 5, 5, id="whole number"),
        pytest.param(number(0, 1), 1, 1.0, id="number without a point"),
        pytest.param(number(0, 1), 0.5, 0.5, id="number"),
        pytest.param(duration(0, 99), "90s", 90.0, id="seconds"),
        pytest.param(duration(0, 99), "1.5m", 90.0, id="minutes"),
        pytest.param(duration(0, 9999), "2h", 7200.0, id="hours"),
        pytest.param(duration(0, 99999), "1d", 86400.0, id="days"),
        pytest.param(size(0, 2**40), "16MiB", 2**24, id="mebibytes"),
        pytest.param(size(0, 2**40), "1.5GiB", 3 * 2**29, id="gibibytes"),
        pytest.param(size_or_none(1, 2**40), "16MiB", 2**24, id="a size"),
        pytest.param(size_or_none(1, 2**40), 0, 0, id="no size"),
        pytest.param(
            trackers(),
            ["udp://a.example:69/announce", "https://a.example/x?y"],
            ("udp://a.example:69/announce", "https://a.example/x?y"),
            id="trackers",
        ),
        pytest.param(base_url(), "http://a.example", "http://a.example/", id="URL"),
        pytest.param(
            base_url(), "https://[::1]:8443/a/", "https://[::1]:8443/a/", id="whole URL"
        ),
        pytest.param(page_url(), "", "", id="no page"),
        pytest.param(page_url(), "http://a.example", "http://a.example/", id="page"),
        pytest.param(web_url(), "", "", id="no web URL"),
        pytest.param(
            web_url(),
            "https://a.example/x?y=%20",
            "https://a.example/x?y=%20",
            id="hook",
        ),
        pytest.param(host(), "", "", id="no host"),
        pytest.param(host(), "mail.example.org", "mail.example.org", id="host"),
        pytest.param(host(), "[::1]", "[::1]", id="address of a host"),
        pytest.param(choice("a", "b"), "b", "b", id="choice"),
        pytest.param(mailbox(), "", "", id="no mailbox"),
        pytest.param(mailbox(), "a.b+c@d.example", "a.b+c@d.example", id="mailbox"),
        pytest.param(mailboxes(), ["a@b.c"], ("a@b.c",), id="mailboxes"),
        pytest.param(texts(), ["a", "b"], ("a", "b"), id="texts"),
        pytest.param(country(), "De", "de", id="country"),
        pytest.param(country(), "gb", "uk", id="gb is uk"),
        pytest.param(country(), "", "", id="no country"),
        pytest.param(
            places(),
            ["GB", "http://a.example"],
            ("uk", "http://a.example/"),
            id="places",
        ),
    ],
)
def test_right_values(parser: Parser[Any], value: object, expected: object) -> None:
    """A right value becomes what the program uses."""
    assert expected == parser.parse(value)


@pytest.mark.parametrize(
    ("parser", "value"),
    [
        pytest.param(page_url(), "ftp://a.example/", id="page of another protocol"),
        pytest.param(page_url(), 1, id="number for a page"),
        pytest.param(web_url(), "https://u:p@a.example/", id="user name in a URL"),
        pytest.param(web_url(), "https://a.example/#x", id="fragment in a URL"),
        pytest.param(web_url(), "https://a.example/x y", id="blank in a URL"),
        pytest.param(host(), "a b", id="blank in a host"),
        pytest.param(host(), "::1", id="IPv6 address without brackets"),
        pytest.param(host(), "a.example:25", id="host with a port"),
        pytest.param(choice("a", "b"), "c", id="no choice"),
        pytest.param(choice("a", "b"), ["a"], id="list for a choice"),
        pytest.param(mailbox(), "Ann <a@b.c>", id="mailbox with a name"),
        pytest.param(mailbox(), "a@b.c\n", id="mailbox with a line end"),
        pytest.param(mailboxes(), [""], id="empty mailbox"),
        pytest.param(mailboxes(), "a@b.c", id="mailbox for mailboxes"),
        pytest.param(text(), 1, id="number for a text"),
        pytest.param(text(), "a\x1b[31m", id="text with a control character"),
        pytest.param(flag(), 1, id="number for a flag"),
        pytest.param(flag(), "yes", id="text for a flag"),
        pytest.param(whole(0, 5), 6, id="too large"),
        pytest.param(whole(0, 5), -1, id="too small"),
        pytest.param(whole(0, 5), 1.0, id="number with a point for a whole one"),
        pytest.param(whole(0, 5), True, id="flag for a whole number"),
        pytest.param(number(0, 5), float("nan"), id="not a number"),
        pytest.param(number(0, 5), float("inf"), id="infinite"),
        pytest.param(number(0, 5), False, id="flag for a number"),
        pytest.param(number(0, 5), "1", id="text for a number"),
        pytest.param(duration(0, 99), 5, id="duration without a unit"),
        pytest.param(duration(0, 99), "5 s", id="blank before the unit"),
        pytest.param(duration(0, 99), "5S", id="unit in upper case"),
        pytest.param(duration(0, 99), "-5s", id="negative duration"),
        pytest.param(duration(0, 99), "2m", id="duration too long"),
        pytest.param(duration(0, 99), "9" * 999 + "s", id="endless duration"),
        pytest.param(size(0, 99), 5, id="size without a unit"),
        pytest.param(size_or_none(1, 9), False, id="false in place of no size"),
        pytest.param(size_or_none(1, 9), 1, id="size or none without a unit"),
        pytest.param(trackers(), ["ftp://a.example/"], id="tracker by ftp"),
        pytest.param(trackers(), ["udp://"], id="tracker without a host"),
        pytest.param(trackers(), [""], id="empty tracker"),
        pytest.param(trackers(), "udp://a.example/", id="tracker without a list"),
        pytest.param(size(0, 2**40), "16MB", id="size in another unit"),
        pytest.param(size(0, 2**40), "16 MiB", id="blank before the unit of a size"),
        pytest.param(size(2**20, 2**40), "1KiB", id="size too small"),
        pytest.param(size(0, 2**40), "9" * 999 + "KiB", id="endless size"),
        pytest.param(base_url(), "ftp://a.example/", id="another scheme"),
        pytest.param(base_url(), "HTTPS://a.example/", id="scheme in upper case"),
        pytest.param(base_url(), "https:///a/", id="URL without a host"),
        pytest.param(base_url(), "https://u:p@a.example/", id="URL with a password"),
        pytest.param(base_url(), "https://a.example/?b", id="URL with a query"),
        pytest.param(base_url(), "https://a.example/#b", id="URL with a fragment"),
        pytest.param(base_url(), "https://a.example/a b/", id="URL with a blank"),
        pytest.param(base_url(), "https://a.example\\@b/", id="URL with a backslash"),
        pytest.param(
            base_url(), "https://a.example:99999/", id="URL with a wrong port"
        ),
        pytest.param(base_url(), "https://a.example:0/", id="URL with port 0"),
        pytest.param(base_url(), "https://x%0d%0a/", id="URL with escapes as host"),
        pytest.param(base_url(), "https://-x.example/", id="URL with no host name"),
        pytest.param(base_url(), "https://127.0.0.256/", id="URL with no address"),
        pytest.param(base_url(), "https://a.example/%0", id="URL with half an escape"),
        pytest.param(base_url(), "https://[::1/", id="URL with half an address"),
        pytest.param(base_url(), "https://münchen.example/", id="URL not in ASCII"),
        pytest.param(texts(), "a", id="text for texts"),
        pytest.param(texts(), ["a", 1], id="number among texts"),
        pytest.param(country(), "deu", id="three letters"),
        pytest.param(country(), "ÄÖ", id="letters of no code"),
        pytest.param(country(), None, id="nothing"),
        pytest.param(places(), ["germany"], id="neither country nor URL"),
        pytest.param(places(), [""], id="no place"),
    ],
)
def test_wrong_values(parser: Parser[Any], value: object) -> None:
    """A wrong value is a ValueError, whatever its type."""
    refused = False

    try:
        parser.parse(value)
    except ValueError:
        refused = True

    assert refused


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        pytest.param(86400, "1d", id="days"),
        pytest.param(7200, "2h", id="hours"),
        pytest.param(5400, "90m", id="minutes"),
        pytest.param(90, "90s", id="seconds"),
        pytest.param(0.1, "0.1s", id="a part of a second"),
        pytest.param(0, "0s", id="nothing"),
    ],
)
def test_spell(seconds: float, expected: str) -> None:
    """A duration is written in the largest unit that divides it."""
    assert expected == spell(seconds)


@given(st.integers(0, 90 * 86400))
def test_spelt_durations_are_read(seconds: int) -> None:
    """What is spelt can be read again."""
    read = duration(0, 90 * 86400).parse(spell(seconds))

    assert seconds == pytest.approx(read, rel=1e-4)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(2**40, "1TiB", id="tebibytes"),
        pytest.param(2**24, "16MiB", id="mebibytes"),
        pytest.param(1536, "1.5KiB", id="a part of a kibibyte"),
        pytest.param(0, "0KiB", id="nothing"),
    ],
)
def test_spell_size(count: int, expected: str) -> None:
    """A size is written in the largest unit that divides it, and read again."""
    assert expected == spell_size(count)
    assert count == size(0, 2**40).parse(expected)


def test_settings_of() -> None:
    """A section's settings are known by name, other fields are none."""

    @dataclass(frozen=True)
    class Section:
        first: int = setting(whole(0, 9), 3, "The first.", restart=True)
        other: str = ""

    about = settings_of(Section)["first"]
    expected = Setting(
        parser=about.parser, default=3, description="The first.", restart=True
    )

    assert expected == about
    assert Section(first=3) == Section()
    assert {"first"} == set(settings_of(Section))


@pytest.mark.parametrize("section", [*sections().values(), Override])
def test_defaults_are_right(section: type) -> None:
    """Every default is a value that could stand in the file."""
    for name, about in settings_of(section).items():
        assert about.parser.parse(about.default) == getattr(section(), name)


@pytest.mark.parametrize("section", [*sections().values(), Override])
def test_descriptions_are_sentences(section: type) -> None:
    """Every setting is described by whole sentences."""
    for about in settings_of(section).values():
        assert about.description[0].isupper()
        assert about.description.endswith(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a@b.example", True, id="good"),
        pytest.param(f"{'a' * 64}@b.example", True, id="as long as may be"),
        pytest.param(f"{'a' * 65}@b.example", False, id="too long"),
        pytest.param("a..b@c.example", False, id="two dots"),
        pytest.param(".a@b.example", False, id="dot at the start"),
        pytest.param("a.@b.example", False, id="dot at the end"),
        pytest.param("a@b@c.example", False, id="two hosts"),
        pytest.param("a@-b.example", False, id="no host"),
        pytest.param("a@[192.0.2.1]", False, id="address literal"),
        pytest.param('"a b"@c.example', False, id="quotes"),
        pytest.param("a@b.example\n", False, id="line end"),
        pytest.param("ä@b.example", False, id="not ASCII"),
    ],
)
def test_mailbox(text: str, *, expected: bool) -> None:
    """A mailbox is a dotted word, an @ and a host, as in RFC 5321, section 4.1.2."""
    assert expected is is_mailbox(text)
