"""Entries of folders by chance."""

from hypothesis import strategies as st

from mirrorsel.listing import Entry, Size
from mirrorsel.listing.name import plain_name

# What lies in published trees, and what only a hostile one has.
_CHARACTERS = st.one_of(
    st.sampled_from("abcXYZ0189-_.+~ %&<>\"'#?;:@=\\[]*é日ß"),
    st.characters(exclude_categories=("Cs", "Cc")),
)


def _is_name(text: str) -> bool:
    return plain_name(text.encode()) is not None


names = st.text(_CHARACTERS, min_size=1, max_size=40).filter(_is_name)
# A line that begins or ends with white space is told no name by it.
plain_names = names.filter(lambda one: one == one.strip())
sizes = st.one_of(st.integers(0, 2000), st.integers(0, 2**50))


@st.composite
def _entry(draw: st.DrawFn) -> Entry:
    folder = draw(st.booleans())
    return Entry(
        name=draw(names),
        folder=folder,
        size=None if folder else Size(draw(sizes)),
        # Servers write four digits of the year.
        modified=draw(st.integers(0, 4 * 10**9)) // 60 * 60,
    )


entries = st.lists(_entry(), max_size=8, unique_by=lambda one: one.name)
