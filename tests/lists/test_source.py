"""Tests for mirrorsel.lists.source: the form that people keep."""

from hypothesis import assume, given
from hypothesis import strategies as st

from mirrorsel.lists import parse
from mirrorsel.lists.source import holds_contact, render_source
from mirrorsel.model import Kind, Mirror, MirrorList


@st.composite
def mirrors(draw: st.DrawFn) -> Mirror:
    """Make a mirror with any contact."""
    country = draw(st.sampled_from(["de", "uk", None]))
    return Mirror(
        url=f"https://m{draw(st.integers(0, 9))}.example/",
        kind=Kind.HTTP,
        country=country,
        backup=country is None,
        contact=draw(st.none() | st.text(min_size=1, max_size=20)),
    )


@given(mirror=mirrors())
def test_list_reads_back(mirror: Mirror) -> None:
    """Whatever is written is the mirror that it was, or at least without contact."""
    loaded = parse(render_source(MirrorList(mirrors=(mirror,))), None)
    (read,) = loaded.list.mirrors

    assert (loaded.problems, read.url, read.country, read.backup) == (
        (),
        mirror.url,
        mirror.country,
        mirror.backup,
    )
    assert read.contact == (mirror.contact if holds_contact(mirror) else None)


@given(contact=st.text("abc@. \"'\\#()", min_size=1))
def test_contacts_of_people_are_held(contact: str) -> None:
    """Blanks and quotes around an address are no obstacle."""
    assume(contact.strip() == contact)
    mirror = Mirror(url="https://m.example/", country="de", contact=f"{contact}@x")

    assert holds_contact(mirror)
