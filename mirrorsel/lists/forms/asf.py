"""The two forms of the Apache Software Foundation, which are ours."""

from collections.abc import Container
from dataclasses import replace

from mirrorsel.lists.forms.fields import EVERY_FIELD, Field
from mirrorsel.lists.forms.form import (
    Form,
    Listing,
    Sources,
    Taken,
    alone,
    text_of,
)
from mirrorsel.lists.line import render_line
from mirrorsel.lists.published import render
from mirrorsel.lists.reader import parse
from mirrorsel.lists.times import write_date
from mirrorsel.model import Mirror


def read_asf(sources: Sources, countries: Container[str] | None) -> Taken:
    """Read a list in either form, for they are of one grammar.

    Raises:
        ListError: it is not UTF-8.

    """
    (page,) = sources.pages
    loaded = parse(text_of(page), None, countries=countries)
    told = [(one.at(page.path), one.warning) for one in loaded.problems]
    return Taken(
        mirrors=loaded.list,
        skipped=tuple(words for words, warning in told if not warning),
        warnings=tuple(words for words, warning in told if warning),
    )


def write_source(listing: Listing) -> str:
    """Return a list as text in the source form, with options.

    It has a date only where there are time stamps to be held against it. What a
    line cannot hold is left out of it: no contact can become an option.
    """
    mirrors, dated = listing.mirrors.mirrors, listing.mirrors.dated
    stamps = any(one.stamp for one in mirrors)
    header = f"# date : {write_date(dated)}\n" if stamps and dated else ""
    lines = filter(None, map(_line, mirrors))
    return header + "".join(f"{one}\n" for one in lines)


def write_published(listing: Listing) -> str:
    """Return a list as text in the published form."""
    return render(listing.mirrors, listing.snapshot)


def _line(mirror: Mirror) -> str | None:
    """Return the line that says the most of a mirror, and nothing else.

    It is None for a mirror of which a line cannot even say whom it serves.
    """
    without = replace(mirror, contact=None)
    least = replace(without, logo="", link="")
    good = (one for one in (mirror, without, least) if _holds(one))
    return next(map(render_line, good), None)


def _holds(mirror: Mirror) -> bool:
    """Return whether a line can say all of a mirror, but what a contact excludes."""
    said = replace(mirror, line=1)
    if mirror.contact is not None:
        said = replace(said, stamp=None, logo="", link="")
    return _read(render_line(mirror)) == said


def _read(line: str) -> Mirror | None:
    found = parse(f"{line}\n", None).list.mirrors
    return found[0] if len(found) == 1 else None


SOURCE = Form(
    name="source",
    about="the source form",
    holds=EVERY_FIELD | {Field.ALONE, Field.ORDER, Field.DATE},
    read=read_asf,
    write=alone(write_source),
)
PUBLISHED = Form(
    name="published",
    about="the published form",
    holds=frozenset(
        {
            *(Field.COUNTRY, Field.BACKUP, Field.STAMP, Field.STATE),
            *(Field.ALONE, Field.ORDER, Field.DATE),
        }
    ),
    read=read_asf,
    write=alone(write_published),
)
