"""Tests for mirrorsel.lists.change: edits that touch only what they are about."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mirrorsel.lists import parse
from mirrorsel.lists.change import change_lines, insert_mirror, remove_lines
from mirrorsel.lists.change_line import Change
from mirrorsel.lists.columns import reach
from mirrorsel.lists.entries import Lines
from mirrorsel.lists.options import OPTIONS
from mirrorsel.lists.words import comment, word_spans
from mirrorsel.model import Coordinates, Mirror
from tests.lists.writing import CONTACTS, VALUES, texts

TABLE = """\
# Europe
http  de      https://a.example/apache/     -  lat=50.1 lon=8.7 weight=100   # fast
http  uk      https://bb.example/           -  weight=200
http  za      http://c.example/

# Last
http  Backup  https://d.example/
"""
TABS = (
    "http\tde\thttps://a.example/\ta@a.example\tweight=5\nhttp\tfr\thttp://b.example/\n"
)
PUBLISHED = (
    "http de http://a.example/ 1523922540 logo link\nftp fr ftp://b.example/ 0\n"
)


def words_of(content: str) -> list[str]:
    """Return the words of a line as they are written."""
    return [content[start:end] for start, end in word_spans(content)]


def changed(text: str, number: int, change: Change) -> str:
    """Return one line after a change; assert that all others are as they were."""
    after = change_lines(text, [number], change)
    old, new = Lines.of(text), Lines.of(after)

    assert (old.mark, old.rest, len(old.contents)) == (
        *(new.mark, new.rest, len(new.contents)),
    )
    others = [*range(number - 1), *range(number, len(old.contents))]
    assert [old.contents[one] for one in others] == [
        new.contents[one] for one in others
    ]
    return new.contents[number - 1]


@pytest.mark.parametrize(
    ("text", "number", "change", "line"),
    [
        pytest.param(
            *(TABLE, 2, Change(options={"weight": "250"})),
            "http  de      https://a.example/apache/     -  lat=50.1 lon=8.7 weight=250"
            "   # fast",
            id="one word",
        ),
        pytest.param(
            *(TABLE, 2, Change(options={"weight": "5"})),
            "http  de      https://a.example/apache/     -  lat=50.1 lon=8.7 weight=5"
            "     # fast",
            id="the comment keeps its column",
        ),
        pytest.param(
            *(TABLE, 2, Change(options={"disabled": "disk full"})),
            "http  de      https://a.example/apache/     -  lat=50.1 lon=8.7 weight=100"
            ' disabled="disk full"   # fast',
            id="behind the last word, before the comment",
        ),
        pytest.param(
            *(TABLE, 2, Change(options={"lat": None, "lon": None})),
            "http  de      https://a.example/apache/     -  weight=100   # fast",
            id="the next option takes the place",
        ),
        pytest.param(
            *(TABLE, 3, Change(options={"weight": None})),
            "http  uk      https://bb.example/           -",
            id="the last option",
        ),
        pytest.param(
            *(TABLE, 3, Change(url="https://longer.example/x/")),
            "http  uk      https://longer.example/x/     -  weight=200",
            id="columns are kept",
        ),
        pytest.param(
            *(TABLE, 3, Change(url="https://much-longer.example/tree/")),
            "http  uk      https://much-longer.example/tree/ -  weight=200",
            id="as far as there are blanks",
        ),
        pytest.param(
            *(TABLE, 4, Change(url="ftp://c.example/")),
            "ftp   za      ftp://c.example/",
            id="the type follows the scheme",
        ),
        pytest.param(
            *(TABLE, 4, Change(options={"weight": "7"})),
            "http  za      http://c.example/                weight=7",
            id="options begin where those of others do",
        ),
        pytest.param(
            *(TABLE, 4, Change(contact="c@c.example")),
            "http  za      http://c.example/             c@c.example",
            id="so does a contact",
        ),
        pytest.param(
            *(TABLE, 6 + 1, Change(country="fr")),
            "http  fr      https://d.example/",
            id="no Backup any more",
        ),
        pytest.param(
            *(TABS, 1, Change(country="Backup", contact="x@x")),
            "http\tBackup\thttps://a.example/\tx@x\tweight=5",
            id="tabs",
        ),
        pytest.param(
            *(TABS, 2, Change(contact="-", options={"asn": "AS1", "weight": "7"})),
            "http\tfr\thttp://b.example/\tasn=AS1 weight=7",
            id="tabs before what is new",
        ),
        pytest.param(
            *(PUBLISHED, 1, Change(options={"weight": "7"})),
            "http de http://a.example/ 1523922540 logo link weight=7",
            id="behind epoch and URLs",
        ),
        pytest.param(
            *(PUBLISHED, 1, Change(contact="-")),
            "http de http://a.example/ 1523922540 logo link",
            id="no contact is no news to an epoch",
        ),
        pytest.param(
            *(PUBLISHED, 1, Change(contact="a@a.example")),
            "http de http://a.example/ a@a.example",
            id="a contact in the place of an epoch",
        ),
    ],
)
def test_line(text: str, number: int, change: Change, line: str) -> None:
    """What changes is put in as a careful person would."""
    assert line == changed(text, number, change)


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("http GB http://a/ - #", Change(country="uk")),
        ("http backup http://a/", Change(country="Backup")),
        ("http de http://a/ - max_share=20", Change(options={"max_share": "20%"})),
        ('http de http://a/ - disabled="x"', Change(options={"disabled": "x"})),
        ("http de http://a/ - asn=680", Change(options={"asn": "AS680"})),
        ('http de http://a/ a@b "c@d"', Change(contact="a@b c@d")),
        ("http de http://a/", Change(contact="-")),
        ("http de http://a/", Change(options={"weight": None})),
        ("https de https://a/", Change(url="https://a/")),
    ],
)
def test_same_already(line: str, change: Change) -> None:
    """What says the same already stays as it is written."""
    assert line == changed(f"{line}\n", 1, change)


@pytest.mark.parametrize(
    "change",
    [
        Change(contact="a\nhttp\tde\thttp://evil.example/"),
        Change(options={"disabled": "\x1b[2J"}),
        Change(country="d\n"),
        Change(url="http://a/\r"),
    ],
)
def test_no_line_can_be_smuggled_in(change: Change) -> None:
    """A value with the end of a line, or anything unprintable, is refused."""
    with pytest.raises(ValueError, match=r"."):
        change_lines(TABLE, [2], change)


@pytest.mark.parametrize(
    ("text", "mirror", "behind", "line"),
    [
        pytest.param(
            *(TABLE, Mirror(url="http://n/", country="de", weight=7), 2),
            "http  de      http://n/                     -  weight=7",
            id="columns",
        ),
        pytest.param(
            *(TABLE, Mirror(url="http://n/", country="de"), 4),
            "http  de      http://n/",
            id="no contact beside a line without",
        ),
        pytest.param(
            *(TABLE, Mirror(url="http://n/", country="de"), 3),
            "http  de      http://n/                     -",
            id="no contact beside one with a hyphen",
        ),
        pytest.param(
            *(TABS, Mirror(url="http://n/", country="de", asn=1, weight=7), 1),
            "http\tde\thttp://n/\t-\tasn=AS1 weight=7",
            id="tabs",
        ),
        pytest.param(
            *(PUBLISHED, Mirror(url="http://n/", country="de"), 2),
            "http de http://n/",
            id="published",
        ),
        pytest.param(
            *("# none yet\r\n", Mirror(url="http://n/", backup=True), 1),
            "http Backup http://n/\r",
            id="carriage return",
        ),
        pytest.param(
            *("", Mirror(url="http://n/", country="de", weight=7), 0),
            "http de http://n/ - weight=7",
            id="the first line of all",
        ),
        pytest.param(
            *("http\tde\thttp://longer.example/\t\t-\tasn=AS1\n",),
            *(Mirror(url="http://n/", country="de", weight=7), 1),
            "http\tde\thttp://n/\t\t\t-\tweight=7",
            id="tabs to a column",
        ),
    ],
)
def test_new_line(text: str, mirror: Mirror, behind: int, line: str) -> None:
    """A new line is laid out as those around it."""
    lines = Lines.of(insert_mirror(text, mirror, behind)).contents

    assert line == lines[behind]
    assert Lines.of(text).contents == lines[:behind] + lines[behind + 1 :]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Make a change of anything."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=3))
    if {"lat", "lon"} & set(names):
        names = sorted({*names, "lat", "lon"})
    removed = draw(st.booleans())
    return Change(
        url=draw(st.none() | st.sampled_from(["https://new.example/", "ftp://n.e/p/"])),
        country=draw(st.none() | st.sampled_from(["uk", "fr", "Backup"])),
        contact=draw(st.none() | st.sampled_from(CONTACTS)),
        options={
            one: None if removed else draw(st.sampled_from(VALUES[one]))
            for one in names
        },
    )


def expected(mirror: Mirror, change: Change) -> dict[str, object]:
    """Return what a mirror must be after a change, by its fields."""
    options = {"prefix": "prefixes"}
    fields: dict[str, object] = {}
    defaults = Mirror(url="")
    for name, value in change.options.items():
        field = options.get(name, name)
        if name not in {"lat", "lon"}:
            default = getattr(defaults, field)
            fields[field] = default if value is None else OPTIONS[name].read(value)
    if "lat" in change.options:
        lat, lon = change.options["lat"], change.options["lon"]
        place = (
            None
            if lat is None
            else Coordinates(latitude=float(lat), longitude=float(lon or 0))
        )
        fields["coordinates"] = place
    if change.country is not None:
        backup = change.country == "Backup"
        fields |= {"backup": backup, "country": None if backup else change.country}
    if change.url is not None:
        kind = "ftp" if change.url.startswith("ftp") else "http"
        fields |= {"url": change.url, "kind": kind}
    published = bool(mirror.stamp or mirror.logo or mirror.contact is None)
    if change.contact is not None and (change.contact != "-" or not published):
        none = change.contact == "-"
        fields |= {"contact": None if none else change.contact}
        fields |= {"stamp": None, "logo": "", "link": ""}
    return fields


@given(text=texts(broken=True), change=changes(), data=st.data())
def test_only_its_mirror(text: str, change: Change, data: st.DataObject) -> None:
    """After a change the list says what it did, and of one mirror just the change."""
    before = parse(text, None)
    assume(before.list.mirrors)
    mirror = data.draw(st.sampled_from(before.list.mirrors))
    line = changed(text, mirror.line, change)
    (after,) = parse(f"{line}\n", None).list.mirrors

    wanted = replace(mirror, **expected(mirror, change))  # type: ignore[arg-type]
    assert replace(after, line=0) == replace(wanted, line=0)


@given(text=texts(), change=changes(), data=st.data())
def test_only_its_words(text: str, change: Change, data: st.DataObject) -> None:
    """Within its line, the other words and the comment are as they were written."""
    mirror = data.draw(st.sampled_from(parse(text, None).list.mirrors))
    old = Lines.of(text).contents[mirror.line - 1]
    new = changed(text, mirror.line, change)

    def kept(content: str) -> list[str]:
        place = {0, 2} if change.url else set()
        place |= {1} if change.country else set()
        named = tuple(f"{name}=" for name in change.options)
        words = words_of(content)
        plain = [not one.replace('"', "").startswith(named) for one in words]
        fourth = change.contact is not None
        return [
            word
            for number, word in enumerate(words)
            if number not in place
            and (plain[number] if named else True)
            and not (fourth and number > 2 and not _is_option(word))
        ]

    assert comment(old) == comment(new)
    assert kept(old) == kept(new)
    assert old[len(old.rstrip(" \t\r")) :] == new[len(new.rstrip(" \t\r")) :]


def _is_option(word: str) -> bool:
    return word.replace('"', "").partition("=")[0] in OPTIONS


@given(text=texts(broken=True), reason=st.sampled_from(VALUES["disabled"]))
def test_disable_and_enable(text: str, reason: str) -> None:
    """Whatever was disabled and enabled again is the same to the last byte."""
    mirrors = [one for one in parse(text, None).list.mirrors if not one.disabled]
    numbers = [one.line for one in mirrors]
    disabled = change_lines(text, numbers, Change(options={"disabled": reason}))
    read = parse(disabled, None).list.mirrors
    off = [one for one in read if one.line in numbers]

    assert [one.disabled for one in off] == [reason.strip()] * len(numbers)
    assert text == change_lines(disabled, numbers, Change(options={"disabled": None}))


@given(text=texts(broken=True), weight=st.sampled_from([100, 7]), data=st.data())
def test_insert_and_remove(text: str, weight: int, data: st.DataObject) -> None:
    """A new line says what it should wherever it is; without it all is as it was."""
    lines = Lines.of(text).contents
    behind = data.draw(st.integers(0, len(lines)))
    mirror = Mirror(url="https://new.example/", country="fr", weight=weight)
    longer = insert_mirror(text, mirror, behind)
    found = [one for one in parse(longer, None).list.mirrors if "new" in one.url]

    assert found == [replace(mirror, line=behind + 1)]
    assert text == remove_lines(longer, [behind + 1])


@given(text=st.text("a \t", max_size=40))
def test_columns_are_those_of_a_terminal(text: str) -> None:
    """A tab reaches the next multiple of eight."""
    assert reach(text) == len(text.expandtabs(8))
